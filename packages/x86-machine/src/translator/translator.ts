// The second tier: regions of hot code as functions of their own, in the table beside the interpreter's handlers.
//
//   block hot ─▶ EXIT.hot ─▶ queue ─▶ explore each ─▶ one module of many functions ─▶ table entries ─▶ heads lead to them
//
// A region is entered like any record is and left to records, so interpreter and translated code mix at every instruction.
// It can be entered where it starts and where its calls return to. Other blocks of it keep records of their own for whoever
// arrives from outside: should that happen often, a region of their own.
//
// A write to any of a region's bytes makes its entries count again; the function is dropped with the machine's next flush.

import type { Decoder, Instruction } from '../decode/decoder.ts';
import { INEXACT } from '../float/exception-flags.ts';
import type { CodeCache, Translation } from '../interpreter/code-cache.ts';
import type { Handler } from '../interpreter/control-flow.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import { RECORD } from '../interpreter/record.ts';
import { FIRST_REGION_ENTRY, TABLE_ENTRIES } from '../interpreter/table-layout.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import { CPU_STATE, type MemoryMap } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { hasNansOfX86 } from './host-floats.ts';
import { defineRegion } from './region-function.ts';
import { type Extent, exploreRegion, type RegionGraph } from './region-graph.ts';
import type { Stopwatch } from './tier-statistics.ts';
import { TranslatableRows } from './translatable-rows.ts';
import { isVouchedFor } from './x87-locals.ts';

const PAGE = 4096;
/** Code that is written to will be again: how many times more entries until it is translated anew. */
const PATIENCE_AFTER_WRITE = 4;
/** A block inside a region is reached only past the region's own entries: how many times more entries until it gets one. */
const PATIENCE_INSIDE = 4;
/** What runs less often than this part of what is hot stays outside. */
const COLD_PART = 32;
/** Hot blocks that are translated together, at most: a module costs a third of a millisecond beside its functions. */
const BATCH = 8;
/** Below this threshold nobody wants to wait for others. */
const LEAST_FOR_BATCHES = 200;
/** Slices that a hot block waits for others, at most: a few milliseconds. */
const PATIENCE_FOR_BATCH = 20;
const NEVER_AGAIN = 0xffff_ffff;
/** Records that a region may need: its instructions, the ends of its blocks, and two ways out of each. */
const recordsOf = ({ blocks }: RegionGraph): number =>
  blocks.reduce((records, { instructions }) => records + instructions.length + 3, 0);

/** A place where a region can be entered. */
interface Entrance {
  readonly physical: number;
  /** Number that the region's dispatch knows it by. */
  readonly number: number;
  /** Where the interpreter goes on when the region can't be entered. */
  readonly records: number;
}

interface Region extends Translation {
  readonly entry: number;
  readonly entrances: readonly Entrance[];
}

/** A region on its way into the table; its graph and its code's definition are garbage afterwards, hundreds of objects each. */
interface Candidate {
  readonly region: Region;
  readonly handler: Handler;
  /** Physical addresses of its blocks. */
  readonly starts: readonly number[];
}

export class Translator {
  readonly #ram: Uint8Array;
  readonly #view: DataView;
  readonly #decoder: Decoder;
  readonly #codeCache: CodeCache;
  readonly #interpreter: Interpreter;
  readonly #windows: ExtentWindows;
  readonly #rows: TranslatableRows;
  readonly #translateAfter: number;
  readonly #stopwatch: Stopwatch | undefined;
  #nextEntry: number = FIRST_REGION_ENTRY;
  /** Physical addresses of hot blocks that wait for a batch, with their heads. */
  readonly #queue = new Map<number, number>();
  #waited = 0;
  /** By physical address. */
  readonly #entrances = new Map<number, { readonly region: Region; readonly entrance: Entrance }>();
  /** Regions translated since creation. */
  regions = 0;
  /** Modules made of them. */
  batches = 0;
  /** Bytes of those modules. */
  moduleBytes = 0;
  /** Guest instructions in them. */
  translatedInstructions = 0;
  /** Time that took, where there is a stopwatch. */
  milliseconds = 0;

