// Clocks: the `timer` capability as Linux's clocks (clock_gettime(2)).
//
//   monotonic = Timer.now, read without a call by the kernel's leave      realtime = monotonic + an offset asked once
//
// Without a Timer the process has no clock: every clock call fails with EINVAL, as for a clock that does not exist.

import { type CapId, type ForeignProcess, Timer } from '@capos/abi';
import { callMethod } from '../capabilities/capability-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { CLOCK } from '../linux/thread-flags.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';

/** Whether a negative clock number names the CPU time of a process (0: the caller) by one of the three kinds there are. */
export function isCpuClock(clock: number): boolean {
  return clock < 0 && (clock & 3) !== 3 && ~(clock >> 3) >= 0 && ~(clock >> 3) <= 32_768;
}

const SECOND = 1_000_000_000n;

export class Clocks {
  readonly #process: ForeignProcess;
  readonly #timer: CapId | undefined;
  #wallOffsetNs: bigint | undefined;
  /** The same, as whole seconds and the rest, for arithmetic without bigints. */
  #wallSeconds = 0;
  #wallRestNs = 0;
  readonly startedNs: number;

  constructor(process: ForeignProcess) {
    this.#process = process;
    this.#timer = process.caps.lookup('timer');
    this.startedNs = this.monotonicOrZero();
  }

  get granted(): boolean {
    return this.#timer !== undefined;
  }

  /** Monotonic nanoseconds; undefined without a Timer. */
  monotonicNs(): number | undefined {
    return this.#timer === undefined ? undefined : this.#process.nowNs();
  }

  monotonicOrZero(): number {
    return this.monotonicNs() ?? 0;
  }

  /** Nanoseconds since 1970, or −EINVAL. */
  realtimeNs(): MaybeBlocking<bigint | number> {
    const now = this.monotonicNs();
    if (now === undefined) return -ERRNO.EINVAL;
    if (this.#wallOffsetNs !== undefined) return BigInt(Math.trunc(now)) + this.#wallOffsetNs;
    return this.#askRealtime();
  }

  *#askRealtime(): Blocking<bigint | number> {
    const answer = yield* settle(callMethod(this.#process.caps, this.#timer!, Timer.methods.wallClock, {}));
    if (typeof answer === 'number') return answer;
    this.#wallOffsetNs = answer.results.unixNs - BigInt(Math.trunc(this.#process.nowNs()));
    this.#wallSeconds = Number(this.#wallOffsetNs / SECOND);
    this.#wallRestNs = Number(this.#wallOffsetNs % SECOND);
    return answer.results.unixNs;
  }

  /** Writes the wall clock's time as two words; undefined while it is not known without a call. */
  putRealtime(put: (seconds: number, nanoseconds: number) => boolean): boolean | undefined {
    const now = this.monotonicNs();
    if (now === undefined || this.#wallOffsetNs === undefined) return undefined;
    const ns = Math.trunc(now) + this.#wallRestNs;
    return put(this.#wallSeconds + Math.floor(ns / 1e9), ns % 1e9);
  }

  /** Seconds of wall clock for file times and the like; the epoch while nobody has asked the Timer. */
  realtimeIfKnown(): bigint {
    return BigInt(Math.trunc(this.monotonicOrZero())) + (this.#wallOffsetNs ?? 0n);
  }

  /** The time of a clock, or −EINVAL for one that does not exist. `threadStartedNs` serves the CPU-time clocks. */
  *read(clock: number, threadStartedNs: number): Blocking<bigint | number> {
    switch (clock) {
      case CLOCK.REALTIME:
      case CLOCK.REALTIME_COARSE:
      case CLOCK.TAI:
        return yield* settle(this.realtimeNs());
      case CLOCK.MONOTONIC:
      case CLOCK.MONOTONIC_RAW:
      case CLOCK.MONOTONIC_COARSE:
      case CLOCK.BOOTTIME: {
        const now = this.monotonicNs();
        return now === undefined ? -ERRNO.EINVAL : BigInt(Math.trunc(now));
      }
      case CLOCK.PROCESS_CPUTIME:
        return this.#elapsed(this.startedNs);
      case CLOCK.THREAD_CPUTIME:
        return this.#elapsed(threadStartedNs);
      default:
        // A negative number names a process's or thread's CPU-time clock (kernel: posix-timers.h, MAKE_PROCESS_CPUCLOCK).
        return isCpuClock(clock) ? this.#elapsed((clock & 4) !== 0 ? threadStartedNs : this.startedNs) : -ERRNO.EINVAL;
    }
  }

  /** CPU time is taken to be the time since the start: an upper bound, and monotonic. */
  #elapsed(sinceNs: number): bigint | number {
    const now = this.monotonicNs();
    return now === undefined ? -ERRNO.EINVAL : BigInt(Math.trunc(now - sinceNs));
  }
}
