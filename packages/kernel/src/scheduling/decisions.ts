// Decisions: who may say how contexts are scheduled, and what holds when whoever said so is gone.
//
//   nobody attends   whoever holds SchedulingPolicy configures, and it stays
//   one attends      only that process configures; each context remembers how it was before
//       └─ lease over, end of the process, resigned, another attends ─▶ every context is again as it was before
//
// So a scheduler service that dies or stalls takes its decisions with it, and the kernel's round robin goes on.

import { CapError } from '@capos/abi';
import type { Process } from '../processes/process.ts';
import type { MonotonicClock } from '../time/monotonic-clock.ts';
import type { TimerNode, TimerQueue } from '../time/timer-queue.ts';
import type { Scheduler } from './scheduler.ts';
import { DEFAULT_PARAMETERS, type SchedulingContext, type SchedulingParameters } from './scheduling-context.ts';

export interface DecisionsOptions {
  readonly scheduler: Scheduler;
  readonly clock: MonotonicClock;
  readonly timers: TimerQueue;
  readonly log: (line: string) => void;
}

export class Decisions implements TimerNode {
  deadlineNs = 0;
  heapIndex = -1;
  sequence = 0;
  readonly #scheduler: Scheduler;
  readonly #clock: MonotonicClock;
  readonly #timers: TimerQueue;
  readonly #log: (line: string) => void;
  /** Processes whose end is listened for. */
  readonly #watched: WeakSet<Process> = new WeakSet();
  /** Processes that the one in charge put on other contexts. */
  readonly #moved: Set<Process> = new Set();
  #attending: Process | undefined;

  constructor({ scheduler, clock, timers, log }: DecisionsOptions) {
    this.#scheduler = scheduler;
    this.#clock = clock;
    this.#timers = timers;
    this.#log = log;
  }

  /** The process in charge, if one is. */
  get attending(): Process | undefined {
    return this.#attending;
  }

  /** Takes or keeps charge for so long. */
  attend(process: Process, leaseNs: number): void {
    if (this.#attending !== process) {
      if (this.#attending !== undefined) this.#undo(`is replaced by ${process.name}`);
      this.#attending = process;
      if (!this.#watched.has(process)) {
        this.#watched.add(process);
        process.ended.push(() => {
          if (this.#attending === process) this.#undo('has ended');
        });
      }
    }
    this.#timers.cancel(this);
    this.#timers.add(this, this.#clock.nowNs() + leaseNs);
  }

  resign(process: Process): void {
    if (this.#attending === process) this.#undo('has resigned');
  }

  /** @throws CapError failed when another process is in charge */
  configure(process: Process, context: SchedulingContext, parameters: SchedulingParameters): void {
    this.#check(process);
    if (this.#attending === process) context.before ??= context.parameters;
    this.#scheduler.configure(context, parameters);
  }

  /** @throws CapError failed when another process is in charge */
  create(process: Process, name: string, parameters: SchedulingParameters): SchedulingContext {
    this.#check(process);
    const context = this.#scheduler.createContext(name, parameters);
    if (this.#attending === process) context.before = DEFAULT_PARAMETERS;
    return context;
  }

  /** Puts all threads of a process on a context, or on none. @throws CapError */
  bind(process: Process, target: Process, context: SchedulingContext | undefined): void {
    this.#check(process);
    const { body } = target;
    if (body.bind === undefined) {
      throw new CapError(
        'invalidArgument',
        `process ${target.id} is not run by the machine: it has no threads to bind`,
      );
    }
    body.bind(context);
    if (this.#attending !== process) return;
    if (!this.#moved.has(target)) target.ended.push(() => this.#moved.delete(target));
    this.#moved.add(target);
  }

  /** The lease is over. */
  expired(): void {
    this.#undo('has not renewed its lease');
  }

  #check(process: Process): void {
    if (this.#attending === undefined || this.#attending === process) return;
    throw new CapError('failed', `process ${this.#attending.id} attends to scheduling: attend first`);
  }

  #undo(why: string): void {
    const { name, id } = this.#attending!;
    this.#attending = undefined;
    this.#timers.cancel(this);
    for (const context of this.#scheduler.contexts.values()) {
      const { before } = context;
      if (before === undefined) continue;
      context.before = undefined;
      this.#scheduler.configure(context, before);
    }
    for (const { body } of this.#moved) body.bind?.(body.ownContext);
    this.#moved.clear();
    this.#log(`scheduling is the kernel's own again: ${name} (process ${id}) ${why}`);
  }
}
