// Logical instructions: AND OR XOR NOT TEST (SDM Vol. 1 §5.1.4). AF is undefined after them; it is cleared here.

import { and, not, or, xor } from '../wasm/arithmetic.ts';
import type { Integer, Value } from '../wasm/expression.ts';
import { type BinaryOperation, binaryBody, binaryForms } from './binary-forms.ts';
import type { Size } from './emitter.ts';
import { type Body, type Row, row, sized } from './row.ts';

const OPTIONS: BinaryOperation['options'] = { writes: 'oszpc', undefined: 'a' };

function logical(
  mnemonic: string,
  base: number,
  digit: number,
  combine: (a: Value<Integer>, b: Value<Integer>) => Value<Integer>,
): BinaryOperation {
  return {
    mnemonic,
    base,
    digit,
    options: OPTIONS,
    operate(e, size, a, b) {
      const result = e.let(combine(a, b));
      return { result, setFlags: () => e.flags.logic(size, result) };
    },
  };
}

const conjunction = logical('AND', 0x20, 4, and);
const test: BinaryOperation = {
  ...conjunction,
  mnemonic: 'TEST',
  options: OPTIONS,
  discards: true,
};

const testBody = (size: Size): Body => binaryBody(test, size);
const notBody = (): Body => (e, operand) => e.write(operand, not(e.read(operand)));
const notOptions = { lock: true };

export const LOGICAL: readonly Row[] = [
  ...[conjunction, logical('OR', 0x08, 1, or), logical('XOR', 0x30, 6, xor)].flatMap(binaryForms),
  row('NOT', 'F6 /2', ['+r/m8'], notOptions, notBody()),
  ...sized('NOT', 'F7 /2', ['+r/mv'], notOptions, notBody),
  row('TEST', '84 /r', ['r/m8', 'r8'], test.options, testBody(8)),
  ...sized('TEST', '85 /r', ['r/mv', 'rv'], test.options, testBody),
  row('TEST', 'A8 ib', ['al', 'imm8'], test.options, testBody(8)),
  ...sized('TEST', 'A9 iz', ['accumulatorv', 'immz'], test.options, testBody),
  // /1 is an undocumented alias that every processor executes (AMD APM Vol. 3, opcode map note).
  ...['0', '1'].flatMap((digit) => [
    row('TEST', `F6 /${digit} ib`, ['r/m8', 'imm8'], test.options, testBody(8)),
    ...sized('TEST', `F7 /${digit} iz`, ['r/mv', 'immz'], test.options, testBody),
  ]),
];
