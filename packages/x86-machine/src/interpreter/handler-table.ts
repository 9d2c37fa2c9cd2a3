// The interpreter's handlers: one for each row and address form, made from the rows' bodies.

import type { Operand } from '../isa/emitter.ts';
import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { type ControlFlow, defineHandler, type Handler } from './control-flow.ts';
import { type AddressForm, InterpreterEmitter } from './interpreter-emitter.ts';

/** Handlers that belong to no row, by their table index. */
export const SPECIAL = { stale: 0, forward: 1, continue: 2, invalidOpcode: 3, tooLong: 4 } as const;

export const ADDRESS_FORMS: readonly AddressForm[] = ['none', 'base', 'general'];

/** Which forms a row can take. */
export function formsOf(row: Row): readonly AddressForm[] {
  const memory = row.operands.find((operand) => operand.memorySize !== undefined);
  if (!memory) return ['none'];
  if (memory.field === 'moffs') return ['general'];
  return memory.registerClass === undefined ? ['base', 'general'] : ADDRESS_FORMS;
}

/** The handlers that every machine needs, in the order of SPECIAL. */
export function specialHandlers(memory: MemoryAccess, control: ControlFlow): Handler[] {
  const raises = (name: string, vector: number): Handler =>
    defineHandler(name, (code, record) => new InterpreterEmitter(code, record, 'none', memory, control).raise(vector));
  const handlers: Handler[] = [];
  handlers[SPECIAL.stale] = control.stale;
  handlers[SPECIAL.forward] = control.forward;
  handlers[SPECIAL.continue] = control.continue;
  handlers[SPECIAL.invalidOpcode] = raises('invalidOpcode', VECTOR.invalidOpcode);
  handlers[SPECIAL.tooLong] = raises('tooLong', VECTOR.generalProtection);
  return handlers;
}

/** The handler of one form of a row, made from its body. */
export function rowHandler(row: Row, form: AddressForm, memory: MemoryAccess, control: ControlFlow): Handler {
  return defineHandler(`${row.mnemonic} ${row.encoding.text} ${form}`, (code, record) => {
    const emitter = new InterpreterEmitter(code, record, form, memory, control);
    const operands: Operand[] = row.operands.map((spec) => {
      const isMemory = spec.memorySize !== undefined && form !== 'none';
      return { spec, isMemory, size: spec.size };
    });
    row.body(emitter, ...operands);
    emitter.finish();
  });
}
