// Whether code that stores MXCSR wants nothing of it but the rounding mode, as sin() and its kin in C libraries do:
//
//   stmxcsr [m] · mov a, [m] · mov b, a · and bh, 9f · mov [n], b · and a, 6000 · jne
//
// What was loaded may be copied and stored, to be put back by LDMXCSR should the mode have to change, and a part of it looked at in which
// there are no exception flags. Anything else that is done with it before control goes elsewhere is taken for a look at the flags.

import { generalRegister, isHighByte, NO_REGISTER, namesItsRegisters, type RegisterFields } from './named-registers.ts';

/** As many instructions are looked at. */
const HORIZON = 12;
const EXCEPTION_FLAGS = 0x3f;

/** A decoded instruction, as far as that needs to be known: registers that there are none of are less than 0. */
export interface Looked extends RegisterFields {
  readonly base: number;
  readonly index: number;
  readonly scale: number;
  readonly displacement: number;
  readonly segment: number;
  readonly immediateLow: number;
}

/** Decodes what is at a place among the bytes; the place behind it, or less than 0. */
export type DecodeNext<Into extends Looked> = (at: number, into: Into) => number;

/**
 * @param stored the instruction that stores MXCSR
 * @param start the place behind it
 * @param instruction to be used for those that follow
 */
export function looksAtRoundingAlone<Into extends Looked>(
  stored: Looked,
  start: number,
  next: DecodeNext<Into>,
  instruction: Into,
): boolean {
  /** General registers, as bits, that may hold exception flags. */
  let holders = 0;
  let isMasked = false;
  let at = start;
  for (let count = 0; count < HORIZON; count++) {
    at = next(at, instruction);
    if (at < 0) break;
    const { row } = instruction;
    const { operands, mnemonic } = row;
    if (row.endsBlock || !namesItsRegisters(row)) break;
    const holds = (register: number): boolean => register >= 0 && ((holders >> register) & 1) !== 0;
    if (instruction.isMemory && (holds(instruction.base) || holds(instruction.index))) return false;
    const [destination, source] = operands;
    const target = destination ? generalRegister(instruction, destination) : NO_REGISTER;
    const isCopy = mnemonic === 'MOV' && source !== undefined;
    const takesPart = (mnemonic === 'AND' || mnemonic === 'TEST') && source?.field === 'immediate' && holds(target);
    if (takesPart) {
      const isHigh = isHighByte(instruction, destination!);
      if (!isHigh && (instruction.immediateLow & EXCEPTION_FLAGS) !== 0) return false;
      isMasked = true;
      if (mnemonic === 'AND' && !isHigh) holders &= ~(1 << target);
      continue;
    }
    const isRead = operands.some((spec) => spec.access !== 'write' && holds(generalRegister(instruction, spec)));
    if (isRead && !isCopy) return false;
    const isLoaded = isCopy && source.field === 'rm' && isSamePlace(instruction, stored);
    if (target < 0 || destination!.access === 'read') continue;
    if (isRead || isLoaded) holders |= 1 << target;
    else if (destination!.registerSize >= 32) holders &= ~(1 << target);
  }
  return isMasked;
}

const isSamePlace = (one: Looked, other: Looked): boolean =>
  one.isMemory &&
  one.base === other.base &&
  one.index === other.index &&
  one.scale === other.scale &&
  one.displacement === other.displacement &&
  one.segment === other.segment;
