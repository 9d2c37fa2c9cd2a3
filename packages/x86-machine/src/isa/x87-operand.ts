// What every x87 row starts with, and how its operands get to the helpers (SDM 1 §8.1.8, §8.6).

import { extendBinary, extendInteger } from '../float/extended-convert.ts';
import { type NativeResult, nativeExtend, nativeExtendInteger, nativeResult } from '../float/extended-native.ts';
import { beginX87, ERROR_SUMMARY, raiseX87, readStack } from '../float/x87-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { and, ne, toI64 } from '../wasm/arithmetic.ts';
import { constantOf, i32, load, op, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand, X87Number } from './emitter.ts';
import { VECTOR } from './vector.ts';

type I32 = Value<'i32'>;
/** Of rows whose bodies know an emitter's own stack. */
export const ON_STACK = { feature: 'x87', onX87Stack: true } as const;

/** #MF for the unmasked exception that an earlier instruction left pending. */
export function checkPending(e: Emitter): void {
  if (e.x87) return;
  e.raiseIf(ne(and(e.readState('i32', FRAME.x87Status), i32(ERROR_SUMMARY)), i32(0)), VECTOR.floatingPoint);
}

/**
 * An instruction that is not a control instruction leaves its address and opcode behind, and the effective address of its operand in
 * memory if it has one (SDM Vol. 1 §8.1.8, §8.1.9): once nothing can make it start over.
 */
export function note(e: Emitter, memory?: Operand): void {
  const data = memory && e.effectiveAddress(memory);
  if (e.x87) {
    e.x87.note(data);
    return;
  }
  e.writeState(FRAME.x87InstructionPointer, e.rip());
  e.code.store('i32.store16', i32(0), e.x87Opcode(), FRAME.x87Opcode);
  if (data) e.writeState(FRAME.x87DataPointer, data);
}

/** What an instruction without an operand in memory starts with. */
export function begin(e: Emitter): void {
  checkPending(e);
  note(e);
}

/** Clears the exceptions of the instruction; what follows may raise some. */
export const beginFlags = (e: Emitter): void => beginX87(e.code);

export function fromStack(e: Emitter, index: I32): X87Number {
  const [significand, signExponent, fault] = e.call(readStack, index);
  raiseX87(e.code, fault);
  return [significand, signExponent];
}

/** What memory operands hold: a float by width, or a signed integer. */
export type MemoryKind = 'm32fp' | 'm64fp' | 'm16int' | 'm32int' | 'm64int';
export const MEMORY_NOTATION: Record<MemoryKind, string> = {
  m32fp: 'm32',
  m64fp: 'm64',
  m16int: 'm16',
  m32int: 'm32',
  m64int: 'm64',
};

/** Reads guest memory (which may fault), and notes that: as the bits of a float or as an integer. */
export function readMemory(e: Emitter, operand: Operand, kind: MemoryKind): Value<'i64'> {
  const value = e.read(operand);
  note(e, operand);
  if (kind === 'm16int') return e.let(op('i64.extend16_s', toI64(value)));
  if (kind === 'm32int') return e.let(op('i64.extend32_s', toI64(value)));
  return e.let(toI64(value));
}

export function extended(e: Emitter, bits: Value<'i64'>, kind: MemoryKind): X87Number {
  const [significand, signExponent] = e.call(
    kind === 'm32fp' ? extendBinary(32) : kind === 'm64fp' ? extendBinary(64) : extendInteger,
    bits,
  );
  return [significand, signExponent];
}

/** The number of an `st(i)` operand, for an emitter's own stack: such an emitter knows it. */
export function stackIndex(e: Emitter, operand: Operand): number {
  return Number(constantOf(e.registerNumber(operand)));
}

/** As `extended`, in line. */
export function extendedNatively(e: Emitter, bits: Value<'i64'>, kind: MemoryKind): NativeResult {
  const result = nativeResult(e.code);
  if (kind === 'm32fp' || kind === 'm64fp') nativeExtend(e.code, result, kind === 'm32fp' ? 32 : 64, bits);
  else nativeExtendInteger(e.code, result, bits);
  return result;
}

/** Ten bytes of linear memory as they are. */
export const rawExtended = (window: I32): X87Number => [load('i64.load', window), load('i32.load16_u', window, 8)];
