// F2XM1, FYL2X and FYL2XP1, to 128 bits and then rounded once (SDM 1 §8.3.9–8.3.10).

import { add, and, eq, eqz, geS, geU, ltS, ne, or, shl, shrU, sub, toI64, xor } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { INEXACT, UNDERFLOW, ZERO_DIVIDE } from './exception-flags.ts';
import {
  defineExtendedBinary,
  defineExtendedUnary,
  type ExtendedBinary,
  type ExtendedUnary,
  forgetDenormal,
  isInfinite,
  isZero,
  noteDenormal,
  returnInfinity,
  returnInvalid,
  returnPacked,
  returnValue,
  returnZero,
  sign,
} from './extended-arithmetic.ts';
import { packExtended, unpackExtended } from './extended-format.ts';
import { fraction, multiplyFractions, shiftFraction } from './fixed-point.ts';
import { addUnrounded, normalize } from './unrounded.ts';
import { areaTangentOf, decayOf, divideWide, growthOf, type WideFunction } from './wide-number.ts';
import { raiseX87 } from './x87-state.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

/** ln 2 and 1 / ln 2 as 128 bits behind the first. */
const LN_2 = fraction(0xb172_17f7_d1cf_79ab_c9e3_b398_03f2_f6afn);
const LOG2_E = fraction(0xb8aa_3b29_5c17_f0bb_be87_fed0_691d_3e88n);

/** F2XM1: 2^x − 1 for −1 ≤ x ≤ 1. Outside the manual promises nothing, and processors give x back. */
export const exponentialExtended: ExtendedUnary = defineExtendedUnary('2xm1', (code, a) => {
  code.if(isInfinite(a), () => {
    code.if(sign(a), () => code.return(i64(1n << 63n), i32(0xbfff)));
    returnValue(code, a);
  });
  code.if(isZero(a), () => returnValue(code, a));
  noteDenormal(code, a);
  const [exponent, significand] = code.call(unpackExtended, a.significand, a.signExponent);
  code.if(geS(exponent, i32(0)), () => {
    raiseX87(code, i32(INEXACT));
    const isOne = and(eqz(exponent), eqz(shl(significand, i64(1))));
    code.if(and(isOne, sign(a)), () => code.return(i64(1n << 63n), i32(0xbffe)));
    returnValue(code, a);
  });
  const [yHi, yLo] = code.call(multiplyFractions, significand, i64(0), ...LN_2);
  const [yExponent, hi, lo] = code.call(normalize, exponent, yHi, yLo);
  const result = { exponent: code.local('i32'), hi: code.local('i64'), lo: code.local('i64') };
  const set = (of: WideFunction): void => {
    const [e, h, l] = code.call(of, yExponent, hi, lo);
    code.set(result.exponent, e);
    code.set(result.hi, h);
    code.set(result.lo, l);
  };
  code.if(
    sign(a),
    () => set(decayOf),
    () => set(growthOf),
  );
  returnPacked(code, sign(a), result.exponent, result.hi, result.lo, i32(64));
});

type Logarithm = FunctionDefinition<readonly ['i32', 'i64', 'i64'], readonly ['i32', 'i32', 'i64', 'i64']>;
const SQUARE_ROOT_2 = i64(0xb504_f333_f9de_6484n);

/** Binary logarithm of a positive number other than 1: sign, exponent, hi, lo; exactly hi = power of 2 for powers of 2. */
const binaryLogarithm: Logarithm = defineFunction(
  'binaryLogarithm',
  ['i32', 'i64', 'i64'],
  ['i32', 'i32', 'i64', 'i64'],
  (code, exponent, hi, lo) => {
    const whole = code.let(exponent as I32);
    const above = code.let(geU(hi, SQUARE_ROOT_2));
    code.if(above, () => code.set(whole, add(whole, i32(1))));
    const wholeNegative = code.let(ltS(whole, i32(0)));
    const magnitude = code.let(toI64(select(wholeNegative, sub(i32(0), whole), whole)));
    code.if(and(eq(hi, i64(1n << 63n)), eqz(lo)), () => {
      const [e, h, l] = code.call(normalize, i32(63), magnitude, i64(0));
      code.return(wholeNegative, e, h, l);
    });
    // m = hi.lo in [1, 2), or half of that: |m − 1| and m + 1, both as fractions of 4.
    const mHi = code.let(select(above, shrU(hi, i64(2)), shrU(hi, i64(1))));
    const mLo = code.let(select(above, or(shrU(lo, i64(2)), shl(hi, i64(62))), or(shrU(lo, i64(1)), shl(hi, i64(63)))));
    const one = i64(1n << 62n);
    const differenceHi = code.let(sub(mHi, one));
    const differenceLo = code.let(mLo as I64);
    code.if(above, () => {
      code.set(differenceHi, sub(sub(one, mHi), toI64(ne(mLo, i64(0)))));
      code.set(differenceLo, sub(i64(0), mLo));
    });
    const [dExponent, dHi, dLo] = code.call(normalize, i32(1), differenceHi, differenceLo);
    const [sExponent, sHi, sLo] = code.call(normalize, i32(1), add(mHi, one), mLo);
    const ratio = divideWide(
      code,
      { exponent: dExponent, hi: dHi, lo: dLo },
      { exponent: sExponent, hi: sHi, lo: sLo },
    );
    const [aExponent, aHi, aLo] = code.call(areaTangentOf, ratio.exponent, ratio.hi, ratio.lo);
    // log2 m = 2 atanh(s) / ln 2
    const [pHi, pLo] = code.call(multiplyFractions, aHi, aLo, ...LOG2_E);
    const [lExponent, lHi, lLo] = code.call(normalize, add(aExponent, i32(2)), pHi, pLo);
    code.set(lLo, or(lLo, i64(1)));
    code.if(eqz(whole), () => code.return(above, lExponent, lHi, lLo));
    // whole ± log2 m in units of 2^-110
    const places = code.let(sub(i32(17), lExponent));
    const [fHi, fLo] = code.call(shiftFraction, lHi, lLo, sub(places, i32(0)));
    const wHi = code.let(shl(magnitude, i64(46)));
    const wLo = code.let(i64(0));
    code.if(
      ne(above, wholeNegative),
      () => {
        code.set(wHi, sub(sub(wHi, fHi), toI64(ne(fLo, i64(0)))));
        code.set(wLo, sub(i64(0), fLo));
      },
      () => {
        code.set(wHi, add(wHi, fHi));
        code.set(wLo, fLo);
      },
    );
    code.set(wLo, or(wLo, i64(1)));
    const [e, h, l] = code.call(normalize, i32(17), wHi, wLo);
    code.return(wholeNegative, e, h, l);
  },
);

