// mkdir: makes directories.

import { makeDirectory } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

export const mkdir: Command = {
  usage: 'mkdir PATH…',
  summary: 'make directories',
  async run(session, args) {
    expectArguments(mkdir, args, 1, Number.POSITIVE_INFINITY);
    for (const path of args) await makeDirectory(session, path);
    return 0;
  },
  complete: completePath,
};
