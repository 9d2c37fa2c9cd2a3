// Timer queue: deadlines that belong to no parked thread — alarm, setitimer, timer_create, timerfd.
//
// All of them share one outstanding Timer.sleepUntil, for the earliest.

import { type CapId, type CapTableView, type PendingCall, Timer } from '@capos/abi';
import type { Clocks } from './clocks.ts';

export interface QueuedTimer {
  readonly deadlineNs: number;
  readonly fire: () => void;
}

const params = new Uint8Array(64);

export class TimerQueue {
  readonly #caps: CapTableView;
  readonly #timer: CapId | undefined;
  readonly #clocks: Clocks;
  readonly #timers = new Set<QueuedTimer>();
  #expiring = false;
  #sleep: { readonly deadlineNs: number; readonly pending: PendingCall | undefined } | undefined;

  constructor(caps: CapTableView, clocks: Clocks) {
    this.#caps = caps;
    this.#timer = caps.lookup('timer');
    this.#clocks = clocks;
  }

  /** Calls `fire` at `deadlineNs`. Answers what `remove` takes. */
  add(deadlineNs: number, fire: () => void): QueuedTimer {
    const timer: QueuedTimer = { deadlineNs, fire };
    this.#timers.add(timer);
    if (!this.#expiring) this.#sleepForEarliest();
    return timer;
  }

  remove(timer: QueuedTimer | undefined): void {
    if (timer !== undefined && this.#timers.delete(timer) && !this.#expiring) this.#sleepForEarliest();
  }

  clear(): void {
    this.#timers.clear();
    this.#sleepForEarliest();
  }

  #sleepForEarliest(): void {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { deadlineNs } of this.#timers) earliest = Math.min(earliest, deadlineNs);
    if (this.#sleep?.deadlineNs === earliest) return;
    this.#sleep?.pending?.cancel();
    this.#sleep = undefined;
    if (earliest === Number.POSITIVE_INFINITY || this.#timer === undefined) return;
    const { sleepUntil } = Timer.methods;
    const length = sleepUntil.params.encode({ monotonicNs: BigInt(Math.ceil(earliest)) }, params, 0, params.length);
    let over = false;
    const pending = this.#caps.call(this.#timer, sleepUntil.ordinal, params.subarray(0, length), [], ({ kind }) => {
      if (kind === 'abandoned') return;
      over = true;
      if (this.#sleep !== undefined) {
        this.#sleep = undefined;
        this.#expire();
      }
    });
    if (over) {
      // A Timer that answers early is broken; asking it again and again would not end.
      if (this.#clocks.monotonicOrZero() >= earliest) this.#expire();
    } else this.#sleep = { deadlineNs: earliest, pending };
  }

  #expire(): void {
    const now = this.#clocks.monotonicOrZero();
    // What is added or removed by those who are told is looked at when all have been told.
    this.#expiring = true;
    for (const timer of [...this.#timers]) {
      if (timer.deadlineNs > now || !this.#timers.delete(timer)) continue;
      timer.fire();
    }
    this.#expiring = false;
    this.#sleepForEarliest();
  }
}