/** y × (sign, exponent, hi, lo): the last step of both logarithms. */
function returnProduct(
  code: CodeWriter,
  y: { significand: I64; signExponent: I32 },
  logarithm: readonly [I32, I32, I64, I64],
): void {
  const [negative, exponent, hi, lo] = logarithm;
  const [yExponent, ySignificand] = code.call(unpackExtended, y.significand, y.signExponent);
  const [pHi, pLo] = code.call(multiplyFractions, hi, lo, ySignificand, i64(0));
  const inexact = toI64(ne(lo, i64(0)));
  const [e, h, l] = code.call(normalize, add(add(exponent, yExponent), i32(1)), pHi, or(pLo, inexact));
  const signY = and(shrU(y.signExponent, i32(15)), i32(1));
  const [significand, signExponent] = code.call(packExtended, ...([xor(negative, signY), e, h, l, i32(64)] as const));
  // A logarithm counts as inexact even when it is a whole number, and so a tiny product as an underflow.
  raiseX87(code, or(i32(INEXACT), select(and(signExponent, i32(0x7fff)), i32(0), i32(UNDERFLOW))));
  code.return(significand, signExponent);
}

/** FYL2X: y × log2(x); x is the first operand. */
export const logarithmExtended: ExtendedBinary = defineExtendedBinary('yl2x', (code, x, y) => {
  const isOne = and(eq(x.signExponent, i32(0x3fff)), eq(x.significand, i64(1n << 63n)));
  code.if(and(sign(x), eqz(isZero(x))), () => returnInvalid(code));
  code.if(isInfinite(x), () => {
    code.if(isZero(y), () => returnInvalid(code));
    noteDenormal(code, y);
    returnInfinity(code, sign(y));
  });
  code.if(isZero(x), () => {
    code.if(isZero(y), () => returnInvalid(code));
    code.if(eqz(isInfinite(y)), () => {
      forgetDenormal(code);
      raiseX87(code, i32(ZERO_DIVIDE));
    });
    returnInfinity(code, eqz(sign(y)));
  });
  const below = code.let(ltS(x.signExponent, i32(0x3fff)));
  code.if(isInfinite(y), () => {
    code.if(isOne, () => returnInvalid(code));
    noteDenormal(code, x);
    returnInfinity(code, xor(sign(y), below));
  });
  noteDenormal(code, x, y);
  code.if(isOne, () => returnZero(code, sign(y)));
  code.if(isZero(y), () => returnZero(code, xor(sign(y), below)));
  const [exponent, significand] = code.call(unpackExtended, x.significand, x.signExponent);
  returnProduct(code, y, code.call(binaryLogarithm, exponent, significand, i64(0)));
});

/** FYL2XP1: y × log2(x + 1); x is the first operand. The manual promises nothing below √½ − 1; x ≤ −1 is invalid here. */
export const logarithmPlusOneExtended: ExtendedBinary = defineExtendedBinary('yl2xp1', (code, x, y) => {
  code.if(isInfinite(x), () => {
    code.if(or(sign(x), isZero(y)), () => returnInvalid(code));
    noteDenormal(code, y);
    returnInfinity(code, sign(y));
  });
  code.if(isInfinite(y), () => {
    code.if(isZero(x), () => returnInvalid(code));
    noteDenormal(code, x);
    returnInfinity(code, xor(sign(y), sign(x)));
  });
  noteDenormal(code, x, y);
  code.if(or(isZero(x), isZero(y)), () => returnZero(code, xor(sign(x), sign(y))));
  const [exponent, significand] = code.call(unpackExtended, x.significand, x.signExponent);
  code.if(geS(exponent, i32(-2)), () => {
    // 1 + x to 128 bits is exact here.
    const [negative, e, hi, lo] = code.call(
      addUnrounded,
      i32(0),
      i32(0),
      i64(1n << 63n),
      sign(x),
      exponent,
      significand,
    );
    code.if(or(negative, eqz(hi)), () => returnInvalid(code));
    returnProduct(code, y, code.call(binaryLogarithm, e, hi, lo));
  });
  // s = x / (2 + x)
  const [, e, hi, lo] = code.call(addUnrounded, i32(0), i32(1), i64(1n << 63n), sign(x), exponent, significand);
  const ratio = divideWide(code, { exponent, hi: significand, lo: i64(0) }, { exponent: e, hi, lo });
  const [aExponent, aHi, aLo] = code.call(areaTangentOf, ratio.exponent, ratio.hi, ratio.lo);
  const [pHi, pLo] = code.call(multiplyFractions, aHi, aLo, ...LOG2_E);
  const [lExponent, lHi, lLo] = code.call(normalize, add(aExponent, i32(2)), pHi, pLo);
  returnProduct(code, y, [sign(x), lExponent, lHi, code.let(or(lLo, i64(1)))]);
});
