// Steps a kernel from a host's event loop: at once while it is busy, at its next timer or at new work when it is idle.
//
//   busy ─▶ soon(step)          idle ─▶ later(step, until its next timer)          onWork ─▶ soon(step)
//
// Between two steps the host's own events run (input, files, promises), so a guest in an endless loop stops nobody else.

import type { Kernel } from '../kernel.ts';
import type { ExitStatus } from '../processes/process.ts';
import type { ProcessReference } from './process-reference.ts';

/** The two ways a host lets time pass. */
export interface HostScheduler {
  /** Runs `callback` after the host's pending events. */
  soon(callback: () => void): void;
  /** Runs `callback` after some milliseconds; answers how to call that off. */
  later(callback: () => void, milliseconds: number): () => void;
}

const NANOSECONDS_PER_MILLISECOND = 1e6;
/** The longest delay that hosts' timers take as it is. */
const LONGEST_DELAY_MS = 0x7fff_ffff;

export class EventLoop {
  /** Give this to `createKernel`: it wakes the loop. */
  readonly onWork: () => void;
  readonly #host: HostScheduler;
  #kernel: Kernel | undefined;
  #clock: (() => number) | undefined;
  #scheduled = false;
  #cancelTimer: (() => void) | undefined;
  /** Somebody waits for the end of a process: a host that would end for want of events must not. */
  #isAwaited = false;

  constructor(host: HostScheduler) {
    this.#host = host;
    this.onWork = () => this.#schedule();
  }

  /** Runs the kernel until `process` has ended, and answers how it did. `nowNs` is the clock the kernel was made with. */
  run(kernel: Kernel, process: ProcessReference, nowNs: () => number): Promise<ExitStatus> {
    this.#isAwaited = true;
    return new Promise((resolve) => {
      process.onExit((status) => {
        this.stop();
        resolve(status);
      });
      this.start(kernel, nowNs);
    });
  }

  /** Runs the kernel until `stop`. */
  start(kernel: Kernel, nowNs: () => number): void {
    this.#kernel = kernel;
    this.#clock = nowNs;
    this.#schedule();
  }

  /** Steps no more. Processes stay as they are. */
  stop(): void {
    this.#kernel = undefined;
    this.#isAwaited = false;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #schedule(): void {
    if (this.#scheduled || this.#kernel === undefined) return;
    this.#scheduled = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#host.soon(() => this.#step());
  }

  #step(): void {
    this.#scheduled = false;
    const kernel = this.#kernel;
    if (kernel === undefined) return;
    const { state, nextWakeNs } = kernel.step();
    // The step may have ended the process that the loop was run for.
    if (this.#kernel === undefined || this.#scheduled) return;
    if (state === 'busy') this.#schedule();
    else if (nextWakeNs < Number.POSITIVE_INFINITY || this.#isAwaited) this.#sleep(nextWakeNs);
  }

  #sleep(nextWakeNs: number): void {
    const milliseconds = (nextWakeNs - this.#clock!()) / NANOSECONDS_PER_MILLISECOND;
    // Hosts round up to a millisecond: what is due sooner is waited for by stepping.
    if (milliseconds < 1) this.#schedule();
    else this.#cancelTimer = this.#host.later(this.onWork, Math.min(Math.floor(milliseconds), LONGEST_DELAY_MS));
  }
}
