// Address space: areas, and page entries behind what has been touched.
//
//   access ─▶ TLB miss ─▶ page walk ─▶ #PF ─▶ fault(): area found? protection allows? ─▶ frames ─▶ entry ─▶ retry
//
// Entries exist only for backed pages; a reservation of gigabytes costs its area. Every operation checks everything, reserves
// in the ledger, and only then changes something. Entries and frames are page-entries.ts, areas are area-map.ts.

import { type AddressClass, type MemoryFailure, PROTECTION } from '@capos/abi';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { type Area, AreaMap } from './area-map.ts';
import type { FramePool } from './frame-pool.ts';
import type { Mapper, MemoryPages } from './memory-pages.ts';
import { type Extent, PageEntries, type TranslationListener } from './page-entries.ts';
import { FRAME_SIZE } from './physical-memory.ts';
import { TranslationCache } from './translation-cache.ts';
import { ACCESS, type Access, INACCESSIBLE, SCATTERED, type UserMemory } from './user-memory.ts';

/** First page after the user half (SDM 1 §3.3.7.1). */
const USER_END_PAGE = 2 ** 35;
/** Nothing is placed below 64 KiB: a null pointer with an offset must fault. */
export const LOWEST_PAGE = 16;
/** Where the kernel places what has no address, downwards: abi's MAP_TOP. */
const PLACE_TOP_PAGE = 0x7000_0000_0000 / FRAME_SIZE;

const FRAME_SHIFT = 12;
const ALL_PROTECTION = PROTECTION.READ | PROTECTION.WRITE | PROTECTION.EXECUTE;

/** Who keeps translations that must be forgotten: the processor's TLB (arch/). */
export interface TranslationHolder {
  invalidatePage(space: AddressSpace, vpn: number): void;
  invalidateAll(space: AddressSpace): void;
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
export class AddressSpace implements UserMemory, Mapper, TranslationListener {
  readonly tag: number;
  readonly ledger: Ledger;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly view: DataView;
  readonly #pool: FramePool;
  readonly #holder: TranslationHolder;
  readonly #allowWriteExecute: boolean;
  readonly #entries: PageEntries;
  readonly #areas: AreaMap = new AreaMap();
  readonly #cache: TranslationCache = new TranslationCache();
  #chargedAreas = 0;
  #isDestroyed = false;

  private constructor(options: AddressSpaceOptions, entries: PageEntries) {
    this.tag = options.tag;
    this.ledger = options.ledger;
    this.#pool = options.pool;
    this.#holder = options.holder;
    this.#allowWriteExecute = options.allowWriteExecute;
    this.bytes = options.pool.memory.bytes;
    this.words = options.pool.memory.words;
    this.view = options.pool.memory.view;
    this.#entries = entries;
  }

  /** An empty space; undefined when there is no frame for its first table. */
  static create(options: AddressSpaceOptions): AddressSpace | undefined {
    let space: AddressSpace | undefined;
    const entries = PageEntries.create(options.pool, options.ledger, {
      forgetPage: (vpn) => space?.forgetPage(vpn),
      forgetAll: () => space?.forgetAll(),
    });
    if (entries === undefined) return undefined;
    space = new AddressSpace(options, entries);
    return space;
  }

  /** Where its frames come from. */
  get pool(): FramePool {
    return this.#pool;
  }

  /** Physical address of the top-level table, for CR3. */
  get root(): number {
    return this.#entries.root;
  }

  /** Frees everything. */
  destroy(): void {
    // Everything is forgotten at once when the tables go; nothing runs here in between.
    this.#isDestroyed = true;
    this.#releaseRange(0, USER_END_PAGE);
    for (let index = 0; index < this.#areas.length; index++) {
      const area = this.#areas.at(index);
      this.ledger.release(RESOURCE.RESERVED_PAGES, area.end - area.start);
      area.object?.detach(area);
    }
    this.#areas.remove(0, this.#areas.length);
    this.#settleAreas();
    this.#entries.destroy();
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
      this.#entries.rewrite(area);
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
    if (!this.#entries.move(start, oldEnd, target)) {
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
    return area === undefined ? [] : this.#entries.extents(area.start, area.end);
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
    return this.#entries.enter(area, vpn, access === ACCESS.WRITE) >= 0 ? 'resolved' : 'noMemory';
  }

  /** What kind of place an access wanted to reach that failed: for those who may know how, but not where. */
  classOf(address: number, access: Access): AddressClass {
    if (!(address >= 0 && address < USER_END_PAGE * FRAME_SIZE)) return 'outside';
    if (address < LOWEST_PAGE * FRAME_SIZE) return 'nearNull';
    const area = this.#areas.find(Math.floor(address / FRAME_SIZE));
    if (area === undefined) return 'unmapped';
    if (area.protection === PROTECTION.NONE) return 'reserved';
    return allows(area.protection, access) ? 'noMemory' : 'notPermitted';
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
    let physical = this.#cache.find(vpn, access === ACCESS.WRITE);
    if (physical < 0) {
      physical = this.#translate(vpn, access);
      if (physical < 0) return INACCESSIBLE;
    }
    return physical + (address - vpn * FRAME_SIZE);
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
      const physical = this.#entries.enter(area, vpn, true);
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
    this.#entries.drop(first, pages);
  }

  forgetPage(vpn: number): void {
    if (this.#isDestroyed) return;
    this.#cache.forget(vpn);
    this.#holder.invalidatePage(this, vpn);
  }

  forgetAll(): void {
    this.#cache.clear();
    this.#holder.invalidateAll(this);
  }

  /**
   * A copy-on-write snapshot: the areas as they are now, backed by the same frames until one side writes. Objects stay
   * shared. Undefined when ledger or machine do not suffice; then nothing has changed.
   */
  snapshot(options: AddressSpaceOptions): AddressSpace | undefined {
    const copy = AddressSpace.create(options);
    if (copy === undefined) return undefined;
    for (let index = 0; index < this.#areas.length; index++) {
      if (!copy.#adopt(this.#areas.at(index), this.#entries)) {
        copy.destroy();
        return undefined;
      }
    }
    // Now that the frames have two holders, no entry of this side may stay writable.
    for (let index = 0; index < this.#areas.length; index++) {
      const area = this.#areas.at(index);
      if (area.object === undefined) this.#entries.rewrite(area);
    }
    return copy;
  }

  /** Takes over one area of another space, and its backed pages. What it has taken when it fails goes with the space. */
  #adopt(original: Area, entries: PageEntries): boolean {
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
    return this.#entries.adopt(area, entries);
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
    this.#entries.prune(start, end);
  }

  /** Empties entries; frames of anonymous memory go back. */
  #releaseRange(start: number, end: number): void {
    for (let index = this.#areas.indexAfter(start); index < this.#areas.length; index++) {
      const area = this.#areas.at(index);
      if (area.start >= end) break;
      this.#entries.release(area, start, end);
    }
  }

  /** Physical address of a page for an access that its area allows, backing it if need be; or −1. */
  #translate(vpn: number, access: Access): number {
    if (!(vpn >= 0 && vpn < USER_END_PAGE)) return -1;
    const area = this.#areas.find(vpn);
    if (area === undefined || !allows(area.protection, access)) return -1;
    const write = access === ACCESS.WRITE;
    const physical = this.#entries.enter(area, vpn, write);
    if (physical >= 0) this.#cache.remember(vpn, physical, write);
    return physical;
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
