// Scheduler: which context has the processor, and which thread runs on it.
//
//   highest priority, first in turn ─▶ context ─▶ first of its threads ─▶ itself, or whom it waits for (donation.ts) ─▶ runs
//
//   CALL wakes the server ─▶ the client blocks ─▶ its context goes on with the server: a direct handoff, without a choice.
//   The slice and the budget are the context's, so programs that hand the processor back and forth for ever starve nobody.
//
// Queues are lazy: a context or thread that cannot run is taken out when its turn comes, not when it blocks, so a thread that
// blocks and wakes a million times a second moves nothing.

import type { Processor } from '../arch/processor.ts';
import { TrapFrame } from '../arch/trap-frame.ts';
import { STEPPING } from '../debugging/process-debugger.ts';
import type { Thread, ThreadScheduler } from '../processes/thread.ts';
import type { MonotonicClock } from '../time/monotonic-clock.ts';
import type { TimerQueue } from '../time/timer-queue.ts';
import { forgetServer, releaseLenders, runnerFor, takeBack } from './donation.ts';
import { useTime } from './processor-share.ts';
import { FOREIGN_CALL, instructionsIn } from './processor-time.ts';
import { RunQueue } from './run-queue.ts';
import {
  type ContextOwner,
  DEFAULT_PARAMETERS,
  SchedulingContext,
  type SchedulingParameters,
} from './scheduling-context.ts';
import { THREAD } from './thread-state.ts';

export interface SchedulerOptions {
  readonly processor: Processor;
  readonly clock: MonotonicClock;
  readonly timers: TimerQueue;
  /** There is something to run, and nobody is at it. */
  readonly workArrived: () => void;
  /** Called between runs of the processor: what is due may wake threads. */
  readonly betweenRuns?: () => void;
}

export class Scheduler implements ContextOwner, ThreadScheduler {
  readonly processor: Processor;
  /** The thread whose state is in the processor. */
  current: Thread | undefined;
  /** The thread whose next instruction a debugger wants to hear of. */
  stepper: Thread | undefined;
  /** The context it runs on. */
  context: SchedulingContext | undefined;
  readonly contexts: Map<number, SchedulingContext> = new Map();
  readonly #queue: RunQueue = new RunQueue();
  readonly #clock: MonotonicClock;
  readonly #timers: TimerQueue;
  readonly #workArrived: () => void;
  readonly #betweenRuns: () => void;
  #lastContextId = 0;
  #stepping = false;
  /** Something happened that may give the processor to another. */
  #reselect = false;
  /** Instruction count at which the processor returns; 0 while it does not run. */
  #runEnds = 0;
  #threadChargedUpTo = 0;
  #contextChargedUpTo = 0;
  /** The same as time, for a context whose budget is of time. */
  #contextChargedUpToNs = -0;
  #runNs = -0;
  #instructions = -0;
  /** Where the step in progress began: time, and instruction count. */
  #stepStartedNs = -0;
  #stepStartedAt = -0;

  constructor({ processor, clock, timers, workArrived, betweenRuns }: SchedulerOptions) {
    this.processor = processor;
    this.#clock = clock;
    this.#timers = timers;
    this.#workArrived = workArrived;
    this.#betweenRuns = betweenRuns ?? (() => {});
  }

  /** Whether the processor is at work on threads now. */
  get isRunning(): boolean {
    return this.#runEnds !== 0;
  }

  get hasReady(): boolean {
    return !this.#queue.isEmpty;
  }

  // ---- contexts

