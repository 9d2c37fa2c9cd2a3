// Page entries: the page-table entries of one address space, and the frames behind them.
//
//   enter      a page its area allows: backed now, or copied if it is shared and to be written       ─▶ physical address
//   rewrite    after an area's protection changed         release · drop    entries go, with or without their frames
//
// Backing takes more than the page touched: an aligned chunk that doubles with what the area already has (64 KiB to 4 MiB),
// in the frames next to those of its neighbour pages when these are free. When they are not, what lies in several pieces then moves
// to where there is room for it, and for as much again (`gather`). Few contiguous extents are what the processor's fast path lives on.
//
// Whoever caches translations is told of exactly the entries that were present and are taken away or restricted.

import { PROTECTION } from '@capos/abi';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { PageTable, PTE, PTE_HIGH_NO_EXECUTE, type TableFrames } from '../arch/page-table.ts';
import type { Area } from './area-map.ts';
import { orderFor } from './buddy-allocator.ts';
import type { FramePool } from './frame-pool.ts';
import { FRAME_SIZE } from './physical-memory.ts';

const FIRST_CHUNK = 16;
const LAST_CHUNK = 1024;
/** Bits of an entry whose page may be moved. */
const MOVABLE = PTE.PRESENT | PTE.WRITABLE;
/** Frames that a snapshot pays for at once. */
const ADOPTED_AT_ONCE = 64;
/** Frames of the largest free block that a new piece is put into: 256 MiB. */
const LAST_WINDOW = 65_536;
/** Beyond this many pages one flush of all from the lowest to the highest is cheaper than a call for each. */
const FLUSH_RANGE_ABOVE = 64;
/** First page after the user half (SDM 1 §3.3.7.1). */
export const USER_END_PAGE: number = 2 ** 35;

/** Who remembers translations. */
export interface TranslationListener {
  forgetPage(vpn: number): void;
  forgetRange(vpn: number, pages: number): void;
  forgetAll(): void;
}

/** A contiguous piece of physical memory behind part of an area. */
export interface Extent {
  /** Virtual address. */
  readonly address: number;
  readonly physical: number;
  readonly length: number;
}

export class PageEntries implements TableFrames {
  readonly #words: Int32Array;
  readonly #pool: FramePool;
  readonly #ledger: Ledger;
  readonly #table: PageTable;
  readonly #listener: TranslationListener;
  /** Entries taken away or restricted by the operation under way. */
  readonly #changed: number[] = [];
  #changedCount = 0;
  /** The first of them, and the last, by address. −0, for V8 to keep them as doubles from the start (docs/decisions/0029). */
  #lowest = -0;
  #highest = -0;
  /** A page that could not be put beside its neighbours; −1 for none. */
  #apart = -1;
  /** Pages that may be moved: two for each that was backed, so that moving never costs more than backing did. */
  #mayMove = 0;

  private constructor(pool: FramePool, ledger: Ledger, rootFrame: number, listener: TranslationListener) {
    this.#words = pool.memory.words;
    this.#pool = pool;
    this.#ledger = ledger;
    this.#listener = listener;
    this.#table = new PageTable(pool.memory, this, rootFrame);
  }

  /** No entries; undefined when there is no frame for the first table. */
  static create(pool: FramePool, ledger: Ledger, listener: TranslationListener): PageEntries | undefined {
    if (!ledger.reserve(RESOURCE.FRAMES, 1)) return undefined;
    const frame = pool.allocateSingle();
    if (frame < 0) {
      ledger.release(RESOURCE.FRAMES, 1);
      return undefined;
    }
    return new PageEntries(pool, ledger, frame, listener);
  }

  /** Physical address of the top-level table. */
  get root(): number {
    return this.#table.root;
  }

  /** Gives the tables back; entries must be gone. */
  destroy(): void {
    this.#table.destroy();
    this.#pool.breakReservationsOf(this);
    this.#listener.forgetAll();
  }

