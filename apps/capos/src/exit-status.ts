// What the command exits with.
//
//   0–255      the program's own exit status
//   124        the time limit of --timeout was reached              (as timeout(1))
//   125        capos itself could not do what was asked             (as env(1), docker-run(1))
//   126        the program was found but is not something to run
//   127        the program was not found
//   128 + n    the program was ended by signal n                    (POSIX.1-2024, Shell & Utilities §2.8.2)
import type { ExitStatus } from '@capos/abi';

export const EXIT = { TIMED_OUT: 124, FAILED: 125, NOT_EXECUTABLE: 126, NOT_FOUND: 127, SIGNAL_BASE: 128 } as const;

const SIGSEGV = 11;
const SIGILL = 4;
const SIGFPE = 8;
const SIGTRAP = 5;
const SIGBUS = 7;

/** The signal by which Linux would report each processor exception that a program can cause (signal(7)). */
const SIGNAL_OF_VECTOR: Readonly<Record<number, number>> = {
  0: SIGFPE,
  1: SIGTRAP,
  3: SIGTRAP,
  4: SIGSEGV,
  5: SIGSEGV,
  6: SIGILL,
  7: SIGILL,
  11: SIGBUS,
  12: SIGBUS,
  13: SIGSEGV,
  14: SIGSEGV,
  16: SIGFPE,
  17: SIGBUS,
  19: SIGFPE,
};

/** The exit status of the command for how its program ended. */
export function exitCodeOf(status: ExitStatus): number {
  switch (status.which) {
    case 'exited':
      return status.exited & 0xff;
    case 'killed':
      return EXIT.SIGNAL_BASE + status.killed;
    case 'faulted':
      return EXIT.SIGNAL_BASE + (SIGNAL_OF_VECTOR[status.faulted.vector] ?? SIGSEGV);
  }
}
