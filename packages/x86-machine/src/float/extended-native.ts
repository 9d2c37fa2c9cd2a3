// x87 arithmetic in line, for the operands that programs have: normal numbers whose results are normal, rounded to nearest, 64 bits.
//
// Everything else (zeros, denormals, infinities, NaNs, other rounding, results at the ends of the range) takes the exact functions
// (extended-arithmetic.ts, extended-convert.ts), which decide nothing differently: this is the same arithmetic with the
// questions left out whose answers are known. All exceptions are masked, so "inexact" and C1 are all that normal operands raise.
//
//   code.block other ─┐   any doubt branches there
//     … fast …        │   result, flags; branch to the end
//   end ◀─────────────┘
//   … exact function …

import type { X87Number } from '../isa/emitter.ts';
import {
  add,
  and,
  clz,
  eq,
  eqz,
  geS,
  geU,
  gtU,
  ltS,
  ltU,
  mul,
  ne,
  or,
  shl,
  shrS,
  shrU,
  sub,
  toI32,
  toI64,
  xor,
} from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { constantOf, i32, i64, type Local, load, select, type Value } from '../wasm/expression.ts';
import { binaryFormat } from './binary-format.ts';
import { INVALID, ROUND } from './exception-flags.ts';
import {
  addExtended,
  compareExtended,
  divideExtended,
  type ExtendedBinary,
  type ExtendedUnary,
  multiplyExtended,
  subtractExtended,
} from './extended-arithmetic.ts';
import { extendBinary, extendedToInteger, narrowExtended } from './extended-convert.ts';
import { EXTENDED_BIAS, isSignallingExtended, QUIET_BIT } from './extended-format.ts';
import { divide128, TOP_BIT } from './unrounded.ts';
import { X87_FLAGS } from './x87-state.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

/** A number, and what finding it raised. */
export interface NativeResult {
  readonly significand: Local<'i64'>;
  readonly signExponent: Local<'i32'>;
  readonly flags: Local<'i32'>;
}

const INEXACT_SHIFT = 5;
const ROUNDED_UP_SHIFT = 9;
const EXPONENT = 0x7fff;
const SIGN = 0x8000;
const LOW_HALF = i64(0xffff_ffffn);

export function nativeResult(code: CodeWriter): NativeResult {
  return { significand: code.let(i64(0)), signExponent: code.let(i32(0)), flags: code.let(i32(0)) };
}

export const numberOf = ({ significand, signExponent }: NativeResult): X87Number => [significand, signExponent];

/** The fast way, which branches to its label where it does not apply, and the other one. */
function either(code: CodeWriter, fast: (other: Label) => void, exact: () => void): void {
  code.block((done) => {
    code.block((other) => {
      fast(other);
      code.branch(done);
    });
    exact();
  });
}

/** An exact function, begun with the exceptions so far. */
function exactly(
  code: CodeWriter,
  into: NativeResult,
  definition: ExtendedBinary | ExtendedUnary,
  ...operands: readonly X87Number[]
): void {
  code.store('i32.store', i32(X87_FLAGS), into.flags);
  const [significand, signExponent] = code.call(
    definition as ExtendedUnary,
    ...(operands.flat() as unknown as [I64, I32]),
  );
  code.set(into.significand, significand);
  code.set(into.signExponent, signExponent);
  code.set(into.flags, load('i32.load', i32(X87_FLAGS)));
}

const exponentOf = (signExponent: I32): I32 => and(signExponent, i32(EXPONENT));
/** Of a number with this exponent field and the leading bit set, whether it is normal. */
const isNormalExponent = (exponent: I32): I32 => ltU(sub(exponent, i32(1)), i32(EXPONENT - 1));

