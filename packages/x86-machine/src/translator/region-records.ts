// What a region takes of the code cache beside its function: records for whoever arrives from outside or leaves, and its dispatch table.

import type { CodeCache } from '../interpreter/code-cache.ts';
import { RECORD_BYTES } from '../interpreter/record.ts';
import { type DispatchSpan, dispatchTableBytes } from './region-dispatch.ts';
import type { ExitRecords } from './region-function.ts';
import type { RegionGraph } from './region-graph.ts';
import type { RegionJoins } from './region-joins.ts';
import type { TranslatedRegion } from './translated-region.ts';

/** How often a loop may go on for longer than expected, until its region is made anew. */
const MOST_UNEXPECTED = 64;

/** Records that a region may need: its instructions, the ends of its blocks, two ways out of each and two more of counted loops, its code tag and its dispatch table. */
export const recordsOf = (graph: RegionGraph): number =>
  graph.blocks.reduce((records, { instructions }) => records + instructions.length + 3, 0) +
  Math.ceil(dispatchTableBytes(graph) / RECORD_BYTES) +
  2 * graph.counted.size +
  2;

/** Those of one region. */
export class RegionRecords implements ExitRecords {
  readonly #codeCache: CodeCache;
  readonly #joins: RegionJoins;
  readonly #view: DataView;
  readonly #region: TranslatedRegion;
  readonly #blocks: readonly number[];

  /** `blocks`: the first record of each block. */
  constructor(
    codeCache: CodeCache,
    joins: RegionJoins,
    view: DataView,
    region: TranslatedRegion,
    blocks: readonly number[],
  ) {
    this.#codeCache = codeCache;
    this.#joins = joins;
    this.#view = view;
    this.#region = region;
    this.#blocks = blocks;
  }

  blockRecords(block: number): number {
    return this.#blocks[block]!;
  }

  landing(offset: number): number {
    return this.#landing(offset, this.#joins.patience);
  }

  unexpectedLanding(offset: number, loop: number): number {
    return this.#landing(offset, MOST_UNEXPECTED, loop);
  }

  dispatchTable(offsets: readonly number[], [from, to]: DispatchSpan): number {
    const table = this.#codeCache.reserve(to - from);
    for (const [index, offset] of offsets.entries()) {
      if (offset >= from && offset < to) this.#view.setUint8(table + offset - from, index + 1);
    }
    return table;
  }

  #landing(offset: number, patience: number, loop?: number): number {
    const record = this.#codeCache.landing(offset, patience);
    this.#joins.noteLanding(record, this.#region, offset, loop);
    return record;
  }
}
