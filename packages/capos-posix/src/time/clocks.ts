// Clocks: the `timer` capability as Linux's clocks (clock_gettime(2)).
//
//   monotonic = Timer.now, read without a call by the kernel's leave      realtime = monotonic + an offset asked once
//
// Without a Timer the process has no clock: every clock call fails with EINVAL, as for a clock that does not exist.

import { type CapId, type ForeignProcess, type ForeignThread, Timer } from '@capos/abi';
import { callMethod } from '../capabilities/capability-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { CLOCK } from '../linux/thread-flags.ts';
import type { PosixThread } from '../posix-thread.ts';
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

  constructor(process: ForeignProcess) {
    this.#process = process;
    this.#timer = process.caps.lookup('timer');
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

  /** Processor time the process has had; 0 without a Timer. */
  processorNs(): number {
    return this.granted ? this.#process.processorTimeNs() : 0;
  }

  /** Processor time one of its threads has had. */
  processorNsOf(thread: ForeignThread): number {
    return this.granted ? this.#process.processorTimeNs(thread) : 0;
  }

  /** The time of a clock, or −EINVAL for one that does not exist. `caller` serves the CPU-time clocks. */
  *read(clock: number, caller: PosixThread): Blocking<bigint | number> {
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
      default: {
        const now = this.granted ? cpuClock(clock, caller)?.() : undefined;
        return now === undefined ? -ERRNO.EINVAL : BigInt(Math.trunc(now));
      }
    }
  }
}

/**
 * The clock that counts a process's or a thread's processor time, as the caller names it; undefined for what is no such clock,
 * or for a process or thread that is not there (kernel: posix-timers.h, MAKE_PROCESS_CPUCLOCK).
 */
export function cpuClock(clock: number, caller: PosixThread): (() => number) | undefined {
  const { process } = caller;
  if (clock === CLOCK.PROCESS_CPUTIME) return () => process.clocks.processorNs();
  if (clock === CLOCK.THREAD_CPUTIME) return () => process.clocks.processorNsOf(caller.host);
  if (!isCpuClock(clock)) return undefined;
  const number = ~(clock >> 3);
  if ((clock & 4) !== 0) {
    const thread = number === 0 ? caller : process.threads.get(number);
    return thread && (() => process.clocks.processorNsOf(thread.host));
  }
  const other = number === 0 ? process : process.domain.processes.get(number);
  return other && (() => other.clocks.processorNs());
}
