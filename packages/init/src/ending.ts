// How a process ended: in plain words, as an exit code, and whether that was a failure.

import type { ExitStatus } from '@capos/abi';

/** What the processor calls the exceptions a program commonly dies of (SDM 3A §6.15). */
const VECTOR_NAMES: Readonly<Record<number, string>> = {
  0: 'a division error',
  3: 'a breakpoint',
  4: 'an overflow trap',
  6: 'an invalid instruction',
  7: 'a missing floating-point unit',
  12: 'a stack fault',
  13: 'a general-protection fault',
  14: 'a page fault',
  16: 'a floating-point error',
  17: 'an alignment error',
  19: 'a SIMD floating-point error',
};

/** Signal numbers that an embedder or personality commonly ends processes with. */
const SIGSEGV = 11;

/** `ended with exit code 3`, `was stopped by a page fault at 0x10, …`, `was killed (signal 9)`. */
export function endingInWords(status: ExitStatus): string {
  switch (status.which) {
    case 'exited':
      return `ended with exit code ${status.exited}`;
    case 'killed':
      return `was killed (signal ${status.killed})`;
    case 'faulted': {
      const { vector, address, instruction } = status.faulted;
      const name = VECTOR_NAMES[vector] ?? `exception ${vector}`;
      const where = vector === 14 ? ` at 0x${address.toString(16)}` : '';
      return `was stopped by ${name}${where}, its instruction at 0x${instruction.toString(16)}`;
    }
  }
}

/** Whether it ended otherwise than with exit code 0. */
export function isFailure(status: ExitStatus): boolean {
  return status.which !== 'exited' || status.exited !== 0;
}

/** As a shell would number it: the exit code, or 128 plus the signal; a fault counts as SIGSEGV. */
export function exitCodeOf(status: ExitStatus): number {
  switch (status.which) {
    case 'exited':
      return status.exited & 255;
    case 'killed':
      return (128 + status.killed) & 255;
    case 'faulted':
      return 128 + SIGSEGV;
  }
}
