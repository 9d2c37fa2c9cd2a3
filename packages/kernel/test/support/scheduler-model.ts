// The scheduler, as a specification, and random histories that it is held against after every step.
//
//   runner(t)      t, if t is ready; else the runner of whom t waits for: the server of its latest open call, if that call waits in
//                  the endpoint's queue or is the one that the server took last and has not answered; nobody in a circle
//   eligible(c)    c may use the processor, has budget, and some thread bound to c has a runner
//   who runs       a runner of an eligible context, and no eligible context has a higher priority; nobody, if none is eligible
//   turns          a context runs no longer than its slice while an equal is eligible, and no equal waits more turns than there are
//                  contexts
//   accounts       every instruction is counted once for the thread that ran and once for the context it ran on
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Processor } from '../../src/arch/processor.ts';
import type { PendingOperation } from '../../src/ipc/pending-operation.ts';
import type { AddressSpace } from '../../src/memory/address-space.ts';
import type { Process } from '../../src/processes/process.ts';
import { Thread } from '../../src/processes/thread.ts';
import { called, landed, taken } from '../../src/scheduling/donation.ts';
import { Scheduler } from '../../src/scheduling/scheduler.ts';
import type { SchedulingContext } from '../../src/scheduling/scheduling-context.ts';
import { THREAD } from '../../src/scheduling/thread-state.ts';
import { TimerQueue } from '../../src/time/timer-queue.ts';

const CONTEXTS = 5;
const THREADS = 8;
const PERIOD_NS = 10_000;
const EVERYWHERE = 1n;
const NOWHERE = 2n;

