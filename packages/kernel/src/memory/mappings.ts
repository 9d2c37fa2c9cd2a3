// Mappings: which ranges of a space mean what, and what changes that.
//
//   map ─▶ area (nothing behind it yet) ─ protect ─▶ area, its entries rewritten ─ discard ─▶ area, its frames gone ─ unmap ─▶ ∅
//                                        └ remap ─▶ the same pages elsewhere, or more of them
//
// Every operation checks everything, reserves in the ledger, and only then changes something. What is behind the areas is
// page-entries.ts; how it is reached is address-space.ts.

import { type MemoryFailure, PROTECTION } from '@capos/abi';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { type Area, AreaMap } from './area-map.ts';
import type { Mapper, MemoryPages } from './memory-pages.ts';
import { type Extent, type PageEntries, USER_END_PAGE } from './page-entries.ts';
import { FRAME_SIZE } from './physical-memory.ts';

/** Nothing is placed below 64 KiB: a null pointer with an offset must fault. */
export const LOWEST_PAGE = 16;
/** Where the kernel places what has no address, downwards: abi's MAP_TOP. */
const PLACE_TOP_PAGE = 0x7000_0000_0000 / FRAME_SIZE;
const ALL_PROTECTION = PROTECTION.READ | PROTECTION.WRITE | PROTECTION.EXECUTE;

/** What is mapped where, and the operations on it. */
export class Mappings implements Mapper {
  readonly ledger: Ledger;
  protected readonly areas: AreaMap = new AreaMap();
  protected readonly entries: PageEntries;
  readonly #allowWriteExecute: boolean;
  #charged = 0;

