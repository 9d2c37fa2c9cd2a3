// Extent windows: what lets translated code check an address with one comparison.
//
//   window   pages that lie side by side both virtually and physically, all accessible alike ─▶ linear = virtual + delta
//   site     a place in translated code; it checks against one window
//            (its slot is the site's in every address space: the slots for writing are not those for reading alone)
//   miss     what a site notes, where others may have noted before: the more often one misses, the more likely its note is the last one
//   serve    now and then: each site that is noted gets the window around that address, found by reading the page tables
//
// A window says no more than TLB entries for all of its pages would: it takes in only what the page tables allow now, pages that
// have been accessed already (for writing: that are dirty already, and hold no decoded code), and whatever forgets a TLB entry cuts
// the window too. So any page tables do, accessed and dirty bits stay true, and nobody need announce extents. (SDM 3A §4.10.2 allows
// entries to be made for pages that no instruction has asked for, on these very conditions.)

import {
  CODE_PAGES,
  CPU_STATE,
  type MemoryMap,
  MISS_ADDRESS,
  MISS_BYTES,
  MISS_SITE,
  MISSES_BASE,
  MOST_MISSES,
  MOST_SITES,
  NEAR_SPAN,
  QUICK_SPAN,
  SITE_BASE,
  WINDOW_BASE,
  WINDOW_DELTA,
  WINDOW_LIMIT,
  WINDOW_NEAR_LIMIT,
  WINDOW_QUICK_LIMIT,
  WINDOW_SLOT_BYTES,
  WINDOW_SLOTS,
  WINDOW_SPAN,
  WINDOW_START,
} from '../state/cpu-state.ts';

import { FRAME, GPR } from '../state/frame-layout.ts';

const PAGE = 4096;
/** Pages that one search goes through in each direction, at most. */
const LONGEST_SEARCH = 65_536;
const LONGEST_PATIENCE = 16;
const PRESENT = 1;
const WRITABLE = 2;
const USER = 4;
const ACCESSED = 0x20;
const DIRTY = 0x40;
const LARGE = 0x80;
/** Bits 32–51 of an entry above PHYSICAL_ADDRESS_BITS: reserved. */
const RESERVED_HIGH = 0x000f_ff00;
const NO_EXECUTE_HIGH = 0x8000_0000;
const EFER_NXE = 0x800;
const CR0_PAGING = 0x8000_0000;
const CR0_WRITE_PROTECT = 0x1_0000;
const LAST_PAGE = 2 ** 36 - 1;

/** Page numbers here are of 48-bit addresses, without the sign that makes them canonical. */
interface Extent {
  firstPage: number;
  pages: number;
  /** Physical page number of the first. */
  frame: number;
  isWritable: boolean;
}

/** In which of three parts of the lower half addresses are: images in the first, mappings and stacks in the last, heaps that begin anywhere between them. */
const partOf = ({ firstPage }: Extent): number => (firstPage < 2 ** 20 ? 0 : firstPage < 2 ** 34 ? 1 : 2);

/** The windows of one address space at one privilege; null where a slot is free. */
export class WindowSet {
  readonly extents: (Extent | null)[] = new Array<Extent | null>(WINDOW_SLOTS).fill(null);
  /** The slots as generated code reads them: what a switch of address spaces copies. */
  readonly slots: Uint32Array = new Uint32Array((WINDOW_SLOTS * WINDOW_SLOT_BYTES) / 4);
  /** Slots beyond this one are not in use, and were not since the set was last made current. */
  last = 0;
  /** How many slots have given way. */
  #turns = 0;

  readonly #prefixes: (Uint32Array | undefined)[] = [];

  clear(): void {
    this.extents.fill(null);
    this.slots.fill(0);
  }

