// x87 trigonometric, logarithmic and exponential functions, to 128 bits and then rounded once (SDM 1 §8.3.7–8.3.10).
//
// Every function is argument × series, so that results near zero are as precise as any. Reduction of angles uses the 66-bit π
// of the hardware (SDM 1 §8.3.8): FSIN of the double-extended π is −2^-64 there, and here.

import {
  add,
  and,
  eq,
  eqz,
  geS,
  geU,
  gtS,
  gtU,
  ltS,
  ltU,
  ne,
  or,
  shl,
  shrU,
  sub,
  toI32,
  toI64,
  xor,
} from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, type Local, select, type Value } from '../wasm/expression.ts';
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
import {
  ARC_TANGENT,
  AREA_TANGENT,
  arcTangentOf,
  COSINE,
  divideFractions,
  EXPONENTIAL_DOWN,
  EXPONENTIAL_UP,
  type FractionUnary,
  fraction,
  multiplyFractions,
  SINE,
  shiftFraction,
} from './fixed-point.ts';
import { addUnrounded, normalize } from './unrounded.ts';
import { raiseX87 } from './x87-state.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;
/** A positive number in the making: exponent, and 128 bits of significand with the first one set. */
interface Wide {
  readonly exponent: I32;
  readonly hi: I64;
  readonly lo: I64;
}
const NUMBER = ['i32', 'i64', 'i64'] as const;
type WideFunction = FunctionDefinition<readonly ['i32', 'i64', 'i64'], readonly ['i32', 'i64', 'i64']>;

/** Is the true value just below or just above what was computed? Sticky says above; one unit less and sticky says below. */
function lean(code: CodeWriter, hi: Local<'i64'>, lo: Local<'i64'>, direction: 'below' | 'above'): void {
  if (direction === 'below') {
    code.set(hi, sub(hi, toI64(eqz(lo))));
    code.set(lo, sub(lo, i64(1)));
  }
  code.set(lo, or(lo, i64(1)));
}

/** x × 2 × series(x² or x), the series being halved. */
function defineLinear(
  name: string,
  series: FractionUnary,
  argument: 'square' | 'itself',
  direction: 'below' | 'above',
): WideFunction {
  return defineFunction(name, NUMBER, NUMBER, (code, exponent, hi, lo) => {
    // x = fraction × 2^(exponent + 1), below 1
    const [uHi, uLo] =
      argument === 'square' ? code.call(multiplyFractions, hi, lo, hi, lo) : [code.let(hi as I64), code.let(lo as I64)];
    const places = argument === 'square' ? shl(add(exponent, i32(1)), i32(1)) : add(exponent, i32(1));
    const far = code.let(sub(i32(0), places));
    const [zHi, zLo] = code.call(shiftFraction, uHi, uLo, select(gtS(far, i32(128)), i32(128), far));
    const [rHi, rLo] = code.call(series, zHi, zLo);
    const [pHi, pLo] = code.call(multiplyFractions, hi, lo, rHi, rLo);
    lean(code, pHi, pLo, direction);
    const [e, h, l] = code.call(normalize, add(exponent, i32(1)), pHi, pLo);
    code.return(e, h, l);
  });
}

const sineOf = defineLinear('sineOf', SINE, 'square', 'below');
const arcTangentSmall = defineLinear('arcTangentOf', ARC_TANGENT, 'square', 'below');
const areaTangentOf = defineLinear('areaTangentOf', AREA_TANGENT, 'square', 'above');
const growthOf = defineLinear('growthOf', EXPONENTIAL_UP, 'itself', 'above');
const decayOf = defineLinear('decayOf', EXPONENTIAL_DOWN, 'itself', 'below');

const cosineOf: WideFunction = defineFunction('cosineOf', NUMBER, NUMBER, (code, exponent, hi, lo) => {
  const [uHi, uLo] = code.call(multiplyFractions, hi, lo, hi, lo);
  const far = code.let(sub(i32(0), shl(add(exponent, i32(1)), i32(1))));
  const [zHi, zLo] = code.call(shiftFraction, uHi, uLo, select(gtS(far, i32(128)), i32(128), far));
  const [rHi, rLo] = code.call(COSINE, zHi, zLo);
  lean(code, rHi, rLo, 'below');
  const [e, h, l] = code.call(normalize, i32(0), rHi, rLo);
  code.return(e, h, l);
});

