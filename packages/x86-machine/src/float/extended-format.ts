// Double extended precision: what its bits mean, and rounding into it under the x87 control word (SDM 1 §4.2.2, §8.2).
//
// A value travels as (significand i64, sign and exponent i32). The leading significand bit is explicit, so there are
// encodings that no operation produces: with a non-zero exponent and that bit clear they are invalid operands.

import {
  add,
  and,
  clz,
  eq,
  eqz,
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
import { UNBOUNDED_EXPONENT } from './binary-format.ts';
import { INEXACT, INVALID, OVERFLOW, ROUND, ROUNDED_UP, UNDERFLOW } from './exception-flags.ts';
import { round, TOP_BIT } from './unrounded.ts';
import {
  controlWord,
  INDEFINITE_SIGN_EXPONENT,
  INDEFINITE_SIGNIFICAND,
  raiseX87,
  x87Masked,
  x87RoundingMode,
} from './x87-state.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

export const EXTENDED_BIAS = 16_383;
const EXTENDED_MINIMUM: number = 1 - EXTENDED_BIAS;
const EXTENDED_MAXIMUM: number = EXTENDED_BIAS;
/** What an unmasked overflow or underflow adds to or takes from the exponent, so that a handler can use it. */
const BIAS_ADJUST = 24_576;
export const QUIET_BIT: I64 = i64(1n << 62n);

export const exponentField = (signExponent: I32): I32 => and(signExponent, i32(0x7fff));
export const signOf = (signExponent: I32): I32 => and(shrU(signExponent, i32(15)), i32(1));
export const withSign = (sign: I32, exponent: I32): I32 => or(shl(sign, i32(15)), exponent);

export const isExtendedNan = (significand: I64, signExponent: I32): I32 =>
  and(eq(exponentField(signExponent), i32(0x7fff)), ne(shl(significand, i64(1)), i64(0)));
export const isExtendedInfinity = (significand: I64, signExponent: I32): I32 =>
  and(eq(exponentField(signExponent), i32(0x7fff)), eqz(shl(significand, i64(1))));
export const isExtendedZero = (significand: I64, signExponent: I32): I32 =>
  and(eqz(exponentField(signExponent)), eqz(significand));
/** Also the pseudo-denormals, whose leading bit is set. */
export const isExtendedDenormal = (significand: I64, signExponent: I32): I32 =>
  and(eqz(exponentField(signExponent)), ne(significand, i64(0)));
/** Unnormals, pseudo-infinities and pseudo-NaNs. */
export const isUnsupported = (significand: I64, signExponent: I32): I32 =>
  and(ne(exponentField(signExponent), i32(0)), eqz(shrU(significand, i64(63))));
export const isSignallingExtended = (significand: I64, signExponent: I32): I32 =>
  and(isExtendedNan(significand, signExponent), eqz(and(significand, QUIET_BIT)));

/** Exponent and normalised significand of a finite number other than zero. */
export const unpackExtended: FunctionDefinition<readonly ['i64', 'i32'], readonly ['i32', 'i64']> = defineFunction(
  'unpackExtended',
  ['i64', 'i32'],
  ['i32', 'i64'],
  (code, significand, signExponent) => {
    const field = code.let(exponentField(signExponent));
    const shift = code.let(clz(significand));
    const exponent = select(field, field, i32(1));
    code.return(sub(sub(exponent, i32(EXTENDED_BIAS)), toI32(shift)), shl(significand, shift));
  },
);

/** Bits of significand that the precision control asks for. */
export const precisionControl: FunctionDefinition<readonly [], readonly ['i32']> = defineFunction(
  'x87Precision',
  [],
  ['i32'],
  (code) => {
    const field = code.let(and(shrU(controlWord(), i32(8)), i32(3)));
    code.if(eqz(field), () => code.return(i32(24)));
    code.return(select(eq(field, i32(2)), i32(53), i32(64)));
  },
);

type Pack = FunctionDefinition<readonly ['i32', 'i32', 'i64', 'i64', 'i32'], readonly ['i64', 'i32']>;
/** Rounds (sign, exponent, hi, lo) to `precision` bits under the control word, raising what that raises; hi = 0 is zero. */
export const packExtended: Pack = defineFunction(
  'packExtended',
  ['i32', 'i32', 'i64', 'i64', 'i32'],
  ['i64', 'i32'],
  (code, sign, exponent, hi, lo, precision) => {
    code.if(eqz(hi), () => code.return(i64(0), withSign(sign, i32(0))));
    const mode = code.let(x87RoundingMode());
    const [rounded, significand, flags] = code.call(
      round,
      ...([sign, exponent, hi, lo, precision, i32(UNBOUNDED_EXPONENT), mode] as const),
    );
    code.if(ltS(rounded, i32(EXTENDED_MINIMUM)), () => {
      code.if(x87Masked(UNDERFLOW), () => {
        const [, denormal, lost] = code.call(
          round,
          ...([sign, exponent, hi, lo, precision, i32(EXTENDED_MINIMUM), mode] as const),
        );
        code.if(and(lost, i32(INEXACT)), () => raiseX87(code, or(lost, i32(UNDERFLOW))));
        code.return(denormal, withSign(sign, toI32(shrU(denormal, i64(63)))));
      });
      // FSCALE can go so far that the adjusted exponent does not fit either.
      code.if(ltS(rounded, i32(EXTENDED_MINIMUM - BIAS_ADJUST)), () => {
        raiseX87(code, i32(UNDERFLOW | INEXACT));
        code.return(i64(0), withSign(sign, i32(0)));
      });
      raiseX87(code, or(flags, i32(UNDERFLOW)));
      code.return(significand, withSign(sign, and(add(rounded, i32(EXTENDED_BIAS + BIAS_ADJUST)), i32(0x7fff))));
    });
    code.if(gtS(rounded, i32(EXTENDED_MAXIMUM)), () => {
      code.if(x87Masked(OVERFLOW), () => {
        const towardsZero = code.let(
          or(
            eq(mode, i32(ROUND.ZERO)),
            or(and(eq(mode, i32(ROUND.DOWN)), eqz(sign)), and(eq(mode, i32(ROUND.UP)), sign)),
          ),
        );
        raiseX87(code, or(i32(OVERFLOW | INEXACT), select(towardsZero, i32(0), i32(ROUNDED_UP))));
        const unused = sub(i32(64), precision);
        const largest = shl(i64(-1), and(toI64(unused), i64(63)));
        code.return(
          select(towardsZero, largest, TOP_BIT),
          withSign(sign, select(towardsZero, i32(0x7ffe), i32(0x7fff))),
        );
      });
      code.if(gtS(rounded, i32(EXTENDED_MAXIMUM + BIAS_ADJUST)), () => {
        raiseX87(code, i32(OVERFLOW | INEXACT | ROUNDED_UP));
        code.return(TOP_BIT, withSign(sign, i32(0x7fff)));
      });
      raiseX87(code, or(flags, i32(OVERFLOW)));
      code.return(significand, withSign(sign, and(add(rounded, i32(EXTENDED_BIAS - BIAS_ADJUST)), i32(0x7fff))));
    });
    raiseX87(code, flags);
    code.return(significand, withSign(sign, add(rounded, i32(EXTENDED_BIAS))));
  },
);

type Propagate = FunctionDefinition<readonly ['i64', 'i32', 'i64', 'i32'], readonly ['i64', 'i32']>;
/**
 * The result of an operation with a NaN among its operands (SDM 1 table 4-7): a quiet one before a signalling one, else the
 * larger significand, then the positive one; made quiet.
 */
export const propagateExtended: Propagate = defineFunction(
  'propagateExtended',
  ['i64', 'i32', 'i64', 'i32'],
  ['i64', 'i32'],
  (code, a, signExponentA, b, signExponentB) => {
    const signallingA = code.let(isSignallingExtended(a, signExponentA));
    const signallingB = code.let(isSignallingExtended(b, signExponentB));
    code.if(or(signallingA, signallingB), () => raiseX87(code, i32(INVALID)));
    const nanA = code.let(isExtendedNan(a, signExponentA));
    const nanB = code.let(isExtendedNan(b, signExponentB));
    const both = and(nanA, nanB);
    const larger = or(gtU(a, b), and(eq(a, b), geU(signExponentB, signExponentA)));
    const byKind = select(ne(signallingA, signallingB), signallingB, larger);
    const takeA = code.let(select(both, byKind, nanA));
    code.return(or(select(takeA, a, b), QUIET_BIT), select(takeA, signExponentA, signExponentB));
  },
);

/** Raises an invalid operation; gives the indefinite. */
export const invalidExtended: FunctionDefinition<readonly [], readonly ['i64', 'i32']> = defineFunction(
  'invalidExtended',
  [],
  ['i64', 'i32'],
  (code) => {
    raiseX87(code, i32(INVALID));
    code.return(INDEFINITE_SIGNIFICAND, INDEFINITE_SIGN_EXPONENT);
  },
);
