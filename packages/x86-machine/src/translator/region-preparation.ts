// A region on its way into the table: its records and heads are in linear memory, its function is defined, nobody leads to it yet.

import type { Instruction } from '../decode/decoder.ts';
import { INEXACT } from '../float/exception-flags.ts';
import type { CodeCache } from '../interpreter/code-cache.ts';
import type { Handler } from '../interpreter/control-flow.ts';
import { REGION_HEAD_BYTES } from '../interpreter/record.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { hasNansOfX86 } from './host-floats.ts';
import { defineRegion, type RegionOptions } from './region-function.ts';
import { instructionsOf, type RegionGraph } from './region-graph.ts';
import type { RegionHeads } from './region-heads.ts';
import type { RegionJoins } from './region-joins.ts';
import { physicalOf, placeInPage, type RegionPages, spansPages } from './region-pages.ts';
import { RegionRecords } from './region-records.ts';
import type { RegionSites } from './site-history.ts';
import type { TranslatableRows } from './translatable-rows.ts';
import { type Entered, type Entrance, type TranslatedRegion, translatedRegion } from './translated-region.ts';
import { isVouchedFor } from './x87-locals.ts';
import { zeroRestsNow } from './zero-rests.ts';

/** As many entries as a region may have before its site of the stack is looked after, and some more. */
const MOST_FRAMES_MISSED = 10_000;

/** Its graph and its code's definition are garbage once it is in the table, hundreds of objects each. */
export interface Candidate {
  readonly region: TranslatedRegion;
  readonly handler: Handler;
}

/** What the translator decides for a region. */
export interface Wanted {
  /** Its place in the table. */
  readonly entry: number;
  readonly isLazy: boolean;
  readonly counts: boolean;
  readonly sites: RegionSites;
  /** Told when the region's code is written to. */
  rewritten(region: TranslatedRegion): void;
}

export class RegionPreparation {
  readonly #view: DataView;
  readonly #codeCache: CodeCache;
  readonly #memory: MemoryAccess;
  readonly #windows: ExtentWindows;
  readonly #rows: TranslatableRows;
  readonly #joins: RegionJoins;
  readonly #heads: RegionHeads;
  readonly #entrances: Map<number, Entered>;
  /** For blocks whose regions were made anew: vector registers that have had more than zeros beside their low lane, as in zero-rests.ts. */
  readonly #filled = new Map<number, number>();
  /** Physical addresses of blocks whose regions did not find their frames on the stack too often. */
  readonly #frameless = new Set<number>();

  /** @param entrances where regions are entered: those of what is prepared are added */
  constructor(
    view: DataView,
    codeCache: CodeCache,
    memory: MemoryAccess,
    windows: ExtentWindows,
    rows: TranslatableRows,
    joins: RegionJoins,
    heads: RegionHeads,
    entrances: Map<number, Entered>,
  ) {
    this.#view = view;
    this.#codeCache = codeCache;
    this.#memory = memory;
    this.#windows = windows;
    this.#rows = rows;
    this.#joins = joins;
    this.#heads = heads;
    this.#entrances = entrances;
  }

  clear(): void {
    this.#filled.clear();
    this.#frameless.clear();
  }

  /**
   * A region that has the block at a physical address is to be made anew: with what vector registers hold now, beside their low lanes, and
   * without a frame if it has not found that too often.
   */
  isUnfit({ framePatience, starts }: TranslatedRegion, physical: number): void {
    if (this.#view.getInt32(framePatience, true) <= 0) for (const start of starts) this.#frameless.add(start);
    this.#filled.set(physical, (this.#filled.get(physical) ?? 0) | ~zeroRestsNow(this.#view));
  }

  /** @param physical the physical address of the block that became hot */
  prepare(physical: number, graph: RegionGraph, pages: RegionPages, wanted: Wanted): Candidate {
    const entrances: Entrance[] = [];
    const framePatience = this.#codeCache.reserve(4);
    this.#view.setInt32(framePatience, MOST_FRAMES_MISSED, true);
    const region = describe(graph, pages, entrances, framePatience, wanted);
    const blockRecords = graph.blocks.map(({ start, instructions }) =>
      this.#codeCache.translatedBlock(physicalOf(pages, start), placeInPage(start), instructions.length, region),
    );
    const heads = this.#heads.reserve(1 + graph.entrances.length);
    for (const [number, block] of [0, ...graph.entrances].entries()) {
      const offset = graph.blocks[block]!.start;
      const entrance = {
        physical: physicalOf(pages, offset),
        offset,
        number,
        head: heads + number * REGION_HEAD_BYTES,
        records: blockRecords[block]!,
      };
      entrances.push(entrance);
      if (!this.#entrances.has(entrance.physical)) this.#entrances.set(entrance.physical, { region, entrance });
    }
    this.#heads.write(region);
    const share = (head: number, physical: number): void =>
      this.#heads.share(head, physical, this.#entrances.get(physical));
    const records = new RegionRecords(this.#codeCache, this.#joins, this.#view, region, blockRecords, share);
    const name = `region ${physical.toString(16)}`;
    const options = this.#options(physical, pages, wanted);
    return { region, handler: defineRegion(name, graph, this.#memory, this.#windows, records, options) };
  }

  #options(start: number, pages: RegionPages, { entry, isLazy, counts, sites }: Wanted): RegionOptions {
    const unobserved = this.#view.getUint32(CPU_STATE.floatsObserved, true) === 0 && hasNansOfX86();
    return {
      entry,
      inexactRecorded: unobserved || (this.#view.getUint32(FRAME.mxcsr, true) & INEXACT) !== 0,
      unobserved,
      stackEffect: isVouchedFor(this.#view.getUint16(FRAME.x87Control, true))
        ? (instruction: Instruction) => this.#rows.stackEffect(instruction)
        : undefined,
      registersNow: () =>
        Array.from({ length: 16 }, (_, number) => this.#view.getBigUint64(FRAME.gpr + number * 8, true)),
      zeroRestsNow: zeroRestsNow(this.#view) & ~(this.#filled.get(start) ?? 0),
      counts,
      isLazy,
      spansPages: spansPages(pages),
      hasFrame: isLazy && !this.#frameless.has(start),
      sites,
    };
  }
}

/** @param entrances filled in later */
function describe(
  graph: RegionGraph,
  pages: RegionPages,
  entrances: readonly Entrance[],
  framePatience: number,
  { entry, rewritten }: Wanted,
): TranslatedRegion {
  const returnPoints = [...graph.inlined.keys()].map((caller) => {
    const { start: from, end: offset } = graph.blocks[caller]!;
    return { physical: physicalOf(pages, offset), offset, caller: physicalOf(pages, from) };
  });
  const starts = graph.blocks.map((block) => physicalOf(pages, block.start));
  return translatedRegion(
    { pages, entry, entrances, starts, instructions: instructionsOf(graph), framePatience, returnPoints },
    rewritten,
  );
}