/** Leaves unless both are normal and results are rounded to nearest; gives the exponent fields. */
function requireNormal(
  code: CodeWriter,
  other: Label,
  rounding: I32,
  a: X87Number,
  b: X87Number,
): readonly [Local<'i32'>, Local<'i32'>] {
  const exponentA = code.let(exponentOf(a[1]));
  const exponentB = code.let(exponentOf(b[1]));
  const bothLead = ltS(and(a[0], b[0]), i64(0));
  const normal = and(and(isNormalExponent(exponentA), isNormalExponent(exponentB)), bothLead);
  code.branchIf(other, constantOf(rounding) === 0n ? eqz(normal) : or(eqz(normal), rounding));
  return [exponentA, exponentB];
}

/** Rounds (hi, lo) to hi, to nearest; a carry out of it raises the exponent. The exceptions are joined to those so far. */
function roundNearest(code: CodeWriter, hi: Local<'i64'>, lo: Local<'i64'>, exponent: Local<'i32'>): I32 {
  const half = shrU(lo, i64(63));
  const up = code.let(and(half, or(toI64(ne(shl(lo, i64(1)), i64(0))), and(hi, i64(1)))));
  code.set(hi, add(hi, up));
  const carried = code.let(eqz(hi));
  code.set(hi, or(hi, shl(toI64(carried), i64(63))));
  code.set(exponent, add(exponent, carried));
  return or(shl(ne(lo, i64(0)), i32(INEXACT_SHIFT)), shl(toI32(up), i32(ROUNDED_UP_SHIFT)));
}

function finishNormal(
  code: CodeWriter,
  other: Label,
  into: NativeResult,
  sign: I32,
  hi: Local<'i64'>,
  lo: Local<'i64'>,
  exponent: Local<'i32'>,
): void {
  const raised = code.let(roundNearest(code, hi, lo, exponent));
  code.branchIf(other, eqz(isNormalExponent(exponent)));
  code.set(into.significand, hi);
  code.set(into.signExponent, or(and(sign, i32(SIGN)), exponent));
  code.set(into.flags, or(into.flags, raised));
}

/** a + b, or a − b. */
export function nativeAdd(
  code: CodeWriter,
  into: NativeResult,
  rounding: I32,
  a: X87Number,
  b: X87Number,
  subtracts: boolean,
): void {
  either(
    code,
    (other) => {
      const [exponentA, exponentB] = requireNormal(code, other, rounding, a, b);
      const signB = subtracts ? code.let(xor(b[1], i32(SIGN))) : b[1];
      const smaller = code.let(or(ltU(exponentA, exponentB), and(eq(exponentA, exponentB), ltU(a[0], b[0]))));
      const exponent = code.let(select(smaller, exponentB, exponentA));
      const distance = code.let(sub(exponent, select(smaller, exponentA, exponentB)));
      code.branchIf(other, geU(distance, i32(64)));
      const large = code.let(select(smaller, b[0], a[0]));
      const small = code.let(select(smaller, a[0], b[0]));
      const sign = code.let(select(smaller, signB, a[1]));
      const count = code.let(toI64(distance));
      const shifted = code.let(shrU(small, count));
      const lo = code.let(shl(shl(small, i64(1)), sub(i64(63), count)));
      const hi = code.local('i64');
      code.if(
        and(xor(a[1], signB), i32(SIGN)),
        () => {
          code.set(hi, sub(sub(large, shifted), toI64(ne(lo, i64(0)))));
          code.branchIf(other, eqz(hi));
          code.set(lo, sub(i64(0), lo));
          const shift = code.let(clz(hi));
          code.set(hi, or(shl(hi, shift), shrU(shrU(lo, i64(1)), sub(i64(63), shift))));
          code.set(lo, shl(lo, shift));
          code.set(exponent, sub(exponent, toI32(shift)));
        },
        () => {
          code.set(hi, add(large, shifted));
          const carry = code.let(toI64(ltU(hi, large)));
          const dropped = and(shl(hi, i64(63)), sub(i64(0), carry));
          code.set(lo, or(or(shrU(lo, carry), and(lo, carry)), dropped));
          code.set(hi, or(shrU(hi, carry), shl(carry, i64(63))));
          code.set(exponent, add(exponent, toI32(carry)));
        },
      );
      finishNormal(code, other, into, sign, hi, lo, exponent);
    },
    () => exactly(code, into, subtracts ? subtractExtended : addExtended, a, b),
  );
}

