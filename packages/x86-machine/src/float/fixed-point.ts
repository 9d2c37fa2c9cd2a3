// 128-bit fractions: what the transcendental functions compute with.
//
// A pair (hi, lo) stands for (hi × 2^64 + lo) / 2^128, below 1. Series are polynomials with constant coefficients, halved so that
// every sum stays below 1; each step is wrong by about 2^-127, so 64-bit results are right but for the closest of ties.

import { add, and, eq, eqz, geU, gtU, ltU, ne, or, shl, shrU, sub, toI64 } from '../wasm/arithmetic.ts';
import { i32, i64, type Local, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { multiply64 } from './unrounded.ts';

type I64 = Value<'i64'>;
export type FractionBinary = FunctionDefinition<readonly ['i64', 'i64', 'i64', 'i64'], readonly ['i64', 'i64']>;
export type FractionUnary = FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64', 'i64']>;

export const fraction = (value: bigint): readonly [I64, I64] => [i64(value >> 64n), i64(value & ((1n << 64n) - 1n))];

/** a × b, less the product of the low halves. */
export const multiplyFractions: FractionBinary = defineFunction(
  'multiplyFractions',
  ['i64', 'i64', 'i64', 'i64'],
  ['i64', 'i64'],
  (code, aHi, aLo, bHi, bLo) => {
    const [hi, lo] = code.call(multiply64, aHi, bHi);
    const [crossA] = code.call(multiply64, aHi, bLo);
    const [crossB] = code.call(multiply64, aLo, bHi);
    for (const cross of [crossA, crossB]) {
      code.set(lo, add(lo, cross));
      code.set(hi, add(hi, toI64(ltU(lo, cross))));
    }
    code.return(hi, lo);
  },
);

/** a ÷ b for a < b, bit by bit. */
export const divideFractions: FractionBinary = defineFunction(
  'divideFractions',
  ['i64', 'i64', 'i64', 'i64'],
  ['i64', 'i64'],
  (code, aHi, aLo, bHi, bLo) => {
    const hi = code.let(i64(0));
    const lo = code.let(i64(0));
    const step = code.let(i32(0));
    code.loop((again) => {
      const carry = code.let(shrU(aHi, i64(63)));
      code.set(aHi, or(shl(aHi, i64(1)), shrU(aLo, i64(63))));
      code.set(aLo, shl(aLo, i64(1)));
      code.set(hi, or(shl(hi, i64(1)), shrU(lo, i64(63))));
      code.set(lo, shl(lo, i64(1)));
      const fits = or(ne(carry, i64(0)), or(gtU(aHi, bHi), and(eq(aHi, bHi), geU(aLo, bLo))));
      code.if(fits, () => {
        code.set(aHi, sub(sub(aHi, bHi), toI64(ltU(aLo, bLo))));
        code.set(aLo, sub(aLo, bLo));
        code.set(lo, or(lo, i64(1)));
      });
      code.set(step, add(step, i32(1)));
      code.branchIf(again, ltU(step, i32(128)));
    });
    code.return(hi, lo);
  },
);

/** A fraction moved right by any count. */
export const shiftFraction: FunctionDefinition<readonly ['i64', 'i64', 'i32'], readonly ['i64', 'i64']> =
  defineFunction('shiftFraction', ['i64', 'i64', 'i32'], ['i64', 'i64'], (code, hi, lo, count) => {
    code.if(eqz(count), () => code.return(hi, lo));
    code.if(geU(count, i32(128)), () => code.return(i64(0), i64(0)));
    const wide = code.let(toI64(count));
    code.if(geU(count, i32(64)), () => code.return(i64(0), shrU(hi, sub(wide, i64(64)))));
    code.return(shrU(hi, wide), or(shrU(lo, wide), shl(hi, sub(i64(64), wide))));
  });

/** a₀ ± u (a₁ ± u (a₂ …)), the coefficients as 128-bit fractions. */
function definePolynomial(name: string, coefficients: readonly bigint[], sign: '+' | '-'): FractionUnary {
  return defineFunction(`polynomial_${name}`, ['i64', 'i64'], ['i64', 'i64'], (code, uHi, uLo) => {
    const [lastHi, lastLo] = fraction(coefficients[coefficients.length - 1]!);
    const hi: Local<'i64'> = code.let(lastHi);
    const lo: Local<'i64'> = code.let(lastLo);
    for (let index = coefficients.length - 2; index >= 0; index--) {
      const [pHi, pLo] = code.call(multiplyFractions, uHi, uLo, hi, lo);
      const [aHi, aLo] = fraction(coefficients[index]!);
      if (sign === '+') {
        code.set(lo, add(aLo, pLo));
        code.set(hi, add(add(aHi, pHi), toI64(ltU(lo, pLo))));
      } else {
        code.set(lo, sub(aLo, pLo));
        code.set(hi, sub(sub(aHi, pHi), toI64(ltU(aLo, pLo))));
      }
    }
    code.return(hi, lo);
  });
}

const HALF = 1n << 127n;
const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
const terms = (count: number, of: (k: number) => bigint): bigint[] => Array.from({ length: count }, (_, k) => of(k));

/** All halved: sin x / x and cos x in x², (e^y − 1) / y in ±y, atan t / t and atanh s / s in the square. */
export const SINE: FractionUnary = definePolynomial(
  'sine',
  terms(18, (k) => HALF / factorial(2 * k + 1)),
  '-',
);
export const COSINE: FractionUnary = definePolynomial(
  'cosine',
  terms(18, (k) => HALF / factorial(2 * k)),
  '-',
);
export const EXPONENTIAL_UP: FractionUnary = definePolynomial(
  'exponentialUp',
  terms(34, (k) => HALF / factorial(k + 1)),
  '+',
);
export const EXPONENTIAL_DOWN: FractionUnary = definePolynomial(
  'exponentialDown',
  terms(34, (k) => HALF / factorial(k + 1)),
  '-',
);
export const ARC_TANGENT: FractionUnary = definePolynomial(
  'arcTangent',
  terms(18, (k) => HALF / BigInt(2 * k + 1)),
  '-',
);
export const AREA_TANGENT: FractionUnary = definePolynomial(
  'areaTangent',
  terms(28, (k) => HALF / BigInt(2 * k + 1)),
  '+',
);

/** atan(numerator / denominator) × 2^bits, by Euler's series: for table constants, at module load. */
export function arcTangentOf(numerator: bigint, denominator: bigint, bits: number): bigint {
  const guard = 40;
  const one = 1n << BigInt(bits + guard);
  // Halving the angle first makes the series fast: atan t = 2 atan(t / (1 + √(1 + t²))).
  let t = (one * numerator) / denominator;
  let doublings = 0n;
  while (t > one >> 4n) {
    t = (t * one) / (one + squareRoot(one * one + t * t));
    doublings++;
  }
  const square = (t * t) / one;
  let sum = 0n;
  let power = t;
  for (let k = 0n; power !== 0n; k++) {
    sum += k & 1n ? -power / (2n * k + 1n) : power / (2n * k + 1n);
    power = (power * square) / one;
  }
  return (sum << doublings) >> BigInt(guard);
}

function squareRoot(value: bigint): bigint {
  let x = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + value / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
