// The MMX side of the x87 registers: entering MMX state, and the shape of its rows (SDM 1 §9.5, 3A §13.2).
//
// Every MMX instruction but EMMS sets TOP to 0 and all tags to valid; a register it writes gets all ones above its 64 bits.

import { FRAME } from '../state/frame-layout.ts';
import { and, ne } from '../wasm/arithmetic.ts';
import { i32, lane, op, type Value } from '../wasm/expression.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Row, row } from './row.ts';
import { quadwordsOf, VECTOR_MF, type Vector } from './sse-vector.ts';

/** x87 status: the error-summary bit is set while an unmasked exception waits. */
const ERROR_SUMMARY = 0x80;
const TOP_FIELD = 0x3800;

/** #MF for what an earlier x87 instruction left pending. Before anything that may fault. */
export function mmxCheck(e: Emitter): void {
  e.raiseIf(ne(and(e.readState('i32', FRAME.x87Status), i32(ERROR_SUMMARY)), i32(0)), VECTOR_MF);
}

/** TOP = 0 and every tag valid. After everything that may fault. */
export function mmxEnter(e: Emitter): void {
  // Status and tag words are neighbours: one 32-bit write sets both.
  const status = and(e.readState('i32', FRAME.x87Status), i32(0xffff & ~TOP_FIELD));
  e.writeState(FRAME.x87Status, status);
}

/** Enters MMX state and writes a register, whose upper 16 bits become ones. */
export function mmxWrite(e: Emitter, operand: Operand, value: Value<'i64'>): void {
  const result = e.let(value);
  mmxEnter(e);
  e.writeAs(operand, lane('i64x2.replace_lane', 0, quadwordsOf(0n, 0xffffn), result));
}

export const lowOf = (value: Vector): Value<'i64'> => lane('i64x2.extract_lane', 0, value);
/** An MMX operand as a vector with the same quadword twice. */
export const readMmx = (e: Emitter, operand: Operand): Vector => e.let(op('i64x2.splat', e.readAs(operand, 'i64')));

/** `mm op= mm/m64`; the low quadword of the operation's result is kept. */
export function mmxRow(
  mnemonic: string,
  encoding: string,
  feature: string,
  operation: (a: Vector, b: Vector, e: Emitter) => Vector,
): Row {
  return row(mnemonic, encoding, ['+mm1', 'mm2/m64'], { feature }, (e, destination, source) => {
    mmxCheck(e);
    const b = readMmx(e, source!);
    const a = readMmx(e, destination!);
    mmxWrite(e, destination!, lowOf(operation(a, b, e)));
  });
}