export function nativeMultiply(code: CodeWriter, into: NativeResult, rounding: I32, a: X87Number, b: X87Number): void {
  either(
    code,
    (other) => {
      const [exponentA, exponentB] = requireNormal(code, other, rounding, a, b);
      const aLow = code.let(and(a[0], LOW_HALF));
      const aHigh = code.let(shrU(a[0], i64(32)));
      const bLow = code.let(and(b[0], LOW_HALF));
      const bHigh = code.let(shrU(b[0], i64(32)));
      const lowLow = code.let(mul(aLow, bLow));
      const middle = code.let(add(mul(aHigh, bLow), shrU(lowLow, i64(32))));
      const cross = code.let(add(mul(aLow, bHigh), and(middle, LOW_HALF)));
      const hi = code.let(add(add(mul(aHigh, bHigh), shrU(middle, i64(32))), shrU(cross, i64(32))));
      const lo = code.let(or(shl(cross, i64(32)), and(lowLow, LOW_HALF)));
      const shift = code.let(clz(hi));
      code.set(hi, or(shl(hi, shift), and(shrU(lo, i64(63)), shift)));
      code.set(lo, shl(lo, shift));
      const exponent = code.let(sub(add(exponentA, exponentB), add(toI32(shift), i32(EXTENDED_BIAS - 1))));
      finishNormal(code, other, into, xor(a[1], b[1]), hi, lo, exponent);
    },
    () => exactly(code, into, multiplyExtended, a, b),
  );
}

export function nativeDivide(code: CodeWriter, into: NativeResult, rounding: I32, a: X87Number, b: X87Number): void {
  either(
    code,
    (other) => {
      const [exponentA, exponentB] = requireNormal(code, other, rounding, a, b);
      // Halving the dividend when it is not below the divisor keeps the quotient within 64 bits.
      const halved = code.let(toI64(geU(a[0], b[0])));
      const low = and(shl(a[0], i64(63)), sub(i64(0), halved));
      const [quotient, remainder] = code.call(divide128, shrU(a[0], halved), low, b[0]);
      // Below the quotient: is the remainder more than, exactly, or less than half of the divisor?
      const twice = code.let(shl(remainder, i64(1)));
      const over = code.let(or(toI32(shrU(remainder, i64(63))), geU(twice, b[0])));
      const rest = select(over, sub(twice, b[0]), twice);
      const lo = code.let(or(shl(toI64(over), i64(63)), toI64(ne(rest, i64(0)))));
      const exponent = code.let(add(sub(exponentA, exponentB), add(toI32(halved), i32(EXTENDED_BIAS - 1))));
      finishNormal(code, other, into, xor(a[1], b[1]), quotient, lo, exponent);
    },
    () => exactly(code, into, divideExtended, a, b),
  );
}

/** What is no faster in line. */
export function nativeUnary(code: CodeWriter, into: NativeResult, operation: ExtendedUnary, a: X87Number): void {
  exactly(code, into, operation, a);
}

/** What a float in memory is; a denormal is put on record. A signalling NaN stays one for the operation to find. */
export function nativeExtend(code: CodeWriter, into: NativeResult, width: 32 | 64, bits: I64): void {
  const { fractionBits, infinity, maximumExponent } = binaryFormat(width);
  const largest = Number(infinity >> BigInt(fractionBits));
  either(
    code,
    (other) => {
      const exponent = code.let(and(toI32(shrU(bits, i64(fractionBits))), i32(largest)));
      const sign = shl(toI32(shrU(bits, i64(width - 1))), i32(15));
      const isNormal = ltU(sub(exponent, i32(1)), i32(largest - 1));
      const fraction = shl(bits, i64(64 - fractionBits));
      code.if(
        isNormal,
        () => {
          code.set(into.significand, or(shrU(fraction, i64(1)), TOP_BIT));
          code.set(into.signExponent, or(sign, add(exponent, i32(EXTENDED_BIAS - maximumExponent))));
        },
        () => {
          code.branchIf(other, or(exponent, ne(fraction, i64(0))));
          code.set(into.significand, i64(0));
          code.set(into.signExponent, sign);
        },
      );
    },
    () => exactlyFromBits(code, into, width, bits),
  );
}

