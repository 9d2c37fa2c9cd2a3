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

import type { Decoder } from '../decode/decoder.ts';
import type { CodeCache } from '../interpreter/code-cache.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import { LANDING, RECORD } from '../interpreter/record.ts';
import { FIRST_REGION_ENTRY, TABLE_ENTRIES } from '../interpreter/table-layout.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import { CPU_STATE, type MemoryMap } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { offsetOf } from './region-code.ts';
import { RegionExplorer } from './region-explorer.ts';
import { type CodeMapping, RegionExtents } from './region-extents.ts';
import { instructionsOf, isTrivial } from './region-graph.ts';
import { RegionHeads } from './region-heads.ts';
import { RegionJoins } from './region-joins.ts';
import { physicalOf, type RegionPages, spansPages, startOfPage } from './region-pages.ts';
import { type Candidate, RegionPreparation, type Wanted } from './region-preparation.ts';
import { recordsOf } from './region-records.ts';
import { RegionSettling } from './region-settling.ts';
import { LEAST_FOR_PATIENCE, TranslationBudget } from './tier-policy.ts';
import type { Stopwatch } from './tier-statistics.ts';
import { TranslatableRows } from './translatable-rows.ts';
import type { Entered, Hot, ReturnPoint, TranslatedRegion } from './translated-region.ts';

/** Code that is written to will be again: how many times more entries until it is translated anew. */
const PATIENCE_AFTER_WRITE = 4;
/** A block inside a region is reached only past the region's own entries: how many times more entries until it gets one. */
const PATIENCE_INSIDE = 4;
/** What a region's call should return to is reached past it: how many times fewer entries until the region is made anew. */
const PATIENCE_WITH_RETURNS = 1 / 2;
/** Hot blocks that are translated together, at most: a module costs a third of a millisecond beside its functions. */
const BATCH = 8;
/** Slices that a hot block waits for others, at most: a few milliseconds, and more in a large program, which has more to do meanwhile. */
const PATIENCE_FOR_BATCH = { small: 20, large: 400 } as const;
const NEVER_AGAIN = 0xffff_ffff;
/** Where everything is translated at once nothing else bounds it: code that is written over more often is interpreted. */
const MOST_REWRITES = 64;

