// The second tier: regions of hot code as functions of their own, in the table beside the interpreter's handlers.
//
//   block hot ─▶ EXIT.hot ─▶ queue ─▶ explore each ─▶ one module of many functions ─▶ table entries ─▶ heads lead to them
//
// A region is entered like any record is and left to records, so interpreter and translated code mix at every instruction.
// It can be entered where it starts, where its calls return to, and where it is jumped to through registers. Other blocks of it keep
// records of their own for whoever arrives from outside: should that happen often, a region of their own.
//
// A region over several pages is good where all of them are mapped as they were when it was made. Its entry compares the code tag
// for which that was last found to be so; at another one the host looks again, page by page.
//
// A write to any of a region's bytes makes its entries count again; the function is dropped with the machine's next flush.

import type { Decoder, Instruction } from '../decode/decoder.ts';
import { INEXACT } from '../float/exception-flags.ts';
import type { CodeCache, Translation } from '../interpreter/code-cache.ts';
import type { Handler } from '../interpreter/control-flow.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import { RECORD, RECORD_BYTES } from '../interpreter/record.ts';
import { FIRST_REGION_ENTRY, TABLE_ENTRIES } from '../interpreter/table-layout.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import { CPU_STATE, type MemoryMap } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { hasNansOfX86 } from './host-floats.ts';
import { defineRegion, dispatchTableBytes } from './region-function.ts';
import { type Extent, exploreRegion, MIDDLE_PAGE, REGION_PAGES, type RegionGraph } from './region-graph.ts';
import { LEAST_FOR_PATIENCE, TranslationBudget } from './tier-policy.ts';
import type { Stopwatch } from './tier-statistics.ts';
import { TranslatableRows } from './translatable-rows.ts';
import { isVouchedFor } from './x87-locals.ts';
import { zeroRestsNow } from './zero-rests.ts';

const PAGE = 4096;
/** Code that is written to will be again: how many times more entries until it is translated anew. */
const PATIENCE_AFTER_WRITE = 4;
/** A block inside a region is reached only past the region's own entries: how many times more entries until it gets one. */
const PATIENCE_INSIDE = 4;
/** What runs less often than this part of what is hot stays outside. */
const COLD_PART = 8;
/** … unless it is in a loop around what is hot, and runs more often than this part. */
const COLD_PART_AROUND = 1000;
/** Functions that are called less often than this part of it are left for: a copy in each caller is paid for by few calls. */
const COLD_CALLEE_PART = 2;
/** Hot blocks that are translated together, at most: a module costs a third of a millisecond beside its functions. */
const BATCH = 8;
/** Slices that a hot block waits for others, at most: a few milliseconds. */
const PATIENCE_FOR_BATCH = 20;
const NEVER_AGAIN = 0xffff_ffff;
/** Where everything is translated at once nothing else bounds it: code that is written over more often is interpreted. */
const MOST_REWRITES = 64;
/** Records that a region may need: its instructions, the ends of its blocks, two ways out of each, its code tag and its dispatch table. */
const recordsOf = (graph: RegionGraph): number =>
  graph.blocks.reduce((records, { instructions }) => records + instructions.length + 3, 0) +
  Math.ceil(dispatchTableBytes(graph) / RECORD_BYTES) +
  2;

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

/** A place where a region can be entered. */
interface Entrance {
  readonly physical: number;
  /** Distance from the first byte of the region's lowest page. */
  readonly offset: number;
  /** Number that the region's dispatch knows it by. */
  readonly number: number;
  /** Where the interpreter goes on when the region can't be entered. */
  readonly records: number;
}

interface Region extends Translation {
  readonly pages: RegionPages;
  /** Where the code tag is that it was last found good for. */
  readonly tagWord: number;
  readonly entry: number;
  readonly entrances: readonly Entrance[];
  /** Physical addresses of its blocks. */
  readonly starts: readonly number[];
}

/** A region on its way into the table; its graph and its code's definition are garbage afterwards, hundreds of objects each. */
interface Candidate {
  readonly region: Region;
  readonly handler: Handler;
}

/** A hot block that waits to be translated. */
interface Hot {
  readonly head: number;
  readonly rip: bigint;
  readonly codeTag: number;
}

/** Physical addresses of a region's pages, by their number within it; undefined for those it has nothing in. */
type RegionPages = readonly (number | undefined)[];

const physicalOf = (pages: RegionPages, offset: number): number => pages[Math.floor(offset / PAGE)]! + (offset % PAGE);

