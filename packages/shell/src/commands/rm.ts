// rm: removes files and empty directories.

import { remove } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

export const rm: Command = {
  usage: 'rm PATH…',
  summary: 'remove files and empty directories',
  async run(session, args) {
    expectArguments(rm, args, 1, Number.POSITIVE_INFINITY);
    for (const path of args) await remove(session, path);
    return 0;
  },
  complete: completePath,
};
