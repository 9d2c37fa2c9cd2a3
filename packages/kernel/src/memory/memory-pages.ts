// Memory pages: the content of a MemoryObject, shared by whoever maps it, copied only when written.
//
//   parent  [f1][f2][f3]          createChild: the child refers to the same frames (count 2); every mapping of the parent
//   child       [f2][f3]          loses its entries for them and faults them in again, read-only
//                                 first write on either side: that side gets a copy, the other keeps the original
//
// A page is shared copy-on-write exactly while its frame's count is above one, so nested snapshots need no bookkeeping.
// All pages are charged at creation: a write can then not fail for the ledger's sake. Who pays may take them back at any time
// (`reclaim`), whoever else holds or maps them: an access then faults. Snapshots have frames and a payer of their own, and stay.

import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { assertInvariant } from '../kernel-error.ts';
import type { FramePool } from './frame-pool.ts';
import { FRAME_SIZE } from './physical-memory.ts';

const ABSENT = -1;
/** Pages that one first touch backs, when they are contiguous and absent: 256 KiB. */
const CHUNK = 64;

/** What an address space does for the objects it maps. */
export interface Mapper {
  /** Removes the entries of `pages` pages from `first` on; the next access faults. */
  dropEntries(first: number, pages: number): void;
}

/** A part of an address space that shows pages of an object, in page numbers: [start, end). */
export interface ObjectWindow {
  readonly start: number;
  readonly end: number;
  /** The object's page at `start`. */
  readonly objectPage: number;
}

/** Pages with a number of holders; created with one. */
export class MemoryPages {
  readonly pages: number;
  readonly #pool: FramePool;
  readonly #frames: Int32Array;
  readonly #mappings: Map<ObjectWindow, Mapper> = new Map();
  #ledger: Ledger;
  #holders = 1;
  #isReclaimed = false;

  private constructor(pool: FramePool, ledger: Ledger, pages: number) {
    this.#pool = pool;
    this.#ledger = ledger;
    this.pages = pages;
    this.#frames = new Int32Array(pages).fill(ABSENT);
  }

  /** Demand-zero pages charged to `ledger`; undefined when it has not that many. `contiguous` backs all of them now. */
  static create(pool: FramePool, ledger: Ledger, pages: number, contiguous: boolean): MemoryPages | undefined {
    if (!ledger.reserve(RESOURCE.FRAMES, pages)) return undefined;
    let first = ABSENT;
    if (contiguous) {
      first = pool.allocate(pages);
      if (first < 0) {
        ledger.release(RESOURCE.FRAMES, pages);
        return undefined;
      }
    }
    const made = new MemoryPages(pool, ledger, pages);
    if (contiguous) for (let page = 0; page < pages; page++) made.#frames[page] = first + page;
    return made;
  }

