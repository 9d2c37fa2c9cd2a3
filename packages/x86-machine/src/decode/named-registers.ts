// Which general registers a decoded instruction names, and whether those are all it touches.

import type { OperandSpec } from '../isa/operand.ts';
import type { Row } from '../isa/row.ts';

/** What of a decoded instruction says which registers it names. */
export interface RegisterFields {
  readonly row: Row;
  readonly rex: number;
  readonly reg: number;
  readonly rm: number;
  readonly vvvv: number;
  readonly isMemory: boolean;
}

export const NO_REGISTER = -1;

const PLAIN = /^V?(?:MOV|LEA|AND|OR|XOR|ADD|SUB|SAR|SHR|SHL|CMP|TEST|PXOR|U?COMI|UNPCK)/;
/** As many instructions are looked at. */
const HORIZON = 4;

/** Touches no general register but those that its operands name. */
export const namesItsRegisters = ({ mnemonic }: Row): boolean => PLAIN.test(mnemonic);

/** The general register that an operand names, or less than 0. */
export function generalRegister(instruction: RegisterFields, spec: OperandSpec): number {
  if (spec.registerClass !== 'gpr' || (spec.field === 'rm' && instruction.isMemory)) return NO_REGISTER;
  const number =
    spec.field === 'fixed'
      ? spec.fixed
      : spec.field === 'rm'
        ? instruction.rm
        : spec.field === 'vvvv'
          ? instruction.vvvv
          : instruction.reg;
  return isHighByte(instruction, spec) ? number - 4 : number;
}

/** AH, CH, DH or BH. */
export function isHighByte({ rex, rm, reg }: RegisterFields, { registerSize, field }: OperandSpec): boolean {
  const number = field === 'rm' ? rm : reg;
  return registerSize === 8 && rex === 0 && field !== 'fixed' && number >= 4 && number < 8;
}

/** Whether instructions soon give a general register another value, and look neither at this one before nor at memory, where they may fault. */
export function isRenewed(register: number, instructions: readonly RegisterFields[], from: number): boolean {
  for (let at = from; at < Math.min(from + HORIZON, instructions.length); at++) {
    const instruction = instructions[at]!;
    const { row, isMemory } = instruction;
    if (row.endsBlock || isMemory || !namesItsRegisters(row)) return false;
    const named = row.operands.filter((spec) => generalRegister(instruction, spec) === register);
    if (named.some(({ access }) => access !== 'write')) return false;
    if (named.some(({ registerSize }) => registerSize >= 32)) return true;
  }
  return false;
}
