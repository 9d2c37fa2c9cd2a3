// Pending signals: of a process or of one thread. A standard signal is pending once, a realtime one as often as it was sent.

import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { SignalInfo } from './signal-info.ts';
import { bit, lowest, type SignalSet } from './signal-set.ts';

/** How many realtime signals may wait (RLIMIT_SIGPENDING). */
const MOST_QUEUED = 1024;

/** Faults come before everything else, or the handler would run with the wrong machine state. */
const SYNCHRONOUS: SignalSet =
  bit(SIGNAL.SEGV) | bit(SIGNAL.BUS) | bit(SIGNAL.ILL) | bit(SIGNAL.TRAP) | bit(SIGNAL.FPE) | bit(SIGNAL.SYS);

export class PendingSignals {
  set: SignalSet = 0n;
  #queue: SignalInfo[] = [];

  /** How many wait, realtime ones each. */
  get size(): number {
    return this.#queue.length;
  }

  /** False when as many wait as `limit` allows (EAGAIN): kill's signals are pending all the same, though not once more. */
  add(info: SignalInfo, limit: number = MOST_QUEUED): boolean {
    const mask = bit(info.signal);
    const isPending = (this.set & mask) !== 0n;
    if (info.signal < SIGNAL.RTMIN && isPending) return true;
    const isFull = this.#queue.length >= Math.min(limit, MOST_QUEUED);
    if (isFull && info.signal >= SIGNAL.RTMIN) {
      if (info.code !== SI.USER) return false;
      if (isPending) return true;
    }
    this.#queue.push(info);
    this.set |= mask;
    return true;
  }

  /** What was taken waits again, before the others. */
  putBack(info: SignalInfo): void {
    this.#queue.unshift(info);
    this.set |= bit(info.signal);
  }

  /** Whether this very entry still waits. */
  contains(info: SignalInfo): boolean {
    return this.#queue.includes(info);
  }

  /** Takes the most urgent signal of `wanted`. */
  take(wanted: SignalSet): SignalInfo | undefined {
    const available = this.set & wanted;
    const signal = lowest(available & SYNCHRONOUS) || lowest(available);
    return signal === 0 ? undefined : this.takeSignal(signal);
  }

  takeSignal(signal: number): SignalInfo | undefined {
    const index = this.#queue.findIndex((info) => info.signal === signal);
    if (index < 0) return undefined;
    const [info] = this.#queue.splice(index, 1);
    if (!this.#queue.some((other) => other.signal === signal)) this.set &= ~bit(signal);
    return info;
  }

  /** Forgets a signal that is ignored from now on. */
  discard(signal: number): void {
    if ((this.set & bit(signal)) === 0n) return;
    this.#queue = this.#queue.filter((info) => info.signal !== signal);
    this.set &= ~bit(signal);
  }
}
