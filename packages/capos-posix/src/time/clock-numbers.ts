// Clock numbers: which of a process's clocks, or whose processor time, the number of a clock means (clock_gettime(2)).

import { ERRNO } from '../linux/errno.ts';
import { CLOCK } from '../linux/thread-flags.ts';
import type { PosixThread } from '../posix-thread.ts';
import { type Blocking, settle } from '../waiting.ts';

/** Whether a negative clock number names the CPU time of a process (0: the caller) by one of the three kinds there are. */
function isCpuClock(clock: number): boolean {
  return clock < 0 && (clock & 3) !== 3 && ~(clock >> 3) >= 0 && ~(clock >> 3) <= 32_768;
}

/** The time of a clock, or −EINVAL for one that does not exist. The CPU-time clocks are those that the caller means. */
export function* readClock(clock: number, caller: PosixThread): Blocking<bigint | number> {
  const { clocks } = caller.process;
  switch (clock) {
    case CLOCK.REALTIME:
    case CLOCK.REALTIME_COARSE:
    case CLOCK.TAI:
      return yield* settle(clocks.realtimeNs());
    case CLOCK.MONOTONIC:
    case CLOCK.MONOTONIC_RAW:
    case CLOCK.MONOTONIC_COARSE:
    case CLOCK.BOOTTIME: {
      const now = clocks.monotonicNs();
      return now === undefined ? -ERRNO.EINVAL : BigInt(Math.trunc(now));
    }
    default: {
      const now = clocks.granted ? cpuClock(clock, caller)?.() : undefined;
      return now === undefined ? -ERRNO.EINVAL : BigInt(Math.trunc(now));
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
