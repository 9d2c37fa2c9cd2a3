// When native WebAssembly arithmetic is the instruction: the guard in front of every floating-point row.
//
// With everything masked, rounding to nearest, no flushing, and "inexact" already recorded, an operation on normal operands
// with a normal result (but the least, which may have been rounded from below: an underflow) can raise nothing new, and WebAssembly computes the very same bits. Everything else (the first
// inexact result, zeros, NaNs, denormals, other modes) takes the exact helper (float/binary-arithmetic.ts). A translator may
// drop the operand tests where a program never looks at MXCSR.

import { ALL_EXCEPTIONS } from '../float/exception-flags.ts';
import { finishSimd, NATIVE_BITS, NATIVE_VALUE, SIMD_FLAGS } from '../float/simd-control.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, eq, eqz, ltU, or, shl, shrU, sub, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, i64, op, type Value } from '../wasm/expression.ts';
import type { Emitter } from './emitter.ts';
import { doublewordsOf, quadwordsOf, VECTOR_XM, type Vector, ZERO } from './sse-vector.ts';

type I32 = Value<'i32'>;
export type Width = 32 | 64;
/** The integer type that holds a float's bits. */
export type BitsType = 'i32' | 'i64';
export const bitsType = (width: Width): BitsType => (width === 32 ? 'i32' : 'i64');

const readMxcsr = (e: Emitter): I32 => e.readState('i32', FRAME.mxcsr);

/** Masked, to nearest, inexact recorded: enough for what neither takes nor makes denormals. */
export const isNativeMode = (e: Emitter): I32 => eq(and(readMxcsr(e), i32(NATIVE_BITS)), i32(NATIVE_VALUE));

/** Nothing unmasked and denormals as they are: enough for what never rounds. */
export const isMaskedMode = (e: Emitter): I32 =>
  eq(and(readMxcsr(e), i32((ALL_EXCEPTIONS << 7) | 0x40)), i32(ALL_EXCEPTIONS << 7));

/** Neither zero, denormal, infinite nor NaN. */
export function isNormal(bits: Value<'i32' | 'i64'>): I32 {
  if (bits.type === 'i32') {
    const field = and(shrU(bits as I32, i32(23)), i32(0xff));
    return ltU(sub(field, i32(1)), i32(0xfe));
  }
  const field = and(shrU(bits as Value<'i64'>, i64(52)), i64(0x7ff));
  return ltU(sub(field, i64(1)), i64(0x7fe));
}

/** A normal result that was not tiny before it was rounded: processors look at it with no bound to the exponent (SDM Vol. 1 §4.9.1.5). */
export function isPlainResult(bits: Value<'i32' | 'i64'>): I32 {
  if (bits.type === 'i32') return ltU(sub(shl(bits as I32, i32(1)), i32(0x0100_0002)), i32(0xfdff_fffe));
  const magnitude = shl(bits as Value<'i64'>, i64(1));
  return ltU(sub(magnitude, i64(0x0020_0000_0000_0002n)), i64(0xffbf_ffff_ffff_fffen));
}

export function isNormalOrZero(bits: Value<'i32' | 'i64'>): I32 {
  const zero = bits.type === 'i32' ? eqz(shl(bits as I32, i32(1))) : eqz(shl(bits as Value<'i64'>, i64(1)));
  return or(isNormal(bits), zero);
}

/** An emitter, or a writer of code. */
type Binder = Pick<CodeWriter, 'let'>;

const EXPONENTS = {
  32: doublewordsOf(...new Array<number>(4).fill(0x7f80_0000)),
  64: quadwordsOf(0x7ff0_0000_0000_0000n, 0x7ff0_0000_0000_0000n),
};

/** Lanes that are zero, denormal, infinite or NaN, as masks. */
function abnormalLanes(e: Binder, width: Width, value: Vector): Vector {
  const field = e.let(op('v128.and', value, EXPONENTS[width]));
  return width === 32
    ? op('v128.or', op('i32x4.eq', field, ZERO), op('i32x4.eq', field, EXPONENTS[32]))
    : op('v128.or', op('i64x2.eq', field, ZERO), op('i64x2.eq', field, EXPONENTS[64]));
}

export function allNormal(e: Emitter, width: Width, ...values: Vector[]): I32 {
  const abnormal = values.map((value) => abnormalLanes(e, width, value)).reduce((x, y) => op('v128.or', x, y));
  return eqz(op('v128.any_true', abnormal));
}

const LEAST_NORMAL = {
  32: doublewordsOf(...new Array<number>(4).fill(0x0080_0000)),
  64: quadwordsOf(0x0010_0000_0000_0000n, 0x0010_0000_0000_0000n),
};

/** Of normal lanes, whether each is a plain result, as isPlainResult says. */
export function noneLeast(e: Binder, width: Width, value: Vector): I32 {
  const magnitude = width === 32 ? op('f32x4.abs', value) : op('f64x2.abs', value);
  const least =
    width === 32 ? op('i32x4.eq', magnitude, LEAST_NORMAL[32]) : op('i64x2.eq', magnitude, LEAST_NORMAL[64]);
  return eqz(op('v128.any_true', e.let(least)));
}

/** As allNormal, but zeros are welcome. */
export function allNormalOrZero(e: Binder, width: Width, ...values: Vector[]): I32 {
  const lanes = values.map((value) => {
    const isZero = width === 32 ? op('f32x4.eq', value, ZERO) : op('f64x2.eq', value, ZERO);
    return op('v128.andnot', abnormalLanes(e, width, value), isZero);
  });
  return eqz(
    op(
      'v128.any_true',
      lanes.reduce((x, y) => op('v128.or', x, y)),
    ),
  );
}

/** Which operands of an operation may make a result zero, besides sums, which are exact then. */
export type ZeroOperands = 'any' | 'either' | 'first';

/** Of lanes that are normal or zero: whether each result is plain too, or a zero that its operands are the reason for. */
export function plainOrExplained(
  e: Binder,
  width: Width,
  zeros: ZeroOperands,
  a: Vector,
  b: Vector,
  result: Vector,
): I32 {
  const operands = allNormalOrZero(e, width, a, b);
  if (zeros === 'any') return and(operands, allNormalOrZero(e, width, result));
  const isZero = (value: Vector): Vector => (width === 32 ? op('f32x4.eq', value, ZERO) : op('f64x2.eq', value, ZERO));
  const reason = zeros === 'first' ? isZero(a) : op('v128.or', isZero(a), isZero(b));
  const unexplained = op('v128.andnot', abnormalLanes(e, width, result), op('v128.and', isZero(result), reason));
  return and(and(operands, eqz(op('v128.any_true', unexplained))), noneLeast(e, width, result));
}

/** Starts an instruction's exact path: no exception raised so far. */
export function beginExact(e: Emitter): void {
  if (!e.joinsExceptions) e.code.store('i32.store', i32(SIMD_FLAGS), i32(0));
}

/** Ends it, before the result is written: flags into MXCSR, #XM for an unmasked one. */
export function finishExact(e: Emitter): void {
  if (!e.joinsExceptions) e.raiseIf(call(finishSimd), VECTOR_XM);
}

/** Bits as the exact helpers take them. */
export const widen = (bits: Value<'i32' | 'i64'>): Value<'i64'> => toI64(bits);
