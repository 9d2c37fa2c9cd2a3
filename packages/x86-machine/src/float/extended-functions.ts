// x87 operations that take numbers apart: rounding to integral, scaling, extracting, partial remainders, constants (SDM 1 §8.3.5–8.3.8).

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
  ne,
  or,
  shl,
  shrU,
  sub,
  toI32,
  toI64,
} from '../wasm/arithmetic.ts';
import { i32, i64, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ROUND, ZERO_DIVIDE } from './exception-flags.ts';
import {
  defineExtendedBinary,
  defineExtendedUnary,
  type Extended,
  type ExtendedBinary,
  type ExtendedUnary,
  isInfinite,
  isNan,
  isZero,
  noteDenormal,
  returnInfinity,
  returnInvalid,
  returnPacked,
  returnValue,
  returnZero,
  screen,
  sign,
} from './extended-arithmetic.ts';
import {
  EXTENDED_BIAS,
  exponentField,
  isUnsupported,
  packExtended,
  signOf,
  unpackExtended,
  withSign,
} from './extended-format.ts';
import { normalize, round, TOP_BIT } from './unrounded.ts';
import { CONDITION, raiseX87, x87RoundingMode } from './x87-state.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

/** FRNDINT. */
export const roundToIntegralExtended: ExtendedUnary = defineExtendedUnary('rndint', (code, a) => {
  code.if(or(isZero(a), isInfinite(a)), () => returnValue(code, a));
  noteDenormal(code, a);
  const [exponent, significand] = code.call(unpackExtended, a.significand, a.signExponent);
  code.if(geS(exponent, i32(63)), () => returnValue(code, a));
  const [top, kept, flags] = code.call(
    round,
    ...([sign(a), exponent, significand, i64(0), i32(64), i32(63), x87RoundingMode()] as const),
  );
  raiseX87(code, flags);
  const [integral, hi, lo] = code.call(normalize, top, kept, i64(0));
  returnPacked(code, sign(a), integral, hi, lo, i32(64));
});

/** FSCALE: a × 2^trunc(b). */
export const scaleExtended: ExtendedBinary = defineExtendedBinary('scale', (code, a, b) => {
  code.if(isInfinite(b), () => {
    code.if(sign(b), () => {
      code.if(isInfinite(a), () => returnInvalid(code));
      noteDenormal(code, a);
      returnZero(code, sign(a));
    });
    code.if(isZero(a), () => returnInvalid(code));
    noteDenormal(code, a);
    returnInfinity(code, sign(a));
  });
  noteDenormal(code, a, b);
  code.if(or(isZero(a), isInfinite(a)), () => returnValue(code, a));
  const [exponent, significand] = code.call(unpackExtended, a.significand, a.signExponent);
  const distance = code.let(i32(0));
  code.if(eqz(isZero(b)), () => {
    const [exponentB, significandB] = code.call(unpackExtended, b.significand, b.signExponent);
    // Beyond 2^16 every scale overflows or underflows alike.
    code.if(gtS(exponentB, i32(16)), () => code.set(distance, i32(0x2_0000)));
    code.if(and(geS(exponentB, i32(0)), eqz(gtS(exponentB, i32(16)))), () =>
      code.set(distance, toI32(shrU(significandB, toI64(sub(i32(63), exponentB))))),
    );
    code.if(sign(b), () => code.set(distance, sub(i32(0), distance)));
  });
  returnPacked(code, sign(a), add(exponent, distance), significand, i64(0), i32(64));
});

type Extract = FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64', 'i32', 'i64', 'i32']>;
/** FXTRACT: the exponent as a number, then the significand with exponent 0. */
export const extractExtended: Extract = defineFunction(
  'x87_extract',
  ['i64', 'i32'],
  ['i64', 'i32', 'i64', 'i32'],
  (code, significand, signExponent) => {
    const a: Extended = { significand, signExponent };
    const bad = or(isUnsupported(significand, signExponent), isNan(a));
    code.if(bad, () => {
      const [nan, signNan] = code.call(screenAlone, significand, signExponent);
      code.return(nan, signNan, nan, signNan);
    });
    code.if(isInfinite(a), () => code.return(TOP_BIT, i32(0x7fff), significand, signExponent));
    code.if(isZero(a), () => {
      raiseX87(code, i32(ZERO_DIVIDE));
      code.return(TOP_BIT, i32(0xffff), significand, signExponent);
    });
    noteDenormal(code, a);
    const [exponent, normal] = code.call(unpackExtended, significand, signExponent);
    const negative = code.let(ltS(exponent, i32(0)));
    const magnitude = toI64(select(negative, sub(i32(0), exponent), exponent));
    const [place, number] = code.call(normalize, i32(63), magnitude, i64(0));
    const field = select(eqz(number), i32(0), add(place, i32(EXTENDED_BIAS)));
    code.return(number, withSign(negative, field), normal, withSign(sign(a), i32(EXTENDED_BIAS)));
  },
);

