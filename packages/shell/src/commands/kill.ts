// kill: ends a program this shell started. It can end no other: it holds no other's handle.
import { ShellError } from '../shell-error.ts';
import { type Command, expectArguments } from './command.ts';

const SIGTERM = 15;

export const kill: Command = {
  usage: 'kill PID',
  summary: 'end a program that this shell started in the background',
  async run(session, args) {
    expectArguments(kill, args, 1, 1);
    const job = session.jobs.get(args[0]!);
    if (job === undefined) {
      const running = [...session.jobs.keys()].join(' ') || 'none';
      throw new ShellError(`${args[0]} is no background program of this shell (there are: ${running})`);
    }
    await job.kill({ signal: SIGTERM });
    return 0;
  },
  complete: async (session, word) => [...session.jobs.keys()].filter((pid) => pid.startsWith(word)),
};