const thread = fc.nat({ max: THREADS - 1 });
const context = fc.nat({ max: CONTEXTS - 1 });
const operation = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('run' as const), n: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('block' as const) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wake' as const), thread }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('call' as const), thread, waits: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take' as const), thread, pick: fc.nat() }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('land' as const), pick: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('configure' as const),
      context,
      priority: fc.nat({ max: 3 }).map((level) => [0, 31, 32, 255][level]!),
      slice: fc.integer({ min: 1, max: 400 }),
      budget: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
      rests: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('bind' as const), thread, context: fc.option(context) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), thread }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('time' as const), ns: fc.integer({ min: 0, max: 8000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('interrupt' as const) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

interface Call {
  readonly record: PendingOperation;
  readonly caller: Thread;
  server: Thread;
  taken: boolean;
}

/** A processor that executes numbers. */
class CountingProcessor {
  instructions = 0;
  stopped = false;
  readonly #execute: (processor: CountingProcessor, limit: number) => void;

  constructor(execute: (processor: CountingProcessor, limit: number) => void) {
    this.#execute = execute;
  }

  load(): void {}
  save(): void {}

  stop(): void {
    this.stopped = true;
  }

  run(limit: number): number {
    const before = this.instructions;
    this.stopped = false;
    this.#execute(this, limit);
    return this.instructions - before;
  }
}

class History {
  readonly #timers = new TimerQueue();
  readonly #clock = { ns: 0, nowNs: () => this.#clock.ns };
  readonly #scheduler: Scheduler;
  readonly #contexts: SchedulingContext[] = [];
  readonly #threads: Thread[] = [];
  readonly #calls: Call[] = [];
  readonly #operations: readonly Operation[];
  readonly #ranOn = new Map<SchedulingContext, number>();
  readonly #ranIn = new Map<Thread, number>();
  /** Turns of equals that each context has waited for. */
  readonly #waited = new Map<SchedulingContext, number>();
  #turnOf: SchedulingContext | undefined;
  #turnLength = 0;
  #next = 0;

  constructor(operations: readonly Operation[]) {
    this.#operations = operations;
    const processor = new CountingProcessor((counting, limit) => this.#execute(counting, limit));
    this.#scheduler = new Scheduler({
      processor: processor as unknown as Processor,
      clock: this.#clock,
      timers: this.#timers,
      workArrived: () => {},
    });
    for (let index = 0; index < CONTEXTS; index++) {
      const made = this.#scheduler.createContext(`c${index}`);
      // Held by the test, so that it outlives its threads.
      made.references++;
      this.#contexts.push(made);
      this.#configure(index, 128, 200, undefined, false);
    }
    for (let index = 0; index < THREADS; index++) this.#threads.push(this.#spawn(index));
  }

  play(): void {
    while (this.#next < this.#operations.length) {
      const before = this.#next;
      this.#scheduler.run(500);
      this.#checkAccounts();
      // Nothing could run: something from outside happens.
      if (this.#next === before) {
        this.#turnOf = undefined;
        this.#waited.clear();
        this.#apply(this.#operations[this.#next++]!);
      }
    }
  }

  #spawn(index: number): Thread {
    const process = {
      id: index,
      instructions: 0,
      nucleus: { timers: this.#timers, clock: this.#clock },
    } as unknown as Process;
    const made = new Thread(index, process, this.#scheduler, {} as AddressSpace);
    this.#scheduler.bind(made, this.#contexts[index % CONTEXTS]);
    this.#scheduler.ready(made);
    return made;
  }

  #execute(processor: CountingProcessor, limit: number): void {
    let left = limit;
    while (left > 0 && !processor.stopped && this.#next < this.#operations.length) {
      const next = this.#operations[this.#next]!;
      this.#check();
      if (next.kind === 'run') {
        const n = Math.min(next.n, left);
        processor.instructions += n;
        left -= n;
        count(this.#ranIn, this.#scheduler.current!, n);
        count(this.#ranOn, this.#scheduler.context!, n);
        this.#turn(n);
        this.#next++;
      } else {
        this.#next++;
        this.#apply(next);
        this.#scheduler.settle();
        this.#check();
      }
    }
    if (this.#next === this.#operations.length) {
      count(this.#ranIn, this.#scheduler.current!, this.#scheduler.current === undefined ? 0 : left);
      if (this.#scheduler.current !== undefined) {
        count(this.#ranOn, this.#scheduler.context!, left);
        processor.instructions += left;
      }
    }
  }

  #apply(next: Operation): void {
    const scheduler = this.#scheduler;
    const { current } = scheduler;
    switch (next.kind) {
      case 'block':
        if (current?.state === THREAD.RUNNING) current.block(Number.POSITIVE_INFINITY);
        return;
      case 'wake':
        this.#threads[next.thread]!.wake();
        return;
      case 'call': {
        const server = this.#threads[next.thread]!;
        if (current === undefined || server === current) return;
        const record = { token: 0 } as unknown as PendingOperation;
        called(record, current);
        const call: Call = { record, caller: current, server, taken: false };
        this.#calls.push(call);
        record.serverThread = server;
        if (!next.waits) this.#take(call, server);
        current.block(Number.POSITIVE_INFINITY);
        return;
      }
      case 'take': {
        const waiting = this.#calls.filter((call) => !call.taken);
        if (waiting.length > 0) this.#take(waiting[next.pick % waiting.length]!, this.#threads[next.thread]!);
        return;
      }
      case 'land':
        if (this.#calls.length > 0) this.#land(this.#calls[next.pick % this.#calls.length]!);
        return;
      case 'configure':
        this.#configure(next.context, next.priority, next.slice, next.budget, next.rests);
        return;
      case 'bind':
        scheduler.bind(this.#threads[next.thread]!, next.context === null ? undefined : this.#contexts[next.context]);
        this.#turnLength = 0;
        return;
      case 'kill': {
        const dead = this.#threads[next.thread]!;
        dead.stop();
        // Its own calls are withdrawn, and those it served are answered for it.
        for (const call of [...this.#calls]) if (call.caller === dead || call.server === dead) this.#land(call);
        this.#threads[next.thread] = this.#spawn(next.thread);
        return;
      }
      case 'time':
        this.#clock.ns += next.ns;
        this.#timers.expire(this.#clock.ns);
        return;
      case 'interrupt':
        if (current !== undefined) scheduler.preempt();
        this.#turnLength = 0;
        return;
      default:
        return;
    }
  }

  #take(call: Call, server: Thread): void {
    if (server.isDead || call.caller === server) return;
    call.server = server;
    call.taken = true;
    // To the end, so that the calls of a server are in the order it took them.
    this.#calls.push(...this.#calls.splice(this.#calls.indexOf(call), 1));
    call.record.token = 1;
    taken(call.record, server);
    server.wake();
  }

  #land(call: Call): void {
    this.#calls.splice(this.#calls.indexOf(call), 1);
    if (call.taken) landed(call.record);
    (call.record as { caller: Thread | undefined }).caller = undefined;
    call.record.serverThread = undefined;
    call.caller.wake();
  }

  #configure(index: number, priority: number, slice: number, budget: number | undefined, rests: boolean): void {
    this.#scheduler.configure(this.#contexts[index]!, {
      priority,
      slice,
      budget: budget ?? Number.POSITIVE_INFINITY,
      periodNs: budget === undefined ? 0 : PERIOD_NS,
      mask: rests ? NOWHERE : EVERYWHERE,
    });
    this.#turnLength = 0;
    this.#waited.clear();
  }

  // ---- the specification

  #serverOf(waiting: Thread): Thread | undefined {
    // The call it made last, if that is open.
    const call = this.#calls.find(({ record }) => record === waiting.latestCall);
    if (call === undefined) return undefined;
    if (!call.taken) return call.server.isDead ? undefined : call.server;
    return this.#calls.findLast(({ server, taken: isTaken }) => isTaken && server === call.server) === call
      ? call.server
      : undefined;
  }

  #runner(of: Thread): Thread | undefined {
    const seen = new Set<Thread>();
    let at: Thread | undefined = of;
    while (at !== undefined && !seen.has(at)) {
      if (at.state === THREAD.READY || at.state === THREAD.RUNNING) return at;
      seen.add(at);
      at = this.#serverOf(at);
    }
    return undefined;
  }

  #runners(candidate: SchedulingContext): Set<Thread> {
    const runners = new Set<Thread>();
    for (const bound of this.#threads) {
      const runner = bound.context === candidate ? this.#runner(bound) : undefined;
      if (runner !== undefined) runners.add(runner);
    }
    return runners;
  }

  #isEligible(candidate: SchedulingContext): boolean {
    if (candidate.rests || this.#runners(candidate).size === 0) return false;
    // What is being used now is charged when the run ends.
    if (candidate === this.#scheduler.context) return true;
    return candidate.budget.available(this.#clock.ns) > 0 && !candidate.isDepleted;
  }

  #check(): void {
    const { context: running, current } = this.#scheduler;
    const eligible = this.#contexts.filter((candidate) => this.#isEligible(candidate));
    if (current === undefined) {
      expect(eligible.filter((candidate) => candidate !== running)).toEqual([]);
      return;
    }
    expect(running).toBeDefined();
    expect(this.#runners(running!).has(current)).toBe(true);
    expect(running!.rests).toBe(false);
    for (const { priority } of eligible) expect(priority).toBeLessThanOrEqual(running!.priority);
    this.#checkTurns(running!, eligible);
  }

  #checkTurns(running: SchedulingContext, eligible: readonly SchedulingContext[]): void {
    const equals = eligible.filter((other) => other !== running && other.priority === running.priority);
    for (const candidate of this.#contexts) if (!equals.includes(candidate)) this.#waited.delete(candidate);
    if (running === this.#turnOf) return;
    this.#turnOf = running;
    this.#turnLength = 0;
    for (const other of equals) {
      count(this.#waited, other, 1);
      expect(this.#waited.get(other)).toBeLessThanOrEqual(CONTEXTS);
    }
  }

  #turn(n: number): void {
    this.#turnLength += n;
    const running = this.#scheduler.context!;
    const hasEqual = this.#contexts.some(
      (other) => other !== running && other.priority === running.priority && this.#isEligible(other),
    );
    if (!hasEqual) this.#turnLength = 0;
    expect(this.#turnLength).toBeLessThanOrEqual(running.slice);
  }

  #checkAccounts(): void {
    for (const [ran, instructions] of this.#ranOn) expect(ran.instructions).toBe(instructions);
    for (const [ran, instructions] of this.#ranIn) expect(ran.instructions).toBe(instructions);
  }
}

function count<K>(counts: Map<K, number>, key: K, n: number): void {
  if (n > 0) counts.set(key, (counts.get(key) ?? 0) + n);
}

export function schedulerProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    new History(operations).play();
  });
}
