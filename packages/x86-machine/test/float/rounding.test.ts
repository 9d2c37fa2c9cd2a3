// Sums, products, quotients and roots are rounded correctly in every mode: checked against exact integers, on any host.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binaryHelpers } from '../../src/float/binary-arithmetic.ts';
import { quickHelpers } from '../../src/float/binary-quick.ts';
import {
  addExtended,
  divideExtended,
  multiplyExtended,
  squareRootExtended,
} from '../../src/float/extended-arithmetic.ts';
import { SIMD_FLAGS } from '../../src/float/simd-control.ts';
import { X87_FLAGS } from '../../src/float/x87-state.ts';
import { FRAME } from '../../src/state/frame-layout.ts';
import { instantiateHelpers } from './helper-module.ts';

const { binary, squareRoot } = binaryHelpers(64);
const quick = quickHelpers(64);
const { call, memory } = instantiateHelpers({
  add: binary.add,
  sub: binary.sub,
  mul: binary.mul,
  div: binary.div,
  sqrt: squareRoot,
  quickAdd: quick.binary.add,
  quickSub: quick.binary.sub,
  quickMul: quick.binary.mul,
  quickDiv: quick.binary.div,
  quickSqrt: quick.squareRoot,
  extendedAdd: addExtended,
  extendedMul: multiplyExtended,
  extendedDiv: divideExtended,
  extendedSqrt: squareRootExtended,
});

const INEXACT = 0x20;
const bits = (value: number): bigint => new BigUint64Array(new Float64Array([value]).buffer)[0]!;
const number = (value: bigint): number => new Float64Array(new BigUint64Array([BigInt.asUintN(64, value)]).buffer)[0]!;
const double = fc.double({ noNaN: true, noDefaultInfinity: true });

function exact(name: 'add' | 'sub' | 'mul' | 'div' | 'sqrt', ...operands: number[]): { value: number; flags: number } {
  memory.setUint32(FRAME.mxcsr, 0x1f80, true);
  memory.setUint32(SIMD_FLAGS, 0, true);
  const value = number(call[name](...operands.map(bits)) as bigint);
  return { value, flags: memory.getUint32(SIMD_FLAGS, true) };
}

describe('binary64', () => {
  test('to nearest is what every JavaScript engine computes', () => {
    fc.assert(
      fc.property(double, double, (a, b) => {
        expect(exact('add', a, b).value).toBe(a + b);
        expect(exact('sub', a, b).value).toBe(a - b);
        expect(exact('mul', a, b).value).toBe(a * b);
        expect(exact('div', a, b).value).toBe(a / b);
        expect(exact('sqrt', Math.abs(a)).value).toBe(Math.sqrt(Math.abs(a)));
      }),
      { numRuns: 2000 },
    );
  });

  test('the quick way finds the same value and the same exceptions', () => {
    const values = fc.oneof(double, fc.integer(), fc.constantFrom(0, -0, 0.5, 1e300, 1e-300, 2 ** -1070, 2 ** 52 + 1));
    const quickly = (name: 'quickAdd' | 'quickSub' | 'quickMul' | 'quickDiv' | 'quickSqrt', ...operands: number[]) => {
      memory.setUint32(SIMD_FLAGS, 0, true);
      const value = number(call[name](...operands.map(bits)) as bigint);
      return { value, flags: memory.getUint32(SIMD_FLAGS, true) };
    };
    fc.assert(
      fc.property(values, values, (a, b) => {
        const slow = [exact('add', a, b), exact('sub', a, b), exact('mul', a, b), exact('div', a, b), exact('sqrt', a)];
        const fast = [
          quickly('quickAdd', a, b),
          quickly('quickSub', a, b),
          quickly('quickMul', a, b),
          quickly('quickDiv', a, b),
          quickly('quickSqrt', a),
        ];
        expect(fast).toEqual(slow);
      }),
      { numRuns: 2000 },
    );
  });
});

