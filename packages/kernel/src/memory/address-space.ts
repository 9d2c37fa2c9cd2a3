// Address space: areas over page tables, backed when touched.
//
//   access ─▶ TLB miss ─▶ page walk ─▶ #PF ─▶ fault(): area found? protection allows? ─▶ frames ─▶ entry ─▶ retry
//
// Backing takes more than the page touched: an aligned chunk that doubles with what the area already has (64 KiB to 4 MiB),
// in the frames next to those of its neighbour pages when these are free. Few contiguous extents are what the processor's fast
// path lives on (`extents` tells them). Entries exist only for backed pages; a reservation of gigabytes costs its area.
//
// Every operation checks everything, reserves in the ledger, and only then changes something. The processor's TLB and the
// kernel's own translation cache are told of every entry that is removed or restricted.

import { type MemoryFailure, PROTECTION } from '@capos/abi';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { PageTable, PTE, PTE_HIGH_NO_EXECUTE, type TableFrames } from '../arch/page-table.ts';
import { type Area, AreaMap } from './area-map.ts';
import { orderFor } from './buddy-allocator.ts';
import type { FramePool } from './frame-pool.ts';
import type { Mapper, MemoryPages } from './memory-pages.ts';
import { FRAME_SIZE } from './physical-memory.ts';
import { ACCESS, type Access, INACCESSIBLE, SCATTERED, type UserMemory } from './user-memory.ts';

/** First page after the user half (SDM 1 §3.3.7.1). */
const USER_END_PAGE = 2 ** 35;
/** Nothing is placed below 64 KiB: a null pointer with an offset must fault. */
export const LOWEST_PAGE = 16;
/** Where the kernel places what has no address, downwards: abi's MAP_TOP. */
const PLACE_TOP_PAGE = 0x7000_0000_0000 / FRAME_SIZE;

const FIRST_CHUNK = 16;
const LAST_CHUNK = 1024;
/** Frames of the largest free block that a new piece is put into: 256 MiB. */
const LAST_WINDOW = 65_536;
const CACHE_SIZE = 512;
const FRAME_SHIFT = 12;
/** Beyond this many pages one flush of the whole space is cheaper than a call for each. */
const FLUSH_ALL_ABOVE = 16;
const ALL_PROTECTION = PROTECTION.READ | PROTECTION.WRITE | PROTECTION.EXECUTE;

/** Who keeps translations that must be forgotten: the processor's TLB (arch/). */
export interface TranslationHolder {
  invalidatePage(space: AddressSpace, vpn: number): void;
  invalidateAll(space: AddressSpace): void;
}

/** A contiguous piece of physical memory behind part of an area. */
export interface Extent {
  /** Virtual address. */
  readonly address: number;
  readonly physical: number;
  readonly length: number;
}

/** What became of a page fault. */
export type FaultOutcome = 'resolved' | 'violation' | 'noMemory';

export interface AddressSpaceOptions {
  readonly pool: FramePool;
  readonly ledger: Ledger;
  readonly holder: TranslationHolder;
  /** Tags the space's entries in the TLB. */
  readonly tag: number;
  /** Foreign processes may map writable code; native ones may not. */
  readonly allowWriteExecute: boolean;
}

/** The memory of one `elf` process. */
export class AddressSpace implements UserMemory, Mapper, TableFrames {
  readonly tag: number;
  readonly ledger: Ledger;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly view: DataView;
  readonly #pool: FramePool;
  readonly #holder: TranslationHolder;
  readonly #allowWriteExecute: boolean;
  readonly #table: PageTable;
  readonly #areas: AreaMap = new AreaMap();
  // Translation cache of the kernel itself: page number → physical address of the page, and whether it may be written.
  readonly #cachePages: Float64Array = new Float64Array(CACHE_SIZE).fill(-1);
  readonly #cachePhysical: Float64Array = new Float64Array(CACHE_SIZE);
  readonly #cacheWritable: Uint8Array = new Uint8Array(CACHE_SIZE);
  #chargedAreas = 0;

