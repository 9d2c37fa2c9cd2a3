// What loads and stores of a size, or of a type, are called in WebAssembly.

import type { LoadName, StoreName, ValueType } from '../wasm/operators.ts';
import type { Size } from './emitter.ts';

export const INTEGER_LOAD: Record<Size, LoadName> = {
  8: 'i32.load8_u',
  16: 'i32.load16_u',
  32: 'i32.load',
  64: 'i64.load',
};
export const INTEGER_STORE: Record<Size, StoreName> = {
  8: 'i32.store8',
  16: 'i32.store16',
  32: 'i32.store',
  64: 'i64.store',
};
export const TYPE_LOAD: Record<ValueType, LoadName> = {
  i32: 'i32.load',
  i64: 'i64.load',
  f32: 'f32.load',
  f64: 'f64.load',
  v128: 'v128.load',
};
export const TYPE_STORE: Record<ValueType, StoreName> = {
  i32: 'i32.store',
  i64: 'i64.store',
  f32: 'f32.store',
  f64: 'f64.store',
  v128: 'v128.store',
};
export const TYPE_BYTES: Record<ValueType, number> = { i32: 4, i64: 8, f32: 4, f64: 8, v128: 16 };
