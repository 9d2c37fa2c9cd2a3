// The nine encodings that ADD, OR, ADC, SBB, AND, SUB, XOR and CMP share (SDM Vol. 2 Appendix A, opcode map).

import type { Integer, Value } from '../wasm/expression.ts';
import type { Emitter, Operand, Size } from './emitter.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';

export interface BinaryOperation {
  readonly mnemonic: string;
  /** Opcode of the `r/m8, r8` form. */
  readonly base: number;
  /** ModRM.reg of the immediate forms. */
  readonly digit: number;
  readonly options: RowOptions;
  /** Computes the result and says how flags follow once the result is written. */
  readonly operate: (
    e: Emitter,
    size: Size,
    a: Value<Integer>,
    b: Value<Integer>,
  ) => { result: Value<Integer>; setFlags: () => void };
  /** CMP and TEST keep nothing. */
  readonly discards?: boolean;
}

export function binaryBody(operation: BinaryOperation, size: Size): Body {
  return (e: Emitter, destination: Operand, source: Operand) => {
    const a = e.read(destination);
    const b = e.read(source);
    const { result, setFlags } = operation.operate(e, size, a, b);
    if (!operation.discards) e.write(destination, result);
    setFlags();
  };
}

export function binaryForms(operation: BinaryOperation): Row[] {
  const { mnemonic, base, digit, options } = operation;
  const target = operation.discards ? '' : '+';
  const hex = (offset: number): string => (base + offset).toString(16).toUpperCase().padStart(2, '0');
  const toMemory: RowOptions = operation.discards ? options : { ...options, lock: true };
  const body = (size: Size): Body => binaryBody(operation, size);
  return [
    row(mnemonic, `${hex(0)} /r`, [`${target}r/m8`, 'r8'], toMemory, body(8)),
    ...sized(mnemonic, `${hex(1)} /r`, [`${target}r/mv`, 'rv'], toMemory, body),
    row(mnemonic, `${hex(2)} /r`, [`${target}r8`, 'r/m8'], options, body(8)),
    ...sized(mnemonic, `${hex(3)} /r`, [`${target}rv`, 'r/mv'], options, body),
    row(mnemonic, `${hex(4)} ib`, [`${target}al`, 'imm8'], options, body(8)),
    ...sized(mnemonic, `${hex(5)} iz`, [`${target}accumulatorv`, 'immz'], options, body),
    row(mnemonic, `80 /${digit} ib`, [`${target}r/m8`, 'imm8'], toMemory, body(8)),
    ...sized(mnemonic, `81 /${digit} iz`, [`${target}r/mv`, 'immz'], toMemory, body),
    ...sized(mnemonic, `83 /${digit} ib`, [`${target}r/mv`, 'imm8:v'], toMemory, body),
  ];
}