  private constructor(options: AddressSpaceOptions, rootFrame: number) {
    this.tag = options.tag;
    this.ledger = options.ledger;
    this.#pool = options.pool;
    this.#holder = options.holder;
    this.#allowWriteExecute = options.allowWriteExecute;
    this.bytes = options.pool.memory.bytes;
    this.words = options.pool.memory.words;
    this.view = options.pool.memory.view;
    this.#table = new PageTable(options.pool.memory, this, rootFrame);
  }

  /** An empty space; undefined when there is no frame for its first table. */
  static create(options: AddressSpaceOptions): AddressSpace | undefined {
    if (!options.ledger.reserve(RESOURCE.FRAMES, 1)) return undefined;
    const frame = options.pool.allocate(1);
    if (frame < 0) {
      options.ledger.release(RESOURCE.FRAMES, 1);
      return undefined;
    }
    return new AddressSpace(options, frame);
  }

  /** Physical address of the top-level table, for CR3. */
  get root(): number {
    return this.#table.root;
  }

  /** Frees everything. */
  destroy(): void {
    this.#releaseRange(0, USER_END_PAGE);
    for (let index = 0; index < this.#areas.length; index++) {
      const area = this.#areas.at(index);
      this.ledger.release(RESOURCE.RESERVED_PAGES, area.end - area.start);
      area.object?.detach(area);
    }
    this.#areas.remove(0, this.#areas.length);
    this.#settleAreas();
    this.#table.destroy();
    this.#forgetAll();
  }

  // ---- mappings -------------------------------------------------------------------------------------------------------

  /** Demand-zero memory. `address` 0 lets the kernel place it; without `fixed` it is a hint. Answers the address. */
  map(address: number, length: number, protection: number, fixed: boolean, byKernel = false): number | MemoryFailure {
    return this.#mapRange(address, length, protection, fixed, byKernel, undefined, 0, ALL_PROTECTION);
  }

  /** Shows `length` bytes of an object from byte `offset` on. */
  mapObject(
    object: MemoryPages,
    offset: number,
    address: number,
    length: number,
    protection: number,
    fixed: boolean,
    maxProtection: number = ALL_PROTECTION,
  ): number | MemoryFailure {
    if (offset < 0 || offset % FRAME_SIZE !== 0 || offset + length > object.pages * FRAME_SIZE) return 'badRange';
    return this.#mapRange(address, length, protection, fixed, false, object, offset / FRAME_SIZE, maxProtection);
  }