/** a ÷ b. */
function divideWide(
  code: CodeWriter,
  a: Wide,
  b: Wide,
): { exponent: Local<'i32'>; hi: Local<'i64'>; lo: Local<'i64'> } {
  // Halving a keeps the quotient below 1.
  const aLo = or(shrU(a.lo, i64(1)), shl(a.hi, i64(63)));
  const [qHi, qLo] = code.call(divideFractions, shrU(a.hi, i64(1)), code.let(aLo), b.hi, b.lo);
  const [exponent, hi, lo] = code.call(normalize, sub(a.exponent, b.exponent), qHi, qLo);
  return { exponent, hi, lo };
}

/** π/2 of the hardware in units of 2^-65: 66 bits. */
const HALF_PI_HIGH = i64(3);
const HALF_PI_LOW = i64(0x243f_6a88_85a3_08d3n);

type Reduce = FunctionDefinition<readonly ['i32', 'i64'], readonly ['i32', 'i64', 'i64', 'i32', 'i32']>;
/** |x| = quadrant × π/2 + r, or (folded) quadrant × π/2 + (π/2 − r), with r at most π/4: r, quadrant, folded. */
const reduceAngle: Reduce = defineFunction(
  'reduceAngle',
  ['i32', 'i64'],
  ['i32', 'i64', 'i64', 'i32', 'i32'],
  (code, exponent, significand) => {
    code.if(ltS(exponent, i32(-2)), () => code.return(exponent, significand, i64(0), i32(0), i32(0)));
    const hi = code.let(i64(0));
    const lo = code.let(significand as I64);
    const quadrant = code.let(i32(0));
    const steps = code.let(add(exponent, i32(2)));
    code.block((leave) =>
      code.loop((again) => {
        code.branchIf(leave, eqz(steps));
        code.set(hi, or(shl(hi, i64(1)), shrU(lo, i64(63))));
        code.set(lo, shl(lo, i64(1)));
        code.set(quadrant, shl(quadrant, i32(1)));
        const fits = or(gtU(hi, HALF_PI_HIGH), and(eq(hi, HALF_PI_HIGH), geU(lo, HALF_PI_LOW)));
        code.if(fits, () => {
          code.set(hi, sub(sub(hi, HALF_PI_HIGH), toI64(ltU(lo, HALF_PI_LOW))));
          code.set(lo, sub(lo, HALF_PI_LOW));
          code.set(quadrant, or(quadrant, i32(1)));
        });
        code.set(steps, sub(steps, i32(1)));
        code.branch(again);
      }),
    );
    const restHi = code.let(sub(sub(HALF_PI_HIGH, hi), toI64(gtU(lo, HALF_PI_LOW))));
    const restLo = code.let(sub(HALF_PI_LOW, lo));
    const folded = code.let(or(gtU(hi, restHi), and(eq(hi, restHi), gtU(lo, restLo))));
    code.if(folded, () => {
      code.set(hi, restHi);
      code.set(lo, restLo);
    });
    const [e, h, l] = code.call(normalize, i32(62), hi, lo);
    code.return(e, h, l, and(quadrant, i32(3)), folded);
  },
);

/** Beyond ±2^63 the trigonometric functions give up: C2 is set and nothing changes. */
export const isTooLargeForAngle = (signExponent: I32): I32 => {
  const field = and(signExponent, i32(0x7fff));
  return and(geU(field, i32(0x3fff + 63)), ne(field, i32(0x7fff)));
};

/** sin or cos of |x| reduced, and whether it comes out negative. */
function circular(
  code: CodeWriter,
  which: 'sin' | 'cos',
  reduced: readonly [I32, I64, I64, I32, I32],
): Wide & { negative: I32 } {
  const [exponent, hi, lo, quadrant, folded] = reduced;
  const turn = code.let(which === 'sin' ? quadrant : add(quadrant, i32(1)));
  const result = { exponent: code.local('i32'), hi: code.local('i64'), lo: code.local('i64') };
  const set = (of: WideFunction): void => {
    const [e, h, l] = code.call(of, exponent, hi, lo);
    code.set(result.exponent, e);
    code.set(result.hi, h);
    code.set(result.lo, l);
  };
  code.if(
    xor(and(turn, i32(1)), folded),
    () => set(cosineOf),
    () => set(sineOf),
  );
  return { ...result, negative: and(shrU(turn, i32(1)), i32(1)) };
}

