// Address space: areas, and page entries behind what has been touched.
//
//   access ─▶ TLB miss ─▶ page walk ─▶ #PF ─▶ fault(): area found? protection allows? ─▶ frames ─▶ entry ─▶ retry
//
// Entries exist only for backed pages; a reservation of gigabytes costs its area. What is mapped where, and how that changes, is
// mappings.ts; entries and frames are page-entries.ts.

import { type AddressClass, PROTECTION } from '@capos/abi';
import type { Ledger } from '../accounting/ledger.ts';
import type { FramePool } from './frame-pool.ts';
import { LOWEST_PAGE, Mappings } from './mappings.ts';
import { PageEntries, type TranslationListener, USER_END_PAGE } from './page-entries.ts';
import { FRAME_SIZE } from './physical-memory.ts';
import { TranslationCache } from './translation-cache.ts';
import { ACCESS, type Access, INACCESSIBLE, SCATTERED, type UserMemory } from './user-memory.ts';

const FRAME_SHIFT = 12;
/** What the upper word of an address counts. */
const HIGH = 2 ** 32;

/** Who keeps translations that must be forgotten: the processor's TLB (arch/). */
export interface TranslationHolder {
  invalidatePage(space: AddressSpace, vpn: number): void;
  invalidatePages(space: AddressSpace, vpn: number, pages: number): void;
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
export class AddressSpace extends Mappings implements UserMemory, TranslationListener {
  readonly tag: number;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly view: DataView;
  readonly #pool: FramePool;
  readonly #holder: TranslationHolder;
  readonly #cache: TranslationCache = new TranslationCache();
  #isDestroyed = false;
  #holders = 1;

  private constructor(options: AddressSpaceOptions, entries: PageEntries) {
    super(entries, options.ledger, options.allowWriteExecute);
    this.tag = options.tag;
    this.#pool = options.pool;
    this.#holder = options.holder;
    this.bytes = options.pool.memory.bytes;
    this.words = options.pool.memory.words;
    this.view = options.pool.memory.view;
  }

  /** An empty space; undefined when there is no frame for its first table. */
  static create(options: AddressSpaceOptions): AddressSpace | undefined {
    let space: AddressSpace | undefined;
    const entries = PageEntries.create(options.pool, options.ledger, {
      forgetPage: (vpn) => space?.forgetPage(vpn),
      forgetRange: (vpn, pages) => space?.forgetRange(vpn, pages),
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
    return this.entries.root;
  }

  /** Whether more than one process is in it. */
  get isShared(): boolean {
    return this.#holders > 1;
  }

  /** Another process is in it too. */
  retain(): this {
    this.#holders++;
    return this;
  }

  /** A process is in it no more; with the last one it goes, and then the answer is true. */
  release(): boolean {
    if (--this.#holders > 0) return false;
    this.destroy();
    return true;
  }

  /** Frees everything. */
  destroy(): void {
    // Everything is forgotten at once when the tables go; nothing runs here in between.
    this.#isDestroyed = true;
    this.clear();
    this.entries.destroy();
    this.#cache.dispose();
  }

  /** Resolves an access that the processor could not make. */
  fault(address: number, access: Access): FaultOutcome {
    if (!(address >= 0 && address < USER_END_PAGE * FRAME_SIZE)) return 'violation';
    const vpn = Math.floor(address / FRAME_SIZE);
    const area = this.areas.find(vpn);
    if (area === undefined || !allows(area.protection, access)) return 'violation';
    const physical = this.entries.enter(area, vpn, access === ACCESS.WRITE);
    this.#gather();
    return physical >= 0 ? 'resolved' : 'noMemory';
  }

  /** Memory that has come to lie in several pieces is put together. Here, where no operation is under way, its frames may change. */
  #gather(): void {
    const page = this.entries.takeApart();
    if (page < 0) return;
    const area = this.areas.find(page);
    if (area === undefined || area.object !== undefined || area.fixedByKernel) return;
    if ((area.protection & (PROTECTION.WRITE | PROTECTION.EXECUTE)) === PROTECTION.WRITE)
      this.entries.gather(area, page);
  }

  /** What kind of place an access wanted to reach that failed: for those who may know how, but not where. */
  classOf(address: number, access: Access): AddressClass {
    if (!(address >= 0 && address < USER_END_PAGE * FRAME_SIZE)) return 'outside';
    if (address < LOWEST_PAGE * FRAME_SIZE) return 'nearNull';
    const area = this.areas.find(Math.floor(address / FRAME_SIZE));
    if (area === undefined) return 'unmapped';
    if (area.protection === PROTECTION.NONE) return 'reserved';
    return allows(area.protection, access) ? 'noMemory' : 'notPermitted';
  }

  locate(address: number, length: number, access: Access): number {
    if (!(address >= 0 && address < USER_END_PAGE * FRAME_SIZE)) return INACCESSIBLE;
    return this.locateAt(address | 0, Math.floor(address / HIGH), length, access);
  }

  locateAt(low: number, high: number, length: number, access: Access): number {
    const first = this.#locateHere(low, high, access);
    // Frames are aligned like pages.
    if (first < 0 || (first & (FRAME_SIZE - 1)) + length <= FRAME_SIZE) return first;
    return this.#locatePages(low, high, length, access, first);
  }

  locatePage(address: number, access: Access): number {
    if (!(address >= 0 && address < USER_END_PAGE * FRAME_SIZE)) return INACCESSIBLE;
    return this.#locateHere(address | 0, Math.floor(address / HIGH), access);
  }

  #locateHere(low: number, high: number, access: Access): number {
    let physical = this.#cache.find(low, high, access === ACCESS.WRITE);
    if (physical < 0) {
      physical = this.#translate(low, high, access);
      if (physical < 0) return INACCESSIBLE;
    }
    return physical + (low & (FRAME_SIZE - 1));
  }

  /** `locateAt` of a range that goes beyond its first page. */
  #locatePages(low: number, high: number, length: number, access: Access, first: number): number {
    const inPage = first & (FRAME_SIZE - 1);
    let scattered = false;
    let expected = first - inPage;
    let pageLow = low & -FRAME_SIZE;
    let pageHigh = high;
    for (let left = inPage + length - FRAME_SIZE; left > 0; left -= FRAME_SIZE) {
      pageLow = (pageLow + FRAME_SIZE) | 0;
      if (pageLow === 0) pageHigh++;
      const found = this.#locateHere(pageLow, pageHigh, access);
      if (found < 0) return INACCESSIBLE;
      expected += FRAME_SIZE;
      if (found !== expected) scattered = true;
    }
    return scattered ? SCATTERED : first;
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
      const area = this.areas.find(vpn);
      if (area === undefined) return false;
      const physical = this.entries.enter(area, vpn, true);
      if (physical < 0) return false;
      const inPage = (address + done) % FRAME_SIZE;
      const piece = Math.min(from.length - done, FRAME_SIZE - inPage);
      this.bytes.set(from.subarray(done, done + piece), physical + inPage);
      this.#pool.written(physical / FRAME_SIZE);
      done += piece;
    }
    return true;
  }