export class Translator {
  readonly #view: DataView;
  readonly #codeCache: CodeCache;
  readonly #interpreter: Interpreter;
  readonly #translateAfter: number;
  readonly #budget: TranslationBudget;
  readonly #stopwatch: Stopwatch | undefined;
  #nextEntry: number = FIRST_REGION_ENTRY;
  readonly #mapping: CodeMapping;
  /** Hot blocks that wait for a batch, by physical address. */
  readonly #queue = new Map<number, Hot>();
  readonly #joins: RegionJoins;
  readonly #extents: RegionExtents;
  readonly #explorer: RegionExplorer;
  readonly #preparation: RegionPreparation;
  readonly #heads: RegionHeads;
  readonly #settling: RegionSettling;
  /** Regions that are to be made anew with others, by the physical address where they start, when no hot block waits. */
  readonly #joining = new Map<number, Hot>();
  /** How often regions that start at a physical address were written to. */
  readonly #rewrites = new Map<number, number>();
  /** By physical address: what should be returned to within a region. */
  readonly #returnPoints = new Map<number, { readonly region: TranslatedRegion; readonly point: ReturnPoint }>();
  #waited = 0;
  /** By physical address. */
  readonly #entrances = new Map<number, Entered>();
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
    this.#view = new DataView(buffer);
    this.#codeCache = codeCache;
    this.#interpreter = interpreter;
    this.#translateAfter = translateAfter;
    this.#budget = new TranslationBudget(translateAfter);
    this.#stopwatch = stopwatch;
    this.#joins = new RegionJoins(translateAfter);
    this.#heads = new RegionHeads(codeCache, this.#view);
    const ram = new Uint8Array(buffer, map.ramOffset, map.ramBytes);
    const rows = new TranslatableRows(interpreter.memory, windows);
    this.#extents = new RegionExtents(ram, codeCache, mapping, translateAfter, this.#entrances, this.#joins);
    this.#explorer = new RegionExplorer(
      decoder,
      codeCache,
      rows,
      this.#extents,
      this.#joins,
      this.#entrances,
      () => this.#codeTag,
      this.#always,
    );
    this.#preparation = new RegionPreparation(
      this.#view,
      codeCache,
      interpreter.memory,
      windows,
      rows,
      this.#joins,
      this.#heads,
      this.#entrances,
    );
    this.#settling = new RegionSettling(windows, codeCache, translateAfter, BATCH);
    this.#mapping = mapping;
    codeCache.onFlush = () => {
      this.#nextEntry = FIRST_REGION_ENTRY;
      this.#queue.clear();
      this.#entrances.clear();
      this.#heads.clear();
      this.#joins.clear();
      this.#extents.entered.clear();
      this.#settling.clear();
      this.#joining.clear();
      this.#rewrites.clear();
      this.#explorer.clear();
      this.#preparation.clear();
      this.#returnPoints.clear();
      windows.forgetSites();
    };
    // A block that is decoded after the region it is an entrance of was made.
    codeCache.onBlock = (physical, head) => {
      const known = this.#entrances.get(physical);
      if (known) this.#heads.lead(head, known.entrance);
      this.#heads.decoded(physical, head);
    };
  }

  /** Translates what gains nothing, and what has never run, too. */
  get #always(): boolean {
    return this.#translateAfter === 1;
  }

  /** The block at a physical address, whose first record is `head` and which RIP is at, has asked to be translated. */
  hot(physical: number, head: number, rip: bigint): void {
    const hot = this.#hotNow(head, rip);
    if (this.#strayed(physical, rip)) return;
    const existing = this.#heads.at(head) ?? this.#entrances.get(physical);
    if (existing) {
      if (this.#isMappedAnew(existing.region, rip - BigInt(existing.entrance.offset))) return;
      // A region asks to be made anew: what it took for granted of MXCSR, of vector registers, of the stack, or of its pages, holds no more.
      // Explored from where it starts, since little of it may be reached from here.
      const { region, entrance } = existing;
      const start = region.entrances[0]!;
      const isMapped = !spansPages(region.pages) || this.#heads.codeTag(region) === this.#codeTag;
      const from = isMapped ? start : entrance;
      this.#preparation.isUnfit(region, from.physical);
      this.#forget(region);
      this.#translate([[from.physical, { ...hot, rip: rip - BigInt(entrance.offset - from.offset) }]]);
      return;
    }
    if (this.#codeCache.warm(physical) === 'warm') return;
    this.#view.setUint32(head + RECORD.link, NEVER_AGAIN, true);
    this.#queue.set(physical, hot);
    if (this.#budget.isOpen && (this.#translateAfter < LEAST_FOR_PATIENCE || this.#queue.size >= BATCH)) {
      this.#translateQueue();
    }
  }

  /** A region was left often by a landing, for the block at a physical address, which RIP is at. */
  busy(record: number, physical: number, rip: bigint): void {
    const landing = this.#joins.landing(record);
    const start = landing?.region.entrances[0];
    if (!landing || !start || this.#entrances.get(start.physical)?.region !== landing.region) return;
    const startRip = rip - BigInt(landing.offset - start.offset);
    if (landing.loop !== undefined) {
      this.#explorer.isLong(physicalOf(landing.region.pages, landing.loop));
      this.#forget(landing.region);
      this.#translate([[start.physical, this.#hotNow(this.#codeCache.headAt(start.physical), startRip)]]);
      return;
    }
    const other = this.#entrances.get(physical)?.region;
    const missing = this.#joins.missing(landing, other);
    if (missing > 0) {
      this.#view.setUint32(record + LANDING.patience, missing, true);
      return;
    }
    const head = this.#codeCache.headAt(start.physical);
    if (head === 0 || !other || !this.#joins.join(landing.region, other, physical)) return;
    this.#joining.set(start.physical, this.#hotNow(head, startRip));
  }

  /** Whether the interpreter comes so often to where a region's call should have returned to that the region is made anew without it. */
  #strayed(physical: number, rip: bigint): boolean {
    const { region, point } = this.#returnPoints.get(physical) ?? {};
    const start = region?.entrances[0];
    if (!region || !start || this.#entrances.get(start.physical)?.region !== region) return false;
    this.#explorer.hasStrayed(point!.caller);
    this.#forget(region);
    const startRip = rip - BigInt(point!.offset - start.offset);
    this.#translate([[start.physical, this.#hotNow(this.#codeCache.headAt(start.physical), startRip)]]);
    return true;
  }

  #hotNow(head: number, rip: bigint): Hot {
    const registers = Array.from({ length: 16 }, (_, number) => this.#view.getBigInt64(FRAME.gpr + number * 8, true));
    return { head, rip, codeTag: this.#codeTag, registers };
  }

  get #codeTag(): number {
    return this.#view.getUint32(CPU_STATE.codeTag, true);
  }

  /** Whether a region over several pages has been entered under a new code tag, and is as good there; `base` is where its offsets begin. */
  #isMappedAnew(region: TranslatedRegion, base: bigint): boolean {
    const { pages, entrances } = region;
    if (this.#heads.codeTag(region) === this.#codeTag || !spansPages(pages)) return false;
    const addresses = [...pages].map(([page, physical]) => [base + BigInt(startOfPage(page)), physical] as const);
    const isSame = addresses.every(([virtual, physical]) => this.#mapping.locate(virtual) === physical);
    const markAll = (): boolean => addresses.every(([virtual]) => this.#mapping.markFetched(virtual));
    const codeTag = this.#codeTag;
    if (!isSame || !markAll()) {
      for (const { physical } of entrances) this.#explorer.confine(physical);
      return false;
    }
    // Some of these pages were executed elsewhere: what was marked before that was found out is forgotten.
    if (this.#codeTag !== codeTag) markAll();
    this.#heads.setCodeTag(region, this.#codeTag);
    return true;
  }

  /** Whether hot blocks wait for a slice to end. */
  get isWaiting(): boolean {
    return this.#queue.size > 0;
  }

  /** Between two slices, of which the last executed so many instructions: what has waited long enough is translated. */
  tick(executed: number): void {
    this.#budget.executed(executed);
    this.#settling.executed(executed);
    if (this.#budget.isCounting) this.#codeCache.countEntries();
    if (!this.#budget.isOpen) return;
    if (this.#queue.size === 0 && this.#budget.isAmple) {
      if (this.#joining.size > 0) this.#translateFirst(this.#hereNow(this.#joining));
      else if (!this.#budget.isLarge && this.#settling.isDue) this.#translateFirst(this.#settling.due(this.#codeTag));
    }
    const patience = PATIENCE_FOR_BATCH[this.#budget.isLarge ? 'large' : 'small'];
    if (this.#queue.size > 0 && ++this.#waited >= patience) this.#translateQueue();
  }

  /** What has waited since another process ran is as good in this one where the same is mapped; elsewhere it waits on. */
  #hereNow(waiting: Map<number, Hot>): Map<number, Hot> {
    const codeTag = this.#codeTag;
    const here = new Map<number, Hot>();
    for (const [physical, hot] of waiting) {
      if (hot.codeTag !== codeTag && this.#mapping.locate(hot.rip) !== physical) continue;
      waiting.delete(physical);
      here.set(physical, { ...hot, codeTag });
      if (here.size === BATCH) break;
    }
    return here;
  }

  /** Translates those that have waited longest, which became hot first. */
  #translateQueue(): void {
    this.#translateFirst(this.#queue);
    // Whoever is left has waited as long.
    if (this.#queue.size === 0) this.#waited = 0;
  }

  #translateFirst(queue: Map<number, Hot>): void {
    const hot: (readonly [number, Hot])[] = [];
    for (const [physical, waiting] of queue) {
      queue.delete(physical);
      if (this.#codeCache.headAt(physical) === waiting.head && hot.push([physical, waiting]) === BATCH) break;
    }
    // What lies first is more often where a function starts, and takes the others in.
    if (hot.length > 0) this.#translate(hot.sort(([one], [other]) => one - other));
  }

  #translate(starts: readonly (readonly [number, Hot])[]): void {
    const started = this.#stopwatch?.now() ?? 0;
    const before = this.translatedInstructions;
    this.#translateBatch(starts);
    this.#budget.translated(this.translatedInstructions - before);
    if (this.#budget.isLarge && this.#codeCache.translateAfter === this.#translateAfter)
      this.#codeCache.halveThreshold();
    this.milliseconds += (this.#stopwatch?.now() ?? 0) - started;
  }

  #translateBatch(starts: readonly (readonly [number, Hot])[]): void {
    const batch: Candidate[] = [];
    const first = this.#nextEntry;
    let records = 0;
    for (const [physical, hot] of starts) {
      // Another of this batch may have taken it in.
      if (!this.#always && batch.some(({ region }) => region.starts.includes(physical))) continue;
      const isRestless = this.#always && (this.#rewrites.get(physical) ?? 0) > MOST_REWRITES;
      const isSettling = this.#settling.isSettling(physical);
      const explored = isRestless ? null : this.#explorer.around(physical, hot, isSettling);
      if (explored === null || (!this.#always && isTrivial(explored.graph))) {
        this.#heads.leaveAlone(this.#codeCache.headAt(physical));
        continue;
      }
      const { graph, pages } = explored;
      const before = this.#entrances.get(physical);
      // What was to be joined did not fit.
      if (before && before.region.instructions >= instructionsOf(graph) + (isSettling ? 1 : 0)) continue;
      // What the regions of this batch need beyond their blocks is taken when they are emitted.
      records += recordsOf(graph);
      if (this.#nextEntry >= TABLE_ENTRIES || !this.#codeCache.hasRoomFor(records)) {
        this.#codeCache.flush();
        return;
      }
      const begins = graph.blocks[0]!.start;
      const known = (offset: number): Entered | undefined => this.#entrances.get(physicalOf(pages, offset));
      const others = [before, known(begins), graph.replaces === undefined ? undefined : known(graph.replaces)];
      for (const other of others) if (other) this.#forget(other.region);
      for (const block of graph.entrances) {
        const entrance = physicalOf(pages, graph.blocks[block]!.start);
        if (this.#extents.supersedes(physical, entrance)) this.#forget(this.#entrances.get(entrance)!.region);
      }
      const start = physicalOf(pages, begins);
      if (!this.#budget.isLarge) this.#settling.made(start, hot, hot.rip + BigInt(begins - offsetOf(physical)));
      batch.push(this.#preparation.prepare(physical, graph, pages, this.#wanted(start, pages)));
      this.translatedInstructions += instructionsOf(graph);
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

  /** @param start the physical address where the region starts */
  #wanted(start: number, pages: RegionPages): Wanted {
    const entry = this.#nextEntry++;
    return {
      entry,
      isLazy: this.#budget.isLazy(entry),
      counts: this.#stopwatch !== undefined,
      sites: this.#settling.sites.of(start, pages),
      rewritten: this.#rewritten,
    };
  }

  /** The region's function is in the table: its entrances lead there, and its other blocks are in no hurry any more. */
  #open({ region }: Candidate): void {
    for (const entrance of region.entrances) {
      if (this.#entrances.get(entrance.physical)?.region === region) this.#heads.open(region, entrance);
    }
    for (const point of region.returnPoints) this.#returnPoints.set(point.physical, { region, point });
    if (this.#always) return;
    for (const physical of region.starts) {
      const head = this.#codeCache.headAt(physical);
      if (head === 0 || this.#view.getUint16(head + RECORD.handler, true) !== SPECIAL.count) continue;
      this.#queue.delete(physical);
      const patience = this.#returnPoints.get(physical)?.region === region ? PATIENCE_WITH_RETURNS : PATIENCE_INSIDE;
      this.#view.setUint32(head + RECORD.link, Math.ceil(this.#translateAfter * patience), true);
    }
  }

  readonly #rewritten = (region: TranslatedRegion): void => {
    const [{ physical } = { physical: -1 }] = region.entrances;
    this.#rewrites.set(physical, (this.#rewrites.get(physical) ?? 0) + 1);
    this.#forget(region, this.#translateAfter * PATIENCE_AFTER_WRITE);
  };

  /** @param patience how many more entries until what the region was entered at, and no other is, is translated again: it has been hot */
  #forget(region: TranslatedRegion, patience: number = this.#codeCache.translateAfter + 1): void {
    for (const { physical } of region.returnPoints) {
      if (this.#returnPoints.get(physical)?.region === region) this.#returnPoints.delete(physical);
    }
    this.#heads.forget(region);
    for (const entrance of region.entrances) {
      const { physical } = entrance;
      if (this.#entrances.get(physical)?.region === region) this.#entrances.delete(physical);
      const head = this.#codeCache.headAt(physical);
      if (head === 0 || !this.#heads.isLed(head, entrance)) continue;
      this.#view.setUint32(head + RECORD.link, patience, true);
      this.#view.setUint16(head + RECORD.handler, SPECIAL.count, true);
    }
  }
}
