// The interpreter as a list of handlers: one for each row and address form, made from the rows' bodies.

import type { Operand } from '../isa/emitter.ts';
import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { type ControlFlow, defineHandler, type Handler } from './control-flow.ts';
import { type AddressForm, InterpreterEmitter } from './interpreter-emitter.ts';

/** Handlers that belong to no row, by their table index. */
export const SPECIAL = { stale: 0, forward: 1, continue: 2, invalidOpcode: 3, tooLong: 4 } as const;

export const ADDRESS_FORMS: readonly AddressForm[] = ['none', 'base', 'general'];

export interface HandlerTable {
  readonly handlers: readonly Handler[];
  /** Table index of (row number × 3 + address form), or −1. */
  readonly indexOf: Int32Array;
}

/** Which forms a row can take. */
export function formsOf(row: Row): readonly AddressForm[] {
  const memory = row.operands.find((operand) => operand.memorySize !== undefined);
  if (!memory) return ['none'];
  if (memory.field === 'moffs') return ['general'];
  return memory.registerClass === undefined ? ['base', 'general'] : ADDRESS_FORMS;
}

export function buildHandlers(
  instructionSet: readonly Row[],
  memory: MemoryAccess,
  control: ControlFlow,
): HandlerTable {
  const raises = (name: string, vector: number): Handler =>
    defineHandler(name, (code, record) => new InterpreterEmitter(code, record, 'none', memory, control).raise(vector));
  const handlers: Handler[] = [];
  handlers[SPECIAL.stale] = control.stale;
  handlers[SPECIAL.forward] = control.forward;
  handlers[SPECIAL.continue] = control.continue;
  handlers[SPECIAL.invalidOpcode] = raises('invalidOpcode', VECTOR.invalidOpcode);
  handlers[SPECIAL.tooLong] = raises('tooLong', VECTOR.generalProtection);
  const indexOf = new Int32Array(instructionSet.length * 3).fill(-1);
  instructionSet.forEach((row, number) => {
    for (const form of formsOf(row)) {
      indexOf[number * 3 + ADDRESS_FORMS.indexOf(form)] = handlers.length;
      handlers.push(
        defineHandler(`${row.mnemonic} ${row.encoding.text} ${form}`, (code, record) => {
          const emitter = new InterpreterEmitter(code, record, form, memory, control);
          const operands: Operand[] = row.operands.map((spec) => {
            const isMemory = spec.memorySize !== undefined && form !== 'none';
            return { spec, isMemory, size: spec.size };
          });
          row.body(emitter, ...operands);
          emitter.finish();
        }),
      );
    }
  });
  return { handlers, indexOf };
}
