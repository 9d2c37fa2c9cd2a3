// A region whose function is in the table: where it lies, and where it is entered.

import type { Translation } from '../interpreter/code-cache.ts';
import type { RegionPages } from './region-pages.ts';

/** A place where a region can be entered. */
export interface Entrance {
  readonly physical: number;
  /** As in region-pages.ts. */
  readonly offset: number;
  /** Number that the region's dispatch knows it by. */
  readonly number: number;
  /** What leads there (region-heads.ts). */
  readonly head: number;
  /** Where the interpreter goes on when the region can't be entered. */
  readonly records: number;
}

export interface TranslatedRegion extends Translation {
  readonly pages: RegionPages;
  readonly entry: number;
  /** The first is where it starts. */
  readonly entrances: readonly Entrance[];
  /** Physical addresses of its blocks. */
  readonly starts: readonly number[];
  readonly instructions: number;
  /** Linear address of a word: how many more entries may not find the region's frame on the stack until it does without. */
  readonly framePatience: number;
  /** What calls return to that are written anew in it: no entrances. */
  readonly returnPoints: readonly ReturnPoint[];
}

/**
 * The region of which so much is known; `rewritten` is told when it is written to. Made here and not where a region is defined: a closure
 * from there keeps alive what all closures of that function see, and that is the region's graph, 40 KB of decoded instructions.
 */
export function translatedRegion(
  facts: Omit<TranslatedRegion, 'forget'>,
  rewritten: (region: TranslatedRegion) => void,
): TranslatedRegion {
  const region = { ...facts, forget: () => rewritten(region) };
  return region;
}

/** An entrance with its region. */
export interface Entered {
  readonly region: TranslatedRegion;
  readonly entrance: Entrance;
}

/** A hot block that waits to be translated. */
export interface Hot {
  readonly head: number;
  readonly rip: bigint;
  readonly codeTag: number;
  /** What general registers held then. */
  readonly registers: readonly bigint[];
}

/** Where a call returns to that should not leave its region. */
export interface ReturnPoint {
  readonly physical: number;
  readonly offset: number;
  /** The physical address of the block that calls. */
  readonly caller: number;
}
