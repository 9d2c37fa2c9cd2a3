// DR0 … DR7 trap as the guest sets them, in either tier (SDM Vol. 3B chapter 18).
import { describe, expect, test } from 'vitest';
import { createMachine, STOP } from '../../src/machine.ts';
import { assembleFlat, LOAD_ADDRESS } from '../support/assemble.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';
import { hasCompiler } from '../support/compile.ts';

/** Where the program writes down what happened, and what it expected: vector, DR6 and RIP of each exception. */
const TOLD = 0x2_0000;
const EXPECTED = 0x3_0000;
const ENTRY_BYTES = 24;

describe.skipIf(!hasCompiler()).each([1, 3, Number.POSITIVE_INFINITY])(
  'translating after %d entries',
  (translateAfter) => {
    test('a program meets its own breakpoints: instructions, bytes, ports, debug registers, single steps', () => {
      const machine = createMachine({ ramBytes: 2 ** 21, translateAfter, clock: testClock, entropy: testEntropy });
      machine.memory.write(LOAD_ADDRESS, assembleFlat('debug-registers'));
      machine.cpu.rip = BigInt(LOAD_ADDRESS);
      machine.cpu.rflags = 2;
      expect(machine.run(200_000)).toBe(STOP.halted);
      const { cpu, memory } = machine;
      const entries = (from: number, end: bigint): string[] =>
        Array.from({ length: (Number(end) - from) / ENTRY_BYTES }, (_, index) => {
          const word = (at: number): string => memory.readUint64(from + index * ENTRY_BYTES + at).toString(16);
          return `vector ${word(0)}, DR6 ${word(8)}, at ${word(16)}`;
        });
      const told = entries(TOLD, cpu.registers[15]!);
      expect(told).toEqual(entries(EXPECTED, cpu.registers[14]!));
      expect(told).toHaveLength(119);
    });
  },
);
