// Timer: monotonic time, waiting for it, and the time of day.

import { CapError, Timer } from '@capos/abi';
import { RESOURCE } from '../accounting/ledger.ts';
import { type ObjectCall, PENDING } from '../ipc/object-call.ts';
import type { OperationHolder } from '../ipc/pending-operation.ts';
import type { MonotonicClock } from '../time/monotonic-clock.ts';
import type { TimerNode, TimerQueue } from '../time/timer-queue.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** One call of `sleepUntil`, and any other call that replies at a moment. */
export class TimedReply implements TimerNode, OperationHolder {
  deadlineNs = 0;
  heapIndex = -1;
  sequence = 0;
  readonly #call: ObjectCall;
  readonly #timers: TimerQueue;
  readonly #reply: (call: ObjectCall) => void;

  constructor(call: ObjectCall, timers: TimerQueue, reply: (call: ObjectCall) => void) {
    this.#call = call;
    this.#timers = timers;
    this.#reply = reply;
  }

  /** @throws CapError when the caller has no timer left */
  start(deadlineNs: number): void {
    if (!this.#call.process.ledger.reserve(RESOURCE.TIMERS, 1))
      throw new CapError('overloaded', 'no timer left in the ledger');
    this.#call.operation.holder = this;
    this.#timers.add(this, deadlineNs);
  }

  expired(): void {
    this.#call.process.ledger.release(RESOURCE.TIMERS, 1);
    this.#call.operation.holder = undefined;
    this.#reply(this.#call);
  }

  withdraw(): void {
    this.#call.process.ledger.release(RESOURCE.TIMERS, 1);
    this.#timers.cancel(this);
  }
}

export class TimerObject extends ServedObject {
  readonly clock: MonotonicClock;
  readonly timers: TimerQueue;
  readonly wallClockNs: (() => bigint) | undefined;

  constructor(clock: MonotonicClock, timers: TimerQueue, wallClockNs: (() => bigint) | undefined) {
    super();
    this.clock = clock;
    this.timers = timers;
    this.wallClockNs = wallClockNs;
  }

  protected get served(): ServedInterface {
    return timerInterface;
  }
}

const timerInterface: ServedInterface = serve<TimerObject, typeof Timer>(Timer, {
  now: (timer) => ({ monotonicNs: BigInt(Math.floor(timer.clock.nowNs())) }),
  sleepUntil: (timer, { monotonicNs }, call) => {
    const deadlineNs = Number(monotonicNs);
    if (deadlineNs <= timer.clock.nowNs()) return {};
    new TimedReply(call, timer.timers, (due) => due.reply({})).start(deadlineNs);
    return PENDING;
  },
  wallClock: (timer) => {
    if (timer.wallClockNs === undefined) throw new CapError('unimplemented', 'this system has no wall clock');
    return { unixNs: timer.wallClockNs() };
  },
});