function defineCircular(which: 'sin' | 'cos'): ExtendedUnary {
  return defineExtendedUnary(which, (code, a) => {
    code.if(isInfinite(a), () => returnInvalid(code));
    code.if(isZero(a), () => {
      if (which === 'sin') returnValue(code, a);
      else code.return(i64(1n << 63n), i32(0x3fff));
    });
    noteDenormal(code, a);
    const [exponent, significand] = code.call(unpackExtended, a.significand, a.signExponent);
    const reduced = code.call(reduceAngle, exponent, significand);
    const { exponent: e, hi, lo, negative } = circular(code, which, reduced);
    returnPacked(code, which === 'sin' ? xor(negative, sign(a)) : negative, e, hi, lo, i32(64));
  });
}
export const sineExtended: ExtendedUnary = defineCircular('sin');
export const cosineExtended: ExtendedUnary = defineCircular('cos');

export const tangentExtended: ExtendedUnary = defineExtendedUnary('tan', (code, a) => {
  code.if(isInfinite(a), () => returnInvalid(code));
  code.if(isZero(a), () => returnValue(code, a));
  noteDenormal(code, a);
  const [exponent, significand] = code.call(unpackExtended, a.significand, a.signExponent);
  // So near zero the tangent lies above x by less than any bit kept.
  code.if(ltS(exponent, i32(-66)), () => returnPacked(code, sign(a), exponent, significand, i64(1), i32(64)));
  const reduced = code.call(reduceAngle, exponent, significand);
  const sine = circular(code, 'sin', reduced);
  const negativeSine = code.let(sine.negative);
  const cosine = circular(code, 'cos', reduced);
  const { exponent: e, hi, lo } = divideWide(code, sine, cosine);
  // x² / 3 above x, however small x is.
  code.set(lo, or(lo, i64(1)));
  returnPacked(code, xor(sign(a), xor(negativeSine, cosine.negative)), e, hi, lo, i32(64));
});

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

/** Angles are sums in units of 2^-126. */
const ANGLE_BITS = 126;
const PI = arcTangentOf(1n, 1n, ANGLE_BITS) * 4n;
const EIGHTHS = Array.from({ length: 9 }, (_, k) => arcTangentOf(BigInt(k), 8n, ANGLE_BITS));

type Quotient = FunctionDefinition<readonly ['i32', 'i64', 'i64'], readonly ['i64', 'i64']>;
/** atan of a quotient in [1/16, 1], as an angle. */
const arcTangentOfRatio: Quotient = defineFunction(
  'arcTangentOfRatio',
  NUMBER,
  ['i64', 'i64'],
  (code, exponent, hi, lo) => {
    // t as a fraction of 2: (tHi, tLo) / 2^127
    const [tHi, tLo] = code.call(shiftFraction, hi, lo, sub(i32(0), exponent));
    const eighth = code.let(toI32(shrU(add(tHi, i64(1n << 59n)), i64(60))));
    const centre = code.let(shl(toI64(eighth), i64(60)));
    // r = (t − c) / (1 + t c), with c = eighth / 8
    const below = code.let(ltU(tHi, centre));
    const dHi = code.let(sub(tHi, centre));
    const dLo = code.let(tLo as I64);
    code.if(below, () => {
      code.set(dHi, sub(sub(centre, tHi), toI64(ne(tLo, i64(0)))));
      code.set(dLo, sub(i64(0), tLo));
    });
    const angle = { hi: code.local('i64'), lo: code.local('i64') };
    EIGHTHS.forEach((value, index) => {
      const [vHi, vLo] = fraction(value);
      code.if(eq(eighth, i32(index)), () => {
        code.set(angle.hi, vHi);
        code.set(angle.lo, vLo);
      });
    });
    code.if(or(ne(dHi, i64(0)), ne(dLo, i64(0))), () => {
      const [cHi, cLo] = code.call(multiplyFractions, tHi, tLo, centre, i64(0));
      // t c / 4 + 1 / 4, both as fractions
      const sumHi = code.let(add(cHi, i64(1n << 62n)));
      const [sExponent, sHi, sLo] = code.call(normalize, i32(1), sumHi, cLo);
      const [dExponent, nHi, nLo] = code.call(normalize, i32(0), dHi, dLo);
      const ratio = divideWide(
        code,
        { exponent: dExponent, hi: nHi, lo: nLo },
        { exponent: sExponent, hi: sHi, lo: sLo },
      );
      const [aExponent, aHi, aLo] = code.call(arcTangentSmall, ratio.exponent, ratio.hi, ratio.lo);
      const [fHi, fLo] = code.call(shiftFraction, aHi, aLo, sub(i32(1), aExponent));
      code.if(
        below,
        () => {
          code.set(angle.hi, sub(sub(angle.hi, fHi), toI64(ltU(angle.lo, fLo))));
          code.set(angle.lo, sub(angle.lo, fLo));
        },
        () => {
          code.set(angle.lo, add(angle.lo, fLo));
          code.set(angle.hi, add(add(angle.hi, fHi), toI64(ltU(angle.lo, fLo))));
        },
      );
    });
    code.return(angle.hi, angle.lo);
  },
);

