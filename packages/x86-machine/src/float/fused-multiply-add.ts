// a × b + c with one rounding: exact for every MXCSR, and a quick way for ordinary numbers (SDM Vol. 1 §14.5).
//
// Exact: the product of two significands fits in 128 bits with room to spare, so the sum of it and c, with what falls out of
// 128 bits kept as a sticky bit, rounds right. Quick: the product and the sum are each split into a float and its exact error, and the last
// addition rounds to odd, so that the final rounding is the only one that counts (Boldo and Melquiond, "Emulation of FMA
// and correctly rounded sums: proved algorithms using rounding to odd", IEEE Trans. Computers 57(4), 2008). Where the host rounds once
// itself (native-fused.ts), that is quicker.

import { add, and, eq, eqz, ltS, ltU, ne, or, shl, shrU, sub, toI32, toI64, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, f64, i32, i64, type Local, op, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type BinaryFormat, binaryFormat } from './binary-format.ts';
import { DENORMAL, INVALID, ROUND } from './exception-flags.ts';
import { fusedFloat, NEGATE_PRODUCT, roundsOnce } from './native-fused.ts';
import { mxcsr, NATIVE_BITS, NATIVE_VALUE, raiseSimd, roundingMode } from './simd-control.ts';
import { multiplyUnrounded, normalize, shiftRightSticky, TOP_BIT } from './unrounded.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;
type F64 = Value<'f64'>;

/** (a, b, c, NEGATE_…) → the bits of ±(a × b) ± c. */
export type FusedMultiplyAdd = FunctionDefinition<readonly ['i64', 'i64', 'i64', 'i32'], readonly ['i64']>;

/** (sign, exponent, hi, lo) of two numbers of 128 bits: their sum, hi = 0 for exact cancellation. */
const addWide = defineFunction(
  'addWide',
  ['i32', 'i32', 'i64', 'i64', 'i32', 'i32', 'i64', 'i64'],
  ['i32', 'i32', 'i64', 'i64'],
  (code, signA, exponentA, hiA, loA, signB, exponentB, hiB, loB) => {
    const below = or(ltU(hiA, hiB), and(eq(hiA, hiB), ltU(loA, loB)));
    code.if(or(ltS(exponentA, exponentB), and(eq(exponentA, exponentB), below)), () => {
      const swap = <T extends 'i32' | 'i64'>(x: Local<T>, y: Local<T>): void => {
        const kept = code.let(x as Value<T>);
        code.set(x, y);
        code.set(y, kept);
      };
      swap(signA, signB);
      swap(exponentA, exponentB);
      swap(hiA, hiB);
      swap(loA, loB);
    });
    const [hi, lo] = code.call(shiftRightSticky, hiB, loB, sub(exponentA, exponentB));
    code.if(eq(signA, signB), () => {
      const low = code.let(add(loA, lo));
      const carry = toI64(ltU(low, loA));
      const sum = code.let(add(hiA, hi));
      const high = code.let(add(sum, carry));
      code.if(or(ltU(sum, hiA), ltU(high, sum)), () => {
        const dropped = or(or(shl(high, i64(63)), shrU(low, i64(1))), and(low, i64(1)));
        code.return(signA, add(exponentA, i32(1)), or(shrU(high, i64(1)), TOP_BIT), dropped);
      });
      code.return(signA, exponentA, high, low);
    });
    const borrow = toI64(ltU(loA, lo));
    const [exponent, high, low] = code.call(normalize, exponentA, sub(sub(hiA, hi), borrow), sub(loA, lo));
    code.return(signA, exponent, high, low);
  },
);

