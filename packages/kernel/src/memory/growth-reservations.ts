// Growth reservations: free frames that are left to the area beside them, so that it grows on in one piece.
//
//   block of 2^k frames   [used][ reserved …                    ]      claim at its edge ─▶ [used    ][ reserved …      ]
//
// They count as free, and when a block of some size is not to be had otherwise, the oldest reservation goes back to the buddy
// allocator; else with the space that grows there, or when what is beside it moves away. Without them every small allocation is put into the smallest free block there is, which is the rest
// of the one that a heap has begun to grow into.

import type { BuddyAllocator } from './buddy-allocator.ts';

/** Reservations at a time: claims look through all of them. */
const MOST = 64;

interface Reservation {
  start: number;
  end: number;
  /** Who grows there. */
  readonly grower: object;
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
  add(start: number, end: number, grower: object): void {
    if (start === end) return;
    if (this.#reservations.length === MOST) this.breakOldest();
    this.#reservations.push({ start, end, grower });
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
    const rest = { ...found, start: end };
    found.end = frame;
    const left = [found, rest].filter((one) => one.start < one.end);
    this.#reservations.splice(index, 1, ...left);
    return true;
  }

  /** Gives the oldest reservation up; false when there is none. */
  breakOldest(): boolean {
    const oldest = this.#reservations.shift();
    if (oldest === undefined) return false;
    this.#break(oldest);
    return true;
  }

  /** Nobody grows into what is reserved right before `start` and right behind `end`. */
  breakBeside(start: number, end: number): void {
    this.#breakAll((one) => one.end === start || one.start === end);
  }

  /** The grower grows no more. */
  breakOf(grower: object): void {
    this.#breakAll((one) => one.grower === grower);
  }

  #breakAll(isMeant: (one: Reservation) => boolean): void {
    for (let index = this.#reservations.length - 1; index >= 0; index--) {
      const one = this.#reservations[index]!;
      if (!isMeant(one)) continue;
      this.#reservations.splice(index, 1);
      this.#break(one);
    }
  }

  #break({ start, end }: Reservation): void {
    this.#frames -= end - start;
    this.#buddy.release(start, end - start);
  }
}