  unmap(address: number, length: number): MemoryFailure | undefined {
    const refused = this.#refuseRange(address, length) ?? this.#refuseKernelAreas(address, length);
    if (refused !== undefined) return refused;
    const start = address / FRAME_SIZE;
    const end = start + length / FRAME_SIZE;
    if (!this.#reserveAreas(this.#areas.splits(start, end))) return 'noMemory';
    this.#unmapPages(start, end);
    this.#settleAreas();
    return undefined;
  }

  /** Changes protection; on a reservation, anything but NONE commits demand-zero memory. */
  protect(address: number, length: number, protection: number): MemoryFailure | undefined {
    const refused =
      this.#refuseRange(address, length) ??
      this.#refuseKernelAreas(address, length) ??
      this.#refuseProtection(protection);
    if (refused !== undefined) return refused;
    const start = address / FRAME_SIZE;
    const end = start + length / FRAME_SIZE;
    if (!this.#areas.isCovered(start, end)) return 'notMapped';
    if (this.#areas.some(start, end, (area) => (protection & ~area.maxProtection) !== 0)) return 'notPermitted';
    if (!this.#reserveAreas(this.#areas.splits(start, end))) return 'noMemory';
    const { from, to } = this.#areas.carve(start, end);
    for (let index = from; index < to; index++) {
      const area = this.#areas.at(index);
      if (area.protection === protection) continue;
      area.protection = protection;
      this.#rewriteEntries(area);
    }
    this.#areas.merge(start, end, () => {});
    this.#settleAreas();
    return undefined;
  }

  /** Frees the frames of anonymous memory in the range: it stays mapped and reads zero. Objects only lose their entries. */
  discard(address: number, length: number): MemoryFailure | undefined {
    const refused = this.#refuseRange(address, length) ?? this.#refuseKernelAreas(address, length);
    if (refused !== undefined) return refused;
    const start = address / FRAME_SIZE;
    const end = start + length / FRAME_SIZE;
    if (!this.#areas.isCovered(start, end)) return 'notMapped';
    this.#releaseRange(start, end);
    return undefined;
  }

  /** Grows, shrinks or moves a mapping that lies in one area; the pages keep their content. */
  remap(address: number, oldLength: number, newLength: number, mayMove: boolean): number | MemoryFailure {
    const refused =
      this.#refuseRange(address, oldLength) ??
      this.#refuseRange(address, newLength) ??
      this.#refuseKernelAreas(address, oldLength);
    if (refused !== undefined) return refused;
    const start = address / FRAME_SIZE;
    const oldEnd = start + oldLength / FRAME_SIZE;
    const pages = newLength / FRAME_SIZE;
    const area = this.#areas.find(start);
    if (area === undefined || area.end < oldEnd) return 'notMapped';
    if (newLength <= oldLength) {
      return newLength === oldLength ? address : (this.unmap(address + newLength, oldLength - newLength) ?? address);
    }
    const objectPage = area.objectPage + (start - area.start);
    if (area.object !== undefined && objectPage + pages > area.object.pages) return 'badRange';
    const growth = pages - oldLength / FRAME_SIZE;
    if (area.end === oldEnd && start + pages <= USER_END_PAGE && this.#areas.isFree(oldEnd, start + pages)) {
      if (!this.ledger.reserve(RESOURCE.RESERVED_PAGES, growth)) return 'noMemory';
      area.end = start + pages;
      return address;
    }
    if (!mayMove) return 'noMemory';
    const target = this.#areas.highestGap(pages, LOWEST_PAGE, PLACE_TOP_PAGE);
    if (target < 0 || !this.ledger.reserve(RESOURCE.RESERVED_PAGES, growth)) return 'noMemory';
    if (!this.#reserveAreas(1 + this.#areas.splits(start, oldEnd))) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, growth);
      return 'noMemory';
    }
    if (!this.#moveEntries(start, oldEnd, target)) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, growth);
      this.#settleAreas();
      return 'noMemory';
    }
    const { from, to } = this.#areas.carve(start, oldEnd);
    const moved = this.#areas.at(from);
    this.#areas.remove(from, to);
    const placed: Area = { ...moved, start: target, end: target + pages };
    moved.object?.attach(placed, this);
    moved.object?.detach(moved);
    this.#areas.insert(placed);
    this.#settleAreas();
    return target * FRAME_SIZE;
  }

  /** Whether nothing is mapped in the range. */
  isFree(address: number, length: number): boolean {
    return this.#areas.isFree(Math.floor(address / FRAME_SIZE), Math.ceil((address + length) / FRAME_SIZE));
  }

  /** The mapped ranges, in order, with protection and whether an object is behind them. */
  ranges(): { address: number; length: number; protection: number; object: MemoryPages | undefined }[] {
    const ranges: { address: number; length: number; protection: number; object: MemoryPages | undefined }[] = [];
    for (let index = 0; index < this.#areas.length; index++) {
      const { start, end, protection, object } = this.#areas.at(index);
      ranges.push({ address: start * FRAME_SIZE, length: (end - start) * FRAME_SIZE, protection, object });
    }
    return ranges;
  }

  /** The physical pieces behind the area of `address`, in order of address. */
  extents(address: number): Extent[] {
    const area = this.#areas.find(Math.floor(address / FRAME_SIZE));
    if (area === undefined) return [];
    const extents: { address: number; physical: number; length: number }[] = [];
    this.#table.forEachOccupied(area.start, area.end, (vpn, word) => {
      const physical = (this.words[word]! >>> 12) * FRAME_SIZE;
      const last = extents.at(-1);
      if (
        last !== undefined &&
        last.address + last.length === vpn * FRAME_SIZE &&
        last.physical + last.length === physical
      ) {
        last.length += FRAME_SIZE;
      } else {
        extents.push({ address: vpn * FRAME_SIZE, physical, length: FRAME_SIZE });
      }
    });
    return extents;
  }

  /** What a park key of this address is: the object behind it and the byte offset in it; undefined for private memory. */
  objectAt(address: number): { object: MemoryPages; offset: number } | undefined {
    const area = this.#areas.find(Math.floor(address / FRAME_SIZE));
    if (area?.object === undefined) return undefined;
    return { object: area.object, offset: address - area.start * FRAME_SIZE + area.objectPage * FRAME_SIZE };
  }

  // ---- faults and access ----------------------------------------------------------------------------------------------

  /** Resolves an access that the processor could not make. */
  fault(address: number, access: Access): FaultOutcome {
    if (!(address >= 0 && address < USER_END_PAGE * FRAME_SIZE)) return 'violation';
    const vpn = Math.floor(address / FRAME_SIZE);
    const area = this.#areas.find(vpn);
    if (area === undefined || !allows(area.protection, access)) return 'violation';
    return this.#enter(area, vpn, access === ACCESS.WRITE) >= 0 ? 'resolved' : 'noMemory';
  }

  locate(address: number, length: number, access: Access): number {
    const first = this.locatePage(address, access);
    if (first < 0) return INACCESSIBLE;
    // Frames are aligned like pages. (`%` on an address beyond 2^31 is a call of fmod: bench `ipc`, row `elf-call-64`.)
    const inPage = first & (FRAME_SIZE - 1);
    if (inPage + length <= FRAME_SIZE) return first;
    let scattered = false;
    let expected = first - inPage;
    const end = address + length;
    for (let page = address - inPage + FRAME_SIZE; page < end; page += FRAME_SIZE) {
      const found = this.locatePage(page, access);
      if (found < 0) return INACCESSIBLE;
      expected += FRAME_SIZE;
      if (found !== expected) scattered = true;
    }
    return scattered ? SCATTERED : first;
  }

  locatePage(address: number, access: Access): number {
    const vpn = Math.floor(address / FRAME_SIZE);
    const slot = vpn & (CACHE_SIZE - 1);
    if (this.#cachePages[slot] !== vpn || (access === ACCESS.WRITE && this.#cacheWritable[slot] === 0)) {
      if (!this.#translate(vpn, access)) return INACCESSIBLE;
    }
    return this.#cachePhysical[slot]! + (address - vpn * FRAME_SIZE);
  }

  pieceLength(address: number): number {
    return FRAME_SIZE - (address % FRAME_SIZE);
  }

  written(offset: number, length: number): void {
    const last = (offset + length - 1) >>> FRAME_SHIFT;
    for (let frame = offset >>> FRAME_SHIFT; frame <= last; frame++) this.#pool.written(frame);
  }

  /** Writes as the kernel, whatever the protection says; false when the range is not mapped or there is no frame. */
  writeAsKernel(address: number, from: Uint8Array): boolean {
    let done = 0;
    while (done < from.length) {
      const vpn = Math.floor((address + done) / FRAME_SIZE);
      const area = this.#areas.find(vpn);
      if (area === undefined) return false;
      const physical = this.#enter(area, vpn, true);
      if (physical < 0) return false;
      const inPage = (address + done) % FRAME_SIZE;
      const piece = Math.min(from.length - done, FRAME_SIZE - inPage);
      this.bytes.set(from.subarray(done, done + piece), physical + inPage);
      this.#pool.written(physical / FRAME_SIZE);
      done += piece;
    }
    return true;
  }

  dropEntries(first: number, pages: number): void {
    this.#table.forEachOccupied(first, first + pages, (_vpn, word) => this.#clear(word));
    this.#forget(first, first + pages);
  }

  allocateTable(): number {
    if (!this.ledger.reserve(RESOURCE.FRAMES, 1)) return -1;
    const frame = this.#pool.allocateSingle();
    if (frame < 0) this.ledger.release(RESOURCE.FRAMES, 1);
    return frame;
  }

  releaseTable(frame: number): void {
    this.#pool.release(frame);
    this.ledger.release(RESOURCE.FRAMES, 1);
  }

  /**
   * A copy-on-write snapshot: the areas as they are now, backed by the same frames until one side writes. Objects stay
   * shared. Undefined when ledger or machine do not suffice; then nothing has changed.
   */
  snapshot(options: AddressSpaceOptions): AddressSpace | undefined {
    const copy = AddressSpace.create(options);
    if (copy === undefined) return undefined;
    for (let index = 0; index < this.#areas.length; index++) {
      if (!copy.#adopt(this.#areas.at(index), this.#table)) {
        copy.destroy();
        return undefined;
      }
    }
    // Now that the frames have two holders, no entry of this side may stay writable.
    for (let index = 0; index < this.#areas.length; index++) {
      const area = this.#areas.at(index);
      if (area.object === undefined) this.#rewriteEntries(area);
    }
    return copy;
  }

  /** Takes over one area of another space, and its backed pages. What it has taken when it fails goes with the space. */
  #adopt(original: Area, table: PageTable): boolean {
    const { start, end } = original;
    if (!this.ledger.reserve(RESOURCE.RESERVED_PAGES, end - start)) return false;
    if (!this.#reserveAreas(1)) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, end - start);
      return false;
    }
    const area: Area = { ...original };
    this.#areas.insert(area);
    area.object?.attach(area, this);
    if (area.object !== undefined) return true;
    let complete = true;
    table.forEachOccupied(start, end, (vpn, word) => {
      if (!complete) return;
      const entry = this.#table.findOrMake(vpn);
      if (entry < 0 || !this.ledger.reserve(RESOURCE.FRAMES, 1)) {
        complete = false;
        return;
      }
      const frame = this.words[word]! >>> 12;
      this.#pool.retain(frame);
      this.#setEntry(entry, frame, area, vpn);
    });
    return complete;
  }

  // ---- inside ---------------------------------------------------------------------------------------------------------

  #mapRange(
    address: number,
    length: number,
    protection: number,
    fixed: boolean,
    byKernel: boolean,
    object: MemoryPages | undefined,
    objectPage: number,
    maxProtection: number,
  ): number | MemoryFailure {
    const refused =
      this.#refuseRange(fixed ? address : LOWEST_PAGE * FRAME_SIZE, length) ?? this.#refuseProtection(protection);
    if (refused !== undefined) return refused;
    if ((protection & ~maxProtection) !== 0) return 'notPermitted';
    const pages = length / FRAME_SIZE;
    let start = address / FRAME_SIZE;
    if (fixed) {
      const kernels = this.#refuseKernelAreas(address, length);
      if (kernels !== undefined) return kernels;
    } else {
      const hint = Math.floor(start);
      start =
        hint >= LOWEST_PAGE && hint + pages <= USER_END_PAGE && this.#areas.isFree(hint, hint + pages)
          ? hint
          : this.#areas.highestGap(pages, LOWEST_PAGE, PLACE_TOP_PAGE);
      if (start < 0) return 'noMemory';
    }
    const end = start + pages;
    if (!this.ledger.reserve(RESOURCE.RESERVED_PAGES, pages)) return 'noMemory';
    if (!this.#reserveAreas(1 + this.#areas.splits(start, end))) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, pages);
      return 'noMemory';
    }
    if (!this.#areas.isFree(start, end)) this.#unmapPages(start, end);
    const area: Area = {
      start,
      end,
      protection,
      object,
      objectPage,
      fixedByKernel: byKernel,
      maxProtection,
      populated: 0,
    };
    this.#areas.insert(area);
    object?.attach(area, this);
    this.#areas.merge(start, end, () => {});
    this.#settleAreas();
    return start * FRAME_SIZE;
  }

  #unmapPages(start: number, end: number): void {
    this.#releaseRange(start, end);
    const { from, to } = this.#areas.carve(start, end);
    for (let index = from; index < to; index++) {
      const area = this.#areas.at(index);
      this.ledger.release(RESOURCE.RESERVED_PAGES, area.end - area.start);
      area.object?.detach(area);
    }
    this.#areas.remove(from, to);
    this.#table.pruneLeaves(start, end);
  }

  /** Empties entries; frames of anonymous memory go back. */
  #releaseRange(start: number, end: number): void {
    let released = 0;
    for (let index = this.#areas.indexAfter(start); index < this.#areas.length; index++) {
      const area = this.#areas.at(index);
      if (area.start >= end) break;
      const anonymous = area.object === undefined;
      const before = released;
      this.#table.forEachOccupied(Math.max(start, area.start), Math.min(end, area.end), (_vpn, word) => {
        if (anonymous) {
          this.#pool.release(this.words[word]! >>> 12);
          released++;
        }
        this.#clear(word);
      });
      area.populated = Math.max(0, area.populated - (released - before));
    }
    if (released > 0) this.ledger.release(RESOURCE.FRAMES, released);
    this.#forget(start, end);
  }

  #clear(word: number): void {
    this.words[word] = 0;
    this.words[word + 1] = 0;
  }

  #rewriteEntries(area: Area): void {
    this.#table.forEachOccupied(area.start, area.end, (vpn, word) => {
      this.#setEntry(word, this.words[word]! >>> 12, area, vpn);
    });
    this.#forget(area.start, area.end);
  }

  #setEntry(word: number, frame: number, area: Area, vpn: number): void {
    const { protection } = area;
    let low = (frame << 12) | PTE.USER | PTE.ACCESSED | (protection === PROTECTION.NONE ? PTE.KEPT : PTE.PRESENT);
    if ((protection & PROTECTION.WRITE) !== 0 && this.#isExclusive(area, vpn, frame)) low |= PTE.WRITABLE | PTE.DIRTY;
    this.words[word] = low;
    if ((protection & PROTECTION.EXECUTE) === 0) {
      this.words[word + 1] = PTE_HIGH_NO_EXECUTE;
    } else {
      this.words[word + 1] = 0;
      this.#pool.markExecutable(frame);
    }
  }

  #isExclusive(area: Area, vpn: number, frame: number): boolean {
    if (area.object !== undefined) return area.object.isExclusive(area.objectPage + (vpn - area.start));
    return this.#pool.references(frame) === 1;
  }

  /** Makes the entry of a page that its area allows; the physical address of the page, or −1 without a frame. */
  #enter(area: Area, vpn: number, write: boolean): number {
    return area.object === undefined ? this.#enterAnonymous(area, vpn, write) : this.#enterObject(area, vpn, write);
  }

  #enterAnonymous(area: Area, vpn: number, write: boolean): number {
    const word = this.#table.find(vpn);
    const entry = word < 0 ? 0 : this.words[word]!;
    if (entry === 0) return this.#populate(area, vpn);
    let frame = entry >>> 12;
    if (write && (entry & PTE.WRITABLE) === 0) {
      if (this.#pool.references(frame) > 1) {
        const copy = this.#pool.allocate(1);
        if (copy < 0) return -1;
        this.bytes.copyWithin(copy * FRAME_SIZE, frame * FRAME_SIZE, (frame + 1) * FRAME_SIZE);
        this.#pool.release(frame);
        frame = copy;
      }
      this.#setEntry(word, frame, area, vpn);
      this.#forget(vpn, vpn + 1);
    }
    return frame * FRAME_SIZE;
  }

  #enterObject(area: Area, vpn: number, write: boolean): number {
    const object = area.object!;
    const page = area.objectPage + (vpn - area.start);
    const frame = object.frame(page, write && (area.protection & PROTECTION.WRITE) !== 0);
    if (frame < 0) return -1;
    // Enter what is already there of the same 64 KiB: neighbours are usually wanted next.
    const first = Math.max(area.start, vpn - (vpn % FIRST_CHUNK));
    const end = Math.min(area.end, vpn - (vpn % FIRST_CHUNK) + FIRST_CHUNK);
    for (let at = first; at < end; at++) {
      const present = object.present(area.objectPage + (at - area.start));
      if (present < 0) continue;
      const word = this.#table.findOrMake(at);
      if (word < 0) return -1;
      if (at === vpn || this.words[word] === 0) this.#setEntry(word, present, area, at);
    }
    this.#forget(vpn, vpn + 1);
    return frame * FRAME_SIZE;
  }

  /** Backs `vpn` and as much around it as the area has earned. */
  #populate(area: Area, vpn: number): number {
    let chunk = FIRST_CHUNK;
    while (chunk < LAST_CHUNK && chunk < area.populated && chunk * 8 < this.#pool.free) chunk *= 2;
    for (; chunk >= 1; chunk = chunk > 1 ? Math.floor(chunk / 4) || 1 : 0) {
      const window = vpn - (vpn % chunk);
      let first = vpn;
      while (first > Math.max(window, area.start) && this.#isEmpty(first - 1)) first--;
      let end = vpn + 1;
      while (end < Math.min(window + chunk, area.end) && this.#isEmpty(end)) end++;
      const count = end - first;
      if (!this.ledger.reserve(RESOURCE.FRAMES, count)) continue;
      const frame = this.#framesFor(area, first, count);
      if (frame < 0) {
        this.ledger.release(RESOURCE.FRAMES, count);
        continue;
      }
      const entered = this.#enterRun(area, first, count, frame);
      if (entered < count) {
        // No frame for a table: what could not be entered goes back.
        for (let at = entered; at < count; at++) this.#pool.release(frame + at);
        this.ledger.release(RESOURCE.FRAMES, count - entered);
        area.populated += entered;
        return first + entered > vpn ? (frame + (vpn - first)) * FRAME_SIZE : -1;
      }
      area.populated += count;
      return (frame + (vpn - first)) * FRAME_SIZE;
    }
    return -1;
  }

  /** Frames right after those of the page before, or right before those of the page behind, when these are free. */
  #framesFor(area: Area, first: number, count: number): number {
    const before = this.#frameOf(first - 1);
    if (before >= 0 && this.#pool.claim(before + 1, count)) return before + 1;
    const behind = this.#frameOf(first + count);
    if (behind >= 0 && this.#pool.claim(behind - count, count)) return behind - count;
    // A new piece: in a free block as large as the area may become, at the place there that its address has in its own
    // window, so that the area can grow on in both directions.
    for (let window = 2 ** orderFor(Math.min(area.end - area.start, LAST_WINDOW)); window > count; window /= 4) {
      const frame = this.#pool.allocateWithin(window, first % window, count);
      if (frame >= 0) return frame;
    }
    return this.#pool.allocate(count);
  }

  #frameOf(vpn: number): number {
    if (vpn < 0 || vpn >= USER_END_PAGE) return -1;
    const word = this.#table.find(vpn);
    return word < 0 || this.words[word] === 0 ? -1 : this.words[word]! >>> 12;
  }

  #enterRun(area: Area, first: number, count: number, frame: number): number {
    for (let at = 0; at < count; at++) {
      const word = this.#table.findOrMake(first + at);
      if (word < 0) return at;
      this.#setEntry(word, frame + at, area, first + at);
    }
    return count;
  }

  #isEmpty(vpn: number): boolean {
    const word = this.#table.find(vpn);
    return word < 0 || this.words[word] === 0;
  }

  #moveEntries(start: number, end: number, target: number): boolean {
    // Tables first, so that the move itself cannot fail half way.
    let possible = true;
    this.#table.forEachOccupied(start, end, (vpn) => {
      if (possible && this.#table.findOrMake(target + (vpn - start)) < 0) possible = false;
    });
    if (!possible) return false;
    this.#table.forEachOccupied(start, end, (vpn, word) => {
      const low = this.words[word]!;
      const high = this.words[word + 1]!;
      this.#clear(word);
      const moved = this.#table.find(target + (vpn - start));
      this.words[moved] = low;
      this.words[moved + 1] = high;
    });
    this.#forget(start, end);
    return true;
  }

  /** Fills the translation cache for a page, backing it if need be. */
  #translate(vpn: number, access: Access): boolean {
    if (!(vpn >= 0 && vpn < USER_END_PAGE)) return false;
    const area = this.#areas.find(vpn);
    if (area === undefined || !allows(area.protection, access)) return false;
    const physical = this.#enter(area, vpn, access === ACCESS.WRITE);
    if (physical < 0) return false;
    const slot = vpn & (CACHE_SIZE - 1);
    this.#cachePages[slot] = vpn;
    this.#cachePhysical[slot] = physical;
    this.#cacheWritable[slot] = access === ACCESS.WRITE ? 1 : 0;
    return true;
  }

  #forget(start: number, end: number): void {
    if (end - start > FLUSH_ALL_ABOVE) {
      this.#forgetAll();
      return;
    }
    for (let vpn = start; vpn < end; vpn++) {
      const slot = vpn & (CACHE_SIZE - 1);
      if (this.#cachePages[slot] === vpn) this.#cachePages[slot] = -1;
      this.#holder.invalidatePage(this, vpn);
    }
  }

  #forgetAll(): void {
    this.#cachePages.fill(-1);
    this.#holder.invalidateAll(this);
  }

  #refuseRange(address: number, length: number): MemoryFailure | undefined {
    const fine =
      length > 0 &&
      address >= LOWEST_PAGE * FRAME_SIZE &&
      address % FRAME_SIZE === 0 &&
      length % FRAME_SIZE === 0 &&
      address + length <= USER_END_PAGE * FRAME_SIZE;
    return fine ? undefined : 'badRange';
  }

  #refuseKernelAreas(address: number, length: number): MemoryFailure | undefined {
    const start = address / FRAME_SIZE;
    return this.#areas.some(start, start + length / FRAME_SIZE, (area) => area.fixedByKernel)
      ? 'notPermitted'
      : undefined;
  }

  #refuseProtection(protection: number): MemoryFailure | undefined {
    if ((protection & ~ALL_PROTECTION) !== 0) return 'notPermitted';
    const both = PROTECTION.WRITE | PROTECTION.EXECUTE;
    return !this.#allowWriteExecute && (protection & both) === both ? 'notPermitted' : undefined;
  }

  #reserveAreas(count: number): boolean {
    if (!this.ledger.reserve(RESOURCE.AREAS, count)) return false;
    this.#chargedAreas += count;
    return true;
  }

  /** Gives back what was reserved for areas and not needed. */
  #settleAreas(): void {
    const surplus = this.#chargedAreas - this.#areas.length;
    if (surplus > 0) this.ledger.release(RESOURCE.AREAS, surplus);
    this.#chargedAreas = this.#areas.length;
  }
}

function allows(protection: number, access: Access): boolean {
  if (access === ACCESS.WRITE) return (protection & PROTECTION.WRITE) !== 0;
  if (access === ACCESS.EXECUTE) return (protection & PROTECTION.EXECUTE) !== 0;
  return protection !== PROTECTION.NONE;
}
