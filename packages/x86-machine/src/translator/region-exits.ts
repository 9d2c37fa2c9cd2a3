// How a region is left: notes where to go on, and branches to the end of its code, where its state is stored.
//
//   to a place known beforehand   along the link of a landing record
//   at an instruction             at the interpreter's record of it: nothing of the instruction has happened
//   to a RIP                      where the return cache or the jump cache leads

import { ControlFlow } from '../interpreter/control-flow.ts';
import { EXIT } from '../interpreter/exit.ts';
import { LANDING } from '../interpreter/record.ts';
import { FRAME } from '../state/frame-layout.ts';
import { add, eq, ltS, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { i32, i64, type Local, load, op, type Value } from '../wasm/expression.ts';
import { leaveByLanding, leaveByRip, slotOfJump, slotOfReturn } from './region-links.ts';
import { pageOf, startOfPage } from './region-pages.ts';
import type { RegionState } from './region-state.ts';
import type { RegionCounters } from './tier-statistics.ts';

/** Makes what ways out lead by. */
export interface Landings {
  /** A landing for an offset. */
  landing(offset: number): number;
  /** The same for a way that nobody was expected to go, out of a counted loop that starts at `loop`. */
  unexpectedLanding(offset: number, loop: number): number;
}

export class RegionExits {
  readonly #code: CodeWriter;
  readonly #state: RegionState;
  readonly #counters: RegionCounters;
  readonly #records: Landings;
  readonly #landings = new Map<number, number>();
  readonly #unexpected = new Map<string, number>();
  readonly #control = new ControlFlow();
  // One of the three says how the region is left: a landing's link, a record of the interpreter's, which takes RIP to be the start of its
  // page, or neither, for the RIP.
  readonly #link: Local<'i32'>;
  readonly #record: Local<'i32'>;
  readonly #rip: Local<'i64'>;
  /** Where the RIP is looked up. */
  readonly #slot: Local<'i32'>;
  #end: Label | undefined;

  constructor(code: CodeWriter, state: RegionState, counters: RegionCounters, records: Landings) {
    this.#code = code;
    this.#state = state;
    this.#counters = counters;
    this.#records = records;
    this.#link = code.local('i32');
    this.#record = code.local('i32');
    this.#rip = code.local('i64');
    this.#slot = code.local('i32');
  }

  /** Writes the code that can leave, then what leaving does. */
  around(body: () => void): void {
    this.#code.block((end) => {
      this.#end = end;
      body();
    });
    this.#counters.add('instructions', op('i64.extend_i32_s', sub(i32(0), this.#state.countdown)));
    this.#state.store();
    this.#goOn();
  }

  // ---- ways out, within `around`

  toOffset(offset: number, cause: 'direct' | 'poll'): void {
    this.#counters.add(cause, i64(1));
    this.#state.storeDue();
    this.#goTo(offset, this.#landing(offset));
  }

  /** A way that nobody was expected to go, out of a counted loop that starts at `loop`. */
  unexpectedly(offset: number, loop: number): void {
    this.#counters.add('direct', i64(1));
    this.#state.storeDue();
    const key = `${offset} from ${loop}`;
    const landing = this.#unexpected.get(key) ?? this.#records.unexpectedLanding(offset, loop);
    this.#unexpected.set(key, landing);
    this.#goTo(offset, landing);
  }

  #goTo(offset: number, landing: number): void {
    this.#code.set(this.#link, i32(landing));
    this.#code.set(this.#rip, add(this.#state.ripBase, i64(offset)));
    this.#code.branch(this.#end!);
  }

  /** To an offset, if the budget is spent. */
  ifSpent(offset: number): void {
    this.#code.unlikely(ltS(this.#state.countdown, i32(0)), () => this.toOffset(offset, 'poll'));
  }

  /** At an instruction of the block that starts at `start`, by its record. */
  toRecord(record: number, start: number, cause: 'atInstruction' | 'untranslated'): void {
    this.#counters.add(cause, i64(1));
    this.#state.storeDue();
    this.#code.set(this.#record, i32(record));
    this.#code.set(this.#rip, add(this.#state.ripBase, i64(startOfPage(pageOf(start)))));
    this.#code.branch(this.#end!);
  }

  /** @param stack where the way out is a return, RSP after it */
  toRip(rip: Value<'i64'>, stack?: Value<'i64'>): void {
    this.#counters.add('indirect', i64(1));
    this.#code.set(this.#slot, stack ? slotOfReturn(stack) : slotOfJump(rip));
    this.#state.storeDue();
    this.#code.set(this.#rip, rip);
    this.#code.branch(this.#end!);
  }

  #landing(offset: number): number {
    const known = this.#landings.get(offset) ?? this.#records.landing(offset);
    this.#landings.set(offset, known);
    return known;
  }

  // ---- the end

  #goOn(): void {
    const code = this.#code;
    const { countdown, flags } = this.#state;
    const settle = (): void => flags.settle();
    code.store('i64.store', i32(0), this.#rip, FRAME.rip);
    code.unlikely(this.#record, () => {
      settle();
      this.#control.dispatch(code, this.#record);
    });
    code.unlikely(ltS(countdown, i32(0)), () => {
      settle();
      code.return(i32(EXIT.budget));
    });
    code.if(this.#link, () => {
      this.#losePatience(settle);
      leaveByLanding(code, this.#link, this.#rip);
    });
    leaveByRip(code, this.#rip, this.#slot);
  }

  /** A landing that is followed often has the host look whether the regions on both sides should become one (region-joins.ts). */
  #losePatience(settle: () => void): void {
    const code = this.#code;
    const patience = code.let(sub(load('i32.load', this.#link, LANDING.patience), i32(1)));
    code.store('i32.store', this.#link, patience, LANDING.patience);
    code.unlikely(eq(patience, i32(0)), () => {
      settle();
      this.#control.exit(code, this.#link, EXIT.busy);
    });
  }
}
