// Exact arithmetic on unpacked numbers, and the one place where anything is rounded.
//
// A finite number other than zero is (sign, exponent, hi, lo): (−1)^sign × (hi + lo / 2^64) × 2^(exponent − 63), with bit 63 of
// hi set. Bit 0 of lo is sticky: it stands for everything below. Zero is hi = 0. The operations here are exact up to that
// bit; `round` then brings the result to a precision and an exponent range (IEEE 754 §7, SDM 1 §4.8.4).

import {
  add,
  and,
  clz,
  eq,
  eqz,
  geU,
  gtU,
  ltS,
  ltU,
  mul,
  ne,
  or,
  shl,
  shrU,
  sub,
  toI32,
  toI64,
} from '../wasm/arithmetic.ts';
import { call, f64, i32, i64, type Local, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { INEXACT, ROUND, ROUNDED_UP } from './exception-flags.ts';

type I64 = Value<'i64'>;

export const TOP_BIT: I64 = i64(1n << 63n);
const LOW_HALF = i64(0xffff_ffffn);
const sticky = (bits: I64): I64 => toI64(ne(bits, i64(0)));

/** (hi, lo) shifted right by any count, what falls out kept in the sticky bit. */
export const shiftRightSticky: FunctionDefinition<readonly ['i64', 'i64', 'i32'], readonly ['i64', 'i64']> =
  defineFunction('shiftRightSticky', ['i64', 'i64', 'i32'], ['i64', 'i64'], (code, hi, lo, count) => {
    code.if(eqz(count), () => code.return(hi, lo));
    const wide = toI64(count);
    code.if(ltU(count, i32(64)), () => {
      const back = sub(i64(64), wide);
      const moved = or(shl(hi, back), shrU(lo, wide));
      code.return(shrU(hi, wide), or(moved, sticky(shl(lo, back))));
    });
    code.if(eq(count, i32(64)), () => code.return(i64(0), or(hi, sticky(lo))));
    code.if(ltU(count, i32(128)), () => {
      const rest = code.let(sub(wide, i64(64)));
      const lost = or(sticky(shl(hi, sub(i64(64), rest))), sticky(lo));
      code.return(i64(0), or(shrU(hi, rest), lost));
    });
    code.return(i64(0), sticky(or(hi, lo)));
  });

/** Brings bit 63 of hi to one; returns exponent, hi, lo. Zero comes back as hi = 0. */
export const normalize: FunctionDefinition<readonly ['i32', 'i64', 'i64'], readonly ['i32', 'i64', 'i64']> =
  defineFunction('normalize', ['i32', 'i64', 'i64'], ['i32', 'i64', 'i64'], (code, exponent, hi, lo) => {
    code.if(eqz(hi), () => {
      code.if(eqz(lo), () => code.return(i32(0), i64(0), i64(0)));
      code.set(hi, lo);
      code.set(lo, i64(0));
      code.set(exponent, sub(exponent, i32(64)));
    });
    const shift = code.let(clz(hi));
    code.if(eqz(shift), () => code.return(exponent, hi, lo));
    code.return(sub(exponent, toI32(shift)), or(shl(hi, shift), shrU(lo, sub(i64(64), shift))), shl(lo, shift));
  });

/** The full product of two 64-bit numbers: hi, lo. */
export const multiply64: FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64', 'i64']> = defineFunction(
  'multiply64',
  ['i64', 'i64'],
  ['i64', 'i64'],
  (code, a, b) => {
    const aLow = code.let(and(a, LOW_HALF));
    const aHigh = code.let(shrU(a, i64(32)));
    const bLow = code.let(and(b, LOW_HALF));
    const bHigh = code.let(shrU(b, i64(32)));
    const lowLow = code.let(mul(aLow, bLow));
    const middle = code.let(add(mul(aHigh, bLow), shrU(lowLow, i64(32))));
    const cross = code.let(add(mul(aLow, bHigh), and(middle, LOW_HALF)));
    const hi = add(add(mul(aHigh, bHigh), shrU(middle, i64(32))), shrU(cross, i64(32)));
    code.return(hi, or(shl(cross, i64(32)), and(lowLow, LOW_HALF)));
  },
);

