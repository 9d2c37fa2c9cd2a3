// ls: what is in a directory.
import { fromUtf8 } from '@capos/abi';
import { listDirectory } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

const SUFFIX: Readonly<Record<string, string>> = { directory: '/', symlink: '@', fifo: '|', socket: '=' };

export const ls: Command = {
  usage: 'ls [PATH]',
  summary: 'what is in a directory; / shows the directories this shell holds',
  async run(session, args) {
    expectArguments(ls, args, 0, 1);
    for (const { name, kind } of await listDirectory(session, args[0] ?? '/')) {
      await session.print(`${fromUtf8(name)}${SUFFIX[kind] ?? ''}\n`);
    }
    return 0;
  },
  complete: completePath,
};