function exactlyFromBits(code: CodeWriter, into: NativeResult, width: 32 | 64, bits: I64): void {
  code.store('i32.store', i32(X87_FLAGS), into.flags);
  const [significand, signExponent] = code.call(extendBinary(width), bits);
  code.set(into.significand, significand);
  code.set(into.signExponent, signExponent);
  code.set(into.flags, load('i32.load', i32(X87_FLAGS)));
}

/** Makes a signalling NaN quiet, which is an invalid operation. */
export function quieten(code: CodeWriter, value: NativeResult): void {
  code.if(isSignallingExtended(value.significand, value.signExponent), () => {
    code.set(value.flags, or(value.flags, i32(INVALID)));
    code.set(value.significand, or(value.significand, QUIET_BIT));
  });
}

/** A signed integer, exactly. */
export function nativeExtendInteger(code: CodeWriter, into: NativeResult, value: I64): void {
  const negative = code.let(shrS(value, i64(63)));
  const magnitude = code.let(sub(xor(value, negative), negative));
  const shift = code.let(clz(magnitude));
  // Of zero, shifted by 64, nothing is left; its exponent field is 0.
  code.set(into.significand, shl(magnitude, shift));
  const exponent = sub(i32(EXTENDED_BIAS + 63), toI32(shift));
  const field = or(and(toI32(negative), i32(SIGN)), exponent);
  code.set(into.signExponent, select(eqz(magnitude), i32(0), field));
}

/** As a float in memory: its bits, and what that raised in `flags`. */
export function nativeNarrow(
  code: CodeWriter,
  flags: Local<'i32'>,
  width: 32 | 64,
  rounding: I32,
  value: X87Number,
): Local<'i64'> {
  const { fractionBits, infinity, maximumExponent } = binaryFormat(width);
  const largest = Number(infinity >> BigInt(fractionBits));
  const dropped = 63 - fractionBits;
  const bits = code.local('i64');
  either(
    code,
    (other) => {
      const exponent = code.let(sub(exponentOf(value[1]), i32(EXTENDED_BIAS - maximumExponent)));
      const sign = shl(toI64(shrU(value[1], i32(15))), i64(width - 1));
      if (constantOf(rounding) !== 0n) code.branchIf(other, rounding);
      code.if(
        and(ltU(sub(exponent, i32(1)), i32(largest - 2)), ltS(value[0], i64(0))),
        () => {
          // Without its leading bit, below the exponent: a carry out of it raises that.
          const fraction = shrU(shl(value[0], i64(1)), i64(dropped + 1));
          const kept = code.let(or(shl(toI64(exponent), i64(fractionBits)), fraction));
          const rest = code.let(shl(value[0], i64(64 - dropped)));
          const up = code.let(and(shrU(rest, i64(63)), or(toI64(ne(shl(rest, i64(1)), i64(0))), and(kept, i64(1)))));
          code.set(bits, or(add(kept, up), sign));
          const inexact = shl(ne(rest, i64(0)), i32(INEXACT_SHIFT));
          code.set(flags, or(flags, or(inexact, shl(toI32(up), i32(ROUNDED_UP_SHIFT)))));
        },
        () => {
          code.branchIf(other, or(exponentOf(value[1]), ne(value[0], i64(0))));
          code.set(bits, sign);
        },
      );
    },
    () => {
      code.store('i32.store', i32(X87_FLAGS), flags);
      const [exact] = code.call(narrowExtended(width), ...value);
      code.set(bits, exact);
      code.set(flags, load('i32.load', i32(X87_FLAGS)));
    },
  );
  return bits;
}

