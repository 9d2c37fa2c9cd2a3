// Between extended precision and what x87 instructions find in memory: binary32/64, integers, packed decimal (SDM 1 §4.8.2, §8.3.4).

import {
  add,
  and,
  divU,
  eq,
  eqz,
  gtS,
  gtU,
  ltS,
  mul,
  ne,
  or,
  remU,
  shl,
  shrU,
  sub,
  toI32,
  toI64,
} from '../wasm/arithmetic.ts';
import { i32, i64, load, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { type BinaryFormat, binaryFormat, UNBOUNDED_EXPONENT } from './binary-format.ts';
import { DENORMAL, INEXACT, INVALID, OVERFLOW, ROUND, ROUNDED_UP, UNDERFLOW } from './exception-flags.ts';
import {
  EXTENDED_BIAS,
  isExtendedInfinity,
  isExtendedNan,
  isExtendedZero,
  isSignallingExtended,
  isUnsupported,
  signOf,
  unpackExtended,
  withSign,
} from './extended-format.ts';
import { normalize, round, TOP_BIT } from './unrounded.ts';
import { raiseX87, x87Masked, x87RoundingMode } from './x87-state.ts';

type FromBits = FunctionDefinition<readonly ['i64'], readonly ['i64', 'i32']>;
type ToBits = FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64']>;
type ToInteger = FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i64']>;

/** Exact; a denormal is noted and becomes normal, a signalling NaN stays one for the operation to find. */
function defineExtend(format: BinaryFormat): FromBits {
  return defineFunction(`extend${format.width}`, ['i64'], ['i64', 'i32'], (code, bits) => {
    const sign = code.let(format.sign(bits));
    code.if(format.isZero(bits), () => code.return(i64(0), withSign(sign, i32(0))));
    code.if(gtU(format.magnitude(bits), i64(format.infinity - 1n)), () =>
      code.return(or(shl(bits, i64(63 - format.fractionBits)), TOP_BIT), withSign(sign, i32(0x7fff))),
    );
    code.if(format.isDenormal(bits), () => raiseX87(code, i32(DENORMAL)));
    const [exponent, significand] = code.call(format.unpack, bits);
    code.return(significand, withSign(sign, add(exponent, i32(EXTENDED_BIAS))));
  });
}

/** FST to memory: rounds to the format's precision and range; an unmasked overflow or underflow leaves only its flag. */
function defineNarrow(format: BinaryFormat): ToBits {
  const place = i64(63 - format.fractionBits);
  return defineFunction(`narrowTo${format.width}`, ['i64', 'i32'], ['i64'], (code, value, signExponent) => {
    const sign = code.let(signOf(signExponent));
    code.if(isUnsupported(value, signExponent), () => {
      raiseX87(code, i32(INVALID));
      code.return(i64(format.defaultNan));
    });
    code.if(isExtendedNan(value, signExponent), () => {
      code.if(isSignallingExtended(value, signExponent), () => raiseX87(code, i32(INVALID)));
      const fraction = shrU(and(value, i64((1n << 63n) - 1n)), place);
      code.return(format.signed(sign, or(fraction, i64(format.infinity | format.quietBit))));
    });
    code.if(isExtendedInfinity(value, signExponent), () => code.return(format.signed(sign, i64(format.infinity))));
    code.if(isExtendedZero(value, signExponent), () => code.return(format.signed(sign, i64(0))));
    const [exponent, significand] = code.call(unpackExtended, value, signExponent);
    const mode = code.let(x87RoundingMode());
    const precision = i32(format.precision);
    const minimum = i32(format.minimumExponent);
    const [unbounded, rounded, flags] = code.call(
      round,
      ...([sign, exponent, significand, i64(0), precision, i32(UNBOUNDED_EXPONENT), mode] as const),
    );
    code.if(ltS(unbounded, minimum), () => {
      const [, denormal, lost] = code.call(
        round,
        ...([sign, exponent, significand, i64(0), precision, minimum, mode] as const),
      );
      code.if(or(and(lost, i32(INEXACT)), eqz(x87Masked(UNDERFLOW))), () => raiseX87(code, or(lost, i32(UNDERFLOW))));
      code.return(format.signed(sign, shrU(denormal, place)));
    });
    code.if(gtS(unbounded, i32(format.maximumExponent)), () => {
      const towardsZero = code.let(
        or(
          eq(mode, i32(ROUND.ZERO)),
          or(and(eq(mode, i32(ROUND.DOWN)), eqz(sign)), and(eq(mode, i32(ROUND.UP)), sign)),
        ),
      );
      raiseX87(code, or(i32(OVERFLOW | INEXACT), select(towardsZero, i32(0), i32(ROUNDED_UP))));
      code.return(format.signed(sign, select(towardsZero, i64(format.largest), i64(format.infinity))));
    });
    raiseX87(code, flags);
    const field = shl(toI64(add(unbounded, i32(format.maximumExponent))), i64(format.fractionBits));
    code.return(format.signed(sign, or(field, shrU(and(rounded, i64((1n << 63n) - 1n)), place))));
  });
}

const EXTEND = { 32: defineExtend(binaryFormat(32)), 64: defineExtend(binaryFormat(64)) };
const NARROW = { 32: defineNarrow(binaryFormat(32)), 64: defineNarrow(binaryFormat(64)) };
export const extendBinary = (width: 32 | 64): FromBits => EXTEND[width];
export const narrowExtended = (width: 32 | 64): ToBits => NARROW[width];

/** A signed integer, exactly. */
export const extendInteger: FromBits = defineFunction('extendInteger', ['i64'], ['i64', 'i32'], (code, value) => {
  const sign = code.let(toI32(shrU(value, i64(63))));
  const [exponent, significand] = code.call(normalize, i32(63), select(sign, sub(i64(0), value), value), i64(0));
  code.if(eqz(significand), () => code.return(i64(0), i32(0)));
  code.return(significand, withSign(sign, add(exponent, i32(EXTENDED_BIAS))));
});

/** The magnitude of the value rounded to an integer, or all ones in the second result when it does not fit in 64 bits. */
const roundToMagnitude: FunctionDefinition<readonly ['i64', 'i32', 'i32'], readonly ['i64', 'i32', 'i32']> =
  defineFunction(
    'roundToMagnitude',
    ['i64', 'i32', 'i32'],
    ['i64', 'i32', 'i32'],
    (code, value, signExponent, mode) => {
      const tooLarge = or(isExtendedNan(value, signExponent), isExtendedInfinity(value, signExponent));
      code.if(or(isUnsupported(value, signExponent), tooLarge), () => code.return(i64(0), i32(-1), i32(0)));
      code.if(isExtendedZero(value, signExponent), () => code.return(i64(0), i32(0), i32(0)));
      const [exponent, significand] = code.call(unpackExtended, value, signExponent);
      code.if(gtS(exponent, i32(63)), () => code.return(i64(0), i32(-1), i32(0)));
      const [top, magnitude, flags] = code.call(
        round,
        ...([signOf(signExponent), exponent, significand, i64(0), i32(64), i32(63), mode] as const),
      );
      code.if(gtS(top, i32(63)), () => code.return(i64(0), i32(-1), i32(0)));
      code.return(magnitude, i32(0), flags);
    },
  );

/** FIST: what does not fit gives the integer indefinite. */
function defineToInteger(bits: 16 | 32 | 64): ToInteger {
  const largest = (1n << BigInt(bits - 1)) - 1n;
  return defineFunction(
    `extendedToInteger${bits}`,
    ['i64', 'i32', 'i32'],
    ['i64'],
    (code, value, signExponent, mode) => {
      const sign = code.let(signOf(signExponent));
      const [magnitude, beyond, flags] = code.call(roundToMagnitude, value, signExponent, mode);
      code.if(or(beyond, gtU(magnitude, select(sign, i64(largest + 1n), i64(largest)))), () => {
        raiseX87(code, i32(INVALID));
        code.return(i64(-largest - 1n));
      });
      raiseX87(code, flags);
      code.return(select(sign, sub(i64(0), magnitude), magnitude));
    },
  );
}
const TO_INTEGER = { 16: defineToInteger(16), 32: defineToInteger(32), 64: defineToInteger(64) };
export const extendedToInteger = (bits: 16 | 32 | 64): ToInteger => TO_INTEGER[bits];

/** FBLD: eighteen decimal digits, least significant pair first, and a sign byte; read from linear memory. */
export const extendDecimal: FunctionDefinition<readonly ['i32'], readonly ['i64', 'i32']> = defineFunction(
  'extendDecimal',
  ['i32'],
  ['i64', 'i32'],
  (code, address) => {
    const value = code.let(i64(0));
    const index = code.let(i32(8));
    code.loop((again) => {
      const pair = code.let(load('i64.load8_u', add(address, index)));
      const number = add(mul(shrU(pair, i64(4)), i64(10)), and(pair, i64(15)));
      code.set(value, add(mul(value, i64(100)), number));
      code.set(index, sub(index, i32(1)));
      code.branchIf(again, eqz(and(shrU(index, i32(31)), i32(1))));
    });
    const [significand, signExponent] = code.call(extendInteger, value);
    code.return(significand, or(signExponent, shl(and(load('i32.load8_u', address, 9), i32(0x80)), i32(8))));
  },
);

/** FBSTP: the ten bytes as (low eight, high two). Beyond eighteen digits it is the packed decimal indefinite. */
export const extendedToDecimal: FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64', 'i32']> = defineFunction(
  'extendedToDecimal',
  ['i64', 'i32'],
  ['i64', 'i32'],
  (code, value, signExponent) => {
    const [magnitude, beyond, flags] = code.call(roundToMagnitude, value, signExponent, x87RoundingMode());
    code.if(or(beyond, gtU(magnitude, i64(999_999_999_999_999_999n))), () => {
      raiseX87(code, i32(INVALID));
      code.return(i64(0xc000_0000_0000_0000n), i32(0xffff));
    });
    raiseX87(code, flags);
    const rest = code.let(magnitude as Value<'i64'>);
    const low = code.let(i64(0));
    const shift = code.let(i64(0));
    code.loop((again) => {
      code.set(low, or(low, shl(remU(rest, i64(10)), shift)));
      code.set(rest, divU(rest, i64(10)));
      code.set(shift, add(shift, i64(4)));
      code.branchIf(again, ne(shift, i64(64)));
    });
    const high = add(mul(toI32(divU(rest, i64(10))), i32(16)), toI32(remU(rest, i64(10))));
    code.return(low, or(high, shl(signOf(signExponent), i32(15))));
  },
);
