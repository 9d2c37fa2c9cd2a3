import type { ExitStatus } from '@capos/abi';
import { expect, it } from 'vitest';
import { endingInWords, exitCodeOf, isFailure } from '../src/ending.ts';

const faulted = (vector: number): ExitStatus => ({
  which: 'faulted',
  faulted: { vector, errorCode: 0, address: 0xdead0000n, instruction: 0x401234n, addressClass: 'unmapped' },
});

it.each<[ExitStatus, string, number, boolean]>([
  [{ which: 'exited', exited: 0 }, 'ended with exit code 0', 0, false],
  [{ which: 'exited', exited: 3 }, 'ended with exit code 3', 3, true],
  [{ which: 'exited', exited: -1 }, 'ended with exit code -1', 255, true],
  [{ which: 'killed', killed: 9 }, 'was killed (signal 9)', 137, true],
  [faulted(14), 'was stopped by a page fault at 0xdead0000, its instruction at 0x401234', 139, true],
  [faulted(6), 'was stopped by an invalid instruction, its instruction at 0x401234', 139, true],
  [faulted(99), 'was stopped by exception 99, its instruction at 0x401234', 139, true],
])('a status in words, as a code and as a failure (%#)', (status, words, code, failure) => {
  expect(endingInWords(status)).toBe(words);
  expect(exitCodeOf(status)).toBe(code);
  expect(isFailure(status)).toBe(failure);
});