/** A positive extended number: significand (first bit set) and unbiased exponent. */
interface Wide {
  readonly significand: bigint;
  readonly exponent: number;
}
const wide = fc.record({
  significand: fc.bigInt({ min: 1n << 63n, max: (1n << 64n) - 1n }),
  exponent: fc.integer({ min: -80, max: 80 }),
});
const BIAS = 16_383;
const pair = ({ significand, exponent }: Wide): [bigint, number] => [significand, exponent + BIAS];

/** numerator / denominator × 2^exponent rounded to `precision` bits: 0 nearest, 1 down, 2 up, 3 to zero. */
function rounded(
  numerator: bigint,
  denominator: bigint,
  exponent: number,
  precision: number,
  mode: number,
): Wide & { inexact: boolean } {
  let scale = precision + denominator.toString(2).length - numerator.toString(2).length;
  const at = (shift: number): { quotient: bigint; rest: bigint; divisor: bigint } => {
    const dividend = shift >= 0 ? numerator << BigInt(shift) : numerator;
    const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
    return { quotient: dividend / divisor, rest: dividend % divisor, divisor };
  };
  let { quotient, rest, divisor } = at(scale);
  if (quotient >= 1n << BigInt(precision)) ({ quotient, rest, divisor } = at(--scale));
  const nearest = 2n * rest > divisor || (2n * rest === divisor && (quotient & 1n) === 1n);
  if (mode === 2 ? rest > 0n : mode === 0 && nearest) quotient += 1n;
  if (quotient === 1n << BigInt(precision)) {
    quotient >>= 1n;
    scale--;
  }
  return {
    significand: quotient << BigInt(64 - precision),
    exponent: exponent - scale + precision - 1,
    inexact: rest !== 0n,
  };
}

describe('extended precision', () => {
  const PRECISIONS = [
    [0, 24],
    [2, 53],
    [3, 64],
  ] as const;
  const run = (
    name: 'extendedAdd' | 'extendedMul' | 'extendedDiv' | 'extendedSqrt',
    control: number,
    ...operands: Wide[]
  ) => {
    memory.setUint16(FRAME.x87Control, 0x7f | control, true);
    memory.setUint32(X87_FLAGS, 0, true);
    const [significand, signExponent] = call[name](...operands.flatMap(pair)) as [bigint, number];
    return {
      significand: BigInt.asUintN(64, significand),
      exponent: signExponent - BIAS,
      inexact: (memory.getUint32(X87_FLAGS, true) & INEXACT) !== 0,
    };
  };

  test.each(PRECISIONS)('precision control %i rounds to %i bits in every mode', (field, precision) => {
    fc.assert(
      fc.property(wide, wide, fc.integer({ min: 0, max: 3 }), (a, b, mode) => {
        const control = (field << 8) | (mode << 10);
        const low = Math.min(a.exponent, b.exponent);
        const place = ({ significand, exponent }: Wide): bigint => significand << BigInt(exponent - low);
        expect(run('extendedAdd', control, a, b)).toEqual(rounded(place(a) + place(b), 1n, low - 63, precision, mode));
        const product = rounded(a.significand * b.significand, 1n, a.exponent + b.exponent - 126, precision, mode);
        expect(run('extendedMul', control, a, b)).toEqual(product);
        const quotient = rounded(a.significand, b.significand, a.exponent - b.exponent, precision, mode);
        expect(run('extendedDiv', control, a, b)).toEqual(quotient);
      }),
      { numRuns: 1000 },
    );
  });

  test('a square root lies between the squares of its neighbours', () => {
    fc.assert(
      fc.property(wide, (a) => {
        const root = run('extendedSqrt', 0x300, a);
        // (r ± ½)² around a, in units that make both integers
        const scaled = (a.significand << 1n) << BigInt(a.exponent - 2 * root.exponent + 64);
        expect((2n * root.significand - 1n) ** 2n < scaled).toBe(true);
        expect((2n * root.significand + 1n) ** 2n > scaled).toBe(true);
      }),
    );
  });
});
