// RFLAGS.AC: in ring 3 misaligned accesses are #AC while it is set, whatever ran before (SDM Vol. 3A §6.15 "Alignment Check").
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { RFLAGS } from '../../src/state/frame-layout.ts';
import { CODE, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';

const ALIGNMENT_CHECK = 17;
const little = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
/** pushfq; xor dword [rsp], AC; popfq */
const TOGGLE = [0x9c, 0x81, 0x34, 0x24, ...little(RFLAGS.ac), 0x9d];
/** mov eax, [rbx] */
const LOAD = [0x8b, 0x03];

describe.each([1, 3, Number.POSITIVE_INFINITY])('translating after %d entries', (translateAfter) => {
  const run = (code: readonly number[], displacement: bigint): ReturnType<typeof codeMachine> => {
    const one = codeMachine([...code, ...SYSCALL], { translateAfter });
    one.machine.cpu.registers[3] = DATA + displacement;
    expect(one.machine.run(10_000)).toBe(STOP.stopped);
    return one;
  };

  test.each([1n, 2n, 3n, 4095n])('a misaligned load is #AC while the flag is set: %d', (displacement) => {
    const { exceptions } = run([...TOGGLE, ...LOAD], displacement);
    expect(exceptions).toEqual([{ vector: ALIGNMENT_CHECK, errorCode: 0, rip: CODE + BigInt(TOGGLE.length) }]);
  });

  test('an aligned load is not, and neither is a misaligned one once the flag is clear', () => {
    expect(run([...TOGGLE, ...LOAD], 4n).exceptions).toEqual([]);
    expect(run([...TOGGLE, ...TOGGLE, ...LOAD], 1n).exceptions).toEqual([]);
  });

  test('code that has run before the flag is set is checked, and the TLB and windows serve again afterwards', () => {
    // mov ecx, 60; again: mov eax, [rbx]; dec ecx; jnz again
    const loop = [0xb9, ...little(60), ...LOAD, 0xff, 0xc9, 0x75, 0xfa];
    // Aligned with the flag set, misaligned without, then misaligned with it.
    const misalign = [0x48, 0xff, 0xc3]; // inc rbx
    const code = [...loop, ...TOGGLE, ...loop, ...TOGGLE, ...misalign, ...loop, ...TOGGLE, ...loop];
    const { exceptions, machine } = run(code, 64n);
    expect(exceptions.map(({ vector, rip }) => [vector, rip])).toEqual([
      [ALIGNMENT_CHECK, CODE + BigInt(code.length - loop.length + 5)],
    ]);
    expect(machine.cpu.registers[1]).toBe(60n);
  });

  test('a frame that a supervisor loads brings its flag along', () => {
    const one = codeMachine([...LOAD, ...SYSCALL], { translateAfter });
    const { cpu } = one.machine;
    cpu.registers[3] = DATA + 1n;
    cpu.rflags |= RFLAGS.ac;
    expect(one.machine.run(1000)).toBe(STOP.stopped);
    expect(one.exceptions.map(({ vector }) => vector)).toEqual([ALIGNMENT_CHECK]);
  });
});
