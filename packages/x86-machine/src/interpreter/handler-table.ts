// The interpreter's handlers: one for each row and address form, made from the rows' bodies.

import type { Operand } from '../isa/emitter.ts';
import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { add } from '../wasm/arithmetic.ts';
import { i32 } from '../wasm/expression.ts';
import { type ControlFlow, defineHandler, type Handler } from './control-flow.ts';
import type { HandlerEffects } from './handler-effects.ts';
import { InterpreterEmitter } from './interpreter-emitter.ts';
import { type AddressForm, RECORD_BYTES } from './record.ts';

/** Handlers that belong to no row, by their table index. */
export const SPECIAL = {
  stale: 0,
  forward: 1,
  continue: 2,
  invalidOpcode: 3,
  tooLong: 4,
  count: 5,
  breakpoint: 6,
  deviceNotAvailable: 7,
  forgotten: 8,
} as const;

export const ADDRESS_FORMS: readonly AddressForm[] = ['none', 'base', 'general', 'segment'];

/** Which forms a row can take, but for `segment`, which few programs use. */
export function formsOf(row: Row): readonly AddressForm[] {
  const memory = row.operands.find((operand) => operand.memorySize !== undefined);
  if (!memory) return ['none'];
  if (memory.field === 'moffs') return ['general'];
  return memory.registerClass === undefined ? ['base', 'general'] : ['none', 'base', 'general'];
}

/** The handlers that every machine needs, in the order of SPECIAL. */
export function specialHandlers(memory: MemoryAccess, control: ControlFlow): Handler[] {
  const raises = (name: string, vector: number): Handler =>
    defineHandler(name, (code, record) => new InterpreterEmitter(code, record, 'none', memory, control).raise(vector));
  const handlers: Handler[] = [];
  handlers[SPECIAL.stale] = control.stale;
  handlers[SPECIAL.forward] = control.forward;
  handlers[SPECIAL.forgotten] = control.forgotten;
  handlers[SPECIAL.continue] = control.continue;
  handlers[SPECIAL.count] = control.count;
  handlers[SPECIAL.breakpoint] = control.breakpoint;
  handlers[SPECIAL.invalidOpcode] = raises('invalidOpcode', VECTOR.invalidOpcode);
  handlers[SPECIAL.tooLong] = raises('tooLong', VECTOR.generalProtection);
  handlers[SPECIAL.deviceNotAvailable] = raises('deviceNotAvailable', VECTOR.deviceNotAvailable);
  return handlers;
}

const operandsOf = (row: Row, form: AddressForm): Operand[] =>
  row.operands.map((spec) => ({ spec, isMemory: spec.memorySize !== undefined && form !== 'none', size: spec.size }));

export interface RowHandlerOptions {
  readonly discardsFlags?: boolean;
  /** A conditional branch that follows, executed by the same handler. */
  readonly branch?: Row | undefined;
  /** Told what the body did, once it has been emitted. */
  readonly observe?: (effects: HandlerEffects) => void;
}

/** The handler of one form of a row, made from its body; with `branch`, of that row and the next record's. */
export function rowHandler(
  row: Row,
  form: AddressForm,
  memory: MemoryAccess,
  control: ControlFlow,
  { discardsFlags = false, branch, observe }: RowHandlerOptions = {},
): Handler {
  const name = `${row.mnemonic} ${row.encoding.text} ${form}${branch ? ` + ${branch.mnemonic}` : ''}`;
  return defineHandler(name, (code, record) => {
    const { ignoresAlignment = false } = row;
    const emitter = new InterpreterEmitter(code, record, form, memory, control, { discardsFlags, ignoresAlignment });
    row.body(emitter, ...operandsOf(row, form));
    if (!branch) {
      emitter.finish();
      observe?.(emitter.effects);
      return;
    }
    const next = code.let(add(record, i32(RECORD_BYTES)));
    const second = new InterpreterEmitter(code, next, 'none', memory, control, { known: emitter.effects.known });
    branch.body(second, ...operandsOf(branch, 'none'));
    second.finish();
  });
}