function defineExact(format: BinaryFormat): FusedMultiplyAdd {
  return defineFunction(
    `fusedMultiplyAdd${format.width}`,
    ['i64', 'i64', 'i64', 'i32'],
    ['i64'],
    (code, a, b, c, negate) => {
      for (const operand of [a, b, c]) code.set(operand, call(format.flushOperand, operand));
      const infinite = code.let(or(format.isInfinite(a), format.isInfinite(b)));
      const product = code.let(and(infinite, or(format.isZero(a), format.isZero(b))));
      code.if(or(or(format.isNan(a), format.isNan(b)), format.isNan(c)), () => {
        const signalling = or(or(format.isSignalling(a), format.isSignalling(b)), format.isSignalling(c));
        code.if(signalling, () => raiseSimd(code, i32(INVALID)));
        const first = select(format.isNan(a), a, select(format.isNan(b), b, c));
        code.return(or(first, i64(format.quietBit)));
      });
      const invalid = (): void => {
        raiseSimd(code, i32(INVALID));
        code.return(i64(format.defaultNan));
      };
      code.if(product, invalid);
      const signProduct = code.let(xor(format.sign(xor(a, b)), and(negate, i32(NEGATE_PRODUCT))));
      const signAddend = code.let(xor(format.sign(c), and(shrU(negate, i32(1)), i32(1))));
      code.if(and(and(infinite, format.isInfinite(c)), ne(signProduct, signAddend)), invalid);
      const denormal = or(or(format.isDenormal(a), format.isDenormal(b)), format.isDenormal(c));
      code.if(denormal, () => raiseSimd(code, i32(DENORMAL)));
      code.if(infinite, () => code.return(format.signed(signProduct, i64(format.infinity))));
      code.if(format.isInfinite(c), () => code.return(format.signed(signAddend, i64(format.infinity))));

      const zeroProduct = code.let(or(format.isZero(a), format.isZero(b)));
      const down = eq(roundingMode(), i32(ROUND.DOWN));
      code.if(and(zeroProduct, format.isZero(c)), () =>
        code.return(format.signed(select(eq(signProduct, signAddend), signProduct, down), i64(0))),
      );
      code.if(zeroProduct, () => {
        const [exponent, significand] = code.call(format.unpack, c);
        code.return(call(format.pack, signAddend, exponent, significand, i64(0)));
      });
      const [exponentA, significandA] = code.call(format.unpack, a);
      const [exponentB, significandB] = code.call(format.unpack, b);
      const [exponent, hi, lo] = code.call(multiplyUnrounded, exponentA, significandA, exponentB, significandB);
      code.if(format.isZero(c), () => code.return(call(format.pack, signProduct, exponent, hi, lo)));
      const [exponentC, significandC] = code.call(format.unpack, c);
      const [sign, exponentSum, hiSum, loSum] = code.call(
        addWide,
        ...([signProduct, exponent, hi, lo, signAddend, exponentC, significandC, i64(0)] as const),
      );
      code.if(eqz(hiSum), () => code.set(sign, down));
      code.return(call(format.pack, sign, exponentSum, hiSum, loSum));
    },
  );
}

const float64 = (bits: I64): F64 => op('f64.reinterpret_i64', bits);
const bits64 = (value: F64): I64 => op('i64.reinterpret_f64', value);
const plus = (a: F64, b: F64): F64 => op('f64.add', a, b);
const minus = (a: F64, b: F64): F64 => op('f64.sub', a, b);
const times = (a: F64, b: F64): F64 => op('f64.mul', a, b);

/** a + b as a float and its exact error (Knuth, TAOCP 2 §4.2.2 theorem B). */
function twoSum(code: CodeWriter, a: F64, b: F64): [sum: Local<'f64'>, error: Local<'f64'>] {
  const sum = code.let(plus(a, b));
  const virtual = code.let(minus(sum, a));
  return [sum, code.let(plus(minus(a, minus(sum, virtual)), minus(b, virtual)))];
}