  /**
   * Puts frames that somebody else holds too behind the pages of anonymous memory from `address` on, none of which are backed yet; −1
   * leaves a page out. They are copied when written, and charged like any. False when there is no memory for it, or no area.
   */
  share(address: number, frames: Int32Array): boolean {
    const first = address / FRAME_SIZE;
    const held = frames.filter((frame) => frame >= 0);
    // All of them at once: a page table's frame may come from whoever lets go of some.
    for (const frame of held) this.#pool.retain(frame);
    let isComplete = true;
    for (let at = 0; at < frames.length && isComplete; ) {
      const area = this.areas.find(first + at);
      const end = area === undefined ? at + 1 : Math.min(frames.length, area.end - first);
      const part = frames.subarray(at, end);
      isComplete =
        area === undefined || area.object !== undefined
          ? part.every((frame) => frame < 0)
          : this.entries.share(area, first + at, part);
      at = end;
    }
    for (const frame of held) this.#pool.release(frame);
    return isComplete;
  }

  /** Whether all of the range is anonymous memory that has no frame yet. */
  isUnbacked(address: number, length: number): boolean {
    const end = (address + length) / FRAME_SIZE;
    for (let vpn = address / FRAME_SIZE; vpn < end; ) {
      const area = this.areas.find(vpn);
      if (area === undefined || area.object !== undefined) return false;
      vpn = area.end;
    }
    return !this.entries.isAnyBacked(address / FRAME_SIZE, end);
  }

  forgetPage(vpn: number): void {
    if (this.#isDestroyed) return;
    this.#cache.forget((vpn * FRAME_SIZE) | 0, Math.floor(vpn / (HIGH / FRAME_SIZE)));
    this.#holder.invalidatePage(this, vpn);
  }

  forgetRange(vpn: number, pages: number): void {
    if (this.#isDestroyed) return;
    this.#cache.clear();
    this.#holder.invalidatePages(this, vpn, pages);
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
    for (let index = 0; index < this.areas.length; index++) {
      if (!copy.adopt(this.areas.at(index), this.entries)) {
        copy.destroy();
        return undefined;
      }
    }
    return copy;
  }

  /** Physical address of a page for an access that its area allows, backing it if need be; or −1. */
  #translate(low: number, high: number, access: Access): number {
    const vpn = (high >>> 0) * (HIGH / FRAME_SIZE) + (low >>> FRAME_SHIFT);
    if (vpn >= USER_END_PAGE) return -1;
    const area = this.areas.find(vpn);
    if (area === undefined || !allows(area.protection, access)) return -1;
    const write = access === ACCESS.WRITE;
    const physical = this.entries.enter(area, vpn, write);
    if (physical >= 0) this.#cache.remember(low, high, physical, write);
    return physical;
  }
}

function allows(protection: number, access: Access): boolean {
  if (access === ACCESS.WRITE) return (protection & PROTECTION.WRITE) !== 0;
  if (access === ACCESS.EXECUTE) return (protection & PROTECTION.EXECUTE) !== 0;
  return protection !== PROTECTION.NONE;
}