  /** Which slot of a kind gives way. */
  nextInTurn(first: number): number {
    return first + 2 * (this.#turns++ % Math.floor((WINDOW_SLOTS - first + 1) / 2));
  }

  /** The slots up to this one. The same view each time: a call between programs and its answer switch twice. */
  upTo(slot: number): Uint32Array {
    let prefix = this.#prefixes[slot];
    if (prefix === undefined) {
      prefix = this.slots.subarray(0, ((slot + 1) * WINDOW_SLOT_BYTES) / 4);
      this.#prefixes[slot] = prefix;
    }
    return prefix;
  }
}

export class ExtentWindows {
  readonly #view: DataView;
  readonly #words: Uint32Array;
  /** By site. */
  readonly #slots: Uint16Array;
  readonly #codePages: Uint8Array;
  readonly #ramWord: number;
  readonly #ramPages: number;
  readonly #writes = new Uint8Array(MOST_SITES);
  #sites = 1;
  #current = new WindowSet();
  /** While set, as while a watchpoint is, no site gets a window: each access takes the path that looks. */
  areSuspended = false;
  /** By slot: where its window was made last, in whatever set. */
  readonly #last: (Readonly<Extent> | undefined)[] = [];
  /** Stays empty. */
  readonly #none = new WindowSet();
  /** How many times less often sites are to be looked after: while none misses there is no hurry. */
  patience = 1;
  /** Sites that were given another window since creation. */
  served = 0;

  constructor(buffer: ArrayBufferLike, map: MemoryMap) {
    this.#view = new DataView(buffer);
    this.#words = new Uint32Array(buffer);
    this.#slots = new Uint16Array(buffer, SITE_BASE, MOST_SITES);
    this.#codePages = new Uint8Array(buffer, CODE_PAGES, map.ramBytes / PAGE);
    this.#ramWord = map.ramOffset / 4;
    this.#ramPages = map.ramBytes / PAGE;
    this.forgetSites();
  }

  // ---- sites

  /** Sites in use. */
  get sites(): number {
    return this.#sites;
  }

