// What a region takes of the code cache beside its function: records for whoever arrives from outside or leaves, and its dispatch table.

import type { CodeCache } from '../interpreter/code-cache.ts';
import { LANDING, LANDING_BYTES, RECORD_BYTES } from '../interpreter/record.ts';
import { dispatchTableBytes, type WrittenTable, writeDispatchTable } from './region-dispatch.ts';
import type { ExitRecords } from './region-function.ts';
import type { RegionGraph } from './region-graph.ts';
import { headBytes } from './region-heads.ts';
import type { RegionJoins } from './region-joins.ts';
import { pageOf, physicalOf } from './region-pages.ts';
import type { TranslatedRegion } from './translated-region.ts';

/** Landings and heads that are made room for side by side. */
const PLACES_AT_ONCE = 8;
/** How often a loop may go on for longer than expected, until its region is made anew. */
const MOST_UNEXPECTED = 64;

/** Records that a region may need: its instructions, the ends of its blocks, two ways out of each and two more of counted loops, its heads, its dispatch table, and what is about its stack. */
export const recordsOf = (graph: RegionGraph): number =>
  graph.blocks.reduce((records, { instructions }) => records + instructions.length + 3, 0) +
  Math.ceil(dispatchTableBytes(graph) / RECORD_BYTES) +
  2 * graph.counted.size +
  Math.ceil(headBytes(1 + graph.entrances.length) / RECORD_BYTES) +
  Math.ceil(graph.blocks.length / (RECORD_BYTES / 4)) +
  1 +
  PLACES_AT_ONCE;

/** Those of one region. */
export class RegionRecords implements ExitRecords {
  readonly #codeCache: CodeCache;
  readonly #joins: RegionJoins;
  readonly #view: DataView;
  readonly #region: TranslatedRegion;
  readonly #blocks: readonly number[];
  readonly #share: (head: number, physical: number) => void;
  readonly #returnHeads = new Map<number, number>();
  #nextPlace = 0;
  #placesLeft = 0;

  /**
   * @param blocks the first record of each block
   * @param share makes a head of the block at a physical address that may be another region's
   */
  constructor(
    codeCache: CodeCache,
    joins: RegionJoins,
    view: DataView,
    region: TranslatedRegion,
    blocks: readonly number[],
    share: (head: number, physical: number) => void,
  ) {
    this.#codeCache = codeCache;
    this.#joins = joins;
    this.#view = view;
    this.#region = region;
    this.#blocks = blocks;
    this.#share = share;
  }

  get framePatience(): number {
    return this.#region.framePatience;
  }

  blockRecords(block: number): number {
    return this.#blocks[block]!;
  }

  returnHead(offset: number): number | undefined {
    const { entrances, pages } = this.#region;
    const known = this.#returnHeads.get(offset) ?? entrances.find((entrance) => entrance.offset === offset)?.head;
    if (known !== undefined || !pages.has(pageOf(offset))) return known;
    const head = this.#place();
    this.#returnHeads.set(offset, head);
    this.#share(head, physicalOf(pages, offset));
    return head;
  }

  landing(offset: number): number {
    return this.#landing(offset, this.#joins.patience);
  }

  unexpectedLanding(offset: number, loop: number): number {
    return this.#landing(offset, MOST_UNEXPECTED, loop);
  }

  dispatchTable(offsets: readonly number[]): WrittenTable {
    return writeDispatchTable(offsets, this.#view, (bytes) => this.#codeCache.reserve(bytes));
  }

  stackDepths(depths: readonly number[]): number {
    const list = this.#codeCache.reserve(4 * depths.length);
    for (const [index, depth] of depths.entries()) this.#view.setInt32(list + 4 * index, depth, true);
    return list;
  }

  #landing(offset: number, patience: number, loop?: number): number {
    const landing = this.#place();
    this.#view.setUint32(landing + LANDING.patience, patience, true);
    this.#joins.noteLanding(landing, this.#region, offset, loop);
    return landing;
  }

  /** For a landing or a head: those of a region lie side by side. */
  #place(): number {
    if (this.#placesLeft === 0) {
      this.#nextPlace = this.#codeCache.reserve(PLACES_AT_ONCE * LANDING_BYTES);
      this.#placesLeft = PLACES_AT_ONCE;
    }
    this.#placesLeft--;
    this.#nextPlace += LANDING_BYTES;
    return this.#nextPlace - LANDING_BYTES;
  }
}
