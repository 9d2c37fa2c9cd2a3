// exit: ends the shell.
import { ShellError } from '../shell-error.ts';
import { type Command, expectArguments } from './command.ts';

export const exit: Command = {
  usage: 'exit [STATUS]',
  summary: 'end the shell, with the last exit status or the one given',
  async run(session, args) {
    expectArguments(exit, args, 0, 1);
    const status = args[0] === undefined ? session.status : Number(args[0]);
    if (!Number.isInteger(status) || status < 0 || status > 255) throw new ShellError(`exit: ${args[0]} is not 0–255`);
    session.ended = true;
    return status;
  },
};
