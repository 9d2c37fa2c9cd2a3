// How a region is left: a way out notes where to go on, and branches to the end for ways of its sort, where the state is stored.
//
//   to a place known beforehand   along the link of a landing record
//   at an instruction             at the interpreter's record of it: nothing of the instruction has happened
//   by a jump                     where the jump cache leads
//   by a return                   to the region that waits for it, else as by a jump
//   by a call                     as to a known place, or by a jump: but the region waits until that returns (region-calls.ts)

import { ControlFlow, type Handler } from '../interpreter/control-flow.ts';
import { EXIT } from '../interpreter/exit.ts';
import { LANDING, REGION_HEAD } from '../interpreter/record.ts';
import { FRAME } from '../state/frame-layout.ts';
import { add, eq, ltS, ne, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter, Label } from '../wasm/code-writer.ts';
import { i32, i64, type Local, load, op, type Value } from '../wasm/expression.ts';
import { awaitReturn, FrameBytes, returnIfAwaited, stackNow } from './region-calls.ts';
import {
  callByLanding,
  callByRip,
  leaveByHead,
  leaveByLanding,
  leaveByReturn,
  leaveByRip,
  leaveBySearch,
} from './region-links.ts';
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

/** What a call that leaves returns to: an offset, and a head of the block there. */
export interface ReturnPlace {
  readonly offset: number;
  readonly head: number;
}

/** The region's own function, and where that is in the table while the region is not forgotten. */
export interface Own {
  readonly self: Handler;
  readonly entry: number;
  /** Whether it notes what its calls return to, instead of waiting. */
  readonly notesReturns: boolean;
}

const SORTS = ['record', 'known', 'jump', 'return', 'knownCall', 'call'] as const;
type Sort = (typeof SORTS)[number];

/** What is written at the end for ways of one sort. */
interface End {
  readonly label: Label;
  isUsed: boolean;
}

export class RegionExits {
  readonly #code: CodeWriter;
  readonly #state: RegionState;
  readonly #counters: RegionCounters;
  readonly #records: Landings;
  readonly #own: Own;
  readonly #landings = new Map<number, number>();
  readonly #unexpected = new Map<string, number>();
  readonly #control = new ControlFlow();
  readonly #ends = new Map<Sort, End>();
  /** The landing or record that the region is left by. */
  readonly #by: Local<'i32'>;
  readonly #rip: Local<'i64'>;
  /** Of a call: a head of what it returns to, and its RIP. */
  readonly #returnHead: Local<'i32'>;
  readonly #returnRip: Local<'i64'>;
  readonly #frameBytes: FrameBytes;

  constructor(code: CodeWriter, state: RegionState, counters: RegionCounters, records: Landings, own: Own) {
    this.#code = code;
    this.#state = state;
    this.#counters = counters;
    this.#records = records;
    this.#own = own;
    this.#by = code.local('i32');
    this.#rip = code.local('i64');
    this.#returnHead = code.local('i32');
    this.#returnRip = code.local('i64');
    this.#frameBytes = new FrameBytes(code);
  }

