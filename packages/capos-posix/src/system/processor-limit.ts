// RLIMIT_CPU (getrlimit(2)): SIGXCPU at the soft limit and every second from there on, SIGKILL at the hard one.

import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { RepeatingTimer, type TimeKeeper, type TimerTarget } from '../time/interval-timers.ts';
import { type ResourceLimits, RLIM_INFINITY } from './resource-limits.ts';

const SECOND = 1_000_000_000;

export class ProcessorLimit {
  readonly #process: TimeKeeper & TimerTarget & { readonly limits: ResourceLimits };
  #timer: RepeatingTimer | undefined;

  constructor(process: TimeKeeper & TimerTarget & { readonly limits: ResourceLimits }) {
    this.#process = process;
  }

  /** The limit has been set, or the process has begun with one. */
  watch(): void {
    const { clocks, limits } = this.#process;
    const soft = limits.soft(RLIMIT.CPU);
    if (soft === Number.POSITIVE_INFINITY && this.#timer === undefined) return;
    this.#timer ??= new RepeatingTimer(
      this.#process,
      () => this.#reached(),
      () => clocks.processorNs(),
    );
    // The soft limit is never above the hard one.
    this.#timer.set(soft === Number.POSITIVE_INFINITY ? 0 : Math.max(1, soft * SECOND), 0);
  }

  #reached(): void {
    const { clocks, limits } = this.#process;
    const { soft, hard } = limits.get(RLIMIT.CPU)!;
    const used = clocks.processorNs();
    if (hard !== RLIM_INFINITY && used >= Number(hard) * SECOND) {
      this.#process.send({ signal: SIGNAL.KILL, code: SI.KERNEL });
      return;
    }
    // Linux moves the limit on, too.
    const next = soft + 1n;
    limits.set(RLIMIT.CPU, { soft: hard !== RLIM_INFINITY && next > hard ? hard : next, hard });
    this.#process.send({ signal: SIGNAL.XCPU, code: SI.KERNEL });
    this.watch();
  }
}
