// What a region may be made of: code that is mapped now and runs often enough, up to where other regions begin.

import type { CodeCache } from '../interpreter/code-cache.ts';
import type { Extent } from './region-exploration.ts';
import type { RegionJoins } from './region-joins.ts';
import { pageOf, placeInPage, type RegionPages, startOfPage } from './region-pages.ts';
import type { Entered, TranslatedRegion } from './translated-region.ts';

const PAGE = 4096;
/** Pages that a region may lie in: each is looked at again where code is mapped anew. */
const MOST_PAGES = 12;
/** What jumps through registers lead to is looked for in pages so near to where a region starts, and in large programs functions that are called. */
const NEAR = 7;
/** What runs less often than this part of what is hot stays outside. */
const COLD_PART = 8;
/** … unless it is in a loop around what is hot, and runs more often than this part. */
const COLD_PART_AROUND = 1000;
/** Functions that are called less often than this part of it are left for: a copy in each caller is paid for by few calls. */
const COLD_CALLEE_PART = 2;
/** Instructions of a function that is in a region of its own, and still taken into its callers'. */
const SMALL_CALLEE = 30;

/** How code is found beyond the page that it starts in. */
export interface CodeMapping {
  /** The physical address of what is fetched at a virtual one now; −1 when that would fault. */
  locate(virtual: bigint): number;
  /**
   * The page of a virtual address may be fetched from without a walk: its entries are marked as accessed, and from now on a change to
   * its mapping gives the address space another code tag, and its being executed elsewhere, too, gives it one at once. False where that would tell that the code is translated.
   */
  markFetched(virtual: bigint): boolean;
}

/** Translated regions beside the one that is explored. */
export interface OtherRegions {
  /** Those that it does not end at, small ones that it calls included. */
  readonly own: Set<TranslatedRegion>;
  /** Whether it ends where any other begins. */
  readonly areEnds: boolean;
  /** Set once it comes to where it would have ended then. */
  wereMet: boolean;
}

export class RegionExtents {
  readonly #ram: Uint8Array;
  readonly #codeCache: CodeCache;
  readonly #mapping: CodeMapping;
  readonly #translateAfter: number;
  readonly #entrances: ReadonlyMap<number, Entered>;
  readonly #joins: RegionJoins;
  /** Physical addresses of blocks in the middle of loops at which their regions are entered from outside. */
  readonly entered: Set<number> = new Set();

  constructor(
    ram: Uint8Array,
    codeCache: CodeCache,
    mapping: CodeMapping,
    translateAfter: number,
    entrances: ReadonlyMap<number, Entered>,
    joins: RegionJoins,
  ) {
    this.#ram = ram;
    this.#codeCache = codeCache;
    this.#mapping = mapping;
    this.#translateAfter = translateAfter;
    this.#entrances = entrances;
    this.#joins = joins;
  }

  /** Translates what gains nothing, and what has never run, too. */
  get #always(): boolean {
    return this.#translateAfter === 1;
  }

  /** Whether a region starts at `other` that the one which starts at a physical address takes in wholly, its entrances too. */
  supersedes(physical: number, other: number): boolean {
    return this.#joins.isJoined(physical, other) && this.#entrances.get(other)?.entrance.number === 0;
  }

  /**
   * Of the region that starts at a physical address, which `rip` is mapped to.
   * @param pages its pages, which are told of here as they are found
   * @param isConfined whether it keeps to those that are there
   */
  around(physical: number, rip: bigint, pages: Map<number, number>, isConfined: boolean, others: OtherRegions): Extent {
    const codeCache = this.#codeCache;
    const { translateAfter } = codeCache;
    const warm = Math.floor(translateAfter / COLD_PART);
    const isLarge = translateAfter < this.#translateAfter;
    const warmCallee = Math.floor(translateAfter / COLD_CALLEE_PART);
    const base = rip - BigInt(physical % PAGE);
    /** Where pages are that control may go to, −1 for those that can't be fetched from. */
    const located = new Map<number, number>(pages);
    const pageAt = (page: number): number => {
      let found = located.get(page);
      if (found === undefined) {
        found = isConfined ? -1 : this.#mapping.locate(base + BigInt(startOfPage(page)));
        // A page twice in a region would have two offsets for each of its bytes.
        for (const other of located.values()) if (other === found) found = -1;
        located.set(page, found);
      }
      return found;
    };
    const locate = (offset: number): number => {
      const page = pageAt(pageOf(offset));
      return page < 0 ? -1 : page + placeInPage(offset);
    };
    /** Whether another region, which this one ends at, is entered there. */
    const isOthers = (target: number): boolean => {
      const known = this.#entrances.get(target);
      if (known === undefined || others.own.has(known.region)) return false;
      others.wereMet = true;
      return others.areEnds;
    };
    return {
      page: (number) => {
        const page = pageAt(number);
        if (page < 0 || (pages.size === MOST_PAGES && !pages.has(number))) return undefined;
        pages.set(number, page);
        return this.#ram.subarray(page, page + PAGE);
      },
      includes: (offset, leader) => {
        const target = locate(offset);
        if (target < 0) return false;
        if (this.#always) return true;
        if (isOthers(target)) return false;
        // Without a count of its own it is inside a longer block, or has never run.
        if (codeCache.headAt(target) === 0) return !codeCache.isSplit(locate(leader));
        return codeCache.entries(target) > warm;
      },
      includesAround: (offset, leader) => {
        const target = locate(offset);
        if (target < 0 || this.#always || isOthers(target)) return false;
        if (codeCache.headAt(target) === 0) return !codeCache.isSplit(locate(leader));
        return codeCache.entries(target) > Math.floor(translateAfter / COLD_PART_AROUND);
      },
      includesCallee: (offset) => {
        // In large programs a tenth more to translate costs what a sixth of the ways between regions takes.
        if (isLarge && !this.#always && Math.abs(pageOf(offset)) > NEAR) return false;
        const target = locate(offset);
        const region = this.#entrances.get(target)?.region;
        if (region && region.instructions <= SMALL_CALLEE) others.own.add(region);
        if (isOthers(target)) return false;
        return (
          target >= 0 && (this.#always || (codeCache.headAt(target) !== 0 && codeCache.entries(target) > warmCallee))
        );
      },
      supersedes: (offset) => this.supersedes(physical, locate(offset)),
      isEntered: (offset) => this.entered.has(locate(offset)),
      isReplaceable: (offset) => {
        const known = this.#entrances.get(locate(offset));
        return known !== undefined && !known.region.starts.includes(physical);
      },
      *indirectTargets() {
        for (const [number, page] of nearest(pages)) {
          for (const block of codeCache.hotBlocks(page / PAGE, warm)) yield startOfPage(number) + (block % PAGE);
        }
      },
    };
  }
}

/** Pages around the one where a region starts, nearest first. */
const nearest = (pages: RegionPages): (readonly [number, number])[] =>
  [...pages].filter(([number]) => Math.abs(number) <= NEAR).sort(([one], [other]) => Math.abs(one) - Math.abs(other));
