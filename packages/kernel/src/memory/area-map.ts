// Area map: which parts of an address space mean something, and what.
//
//   sorted by start, never overlapping:   [image][image]   [heap………]      [mapping of an object]    [stack]
//
// An area is anonymous (demand-zero; with protection NONE it is a reservation) or a window on a MemoryObject. Ranges are
// page numbers, [start, end). Neighbours that mean the same are one area.

import type { MemoryPages } from './memory-pages.ts';

/** A contiguous part of an address space with one meaning. */
export interface Area {
  start: number;
  end: number;
  /** Bits of abi's PROTECTION. */
  protection: number;
  /** What the area shows; undefined for anonymous memory. */
  object: MemoryPages | undefined;
  /** The object's page at `start`. */
  objectPage: number;
  /** Belongs to the kernel: the process can neither unmap nor change it. */
  fixedByKernel: boolean;
  /** The largest protection the area may ever get. */
  maxProtection: number;
  /** Anonymous pages backed so far; decides how much the next fault takes. */
  populated: number;
}

/** The areas of one address space. */
export class AreaMap {
  readonly #areas: Area[] = [];

  get length(): number {
    return this.#areas.length;
  }

  at(index: number): Area {
    return this.#areas[index]!;
  }

  /** Index of the first area that ends after `page`. */
  indexAfter(page: number): number {
    let low = 0;
    let high = this.#areas.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#areas[middle]!.end <= page) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The area that contains `page`. */
  find(page: number): Area | undefined {
    const area = this.#areas[this.indexAfter(page)];
    return area !== undefined && area.start <= page ? area : undefined;
  }

  /** Whether nothing lies in `[start, end)`. */
  isFree(start: number, end: number): boolean {
    const area = this.#areas[this.indexAfter(start)];
    return area === undefined || area.start >= end;
  }

  /** Whether areas cover all of `[start, end)`. */
  isCovered(start: number, end: number): boolean {
    let page = start;
    for (let index = this.indexAfter(start); page < end; index++) {
      const area = this.#areas[index];
      if (area === undefined || area.start > page) return false;
      page = area.end;
    }
    return true;
  }

  /** Whether an area of `[start, end)` satisfies the predicate. */
  some(start: number, end: number, predicate: (area: Area) => boolean): boolean {
    for (let index = this.indexAfter(start); index < this.#areas.length; index++) {
      const area = this.#areas[index]!;
      if (area.start >= end) return false;
      if (predicate(area)) return true;
    }
    return false;
  }

  /** The highest gap of `pages` below `top` and above `bottom`; its first page, or −1. */
  highestGap(pages: number, bottom: number, top: number): number {
    let end = top;
    for (let index = this.indexAfter(top - 1); index >= 0; index--) {
      const area = this.#areas[index];
      if (area === undefined) continue;
      if (area.start >= end) continue;
      if (end - Math.max(area.end, bottom) >= pages) return end - pages;
      end = Math.min(end, area.start);
      if (end - bottom < pages) return -1;
    }
    return end - bottom >= pages ? end - pages : -1;
  }

  /** How many more areas a split at both ends of `[start, end)` makes: 0 to 2. */
  splits(start: number, end: number): number {
    const first = this.find(start);
    const last = this.find(end - 1);
    return (first !== undefined && first.start < start ? 1 : 0) + (last !== undefined && last.end > end ? 1 : 0);
  }

  /** Splits so that `[start, end)` consists of whole areas; the indexes `[from, to)` of those. */
  carve(start: number, end: number): { from: number; to: number } {
    this.#splitAt(start);
    this.#splitAt(end);
    const from = this.indexAfter(start);
    let to = from;
    while (to < this.#areas.length && this.#areas[to]!.start < end) to++;
    return { from, to };
  }

  insert(area: Area): void {
    this.#areas.splice(this.indexAfter(area.start), 0, area);
  }

  remove(from: number, to: number): void {
    this.#areas.splice(from, to - from);
  }

  /** Joins equal neighbours around `[start, end)`; answers how many areas that saved. */
  merge(start: number, end: number, joined: (area: Area) => void): void {
    let index = Math.max(0, this.indexAfter(start) - 1);
    while (index + 1 < this.#areas.length && this.#areas[index]!.start <= end) {
      const area = this.#areas[index]!;
      const next = this.#areas[index + 1]!;
      if (!canJoin(area, next)) {
        index++;
        continue;
      }
      area.end = next.end;
      area.populated += next.populated;
      this.#areas.splice(index + 1, 1);
      joined(next);
    }
  }

  #splitAt(page: number): void {
    const index = this.indexAfter(page);
    const area = this.#areas[index];
    if (area === undefined || area.start >= page) return;
    const upper: Area = { ...area, start: page, objectPage: area.objectPage + (page - area.start) };
    // An estimate is enough: it only steers how much a fault takes.
    upper.populated = Math.floor(area.populated / 2);
    area.populated -= upper.populated;
    area.end = page;
    this.#areas.splice(index + 1, 0, upper);
    area.object?.split(area, upper);
  }
}

function canJoin(area: Area, next: Area): boolean {
  return (
    area.end === next.start &&
    area.object === undefined &&
    next.object === undefined &&
    area.protection === next.protection &&
    area.maxProtection === next.maxProtection &&
    !area.fixedByKernel &&
    !next.fixedByKernel
  );
}