  /** Foreign processes may map writable code; native ones may not. */
  protected constructor(entries: PageEntries, ledger: Ledger, allowWriteExecute: boolean) {
    this.entries = entries;
    this.ledger = ledger;
    this.#allowWriteExecute = allowWriteExecute;
  }

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
    if (!this.#reserveAreas(this.areas.splits(start, end))) return 'noMemory';
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
    if (!this.areas.isCovered(start, end)) return 'notMapped';
    if (this.areas.some(start, end, (area) => (protection & ~area.maxProtection) !== 0)) return 'notPermitted';
    if (!this.#reserveAreas(this.areas.splits(start, end))) return 'noMemory';
    const { from, to } = this.areas.carve(start, end);
    for (let index = from; index < to; index++) {
      const area = this.areas.at(index);
      if (area.protection === protection) continue;
      area.protection = protection;
      this.entries.rewrite(area);
    }
    this.areas.merge(start, end, () => {});
    this.#settleAreas();
    return undefined;
  }

  /** Frees the frames of anonymous memory in the range: it stays mapped and reads zero. Objects only lose their entries. */
  discard(address: number, length: number): MemoryFailure | undefined {
    const refused = this.#refuseRange(address, length) ?? this.#refuseKernelAreas(address, length);
    if (refused !== undefined) return refused;
    const start = address / FRAME_SIZE;
    const end = start + length / FRAME_SIZE;
    if (!this.areas.isCovered(start, end)) return 'notMapped';
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
    const area = this.areas.find(start);
    if (area === undefined || area.end < oldEnd) return 'notMapped';
    if (newLength <= oldLength) {
      return newLength === oldLength ? address : (this.unmap(address + newLength, oldLength - newLength) ?? address);
    }
    const objectPage = area.objectPage + (start - area.start);
    if (area.object !== undefined && objectPage + pages > area.object.pages) return 'badRange';
    const growth = pages - oldLength / FRAME_SIZE;
    if (area.end === oldEnd && start + pages <= USER_END_PAGE && this.areas.isFree(oldEnd, start + pages)) {
      if (!this.ledger.reserve(RESOURCE.RESERVED_PAGES, growth)) return 'noMemory';
      area.end = start + pages;
      return address;
    }
    if (!mayMove) return 'noMemory';
    const target = this.areas.highestGap(pages, LOWEST_PAGE, PLACE_TOP_PAGE);
    if (target < 0 || !this.ledger.reserve(RESOURCE.RESERVED_PAGES, growth)) return 'noMemory';
    if (!this.#reserveAreas(1 + this.areas.splits(start, oldEnd))) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, growth);
      return 'noMemory';
    }
    if (!this.entries.move(start, oldEnd, target)) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, growth);
      this.#settleAreas();
      return 'noMemory';
    }
    const { from, to } = this.areas.carve(start, oldEnd);
    const moved = this.areas.at(from);
    this.areas.remove(from, to);
    const placed: Area = { ...moved, start: target, end: target + pages };
    moved.object?.attach(placed, this);
    moved.object?.detach(moved);
    this.areas.insert(placed);
    this.#settleAreas();
    return target * FRAME_SIZE;
  }

  /** Whether nothing is mapped in the range. */
  isFree(address: number, length: number): boolean {
    return this.areas.isFree(Math.floor(address / FRAME_SIZE), Math.ceil((address + length) / FRAME_SIZE));
  }

  /** The mapped ranges, in order, with protection and whether an object is behind them. */
  ranges(): { address: number; length: number; protection: number; object: MemoryPages | undefined }[] {
    const ranges: { address: number; length: number; protection: number; object: MemoryPages | undefined }[] = [];
    for (let index = 0; index < this.areas.length; index++) {
      const { start, end, protection, object } = this.areas.at(index);
      ranges.push({ address: start * FRAME_SIZE, length: (end - start) * FRAME_SIZE, protection, object });
    }
    return ranges;
  }

  /** The physical pieces behind the area of `address`, in order of address. */
  extents(address: number): Extent[] {
    const area = this.areas.find(Math.floor(address / FRAME_SIZE));
    return area === undefined ? [] : this.entries.extents(area.start, area.end);
  }

  /** What a park key of this address is: the object behind it and the byte offset in it; undefined for private memory. */
  objectAt(address: number): { object: MemoryPages; offset: number } | undefined {
    const area = this.areas.find(Math.floor(address / FRAME_SIZE));
    if (area?.object === undefined) return undefined;
    return { object: area.object, offset: address - area.start * FRAME_SIZE + area.objectPage * FRAME_SIZE };
  }

  dropEntries(first: number, pages: number): void {
    this.entries.drop(first, pages);
  }

  /** Unmaps everything, whoever's it is. */
  protected clear(): void {
    this.#releaseRange(0, USER_END_PAGE);
    for (let index = 0; index < this.areas.length; index++) {
      const area = this.areas.at(index);
      this.ledger.release(RESOURCE.RESERVED_PAGES, area.end - area.start);
      area.object?.detach(area);
    }
    this.areas.remove(0, this.areas.length);
    this.#settleAreas();
  }

  /** Takes over one area of another space, and its backed pages. What it has taken when it fails goes with the space. */
  protected adopt(original: Area, entries: PageEntries): boolean {
    const { start, end } = original;
    if (!this.ledger.reserve(RESOURCE.RESERVED_PAGES, end - start)) return false;
    if (!this.#reserveAreas(1)) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, end - start);
      return false;
    }
    const area: Area = { ...original };
    this.areas.insert(area);
    area.object?.attach(area, this);
    if (area.object !== undefined) return true;
    return this.entries.adopt(area, entries);
  }

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
        hint >= LOWEST_PAGE && hint + pages <= USER_END_PAGE && this.areas.isFree(hint, hint + pages)
          ? hint
          : this.areas.highestGap(pages, LOWEST_PAGE, PLACE_TOP_PAGE);
      if (start < 0) return 'noMemory';
    }
    const end = start + pages;
    if (!this.ledger.reserve(RESOURCE.RESERVED_PAGES, pages)) return 'noMemory';
    if (!this.#reserveAreas(1 + this.areas.splits(start, end))) {
      this.ledger.release(RESOURCE.RESERVED_PAGES, pages);
      return 'noMemory';
    }
    if (!this.areas.isFree(start, end)) this.#unmapPages(start, end);
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
    this.areas.insert(area);
    object?.attach(area, this);
    this.areas.merge(start, end, () => {});
    this.#settleAreas();
    return start * FRAME_SIZE;
  }

  #unmapPages(start: number, end: number): void {
    this.#releaseRange(start, end);
    const { from, to } = this.areas.carve(start, end);
    for (let index = from; index < to; index++) {
      const area = this.areas.at(index);
      this.ledger.release(RESOURCE.RESERVED_PAGES, area.end - area.start);
      area.object?.detach(area);
    }
    this.areas.remove(from, to);
    this.entries.prune(start, end);
  }

  /** Empties entries; frames of anonymous memory go back. */
  #releaseRange(start: number, end: number): void {
    for (let index = this.areas.indexAfter(start); index < this.areas.length; index++) {
      const area = this.areas.at(index);
      if (area.start >= end) break;
      this.entries.release(area, start, end);
    }
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
    return this.areas.some(start, start + length / FRAME_SIZE, (area) => area.fixedByKernel)
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
    this.#charged += count;
    return true;
  }

  /** Gives back what was reserved for areas and not needed. */
  #settleAreas(): void {
    const surplus = this.#charged - this.areas.length;
    if (surplus > 0) this.ledger.release(RESOURCE.AREAS, surplus);
    this.#charged = this.areas.length;
  }
}