/** As a signed integer in memory, rounded as `rounding` says. */
export function nativeToInteger(
  code: CodeWriter,
  flags: Local<'i32'>,
  width: 16 | 32 | 64,
  rounding: I32,
  value: X87Number,
): Local<'i64'> {
  const integer = code.local('i64');
  const mode = code.let(rounding);
  either(
    code,
    (other) => {
      // Towards zero and to nearest, from 1 to below half of what fits, so that rounding stays within it.
      const exponent = code.let(sub(exponentOf(value[1]), i32(EXTENDED_BIAS)));
      code.branchIf(
        other,
        or(geU(exponent, i32(width - 2)), or(geS(value[0], i64(0)), ltU(sub(mode, i32(1)), i32(ROUND.ZERO - 1)))),
      );
      const magnitude = code.let(shrU(value[0], sub(i64(63), toI64(exponent))));
      const rest = code.let(shl(shl(value[0], i64(1)), toI64(exponent)));
      const nearest = and(shrU(rest, i64(63)), or(toI64(ne(shl(rest, i64(1)), i64(0))), and(magnitude, i64(1))));
      const up = code.let(select(mode, i64(0), nearest));
      code.set(magnitude, add(magnitude, up));
      const negative = code.let(sub(i64(0), toI64(shrU(value[1], i32(15)))));
      code.set(integer, sub(xor(magnitude, negative), negative));
      const inexact = shl(ne(rest, i64(0)), i32(INEXACT_SHIFT));
      code.set(flags, or(flags, or(inexact, shl(toI32(up), i32(ROUNDED_UP_SHIFT)))));
    },
    () => {
      code.store('i32.store', i32(X87_FLAGS), flags);
      const [exact] = code.call(extendedToInteger(width), value[0], value[1], mode);
      code.set(integer, exact);
      code.set(flags, load('i32.load', i32(X87_FLAGS)));
    },
  );
  return integer;
}

/** 0 greater, 1 less, 2 equal, 3 unordered; with `quietIsInvalid` any NaN is an invalid operation. */
export function nativeCompare(
  code: CodeWriter,
  flags: Local<'i32'>,
  a: X87Number,
  b: X87Number,
  quietIsInvalid: boolean,
): Local<'i32'> {
  const relation = code.local('i32');
  either(
    code,
    (other) => {
      const isOrdinary = (x: X87Number): I32 => {
        const isNormal = and(isNormalExponent(exponentOf(x[1])), ltS(x[0], i64(0)));
        return or(isNormal, eqz(or(toI64(exponentOf(x[1])), x[0])));
      };
      code.branchIf(other, eqz(and(isOrdinary(a), isOrdinary(b))));
      // Both zeros compare as +0. The greater exponent field, then the greater significand, has the greater magnitude.
      const signed = (x: X87Number): Local<'i32'> => {
        const negative = code.let(sub(i32(0), shrU(x[1], i32(15))));
        return code.let(sub(xor(exponentOf(x[1]), negative), negative));
      };
      const keyA = signed(a);
      const keyB = signed(b);
      const negative = shrU(a[1], i32(15));
      const bySignificand = select(eq(a[0], b[0]), i32(2), xor(gtU(b[0], a[0]), negative));
      code.set(relation, select(eq(keyA, keyB), bySignificand, ltS(keyA, keyB)));
    },
    () => {
      code.store('i32.store', i32(X87_FLAGS), flags);
      const [exact] = code.call(compareExtended, ...a, ...b, i32(quietIsInvalid ? 1 : 0));
      code.set(relation, exact);
      code.set(flags, load('i32.load', i32(X87_FLAGS)));
    },
  );
  return relation;
}
