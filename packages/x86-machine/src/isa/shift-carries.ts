// CF and OF after a shift, from its operands: made by the body that shifts, or later, by whoever asks.

import { constantLike, shl, shrS, shrU, sub, xor } from '../wasm/arithmetic.ts';
import { type Integer, i32, type Value } from '../wasm/expression.ts';
import type { ShiftKind, Size } from './emitter.ts';
import { bitAt, signExtend, topBit } from './integer.ts';

/** Of a count that is not 0. All are of the type that the size computes in. OF is defined for a count of 1 only. */
export function shiftCarries(
  kind: ShiftKind,
  size: Size,
  value: Value<Integer>,
  count: Value<Integer>,
  result: Value<Integer>,
): { readonly cf: Value<'i32'>; readonly of: Value<'i32'> } {
  const before = sub(count, constantLike(count, 1));
  switch (kind) {
    case 'shl': {
      const cf = topBit(size, shl(value, before));
      return { cf, of: xor(topBit(size, result), cf) };
    }
    case 'shr':
      return { cf: bitAt(shrU(value, before), 0), of: topBit(size, value) };
    case 'sar':
      return { cf: bitAt(shrS(signExtend(size, value), before), 0), of: i32(0) };
  }
}
