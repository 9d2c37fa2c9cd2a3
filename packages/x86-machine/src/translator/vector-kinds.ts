// What a region's vector registers hold, found out by what its instructions do with them.
//
//   double, single   scalar arithmetic, nearly always: the low lane is a local of its own, the rest a vector beside it
//   vector           one v128 local
//
// Any kind can be read and written as any other; a wrong guess costs an instruction to take apart or put together.

import type { Instruction } from '../decode/decoder.ts';
import type { OperandSpec } from '../isa/operand.ts';

export type VectorKind = 'vector' | 'double' | 'single';

const SCALAR = /^V?(?:ADD|SUB|MUL|DIV|SQRT|MIN|MAX|COMI|UCOMI|CMP|MOV|ROUND|RCP|RSQRT|FN?M(?:ADD|SUB)\d+)(SD|SS)$/;
const CONVERSION = /^V?CVTT?(SD|SS|SI)2(SD|SS|SI)$/;
/** Moves and bitwise operations serve every kind. */
const NEUTRAL =
  /^V?(?:MOV(?:AP[SD]|UP[SD]|DQ[AU]|D|Q)|(?:AND|ANDN|OR|XOR)P[SD]|PXOR|POR|PAND|PANDN|CVTPS2PD|UNPCKLP[SD])$/;

/** A register that so many scalar instructions use for each other one is a vector still: what a float is put beside in memory each time costs more than taking it out. */
const SCALARS_A_VECTOR = 4;

const KIND_OF: Readonly<Record<string, VectorKind>> = { SD: 'double', SS: 'single' };

/** What an instruction takes an operand for; undefined when it does not matter. */
function kindOfUse(mnemonic: string, spec: OperandSpec): VectorKind | undefined {
  if (NEUTRAL.test(mnemonic)) return undefined;
  const scalar = SCALAR.exec(mnemonic);
  if (scalar) return KIND_OF[scalar[1]!];
  const conversion = CONVERSION.exec(mnemonic);
  if (conversion) return KIND_OF[conversion[spec.field === 'rm' ? 1 : 2]!];
  return 'vector';
}

const WHOLE_MOVE = /^V?MOV(?:AP[SD]|UP[SD]|DQ[AU])$/;

/** The kinds of registers 0–15 in these instructions. What is only moved is of the kind of what it is moved to or from. */
export function vectorKinds(instructions: readonly Instruction[]): VectorKind[] {
  const votes = Array.from({ length: 16 }, () => ({ vector: 0, double: 0, single: 0 }));
  for (const instruction of instructions) {
    const { mnemonic, operands } = instruction.row;
    for (const spec of operands) {
      if (spec.registerClass !== 'xmm' || (spec.field === 'rm' && instruction.isMemory)) continue;
      const kind = kindOfUse(mnemonic, spec);
      if (kind === undefined) continue;
      const number = registerOf(instruction, spec);
      if (number < 16) votes[number]![kind]++;
    }
  }
  for (const { row, isMemory, reg, rm } of instructions) {
    if (isMemory || !WHOLE_MOVE.test(row.mnemonic) || reg > 15 || rm > 15) continue;
    const [one, other] = [votes[reg]!, votes[rm]!];
    if (isUndecided(one)) Object.assign(one, other);
    else if (isUndecided(other)) Object.assign(other, one);
  }
  return votes.map(({ vector, double, single }) => {
    if (vector * SCALARS_A_VECTOR >= Math.max(double, single)) return 'vector';
    return double >= single ? 'double' : 'single';
  });
}

const isUndecided = ({ vector, double, single }: Record<VectorKind, number>): boolean => vector + double + single === 0;

/** The vector register that an operand names, where it names one. */
export function registerOf(instruction: Instruction, { field, fixed }: OperandSpec): number {
  if (field === 'fixed') return fixed;
  if (field === 'rm') return instruction.rm;
  return field === 'vvvv' ? instruction.vvvv : instruction.reg;
}
