// cat: the content of files.

import { readFile } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

export const cat: Command = {
  usage: 'cat PATH…',
  summary: 'the content of files',
  async run(session, args) {
    expectArguments(cat, args, 1, Number.POSITIVE_INFINITY);
    for (const path of args) await readFile(session, path, (bytes) => session.printBytes(bytes));
    return 0;
  },
  complete: completePath,
};
