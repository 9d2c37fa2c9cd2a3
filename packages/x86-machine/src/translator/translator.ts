// The second tier: regions of hot code as functions of their own, in the table beside the interpreter's handlers.
//
//   block entered often ─▶ EXIT.hot ─▶ explore ─▶ function ─▶ table entry ─▶ the block's first record leads to it
//
// A region is entered like any record is and left to records, so interpreter and translated code mix at every instruction.
// A write to any of a region's bytes makes its entries count again; the function is dropped with the machine's next flush.

import type { Decoder } from '../decode/decoder.ts';
import { INEXACT } from '../float/exception-flags.ts';
import type { CodeCache, Translation } from '../interpreter/code-cache.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import { RECORD, RECORD_BYTES } from '../interpreter/record.ts';
import { FIRST_REGION_ENTRY, TABLE_ENTRIES } from '../interpreter/table-layout.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import type { MemoryMap } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { defineRegion } from './region-function.ts';
import { exploreRegion, type RegionGraph } from './region-graph.ts';
import { TranslatableRows } from './translatable-rows.ts';

const PAGE = 4096;
/** Code that is written to will be again: how many times more entries until it is translated anew. */
const PATIENCE_AFTER_WRITE = 4;
/** Records that a region may need: its instructions, the ends of its blocks, and two ways out of each. */
const recordsOf = ({ blocks }: RegionGraph): number =>
  blocks.reduce((records, { instructions }) => records + instructions.length + 3, 0);

export class Translator {
  readonly #ram: Uint8Array;
  readonly #view: DataView;
  readonly #decoder: Decoder;
  readonly #codeCache: CodeCache;
  readonly #interpreter: Interpreter;
  readonly #windows: ExtentWindows;
  readonly #rows: TranslatableRows;
  readonly #translateAfter: number;
  #nextEntry: number = FIRST_REGION_ENTRY;
  /** Regions translated since creation. */
  regions = 0;

  constructor(
    buffer: ArrayBufferLike,
    map: MemoryMap,
    decoder: Decoder,
    codeCache: CodeCache,
    interpreter: Interpreter,
    windows: ExtentWindows,
    translateAfter: number,
  ) {
    this.#ram = new Uint8Array(buffer, map.ramOffset, map.ramBytes);
    this.#view = new DataView(buffer);
    this.#decoder = decoder;
    this.#codeCache = codeCache;
    this.#interpreter = interpreter;
    this.#windows = windows;
    this.#translateAfter = translateAfter;
    this.#rows = new TranslatableRows(interpreter.memory, windows);
    codeCache.onFlush = () => {
      this.#nextEntry = FIRST_REGION_ENTRY;
      windows.forgetSites();
    };
  }

  /** Translates what gains nothing, and what has never run, too. */
  get #always(): boolean {
    return this.#translateAfter === 1;
  }

  /** Translates from a block on whose first record is `head`; whatever comes of it, `head` asks no more. */
  translate(physical: number, head: number): void {
    const pageStart = physical - (physical % PAGE);
    const page = this.#ram.subarray(pageStart, pageStart + PAGE);
    const graph = exploreRegion(
      page,
      physical % PAGE,
      this.#decoder,
      (instruction) => this.#rows.has(instruction),
      (offset) => this.#always || this.#codeCache.headAt(pageStart + offset) !== 0,
    );
    if (graph === null || (!this.#always && isTrivial(graph))) {
      this.#view.setUint32(head + RECORD.link, head + RECORD_BYTES, true);
      this.#view.setUint16(head + RECORD.handler, SPECIAL.forward, true);
      return;
    }
    if (this.#nextEntry >= TABLE_ENTRIES || !this.#codeCache.hasRoomFor(recordsOf(graph))) {
      this.#codeCache.flush();
      return;
    }
    const entry = this.#nextEntry++;
    const heads: number[] = [];
    const region: Translation = { forget: () => this.#forget(entry, heads) };
    const blockRecords = graph.blocks.map(({ start, instructions }) =>
      this.#codeCache.translatedBlock(pageStart + start, instructions.length, region),
    );
    const records = {
      blockRecords: (block: number): number => blockRecords[block]!,
      landing: (offset: number): number => this.#codeCache.landing(offset),
    };
    const inexactRecorded = (this.#view.getUint32(FRAME.mxcsr, true) & INEXACT) !== 0;
    const name = `region ${physical.toString(16)}`;
    const handler = defineRegion(name, graph, this.#interpreter.memory, this.#windows, records, {
      inexactRecorded,
      counts: false,
    });
    this.#interpreter.install(entry, [handler]);
    this.#lead(head, entry, 0, heads, blockRecords[0]!);
    // Calls return into the region, not to blocks of their own.
    graph.returnPoints
      .filter((block) => block !== 0)
      .forEach((block, index) => {
        const other = this.#codeCache.headAt(pageStart + graph.blocks[block]!.start);
        const isFresh = other !== 0 && this.#view.getUint16(other + RECORD.handler, true) === SPECIAL.count;
        if (isFresh) this.#lead(other, entry, index + 1, heads, blockRecords[block]!);
      });
    this.regions++;
  }

  /** `records` is where the interpreter goes on when the region can't be entered. */
  #lead(head: number, entry: number, number: number, heads: number[], records: number): void {
    this.#view.setUint32(head + RECORD.link, records, true);
    this.#view.setUint16(head + RECORD.reg, number, true);
    this.#view.setUint16(head + RECORD.handler, entry, true);
    heads.push(head);
  }

  #forget(entry: number, heads: readonly number[]): void {
    for (const head of heads) {
      if (this.#view.getUint16(head + RECORD.handler, true) !== entry) continue;
      this.#view.setUint32(head + RECORD.link, this.#translateAfter * PATIENCE_AFTER_WRITE, true);
      this.#view.setUint16(head + RECORD.handler, SPECIAL.count, true);
    }
  }
}

/** Entering and leaving costs more than a handful of instructions in between saves. */
const isTrivial = ({ blocks }: RegionGraph): boolean =>
  blocks.length === 1 && blocks[0]!.instructions.length < 4 && blocks[0]!.ending === 'leave';