  allocateTable(): number {
    if (!this.#ledger.reserve(RESOURCE.FRAMES, 1)) return -1;
    const frame = this.#pool.allocateSingle();
    if (frame < 0) this.#ledger.release(RESOURCE.FRAMES, 1);
    return frame;
  }

  releaseTable(frame: number): void {
    this.#pool.release(frame);
    this.#ledger.release(RESOURCE.FRAMES, 1);
  }

  /** Makes the entry of a page as its area allows; the physical address of the page, or −1 without a frame. */
  enter(area: Area, vpn: number, write: boolean): number {
    return area.object === undefined ? this.#enterAnonymous(area, vpn, write) : this.#enterObject(area, vpn, write);
  }

  /** Brings the entries of an area in line with it. */
  rewrite(area: Area): void {
    this.#table.forEachOccupied(area.start, area.end, (vpn, word) => {
      this.#set(word, this.#words[word]! >>> 12, area, vpn);
      this.#noteChanged(vpn);
    });
    this.#announce();
  }

  /** Empties the entries of an area in `[start, end)`; frames of anonymous memory go back. */
  release(area: Area, start: number, end: number): void {
    const anonymous = area.object === undefined;
    let released = 0;
    this.#table.forEachOccupied(Math.max(start, area.start), Math.min(end, area.end), (vpn, word) => {
      if (anonymous) {
        this.#pool.release(this.#words[word]! >>> 12);
        released++;
      }
      this.#clear(word);
      this.#noteChanged(vpn);
    });
    area.populated = Math.max(0, area.populated - released);
    if (released > 0) this.#ledger.release(RESOURCE.FRAMES, released);
    this.#announce();
  }

  /** Empties the entries of `pages` pages whose frames belong to somebody else. */
  drop(first: number, pages: number): void {
    this.#table.forEachOccupied(first, first + pages, (vpn, word) => {
      this.#clear(word);
      this.#noteChanged(vpn);
    });
    this.#announce();
  }

  /** Gives back tables that cover nothing outside `[start, end)`; its entries must be empty. */
  prune(start: number, end: number): void {
    this.#table.pruneLeaves(start, end);
  }

  /** Moves the entries of `[start, end)` to `target`; false, with nothing moved, when there is no frame for a table. */
  move(start: number, end: number, target: number): boolean {
    // Tables first, so that the move itself cannot fail half way.
    let possible = true;
    this.#table.forEachOccupied(start, end, (vpn) => {
      if (possible && this.#table.findOrMake(target + (vpn - start)) < 0) possible = false;
    });
    if (!possible) return false;
    this.#table.forEachOccupied(start, end, (vpn, word) => {
      const low = this.#words[word]!;
      const high = this.#words[word + 1]!;
      this.#clear(word);
      const moved = this.#table.find(target + (vpn - start));
      this.#words[moved] = low;
      this.#words[moved + 1] = high;
      this.#noteChanged(vpn);
    });
    this.#announce();
    return true;
  }

  /**
   * Enters the backed pages of an anonymous area of another space, shared copy-on-write: there, too, none of them may be written any
   * more. False when something runs out.
   */
  adopt(area: Area, original: PageEntries): boolean {
    const words = this.#words;
    let complete = true;
    let reserved = 0;
    original.#table.forEachOccupied(area.start, area.end, (vpn, word) => {
      if (!complete) return;
      const entry = this.#table.findOrMake(vpn);
      if (reserved === 0) reserved = this.#reserveSome();
      if (entry < 0 || reserved === 0) {
        complete = false;
        return;
      }
      reserved--;
      const low = words[word]!;
      const unwritable = low & ~(PTE.WRITABLE | PTE.DIRTY);
      this.#pool.retain(low >>> 12);
      words[entry] = unwritable;
      words[entry + 1] = words[word + 1]!;
      if (unwritable === low) return;
      words[word] = unwritable;
      original.#noteChanged(vpn);
    });
    if (reserved > 0) this.#ledger.release(RESOURCE.FRAMES, reserved);
    original.#announce();
    return complete;
  }

  /** Frames are paid for by the dozen where the ledger has as many, else one by one: how many it was. */
  #reserveSome(): number {
    if (this.#ledger.reserve(RESOURCE.FRAMES, ADOPTED_AT_ONCE)) return ADOPTED_AT_ONCE;
    return this.#ledger.reserve(RESOURCE.FRAMES, 1) ? 1 : 0;
  }

  /**
   * Enters frames that somebody else holds too for the pages from `start` on, to be copied when written; −1 is none. False when
   * something runs out: what was entered by then goes with the area.
   */
  share(area: Area, start: number, frames: Int32Array): boolean {
    for (let index = 0; index < frames.length; index++) {
      const frame = frames[index]!;
      if (frame < 0) continue;
      const word = this.#table.findOrMake(start + index);
      if (word < 0 || !this.#ledger.reserve(RESOURCE.FRAMES, 1)) return false;
      this.#pool.retain(frame);
      this.#set(word, frame, area, start + index);
      area.populated++;
    }
    return true;
  }

  /** Whether some page of `[start, end)` has a frame. */
  isAnyBacked(start: number, end: number): boolean {
    let isBacked = false;
    this.#table.forEachOccupied(start, end, () => {
      isBacked = true;
    });
    return isBacked;
  }

  /** The physical pieces behind `[start, end)`, in order of address. */
  extents(start: number, end: number): Extent[] {
    const extents: { address: number; physical: number; length: number }[] = [];
    this.#table.forEachOccupied(start, end, (vpn, word) => {
      const address = vpn * FRAME_SIZE;
      const physical = (this.#words[word]! >>> 12) * FRAME_SIZE;
      const last = extents.at(-1);
      const continues =
        last !== undefined && last.address + last.length === address && last.physical + last.length === physical;
      if (continues) {
        last.length += FRAME_SIZE;
      } else {
        extents.push({ address, physical, length: FRAME_SIZE });
      }
    });
    return extents;
  }

  #enterAnonymous(area: Area, vpn: number, write: boolean): number {
    const word = this.#table.find(vpn);
    const entry = word < 0 ? 0 : this.#words[word]!;
    if (entry === 0) return this.#populate(area, vpn);
    let frame = entry >>> 12;
    if (write && (entry & PTE.WRITABLE) === 0) {
      if (this.#pool.isKept(frame)) return this.#copyKept(area, vpn, frame);
      if (this.#pool.isShared(frame)) {
        const copy = this.#pool.allocate(1);
        if (copy < 0) return -1;
        this.#pool.memory.bytes.copyWithin(copy * FRAME_SIZE, frame * FRAME_SIZE, (frame + 1) * FRAME_SIZE);
        this.#pool.release(frame);
        frame = copy;
      }
      this.#set(word, frame, area, vpn);
      this.#listener.forgetPage(vpn);
    }
    return frame * FRAME_SIZE;
  }

  /**
   * Copies a page of an image, and its neighbours of the same 64 KiB: they are data that will be written, too, and copies that lie
   * side by side stay one extent.
   */
  #copyKept(area: Area, vpn: number, kept: number): number {
    const isAlike = (at: number): boolean => {
      const frame = this.#frameOf(at);
      return frame >= 0 && this.#pool.isKept(frame);
    };
    const chunk = vpn - (vpn % FIRST_CHUNK);
    let first = vpn;
    while (first > Math.max(chunk, area.start) && isAlike(first - 1)) first--;
    let end = vpn + 1;
    while (end < Math.min(chunk + FIRST_CHUNK, area.end) && isAlike(end)) end++;
    // The allocation may make who keeps the frames let go of them, but this space holds them still.
    let copy = this.#framesFor(area, first, end - first);
    if (copy < 0) {
      first = vpn;
      end = vpn + 1;
      copy = this.#pool.allocate(1);
      // Nobody may want it any more by now.
      if (copy < 0 && !this.#pool.isShared(kept)) copy = kept;
      if (copy < 0) return -1;
    }
    const { bytes } = this.#pool.memory;
    for (let at = first; at < end; at++) {
      const word = this.#table.find(at);
      const frame = this.#words[word]! >>> 12;
      const own = copy + (at - first);
      if (own !== frame) {
        bytes.copyWithin(own * FRAME_SIZE, frame * FRAME_SIZE, (frame + 1) * FRAME_SIZE);
        this.#pool.release(frame);
      }
      this.#set(word, own, area, at);
      this.#noteChanged(at);
    }
    this.#announce();
    return (copy + (vpn - first)) * FRAME_SIZE;
  }

  #enterObject(area: Area, vpn: number, write: boolean): number {
    const object = area.object!;
    const page = area.objectPage + (vpn - area.start);
    const frame = object.frame(page, write && (area.protection & PROTECTION.WRITE) !== 0);
    if (frame < 0) return -1;
    // Enter what is already there of the same 64 KiB: neighbours are usually wanted next.
    const chunk = vpn - (vpn % FIRST_CHUNK);
    const end = Math.min(area.end, chunk + FIRST_CHUNK);
    for (let at = Math.max(area.start, chunk); at < end; at++) {
      const present = object.present(area.objectPage + (at - area.start));
      if (present < 0) continue;
      const word = this.#table.findOrMake(at);
      if (word < 0) return -1;
      if (at === vpn || this.#words[word] === 0) this.#set(word, present, area, at);
    }
    this.#listener.forgetPage(vpn);
    return frame * FRAME_SIZE;
  }

  /** Backs `vpn` and as much around it as the area has earned. */
  #populate(area: Area, vpn: number): number {
    let chunk = FIRST_CHUNK;
    while (chunk < LAST_CHUNK && chunk < area.populated && chunk * 8 < this.#pool.free) chunk *= 2;
    for (; chunk >= 1; chunk = chunk > 1 ? Math.floor(chunk / 4) || 1 : 0) {
      const window = vpn - (vpn % chunk);
      let first = vpn;
      while (first > Math.max(window, area.start) && this.#frameOf(first - 1) < 0) first--;
      let end = vpn + 1;
      while (end < Math.min(window + chunk, area.end) && this.#frameOf(end) < 0) end++;
      const count = end - first;
      if (!this.#ledger.reserve(RESOURCE.FRAMES, count)) continue;
      const frame = this.#framesFor(area, first, count);
      if (frame < 0) {
        this.#ledger.release(RESOURCE.FRAMES, count);
        continue;
      }
      const entered = this.#enterRun(area, first, count, frame);
      area.populated += entered;
      this.#mayMove += 2 * entered;
      // No frame for a table: what could not be entered goes back.
      for (let at = entered; at < count; at++) this.#pool.release(frame + at);
      if (entered < count) this.#ledger.release(RESOURCE.FRAMES, count - entered);
      return first + entered > vpn ? (frame + (vpn - first)) * FRAME_SIZE : -1;
    }
    return -1;
  }

  /** Frames right after those of the page before, or right before those of the page behind, when these are free. */
  #framesFor(area: Area, first: number, count: number): number {
    const before = this.#frameOf(first - 1);
    if (before >= 0 && this.#pool.claim(before + 1, count)) return before + 1;
    const behind = this.#frameOf(first + count);
    if (behind >= 0 && this.#pool.claim(behind - count, count)) return behind - count;
    if (before >= 0 || behind >= 0) this.#apart = first;
    // A new piece: in a free block as large as the area may become, at the place there that its address has in its own
    // window, so that the area can grow on in both directions.
    for (let window = 2 ** orderFor(Math.min(area.end - area.start, LAST_WINDOW)); window > count; window /= 4) {
      const frame = this.#pool.allocateWithin(window, first % window, count, this);
      if (frame >= 0) return frame;
    }
    return this.#pool.allocate(count);
  }

  /** A page that could not be put beside its neighbours since this was asked last; −1 for none. */
  takeApart(): number {
    const page = this.#apart;
    this.#apart = -1;
    return page;
  }

  /**
   * Moves the private, writable pages around `page`, as far as each has a neighbour, into one piece of physical memory. Only while
   * nobody goes by physical addresses, as in the kernel's operations.
   */
  gather(area: Area, page: number): void {
    let first = page;
    while (first > area.start && page - first < LAST_WINDOW && this.#isMovable(first - 1)) first--;
    let end = page;
    while (end < area.end && end - first < LAST_WINDOW && this.#isMovable(end)) end++;
    const count = end - first;
    if (count < 2 || count > this.#mayMove) return;
    const target = this.#roomFor(count, Math.min(first - area.start, count));
    if (target < 0) return;
    this.#mayMove -= count;
    for (let at = first; at < end; ) {
      const frame = this.#frameOf(at);
      let next = at + 1;
      while (next < end && this.#frameOf(next) === frame + (next - at)) next++;
      this.#movePiece(area, at, next - at, frame, target + (at - first));
      at = next;
    }
    this.#announce();
  }

  /** So many frames in a free block of several times that, with room before them, too: −1 where there is none that is larger. */
  #roomFor(count: number, before: number): number {
    const least = 2 ** (orderFor(count) + 1);
    for (let window = Math.min(4 * least, LAST_WINDOW); window >= least; window /= 2) {
      const frame = this.#pool.allocateWithin(window, Math.min(before, (window - count) >>> 2), count, this);
      if (frame >= 0) return frame;
    }
    return -1;
  }

  #movePiece(area: Area, first: number, count: number, from: number, to: number): void {
    const { bytes } = this.#pool.memory;
    bytes.copyWithin(to * FRAME_SIZE, from * FRAME_SIZE, (from + count) * FRAME_SIZE);
    for (let index = 0; index < count; index++) {
      this.#pool.release(from + index);
      this.#set(this.#table.find(first + index), to + index, area, first + index);
      this.#noteChanged(first + index);
    }
    this.#pool.breakReservationsBeside(from, from + count);
  }

  /** Backed, nobody else's, and writable: nobody has kept its physical address, nor are there instructions in it. */
  #isMovable(vpn: number): boolean {
    const word = this.#table.find(vpn);
    const entry = word < 0 ? 0 : this.#words[word]!;
    return (entry & MOVABLE) === MOVABLE && !this.#pool.isShared(entry >>> 12);
  }

  #enterRun(area: Area, first: number, count: number, frame: number): number {
    for (let at = 0; at < count; at++) {
      const word = this.#table.findOrMake(first + at);
      if (word < 0) return at;
      this.#set(word, frame + at, area, first + at);
    }
    return count;
  }

  /** The frame behind a page, or −1. */
  #frameOf(vpn: number): number {
    if (vpn < 0 || vpn >= USER_END_PAGE) return -1;
    const word = this.#table.find(vpn);
    return word < 0 || this.#words[word] === 0 ? -1 : this.#words[word]! >>> 12;
  }

  #set(word: number, frame: number, area: Area, vpn: number): void {
    const { protection } = area;
    let low = (frame << 12) | PTE.USER | PTE.ACCESSED | (protection === PROTECTION.NONE ? PTE.KEPT : PTE.PRESENT);
    if ((protection & PROTECTION.WRITE) !== 0 && this.#isExclusive(area, vpn, frame)) low |= PTE.WRITABLE | PTE.DIRTY;
    this.#words[word] = low;
    if ((protection & PROTECTION.EXECUTE) === 0) {
      this.#words[word + 1] = PTE_HIGH_NO_EXECUTE;
    } else {
      this.#words[word + 1] = 0;
      this.#pool.markExecutable(frame);
    }
  }

  #clear(word: number): void {
    this.#words[word] = 0;
    this.#words[word + 1] = 0;
  }

  #isExclusive(area: Area, vpn: number, frame: number): boolean {
    if (area.object !== undefined) return area.object.isExclusive(area.objectPage + (vpn - area.start));
    return !this.#pool.isShared(frame);
  }

  #noteChanged(vpn: number): void {
    if (this.#changedCount === 0 || vpn < this.#lowest) this.#lowest = vpn;
    if (this.#changedCount === 0 || vpn > this.#highest) this.#highest = vpn;
    if (this.#changedCount < FLUSH_RANGE_ABOVE) this.#changed[this.#changedCount] = vpn;
    this.#changedCount++;
  }

  #announce(): void {
    const count = this.#changedCount;
    this.#changedCount = 0;
    if (count > FLUSH_RANGE_ABOVE) this.#listener.forgetRange(this.#lowest, this.#highest - this.#lowest + 1);
    else for (let index = 0; index < count; index++) this.#listener.forgetPage(this.#changed[index]!);
  }
}
