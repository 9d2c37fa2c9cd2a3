// Integer values of an operand size: truncation, extension and single bits, for bodies that work on all sizes.

import { and, constantLike, shrU, toI32, toI64, toI64S } from '../wasm/arithmetic.ts';
import { type Integer, op, type Value } from '../wasm/expression.ts';
import type { Size } from './emitter.ts';

/** Clears what lies above `size` bits. */
export function truncate(size: Size, value: Value<Integer>): Value<Integer> {
  if (size === 64) return value;
  const low = toI32(value);
  return size === 32 ? low : and(low, constantLike(low, (1 << size) - 1));
}

/** Sign-extends the low `size` bits within the value's own type. */
export function signExtend(size: Size, value: Value<Integer>): Value<Integer> {
  if (size === 8) return op('i32.extend8_s', toI32(value));
  if (size === 16) return op('i32.extend16_s', toI32(value));
  return value;
}

/** A 32-bit or narrower value as the type that `size` computes in, zero-extended. */
export function widen(size: Size, value: Value<Integer>): Value<Integer> {
  return size === 64 ? toI64(value) : toI32(value);
}

/** Sign-extends from `from` bits to the type that `to` bits compute in. */
export function signExtendTo(from: Size, to: Size, value: Value<Integer>): Value<Integer> {
  const extended = signExtend(from, value);
  return to === 64 ? toI64S(extended) : extended;
}

/** The top bit of a value of `size` bits, as i32 0 or 1. */
export function topBit(size: Size, value: Value<Integer>): Value<'i32'> {
  return bitAt(value, size - 1);
}

/** One bit by constant position, as i32 0 or 1. */
export function bitAt(value: Value<Integer>, position: number): Value<'i32'> {
  const shifted = toI32(shrU(value, constantLike(value, position)));
  return and(shifted, constantLike(shifted, 1));
}
