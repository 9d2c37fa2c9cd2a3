// Frame pool: frames with a reader's promise (zeroed before anybody sees them) and a count of who maps them.
//
// A frame is shared copy-on-write while its count is above one; the last release gives it back to the buddy allocator and
// marks it dirty, and only dirty frames are zeroed at the next allocation (never-used RAM is zero already).
//
// A frame may be kept beyond that, with what it holds (memory/image-cache.ts): nobody may write to it meanwhile, and while nobody
// maps it either it counts as free, since whoever keeps it lets go of it when frames run short.

import { assertInvariant } from '../kernel-error.ts';
import { BuddyAllocator, orderFor } from './buddy-allocator.ts';
import { GrowthReservations } from './growth-reservations.ts';
import { FRAME_SIZE, type PhysicalMemory } from './physical-memory.ts';

/** Frames for page tables are taken 64 at a time. */
const SINGLES_ORDER = 6;
/** Blocks of up to so many frames, 64 MiB, are had at the cost of reservations. */
const LARGEST_DEMAND = 16_384;

/** Frames of the whole machine. */
export class FramePool {
  readonly memory: PhysicalMemory;
  readonly #buddy: BuddyAllocator;
  readonly #reservations: GrowthReservations;
  readonly #references: Int32Array;
  /** Free frames taken out of the buddy allocator for page tables. */
  readonly #singles: number[] = [];
  readonly #dirty: Uint8Array;
  /** Frames that were mapped executable since they were allocated: decoded code may exist for them. */
  readonly #executed: Uint8Array;
  /** Frames that are kept, and how many of them nobody maps. */
  readonly #kept: Uint8Array;
  #idle = 0;
  /** Frames the pool manages. */
  readonly total: number;
  /** Asked to let go of frames when there are not enough; whether it did. */
  onShortage: () => boolean = () => false;

  /** Manages `[firstByte, memory.size)`; what lies below stays with whoever put it there. Frame 0 is never given out. */
  constructor(memory: PhysicalMemory, firstByte: number = FRAME_SIZE) {
    const frames = Math.floor(memory.size / FRAME_SIZE);
    const first = Math.max(1, Math.ceil(firstByte / FRAME_SIZE));
    this.memory = memory;
    this.#buddy = new BuddyAllocator(frames);
    this.#reservations = new GrowthReservations(this.#buddy);
    this.#references = new Int32Array(frames);
    this.#dirty = new Uint8Array(frames);
    this.#executed = new Uint8Array(frames);
    this.#kept = new Uint8Array(frames);
    this.#buddy.release(first, frames - first);
    this.total = frames - first;
  }

  /** Frames that can be had, those that are merely kept included. */
  get free(): number {
    return this.#buddy.free + this.#reservations.frames + this.#singles.length + this.#idle;
  }

  /** A run of zeroed, contiguous frames with one reference each; its first frame number, or −1. */
  allocate(count: number): number {
    for (;;) {
      const frame = this.#buddy.allocateRun(count);
      if (frame >= 0) {
        this.#prepare(frame, count);
        return frame;
      }
      if (count === 1 && this.#singles.length > 0) return this.#takeSingle();
      if (!this.#reservations.breakOldest() && !this.onShortage()) return -1;
    }
  }

  /** `count` frames at `offset` of a free block of `window` frames, whose rest is left to who grows into it. −1 without one. */
  allocateWithin(window: number, offset: number, count: number, grower: object): number {
    const used = Math.min(count, window - offset);
    if (used < count) return -1;
    const block = this.#blockOf(window);
    if (block < 0) return -1;
    this.#reservations.add(block, block + offset, grower);
    this.#reservations.add(block + offset + count, block + window, grower);
    this.#prepare(block + offset, count);
    return block + offset;
  }

  /** The frames `[start, end)` are of no use to who grew there: neither is what is left free for it on both sides. */
  breakReservationsBeside(start: number, end: number): void {
    this.#reservations.breakBeside(start, end);
  }

  /** The grower grows no more. */
  breakReservationsOf(grower: object): void {
    this.#reservations.breakOf(grower);
  }

  /** A block of so many frames, a power of two: reservations of others give way to it, the oldest first. */
  #blockOf(frames: number): number {
    for (;;) {
      const block = this.#buddy.allocate(orderFor(frames));
      if (block >= 0 || frames > LARGEST_DEMAND || !this.#reservations.breakOldest()) return block;
    }
  }

  /** One zeroed frame that need not lie anywhere: kept together with others of its kind, out of the way of areas. */
  allocateSingle(): number {
    if (this.#singles.length === 0) {
      const block = this.#blockOf(2 ** SINGLES_ORDER);
      if (block < 0) return this.allocate(1);
      for (let frame = block + 2 ** SINGLES_ORDER - 1; frame >= block; frame--) this.#singles.push(frame);
    }
    return this.#takeSingle();
  }

  #takeSingle(): number {
    const frame = this.#singles.pop();
    if (frame === undefined) return -1;
    this.#prepare(frame, 1);
    return frame;
  }

  /** Exactly these frames, zeroed, if all are free. */
  claim(frame: number, count: number): boolean {
    if (!this.#reservations.claim(frame, count)) return false;
    this.#prepare(frame, count);
    return true;
  }

  retain(frame: number): void {
    if (this.#references[frame]!++ === 0) this.#idle--;
  }

  /** Whether somebody else has the frame, too: it must not be written to. */
  isShared(frame: number): boolean {
    return this.#references[frame]! > 1 || this.#kept[frame] !== 0;
  }

  release(frame: number): void {
    const left = --this.#references[frame]!;
    assertInvariant(left >= 0, 'a frame is released once per reference');
    if (left > 0) return;
    if (this.#kept[frame] === 0) this.#giveBack(frame);
    else this.#idle++;
  }

  /** The frame stays as it is from now on, mapped or not, until `letGo`. */
  keep(frame: number): void {
    this.#kept[frame] = 1;
  }

  isKept(frame: number): boolean {
    return this.#kept[frame] !== 0;
  }

  letGo(frame: number): void {
    this.#kept[frame] = 0;
    if (this.#references[frame] !== 0) return;
    this.#idle--;
    this.#giveBack(frame);
  }

  #giveBack(frame: number): void {
    this.#dirty[frame] = 1;
    if (this.#executed[frame] !== 0) {
      this.#executed[frame] = 0;
      this.memory.invalidateCode(frame * FRAME_SIZE, FRAME_SIZE);
    }
    this.#buddy.release(frame, 1);
  }

  /** Notes that code may be decoded from this frame. */
  markExecutable(frame: number): void {
    this.#executed[frame] = 1;
  }

  /** To be called after the kernel itself wrote into a frame. */
  written(frame: number): void {
    if (this.#executed[frame] !== 0) this.memory.invalidateCode(frame * FRAME_SIZE, FRAME_SIZE);
  }

  #prepare(frame: number, count: number): void {
    const { bytes } = this.memory;
    for (let at = frame; at < frame + count; at++) {
      this.#references[at] = 1;
      if (this.#dirty[at] !== 0) {
        this.#dirty[at] = 0;
        bytes.fill(0, at * FRAME_SIZE, (at + 1) * FRAME_SIZE);
      }
    }
  }
}
