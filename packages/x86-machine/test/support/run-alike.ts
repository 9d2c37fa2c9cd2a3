// Two machines that should not differ but in how they execute.
import { expect } from 'vitest';
import type { CodeMachine } from './code-machine.ts';

/** Runs one machine for a budget and the other for as many instructions, and the one that faults: frames, memory and exceptions are the same. */
export function runAlike(one: CodeMachine, other: CodeMachine, budget: number): void {
  one.machine.run(budget);
  const behind = one.machine.cpu.instructions - other.machine.cpu.instructions;
  if (behind > 0) other.machine.runExactly(behind);
  if (one.exceptions.length > other.exceptions.length) other.machine.runExactly(1);
  expect(other.exceptions).toEqual(one.exceptions);
  expect(Buffer.compare(one.machine.cpu.frame, other.machine.cpu.frame)).toBe(0);
  expect(Buffer.compare(one.machine.memory.bytes, other.machine.memory.bytes)).toBe(0);
}
