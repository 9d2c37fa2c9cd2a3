// Interval timers of a process: setitimer's three, alarm, and timer_create's (setitimer(2), timer_create(2)).
//
// The two that count CPU time run on the monotonic clock: the processor is taken to be the program's alone.

import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { PosixThread } from '../posix-thread.ts';
import type { SignalInfo } from '../signals/signal-info.ts';
import type { QueuedTimer } from './timer-queue.ts';

/** Nanoseconds until the next expiry and between expiries; 0 for none. */
export interface TimerSetting {
  readonly valueNs: number;
  readonly intervalNs: number;
}

/** Most that an overrun count tells. */
const DELAYTIMER_MAX = 0x7fff_ffff;
const SHORTEST_PERIOD_NS = 50_000;

/** A timer that repeats; what it does at expiry is its owner's. */
export class RepeatingTimer {
  readonly #process: PosixProcess;
  readonly #expired: (times: number) => void;
  #queued: QueuedTimer | undefined;
  #deadlineNs = 0;
  #intervalNs = 0;

  constructor(process: PosixProcess, expired: (times: number) => void) {
    this.#process = process;
    this.#expired = expired;
  }

  get setting(): TimerSetting {
    if (this.#queued === undefined) return { valueNs: 0, intervalNs: this.#intervalNs };
    const left = this.#deadlineNs - this.#process.clocks.monotonicOrZero();
    // An armed timer never reads as disarmed.
    return { valueNs: Math.max(1, left), intervalNs: this.#intervalNs };
  }

  /** `deadlineNs` 0 disarms. */
  set(deadlineNs: number, intervalNs: number): void {
    this.stop();
    this.#intervalNs = intervalNs;
    if (deadlineNs <= 0) return;
    this.#deadlineNs = deadlineNs;
    this.#queued = this.#process.timerQueue.add(deadlineNs, () => this.#fire());
  }

  #arm(): void {
    // A timer that repeats faster than this fires no more often; what it missed is told as overrun.
    const soonest = this.#intervalNs > 0 ? this.#process.clocks.monotonicOrZero() + SHORTEST_PERIOD_NS : 0;
    this.#queued = this.#process.timerQueue.add(Math.max(soonest, this.#deadlineNs), () => this.#fire());
  }

  #fire(): void {
    this.#queued = undefined;
    let times = 1;
    if (this.#intervalNs > 0) {
      const late = this.#process.clocks.monotonicOrZero() - this.#deadlineNs;
      times += Math.max(0, Math.floor(late / this.#intervalNs));
      this.#deadlineNs += times * this.#intervalNs;
      this.#arm();
    }
    this.#expired(times);
  }

  stop(): void {
    this.#process.timerQueue.remove(this.#queued);
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
  readonly #process: PosixProcess;
  readonly #created = new Map<number, PosixTimer>();
  #nextId = 0;

  constructor(process: PosixProcess) {
    this.#process = process;
    this.interval = ITIMER_SIGNALS.map(
      (signal) => new RepeatingTimer(process, () => process.send({ signal, code: SI.KERNEL })),
    );
  }

  get(id: number): PosixTimer | undefined {
    return this.#created.get(id);
  }

  /** Undefined when there are too many. `signal` 0 notifies nobody. */
  create(clock: number, signal: number, value: bigint, target: PosixThread | undefined): number | undefined {
    if (this.#created.size >= MOST_TIMERS) return undefined;
    const id = this.#nextId++;
    let sent: SignalInfo | undefined;
    const created: PosixTimer = {
      clock,
      overrun: 0,
      timer: new RepeatingTimer(this.#process, (times) => {
        const to = target?.ended === true ? undefined : target;
        if (sent !== undefined && (to ?? this.#process).pending.contains(sent)) {
          // One signal for all expirations until it is delivered (timer_getoverrun(2)).
          sent.overrun = Math.min(DELAYTIMER_MAX, (sent.overrun ?? 0) + times);
        } else {
          sent = { signal, code: SI.TIMER, timer: id, overrun: times - 1, value };
          if (signal !== 0) this.#process.send(sent, to);
        }
        created.overrun = sent.overrun ?? 0;
      }),
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
