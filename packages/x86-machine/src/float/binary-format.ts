// The two IEEE 754 interchange formats of SSE: classifying, unpacking, rounding into and out of their bits.
//
// Bits travel as i64 in both widths (binary32 zero-extended), so that one description serves both.

import {
  add,
  and,
  clz,
  eq,
  eqz,
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
} from '../wasm/arithmetic.ts';
import { i32, i64, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { INEXACT, INVALID, OVERFLOW, ROUND, UNDERFLOW } from './exception-flags.ts';
import { denormalsAreZero, flushesToZero, masked, raiseSimd, roundingMode } from './simd-control.ts';
import { round, TOP_BIT } from './unrounded.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

/** Smaller than any exponent that can arise: rounding with it denormalises nothing. */
export const UNBOUNDED_EXPONENT = -1_000_000;

export class BinaryFormat {
  readonly width: 32 | 64;
  readonly fractionBits: number;
  readonly precision: number;
  readonly minimumExponent: number;
  readonly maximumExponent: number;
  readonly exponentMask: number;
  readonly signBit: bigint;
  readonly quietBit: bigint;
  readonly infinity: bigint;
  readonly largest: bigint;
  readonly defaultNan: bigint;
  /** Rounds a number into the format by MXCSR, raising what that raises; hi = 0 gives a zero of that sign. */
  readonly pack: FunctionDefinition<readonly ['i32', 'i32', 'i64', 'i64'], readonly ['i64']>;
  /** Exponent and significand (bit 63 set) of finite bits other than zero. */
  readonly unpack: FunctionDefinition<readonly ['i64'], readonly ['i32', 'i64']>;
  /** Zero instead of a denormal while MXCSR.DAZ is set. */
  readonly flushOperand: FunctionDefinition<readonly ['i64'], readonly ['i64']>;
  /** The result of an operation with at least one NaN operand: the first one, quiet (SDM 1 table 4-7). */
  readonly propagate: FunctionDefinition<readonly ['i64', 'i64'], readonly ['i64']>;

  constructor(width: 32 | 64) {
    this.width = width;
    this.fractionBits = width === 32 ? 23 : 52;
    this.precision = this.fractionBits + 1;
    this.maximumExponent = width === 32 ? 127 : 1023;
    this.minimumExponent = 1 - this.maximumExponent;
    this.exponentMask = width === 32 ? 0xff : 0x7ff;
    this.signBit = 1n << BigInt(width - 1);
    this.quietBit = 1n << BigInt(this.fractionBits - 1);
    this.infinity = BigInt(this.exponentMask) << BigInt(this.fractionBits);
    this.largest = this.infinity - 1n;
    this.defaultNan = this.signBit | this.infinity | this.quietBit;
    this.pack = this.#definePack();
    this.unpack = this.#defineUnpack();
    this.flushOperand = this.#defineFlushOperand();
    this.propagate = this.#definePropagate();
  }

  sign(bits: I64): I32 {
    return and(toI32(shrU(bits, i64(this.width - 1))), i32(1));
  }
  magnitude(bits: I64): I64 {
    return and(bits, i64(this.signBit - 1n));
  }
  isNan(bits: I64): I32 {
    return gtU(this.magnitude(bits), i64(this.infinity));
  }
  isSignalling(bits: I64): I32 {
    return and(this.isNan(bits), eqz(and(bits, i64(this.quietBit))));
  }
  isInfinite(bits: I64): I32 {
    return eq(this.magnitude(bits), i64(this.infinity));
  }
  isZero(bits: I64): I32 {
    return eqz(this.magnitude(bits));
  }
  /** 1 ≤ magnitude < smallest normal. */
  isDenormal(bits: I64): I32 {
    return ltU(sub(this.magnitude(bits), i64(1)), i64((1n << BigInt(this.fractionBits)) - 1n));
  }
  signed(sign: I32, magnitude: I64): I64 {
    return or(shl(toI64(sign), i64(this.width - 1)), magnitude);
  }

  #defineFlushOperand(): BinaryFormat['flushOperand'] {
    return defineFunction(`flushOperand${this.width}`, ['i64'], ['i64'], (code, bits) => {
      code.if(and(this.isDenormal(bits), ne(denormalsAreZero(), i32(0))), () =>
        code.return(and(bits, i64(this.signBit))),
      );
      code.return(bits);
    });
  }

  #definePropagate(): BinaryFormat['propagate'] {
    return defineFunction(`propagateNan${this.width}`, ['i64', 'i64'], ['i64'], (code, a, b) => {
      code.if(or(this.isSignalling(a), this.isSignalling(b)), () => raiseSimd(code, i32(INVALID)));
      code.return(or(select(this.isNan(a), a, b), i64(this.quietBit)));
    });
  }

  #defineUnpack(): BinaryFormat['unpack'] {
    return defineFunction(`unpack${this.width}`, ['i64'], ['i32', 'i64'], (code, bits) => {
      const field = code.let(toI32(shrU(this.magnitude(bits), i64(this.fractionBits))));
      const aligned = code.let(shl(bits, i64(63 - this.fractionBits)));
      code.if(field, () => code.return(sub(field, i32(this.maximumExponent)), or(aligned, TOP_BIT)));
      const fraction = code.let(and(aligned, i64((1n << 63n) - 1n)));
      const shift = code.let(clz(fraction));
      code.return(sub(i32(this.minimumExponent), toI32(shift)), shl(fraction, shift));
    });
  }

  #definePack(): BinaryFormat['pack'] {
    return defineFunction(
      `pack${this.width}`,
      ['i32', 'i32', 'i64', 'i64'],
      ['i64'],
      (code, sign, exponent, hi, lo) => {
        const minimum = i32(this.minimumExponent);
        code.if(eqz(hi), () => code.return(this.signed(sign, i64(0))));
        const mode = code.let(roundingMode());
        const [unbounded, significand, flags] = code.call(
          round,
          ...([sign, exponent, hi, lo, i32(this.precision), i32(UNBOUNDED_EXPONENT), mode] as const),
        );
        code.set(flags, and(flags, i32(INEXACT)));
        // Tiny: below the smallest normal even after rounding without a bound (SDM 1 §4.9.1.5).
        code.if(ltS(unbounded, minimum), () => {
          code.if(masked(UNDERFLOW), () => {
            code.if(flushesToZero(), () => {
              raiseSimd(code, i32(UNDERFLOW | INEXACT));
              code.return(this.signed(sign, i64(0)));
            });
            const [, denormal, lost] = code.call(
              round,
              ...([sign, exponent, hi, lo, i32(this.precision), minimum, mode] as const),
            );
            code.if(and(lost, i32(INEXACT)), () => raiseSimd(code, i32(UNDERFLOW | INEXACT)));
            // A significand that reached bit 63 is the smallest normal: its bit falls into the exponent field by itself.
            const shifted = shrU(denormal, i64(63 - this.fractionBits));
            code.return(this.signed(sign, shifted));
          });
          raiseSimd(code, or(flags, i32(UNDERFLOW)));
          code.return(this.signed(sign, i64(0)));
        });
        code.if(gtS(unbounded, i32(this.maximumExponent)), () => {
          // What does not fit is inexact when it is replaced; unmasked, only when rounding lost something, too.
          code.if(masked(OVERFLOW), () => code.set(flags, i32(INEXACT)));
          raiseSimd(code, or(flags, i32(OVERFLOW)));
          const towardsZero = or(
            eq(mode, i32(ROUND.ZERO)),
            or(and(eq(mode, i32(ROUND.DOWN)), eqz(sign)), and(eq(mode, i32(ROUND.UP)), sign)),
          );
          code.return(this.signed(sign, select(towardsZero, i64(this.largest), i64(this.infinity))));
        });
        raiseSimd(code, flags);
        const field = shl(toI64(add(unbounded, i32(this.maximumExponent))), i64(this.fractionBits));
        const fraction = and(
          shrU(significand, i64(63 - this.fractionBits)),
          i64((1n << BigInt(this.fractionBits)) - 1n),
        );
        code.return(this.signed(sign, or(field, fraction)));
      },
    );
  }
}

export const BINARY32: BinaryFormat = new BinaryFormat(32);
export const BINARY64: BinaryFormat = new BinaryFormat(64);
export const binaryFormat = (width: 32 | 64): BinaryFormat => (width === 32 ? BINARY32 : BINARY64);