  /** A copy-on-write snapshot of `count` pages from `first` on, charged to `ledger`. */
  createChild(first: number, count: number, ledger: Ledger): MemoryPages | undefined {
    if (!ledger.reserve(RESOURCE.FRAMES, count)) return undefined;
    const child = new MemoryPages(this.#pool, ledger, count);
    for (let page = 0; page < count; page++) {
      const frame = this.#frames[first + page]!;
      if (frame === ABSENT) continue;
      this.#pool.retain(frame);
      child.#frames[page] = frame;
    }
    this.#dropFromMappings(first, count);
    return child;
  }

  /**
   * The frames of `count` pages from `first` on, −1 for one that has none, for whoever shows them copy-on-write and holds each: from
   * then on a write here copies.
   */
  lendFrames(first: number, count: number): Int32Array {
    this.#dropFromMappings(first, count);
    return this.#frames.slice(first, first + count);
  }

  /** The frame of a page for reading or writing, backing or copying it first; −1 when the machine has no frame. */
  frame(page: number, write: boolean): number {
    let frame = this.#frames[page]!;
    if (frame === ABSENT) {
      if (this.#isReclaimed) return ABSENT;
      this.#back(page);
      return this.#frames[page]!;
    }
    if (write && this.#pool.isShared(frame)) {
      const copy = this.#pool.allocate(1);
      if (copy < 0) return ABSENT;
      const { bytes } = this.#pool.memory;
      bytes.copyWithin(copy * FRAME_SIZE, frame * FRAME_SIZE, (frame + 1) * FRAME_SIZE);
      this.#pool.release(frame);
      this.#frames[page] = copy;
      this.#dropFromMappings(page, 1);
      frame = copy;
    }
    return frame;
  }

  /** Whether a page may be entered writable as it is. */
  isExclusive(page: number): boolean {
    const frame = this.#frames[page]!;
    return frame !== ABSENT && !this.#pool.isShared(frame);
  }

  /** The frame of a page if it has one, else −1. */
  present(page: number): number {
    return this.#frames[page]!;
  }

  /** Whether whoever pays has taken the pages back. */
  get isReclaimed(): boolean {
    return this.#isReclaimed;
  }

  /** Gives every frame back at once. Mappings stay, and lead nowhere. */
  reclaim(): void {
    if (this.#isReclaimed) return;
    this.#dropFromMappings(0, this.pages);
    this.#free();
    this.#isReclaimed = true;
  }

  #free(): void {
    for (const frame of this.#frames) if (frame !== ABSENT) this.#pool.release(frame);
    this.#frames.fill(ABSENT);
    this.#ledger.release(RESOURCE.FRAMES, this.pages);
  }

  retain(): void {
    this.#holders++;
  }

  release(): void {
    assertInvariant(this.#holders > 0, 'memory pages are released once per holder');
    if (--this.#holders === 0 && !this.#isReclaimed) this.#free();
  }

  /** Charges another ledger from now on; false when it can't bear it. */
  chargeTo(ledger: Ledger): boolean {
    if (ledger === this.#ledger || this.#isReclaimed) return true;
    // The root must see the pages once: give back first, and take again should the new ledger refuse.
    this.#ledger.release(RESOURCE.FRAMES, this.pages);
    if (ledger.reserve(RESOURCE.FRAMES, this.pages)) {
      this.#ledger = ledger;
      return true;
    }
    const restored = this.#ledger.reserve(RESOURCE.FRAMES, this.pages);
    assertInvariant(restored, 'what a ledger just gave back it can take again');
    return false;
  }

  /** A window shows this object from now on; holds it. */
  attach(window: ObjectWindow, mapper: Mapper): void {
    this.#mappings.set(window, mapper);
    this.retain();
  }

  detach(window: ObjectWindow): void {
    if (this.#mappings.delete(window)) this.release();
  }

  /** An attached window was split in two. */
  split(window: ObjectWindow, upper: ObjectWindow): void {
    const mapper = this.#mappings.get(window);
    if (mapper !== undefined) this.attach(upper, mapper);
  }

  #back(page: number): void {
    const start = page - (page % CHUNK);
    let first = page;
    while (first > start && this.#frames[first - 1] === ABSENT) first--;
    let end = page + 1;
    while (end < Math.min(start + CHUNK, this.pages) && this.#frames[end] === ABSENT) end++;
    const before = first > 0 ? this.#frames[first - 1]! : ABSENT;
    // Next to the extent before it if that is free, else wherever there is a run, else this page alone.
    let frame = before !== ABSENT && this.#pool.claim(before + 1, end - first) ? before + 1 : ABSENT;
    if (frame === ABSENT) frame = this.#pool.allocate(end - first);
    if (frame === ABSENT) {
      first = page;
      end = page + 1;
      frame = this.#pool.allocate(1);
      if (frame === ABSENT) return;
    }
    for (let at = first; at < end; at++) this.#frames[at] = frame + (at - first);
  }

  #dropFromMappings(first: number, count: number): void {
    for (const [{ start, end, objectPage }, mapper] of this.#mappings) {
      const from = Math.max(start, start + (first - objectPage));
      const to = Math.min(end, start + (first + count - objectPage));
      if (from < to) mapper.dropEntries(from, to - from);
    }
  }
}
