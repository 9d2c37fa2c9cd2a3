// Binary arithmetic: ADD ADC SUB SBB CMP INC DEC NEG (SDM Vol. 1 §5.1.2).

import { add, constantLike, sub } from '../wasm/arithmetic.ts';
import { type BinaryOperation, binaryForms } from './binary-forms.ts';
import type { Emitter, Operand, Size } from './emitter.ts';
import { widen } from './integer.ts';
import { type Body, type Row, row, sized } from './row.ts';

const ALL_FLAGS = 'oszapc';

const addition: BinaryOperation = {
  mnemonic: 'ADD',
  base: 0x00,
  digit: 0,
  options: { writes: ALL_FLAGS },
  operate(e, size, a, b) {
    const result = e.let(add(a, b));
    return { result, setFlags: () => e.flags.add(size, a, b, result) };
  },
};

const additionWithCarry: BinaryOperation = {
  mnemonic: 'ADC',
  base: 0x10,
  digit: 2,
  options: { reads: 'c', writes: ALL_FLAGS },
  operate(e, size, a, b) {
    const result = e.let(add(add(a, b), widen(size, e.flag('cf'))));
    return { result, setFlags: () => e.flags.add(size, a, b, result, true) };
  },
};

const subtraction: BinaryOperation = {
  mnemonic: 'SUB',
  base: 0x28,
  digit: 5,
  options: { writes: ALL_FLAGS },
  operate(e, size, a, b) {
    const result = e.let(sub(a, b));
    return { result, setFlags: () => e.flags.sub(size, a, b, result) };
  },
};

const subtractionWithBorrow: BinaryOperation = {
  mnemonic: 'SBB',
  base: 0x18,
  digit: 3,
  options: { reads: 'c', writes: ALL_FLAGS },
  operate(e, size, a, b) {
    const result = e.let(sub(sub(a, b), widen(size, e.flag('cf'))));
    return { result, setFlags: () => e.flags.sub(size, a, b, result, true) };
  },
};

const comparison: BinaryOperation = {
  ...subtraction,
  mnemonic: 'CMP',
  base: 0x38,
  digit: 7,
  options: { writes: ALL_FLAGS },
  discards: true,
};

/** INC, DEC and NEG: one operand, read and written. */
function unary(
  mnemonic: string,
  opcode: readonly [string, string],
  writes: string,
  operate: (e: Emitter, size: Size, operand: Operand) => void,
): Row[] {
  const body =
    (size: Size): Body =>
    (e, operand) =>
      operate(e, size, operand);
  const options = { writes, lock: true };
  return [
    row(mnemonic, opcode[0], ['+r/m8'], options, body(8)),
    ...sized(mnemonic, opcode[1], ['+r/mv'], options, body),
  ];
}

export const ARITHMETIC: readonly Row[] = [
  ...[addition, additionWithCarry, subtraction, subtractionWithBorrow, comparison].flatMap(binaryForms),
  ...unary('INC', ['FE /0', 'FF /0'], 'oszap', (e, size, operand) => {
    const a = e.read(operand);
    const result = e.let(add(a, constantLike(a, 1)));
    e.write(operand, result);
    e.flags.inc(size, result);
  }),
  ...unary('DEC', ['FE /1', 'FF /1'], 'oszap', (e, size, operand) => {
    const a = e.read(operand);
    const result = e.let(sub(a, constantLike(a, 1)));
    e.write(operand, result);
    e.flags.dec(size, result);
  }),
  ...unary('NEG', ['F6 /3', 'F7 /3'], ALL_FLAGS, (e, size, operand) => {
    const a = e.read(operand);
    const zero = constantLike(a, 0);
    const result = e.let(sub(zero, a));
    e.write(operand, result);
    e.flags.sub(size, zero, a, result);
  }),
];