  createContext(name: string, parameters: SchedulingParameters = DEFAULT_PARAMETERS): SchedulingContext {
    const context = new SchedulingContext(++this.#lastContextId, name, this);
    this.contexts.set(context.id, context);
    this.configure(context, parameters);
    return context;
  }

  configure(context: SchedulingContext, parameters: SchedulingParameters): void {
    if (context === this.context) this.#chargeContext();
    // Only a change of priority costs it its place.
    if (parameters.priority !== context.priority) this.#queue.remove(context);
    this.#timers.cancel(context);
    context.priority = parameters.priority;
    context.slice = parameters.slice;
    context.sliceLeft = Math.min(context.sliceLeft, parameters.slice);
    context.mask = parameters.mask;
    context.isOfTime = parameters.isOfTime === true;
    context.budget.configure(parameters.budget, parameters.periodNs);
    if (context.rests) this.#queue.remove(context);
    else if (!context.isQueued) this.#enqueue(context);
    this.#reselect = true;
    if (context === this.context) this.#shortenRun(context);
  }

  bind(thread: Thread, context: SchedulingContext | undefined): void {
    const before = thread.context;
    if (before === context) return;
    if (context !== undefined) {
      context.threads++;
      context.references++;
    }
    thread.context = context;
    if (before !== undefined) {
      before.remove(thread);
      before.threads--;
      this.release(before);
    }
    if (thread.state !== THREAD.DEAD) this.#list(thread);
    this.#reselect = true;
  }

  /** Somebody lets go of a context; it ends with the last. */
  release(context: SchedulingContext): void {
    if (--context.references > 0) return;
    this.#queue.remove(context);
    this.#timers.cancel(context);
    this.contexts.delete(context.id);
  }

  replenished(context: SchedulingContext): void {
    this.#enqueue(context);
  }

  // ---- threads

  ready(thread: Thread): void {
    // A thread woken while its own state is still in the processor just goes on.
    thread.state = thread === this.current ? THREAD.RUNNING : THREAD.READY;
    if (thread.lentTo !== undefined) takeBack(thread);
    if (thread.context === this.context) this.#reselect = true;
    this.loanChanged();
    this.#list(thread);
    releaseLenders(thread, this.#list);
  }

  reconsider(thread: Thread): void {
    this.loanChanged();
    takeBack(thread);
    this.#list(thread);
    releaseLenders(thread, this.#list);
  }

  loanChanged(): void {
    if (this.current?.context !== this.context) this.#reselect = true;
  }

  /** Keeps a thread from running until it is thawed. To be followed by `settle` when it is in the processor. */
  freeze(thread: Thread): void {
    thread.isFrozen = true;
    this.#reselect = true;
  }

  /** Lets a frozen thread run again, once nothing else keeps it. */
  thaw(thread: Thread): void {
    if (!thread.isFrozen) return;
    thread.isFrozen = false;
    if (thread.state !== THREAD.READY) return;
    this.#list(thread);
    releaseLenders(thread, this.#list);
    this.#reselect = true;
  }

  remove(thread: Thread): void {
    takeBack(thread);
    releaseLenders(thread, this.#list);
    forgetServer(thread);
    if (this.current === thread) {
      this.#chargeThread(thread);
      this.current = undefined;
    }
    const { context } = thread;
    if (context === undefined) return;
    context.remove(thread);
    context.threads--;
    thread.context = undefined;
    this.release(context);
  }

  /** Nanoseconds that so many instructions stand for, by the time that all of them took. */
  cpuTimeNs(instructions: number): number {
    const total = this.#instructions + (this.#stepping ? this.processor.instructions - this.#stepStartedAt : 0);
    const ran = this.#runNs + (this.#stepping ? this.#clock.nowNs() - this.#stepStartedNs : 0);
    return total === 0 ? 0 : (instructions / total) * ran;
  }

  /** As `cpuTimeNs`, of a thread's or a process's instructions up to now. */
  cpuTimeOf(counted: { readonly instructions: number }): number {
    if (this.current !== undefined) this.#chargeThread(this.current);
    return this.cpuTimeNs(counted.instructions);
  }

  editFrame(thread: Thread, edit: (frame: TrapFrame) => void): void {
    edit(thread === this.current ? this.processor.liveFrame : new TrapFrame(thread.frame));
  }

  registersOf(thread: Thread): Int32Array | Uint32Array {
    return thread === this.current ? this.processor.cpu.registers32 : thread.frameWords;
  }

  /** The context on whose behalf the kernel is at work now, if it counts what it uses. */
  get payer(): SchedulingContext | undefined {
    return this.#runEnds !== 0 && this.context?.budget.isLimited === true ? this.context : undefined;
  }

  /**
   * Takes a foreign system call off the running context's slice. The personality's work runs no guest instruction: a thread that
   * does little but call would hold the processor a hundred times longer than one that computes.
   */
  chargeForeignCall(): void {
    const { context } = this;
    if (context === undefined) return;
    context.sliceLeft -= FOREIGN_CALL;
    if (this.#runEnds === 0) return;
    const isOver = this.processor.instructions - this.#contextChargedUpTo >= context.sliceLeft;
    if (isOver || (context.isOfTime && this.#isOutOfTime(context))) this.processor.stop();
  }

  /** Whether the running context has used up its time since it was charged last. */
  #isOutOfTime({ budget }: SchedulingContext): boolean {
    const nowNs = this.#clock.nowNs();
    return nowNs - this.#contextChargedUpToNs >= budget.available(nowNs);
  }

  charged(context: SchedulingContext, nanoseconds: number): void {
    // Measured time has it in already.
    if (context.isOfTime) return;
    context.budget.use(instructionsIn(nanoseconds), this.#clock.nowNs());
    this.#reselect = true;
  }

  // ---- running

  /**
   * After anything that may have blocked, ended or woken threads: makes sure that the right thread is in the processor, or
   * stops it. To be called at the end of each supervisor callback.
   */
  settle(): void {
    let interrupted: Thread | undefined;
    for (;;) {
      const { current } = this;
      if (current !== undefined && current.state === THREAD.RUNNING && !this.#reselect) {
        if (current.stepping === STEPPING.DONE) {
          current.stepping = STEPPING.NO;
          current.process.debugger?.stepped(current);
          continue;
        }
        if (!current.interrupted || current === interrupted) return;
        current.interrupted = false;
        // Asked for again from inside, it comes after an instruction: otherwise the thread would never run one.
        interrupted = current;
        current.guest?.beforeResume();
        continue;
      }
      const next = this.#select();
      if (next !== undefined && next === current) continue;
      // A blocked thread's state leaves the processor only now, so that whoever blocked it could still write its registers.
      if (current !== undefined) this.#takeOff(current);
      if (next === undefined) {
        this.processor.stop();
        return;
      }
      this.#load(next);
    }
  }

  /** The turn of the running context is over; the next one in the queue gets the processor. */
  preempt(): void {
    const { context } = this;
    this.#chargeContext();
    if (context !== undefined) this.#endTurn(context);
    this.#reselect = true;
  }

  /** Runs threads for about `budget` instructions; answers how many ran. */
  run(budget: number): number {
    let used = 0;
    if (this.#queue.isEmpty) return used;
    const before = this.#clock.nowNs();
    this.#stepStartedNs = before;
    this.#contextChargedUpToNs = before;
    this.#stepStartedAt = this.processor.instructions;
    this.#stepping = true;
    while (used < budget) {
      this.#reselect = true;
      this.settle();
      if (this.current === undefined) break;
      const { instructions } = this.processor;
      const limit = Math.min(this.#allowance(this.context!), budget - used);
      this.#runEnds = instructions + limit;
      // Some way is always made: a step ends even if no instruction completes.
      used += Math.max(1, this.processor.run(limit));
      this.#runEnds = 0;
      this.#chargeContext();
      if (this.context !== undefined && this.context.sliceLeft <= 0) this.#endTurn(this.context);
      this.#betweenRuns();
    }
    if (this.current !== undefined) this.#takeOff(this.current);
    this.#stepping = false;
    this.#runNs += this.#clock.nowNs() - before;
    this.#instructions += used;
    return used;
  }

  /** Puts a thread in the list of its context, and the context in the queue. */
  readonly #list = (thread: Thread): void => {
    const { context } = thread;
    if (context === undefined) return;
    if (!thread.isListed) context.add(thread);
    if (!context.isQueued) this.#enqueue(context);
  };

  #enqueue(context: SchedulingContext): void {
    if (context.isDepleted || context.rests || context.first === undefined) return;
    this.#queue.push(context);
    context.sliceLeft = context.slice;
    if (this.context === undefined || context.priority > this.context.priority) this.#reselect = true;
    if (!this.#stepping) this.#workArrived();
  }

  /** Decides who runs: sets the context, and answers the thread. */
  #select(): Thread | undefined {
    this.#reselect = false;
    const before = this.context;
    for (;;) {
      const context = this.#queue.first;
      if (context === undefined) {
        this.#chargeContext();
        this.context = undefined;
        return undefined;
      }
      if (context !== before || context.budget.isLimited) this.#chargeContext();
      const thread = this.#runnerOf(context);
      if (thread === undefined) this.#queue.remove(context);
      else if (context.budget.isLimited && context.budget.available(this.#clock.nowNs()) <= 0) this.#deplete(context);
      else {
        this.context = context;
        if (context !== before) {
          if (context.isOfTime) this.#contextChargedUpToNs = this.#clock.nowNs();
          this.#shortenRun(context);
        }
        return thread;
      }
    }
  }

  /** The thread that a context would run. */
  #runnerOf(context: SchedulingContext): Thread | undefined {
    for (let thread = context.first; thread !== undefined; thread = context.first) {
      const runner = runnerFor(thread);
      if (runner !== undefined) return runner;
      context.remove(thread);
    }
    return undefined;
  }

  #deplete(context: SchedulingContext): void {
    this.#queue.remove(context);
    context.depletions++;
    this.#timers.add(context, context.budget.nextReturnNs);
    context.onDepleted?.();
  }

  #endTurn(context: SchedulingContext): void {
    context.rotate();
    if (context.isQueued) this.#queue.moveToEnd(context);
  }

  /** Instructions that a context may run in one go. */
  #allowance({ budget, sliceLeft, isOfTime }: SchedulingContext): number {
    // How far time goes is known afterwards: a turn that takes too much of it is made up for later.
    if (isOfTime) return Math.max(1, sliceLeft);
    return Math.max(1, budget.isLimited ? Math.min(sliceLeft, budget.available(this.#clock.nowNs())) : sliceLeft);
  }

  /** The processor was told how far to run for another context; this one may not go so far. */
  #shortenRun(context: SchedulingContext): void {
    if (this.#runEnds !== 0 && this.processor.instructions + this.#allowance(context) < this.#runEnds) {
      this.processor.stop();
    }
  }

  #chargeThread(thread: Thread): void {
    const now = this.processor.instructions;
    const used = now - this.#threadChargedUpTo;
    thread.instructions += used;
    thread.process.instructions += used;
    this.#threadChargedUpTo = now;
  }

  #chargeContext(): void {
    const { context } = this;
    const now = this.processor.instructions;
    const used = now - this.#contextChargedUpTo;
    this.#contextChargedUpTo = now;
    if (context === undefined || used === 0) return;
    context.instructions += used;
    context.sliceLeft -= used;
    if (!context.budget.isLimited) return;
    const nowNs = this.#clock.nowNs();
    if (context.isOfTime) useTime(context.budget, nowNs - this.#contextChargedUpToNs, nowNs);
    else context.budget.use(used, nowNs);
    this.#contextChargedUpToNs = nowNs;
  }

  #takeOff(thread: Thread): void {
    this.processor.save(thread.frame);
    this.#chargeThread(thread);
    this.current = undefined;
    if (thread.state === THREAD.RUNNING) {
      thread.state = THREAD.READY;
      if (!thread.isFrozen) this.#list(thread);
    }
  }

  #load(thread: Thread): void {
    this.#threadChargedUpTo = this.processor.instructions;
    thread.state = THREAD.RUNNING;
    this.current = thread;
    const steps = thread.stepping === STEPPING.WANTED;
    if (steps) this.stepper = thread;
    this.processor.load(thread.frame, thread.space, steps);
  }
}
