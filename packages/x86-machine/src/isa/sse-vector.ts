// The vocabulary of the vector rows: lanes as constants, aligned operands, and the SDM's feature names.

import { CPU_STATE, TRACING } from '../state/cpu-state.ts';
import { and, ne, toI32 } from '../wasm/arithmetic.ts';
import { i32, op, type Value, v128 } from '../wasm/expression.ts';
import type { OperatorName } from '../wasm/operators.ts';
import type { Emitter, Operand } from './emitter.ts';
import { VECTOR } from './vector.ts';

export type Vector = Value<'v128'>;

/** Exception vectors that vector and x87 rows raise (SDM 3A table 6-1). */
export const VECTOR_GP = 13;
export const VECTOR_MF = 16;
export const VECTOR_XM = 19;

export const ZERO: Vector = v128(new Uint8Array(16));
/** 0, 1, … 15: the byte indices of a swizzle that changes nothing. */
export const BYTE_INDICES: Vector = v128(Array.from({ length: 16 }, (_, index) => index));

/** A vector of 4, 8 or 2 equal or differing lanes, from numbers. */
export const bytesOf = (...lanes: number[]): Vector => v128(lanes);
export const wordsOf = (...lanes: number[]): Vector => v128(new Uint8Array(Uint16Array.from(lanes).buffer));
export const doublewordsOf = (...lanes: number[]): Vector => v128(new Uint8Array(Uint32Array.from(lanes).buffer));
export const quadwordsOf = (...lanes: bigint[]): Vector => v128(new Uint8Array(BigUint64Array.from(lanes).buffer));

/** An operator on vectors by name, where the name comes out of a table. */
export function vectorOperator(name: OperatorName): (...operands: Value[]) => Vector {
  return (...operands) => (op as unknown as (name: OperatorName, ...operands: Value[]) => Vector)(name, ...operands);
}

/** #AC while alignment is checked and an address has one of these bits: for instructions with a rule of their own. */
export function requireAlignedWhenChecked(e: Emitter, address: Value<'i64'>, mask: number): void {
  const isChecked = and(e.readState('i32', CPU_STATE.tracing), i32(TRACING.aligned));
  e.if(isChecked, () => e.raiseIf(and(toI32(address), i32(mask)), VECTOR.alignmentCheck, i32(0)));
}

/** #GP(0) when a memory operand is not 16-byte aligned (SDM 1 §10.4.1); nothing for a register. */
export function requireAligned(e: Emitter, operand: Operand): void {
  if (!operand.isMemory || e.toleratesMisalignment) return;
  e.raiseIf(ne(and(toI32(e.address(operand)), i32(15)), i32(0)), VECTOR_GP, i32(0));
}

/** A 16-byte source that faults when it is misaligned, as all but the "unaligned" moves and the string compares do. */
export function readAligned(e: Emitter, operand: Operand): Vector {
  requireAligned(e, operand);
  return e.readAs(operand, 'v128');
}

export function writeAligned(e: Emitter, operand: Operand, value: Vector): void {
  requireAligned(e, operand);
  e.writeAs(operand, value);
}
