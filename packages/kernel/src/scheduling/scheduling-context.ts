// Scheduling context: the right to a share of the processor. The scheduler picks contexts; a context picks one of its threads.
//
//   context ─ priority, slice, budget per period, processors (mask)
//      └ threads bound to it, first the one whose turn it is; a thread that waits for a server stays in the list, because the
//        context then runs that server (donation.ts)
//
// Every process starts with a context of its own; what it forks shares it, so a process cannot grow its share by multiplying.

import type { Thread } from '../processes/thread.ts';
import type { TimerNode } from '../time/timer-queue.ts';
import { Budget } from './budget.ts';

/** Priorities are 0 to this; higher ones run first. */
export const MAX_PRIORITY = 255;
/** The bit of the one processor there is. */
const THIS_PROCESSOR = 1n;

/** What a scheduler decides about a context. */
export interface SchedulingParameters {
  /** 0 to 255. */
  readonly priority: number;
  /** Instructions per period, or nanoseconds where the budget is of time; +Infinity without a limit. */
  readonly budget: number;
  /** Nanoseconds; of no meaning without a budget. */
  readonly periodNs: number;
  /** Instructions of one turn among contexts of the same priority. */
  readonly slice: number;
  /** Processors it may run on, one bit each; without {@link THIS_PROCESSOR} it rests. */
  readonly mask: bigint;
  /**
   * The budget counts the time that passes while it runs, system calls included, as the clock measures it; else instructions, which
   * are the same in every run.
   */
  readonly isOfTime?: boolean;
}

/** What the kernel gives a context that nobody decided about: round robin, half a millisecond or so a turn. */
export const DEFAULT_PARAMETERS: SchedulingParameters = {
  priority: 128,
  budget: Number.POSITIVE_INFINITY,
  periodNs: 0,
  slice: 100_000,
  mask: 0xffff_ffff_ffff_ffffn,
};

/** The scheduler's part in the life of a context. */
export interface ContextOwner {
  /** Budget has come back. */
  replenished(context: SchedulingContext): void;
  /** A program in the kernel's own thread spent time on the context's behalf. */
  charged(context: SchedulingContext, nanoseconds: number): void;
}

export class SchedulingContext implements TimerNode {
  readonly id: number;
  /** For people: of the process it was made for. */
  readonly name: string;
  readonly budget: Budget = new Budget();
  priority: number = DEFAULT_PARAMETERS.priority;
  slice: number = DEFAULT_PARAMETERS.slice;
  mask: bigint = DEFAULT_PARAMETERS.mask;
  isOfTime = false;
  /** Left of the turn under way. */
  sliceLeft: number = DEFAULT_PARAMETERS.slice;
  /** Threads bound, and capabilities to it: with none of either the context ends. */
  references = 0;
  threads = 0;
  /** Executed on it so far, whoever did. */
  instructions = 0;
  /** Times that it had something to run and no budget for it. */
  depletions = 0;
  /** What it goes back to when the scheduler service is gone that decided about it. */
  before: SchedulingParameters | undefined;
  /** Told of a depletion. */
  onDepleted: (() => void) | undefined;
  // Run queue.
  next: SchedulingContext | undefined;
  previous: SchedulingContext | undefined;
  isQueued = false;
  // Replenishment.
  deadlineNs = 0;
  heapIndex = -1;
  sequence = 0;
  readonly #owner: ContextOwner;
  #first: Thread | undefined;
  #last: Thread | undefined;

  constructor(id: number, name: string, owner: ContextOwner) {
    this.id = id;
    this.name = name;
    this.#owner = owner;
  }

  get parameters(): SchedulingParameters {
    const { priority, slice, mask, budget, isOfTime } = this;
    return { priority, slice, mask, budget: budget.amount, periodNs: budget.periodNs, isOfTime };
  }

  /** Whether it may not run at all. */
  get rests(): boolean {
    return (this.mask & THIS_PROCESSOR) === 0n;
  }

  /** Whether it waits for budget to come back. */
  get isDepleted(): boolean {
    return this.heapIndex >= 0;
  }

  /** The thread whose turn it is. */
  get first(): Thread | undefined {
    return this.#first;
  }

  /** Adds one of its threads, last. Without effect on one that is in the list. */
  add(thread: Thread): void {
    if (thread.isListed) return;
    thread.isListed = true;
    thread.next = undefined;
    thread.previous = this.#last;
    if (this.#last === undefined) this.#first = thread;
    else this.#last.next = thread;
    this.#last = thread;
  }

  /** Takes a thread out of the list, if it is there. */
  remove(thread: Thread): void {
    if (!thread.isListed) return;
    const { next, previous } = thread;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    thread.next = undefined;
    thread.previous = undefined;
    thread.isListed = false;
  }

  /** A turn is over: the next thread, and a new slice. */
  rotate(): void {
    this.sliceLeft = this.slice;
    const first = this.#first;
    if (first === undefined || first === this.#last) return;
    this.remove(first);
    this.add(first);
  }

  expired(): void {
    this.#owner.replenished(this);
  }

  chargeNs(nanoseconds: number): void {
    this.#owner.charged(this, nanoseconds);
  }
}
