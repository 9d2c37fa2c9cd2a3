// Interval timers of a process: setitimer's three, alarm, and timer_create's (setitimer(2), timer_create(2)).
//
// A timer of a CPU-time clock waits on the monotonic clock for as long as is left, and looks again: processor time never runs
// faster, and what was slept meanwhile is waited for anew.

import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { PendingSignals } from '../signals/pending-signals.ts';
import type { SignalInfo } from '../signals/signal-info.ts';
import type { Clocks } from './clocks.ts';
import type { QueuedTimer, TimerQueue } from './timer-queue.ts';

/** Nanoseconds until the next expiry and between expiries; 0 for none. */
export interface TimerSetting {
  readonly valueNs: number;
  readonly intervalNs: number;
}

/** What a timer waits by. */
export interface TimeKeeper {
  readonly clocks: Clocks;
  readonly timerQueue: TimerQueue;
}

/** A process or a thread that timers send signals to. */
export interface TimerTarget {
  readonly ended: boolean;
  readonly pending: PendingSignals;
  send(info: SignalInfo): boolean;
}

/** Most that an overrun count tells. */
const DELAYTIMER_MAX = 0x7fff_ffff;
const SHORTEST_PERIOD_NS = 50_000;

/** How soon a CPU-time timer looks again at the earliest. */
const SOONEST_LOOK_NS = 1_000_000;

/** A timer that repeats; what it does at expiry is its owner's. */
export class RepeatingTimer {
  readonly #keeper: TimeKeeper;
  readonly #expired: (times: number) => void;
  readonly #cpuClock: (() => number) | undefined;
  #queued: QueuedTimer | undefined;
  #deadlineNs = 0;
  #intervalNs = 0;

  /** `cpuClock`: what it counts in instead of monotonic time. */
  constructor(keeper: TimeKeeper, expired: (times: number) => void, cpuClock?: () => number) {
    this.#keeper = keeper;
    this.#expired = expired;
    this.#cpuClock = cpuClock;
  }

  get countsProcessorTime(): boolean {
    return this.#cpuClock !== undefined;
  }

  /** The time of the timer's clock. */
  get nowNs(): number {
    return this.#cpuClock === undefined ? this.#keeper.clocks.monotonicOrZero() : this.#cpuClock();
  }

  get setting(): TimerSetting {
    if (this.#queued === undefined) return { valueNs: 0, intervalNs: this.#intervalNs };
    // An armed timer never reads as disarmed.
    return { valueNs: Math.max(1, this.#deadlineNs - this.nowNs), intervalNs: this.#intervalNs };
  }

  /** `deadlineNs` is of the timer's clock; 0 disarms. */
  set(deadlineNs: number, intervalNs: number): void {
    this.stop();
    this.#intervalNs = intervalNs;
    if (deadlineNs <= 0) return;
    this.#deadlineNs = deadlineNs;
    this.#wait(0);
  }

  /** Waits for the deadline, and `atLeastNs`. */
  #wait(atLeastNs: number): void {
    const { clocks, timerQueue } = this.#keeper;
    const left = Math.max(atLeastNs, this.#deadlineNs - this.nowNs);
    const at = this.#cpuClock === undefined && atLeastNs === 0 ? this.#deadlineNs : clocks.monotonicOrZero() + left;
    this.#queued = timerQueue.add(at, () => this.#fire());
  }

  #fire(): void {
    this.#queued = undefined;
    const late = this.nowNs - this.#deadlineNs;
    if (this.#cpuClock !== undefined && late < 0) {
      this.#wait(SOONEST_LOOK_NS);
      return;
    }
    let times = 1;
    if (this.#intervalNs > 0) {
      times += Math.max(0, Math.floor(late / this.#intervalNs));
      this.#deadlineNs += times * this.#intervalNs;
      // A timer that repeats faster than this fires no more often; what it missed is told as overrun.
      this.#wait(SHORTEST_PERIOD_NS);
    }
    this.#expired(times);
  }

  stop(): void {
    this.#keeper.timerQueue.remove(this.#queued);
    this.#queued = undefined;
  }
}

/** A timer of timer_create. */
export interface PosixTimer {
  readonly timer: RepeatingTimer;
  readonly clock: number;
  overrun: number;
}

const ITIMER_SIGNALS = [SIGNAL.ALRM, SIGNAL.VTALRM, SIGNAL.PROF] as const;
/** Timers a process may create. */
const MOST_TIMERS = 256;

export class IntervalTimers {
  readonly interval: readonly RepeatingTimer[];
  readonly #process: TimeKeeper & TimerTarget;
  readonly #created = new Map<number, PosixTimer>();
  #nextId = 0;

  constructor(process: TimeKeeper & TimerTarget) {
    this.#process = process;
    // ITIMER_VIRTUAL and ITIMER_PROF: time in the program and time in its calls are one here.
    this.interval = ITIMER_SIGNALS.map(
      (signal) =>
        new RepeatingTimer(
          process,
          () => process.send({ signal, code: SI.KERNEL }),
          signal === SIGNAL.ALRM ? undefined : () => process.clocks.processorNs(),
        ),
    );
  }

  get(id: number): PosixTimer | undefined {
    return this.#created.get(id);
  }

  /** Undefined when there are too many. `signal` 0 notifies nobody; `cpuClock` is for a clock that counts processor time. */
  create(
    clock: number,
    signal: number,
    value: bigint,
    target: TimerTarget | undefined,
    cpuClock: (() => number) | undefined,
  ): number | undefined {
    if (this.#created.size >= MOST_TIMERS) return undefined;
    const id = this.#nextId++;
    let sent: SignalInfo | undefined;
    const created: PosixTimer = {
      clock,
      overrun: 0,
      timer: new RepeatingTimer(
        this.#process,
        (times) => {
          const to = target === undefined || target.ended ? this.#process : target;
          if (sent !== undefined && to.pending.contains(sent)) {
            // One signal for all expirations until it is delivered (timer_getoverrun(2)).
            sent.overrun = Math.min(DELAYTIMER_MAX, (sent.overrun ?? 0) + times);
          } else {
            sent = { signal, code: SI.TIMER, timer: id, overrun: times - 1, value };
            if (signal !== 0) to.send(sent);
          }
          created.overrun = sent.overrun ?? 0;
        },
        cpuClock,
      ),
    };
    this.#created.set(id, created);
    return id;
  }

  delete(id: number): boolean {
    this.#created.get(id)?.timer.stop();
    return this.#created.delete(id);
  }

  /** execve and the end of the process. */
  clear(): void {
    for (const timer of this.interval) timer.stop();
    for (const { timer } of this.#created.values()) timer.stop();
    this.#created.clear();
  }
}
