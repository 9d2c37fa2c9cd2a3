// Clocks: the `timer` capability as Linux's clocks (clock_gettime(2)).
//
//   monotonic = Timer.now, read without a call by the kernel's leave      realtime = monotonic + an offset asked once
//
// Without a Timer the process has no clock: every clock call fails with EINVAL, as for a clock that does not exist.

import { type CapId, type ForeignProcess, type ForeignThread, Timer } from '@capos/abi';
import { callMethod } from '../capabilities/capability-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';

const SECOND = 1_000_000_000n;

export class Clocks {
  readonly #process: ForeignProcess;
  readonly #timer: CapId | undefined;
  #wallOffsetNs: bigint | undefined;
  /** The same, as whole seconds and the rest, for arithmetic without bigints. */
  #wallSeconds = 0;
  #wallRestNs = 0;

  /** Is told once the wall clock is known. */
  onWallOffset: ((nanoseconds: bigint) => void) | undefined;

  constructor(process: ForeignProcess) {
    this.#process = process;
    this.#timer = process.caps.lookup('timer');
  }

  /** What is to be added to monotonic nanoseconds for those since 1970, once somebody has asked. */
  get wallOffsetNs(): bigint | undefined {
    return this.#wallOffsetNs;
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
    const offsetNs = answer.results.unixNs - BigInt(Math.trunc(this.#process.nowNs()));
    this.#keepWallOffset(offsetNs);
    this.onWallOffset?.(offsetNs);
    return answer.results.unixNs;
  }

  #keepWallOffset(nanoseconds: bigint): void {
    this.#wallOffsetNs = nanoseconds;
    this.#wallSeconds = Number(nanoseconds / SECOND);
    this.#wallRestNs = Number(nanoseconds % SECOND);
  }

  /** A child's wall clock is its parent's: what it has of it in its memory goes on to hold. */
  inherit({ wallOffsetNs }: Clocks): void {
    if (this.granted && wallOffsetNs !== undefined) this.#keepWallOffset(wallOffsetNs);
  }

  /** Writes the wall clock's time as two words; undefined while it is not known without a call. */
  putRealtime(put: (seconds: number, nanoseconds: number) => boolean): boolean | undefined {
    const now = this.monotonicNs();
    if (now === undefined || this.#wallOffsetNs === undefined) return undefined;
    const ns = Math.trunc(now) + this.#wallRestNs;
    const seconds = Math.floor(ns / 1e9);
    return put(this.#wallSeconds + seconds, ns - seconds * 1e9);
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
}
