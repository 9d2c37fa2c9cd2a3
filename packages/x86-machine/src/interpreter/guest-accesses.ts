// How a handler reaches guest memory: a look into the TLB, and a call where that fails.
//
//   hit ─▶ linear address          miss ─▶ walk, bounce buffer for what is not plain RAM, or a fault: the handler is left

import { ANY_ALIGNMENT, type MemoryAccess, THROUGH_STACK } from '../mmu/memory-access.ts';
import { BOUNCE_LIMIT, TLB_ADDEND, TLB_BASE, TLB_READ_TAG, TLB_WRITE_TAG } from '../state/cpu-state.ts';
import { add, eq, eqz, ltU, or, shl, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { call, i32, type Local, load, select, type Value } from '../wasm/expression.ts';
import type { StoreName } from '../wasm/operators.ts';
import type { ControlFlow } from './control-flow.ts';
import type { HandlerEffects } from './handler-effects.ts';
import { type AddressForm, RECORD } from './record.ts';

export class GuestAccesses {
  readonly #code: CodeWriter;
  readonly #record: Value<'i32'>;
  readonly #form: AddressForm;
  readonly #memory: MemoryAccess;
  readonly #control: ControlFlow;
  readonly #effects: HandlerEffects;
  readonly #accessBits: number;

  /** @param ignoresAlignment accesses are never #AC */
  constructor(
    code: CodeWriter,
    record: Value<'i32'>,
    form: AddressForm,
    memory: MemoryAccess,
    control: ControlFlow,
    effects: HandlerEffects,
    ignoresAlignment: boolean,
  ) {
    this.#code = code;
    this.#record = record;
    this.#form = form;
    this.#memory = memory;
    this.#control = control;
    this.#effects = effects;
    this.#accessBits = ignoresAlignment ? ANY_ALIGNMENT : 0;
  }

  #segmentOfRecord(): Value<'i32'> {
    if (this.#form === 'none') return i32(0);
    return shl(load('i32.load8_u', this.#record, RECORD.stack), i32(Math.log2(THROUGH_STACK)));
  }

  /** Where `bytes` at `address` can be read, after a hit or a miss; leaves the handler on a fault. */
  locate(address: Value<'i64'>, bytes: number, kind: 'read' | 'modify' | 'write', stack?: boolean): Local<'i32'> {
    const code = this.#code;
    this.#effects.leaves = true;
    if (kind !== 'read') this.#effects.stores = true;
    const ea = code.let(address);
    const entry = code.let(this.#memory.tlbEntry(ea));
    const location = code.local('i32');
    const tag = TLB_BASE + (kind === 'read' ? TLB_READ_TAG : TLB_WRITE_TAG);
    code.if(
      eq(load('i64.load', entry, tag), this.#memory.wantedTag(ea, bytes)),
      () => code.set(location, add(toI32(ea), load('i32.load', entry, TLB_ADDEND + TLB_BASE))),
      () => {
        const segment = stack ? i32(THROUGH_STACK) : this.#segmentOfRecord();
        const miss = { read: this.#memory.readMiss, modify: this.#memory.modifyMiss, write: this.#memory.writeMiss }[
          kind
        ];
        code.set(location, call(miss, ea, or(segment, i32(bytes | this.#accessBits))));
        code.unlikely(eqz(location), () => this.#control.fault(code, this.#record));
      },
      'likely',
    );
    return location;
  }

  /** The linear address behind a TLB hit, or 0: an entry stands for a whole page of RAM. */
  resident(address: Value<'i64'>, tag: number): Value<'i32'> {
    const ea = this.#code.let(address);
    const entry = this.#code.let(this.#memory.tlbEntry(ea));
    const hit = eq(load('i64.load', entry, TLB_BASE + tag), this.#memory.wantedTag(ea, 1));
    return this.#code.let(select(hit, add(toI32(ea), load('i32.load', entry, TLB_ADDEND + TLB_BASE)), i32(0)));
  }

  /** What was stored to the bounce buffer goes where it belongs. */
  commit(location: Value<'i32'>): void {
    this.#code.unlikely(ltU(location, i32(BOUNCE_LIMIT)), () => void this.#code.call(this.#memory.commit));
  }

  /** Stores so many bytes by the instruction of that name. */
  store(name: StoreName, bytes: number, address: Value<'i64'>, value: Value, stack = false): void {
    const snapshot = value.node.kind === 'constant' || value.node.kind === 'local' ? value : this.#code.let(value);
    const location = this.locate(address, bytes, 'write', stack);
    this.#code.store(name, location, snapshot);
    this.commit(location);
  }
}
