// SSE conversions, exact: between the two formats, and between them and integers (SDM 1 §4.8.4, §11.5.2, table E-1).

import { and, eqz, gtS, gtU, or, shl, shrU, sub, toI32 } from '../wasm/arithmetic.ts';
import { call, i32, i64, select, type Value } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { BINARY32, BINARY64, type BinaryFormat } from './binary-format.ts';
import { DENORMAL, INEXACT, INVALID } from './exception-flags.ts';
import { raiseSimd } from './simd-control.ts';
import { normalize, round } from './unrounded.ts';

type UnaryBits = FunctionDefinition<readonly ['i64'], readonly ['i64']>;
/** Bits and a rounding mode (EXCEPTION_MODE: that of MXCSR) to an integer, sign-extended. */
type ToInteger = FunctionDefinition<readonly ['i64', 'i32'], readonly ['i64']>;

/** A NaN keeps its sign and as much of its payload, from the top, as fits; it becomes quiet. */
function convertNan(from: BinaryFormat, to: BinaryFormat, bits: Value<'i64'>): Value<'i64'> {
  const fraction = and(bits, i64((1n << BigInt(from.fractionBits)) - 1n));
  const distance = i64(Math.abs(to.fractionBits - from.fractionBits));
  const moved = to.width > from.width ? shl(fraction, distance) : shrU(fraction, distance);
  return or(to.signed(from.sign(bits), i64(to.infinity | to.quietBit)), moved);
}

function defineFormatConversion(from: BinaryFormat, to: BinaryFormat): UnaryBits {
  return defineFunction(`convert${from.width}to${to.width}`, ['i64'], ['i64'], (code, a) => {
    code.set(a, call(from.flushOperand, a));
    code.if(from.isNan(a), () => {
      code.if(from.isSignalling(a), () => raiseSimd(code, i32(INVALID)));
      code.return(convertNan(from, to, a));
    });
    const sign = code.let(from.sign(a));
    code.if(from.isZero(a), () => code.return(to.signed(sign, i64(0))));
    code.if(from.isInfinite(a), () => code.return(to.signed(sign, i64(to.infinity))));
    code.if(from.isDenormal(a), () => raiseSimd(code, i32(DENORMAL)));
    const [exponent, significand] = code.call(from.unpack, a);
    code.return(call(to.pack, sign, exponent, significand, i64(0)));
  });
}

function defineFromInteger(to: BinaryFormat): UnaryBits {
  return defineFunction(`integerTo${to.width}`, ['i64'], ['i64'], (code, value) => {
    const sign = code.let(toI32(shrU(value, i64(63))));
    const magnitude = code.let(select(sign, sub(i64(0), value), value));
    const [exponent, hi, lo] = code.call(normalize, i32(63), magnitude, i64(0));
    // Zero is +0 in every rounding mode.
    code.if(eqz(hi), () => code.return(i64(0)));
    code.return(call(to.pack, sign, exponent, hi, lo));
  });
}

/** Out of range or NaN gives the integer indefinite: only the sign bit set. */
function defineToInteger(from: BinaryFormat, bits: 32 | 64): ToInteger {
  const indefinite = i64(-(1n << BigInt(bits - 1)));
  return defineFunction(`toInteger${bits}from${from.width}`, ['i64', 'i32'], ['i64'], (code, a, mode) => {
    const invalid = (): void => {
      raiseSimd(code, i32(INVALID));
      code.return(indefinite);
    };
    code.set(a, call(from.flushOperand, a));
    code.if(from.isZero(a), () => code.return(i64(0)));
    code.if(gtU(from.magnitude(a), i64(from.infinity - 1n)), invalid);
    const sign = code.let(from.sign(a));
    const [exponent, significand] = code.call(from.unpack, a);
    code.if(gtS(exponent, i32(bits - 1)), invalid);
    // At 64 bits of precision and the exponent 63 the significand is the integer itself.
    const [top, magnitude, flags] = code.call(
      round,
      ...([sign, exponent, significand, i64(0), i32(64), i32(63), mode] as const),
    );
    const limit = select(sign, i64(1n << BigInt(bits - 1)), i64((1n << BigInt(bits - 1)) - 1n));
    code.if(or(gtS(top, i32(63)), gtU(magnitude, limit)), invalid);
    code.if(and(flags, i32(INEXACT)), () => raiseSimd(code, i32(INEXACT)));
    code.return(select(sign, sub(i64(0), magnitude), magnitude));
  });
}

export const convert32to64: UnaryBits = defineFormatConversion(BINARY32, BINARY64);
export const convert64to32: UnaryBits = defineFormatConversion(BINARY64, BINARY32);
const FROM_INTEGER = { 32: defineFromInteger(BINARY32), 64: defineFromInteger(BINARY64) };
export const integerToFloat = (width: 32 | 64): UnaryBits => FROM_INTEGER[width];
const TO_INTEGER = {
  32: { 32: defineToInteger(BINARY32, 32), 64: defineToInteger(BINARY32, 64) },
  64: { 32: defineToInteger(BINARY64, 32), 64: defineToInteger(BINARY64, 64) },
};
/** From a float of `width` bits to an integer of `bits`, in the rounding mode given. */
export const floatToInteger = (width: 32 | 64, bits: 32 | 64): ToInteger => TO_INTEGER[width][bits];