export class Translator {
  readonly #ram: Uint8Array;
  readonly #view: DataView;
  readonly #decoder: Decoder;
  readonly #codeCache: CodeCache;
  readonly #interpreter: Interpreter;
  readonly #windows: ExtentWindows;
  readonly #rows: TranslatableRows;
  readonly #translateAfter: number;
  readonly #budget: TranslationBudget;
  readonly #stopwatch: Stopwatch | undefined;
  #nextEntry: number = FIRST_REGION_ENTRY;
  readonly #mapping: CodeMapping;
  /** Hot blocks that wait for a batch, by physical address. */
  readonly #queue = new Map<number, Hot>();
  /** For blocks whose regions were made anew: vector registers that have had more than zeros beside their low lane, as in zero-rests.ts. */
  readonly #filled = new Map<number, number>();
  /** Physical addresses of blocks whose regions keep to their page: processes map what is beside it differently. */
  readonly #confined = new Set<number>();
  /** How often regions that start at a physical address were written to. */
  readonly #rewrites = new Map<number, number>();
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
    mapping: CodeMapping,
  ) {
    this.#ram = new Uint8Array(buffer, map.ramOffset, map.ramBytes);
    this.#view = new DataView(buffer);
    this.#decoder = decoder;
    this.#codeCache = codeCache;
    this.#interpreter = interpreter;
    this.#windows = windows;
    this.#translateAfter = translateAfter;
    this.#budget = new TranslationBudget(translateAfter);
    this.#stopwatch = stopwatch;
    this.#mapping = mapping;
    this.#rows = new TranslatableRows(interpreter.memory, windows);
    codeCache.onFlush = () => {
      this.#nextEntry = FIRST_REGION_ENTRY;
      this.#queue.clear();
      this.#entrances.clear();
      this.#confined.clear();
      this.#filled.clear();
      this.#rewrites.clear();
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

  /** The block at a physical address, whose first record is `head` and which RIP is at, has asked to be translated. */
  hot(physical: number, head: number, rip: bigint): void {
    const hot = { head, rip, codeTag: this.#codeTag };
    const existing = this.#entrances.get(physical);
    if (existing) {
      if (this.#isMappedAnew(existing.region, rip - BigInt(existing.entrance.offset))) return;
      // A region asks to be made anew: what it took for granted of MXCSR, of vector registers, or of its pages, holds no more.
      this.#filled.set(physical, (this.#filled.get(physical) ?? 0) | ~zeroRestsNow(this.#view));
      this.#forget(existing.region);
      this.#translate([[physical, hot]]);
      return;
    }
    if (this.#codeCache.warm(physical) === 'warm') return;
    this.#view.setUint32(head + RECORD.link, NEVER_AGAIN, true);
    this.#queue.set(physical, hot);
    if (this.#budget.isOpen && (this.#translateAfter < LEAST_FOR_PATIENCE || this.#queue.size >= BATCH)) {
      this.#translateQueue();
    }
  }

  get #codeTag(): number {
    return this.#view.getUint32(CPU_STATE.codeTag, true);
  }

  /** Whether a region over several pages has been entered under a new code tag, and is as good there, from `base` on. */
  #isMappedAnew({ pages, tagWord, entrances }: Region, base: bigint): boolean {
    if (this.#view.getUint32(tagWord, true) === this.#codeTag || !spansPages(pages)) return false;
    const isSame = (physical: number | undefined, index: number): boolean =>
      physical === undefined || this.#mapping.locate(base + BigInt(index * PAGE)) === physical;
    const isMarked = (physical: number | undefined, index: number): boolean =>
      physical === undefined || this.#mapping.markFetched(base + BigInt(index * PAGE));
    const codeTag = this.#codeTag;
    if (!pages.every(isSame) || !pages.every(isMarked)) {
      for (const { physical } of entrances) this.#confined.add(physical);
      return false;
    }
    // Some of these pages were executed elsewhere: what was marked before that was found out is forgotten.
    if (this.#codeTag !== codeTag) pages.every(isMarked);
    this.#view.setUint32(tagWord, this.#codeTag, true);
    return true;
  }

  /** Whether hot blocks wait for a slice to end. */
  get isWaiting(): boolean {
    return this.#queue.size > 0;
  }

  /** Between two slices, of which the last executed so many instructions: what has waited long enough is translated. */
  tick(executed: number): void {
    this.#budget.executed(executed);
    if (this.#budget.isCounting) this.#codeCache.countEntries();
    if (this.#queue.size > 0 && ++this.#waited >= PATIENCE_FOR_BATCH && this.#budget.isOpen) this.#translateQueue();
  }

  /** Translates those that have waited longest, which became hot first. */
  #translateQueue(): void {
    const hot: (readonly [number, Hot])[] = [];
    for (const [physical, waiting] of this.#queue) {
      this.#queue.delete(physical);
      if (this.#codeCache.headAt(physical) === waiting.head && hot.push([physical, waiting]) === BATCH) break;
    }
    // Whoever is left has waited as long.
    if (this.#queue.size === 0) this.#waited = 0;
    // What lies first is more often where a function starts, and takes the others in.
    this.#translate(hot.sort(([one], [other]) => one - other));
  }

  #translate(starts: readonly (readonly [number, Hot])[]): void {
    const started = this.#stopwatch?.now() ?? 0;
    const before = this.translatedInstructions;
    this.#translateBatch(starts);
    this.#budget.translated(this.translatedInstructions - before);
    this.milliseconds += (this.#stopwatch?.now() ?? 0) - started;
  }

  #translateBatch(starts: readonly (readonly [number, Hot])[]): void {
    const batch: Candidate[] = [];
    const first = this.#nextEntry;
    let records = 0;
    for (const [physical, hot] of starts) {
      // Another of this batch may have taken it in.
      if (!this.#always && batch.some(({ region }) => region.starts.includes(physical))) continue;
      const pages: (number | undefined)[] = Array(REGION_PAGES).fill(undefined);
      pages[MIDDLE_PAGE] = physical - (physical % PAGE);
      const isRestless = this.#always && (this.#rewrites.get(physical) ?? 0) > MOST_REWRITES;
      const graph = isRestless ? null : this.#explore(physical, hot, pages);
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
      const usedPages = pages.map((page, index) => (usesPage(graph, index) ? page : undefined));
      const replaced =
        graph.replaces === undefined ? undefined : this.#entrances.get(physicalOf(usedPages, graph.replaces));
      if (replaced) this.#forget(replaced.region);
      batch.push(this.#prepare(physical, graph, usedPages));
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

  /** What belongs to the region around a hot block; `pages` is told where its pages are. */
  #explore(physical: number, { rip, codeTag }: Hot, pages: (number | undefined)[]): RegionGraph | null {
    const codeCache = this.#codeCache;
    const warm = Math.floor(this.#translateAfter / COLD_PART);
    const warmCallee = Math.floor(this.#translateAfter / COLD_CALLEE_PART);
    const isConfined = codeTag !== this.#codeTag || this.#confined.has(physical);
    const base = rip - BigInt((physical % PAGE) + MIDDLE_PAGE * PAGE);
    const pageAt = (index: number): number | undefined => {
      if (pages[index] !== undefined || isConfined) return pages[index];
      const found = this.#mapping.locate(base + BigInt(index * PAGE));
      // A page twice in a region would have two offsets for each of its bytes.
      return found < 0 || pages.includes(found) ? undefined : found;
    };
    const locate = (offset: number): number => {
      const page = pageAt(Math.floor(offset / PAGE));
      return page === undefined ? -1 : page + (offset % PAGE);
    };
    const extent: Extent = {
      page: (index) => {
        pages[index] = pageAt(index);
        return pages[index] === undefined ? undefined : this.#ram.subarray(pages[index], pages[index] + PAGE);
      },
      includes: (offset, leader) => {
        const target = locate(offset);
        if (target < 0) return false;
        if (this.#always) return true;
        // Without a count of its own it is inside a longer block, or has never run.
        if (codeCache.headAt(target) === 0) return !codeCache.isSplit(locate(leader));
        return codeCache.entries(target) > warm;
      },
      includesAround: (offset, leader) => {
        const target = locate(offset);
        if (target < 0 || this.#always) return false;
        if (codeCache.headAt(target) === 0) return !codeCache.isSplit(locate(leader));
        return codeCache.entries(target) > Math.floor(this.#translateAfter / COLD_PART_AROUND);
      },
      includesCallee: (offset) => {
        const target = locate(offset);
        return (
          target >= 0 && (this.#always || (codeCache.headAt(target) !== 0 && codeCache.entries(target) > warmCallee))
        );
      },
      isReplaceable: (offset) => {
        const known = this.#entrances.get(locate(offset));
        return known !== undefined && !known.region.starts.includes(physical);
      },
      *indirectTargets() {
        for (const index of nearest(pages)) {
          const page = pages[index]!;
          for (const block of codeCache.hotBlocks(page / PAGE, warm)) yield index * PAGE + (block % PAGE);
        }
      },
    };
    const isTranslatable = (one: Instruction, offset: number): boolean =>
      !codeCache.isArmed(offset % PAGE) && this.#rows.has(one);
    const start = MIDDLE_PAGE * PAGE + (physical % PAGE);
    return exploreRegion(start, this.#decoder, isTranslatable, extent);
  }

  #prepare(start: number, graph: RegionGraph, pages: RegionPages): Candidate {
    const entry = this.#nextEntry++;
    const blockRecords: number[] = [];
    const tagWord = this.#codeCache.reserve(4);
    const inexactRecorded = (this.#view.getUint32(FRAME.mxcsr, true) & INEXACT) !== 0;
    const records = {
      blockRecords: (block: number): number => blockRecords[block]!,
      landing: (offset: number): number => this.#codeCache.landing(offset),
      dispatchTable: (offsets: readonly number[], [from, to]: readonly [number, number]): number => {
        const table = this.#codeCache.reserve(to - from);
        for (const [index, offset] of offsets.entries()) {
          if (offset >= from && offset < to) this.#view.setUint8(table + offset - from, index + 1);
        }
        return table;
      },
    };
    const options = {
      inexactRecorded,
      unobserved: inexactRecorded && this.#isUnobserved(),
      stackEffect: isVouchedFor(this.#view.getUint16(FRAME.x87Control, true))
        ? (instruction: Instruction) => this.#rows.stackEffect(instruction)
        : undefined,
      zeroRestsNow: zeroRestsNow(this.#view) & ~(this.#filled.get(start) ?? 0),
      counts: this.#stopwatch !== undefined,
      tagWord: spansPages(pages) ? tagWord : undefined,
    };
    const name = `region ${start.toString(16)}`;
    const entrances: Entrance[] = [];
    const starts = graph.blocks.map((block) => physicalOf(pages, block.start));
    const region: Region = { pages, tagWord, entry, entrances, starts, forget: () => this.#rewritten(region) };
    for (const { start: offset, instructions } of graph.blocks) {
      const physical = physicalOf(pages, offset);
      blockRecords.push(this.#codeCache.translatedBlock(physical, offset, instructions.length, region));
      this.translatedInstructions += instructions.length;
    }
    for (const block of [0, ...graph.entrances]) {
      const offset = graph.blocks[block]!.start;
      const physical = physicalOf(pages, offset);
      const entrance = { physical, offset, number: entrances.length, records: blockRecords[block]! };
      entrances.push(entrance);
      if (!this.#entrances.has(physical)) this.#entrances.set(physical, { region, entrance });
    }
    const handler = defineRegion(name, graph, this.#interpreter.memory, this.#windows, records, options);
    return { region, handler };
  }

  #isUnobserved(): boolean {
    return this.#view.getUint32(CPU_STATE.floatsObserved, true) === 0 && hasNansOfX86();
  }

  /** The region's function is in the table: its entrances lead there, and its other blocks are in no hurry any more. */
  #open({ region }: Candidate): void {
    for (const entrance of region.entrances) {
      const head = this.#codeCache.headAt(entrance.physical);
      const isMine = this.#entrances.get(entrance.physical)?.region === region;
      if (head !== 0 && isMine) this.#lead(head, region, entrance);
    }
    if (this.#always) return;
    for (const physical of region.starts) {
      const head = this.#codeCache.headAt(physical);
      if (head === 0 || this.#view.getUint16(head + RECORD.handler, true) !== SPECIAL.count) continue;
      this.#queue.delete(physical);
      this.#view.setUint32(head + RECORD.link, this.#translateAfter * PATIENCE_INSIDE, true);
    }
  }

  #lead(head: number, { entry }: Region, { number, offset, records }: Entrance): void {
    this.#view.setUint32(head + RECORD.link, records, true);
    this.#view.setUint32(head + RECORD.displacement, offset, true);
    this.#view.setUint16(head + RECORD.reg, number, true);
    this.#view.setUint16(head + RECORD.handler, entry, true);
  }

  /** A block that gains nothing asks no more. */
  #leaveAlone(head: number): void {
    if (head === 0) return;
    this.#view.setUint32(head + RECORD.link, this.#view.getUint32(head + RECORD.immediate, true), true);
    this.#view.setUint16(head + RECORD.handler, SPECIAL.forward, true);
  }

  #rewritten(region: Region): void {
    const [{ physical } = { physical: -1 }] = region.entrances;
    this.#rewrites.set(physical, (this.#rewrites.get(physical) ?? 0) + 1);
    this.#forget(region);
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

const usesPage = ({ blocks }: RegionGraph, index: number): boolean =>
  blocks.some(({ start }) => Math.floor(start / PAGE) === index);

const spansPages = (pages: RegionPages): boolean => pages.filter((page) => page !== undefined).length > 1;

/** Numbers of the pages that are there, the middle one first. */
const nearest = (pages: RegionPages): number[] =>
  [...pages.keys()]
    .filter((index) => pages[index] !== undefined)
    .sort((one, other) => Math.abs(one - MIDDLE_PAGE) - Math.abs(other - MIDDLE_PAGE));

/** Entering and leaving costs more than a handful of instructions in between saves. */
const isTrivial = ({ blocks }: RegionGraph): boolean =>
  blocks.length === 1 && blocks[0]!.instructions.length < 4 && blocks[0]!.ending === 'leave';
