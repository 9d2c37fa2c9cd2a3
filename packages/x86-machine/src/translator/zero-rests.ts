// Which scalar registers of a region have nothing but zeros beside their low lane, if they have when it is entered.
//
// Scalar loads clear the rest of their register, arithmetic and conversions keep it, and compilers put nothing else in between. So a
// region looks once, at its entry, instead of clearing memory at each load.

import type { Instruction } from '../decode/decoder.ts';
import type { OperandSpec } from '../isa/operand.ts';
import { FRAME, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';
import { or } from '../wasm/arithmetic.ts';
import { i32, i64, load, op, type Value } from '../wasm/expression.ts';
import { registerOf, type VectorKind } from './vector-kinds.ts';

/** These change the low lane alone. */
const LOW_LANE = /^(?:(?:ADD|SUB|MUL|DIV|SQRT|MIN|MAX|ROUND|RCP|RSQRT|CMP)(?:SD|SS)|CVTSI2S[DS]|CVTSD2SS|CVTSS2SD)$/;
/** With a VEX prefix those take the rest from another register; these don't. */
const FUSED = /^VFN?M(?:ADD|SUB)\d+S[DS]$/;
/** These clear the rest when they load, and leave it when they copy. */
const SCALAR_MOVE = /^MOVS[DS]$/;
/** These clear it in any case, */
const CLEARING = /^MOV[DQ]$/;
/** and these copy all, */
const WHOLE_MOVE = /^MOV(?:AP[SD]|UP[SD]|DQ[AU])$/;
/** and these clear all where both operands are the same. */
const EXCLUSIVE_OR = /^(?:XORP[SD]|PXOR)$/;

const KIND_OF_LANE: Readonly<Record<string, VectorKind>> = {
  SD: 'double',
  Q: 'double',
  SS: 'single',
  D: 'single',
};

/**
 * Of the 16 registers as bits: those that keep a rest of zeros, and of them those for which that spares something.
 * @param now what `zeroRestsNow` gave
 */
export function zeroRests(instructions: readonly Instruction[], kinds: readonly VectorKind[], now: number): number {
  const isClear = (kind: VectorKind, number: number): boolean =>
    kind !== 'vector' && ((now >> (kind === 'double' ? number : number + 16)) & 1) !== 0;
  let kept = kinds.reduce((bits, kind, number) => (isClear(kind, number) ? bits | (1 << number) : bits), 0);
  let cleared = 0;
  for (let before = -1; before !== kept; ) {
    before = kept;
    for (const instruction of instructions) {
      for (const spec of instruction.row.operands) {
        if (!writesVector(instruction, spec)) continue;
        const number = registerOf(instruction, spec);
        const bit = 1 << number;
        const effect = effectOf(instruction, kinds, number, kept);
        if (effect === 'unknown') kept &= ~bit;
        else if (effect === 'clears') cleared |= bit;
        else if (effect === 'copies') cleared |= (1 << instruction.rm) | (1 << instruction.reg);
        else if (effect === 'merges') cleared |= (1 << instruction.vvvv) | bit;
      }
    }
  }
  return kept & cleared;
}

const writesVector = (instruction: Instruction, spec: OperandSpec): boolean =>
  spec.registerClass === 'xmm' && spec.access !== 'read' && !(spec.field === 'rm' && instruction.isMemory);

/** What an instruction does to the rest of the register that it writes. */
function effectOf(
  { row, isMemory, rm, reg, vvvv }: Instruction,
  kinds: readonly VectorKind[],
  written: number,
  kept: number,
): 'keeps' | 'clears' | 'copies' | 'merges' | 'unknown' {
  const isVex = row.encoding.vex !== undefined;
  const mnemonic = isVex ? row.mnemonic.slice(1) : row.mnemonic;
  // What is rest to a single is not to a double.
  const isOfKind = KIND_OF_LANE[mnemonic.slice(mnemonic.startsWith('MOV') ? 3 : -2)] === kinds[written];
  const isAlike = (other: number): boolean =>
    kinds[other] === kinds[written] && ((kept >> other) & (kept >> written) & 1) !== 0;
  const merges = isVex && isAlike(vvvv) ? 'merges' : 'unknown';
  if (FUSED.test(row.mnemonic)) return isOfKind ? 'keeps' : 'unknown';
  if (LOW_LANE.test(mnemonic)) return !isOfKind ? 'unknown' : isVex ? merges : 'keeps';
  if (SCALAR_MOVE.test(mnemonic) && isOfKind) return isMemory ? 'clears' : isVex ? merges : 'keeps';
  if (CLEARING.test(mnemonic) && isOfKind) return 'clears';
  if (isMemory) return 'unknown';
  if (EXCLUSIVE_OR.test(mnemonic) && rm === (isVex ? vvvv : reg)) return 'clears';
  // Whichever of the two is the source.
  return WHOLE_MOVE.test(mnemonic) && isAlike(rm) && isAlike(reg) ? 'copies' : 'unknown';
}

/** Not 0 where the rest of one of these registers is not zero in the thread frame. */
export function anyRest(registers: number, kinds: readonly VectorKind[]): Value<'i32'> {
  let bits: Value<'i64'> = i64(0);
  for (let number = 0; number < 16; number++) {
    if (!((registers >> number) & 1)) continue;
    const at = FRAME.xmm + number * XMM_STRIDE_BYTES;
    bits = or(bits, load('i64.load', i32(0), at + 8));
    if (kinds[number] === 'single') bits = or(bits, load('i64.load32_u', i32(0), at + 4));
  }
  return op('i64.ne', bits, i64(0));
}

/**
 * Registers, as bits, that have nothing but zeros beside their low lane now: beside a double in bits 0–15, beside a single
 * in bits 16–31.
 */
export function zeroRestsNow(frame: DataView): number {
  let registers = 0;
  for (let number = 0; number < 16; number++) {
    const at = FRAME.xmm + number * XMM_STRIDE_BYTES;
    if (frame.getBigUint64(at + 8, true) !== 0n) continue;
    registers |= 1 << number;
    if (frame.getUint32(at + 4, true) === 0) registers |= 1 << (number + 16);
  }
  return registers;
}
