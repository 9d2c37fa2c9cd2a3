// Growth reservations: free frames that are left to the area beside them, so that it grows on in one piece.
//
//   block of 2^k frames   [used][ reserved …                    ]      claim at its edge ─▶ [used    ][ reserved …      ]
//
// Nobody owns them: they count as free, and when a block of some size is not to be had otherwise, the oldest reservation goes
// back to the buddy allocator. Without them every small allocation is put into the smallest free block there is, which is the rest
// of the one that a heap has begun to grow into.

import type { BuddyAllocator } from './buddy-allocator.ts';

/** Reservations at a time: claims look through all of them. */
const MOST = 64;

interface Reservation {
  start: number;
  end: number;
}

export class GrowthReservations {
  readonly #buddy: BuddyAllocator;
  /** The oldest first. */
  readonly #reservations: Reservation[] = [];
  #frames = 0;

  constructor(buddy: BuddyAllocator) {
    this.#buddy = buddy;
  }

  /** Frames that are reserved. */
  get frames(): number {
    return this.#frames;
  }

  /** Reserves `[start, end)`, which the buddy allocator has given out. */
  add(start: number, end: number): void {
    if (start === end) return;
    if (this.#reservations.length === MOST) this.breakOldest();
    this.#reservations.push({ start, end });
    this.#frames += end - start;
  }

  /** Takes exactly these frames, be they reserved or free; whether it did. */
  claim(frame: number, count: number): boolean {
    const end = frame + count;
    const index = this.#reservations.findIndex((one) => frame < one.end && end > one.start);
    const found = this.#reservations[index];
    if (found === undefined) return this.#buddy.claim(frame, count);
    if (frame < found.start || end > found.end) return false;
    this.#frames -= count;
    const rest = { start: end, end: found.end };
    found.end = frame;
    const left = [found, rest].filter((one) => one.start < one.end);
    this.#reservations.splice(index, 1, ...left);
    return true;
  }

  /** Gives the oldest reservation up; false when there is none. */
  breakOldest(): boolean {
    const oldest = this.#reservations.shift();
    if (oldest === undefined) return false;
    this.#frames -= oldest.end - oldest.start;
    this.#buddy.release(oldest.start, oldest.end - oldest.start);
    return true;
  }
}
