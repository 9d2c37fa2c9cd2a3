// What the user should be told, in a sentence that says what to do.

/** Exit status of a command that was written wrongly, as shells have it (POSIX.1-2024, Shell & Utilities §2.8.2). */
export const STATUS_MISUSE = 2;
/** Exit status of a command or program that does not exist. */
export const STATUS_NOT_FOUND = 127;

export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly status: number;

  constructor(message: string, status: number = STATUS_MISUSE) {
    super(message);
    this.status = status;
  }
}
