// Low bytes and words of registers: what is spared where the rest is known must never show.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ValueWidths } from '../../src/translator/value-widths.ts';
import { add, and, eqz, ltU, or, shrU, toI32, toI64, xor } from '../../src/wasm/arithmetic.ts';
import { i32, i64, Local, load, select } from '../../src/wasm/expression.ts';
import { codeMachine, SYSCALL } from '../support/code-machine.ts';

describe('the width of a value', () => {
  const [word, wide] = [new Local('i32', 0), new Local('i64', 1)];

  test('is what is known of its parts', () => {
    const widths = new ValueWidths();
    widths.note(word, 16);
    expect(widths.of(i32(0))).toBe(0);
    expect(widths.of(i32(-1))).toBe(32);
    expect(widths.of(i64(0x1ff))).toBe(9);
    expect(widths.of(load('i32.load8_u', i32(0)))).toBe(8);
    expect(widths.of(and(word, i32(0xff)))).toBe(8);
    expect(widths.of(or(word, i32(0xff)))).toBe(16);
    expect(widths.of(xor(toI32(wide), word))).toBe(32);
    expect(widths.of(toI64(shrU(word, i32(3))))).toBe(16);
    expect(widths.of(add(word, word))).toBe(32);
    expect(widths.of(eqz(wide))).toBe(1);
    expect(widths.of(select(ltU(wide, i64(1)), word, i32(1)))).toBe(16);
  });

  test('is forgotten when the variable is set', () => {
    const widths = new ValueWidths();
    widths.bind(word, xor(i32(1), i32(2)));
    widths.forget(word);
    expect(widths.of(word)).toBe(32);
    expect(widths.combinationOf(word)).toBeUndefined();
  });
});

/** Of AL, CX, DL and their like: bytes of an instruction on two registers of eight. */
const INSTRUCTIONS: readonly ((one: number, other: number, constant: number) => readonly number[])[] = [
  // AND OR XOR ADD r/m8, r8 and r/m16, r16
  ...[0x20, 0x08, 0x30, 0x00].flatMap((code) => [
    (one: number, other: number) => [0x40, code, 0xc0 | (other << 3) | one],
    (one: number, other: number) => [0x66, code + 1, 0xc0 | (other << 3) | one],
  ]),
  // the same with a constant
  ...[4, 1, 6, 0].flatMap((digit) => [
    (one: number, _: number, constant: number) => [0x40, 0x80, 0xc0 | (digit << 3) | one, constant],
    (one: number, _: number, constant: number) => [0x66, 0x81, 0xc0 | (digit << 3) | one, constant, constant ^ 0x5a],
  ]),
  (one) => [0x40, 0xf6, 0xd0 | one], // NOT r8
  (one) => [0x66, 0xd1, 0xe8 | one], // SHR r16, 1
  (one) => [0x40, 0xd0, 0xe0 | one], // SHL r8, 1
  (one, other) => [0x40, 0x0f, 0xb6, 0xc0 | (one << 3) | other], // MOVZX r32, r8
  (one, other) => [0x48, 0x0f, 0xb7, 0xc0 | (one << 3) | other], // MOVZX r64, r16
  (one, other) => [0x40, 0x88, 0xc0 | (other << 3) | one], // MOV r8, r8
  (one, other) => [0x48, 0x89, 0xc0 | (other << 3) | one], // MOV r64, r64
  (one) => [0x40, 0x0f, 0x92, 0xc0 | one], // SETB r8
  (one, other) => [0x66, 0x0f, 0x42, 0xc0 | (one << 3) | other], // CMOVB r16, r16
  (one) => [0xb4 | (one & 3), 0x80], // MOV AH, CH, DH or BH
  (one, other) => [0x66, 0x87, 0xc0 | (other << 3) | one], // XCHG r16, r16
];

describe('instructions on low bytes and words', () => {
  test('leave in all registers what the interpreter leaves', { timeout: 240_000 }, () => {
    const register = fc.constantFrom(0, 1, 2, 3, 6, 7);
    const instruction = fc
      .tuple(fc.constantFrom(...INSTRUCTIONS), register, register, fc.integer({ min: 0, max: 255 }))
      .map(([make, one, other, constant]) => make(one, other, constant));
    const start = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 1, maxLength: 30 }), start, (instructions, values) => {
        const results = [1, Number.POSITIVE_INFINITY].map((translateAfter) => {
          const { machine } = codeMachine([...instructions.flat(), ...SYSCALL], { translateAfter });
          for (const [number, value] of values.entries()) if (number !== 4) machine.cpu.registers[number] = value;
          machine.run();
          return { registers: [...machine.cpu.registers], rflags: machine.cpu.rflags };
        });
        expect(results[0]).toEqual(results[1]);
      }),
      { numRuns: 60 },
    );
  });
});
