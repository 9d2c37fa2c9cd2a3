// Between binary32 and binary16, for VCVTPH2PS and VCVTPS2PH (SDM Vol. 1 §14.4).

import { add, and, eq, eqz, gtS, ltS, ne, or, shl, shrU, sub, toI64 } from '../wasm/arithmetic.ts';
import { call, i32, i64, select } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { BINARY32, UNBOUNDED_EXPONENT } from './binary-format.ts';
import { DENORMAL, INEXACT, INVALID, OVERFLOW, ROUND, UNDERFLOW } from './exception-flags.ts';
import { masked, raiseSimd } from './simd-control.ts';
import { round } from './unrounded.ts';

const FRACTION_BITS = 10;
const MINIMUM_EXPONENT = -14;
const MAXIMUM_EXPONENT = 15;
const INFINITY = 0x7c00n;
const QUIET = 0x0200n;

/** Every binary16 is a binary32: only a signalling NaN raises anything; denormals are taken as they are, whatever DAZ says. */
export const halfToSingle: FunctionDefinition<readonly ['i64'], readonly ['i64']> = defineFunction(
  'halfToSingle',
  ['i64'],
  ['i64'],
  (code, bits) => {
    const sign = code.let(shl(and(bits, i64(0x8000)), i64(16)));
    const exponent = code.let(and(shrU(bits, i64(FRACTION_BITS)), i64(31)));
    const fraction = code.let(and(bits, i64(0x3ff)));
    code.if(eq(exponent, i64(31)), () => {
      code.if(eqz(fraction), () => code.return(or(sign, i64(BINARY32.infinity))));
      code.if(eqz(and(fraction, i64(QUIET))), () => raiseSimd(code, i32(INVALID)));
      code.return(or(or(sign, i64(BINARY32.infinity | BINARY32.quietBit)), shl(fraction, i64(13))));
    });
    code.if(ne(exponent, i64(0)), () =>
      code.return(or(sign, or(shl(add(exponent, i64(112)), i64(23)), shl(fraction, i64(13))))),
    );
    code.if(eqz(fraction), () => code.return(sign));
    // A denormal: its leading one becomes implicit.
    const field = code.let(i64(113));
    code.loop((again) => {
      code.set(fraction, shl(fraction, i64(1)));
      code.set(field, sub(field, i64(1)));
      code.branchIf(again, eqz(and(fraction, i64(0x400))));
    });
    code.return(or(sign, or(shl(field, i64(23)), shl(and(fraction, i64(0x3ff)), i64(13)))));
  },
);

/** (bits, rounding mode) → binary16: as MXCSR has it but for rounding; results are never flushed. */
export const singleToHalf: FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64']> = defineFunction(
  'singleToHalf',
  ['i64', 'i32'],
  ['i64'],
  (code, bits, mode) => {
    code.set(bits, call(BINARY32.flushOperand, bits));
    const signBit = code.let(and(shrU(bits, i64(16)), i64(0x8000)));
    const sign = code.let(BINARY32.sign(bits));
    code.if(BINARY32.isNan(bits), () => {
      code.if(BINARY32.isSignalling(bits), () => raiseSimd(code, i32(INVALID)));
      code.return(or(or(signBit, i64(INFINITY | QUIET)), and(shrU(bits, i64(13)), i64(0x3ff))));
    });
    code.if(BINARY32.isInfinite(bits), () => code.return(or(signBit, i64(INFINITY))));
    code.if(BINARY32.isZero(bits), () => code.return(signBit));
    code.if(BINARY32.isDenormal(bits), () => raiseSimd(code, i32(DENORMAL)));
    const [exponent, significand] = code.call(BINARY32.unpack, bits);
    const [unbounded, kept, flags] = code.call(
      round,
      ...([sign, exponent, significand, i64(0), i32(FRACTION_BITS + 1), i32(UNBOUNDED_EXPONENT), mode] as const),
    );
    code.set(flags, and(flags, i32(INEXACT)));
    code.if(ltS(unbounded, i32(MINIMUM_EXPONENT)), () => {
      // Masked, underflow is raised for what is tiny and inexact; unmasked, for whatever is tiny, and inexact is what lost bits
      // before it was denormalised.
      code.if(eqz(masked(UNDERFLOW)), () => {
        raiseSimd(code, or(flags, i32(UNDERFLOW)));
        code.return(signBit);
      });
      const [, denormal, lost] = code.call(
        round,
        ...([sign, exponent, significand, i64(0), i32(FRACTION_BITS + 1), i32(MINIMUM_EXPONENT), mode] as const),
      );
      code.if(and(lost, i32(INEXACT)), () => raiseSimd(code, i32(UNDERFLOW | INEXACT)));
      code.return(or(signBit, shrU(denormal, i64(63 - FRACTION_BITS))));
    });
    code.if(gtS(unbounded, i32(MAXIMUM_EXPONENT)), () => {
      code.if(masked(OVERFLOW), () => code.set(flags, i32(INEXACT)));
      raiseSimd(code, or(flags, i32(OVERFLOW)));
      const towardsZero = or(
        eq(mode, i32(ROUND.ZERO)),
        or(and(eq(mode, i32(ROUND.DOWN)), eqz(sign)), and(eq(mode, i32(ROUND.UP)), sign)),
      );
      code.return(or(signBit, select(towardsZero, i64(INFINITY - 1n), i64(INFINITY))));
    });
    raiseSimd(code, flags);
    const field = shl(toI64(add(unbounded, i32(MAXIMUM_EXPONENT))), i64(FRACTION_BITS));
    code.return(or(signBit, or(field, and(shrU(kept, i64(63 - FRACTION_BITS)), i64(0x3ff)))));
  },
);