/**
 * (hi, lo) / divisor for hi < divisor and a divisor with bit 63 set: quotient and remainder. Two steps of Knuth's algorithm D
 * with 32-bit digits (The Art of Computer Programming 2, §4.3.1).
 */
export const divide128: FunctionDefinition<readonly ['i64', 'i64', 'i64'], readonly ['i64', 'i64']> = defineFunction(
  'divide128',
  ['i64', 'i64', 'i64'],
  ['i64', 'i64'],
  (code, hi, lo, divisor) => {
    const divisorHigh = code.let(shrU(divisor, i64(32)));
    const divisorLow = code.let(and(divisor, LOW_HALF));
    const digit = (rest: Local<'i64'>, next: I64): Local<'i64'> => {
      const estimate = code.let(op('i64.div_u', rest, divisorHigh));
      const remainder = code.let(sub(rest, mul(estimate, divisorHigh)));
      code.loop((again) => {
        const tooLarge = or(
          ne(shrU(estimate, i64(32)), i64(0)),
          gtU(mul(estimate, divisorLow), or(shl(remainder, i64(32)), next)),
        );
        code.if(and(eqz(shrU(remainder, i64(32))), tooLarge), () => {
          code.set(estimate, sub(estimate, i64(1)));
          code.set(remainder, add(remainder, divisorHigh));
          code.branch(again);
        });
      });
      return estimate;
    };
    const nextHigh = code.let(shrU(lo, i64(32)));
    const first = digit(hi, nextHigh);
    const rest = code.let(sub(or(shl(hi, i64(32)), nextHigh), mul(first, divisor)));
    const nextLow = code.let(and(lo, LOW_HALF));
    const second = digit(rest, nextLow);
    const remainder = sub(or(shl(rest, i64(32)), nextLow), mul(second, divisor));
    code.return(add(shl(first, i64(32)), second), remainder);
  },
);

const NUMBER = ['i32', 'i32', 'i64', 'i64'] as const;

/** a + b of opposite or equal signs: sign, exponent, hi, lo. Exact cancellation gives hi = 0 (its sign is the caller's). */
export const addUnrounded: FunctionDefinition<readonly ['i32', 'i32', 'i64', 'i32', 'i32', 'i64'], typeof NUMBER> =
  defineFunction(
    'addUnrounded',
    ['i32', 'i32', 'i64', 'i32', 'i32', 'i64'],
    NUMBER,
    (code, signA, exponentA, a, signB, exponentB, b) => {
      const smaller = or(ltS(exponentA, exponentB), and(eq(exponentA, exponentB), ltU(a, b)));
      code.if(smaller, () => {
        const swap = <T extends 'i32' | 'i64'>(x: Local<T>, y: Local<T>): void => {
          const kept = code.let(x as Value<T>);
          code.set(x, y);
          code.set(y, kept);
        };
        swap(signA, signB);
        swap(exponentA, exponentB);
        swap(a, b);
      });
      const [hi, lo] = code.call(shiftRightSticky, b, i64(0), sub(exponentA, exponentB));
      code.if(eq(signA, signB), () => {
        const sum = code.let(add(a, hi));
        code.if(ltU(sum, a), () => {
          const dropped = or(shrU(lo, i64(1)), and(lo, i64(1)));
          code.return(signA, add(exponentA, i32(1)), or(shrU(sum, i64(1)), TOP_BIT), or(shl(sum, i64(63)), dropped));
        });
        code.return(signA, exponentA, sum, lo);
      });
      const borrow = toI64(ne(lo, i64(0)));
      const [exponent, high, low] = code.call(normalize, exponentA, sub(sub(a, hi), borrow), sub(i64(0), lo));
      code.return(signA, exponent, high, low);
    },
  );

