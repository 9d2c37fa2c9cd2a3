// Area map: which ranges of the address space are mapped, with what protection and what is behind them.
//
//   sorted, disjoint, page-aligned areas      place(): highest gap below the base, as Linux lays out mmap top-down
//
// This is the shim's own account, what /proc/self/maps shows and munmap, mprotect and mremap are judged by. The pages
// themselves are the kernel's; address-space.ts keeps the two in step.

import type { RegularFile } from '../files/regular-file.ts';
import { PROT } from '../linux/memory-flags.ts';

/** What an area's pages come from. */
export interface Backing {
  readonly file: RegularFile;
  /** Offset in the file of the area's first byte. */
  readonly offset: number;
  readonly shared: boolean;
}

/** Memory that several mappings and processes show. */
export interface SharedPages {
  /** Tells one object from another, across the domain. */
  readonly id: number;
  /** Offset in it of the area's first byte. */
  readonly offset: number;
  /** It may not be written to by way of this mapping, whatever protection is asked for. */
  readonly readOnly?: boolean;
}

export interface Area {
  readonly start: number;
  readonly end: number;
  readonly protection: number;
  /** Whether a store is visible to other mappings: MAP_SHARED. */
  readonly shared: boolean;
  readonly backing: Backing | undefined;
  /** The shared object behind it, if one is: such memory is one in all processes that map it. */
  readonly pages?: SharedPages | undefined;
  /** Pages of a file mapping that lie wholly beyond the file's end: touching them is SIGBUS. */
  readonly pastEnd?: boolean;
  /** Pages of a file mapping that are loaded when they are touched (on-demand-pages.ts). */
  readonly onDemand?: boolean;
  /** Its pages were loaded on demand and can't have been written to since: they may go, to be loaded again. */
  readonly isClean?: boolean;
  /** What /proc/self/maps calls it: a path, `[heap]`, `[stack]`, or nothing. */
  readonly name: string;
}

/** Where mmap places from, downwards: what Linux uses without randomisation. */
const MAP_BASE = 0x7fff_f7ff_f000;
/** Nothing is placed below (vm.mmap_min_addr). */
export const MAP_FLOOR = 0x1_0000;

export class AreaMap {
  #areas: Area[] = [];
  /** Bytes mapped in all. */
  total = 0;

  get areas(): readonly Area[] {
    return this.#areas;
  }

  /** Index of the first area that ends after `address`. */
  #indexAfter(address: number): number {
    let low = 0;
    let high = this.#areas.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#areas[middle]!.end > address) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The area that holds `address`. */
  at(address: number): Area | undefined {
    const area = this.#areas[this.#indexAfter(address)];
    return area !== undefined && area.start <= address ? area : undefined;
  }

  /** The areas that overlap the range, clipped to it. */
  overlapping(start: number, end: number): Area[] {
    const found: Area[] = [];
    for (let index = this.#indexAfter(start); index < this.#areas.length; index++) {
      const area = this.#areas[index]!;
      if (area.start >= end) break;
      found.push(clip(area, Math.max(area.start, start), Math.min(area.end, end)));
    }
    return found;
  }

  isFree(start: number, end: number): boolean {
    const area = this.#areas[this.#indexAfter(start)];
    return area === undefined || area.start >= end;
  }

  /** Whether every page of the range is mapped. */
  covers(start: number, end: number): boolean {
    let at = start;
    for (let index = this.#indexAfter(start); at < end; index++) {
      const area = this.#areas[index];
      if (area === undefined || area.start > at) return false;
      at = area.end;
    }
    return true;
  }

  /** Takes the range out of all areas. */
  remove(start: number, end: number): void {
    const first = this.#indexAfter(start);
    let last = first;
    const kept: Area[] = [];
    while (last < this.#areas.length && this.#areas[last]!.start < end) {
      const area = this.#areas[last]!;
      if (area.start < start) kept.push(clip(area, area.start, start));
      if (area.end > end) kept.push(clip(area, end, area.end));
      this.total -= Math.min(area.end, end) - Math.max(area.start, start);
      last++;
    }
    if (last > first) this.#areas.splice(first, last - first, ...kept);
  }

  /** Adds an area over whatever was there, joining neighbours of the same kind. */
  set(area: Area): void {
    this.remove(area.start, area.end);
    let index = this.#indexAfter(area.start);
    let joined = area;
    let replaced = 0;
    const before = this.#areas[index - 1];
    if (before !== undefined && joinable(before, joined)) {
      joined = { ...joined, start: before.start, backing: before.backing };
      index--;
      replaced++;
    }
    const after = this.#areas[index + replaced];
    if (after !== undefined && joinable(joined, after)) {
      joined = { ...joined, end: after.end };
      replaced++;
    }
    this.#areas.splice(index, replaced, joined);
    this.total += area.end - area.start;
  }

  /** Gives the mapped parts of the range another protection. */
  protect(start: number, end: number, protection: number): void {
    for (const area of this.overlapping(start, end))
      this.set({ ...area, protection, isClean: area.isClean === true && (protection & PROT.WRITE) === 0 });
  }

  /** Notes that a range was loaded on demand and may not be written to. */
  markClean(start: number, end: number): void {
    for (const area of this.overlapping(start, end))
      if ((area.protection & PROT.WRITE) === 0) this.set({ ...area, isClean: true });
  }

  /** Lowest address of the highest free range of `length` bytes below `base`; undefined when there is none. */
  place(length: number, base: number = MAP_BASE): number | undefined {
    let top = base;
    // From the area that ends last below the base, or reaches over it, downwards: each one ends a gap.
    let index = this.#indexAfter(base);
    if (index === this.#areas.length || this.#areas[index]!.start >= base) index--;
    for (; index >= 0; index--) {
      const area = this.#areas[index]!;
      if (top - area.end >= length) return top - length;
      top = Math.min(top, area.start);
    }
    return top - length >= MAP_FLOOR ? top - length : undefined;
  }

  clear(): void {
    this.#areas = [];
    this.total = 0;
  }
}

function clip(area: Area, start: number, end: number): Area {
  if (start === area.start && end === area.end) return area;
  const { backing, pages } = area;
  return {
    ...area,
    start,
    end,
    pages: pages && { ...pages, offset: pages.offset + (start - area.start) },
    backing: backing && { ...backing, offset: backing.offset + (start - area.start) },
  };
}

function joinable(left: Area, right: Area): boolean {
  if (left.end !== right.start || left.protection !== right.protection || left.shared !== right.shared) return false;
  if (left.pastEnd !== right.pastEnd || left.onDemand !== right.onDemand) return false;
  if ((left.isClean ?? false) !== (right.isClean ?? false)) return false;
  if (left.name !== right.name || left.pages !== undefined || right.pages !== undefined) return false;
  if (left.backing === undefined || right.backing === undefined) return left.backing === right.backing;
  return (
    left.backing.file === right.backing.file &&
    left.backing.shared === right.backing.shared &&
    left.backing.offset + (left.end - left.start) === right.backing.offset
  );
}
