// Buddy allocator: physical frames in power-of-two blocks, so that what belongs together can lie together.
//
//   order 0 = 1 frame (4 KiB) … order 20 = 4 GiB.  A free block of order k starts at a multiple of 2^k; its buddy is at
//   start XOR 2^k; two free buddies become one block of order k + 1.
//
// Free blocks of an order form a doubly linked list through two arrays indexed by frame. `claim` takes chosen frames out
// of the middle of free blocks: that is how an area grows next to where it already is (memory/frame-pool.ts).

import { assertInvariant } from '../kernel-error.ts';

/** The largest block: 2^20 frames. */
export const MAX_ORDER = 20;

const NONE = -1;
/** In #orders: the frame does not start a free block. */
const NOT_FREE = -1;

/** Allocates frames of `[0, frames)` by number. */
export class BuddyAllocator {
  readonly frames: number;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** For the first frame of a free block its order, else NOT_FREE. */
  readonly #orders: Int8Array;
  readonly #heads: Int32Array = new Int32Array(MAX_ORDER + 1).fill(NONE);
  #free = 0;

  /** All frames start allocated; `release` what may be used. */
  constructor(frames: number) {
    this.frames = frames;
    this.#next = new Int32Array(frames);
    this.#previous = new Int32Array(frames);
    this.#orders = new Int8Array(frames).fill(NOT_FREE);
  }

  /** Free frames. */
  get free(): number {
    return this.#free;
  }

  /** A block of 2^order frames, aligned to its size; its first frame, or −1 when there is none. */
  allocate(order: number): number {
    for (let found = order; found <= MAX_ORDER; found++) {
      const frame = this.#heads[found]!;
      if (frame === NONE) continue;
      this.#unlink(frame, found);
      while (found > order) {
        found--;
        this.#link(frame + 2 ** found, found);
      }
      this.#free -= 2 ** order;
      return frame;
    }
    return NONE;
  }

  /** `count` contiguous frames (the rest of the power of two goes back), or −1. */
  allocateRun(count: number): number {
    const order = orderFor(count);
    if (order > MAX_ORDER) return NONE;
    const frame = this.allocate(order);
    if (frame !== NONE && 2 ** order > count) this.release(frame + count, 2 ** order - count);
    return frame;
  }

  /** Takes exactly the frames `[frame, frame + count)` if all are free; answers whether it did. */
  claim(frame: number, count: number): boolean {
    if (frame < 0 || frame + count > this.frames) return false;
    for (let at = frame; at < frame + count; ) {
      const start = this.#blockAt(at);
      if (start === NONE) return false;
      at = start + 2 ** this.#orders[start]!;
    }
    for (let at = frame; at < frame + count; ) {
      const start = this.#blockAt(at);
      const size = 2 ** this.#orders[start]!;
      const end = Math.min(start + size, frame + count);
      this.#unlink(start, this.#orders[start]!);
      this.#free -= size;
      if (at > start) this.release(start, at - start);
      if (end < start + size) this.release(end, start + size - end);
      at = end;
    }
    return true;
  }

  /** Frees any run of allocated frames, in the largest aligned blocks it contains. */
  release(frame: number, count: number): void {
    let at = frame;
    let left = count;
    while (left > 0) {
      let order = 0;
      while (order < MAX_ORDER && 2 ** (order + 1) <= left && at % 2 ** (order + 1) === 0) order++;
      this.#releaseBlock(at, order);
      at += 2 ** order;
      left -= 2 ** order;
    }
  }

  /** Whether this one frame is free. */
  isFree(frame: number): boolean {
    return this.#blockAt(frame) !== NONE;
  }

  /** Free blocks by order, for tools and tests. */
  freeBlocks(): { frame: number; order: number }[] {
    const blocks: { frame: number; order: number }[] = [];
    for (let frame = 0; frame < this.frames; frame++) {
      if (this.#orders[frame] !== NOT_FREE) blocks.push({ frame, order: this.#orders[frame]! });
    }
    return blocks;
  }

  /** The first frame of the free block that contains `frame`, or −1. */
  #blockAt(frame: number): number {
    for (let order = 0; order <= MAX_ORDER; order++) {
      const size = 2 ** order;
      const start = frame - (frame % size);
      if (this.#orders[start] === order) return start;
    }
    return NONE;
  }

  #releaseBlock(frame: number, order: number): void {
    assertInvariant(this.#blockAt(frame) === NONE, 'a frame is freed once');
    this.#free += 2 ** order;
    let start = frame;
    let size = order;
    while (size < MAX_ORDER) {
      const span = 2 ** size;
      const buddy = (start / span) % 2 === 0 ? start + span : start - span;
      if (buddy + span > this.frames || this.#orders[buddy] !== size) break;
      this.#unlink(buddy, size);
      if (buddy < start) start = buddy;
      size++;
    }
    this.#link(start, size);
  }

  // Lists are kept in no particular order: the block freed last is taken first, while its lines may still be cached.
  #link(frame: number, order: number): void {
    const head = this.#heads[order]!;
    this.#next[frame] = head;
    this.#previous[frame] = NONE;
    if (head !== NONE) this.#previous[head] = frame;
    this.#heads[order] = frame;
    this.#orders[frame] = order;
  }

  #unlink(frame: number, order: number): void {
    const next = this.#next[frame]!;
    const previous = this.#previous[frame]!;
    if (next !== NONE) this.#previous[next] = previous;
    if (previous === NONE) this.#heads[order] = next;
    else this.#next[previous] = next;
    this.#orders[frame] = NOT_FREE;
  }
}

/** The smallest order whose block holds `count` frames. */
export function orderFor(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1);
}