  constructor(
    buffer: ArrayBufferLike,
    map: MemoryMap,
    decoder: Decoder,
    codeCache: CodeCache,
    interpreter: Interpreter,
    windows: ExtentWindows,
    translateAfter: number,
    stopwatch: Stopwatch | undefined,
  ) {
    this.#ram = new Uint8Array(buffer, map.ramOffset, map.ramBytes);
    this.#view = new DataView(buffer);
    this.#decoder = decoder;
    this.#codeCache = codeCache;
    this.#interpreter = interpreter;
    this.#windows = windows;
    this.#translateAfter = translateAfter;
    this.#stopwatch = stopwatch;
    this.#rows = new TranslatableRows(interpreter.memory, windows);
    codeCache.onFlush = () => {
      this.#nextEntry = FIRST_REGION_ENTRY;
      this.#queue.clear();
      this.#entrances.clear();
      windows.forgetSites();
    };
    // A block that is decoded after the region it is an entrance of was made.
    codeCache.onBlock = (physical, head) => {
      const known = this.#entrances.get(physical);
      if (known) this.#lead(head, known.region, known.entrance);
    };
  }

  /** Translates what gains nothing, and what has never run, too. */
  get #always(): boolean {
    return this.#translateAfter === 1;
  }

  /** The block at a physical address, on whose first record is `head`, has asked to be translated. */
  hot(physical: number, head: number): void {
    const existing = this.#entrances.get(physical);
    if (existing) {
      // A region asks to be made anew: what it took for granted of MXCSR holds no more.
      existing.region.forget();
      this.#translate([physical]);
      return;
    }
    if (this.#codeCache.warm(physical) === 'warm') return;
    this.#view.setUint32(head + RECORD.link, NEVER_AGAIN, true);
    this.#queue.set(physical, head);
    if (this.#translateAfter < LEAST_FOR_BATCHES || this.#queue.size >= BATCH) this.#translateQueue();
  }

  /** Between two slices: what has waited long enough is translated. */
  tick(): void {
    if (this.#queue.size > 0 && ++this.#waited >= PATIENCE_FOR_BATCH) this.#translateQueue();
  }

  #translateQueue(): void {
    const hot = [...this.#queue].filter(([physical, head]) => this.#codeCache.headAt(physical) === head);
    this.#queue.clear();
    this.#waited = 0;
    // What lies first is more often where a function starts, and takes the others in.
    this.#translate(hot.map(([physical]) => physical).sort((one, other) => one - other));
  }

  #translate(starts: readonly number[]): void {
    const started = this.#stopwatch?.now() ?? 0;
    this.#translateBatch(starts);
    this.milliseconds += (this.#stopwatch?.now() ?? 0) - started;
  }

  #translateBatch(starts: readonly number[]): void {
    const batch: Candidate[] = [];
    const first = this.#nextEntry;
    let records = 0;
    for (const physical of starts) {
      // Another of this batch may have taken it in.
      if (!this.#always && batch.some(({ starts: taken }) => taken.includes(physical))) continue;
      const graph = this.#explore(physical);
      if (graph === null || (!this.#always && isTrivial(graph))) {
        this.#leaveAlone(this.#codeCache.headAt(physical));
        continue;
      }
      // What the regions of this batch need beyond their blocks is taken when they are emitted.
      records += recordsOf(graph);
      if (this.#nextEntry >= TABLE_ENTRIES || !this.#codeCache.hasRoomFor(records)) {
        this.#codeCache.flush();
        return;
      }
      batch.push(this.#prepare(physical, graph));
    }
    if (batch.length === 0) return;
    this.moduleBytes += this.#interpreter.install(
      first,
      batch.map(({ handler }) => handler),
    );
    this.batches++;
    this.regions += batch.length;
    for (const candidate of batch) this.#open(candidate);
  }

  #explore(physical: number): RegionGraph | null {
    const pageStart = physical - (physical % PAGE);
    const page = this.#ram.subarray(pageStart, pageStart + PAGE);
    const codeCache = this.#codeCache;
    const warm = Math.floor(this.#translateAfter / COLD_PART);
    const extent: Extent = {
      includes: (offset, leader) => {
        const target = pageStart + offset;
        if (this.#always) return true;
        // Without a count of its own it is inside a longer block, or has never run.
        if (codeCache.headAt(target) === 0) return !codeCache.isSplit(pageStart + leader);
        return codeCache.entries(target) > warm;
      },
    };
    const isTranslatable = (one: Instruction, offset: number): boolean =>
      !codeCache.isArmed(offset) && this.#rows.has(one);
    return exploreRegion(page, physical % PAGE, this.#decoder, isTranslatable, extent);
  }

  #prepare(start: number, graph: RegionGraph): Candidate {
    const pageStart = start - (start % PAGE);
    const entry = this.#nextEntry++;
    const blockRecords: number[] = [];
    const inexactRecorded = (this.#view.getUint32(FRAME.mxcsr, true) & INEXACT) !== 0;
    const records = {
      blockRecords: (block: number): number => blockRecords[block]!,
      landing: (offset: number): number => this.#codeCache.landing(offset),
    };
    const options = {
      inexactRecorded,
      unobserved: inexactRecorded && this.#isUnobserved(),
      stackEffect: isVouchedFor(this.#view.getUint16(FRAME.x87Control, true))
        ? (instruction: Instruction) => this.#rows.stackEffect(instruction)
        : undefined,
      counts: this.#stopwatch !== undefined,
    };
    const name = `region ${start.toString(16)}`;
    const entrances: Entrance[] = [];
    const region: Region = { entry, entrances, forget: () => this.#forget(region) };
    for (const { start: offset, instructions } of graph.blocks) {
      blockRecords.push(this.#codeCache.translatedBlock(pageStart + offset, instructions.length, region));
      this.translatedInstructions += instructions.length;
    }
    for (const block of [0, ...graph.returnPoints.filter((point) => point !== 0)]) {
      const physical = pageStart + graph.blocks[block]!.start;
      const entrance = { physical, number: entrances.length, records: blockRecords[block]! };
      entrances.push(entrance);
      if (!this.#entrances.has(entrance.physical)) this.#entrances.set(entrance.physical, { region, entrance });
    }
    const handler = defineRegion(name, graph, this.#interpreter.memory, this.#windows, records, options);
    return { region, handler, starts: graph.blocks.map((block) => pageStart + block.start) };
  }

  #isUnobserved(): boolean {
    return this.#view.getUint32(CPU_STATE.floatsObserved, true) === 0 && hasNansOfX86();
  }

  /** The region's function is in the table: its entrances lead there, and its other blocks are in no hurry any more. */
  #open({ region, starts }: Candidate): void {
    for (const entrance of region.entrances) {
      const head = this.#codeCache.headAt(entrance.physical);
      const isMine = this.#entrances.get(entrance.physical)?.region === region;
      if (head !== 0 && isMine) this.#lead(head, region, entrance);
    }
    if (this.#always) return;
    for (const physical of starts) {
      const head = this.#codeCache.headAt(physical);
      if (head === 0 || this.#view.getUint16(head + RECORD.handler, true) !== SPECIAL.count) continue;
      this.#queue.delete(physical);
      this.#view.setUint32(head + RECORD.link, this.#translateAfter * PATIENCE_INSIDE, true);
    }
  }

  #lead(head: number, { entry }: Region, { number, records }: Entrance): void {
    this.#view.setUint32(head + RECORD.link, records, true);
    this.#view.setUint16(head + RECORD.reg, number, true);
    this.#view.setUint16(head + RECORD.handler, entry, true);
  }

  /** A block that gains nothing asks no more. */
  #leaveAlone(head: number): void {
    if (head === 0) return;
    this.#view.setUint32(head + RECORD.link, this.#view.getUint32(head + RECORD.immediate, true), true);
    this.#view.setUint16(head + RECORD.handler, SPECIAL.forward, true);
  }

  #forget(region: Region): void {
    for (const { physical } of region.entrances) {
      if (this.#entrances.get(physical)?.region === region) this.#entrances.delete(physical);
      const head = this.#codeCache.headAt(physical);
      if (head === 0 || this.#view.getUint16(head + RECORD.handler, true) !== region.entry) continue;
      this.#view.setUint32(head + RECORD.link, this.#translateAfter * PATIENCE_AFTER_WRITE, true);
      this.#view.setUint16(head + RECORD.handler, SPECIAL.count, true);
    }
  }
}

/** Entering and leaving costs more than a handful of instructions in between saves. */
const isTrivial = ({ blocks }: RegionGraph): boolean =>
  blocks.length === 1 && blocks[0]!.instructions.length < 4 && blocks[0]!.ending === 'leave';
