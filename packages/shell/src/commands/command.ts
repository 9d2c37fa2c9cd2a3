// What a command of the shell is: a name in a table, and something that runs and answers an exit status.
import type { Session } from '../session.ts';
import { ShellError } from '../shell-error.ts';

export interface Command {
  /** How it is written, such as `cat PATH…`. */
  readonly usage: string;
  /** One line for `help`. */
  readonly summary: string;
  /** Runs it and answers its exit status: 0 is success. Throws ShellError for what the user should be told. */
  run(session: Session, args: readonly string[]): Promise<number>;
  /** Candidates for the word that is being typed. */
  complete?(session: Session, word: string, args: readonly string[]): Promise<readonly string[]>;
}

/** @throws ShellError naming the usage when the number of arguments does not fit. */
export function expectArguments(command: Command, args: readonly string[], least: number, most: number): void {
  if (args.length < least || args.length > most) throw new ShellError(`usage: ${command.usage}`);
}
