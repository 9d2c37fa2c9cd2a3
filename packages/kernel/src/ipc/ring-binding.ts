// Ring binding: a notification that tells a ring. One completion for each time that bits of interest appear, however often they
// are signalled before somebody takes them.
//
//   IDLE ── bits & mask ≠ 0 ─▶ slot set aside? ─ yes ─▶ TOLD ── bits & mask = 0 ─▶ IDLE (and a slot is set aside again)
//                                   └─ no ─▶ OWED ── after the ring's next drain, or at the next signal ─▶ TOLD

import { CQE_FLAG_NOTIFIED, CQE_FLAG_UNSOLICITED } from '@capos/ipc-ring';
import type { Owed, ProcessRing } from './process-ring.ts';

export class RingBinding implements Owed {
  readonly #ring: ProcessRing;
  readonly #maskLow: number;
  readonly #maskHigh: number;
  readonly #userDataLow: number;
  readonly #userDataHigh: number;
  #bitsLow = 0;
  #bitsHigh = 0;
  #hasSlot = false;
  #told = false;

  constructor(ring: ProcessRing, mask: bigint, userData: bigint) {
    this.#ring = ring;
    this.#maskLow = Number(mask & 0xffff_ffffn) | 0;
    this.#maskHigh = Number(mask >> 32n) | 0;
    this.#userDataLow = Number(userData & 0xffff_ffffn) | 0;
    this.#userDataHigh = Number(userData >> 32n) | 0;
  }

  /** Sets a completion slot aside; false when there is none. */
  prepare(): boolean {
    this.#hasSlot ||= this.#ring.server.reserve();
    return this.#hasSlot;
  }

  /** The bits are these now, after a signal. False when the ring is gone. */
  tell(low: number, high: number): boolean {
    if (!this.#isAlive()) return false;
    if (this.#told || ((low & this.#maskLow) | (high & this.#maskHigh)) === 0) return true;
    this.#bitsLow = low & this.#maskLow;
    this.#bitsHigh = high & this.#maskHigh;
    if (this.prepare()) this.#post();
    else this.#ring.owed.add(this);
    return true;
  }

  /** The bits are these now, after some were taken. */
  taken(low: number, high: number): void {
    if (((low & this.#maskLow) | (high & this.#maskHigh)) !== 0) return;
    this.#told = false;
    this.#ring.owed.delete(this);
    if (this.#isAlive()) this.prepare();
  }

  retry(): void {
    if (this.#isAlive() && this.prepare()) this.#post();
  }

  close(): void {
    this.#ring.owed.delete(this);
    if (this.#hasSlot && this.#isAlive()) this.#ring.server.unreserve();
    this.#hasSlot = false;
  }

  #isAlive(): boolean {
    return this.#ring.isOpen && !this.#ring.process.isDying;
  }

  #post(): void {
    const ring = this.#ring;
    this.#hasSlot = false;
    this.#told = true;
    ring.owed.delete(this);
    ring.server.completeWith(
      this.#userDataLow,
      this.#userDataHigh,
      0,
      CQE_FLAG_NOTIFIED | CQE_FLAG_UNSOLICITED,
      this.#bitsLow,
      this.#bitsHigh,
      0,
      0,
    );
    ring.posted();
  }
}
