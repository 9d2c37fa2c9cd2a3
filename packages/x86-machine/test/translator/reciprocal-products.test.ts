// Divisions by constants, as compilers write them: quotients are the interpreter's, whatever the multiplier turns out to be.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STOP } from '../../src/machine.ts';
import { divisorOf } from '../../src/translator/reciprocal-products.ts';
import { codeMachine, SYSCALL } from '../support/code-machine.ts';

const NEVER = Number.POSITIVE_INFINITY;
const WORD = 1n << 64n;
const EDGES = [0n, 1n, 2n, 9n, 10n, (1n << 63n) - 1n, 1n << 63n, (1n << 63n) + 1n, WORD - 2n, WORD - 1n];
const words = fc.oneof(fc.constantFrom(...EDGES), fc.bigInt({ min: 0n, max: WORD - 1n }));
const divisors = fc.oneof(
  fc.bigInt({ min: 2n, max: 1000n }),
  fc.bigInt({ min: 2n, max: (1n << 31n) - 1n }),
  fc.bigInt({ min: 2n, max: (1n << 62n) - 1n }),
);

/** A multiplier of 65 bits at most whose products, shifted down by 64 + shift, are quotients (Granlund and Montgomery, figure 6.2). */
function reciprocalOf(divisor: bigint, signed: boolean, bits = 64): { multiplier: bigint; shift: number } {
  const precision = signed ? 63 : bits;
  for (let shift = 0; ; shift++) {
    const power = WORD << BigInt(shift);
    const multiplier = power / divisor + 1n;
    if (multiplier * divisor - power <= 1n << BigInt(64 + shift - precision)) return { multiplier, shift };
  }
}

const asSigned = (value: bigint): bigint => BigInt.asIntN(64, value);

