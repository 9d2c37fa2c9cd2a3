// FSIN, FCOS, FPTAN and FPATAN, to 128 bits and then rounded once (SDM 1 §8.3.7–8.3.8).
//
// Every function is argument × series, so that results near zero are as precise as any. Reduction of angles uses the 66-bit π
// of the hardware (SDM 1 §8.3.8): FSIN of the double-extended π is −2^-64 there, and here.

import {
  add,
  and,
  eq,
  eqz,
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
import {
  defineExtendedBinary,
  defineExtendedUnary,
  type ExtendedBinary,
  type ExtendedUnary,
  isInfinite,
  isZero,
  noteDenormal,
  returnInvalid,
  returnPacked,
  returnValue,
  returnZero,
  sign,
} from './extended-arithmetic.ts';
import { packExtended, unpackExtended } from './extended-format.ts';
import { arcTangentOf, fraction, multiplyFractions, shiftFraction } from './fixed-point.ts';
import { normalize } from './unrounded.ts';
import { arcTangentSmall, cosineOf, divideWide, NUMBER, sineOf, type Wide, type WideFunction } from './wide-number.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

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