const screenAlone: ExtendedUnary = defineFunction(
  'x87_screen',
  ['i64', 'i32'],
  ['i64', 'i32'],
  (code, significand, signExponent) => {
    const a = { significand, signExponent };
    screen(code, a, a);
    returnValue(code, a);
  },
);

type Remainder = FunctionDefinition<readonly ['i64', 'i32', 'i64', 'i32', 'i32'], readonly ['i64', 'i32', 'i32']>;
/**
 * FPREM and (with `nearest`) FPREM1: remainder, and the condition bits (−1 where there is no quotient): C2 while the reduction is incomplete, else the low three
 * bits of the quotient in C0, C3, C1. An incomplete step takes off a multiple of the divisor that leaves the exponents' difference
 * below 64 after some steps; how much one takes is the processor's choice (SDM 2, FPREM).
 */
export const remainderExtended: Remainder = defineFunction(
  'x87_remainder',
  ['i64', 'i32', 'i64', 'i32', 'i32'],
  ['i64', 'i32', 'i32'],
  (code, sA, eA, sB, eB, nearest) => {
    const a: Extended = { significand: sA, signExponent: eA };
    const b: Extended = { significand: sB, signExponent: eB };
    code.if(or(or(isUnsupported(sA, eA), isUnsupported(sB, eB)), or(isNan(a), isNan(b))), () => {
      const [nan, signNan] = code.call(screenBoth, sA, eA, sB, eB);
      code.return(nan, signNan, i32(-1));
    });
    code.if(or(isInfinite(a), isZero(b)), () => {
      const [nan, signNan] = code.call(invalidRemainder);
      code.return(nan, signNan, i32(-1));
    });
    noteDenormal(code, a, b);
    code.if(or(isZero(a), isInfinite(b)), () => {
      code.if(isZero(a), () => code.return(sA, eA, i32(0)));
      const [exponent, significand] = code.call(unpackExtended, sA, eA);
      const [packed, signPacked] = code.call(
        packExtended,
        ...([sign(a), exponent, significand, i64(0), i32(64)] as const),
      );
      code.return(packed, signPacked, i32(0));
    });
    const [exponentA, significandA] = code.call(unpackExtended, sA, eA);
    const [exponentB, divisor] = code.call(unpackExtended, sB, eB);
    const negative = code.let(sign(a));
    const distance = code.let(sub(exponentA, exponentB));
    const conditions = code.let(i32(0));
    const rest = code.let(significandA as I64);
    const carry = code.let(i32(0));
    const quotient = code.let(i64(0));
    const steps = code.let(distance as I32);
    code.if(geS(distance, i32(64)), () => {
      code.set(conditions, i32(CONDITION.C2));
      code.set(steps, add(and(distance, i32(31)), i32(32)));
      code.set(exponentB, add(exponentB, sub(distance, steps)));
    });
    code.if(geS(steps, i32(0)), () => {
      // Long division, a bit a step: rest < 2 × divisor all along; `carry` is its bit 64.
      const left = code.let(add(steps, i32(1)));
      code.loop((again) => {
        code.set(quotient, shl(quotient, i64(1)));
        code.if(or(carry, geU(rest, divisor)), () => {
          code.set(rest, sub(rest, divisor));
          code.set(quotient, or(quotient, i64(1)));
          code.set(carry, i32(0));
        });
        code.set(left, sub(left, i32(1)));
        code.if(left, () => {
          code.set(carry, toI32(shrU(rest, i64(63))));
          code.set(rest, shl(rest, i64(1)));
          code.branch(again);
        });
      });
    });
    const exponent = code.let(select(ltS(steps, i32(0)), exponentA, exponentB));
    code.if(and(nearest, eqz(conditions)), () => {
      // Compare twice the rest with the divisor: above, or equal with an odd quotient, the next multiple is nearer.
      const above = code.let(i32(0));
      code.if(geS(steps, i32(0)), () => {
        const twice = shl(rest, i64(1));
        const over = or(ne(shrU(rest, i64(63)), i64(0)), gtU(twice, divisor));
        const tie = and(eq(twice, divisor), eqz(shrU(rest, i64(63))));
        code.set(above, or(over, and(tie, toI32(and(quotient, i64(1))))));
      });
      // One binary place below the divisor: the dividend is above half of it when its significand is larger.
      code.if(eq(steps, i32(-1)), () => {
        code.set(above, gtU(rest, divisor));
        code.if(above, () => {
          // divisor − rest / 2, in units of half the divisor's place
          code.set(rest, sub(shl(divisor, i64(1)), rest));
          code.set(exponent, exponentA);
        });
      });
      code.if(above, () => {
        code.if(geS(steps, i32(0)), () => code.set(rest, sub(divisor, rest)));
        code.set(negative, eqz(negative));
        code.set(quotient, add(quotient, i64(1)));
      });
    });
    code.if(eqz(conditions), () => {
      const bit = (place: number, condition: number): I32 =>
        select(toI32(and(shrU(quotient, i64(place)), i64(1))), i32(condition), i32(0));
      code.set(conditions, or(or(bit(2, CONDITION.C0), bit(1, CONDITION.C3)), bit(0, CONDITION.C1)));
    });
    code.if(eqz(rest), () => code.return(i64(0), withSign(signOf(eA), i32(0)), conditions));
    const [normalExponent, hi, lo] = code.call(normalize, exponent, rest, i64(0));
    const [packed, signPacked] = code.call(packExtended, ...([negative, normalExponent, hi, lo, i32(64)] as const));
    code.return(packed, signPacked, conditions);
  },
);

