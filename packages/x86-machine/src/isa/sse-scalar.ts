// Scalar floating point where the emitter vouches for MXCSR (NativeFloats): native operators, and tests for what they can't do.
//
//   operands    zero or normal        else a denormal operand (DE), an infinity or a NaN (IE): the exact path
//   result      normal but the least, or an explained zero     else overflow, underflow, division by zero, invalid
//
// So the only exception left is "inexact". Where that is on record nothing more is asked; where it isn't, an operation whose result is
// not exact puts it there (float/binary-quick.ts says how that is found). A result that was tested needs no test as an operand: in a
// chain of operations one test each remains, which is off the path that data take. Where nobody looks at exceptions nothing is tested.

import { isExactResult, isExactRoot } from '../float/binary-quick.ts';
import { fusedFloat } from '../float/native-fused.ts';
import { and, eqz, leU, ltU, or, shl, shrU, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import { f32, f64, i32, i64, op, type Value } from '../wasm/expression.ts';
import type { Emitter, Float, NativeFloats, Operand } from './emitter.ts';
import type { Width } from './sse-native.ts';

type I32 = Value<'i32'>;
type I64 = Value<'i64'>;

export const floatType = (width: Width): 'f32' | 'f64' => (width === 32 ? 'f32' : 'f64');
const widthOf = (value: Float): Width => (value.type === 'f32' ? 32 : 64);
const named = (name: string, ...operands: Value[]): Value =>
  (op as unknown as (name: string, ...operands: Value[]) => Value)(name, ...operands);
const operator = (name: string, ...operands: Float[]): Float =>
  named(`${operands[0]!.type}.${name}`, ...operands) as Float;
const relation = (name: string, a: Float, b: Float): I32 => named(`${a.type}.${name}`, a, b) as I32;

const bitsOf = (value: Float): I64 =>
  value.type === 'f32'
    ? toI64(op('i32.reinterpret_f32', value as Value<'f32'>))
    : op('i64.reinterpret_f64', value as Value<'f64'>);

/** The exponent and the fraction's upper bits, without the sign, at the top of 32 bits. */
const magnitude = (value: Float): I32 =>
  value.type === 'f32'
    ? shl(op('i32.reinterpret_f32', value as Value<'f32'>), i32(1))
    : toI32(shrU(op('i64.reinterpret_f64', value as Value<'f64'>), i64(31)));
/** The magnitude of the least normal number, and how many magnitudes of normal numbers there are. */
const LEAST_NORMAL: Record<Width, number> = { 32: 0x0100_0000, 64: 0x0020_0000 };
const NORMALS: Record<Width, number> = { 32: 0xfe00_0000, 64: 0xffc0_0000 };

const isTiny = (value: Float): I32 => ltU(magnitude(value), i32(LEAST_NORMAL[widthOf(value)]));
const isNormal = (value: Float): I32 =>
  ltU(sub(magnitude(value), i32(LEAST_NORMAL[widthOf(value)])), i32(NORMALS[widthOf(value)]));
/** Normal, and no tiny result that rounding made normal: the least ones are left out. */
const isPlainResult = (value: Float): I32 =>
  ltU(sub(magnitude(value), i32(LEAST_NORMAL[widthOf(value)] + 1)), i32(NORMALS[widthOf(value)] - 1));
const isNormalOrInfinite = (value: Float): I32 => {
  const above = sub(magnitude(value), i32(LEAST_NORMAL[widthOf(value)]));
  // Of what has an infinity's magnitude here, the NaNs among them have lower fraction bits: they differ from themselves.
  return and(leU(above, i32(NORMALS[widthOf(value)])), relation('eq', value, value));
};
const isZero = (value: Float): I32 => relation('eq', value, value.type === 'f32' ? f32(0) : f64(0));
const isOrdinary = (value: Float): I32 => or(isZero(value), isNormal(value));

/** Leaves unless all operands are ordinary, and the result is normal or a zero that `zeroIsPlain` explains. */
function demandOrdinary(
  e: Emitter,
  floats: NativeFloats,
  result: Float,
  operands: readonly (readonly [Float, Operand | undefined])[],
  zeroIsPlain: I32,
): void {
  if (floats.unobserved) return;
  const unknown = operands.map(([value]) => value).filter((value) => !floats.isOrdinary(value));
  e.block((sure) => {
    e.block((unsure) => {
      for (const value of unknown) e.branchIf(unsure, isTiny(value));
      e.branchIf(sure, isPlainResult(result));
    });
    const resultIsPlain = or(isPlainResult(result), and(isZero(result), zeroIsPlain));
    e.if(eqz(unknown.reduce((all, value) => and(all, isOrdinary(value)), resultIsPlain)), () => floats.leave());
  });
  for (const [value, operand] of operands) floats.noteOrdinary(value, operand);
  floats.noteOrdinary(result);
}

export type NativeOperation = 'add' | 'sub' | 'mul' | 'div';

/** a ∘ b. */
export function nativeArithmetic(
  e: Emitter,
  floats: NativeFloats,
  name: NativeOperation,
  a: Float,
  b: Float,
  sourceOfB?: Operand,
): Float {
  const result = e.let(operator(name, a, b));
  const zeroIsPlain = { add: i32(1), sub: i32(1), mul: or(isZero(a), isZero(b)), div: isZero(a) }[name];
  demandOrdinary(
    e,
    floats,
    result,
    [
      [a, undefined],
      [b, sourceOfB],
    ],
    zeroIsPlain,
  );
  if (!floats.inexactRecorded) {
    const [left, right, bits] = [e.let(bitsOf(a)), e.let(bitsOf(b)), e.let(bitsOf(result))];
    const isExact = isExactResult(e.code, widthOf(a), name, left, right, bits);
    e.if(eqz(or(isZero(result), isExact)), () => floats.recordInexact());
  }
  return result;
}

export function nativeSquareRoot(e: Emitter, floats: NativeFloats, a: Float): Float {
  const result = e.let(operator('sqrt', a));
  demandOrdinary(e, floats, result, [[a, undefined]], isZero(a));
  if (!floats.inexactRecorded) {
    const isExact = isExactRoot(e.code, widthOf(a), e.let(bitsOf(a)), e.let(bitsOf(result)));
    e.if(eqz(or(isZero(result), isExact)), () => floats.recordInexact());
  }
  return result;
}

/** Products that large are exact in what a fused sum can cancel down to: then a zero is the exact sum. */
const LARGE_PRODUCT: Record<Width, number> = { 32: 2 ** -70, 64: 2 ** -900 };

/** ±(a × b) ± c, rounded once by the host (float/native-fused.ts). "Inexact" must be on record. */
export function nativeFused(
  e: Emitter,
  floats: NativeFloats,
  [a, b, c]: readonly [Float, Float, Float],
  negate: number,
): Float {
  const result = e.let(fusedFloat(a as Value<'f64'>, b as Value<'f64'>, c as Value<'f64'>, negate) as Float);
  if (floats.unobserved) {
    e.if(relation('ne', result, result), () => floats.leave());
    return result;
  }
  const width = widthOf(a);
  const least = width === 32 ? f32(LARGE_PRODUCT[32]) : f64(LARGE_PRODUCT[64]);
  const isLarge = relation('ge', operator('abs', operator('mul', a, b)), least);
  const operands = [a, b, c].map((value) => [value, undefined] as const);
  demandOrdinary(e, floats, result, operands, or(isLarge, or(isZero(a), isZero(b))));
  return result;
}

/** Leaves unless every value is a number, and none a denormal one: what compares without an exception. */
function demandComparable(e: Emitter, floats: NativeFloats, values: readonly Float[]): void {
  if (floats.unobserved) return;
  for (const value of values) {
    if (floats.isOrdinary(value)) continue;
    e.if(eqz(isNormalOrInfinite(value)), () => e.if(eqz(isZero(value)), () => floats.leave()));
  }
}

/** MIN and MAX: the second operand unless the first is truly less, or greater (SDM 2, MINSD). */
export function nativeExtreme(e: Emitter, floats: NativeFloats, name: 'min' | 'max', a: Float, b: Float): Float {
  demandComparable(e, floats, [a, b]);
  const result = e.local(a.type);
  e.if(
    relation(name === 'min' ? 'lt' : 'gt', a, b),
    () => e.set(result as never, a as never),
    () => e.set(result as never, b as never),
  );
  if (floats.isOrdinary(a) && floats.isOrdinary(b)) floats.noteOrdinary(result);
  return result;
}

/** COMIS and UCOMIS. */
export function nativeComparison(e: Emitter, floats: NativeFloats, a: Float, b: Float): void {
  demandComparable(e, floats, [a, b]);
  floats.compare(a, b);
}

/** CVTSI2SS, CVTSI2SD: from a signed integer. */
export function nativeFromInteger(e: Emitter, floats: NativeFloats, width: Width, value: Value<'i32' | 'i64'>): Float {
  const result = e.let(named(`f${width}.convert_${value.type}_s`, value) as Float);
  if (!floats.inexactRecorded && (width === 32 || value.type === 'i64')) {
    // What saturates on the way back is not exact either way: the largest integers are no floats.
    const back = named(`${value.type}.trunc_sat_f${width}_s`, result);
    const isSaturated = named(
      `${value.type}.eq`,
      value,
      value.type === 'i32' ? i32(0x7fff_ffff) : i64((1n << 63n) - 1n),
    );
    const isExact = and(named(`${value.type}.eq`, back, value) as I32, eqz(isSaturated as I32));
    e.if(eqz(isExact), () => floats.recordInexact());
  }
  floats.noteOrdinary(result);
  return result;
}

/** CVT(T)SS2SI, CVT(T)SD2SI, to a signed integer in range. */
export function nativeToInteger(
  e: Emitter,
  floats: NativeFloats,
  value: Float,
  bits: 32 | 64,
  truncate: boolean,
): Value<'i32' | 'i64'> {
  const whole = truncate ? value : e.let(operator('nearest', value));
  const limit = bits === 32 ? 2 ** 31 : 2 ** 63;
  // A NaN is less than nothing. What lies between the limit and the next integer is left to the exact path, as the limit is.
  const isInRange = relation('lt', operator('abs', whole), value.type === 'f32' ? f32(limit) : f64(limit));
  e.if(eqz(isInRange), () => floats.leave());
  const result = e.let(named(`i${bits}.trunc_sat_${value.type}_s`, whole) as Value<'i32' | 'i64'>);
  if (!floats.inexactRecorded) {
    const back = named(`${value.type}.convert_i${bits}_s`, result) as Float;
    e.if(eqz(relation('eq', back, value)), () => {
      // A denormal may count as zero, and zero is exact.
      e.if(isTiny(value), () => floats.leave());
      floats.recordInexact();
    });
  }
  return result;
}

/** CVTSD2SS. */
export function nativeNarrowing(e: Emitter, floats: NativeFloats, value: Float): Float {
  const result = e.let(op('f32.demote_f64', value as Value<'f64'>));
  demandOrdinary(e, floats, result, [[value, undefined]], isZero(value));
  if (!floats.inexactRecorded) {
    e.if(eqz(relation('eq', op('f64.promote_f32', result), value)), () => floats.recordInexact());
  }
  return result;
}

/** CVTSS2SD. */
export function nativeWidening(e: Emitter, floats: NativeFloats, value: Float): Float {
  demandComparable(e, floats, [value]);
  const result = e.let(op('f64.promote_f32', value as Value<'f32'>));
  if (floats.isOrdinary(value)) floats.noteOrdinary(result);
  return result;
}
