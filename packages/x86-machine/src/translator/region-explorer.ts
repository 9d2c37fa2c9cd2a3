// What the region around a hot block is made of: as much as pays, as long as no other region has it, and what has been learnt since of its
// loops, calls and pages.
//
//   as if no other region existed ──met none, or completes another's loop──▶ as it is, in its place
//                                 ──else──▶ once more, up to where others begin

import type { Decoder, Instruction } from '../decode/decoder.ts';
import type { CodeCache } from '../interpreter/code-cache.ts';
import { countedLoops, isShortLoop } from './counted-loops.ts';
import type { RegionBlock } from './region-block.ts';
import { type Decoded, offsetOf } from './region-code.ts';
import { type Expectations, exploreRegion } from './region-exploration.ts';
import type { OtherRegions, RegionExtents } from './region-extents.ts';
import { type RegionGraph, usedPages } from './region-graph.ts';
import type { RegionJoins } from './region-joins.ts';
import { physicalOf, placeInPage, type RegionPages } from './region-pages.ts';
import type { TranslatableRows } from './translatable-rows.ts';
import type { Entered, Hot } from './translated-region.ts';

const PAGE = 4096;
/** For the first time a region is made with what has been called since, then without. */
const MOST_STRAYS = 2;

export interface Explored {
  readonly graph: RegionGraph;
  readonly pages: RegionPages;
}

export class RegionExplorer {
  readonly #decoder: Decoder;
  readonly #codeCache: CodeCache;
  readonly #rows: TranslatableRows;
  readonly #extents: RegionExtents;
  readonly #joins: RegionJoins;
  readonly #entrances: ReadonlyMap<number, Entered>;
  readonly #codeTag: () => number;
  /** Takes in what gains nothing, and what has never run, too. */
  readonly #always: boolean;
  /** Physical addresses of blocks whose regions keep to their page: processes map what is beside it differently. */
  readonly #confined = new Set<number>();
  /** Physical addresses of loops that were expected to be over after a few rounds, and were not. */
  readonly #uncounted = new Set<number>();
  /** By the physical address of a block that calls what has left the region often: how many regions were made anew for that. */
  readonly #straying = new Map<number, number>();

  /**
   * @param codeTag the one in force
   * @param always whether all is translated at its first execution
   */
  constructor(
    decoder: Decoder,
    codeCache: CodeCache,
    rows: TranslatableRows,
    extents: RegionExtents,
    joins: RegionJoins,
    entrances: ReadonlyMap<number, Entered>,
    codeTag: () => number,
    always: boolean,
  ) {
    this.#decoder = decoder;
    this.#codeCache = codeCache;
    this.#rows = rows;
    this.#extents = extents;
    this.#joins = joins;
    this.#entrances = entrances;
    this.#codeTag = codeTag;
    this.#always = always;
  }

  clear(): void {
    this.#confined.clear();
    this.#uncounted.clear();
    this.#straying.clear();
  }

  /** The region of the block at a physical address keeps to its page from now on. */
  confine(physical: number): void {
    this.#confined.add(physical);
  }

  /** The loop at a physical address goes on for longer than a few rounds. */
  isLong(loop: number): void {
    this.#uncounted.add(loop);
  }

  /** What the block at a physical address calls has left its region often. */
  hasStrayed(caller: number): void {
    this.#straying.set(caller, (this.#straying.get(caller) ?? 0) + 1);
  }

  /**
   * The region around a hot block; one that becomes hot although a region that begins elsewhere has it becomes an entrance of that region.
   * @param keeps whether the region that is there keeps what it has, although others have begun in it since
   */
  around(physical: number, hot: Hot, keeps: boolean): Explored | null {
    const explored = this.#explore(physical, hot, keeps);
    if (explored === null || this.#always || this.#entrances.has(physical)) return explored;
    const there = this.#entrances.get(physicalOf(explored.pages, explored.graph.blocks[0]!.start))?.region;
    if (!there?.starts.includes(physical)) return explored;
    this.#extents.entered.add(physical);
    return this.#explore(physical, hot, keeps);
  }

  #explore(physical: number, hot: Hot, keeps: boolean): Explored | null {
    const kept = keeps ? (this.#entrances.get(physical)?.region.starts ?? []) : [];
    const own = [physical, ...kept, ...this.#joins.joined(physical)].flatMap(
      (start) => this.#entrances.get(start)?.region ?? [],
    );
    const decoded = new Map<number, Decoded | null>();
    const others = { own: new Set(own), areEnds: false, wereMet: false };
    const whole = this.#exploreAmong(others, decoded, physical, hot);
    // Who completes another region's loop takes its place; anyone else ends where another begins.
    if (this.#always || !others.wereMet || whole === null || whole.graph.replaces !== undefined) return whole;
    return this.#exploreAmong({ own: new Set(own), areEnds: true, wereMet: false }, decoded, physical, hot);
  }

  /** @param decoded what is known of the code, by offset, and what is found out of it here */
  #exploreAmong(
    others: OtherRegions,
    decoded: Map<number, Decoded | null>,
    physical: number,
    { rip, codeTag, registers }: Hot,
  ): Explored | null {
    const pages = new Map([[0, physical - (physical % PAGE)]]);
    const isConfined = codeTag !== this.#codeTag() || this.#confined.has(physical);
    const extent = this.#extents.around(physical, rip, pages, isConfined, others);
    const isTranslatable = (one: Instruction, offset: number): boolean =>
      !this.#codeCache.isArmed(placeInPage(offset)) && this.#rows.has(one);
    const isCandidate = (block: RegionBlock): boolean =>
      isShortLoop(block) && !this.#uncounted.has(physicalOf(pages, block.start));
    const count: Expectations['count'] = (blocks, successors, entries) =>
      countedLoops(blocks, blocks.map(isCandidate), successors, entries, registers);
    const returns = (caller: RegionBlock): boolean =>
      (this.#straying.get(physicalOf(pages, caller.start)) ?? 0) < MOST_STRAYS;
    const expected = { returns, isCandidate, count };
    const graph = exploreRegion(offsetOf(physical), this.#decoder, isTranslatable, extent, expected, decoded);
    return graph && { graph, pages: usedPages(graph, pages) };
  }
}