  /** A site's number: 0, which never gets a window, when there is no room. */
  allocateSite(): number {
    if (this.#sites === MOST_SITES) return 0;
    const site = this.#sites++;
    this.patience = 1;
    this.#writes[site] = 0;
    this.#slots[site] = WINDOW_BASE;
    return site;
  }

  /** A site that stores, for the stack: where RSP is now there may be a window, and that is its window then. */
  allocateStackSite(): number {
    const site = this.allocateSite();
    if (site === 0) return site;
    this.noteWrites(site);
    const pointer = FRAME.gpr + GPR.rsp * 8;
    const low = this.#view.getUint32(pointer, true);
    const page = this.#view.getUint16(pointer + 4, true) * 2 ** 20 + (low >>> 12);
    const slot = this.#slotWith(page, low & (PAGE - 1), true);
    if (slot !== undefined) this.#slots[site] = WINDOW_BASE + slot * WINDOW_SLOT_BYTES;
    return site;
  }

  /** The site stores: it needs a window that may be written through. */
  noteWrites(site: number): void {
    this.#writes[site] = 1;
  }

  /** Linear address of the slot of a site's window; undefined while it has none. */
  windowOf(site: number): number | undefined {
    const slot = this.#slots[site]!;
    return slot === WINDOW_BASE ? undefined : slot;
  }

  /** Whether code may name a slot, by linear address: there is a window now, and it may be written through always if that is asked for. */
  isUsable(window: number, writes: boolean): boolean {
    const slot = (window - WINDOW_BASE) / WINDOW_SLOT_BYTES;
    return (this.#current.extents[slot]?.pages ?? 0) > 0 && (!writes || slot % 2 === firstSlot(true) % 2);
  }

  /** The code that the sites were in is gone. */
  forgetSites(): void {
    this.#sites = 1;
    this.#slots[0] = WINDOW_BASE;
    this.#words.fill(0, MISSES_BASE / 4, (MISSES_BASE + MOST_MISSES * MISS_BYTES) / 4);
  }

  // ---- windows

  /** Makes a set current: what generated code sees. None: it sees no windows, nor does it get any. */
  activate(set: WindowSet = this.#none): void {
    // Most programs that only just begin have no windows, and switching between them is to cost nothing here.
    const last = Math.max(this.#current.last, set.last);
    if (last > 0) this.#words.set(set.upTo(last), WINDOW_BASE / 4);
    this.#current = set;
  }

  #show(set: WindowSet, slot: number): void {
    const extent = set.extents[slot];
    const bytes = extent ? extent.pages * PAGE : 0;
    const at = (slot * WINDOW_SLOT_BYTES) / 4;
    const { slots } = set;
    if (!extent || bytes <= WINDOW_SPAN) {
      slots[at + WINDOW_LIMIT / 4] = 0;
      slots[at + WINDOW_NEAR_LIMIT / 4] = 0;
      slots[at + WINDOW_QUICK_LIMIT / 4] = 0;
    } else {
      if (slot > set.last) set.last = slot;
      const { firstPage, frame } = extent;
      // Sign-extended from bit 47, as two halves.
      const low = (firstPage * PAGE) >>> 0;
      const high = (Math.floor(firstPage / 2 ** 20) << 16) >> 16;
      slots[at + WINDOW_START / 4] = low;
      slots[at + WINDOW_START / 4 + 1] = high;
      slots[at + WINDOW_LIMIT / 4] = bytes - WINDOW_SPAN + 1;
      slots[at + WINDOW_NEAR_LIMIT / 4] = bytes - NEAR_SPAN + 1;
      slots[at + WINDOW_QUICK_LIMIT / 4] = bytes - QUICK_SPAN + 1;
      slots[at + WINDOW_DELTA / 4] = this.#ramWord * 4 + frame * PAGE - low;
    }
    if (set !== this.#current) return;
    const memory = WINDOW_BASE / 4 + at;
    for (let word = 0; word < WINDOW_SLOT_BYTES / 4; word++) this.#words[memory + word] = slots[at + word]!;
  }

  /** A page of an address space may be mapped otherwise from here on. */
  cutVirtual(set: WindowSet, page: number): void {
    for (let slot = 1; slot < WINDOW_SLOTS; slot++) {
      const extent = set.extents[slot];
      if (extent) this.#cut(set, slot, extent, page - extent.firstPage);
    }
  }

  /** As `cutVirtual`, for so many pages from `first` on. */
  cutRange(set: WindowSet, first: number, pages: number): void {
    for (let slot = 1; slot < WINDOW_SLOTS; slot++) {
      const extent = set.extents[slot];
      if (extent) this.#cut(set, slot, extent, first - extent.firstPage, pages);
    }
  }

  /** A physical page must not be written through windows any more, in any of the sets. */
  protect(sets: Iterable<WindowSet>, frame: number): void {
    for (const set of sets) {
      for (let slot = 1; slot < WINDOW_SLOTS; slot++) {
        const extent = set.extents[slot];
        if (extent?.isWritable) this.#cut(set, slot, extent, frame - extent.frame);
      }
    }
  }

  /** The longer part of what is left without `pages` pages from `index` on. */
  #cut(set: WindowSet, slot: number, extent: Extent, index: number, pages = 1): void {
    const end = Math.min(index + pages, extent.pages);
    const start = Math.max(index, 0);
    if (start >= end) return;
    const above = extent.pages - end;
    if (start + above === 0) set.extents[slot] = null;
    else if (start >= above) extent.pages = start;
    else {
      extent.firstPage += end;
      extent.frame += end;
      extent.pages = above;
    }
    this.#show(set, slot);
  }

  /** Gives every site that is noted the window around the address it missed last. */
  serve(): void {
    const words = this.#words;
    const { served } = this;
    const places = Math.min(this.#sites, MOST_MISSES);
    for (let miss = 0; miss < places; miss++) {
      const at = (MISSES_BASE + miss * MISS_BYTES) / 4;
      const site = words[at + MISS_SITE / 4]!;
      words[at + MISS_SITE / 4] = 0;
      if (site === 0) continue;
      const low = words[at + MISS_ADDRESS / 4]!;
      const page = (words[at + MISS_ADDRESS / 4 + 1]! & 0xffff) * 2 ** 20 + (low >>> 12);
      const before = (this.#slots[site]! - WINDOW_BASE) / WINDOW_SLOT_BYTES;
      const had = this.#current.extents[before];
      const slot = this.#slotFor(page, low & (PAGE - 1), this.#writes[site] !== 0);
      // Who asks for more than its window has left, as close to the end of a stack, misses it for ever: that is no news.
      if (slot === before && this.#current.extents[slot] === had) continue;
      this.#slots[site] = WINDOW_BASE + slot * WINDOW_SLOT_BYTES;
      this.served++;
    }
    this.patience = this.served > served ? 1 : Math.min(this.patience * 2, LONGEST_PATIENCE);
  }

  #slotFor(page: number, offset: number, writes: boolean): number {
    if (this.areSuspended || this.#current === this.#none) return 0;
    const known = this.#slotWith(page, offset, writes);
    if (known !== undefined) return known;
    const { extents } = this.#current;
    const found = this.#find(page, true) ?? (writes ? undefined : this.#find(page, false));
    if (found === undefined) return 0;
    // One that it has grown out of, else a free one, else the next in turn.
    let slot = extents.findIndex((extent) => extent !== null && isWithin(extent, found));
    if (slot < 0) slot = this.#freeFor(found);
    if (slot < 0) slot = this.#current.nextInTurn(firstSlot(found.isWritable));
    extents[slot] = found;
    this.#last[slot] = { ...found };
    this.#show(this.#current, slot);
    return slot;
  }

  /**
   * The free slot for a window, or −1. Code names slots, and sites remember theirs, so what a program has in one address space, its heap above
   * all, belongs into the same slot in the next: where its addresses are the same, else where something that is not here has been nearest, or,
   * of those as near, what most sites look at. Whoever misses first may look here and there, so its slot says little.
   */
  #freeFor(found: Extent): number {
    const { extents } = this.#current;
    const free: number[] = [];
    for (let slot = firstSlot(found.isWritable); slot < WINDOW_SLOTS; slot += 2) {
      if (extents[slot] === null) free.push(slot);
    }
    const isSame = (slot: number): boolean => {
      const last = this.#last[slot];
      return last !== undefined && overlap(last, found);
    };
    const same = free.find(isSame);
    if (same !== undefined) return same;
    const isGone = (slot: number): boolean => {
      const last = this.#last[slot];
      if (last === undefined || partOf(last) !== partOf(found)) return false;
      return this.#frameOf(last.firstPage + (last.pages >> 1), found.isWritable) < 0;
    };
    // To a power of two; of what may be anywhere it says nothing.
    const distance = (slot: number): number =>
      partOf(found) === 1 ? 0 : Math.floor(Math.log2(Math.abs(this.#last[slot]!.firstPage - found.firstPage)));
    const gone = free.filter(isGone);
    const nearest = Math.min(...gone.map(distance));
    const [one = -1, ...others] = gone.filter((slot) => distance(slot) === nearest);
    if (others.length > 0) return this.#mostSites([one, ...others]);
    if (one >= 0) return one;
    return free.find((slot) => this.#last[slot] === undefined) ?? free[0] ?? -1;
  }

  #mostSites(slots: readonly number[]): number {
    const counts = new Uint32Array(WINDOW_SLOTS);
    for (let site = 1; site < this.#sites; site++) counts[(this.#slots[site]! - WINDOW_BASE) / WINDOW_SLOT_BYTES]!++;
    return slots.reduce((one, other) => (counts[other]! > counts[one]! ? other : one));
  }

  /** The slot of a window with an address in it. */
  #slotWith(page: number, offset: number, writes: boolean): number | undefined {
    const { extents } = this.#current;
    for (let slot = 1; slot < WINDOW_SLOTS; slot++) {
      const extent = extents[slot];
      if (!extent || (writes && !extent.isWritable)) continue;
      if ((page - extent.firstPage) * PAGE + offset <= extent.pages * PAGE - NEAR_SPAN && page >= extent.firstPage) {
        return slot;
      }
    }
    return undefined;
  }

  /** The pages around one that are its neighbours in both address spaces. */
  #find(page: number, writes: boolean): Extent | undefined {
    const cr0 = this.#view.getUint32(CPU_STATE.cr0, true);
    if ((cr0 & CR0_PAGING) === 0) return undefined;
    const isUser = this.#view.getUint32(CPU_STATE.cpl, true) === 3;
    this.#needed = (isUser ? USER : 0) | (writes ? DIRTY : 0);
    if (writes && (isUser || (cr0 & CR0_WRITE_PROTECT) !== 0)) this.#needed |= WRITABLE;
    const executesAll = (this.#view.getUint32(CPU_STATE.efer, true) & EFER_NXE) === 0;
    this.#reserved = RESERVED_HIGH | (executesAll ? NO_EXECUTE_HIGH : 0);
    this.#leafTable = -1;
    const frame = this.#frameOf(page, writes);
    if (frame < 0) return undefined;
    // What other windows hold of the same piece needs no second look: a heap grows by a hundredth of what it has.
    const known = this.#current.extents.filter(
      (one): one is Extent => one !== null && one.isWritable === writes && one.frame - one.firstPage === frame - page,
    );
    let first = page;
    // Never around the end of one half of the canonical addresses.
    const lowest = Math.max(page >= 2 ** 35 ? 2 ** 35 : 0, page - LONGEST_SEARCH);
    while (first > lowest && this.#frameOf(first - 1, writes) === frame - (page - first) - 1) {
      first--;
      for (const one of known) if (isIn(first, one)) first = one.firstPage;
    }
    let last = page;
    const highest = Math.min(page >= 2 ** 35 ? LAST_PAGE : 2 ** 35 - 1, page + LONGEST_SEARCH);
    while (last < highest && this.#frameOf(last + 1, writes) === frame + (last - page) + 1) {
      last++;
      for (const one of known) if (isIn(last, one)) last = one.firstPage + one.pages - 1;
    }
    return { firstPage: first, pages: last - first + 1, frame: frame - (page - first), isWritable: writes };
  }

  /** The last table that a walk reached, for the 512 pages that share it: table, their number, rights on the way. */
  #leafTable = -1;
  #leafPrefix = -1;
  #leafRights = 0;
  /** What the search asks of every entry together, and which upper bits no entry may have. */
  #needed = 0;
  #reserved = 0;

  /** Physical page number, or −1 for what a window must not take in. */
  #frameOf(page: number, writes: boolean): number {
    const prefix = Math.floor(page / 512);
    if (this.#leafTable < 0 || this.#leafPrefix !== prefix) {
      const large = this.#descend(page);
      if (large !== -1) return this.#accepted(large, this.#leafRights, writes);
    }
    const entry = this.#entry(this.#leafTable, page % 512);
    if ((entry.low & (PRESENT | ACCESSED)) !== (PRESENT | ACCESSED) || (entry.high & this.#reserved) !== 0) return -1;
    const rights = (this.#leafRights & entry.low & (WRITABLE | USER)) | (entry.low & DIRTY);
    return this.#accepted(pageNumber(entry), rights, writes);
  }

  /** Walks to the table of 4 KiB pages and gives −1; else a large page's number with its rights, or −2 for none. */
  #descend(page: number): number {
    this.#leafTable = -1;
    let table = pageNumber({
      low: this.#view.getUint32(CPU_STATE.cr3, true),
      high: this.#view.getUint32(CPU_STATE.cr3 + 4, true),
    });
    let rights = WRITABLE | USER;
    for (let level = 3; level > 0; level--) {
      if (table >= this.#ramPages) return -2;
      const within = 512 ** level;
      const entry = this.#entry(table, Math.floor(page / within) % 512);
      if ((entry.low & (PRESENT | ACCESSED)) !== (PRESENT | ACCESSED) || (entry.high & this.#reserved) !== 0) return -2;
      rights &= entry.low;
      if ((entry.low & LARGE) !== 0) {
        if (level === 3 || (entry.low & (within * PAGE - 1) & ~0x1fff) !== 0) return -2;
        this.#leafRights = (rights & (WRITABLE | USER)) | (entry.low & DIRTY);
        const first = pageNumber(entry);
        return first - (first % within) + (page % within);
      }
      table = pageNumber(entry);
    }
    if (table >= this.#ramPages) return -2;
    this.#leafTable = table;
    this.#leafPrefix = Math.floor(page / 512);
    this.#leafRights = rights;
    return -1;
  }

  #accepted(frame: number, rights: number, writes: boolean): number {
    if (frame < 0 || frame >= this.#ramPages || (rights & this.#needed) !== this.#needed) return -1;
    return writes && this.#codePages[frame] !== 0 ? -1 : frame;
  }

  #entry(table: number, index: number): { readonly low: number; readonly high: number } {
    const at = this.#ramWord + table * (PAGE / 4) + index * 2;
    return { low: this.#words[at]!, high: this.#words[at + 1]! };
  }
}

/**
 * Slots of even numbers hold windows that may be written through, those of odd numbers the others. A site keeps its slot from
 * address space to address space, so what a store checks against must be fit for stores in all of them.
 */
const firstSlot = (isWritable: boolean): number => (isWritable ? 2 : 1);

const pageNumber = ({ low, high }: { low: number; high: number }): number =>
  (high & 0x000f_ffff) * 2 ** 20 + (low >>> 12);

const isIn = (page: number, { firstPage, pages }: Extent): boolean => page >= firstPage && page < firstPage + pages;

const overlap = (one: Extent, other: Extent): boolean =>
  one.firstPage < other.firstPage + other.pages && other.firstPage < one.firstPage + one.pages;

const isWithin = (inner: Extent, outer: Extent): boolean =>
  inner.isWritable === outer.isWritable &&
  inner.firstPage >= outer.firstPage &&
  inner.firstPage + inner.pages <= outer.firstPage + outer.pages &&
  inner.frame - inner.firstPage === outer.frame - outer.firstPage;
