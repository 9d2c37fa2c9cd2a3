// write: words into a file.
import { toUtf8 } from '@capos/abi';
import { writeFile } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

export const write: Command = {
  usage: 'write PATH [WORD…]',
  summary: 'make the words, and a line feed, the content of a file',
  async run(session, args) {
    expectArguments(write, args, 1, Number.POSITIVE_INFINITY);
    const [path, ...words] = args;
    await writeFile(session, path!, toUtf8(`${words.join(' ')}\n`));
    return 0;
  },
  complete: completePath,
};
