// The low lane of a vector, as a value of any type that fits.

import { lane, type Value } from './expression.ts';
import type { ValueType } from './operators.ts';

const EXTRACT: { [T in ValueType]: (vector: Value<'v128'>) => Value<T> } = {
  i32: (vector) => lane('i32x4.extract_lane', 0, vector),
  i64: (vector) => lane('i64x2.extract_lane', 0, vector),
  f32: (vector) => lane('f32x4.extract_lane', 0, vector),
  f64: (vector) => lane('f64x2.extract_lane', 0, vector),
  v128: (vector) => vector,
};

export function lowLane<T extends ValueType>(vector: Value<'v128'>, type: T): Value<T> {
  return EXTRACT[type](vector) as Value<T>;
}

const BITS: Record<ValueType, number> = { i32: 32, f32: 32, i64: 64, f64: 64, v128: 128 };

/** What of a vector is beside its low `bits`: where those were put there, what they were put into will do. */
function restOf(vector: Value<'v128'>, bits: number): Value<'v128'> {
  const { node } = vector;
  if (node.kind !== 'lane' || node.lane !== 0 || !node.operator.name.endsWith('.replace_lane')) return vector;
  const [into, low] = node.operands as [Value<'v128'>, Value];
  return BITS[low.type] <= bits ? into : vector;
}

/** `whole` with its low lane replaced by a value, or by a whole vector. */
export function withLowLane(whole: Value<'v128'>, value: Value): Value<'v128'> {
  const vector = restOf(whole, BITS[value.type]);
  switch (value.type) {
    case 'i32':
      return lane('i32x4.replace_lane', 0, vector, value as Value<'i32'>);
    case 'i64':
      return lane('i64x2.replace_lane', 0, vector, value as Value<'i64'>);
    case 'f32':
      return lane('f32x4.replace_lane', 0, vector, value as Value<'f32'>);
    case 'f64':
      return lane('f64x2.replace_lane', 0, vector, value as Value<'f64'>);
    default:
      return value as Value<'v128'>;
  }
}