/** An angle that is a multiple of π/4, to the precision of the sums. */
function returnAngle(code: CodeWriter, negative: I32, angle: bigint): void {
  const [hi, lo] = fraction(angle);
  const [e, h, l] = code.call(normalize, i32(1), hi, code.let(or(lo, i64(1))));
  const [significand, signExponent] = code.call(packExtended, negative, e, h, l, i32(64));
  code.return(significand, signExponent);
}

/** FPATAN: the angle of the point (x, y); x is the first operand (SDM 2, table 3-30). */
export const arcTangentExtended: ExtendedBinary = defineExtendedBinary('patan', (code, x, y) => {
  const negative = code.let(sign(y));
  const left = code.let(sign(x));
  code.if(isInfinite(y), () => {
    noteDenormal(code, x);
    code.if(isInfinite(x), () => {
      code.if(left, () => returnAngle(code, negative, (PI * 3n) / 4n));
      returnAngle(code, negative, PI / 4n);
    });
    returnAngle(code, negative, PI / 2n);
  });
  noteDenormal(code, x, y);
  code.if(or(isInfinite(x), isZero(y)), () => {
    code.if(left, () => returnAngle(code, negative, PI));
    returnZero(code, negative);
  });
  code.if(isZero(x), () => returnAngle(code, negative, PI / 2n));
  const [exponentX, significandX] = code.call(unpackExtended, x.significand, x.signExponent);
  const [exponentY, significandY] = code.call(unpackExtended, y.significand, y.signExponent);
  const steep = code.let(or(gtS(exponentY, exponentX), and(eq(exponentY, exponentX), gtU(significandY, significandX))));
  const choose = <T extends 'i32' | 'i64'>(a: Value<T>, b: Value<T>): Local<T> => code.let(select(steep, a, b));
  const small = { exponent: choose(exponentX, exponentY), hi: choose(significandX, significandY), lo: i64(0) };
  const large = { exponent: choose(exponentY, exponentX), hi: choose(significandY, significandX), lo: i64(0) };
  const ratio = divideWide(code, small, large);
  const tiny = code.let(ltS(ratio.exponent, i32(-4)));
  const angleHi = code.local('i64');
  const angleLo = code.local('i64');
  code.if(
    tiny,
    () => {
      const [e, h, l] = code.call(arcTangentSmall, ratio.exponent, ratio.hi, ratio.lo);
      code.if(and(eqz(steep), eqz(left)), () => returnPacked(code, negative, e, h, l, i32(64)));
      const far = code.let(sub(i32(1), e));
      const [fHi, fLo] = code.call(shiftFraction, h, l, select(gtU(far, i32(128)), i32(128), far));
      code.set(angleHi, fHi);
      code.set(angleLo, fLo);
    },
    () => {
      const [hi, lo] = code.call(arcTangentOfRatio, ratio.exponent, ratio.hi, ratio.lo);
      code.set(angleHi, hi);
      code.set(angleLo, lo);
    },
  );
  /** angle = from − angle */
  const reflect = (from: bigint): void => {
    const [hi, lo] = fraction(from);
    code.set(angleHi, sub(sub(hi, angleHi), toI64(gtU(angleLo, lo))));
    code.set(angleLo, sub(lo, angleLo));
  };
  code.if(steep, () => reflect(PI / 2n));
  code.if(left, () => reflect(PI));
  const [e, h, l] = code.call(normalize, i32(1), angleHi, angleLo);
  returnPacked(code, negative, e, h, or(l, i64(1)), i32(64));
});