/** a × b as a float and its exact error: Dekker's product of halves (Veltkamp's splitting). */
function twoProduct(code: CodeWriter, a: Local<'f64'>, b: Local<'f64'>): [product: Local<'f64'>, error: Local<'f64'>] {
  const split = (x: Local<'f64'>): [Local<'f64'>, Local<'f64'>] => {
    const large = code.let(times(x, f64(134_217_729)));
    const high = code.let(minus(large, minus(large, x)));
    return [high, code.let(minus(x, high))];
  };
  const [aHigh, aLow] = split(a);
  const [bHigh, bLow] = split(b);
  const product = code.let(times(a, b));
  const error = minus(
    times(aLow, bLow),
    minus(minus(minus(product, times(aHigh, bHigh)), times(aLow, bHigh)), times(aHigh, bLow)),
  );
  return [product, code.let(error)];
}

/** a + b rounded to odd: when inexact, the neighbour whose last bit is one. */
function addToOdd(code: CodeWriter, a: F64, b: F64): F64 {
  const [sum, error] = twoSum(code, a, b);
  const bits = code.let(bits64(sum));
  const isExact = op('f64.eq', error, f64(0));
  const isOdd = toI32(and(bits, i64(1)));
  // Towards the error: up in magnitude when it has the sum's sign.
  const outward = eqz(shrU(xor(bits, bits64(error)), i64(63)));
  const odd = select(outward, add(bits, i64(1)), sub(bits, i64(1)));
  return float64(select(or(isExact, isOdd), bits, odd));
}

/** With "inexact" on record, all masked and to nearest, nothing but the value is left to be found. */
const isNative = (): I32 => eq(and(mxcsr(), i32(NATIVE_BITS)), i32(NATIVE_VALUE));

/** The exponent is within ±`limit` of one's: no intermediate value overflows or becomes denormal. */
function isModerate(format: BinaryFormat, bits: I64, limit: number): I32 {
  const exponent = and(toI32(shrU(bits, i64(format.fractionBits))), i32(format.exponentMask));
  return ltU(sub(exponent, i32(format.maximumExponent - limit)), i32(2 * limit));
}

function defineQuick(width: 32 | 64): FusedMultiplyAdd {
  const format = binaryFormat(width);
  const exact = defineExact(format);
  return defineFunction(
    `quickFusedMultiplyAdd${width}`,
    ['i64', 'i64', 'i64', 'i32'],
    ['i64'],
    (code, a, b, c, negate) => {
      const limit = width === 64 ? 250 : 40;
      const moderate = and(
        and(isModerate(format, a, limit), isModerate(format, b, limit)),
        isModerate(format, c, limit),
      );
      code.if(and(isNative(), moderate), () => {
        const flip = (bits: I64, which: number): I64 =>
          xor(bits, shl(toI64(and(shrU(negate, i32(which)), i32(1))), i64(width - 1)));
        const value = (bits: I64): Local<'f64'> =>
          code.let(width === 64 ? float64(bits) : op('f64.promote_f32', op('f32.reinterpret_i32', toI32(bits))));
        const [x, y, z] = [value(flip(a, 0)), value(b), value(flip(c, 1))];
        if (roundsOnce()) {
          const narrow = (value: F64): Value<'f32'> => op('f32.demote_f64', value);
          code.return(
            width === 64
              ? bits64(fusedFloat<'f64'>(x, y, z, 0))
              : toI64(op('i32.reinterpret_f32', fusedFloat<'f32'>(narrow(x), narrow(y), narrow(z), 0))),
          );
          return;
        }
        if (width === 32) {
          // The product of two binary32 is exact in binary64; a sum rounded to odd there rounds right to binary32.
          const sum = addToOdd(code, times(x, y), z);
          code.return(toI64(op('i32.reinterpret_f32', op('f32.demote_f64', sum))));
          return;
        }
        const [product, productError] = twoProduct(code, x, y);
        const [low, lowError] = twoSum(code, z, productError);
        const [high, highError] = twoSum(code, product, low);
        code.return(bits64(plus(high, addToOdd(code, lowError, highError))));
      });
      code.return(call(exact, a, b, c, negate));
    },
  );
}

const HELPERS = { 32: defineQuick(32), 64: defineQuick(64) };
export const fusedMultiplyAdd = (width: 32 | 64): FusedMultiplyAdd => HELPERS[width];