const screenBoth: ExtendedBinary = defineExtendedBinary('screenBoth', (code, a) => returnValue(code, a));
const invalidRemainder: FunctionDefinition<readonly [], readonly ['i64', 'i32']> = defineFunction(
  'x87_invalidRemainder',
  [],
  ['i64', 'i32'],
  (code) => returnInvalid(code),
);

/** FXAM's answer as condition bits (SDM 1 table 8-10); C1 is the sign, of an empty register too. */
export const examineExtended: FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i32']> = defineFunction(
  'x87_examine',
  ['i64', 'i32', 'i32'],
  ['i32'],
  (code, significand, signExponent, empty) => {
    const a: Extended = { significand, signExponent };
    const { C0, C1, C2, C3 } = CONDITION;
    const negative = code.let(select(sign(a), i32(C1), i32(0)));
    const answer = (condition: I32, bits: number): void =>
      code.if(condition, () => code.return(or(negative, i32(bits))));
    answer(empty, C3 | C0);
    answer(isUnsupported(significand, signExponent), 0);
    answer(isNan(a), C0);
    answer(isInfinite(a), C2 | C0);
    answer(isZero(a), C3);
    answer(eqz(exponentField(signExponent)), C3 | C2);
    code.return(or(negative, i32(C2)));
  },
);

/** The loadable constants: exponent, then 128 bits of significand, to be rounded to 64 by the rounding control. */
export const X87_CONSTANTS = {
  FLDL2T: [1, 0xd49a_784b_cd1b_8afen, 0x492b_f6ff_4daf_db4cn],
  FLDL2E: [0, 0xb8aa_3b29_5c17_f0bbn, 0xbe87_fed0_691d_3e88n],
  FLDPI: [1, 0xc90f_daa2_2168_c234n, 0xc4c6_628b_80dc_1cd1n],
  FLDLG2: [-2, 0x9a20_9a84_fbcf_f798n, 0x8f89_59ac_0b7c_9178n],
  FLDLN2: [-1, 0xb172_17f7_d1cf_79abn, 0xc9e3_b398_03f2_f6afn],
} as const;

/** One of them under the rounding control (all are positive, none is a tie); no exception is raised. */
export const roundConstant = (significand: bigint, below: bigint): I64 =>
  add(
    i64(significand),
    toI64(select(eqz(x87RoundingMode()), i32(Number(below >> 63n)), eq(x87RoundingMode(), i32(ROUND.UP)))),
  );