/** |a × b|: exponent, hi, lo. */
export const multiplyUnrounded: FunctionDefinition<
  readonly ['i32', 'i64', 'i32', 'i64'],
  readonly ['i32', 'i64', 'i64']
> = defineFunction(
  'multiplyUnrounded',
  ['i32', 'i64', 'i32', 'i64'],
  ['i32', 'i64', 'i64'],
  (code, exponentA, a, exponentB, b) => {
    const [hi, lo] = code.call(multiply64, a, b);
    const exponent = code.let(add(exponentA, exponentB));
    code.if(ne(shrU(hi, i64(63)), i64(0)), () => code.return(add(exponent, i32(1)), hi, lo));
    code.return(exponent, or(shl(hi, i64(1)), shrU(lo, i64(63))), shl(lo, i64(1)));
  },
);

/** |a ÷ b|: exponent, hi, lo. */
export const divideUnrounded: FunctionDefinition<
  readonly ['i32', 'i64', 'i32', 'i64'],
  readonly ['i32', 'i64', 'i64']
> = defineFunction(
  'divideUnrounded',
  ['i32', 'i64', 'i32', 'i64'],
  ['i32', 'i64', 'i64'],
  (code, exponentA, a, exponentB, b) => {
    const exponent = code.let(sub(exponentA, exponentB));
    // Halving the dividend when it is not below the divisor keeps the quotient within 64 bits.
    const low = code.let(i64(0));
    code.if(geU(a, b), () => {
      code.set(low, shl(a, i64(63)));
      code.set(a, shrU(a, i64(1)));
      code.set(exponent, add(exponent, i32(1)));
    });
    const [quotient, remainder] = code.call(divide128, a, low, b);
    // Below the quotient: is the remainder more than, exactly, or less than half of the divisor?
    const twice = code.let(shl(remainder, i64(1)));
    const over = code.let(or(ne(shrU(remainder, i64(63)), i64(0)), geU(twice, b)));
    const rest = code.let(select(over, sub(twice, b), twice));
    code.return(sub(exponent, i32(1)), quotient, or(shl(toI64(over), i64(63)), sticky(rest)));
  },
);

/** More than a native square root can be off by, in units of the last of 64 bits. */
const ESTIMATE_ERROR = 1n << 13n;

/**
 * √a: exponent, hi, lo. A native estimate from above and one step of Newton's method give the integer root of the radicand,
 * or one more; its square tells which.
 */
export const squareRootUnrounded: FunctionDefinition<readonly ['i32', 'i64'], readonly ['i32', 'i64', 'i64']> =
  defineFunction('squareRootUnrounded', ['i32', 'i64'], ['i32', 'i64', 'i64'], (code, exponent, a) => {
    // radicand in [1, 4) × 2^126: an odd exponent doubles it.
    const odd = code.let(and(exponent, i32(1)));
    const radicandHigh = code.let(select(odd, a, shrU(a, i64(1))));
    const radicandLow = code.let(select(odd, i64(0), shl(a, i64(63))));
    const native = mul(op('f64.sqrt', op('f64.convert_i64_u', radicandHigh)), f64(2 ** 32));
    const estimate = code.let(op('i64.trunc_sat_f64_u', native));
    const above = add(estimate, i64(ESTIMATE_ERROR));
    code.set(estimate, select(ltU(above, i64(ESTIMATE_ERROR)), i64(-1), above));
    // From above the quotient is below the root, so it fits in 64 bits.
    const [quotient] = code.call(divide128, radicandHigh, radicandLow, estimate);
    const root = code.let(add(quotient, shrU(sub(estimate, quotient), i64(1))));
    const [high, low] = code.call(multiply64, root, root);
    const tooLarge = or(gtU(high, radicandHigh), and(eq(high, radicandHigh), gtU(low, radicandLow)));
    code.if(tooLarge, () => {
      code.set(root, sub(root, i64(1)));
      const [highBelow, lowBelow] = code.call(multiply64, root, root);
      code.set(high, highBelow);
      code.set(low, lowBelow);
    });
    const remainder = code.let(sub(radicandLow, low));
    const remainderHigh = sub(sub(radicandHigh, high), toI64(ltU(radicandLow, low)));
    // The next bit would be one exactly when the remainder exceeds the root; a tie cannot happen, for then the square of
    // an odd number would be even.
    const next = code.let(toI64(or(ne(remainderHigh, i64(0)), gtU(remainder, root))));
    code.return(op('i32.shr_s', exponent, i32(1)), root, or(shl(next, i64(63)), sticky(or(remainder, next))));
  });