  /** Writes the code that can leave, then what leaving does. */
  around(body: () => void): void {
    const within = (sorts: readonly Sort[]): void => {
      const [sort, ...others] = sorts;
      if (sort === undefined) {
        body();
        return;
      }
      this.#code.block((label) => {
        this.#ends.set(sort, { label, isUsed: false });
        within(others);
      });
      if (this.#ends.get(sort)!.isUsed) this.#end(sort);
      else this.#code.unreachable();
    };
    within(SORTS);
  }

  /** The function is complete. */
  settle(): void {
    this.#frameBytes.settle();
  }

  // ---- ways out, within `around`

  toOffset(offset: number, cause: 'direct' | 'poll'): void {
    this.#toLanding('known', offset, this.#landing(offset), cause);
  }

  /** A way that nobody was expected to go, out of a counted loop that starts at `loop`. */
  unexpectedly(offset: number, loop: number): void {
    const key = `${offset} from ${loop}`;
    const landing = this.#unexpected.get(key) ?? this.#records.unexpectedLanding(offset, loop);
    this.#unexpected.set(key, landing);
    this.#toLanding('known', offset, landing, 'direct');
  }

  /** To an offset, by a call. */
  callOffset(offset: number, returns: ReturnPlace): void {
    this.#willReturn(returns);
    this.#toLanding('knownCall', offset, this.#landing(offset), 'direct');
  }

  /** To an offset, if the budget is spent. */
  ifSpent(offset: number): void {
    this.#code.unlikely(ltS(this.#state.countdown, i32(0)), () => this.toOffset(offset, 'poll'));
  }

  /** At an instruction of the block that starts at `start`, by its record, which takes RIP to be the start of its page. */
  toRecord(record: number, start: number, cause: 'atInstruction' | 'untranslated'): void {
    this.#code.set(this.#by, i32(record));
    this.#code.set(this.#rip, add(this.#state.ripBase, i64(startOfPage(pageOf(start)))));
    this.#leave('record', cause);
  }

  /** By a jump, or a call that is not waited for. */
  toRip(rip: Value<'i64'>): void {
    this.#toRip('jump', rip);
  }

  callRip(rip: Value<'i64'>, returns: ReturnPlace): void {
    this.#willReturn(returns);
    this.#toRip('call', rip);
  }

  return(rip: Value<'i64'>): void {
    this.#toRip('return', rip);
  }

  #willReturn({ offset, head }: ReturnPlace): void {
    this.#code.set(this.#returnHead, i32(head));
    this.#code.set(this.#returnRip, add(this.#state.ripBase, i64(offset)));
  }

  #toLanding(sort: Sort, offset: number, landing: number, cause: 'direct' | 'poll'): void {
    this.#code.set(this.#by, i32(landing));
    this.#code.set(this.#rip, add(this.#state.ripBase, i64(offset)));
    this.#leave(sort, cause);
  }

  #toRip(sort: Sort, rip: Value<'i64'>): void {
    this.#code.set(this.#rip, rip);
    this.#leave(sort, 'indirect');
  }

  #leave(sort: Sort, cause: Parameters<RegionCounters['add']>[0]): void {
    const end = this.#ends.get(sort)!;
    end.isUsed = true;
    this.#counters.add(cause, i64(1));
    this.#state.storeDue();
    this.#code.branch(end.label);
  }

  #landing(offset: number): number {
    const known = this.#landings.get(offset) ?? this.#records.landing(offset);
    this.#landings.set(offset, known);
    return known;
  }

  // ---- the ends

  #end(sort: Sort): void {
    const code = this.#code;
    const { countdown, flags } = this.#state;
    this.#counters.add('instructions', op('i64.extend_i32_s', sub(i32(0), countdown)));
    this.#state.store();
    const rip = this.#rip;
    code.store('i64.store', i32(0), rip, FRAME.rip);
    if (sort === 'record') {
      flags.settle();
      this.#control.dispatch(code, this.#by);
      return;
    }
    code.unlikely(ltS(countdown, i32(0)), () => {
      flags.settle();
      code.return(i32(EXIT.budget));
    });
    if (sort === 'known' || sort === 'knownCall') this.#losePatience();
    if (sort === 'known') leaveByLanding(code, this.#by, rip);
    else if (sort === 'knownCall') this.#call(() => callByLanding(code, this.#by, rip));
    else if (sort === 'call') this.#call(() => callByRip(code, rip));
    else if (sort === 'return') this.#return();
    else leaveByRip(code, rip);
  }

  #return(): void {
    const code = this.#code;
    const { stackPointer } = this.#state.registers;
    returnIfAwaited(code, stackPointer);
    if (this.#own.notesReturns) leaveByReturn(code, this.#rip, stackPointer);
    else leaveByRip(code, this.#rip);
  }

  #call(call: () => Local<'i32'>): void {
    const code = this.#code;
    const { flags, registers } = this.#state;
    awaitReturn(code, this.#frameBytes, registers.stackPointer, call, () => flags.settle());
    const rip = code.let(load('i64.load', i32(0), FRAME.rip));
    code.unlikely(ne(rip, this.#returnRip), () => {
      returnIfAwaited(code, stackNow());
      leaveBySearch(code, rip);
    });
    const { self, entry } = this.#own;
    const head = this.#returnHead;
    code.unlikely(ne(load('i32.load16_u', head, REGION_HEAD.handler), i32(entry)), () => leaveByHead(code, head));
    code.returnCall(self, head);
  }

  /** A landing that is followed often has the host look whether the regions on both sides should become one (region-joins.ts). */
  #losePatience(): void {
    const code = this.#code;
    const patience = code.let(sub(load('i32.load', this.#by, LANDING.patience), i32(1)));
    code.store('i32.store', this.#by, patience, LANDING.patience);
    code.unlikely(eq(patience, i32(0)), () => {
      this.#state.flags.settle();
      this.#control.exit(code, this.#by, EXIT.busy);
    });
  }
}