describe('the divisor that a multiplier stands for', () => {
  test.each([
    [0xcccc_cccc_cccc_cccdn, 3, false, 10n],
    [0x6666_6666_6666_6667n, 2, true, 10n],
    [0x1_2492_4924_9249_2493n, 3, false, 7n],
    [0x8970_5f31_12a2_8fe5n, 29, false, 1_000_000_007n],
    [0x28f5_c28f_5c28_f5c3n, 2, false, undefined],
    [0n, 3, false, undefined],
    [0x20c4_9ba5_e353_f7cfn, 4, false, undefined],
    [1n, 3, true, undefined],
  ] as const)('%x and a shift by %i', (multiplier, shift, signed, divisor) => {
    // A hundredth and a thousandth are so much of what has been shifted by two and three before: not of all that a register may hold.
    expect(divisorOf(multiplier, shift, signed)).toBe(divisor);
  });

  test('is found for what compilers compute, and its quotients are right for any factor', () => {
    fc.assert(
      fc.property(divisors, words, fc.boolean(), (divisor, word, signed) => {
        const { multiplier, shift } = reciprocalOf(divisor, signed);
        const found = divisorOf(multiplier, shift, signed);
        if (signed && multiplier >= WORD) return;
        expect(found).toBeDefined();
        const factor = signed ? asSigned(word) : word;
        const shifted = (factor * multiplier) >> BigInt(64 + shift);
        expect(shifted).toBe(factor / found! - (factor < 0n ? 1n : 0n));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [0x28f5_c28f_5c28_f5c3n, 2, 62, 25n],
    [0x20c4_9ba5_e353_f7cfn, 4, 61, 125n],
  ] as const)('%x and a shift by %i, of %i bits', (multiplier, shift, bits, divisor) => {
    expect(divisorOf(multiplier, shift, false, bits)).toBe(divisor);
  });

  test('has right quotients for any multiplier that is taken for a reciprocal', () => {
    const multipliers = fc.oneof(
      fc.bigInt({ min: 2n, max: 2n * WORD - 1n }),
      divisors.map((divisor) => WORD / divisor + 1n),
      divisors.map((divisor) => (2n * WORD) / divisor),
    );
    fc.assert(
      fc.property(multipliers, fc.nat(63), fc.boolean(), words, fc.nat(40), (multiplier, shift, signed, word, less) => {
        const divisor = divisorOf(multiplier, shift, signed, 64 - less);
        if (divisor === undefined) return;
        for (const one of [word, ...EDGES]) {
          const factor = signed ? asSigned(one) : one >> BigInt(less);
          const quotient = (factor * multiplier) >> BigInt(64 + shift);
          expect(quotient).toBe(factor / divisor - (signed && factor < 0n ? 1n : 0n));
        }
      }),
      { numRuns: 5000 },
    );
  });
});

const MOV_RAX_RSI = [0x48, 0x89, 0xf0];
const MOV_RAX_R11 = [0x4c, 0x89, 0xd8];
const MUL_R11 = [0x49, 0xf7, 0xe3];
const MUL_RSI = [0x48, 0xf7, 0xe6];
const IMUL_R11 = [0x49, 0xf7, 0xeb];
const ADD_R8_RDX = [0x49, 0x01, 0xd0];
const ADC_R9_0 = [0x49, 0x83, 0xd1, 0x00];
const shrRdx = (count: number): number[] => [0x48, 0xc1, 0xea, count];
const sarRdx = (count: number): number[] => [0x48, 0xc1, 0xfa, count];

/** RDX becomes what is added up in R8; RSI is the dividend, R11 the multiplier. */
const WAYS: readonly { name: string; signed: boolean; code: (shift: number) => number[] }[] = [
  { name: 'MUL', signed: false, code: (shift) => [...MOV_RAX_RSI, ...MUL_R11, ...shrRdx(shift)] },
  {
    name: 'MUL of what is shifted before',
    signed: false,
    // shr rax, 2
    code: (shift) => [...MOV_RAX_RSI, 0x48, 0xc1, 0xe8, 2, ...MUL_R11, ...shrRdx(shift)],
  },
  { name: 'MUL by what is divided', signed: false, code: (shift) => [...MOV_RAX_R11, ...MUL_RSI, ...shrRdx(shift)] },
  {
    name: 'MUL, the upper half copied and looked at',
    signed: false,
    // mov rbx, rdx · add r8, rdx · shr rbx, shift · mov rdx, rbx
    code: (shift) => [
      ...[...MOV_RAX_RSI, ...MUL_R11, 0x48, 0x89, 0xd3, ...ADD_R8_RDX],
      ...[0x48, 0xc1, 0xeb, shift, 0x48, 0x89, 0xda],
    ],
  },
  {
    name: 'two at once',
    signed: false,
    // mul · mov rbx, rdx · mov rax, rsi · mul · shr rbx, shift · shr rdx, shift · add r8, rbx
    code: (shift) => [
      ...[...MOV_RAX_RSI, ...MUL_R11, 0x48, 0x89, 0xd3, ...MOV_RAX_RSI, ...MUL_R11],
      ...[0x48, 0xc1, 0xeb, shift, ...shrRdx(shift), 0x49, 0x01, 0xd8],
    ],
  },
  {
    name: 'a multiplier of 65 bits',
    signed: false,
    // mul · mov rax, rsi · sub rax, rdx · shr rax, 1 · add rdx, rax · shr rdx, shift − 1
    code: (shift) => [
      ...[...MOV_RAX_RSI, ...MUL_R11, ...MOV_RAX_RSI, 0x48, 0x29, 0xd0, 0x48, 0xd1, 0xe8, 0x48, 0x01, 0xc2],
      ...shrRdx(Math.max(shift - 1, 0)),
    ],
  },
  {
    name: 'a multiplier of 65 bits, added by LEA',
    signed: false,
    code: (shift) => [
      ...[...MOV_RAX_RSI, ...MUL_R11, ...MOV_RAX_RSI, 0x48, 0x29, 0xd0, 0x48, 0xd1, 0xe8, 0x48, 0x8d, 0x14, 0x02],
      ...shrRdx(Math.max(shift - 1, 0)),
    ],
  },
  {
    name: 'a multiplier of 65 bits, whose sum LEA cuts to 32',
    signed: false,
    // mul · mov rax, rsi · sub rax, rdx · shr rax, 1 · lea rdx, [edx + eax] · shr rdx, shift − 1
    code: (shift) => [
      ...[...MOV_RAX_RSI, ...MUL_R11, ...MOV_RAX_RSI, 0x48, 0x29, 0xd0, 0x48, 0xd1, 0xe8],
      ...[0x67, 0x48, 0x8d, 0x14, 0x02, ...shrRdx(Math.max(shift - 1, 0))],
    ],
  },
  { name: 'IMUL', signed: true, code: (shift) => [...MOV_RAX_RSI, ...IMUL_R11, ...sarRdx(shift)] },
  {
    name: 'IMUL by what is negative',
    signed: true,
    code: (shift) => [...MOV_RAX_RSI, ...IMUL_R11, 0x48, 0x01, 0xf2, ...sarRdx(shift)], // add rdx, rsi
  },
];

const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

/** again: the way · add r8, rdx · adc r9, 0 · imul rsi, rsi, 0x5d588b65 · add rsi, 0x3c6ef35f · dec ecx · jnz again · syscall */
function loop(way: readonly number[], looksAtFlags: boolean): number[] {
  const flags = looksAtFlags ? ADC_R9_0 : [];
  const step = [0x48, 0x69, 0xf6, ...little(0x5d58_8b65), 0x48, 0x81, 0xc6, ...little(0x3c6e_f35f)];
  const body = [...way, ...flags, ...ADD_R8_RDX, ...step, 0xff, 0xc9];
  return [...body, 0x75, 0x100 - body.length - 2, ...SYSCALL];
}

test.each(WAYS)(
  'a loop that divides is in the interpreter’s state: $name',
  { timeout: 120_000 },
  ({ signed, code }) => {
    const cases = fc.record({
      divisor: divisors,
      first: words,
      other: words,
      looksAtFlags: fc.boolean(),
      off: fc.constantFrom(0n, 0n, 0n, 1n, -1n),
      bits: fc.constantFrom(64, 64, 62, 61),
    });
    fc.assert(
      fc.property(cases, ({ divisor, first, other, looksAtFlags, off, bits }) => {
        const { multiplier, shift } = reciprocalOf(divisor, signed, bits);
        const states = [5, NEVER].map((translateAfter) => {
          const { machine, exceptions } = codeMachine(loop(code(shift), looksAtFlags), { translateAfter });
          const { registers } = machine.cpu;
          // Hot with one multiplier, then with another, and then with what had been one.
          for (const r11 of [multiplier + off, multiplier + off, other, multiplier]) {
            machine.cpu.rip = 0x40_0000n;
            registers[1] = 40n;
            registers[6] = first;
            registers[11] = BigInt.asUintN(64, r11);
            expect(machine.run()).toBe(STOP.stopped);
          }
          return { registers: [...registers], flags: machine.cpu.rflags, exceptions };
        });
        expect(states[0]).toEqual(states[1]);
      }),
      { numRuns: 25 },
    );
  },
);
