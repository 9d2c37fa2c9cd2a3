// A C program for linux-calls.test.ts: it prints what it found, the same on every right system.

export interface LinuxCallsProgram {
  readonly name: string;
  readonly source: string;
  /** It works on files of its own. */
  readonly mounts?: boolean;
}