/** Does the remainder (with the half at bit 63) round the magnitude up? */
const roundsUp: FunctionDefinition<readonly ['i32', 'i64', 'i64', 'i32'], readonly ['i32']> = defineFunction(
  'roundsUp',
  ['i32', 'i64', 'i64', 'i32'],
  ['i32'],
  (code, sign, kept, remainder, mode) => {
    code.if(eqz(mode), () =>
      code.return(or(gtU(remainder, TOP_BIT), and(eq(remainder, TOP_BIT), toI32(and(kept, i64(1)))))),
    );
    const inexact = ne(remainder, i64(0));
    code.if(eq(mode, i32(ROUND.DOWN)), () => code.return(and(inexact, sign)));
    code.if(eq(mode, i32(ROUND.UP)), () => code.return(and(inexact, eqz(sign))));
    code.return(i32(0));
  },
);

/**
 * Rounds (sign, exponent, hi, lo) to `precision` bits and no exponent below `minimumExponent`; returns exponent, significand
 * (denormal ones with bit 63 clear, at the minimum exponent) and INEXACT | ROUNDED_UP as they apply. The exponent
 * may exceed every format's: overflow is the caller's.
 */
export const round: FunctionDefinition<
  readonly ['i32', 'i32', 'i64', 'i64', 'i32', 'i32', 'i32'],
  readonly ['i32', 'i64', 'i32']
> = defineFunction(
  'round',
  ['i32', 'i32', 'i64', 'i64', 'i32', 'i32', 'i32'],
  ['i32', 'i64', 'i32'],
  (code, sign, exponent, hi, lo, precision, minimumExponent, mode) => {
    const base = code.let(sub(i32(64), precision));
    const denormal = code.let(ltS(exponent, minimumExponent));
    code.if(denormal, () => {
      const distance = sub(minimumExponent, exponent);
      // Further than this only the sticky bit is left, and a count beyond 128 must not wrap.
      const count = code.let(select(gtU(distance, i32(130)), i32(130), distance));
      const [high, low] = code.call(shiftRightSticky, hi, lo, count);
      code.set(hi, high);
      code.set(lo, low);
      code.set(exponent, minimumExponent);
    });
    const shift = code.let(toI64(base));
    const kept = code.let(shrU(hi, shift));
    const remainder = code.let(lo as I64);
    code.if(base, () => code.set(remainder, or(shl(hi, sub(i64(64), shift)), sticky(lo))));
    const flags = code.let(select(eqz(remainder), i32(0), i32(INEXACT)));
    code.if(call(roundsUp, sign, kept, remainder, mode), () => {
      code.set(kept, add(kept, i64(1)));
      code.set(flags, or(flags, i32(ROUNDED_UP)));
    });
    code.set(kept, shl(kept, shift));
    // All ones rounded up: the shift (or the addition itself, at 64 bits) lost the carry.
    code.if(and(eqz(kept), ne(and(flags, i32(ROUNDED_UP)), i32(0))), () => {
      code.set(kept, TOP_BIT);
      code.set(exponent, add(exponent, i32(1)));
    });
    code.return(exponent, kept, flags);
  },
);
