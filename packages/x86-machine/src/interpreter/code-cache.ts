// Decoded blocks, by the physical address of their first byte.
//
//   physical page ──▶ its blocks        a write to a byte of one turns that block's records stale, in place
//   jump cache (linear memory) ──▶ head record, by RIP and code tag
//
//   decoded ──program has run for a while──▶ counted ──entered often──▶ split: it ends at its first conditional branch ──▶ entered as often again ──▶ hot
//
// Splitting tells which way branches go, for the translator: what follows one is then a block with a count of its own.
//
// What a block is, and its records, is block-decoder.ts; one that straddles two pages is remembered under both. Records are handed
// out from a bounded arena; when it is full everything is forgotten at once.

import type { Decoder } from '../decode/decoder.ts';
import {
  CODE_PAGES,
  JUMP_CACHE_BASE,
  JUMP_CACHE_ENTRIES,
  JUMP_CACHE_ENTRY_BYTES,
  type MemoryMap,
  RETURN_CACHE_BASE,
  RETURN_CACHE_ENTRIES,
  TLB_ADDEND,
  TLB_BASE,
  TLB_ENTRIES,
  TLB_ENTRY_BYTES,
  TLB_WRITE_TAG,
} from '../state/cpu-state.ts';
import { LEAST_FOR_PATIENCE } from '../translator/tier-policy.ts';
import { BlockDecoder } from './block-decoder.ts';
import { JUMP_CACHE_RECORD, JUMP_CACHE_RIP, JUMP_CACHE_TAG } from './control-flow.ts';
import { SPECIAL } from './handler-table.ts';
import { BLOCK_LIMIT, RECORD, RECORD_BYTES } from './record.ts';
import type { RecordWriter } from './record-writer.ts';

const PAGE = 4096;
/** Records of one block with its terminator; the first such span of the arena is scratch for stepping. */
const BLOCK_BYTES = (BLOCK_LIMIT + 2) * RECORD_BYTES;

/** What leads to records by RIP. */
const CACHES = [
  [JUMP_CACHE_BASE, JUMP_CACHE_ENTRIES],
  [RETURN_CACHE_BASE, RETURN_CACHE_ENTRIES],
] as const;

/** Translated code over some blocks: told when one of them is written to. */
export interface Translation {
  forget(): void;
}

/** What was decoded for the occasion. */
interface Scratch {
  readonly physical: number;
  readonly bytes: number;
  readonly records: number;
}

interface Block {
  readonly physical: number;
  /** Bytes of code in the first page. */
  readonly bytes: number;
  /** For a straddling instruction: the physical address of its first byte in the second page, else −1. */
  readonly second: number;
  readonly secondBytes: number;
  /** What leads here leads to this record: the first of the body, or one that counts entries. */
  readonly head: number;
  /** The records of its instructions. */
  readonly body: number;
  readonly records: number;
  readonly translation?: Translation;
  /** Ends at its first conditional branch. */
  readonly isSplit: boolean;
}

/** A block's way to being translated. */
export type Warmth = 'warm' | 'hot';

export class CodeCache {
  readonly #map: MemoryMap;
  readonly #view: DataView;
  readonly #decoder: BlockDecoder;
  readonly #writer: RecordWriter;
  #translateAfter: number;
  /** How many of those entries a block has left when it is split; 0: it is not. */
  #splitCount: number;
  readonly #blocks = new Map<number, Block>();
  readonly #straddlers = new Map<number, Block>();
  readonly #pages = new Map<number, Set<Block>>();
  readonly #staleHeads = new Map<number, number>();
  /** What is in scratch records, while writes to it are noticed. */
  #scratch: Scratch | undefined;
  #next: number;
  /** Blocks begin with a record that counts how often they are entered. */
  #counts: boolean;
  /** Told after everything has been forgotten. */
  onFlush: () => void = () => {};
  /** Told of a physical page that holds decoded code from here on. */
  onProtect: (page: number) => void = () => {};
  /** Told of each new block that is counted. */
  onBlock: (physical: number, head: number) => void = () => {};
  /** Blocks decoded since creation. */
  decodedBlocks = 0;
  flushes = 0;

  /** @param translateAfter how often a block is entered before the host is asked to translate it; Infinity for never */
  constructor(buffer: ArrayBufferLike, map: MemoryMap, decoder: Decoder, writer: RecordWriter, translateAfter: number) {
    this.#map = map;
    this.#view = new DataView(buffer);
    this.#decoder = new BlockDecoder(buffer, map, decoder, writer);
    this.#writer = writer;
    this.#translateAfter = translateAfter;
    this.#counts = translateAfter < LEAST_FOR_PATIENCE;
    this.#splitCount = translateAfter === Number.POSITIVE_INFINITY ? 0 : Math.floor(translateAfter / 2);
    this.#next = map.recordsBase + BLOCK_BYTES;
  }

  /**
   * The head record of the block at a physical address.
   * @param physicalOfNextPage translates the following virtual page, only asked for when an instruction straddles;
   *   −1 when that faults, and then 0 is the answer.
   */
  find(physical: number, physicalOfNextPage: () => number): number {
    const known = this.#blocks.get(physical);
    if (known) return known.head;
    const straddler = this.#straddlers.get(physical);
    if (straddler) {
      const second = physicalOfNextPage();
      if (second < 0) return 0;
      if (second === straddler.second) return straddler.head;
      this.#drop(straddler);
    }
    if (this.#next + BLOCK_BYTES > this.#map.recordsBase + this.#map.recordsBytes) this.flush();
    const head = this.#next;
    if (this.#decodeBlock(physical, head)) {
      this.onBlock(physical, head);
      return head;
    }
    const second = physicalOfNextPage();
    if (second < 0) return 0;
    this.#decodeStraddler(physical, second, head);
    return head;
  }

  /** Decodes and remembers the block at a physical address; its head is at `head`. */
  #decodeBlock(physical: number, head: number): boolean {
    let body = head;
    if (this.#counts) {
      body += RECORD_BYTES;
      this.#writer.writeCount(head, this.#translateAfter - this.#splitCount, body);
    }
    const decoder = this.#decoder;
    if (!decoder.decode(physical, body, BLOCK_LIMIT)) return false;
    const { bytes, records } = decoder;
    const whole = { second: -1, secondBytes: 0, isSplit: false };
    this.#remember(this.#blocks, { ...whole, physical, bytes, head, body, records });
    return true;
  }

  #decodeStraddler(physical: number, second: number, head: number): void {
    const decoder = this.#decoder;
    decoder.decodeStraddler(physical, second, head);
    const bytes = PAGE - (physical % PAGE);
    const { records } = decoder;
    const secondBytes = decoder.bytes - bytes;
    this.#remember(this.#straddlers, {
      physical,
      bytes,
      second,
      secondBytes,
      head,
      body: head,
      records,
      isSplit: false,
    });
  }

  /** Instructions decoded since creation. */
  get decodedInstructions(): number {
    return this.#decoder.instructions;
  }

  /** The head record of the block at a physical address, or 0 while there is none. */
  headAt(physical: number): number {
    return this.#blocks.get(physical)?.head ?? 0;
  }

  /** From here on entries of blocks are counted: what leads to one finds its first record gone, and one that counts in its place. */
  countEntries(): void {
    if (this.#counts) return;
    this.#counts = true;
    // What they are still to get would go where they were.
    this.#writer.installVariants();
    let records = 0;
    for (const block of this.#blocks.values()) records += block.records;
    if (!this.hasRoomFor(records)) {
      this.flush();
      return;
    }
    const linear = new Uint8Array(this.#view.buffer);
    for (const block of this.#blocks.values()) {
      const body = this.#next;
      linear.copyWithin(body, block.body, block.body + block.records * RECORD_BYTES);
      this.#next += block.records * RECORD_BYTES;
      this.#writer.writeCount(block.head, this.#translateAfter - this.#splitCount, body);
      const counted = { ...block, body };
      this.#blocks.set(block.physical, counted);
      const blocks = this.#pages.get(Math.floor(block.physical / PAGE))!;
      blocks.delete(block);
      blocks.add(counted);
    }
  }

  /** How often a block is entered before the host is asked to translate it. */
  get translateAfter(): number {
    return this.#translateAfter;
  }

  /** From here on half as many entries make a block hot; what those that are known still lack is made less. */
  halveThreshold(): void {
    const fewer = Math.floor(this.#translateAfter / 2);
    const sooner = this.#splitCount - Math.floor(fewer / 2);
    for (const block of this.#blocks.values()) {
      const { handler, link } = this.#headOf(block);
      // Counts above the threshold are given to blocks that have been hot before.
      if (!this.#counts || handler !== SPECIAL.count || link > this.#translateAfter) continue;
      const less = block.isSplit ? this.#translateAfter - fewer : sooner;
      this.#view.setUint32(block.head + RECORD.link, Math.max(1, link - less), true);
    }
    this.#translateAfter = fewer;
    this.#splitCount = Math.floor(fewer / 2);
  }

  /** How often the block at a physical address has been entered, before it was translated; 0 when there is none. */
  entries(physical: number): number {
    const block = this.#blocks.get(physical);
    if (!block) return 0;
    const { handler, link } = this.#headOf(block);
    // Counts above the threshold are given to blocks that have been hot before.
    if (handler !== SPECIAL.count || link > this.#translateAfter) return this.#translateAfter;
    return this.#translateAfter - link - (block.isSplit ? 0 : this.#splitCount);
  }

  /** Whether the block at a physical address ends at its first conditional branch, so that each way has a count. */
  isSplit(physical: number): boolean {
    return this.#blocks.get(physical)?.isSplit ?? false;
  }

  /** The count of a block has run down: what becomes of it. It is split and counts on, unless that was done before. */
  warm(physical: number): Warmth {
    const block = this.#blocks.get(physical);
    if (!block || block.isSplit || this.#splitCount === 0) return 'hot';
    if (!this.hasRoomFor(BLOCK_LIMIT)) {
      this.flush();
      return 'warm';
    }
    const { head } = block;
    const body = this.#next;
    this.#decoder.decode(physical, body, BLOCK_LIMIT, { isSplit: true });
    const { bytes, records } = this.#decoder;
    this.#view.setUint32(head + RECORD.link, this.#splitCount, true);
    this.#view.setUint32(head + RECORD.immediate, body, true);
    const split = { ...block, bytes, body, records, isSplit: true };
    this.#next = body + split.records * RECORD_BYTES;
    this.#blocks.set(physical, split);
    this.#addToPage(Math.floor(physical / PAGE), split);
    return 'warm';
  }

  #headOf({ head }: Block): { handler: number; link: number } {
    const handler = this.#view.getUint16(head + RECORD.handler, true);
    return { handler, link: this.#view.getUint32(head + RECORD.link, true) };
  }

  /**
   * Records of `count` instructions at a physical address, for translated code to go on at when it leaves; they take RIP to
   * be `distance` bytes before. They lead to `SPECIAL.stale` once the code is written to, and then `translation` is told.
   */
  translatedBlock(physical: number, distance: number, count: number, translation: Translation): number {
    const head = this.#next;
    this.#decoder.decode(physical, head, count, { origin: physical - distance });
    const { bytes, records } = this.#decoder;
    this.#next = head + records * RECORD_BYTES;
    this.#addToPage(Math.floor(physical / PAGE), {
      physical,
      bytes,
      second: -1,
      secondBytes: 0,
      head,
      body: head,
      records,
      translation,
      isSplit: false,
    });
    return head;
  }

  /** Zeroed bytes beside the records, for as long as those live; gives their linear address. */
  reserve(bytes: number): number {
    const address = this.#next;
    this.#next += Math.ceil(bytes / RECORD_BYTES) * RECORD_BYTES;
    new Uint8Array(this.#view.buffer, address, this.#next - address).fill(0);
    return address;
  }

  /** The hot ones among the blocks of a physical page: those entered more often than that. */
  *hotBlocks(page: number, entries: number): Generator<number> {
    for (const block of this.#pages.get(page) ?? []) {
      const isHead = block.translation === undefined && block.second < 0 && this.#blocks.get(block.physical) === block;
      if (isHead && this.entries(block.physical) > entries) yield block.physical;
    }
  }

  /** Whether so many more records fit before everything would be forgotten. */
  hasRoomFor(records: number): boolean {
    return this.#next + records * RECORD_BYTES + BLOCK_BYTES <= this.#map.recordsBase + this.#map.recordsBytes;
  }

  /**
   * Decodes one instruction into scratch records, remembered nowhere, breakpoints unseen; 0 as for `find`. With a `limit` up to so
   * many that follow one another, where breakpoints end the block and a repeated instruction is always alone.
   */
  decodeAside(physical: number, physicalOfNextPage: () => number, limit = 1): number {
    const scratch = this.#map.recordsBase;
    // Writes to a page are only noticed once it holds remembered code.
    const most = this.#ramFlag(Math.floor(physical / PAGE)) === 0 ? 1 : Math.min(limit, BLOCK_LIMIT);
    this.#scratch = undefined;
    const decoder = this.#decoder;
    if (decoder.decode(physical, scratch, most, { isAside: true, steps: limit === 1 })) {
      this.#scratch = { physical, bytes: decoder.bytes, records: decoder.records };
      return scratch;
    }
    const second = physicalOfNextPage();
    if (second < 0) return 0;
    decoder.decodeStraddler(physical, second, scratch, limit === 1);
    return scratch;
  }

  /**
   * From here on blocks end before an instruction at this offset of any page, and lead to the host there. A breakpoint is at a
   * virtual address, and pages may be mapped anywhere: the host knows which of those places it means.
   */
  armBreakpoint(offset: number): void {
    if (!this.#decoder.arm(offset)) return;
    for (const page of [...this.#pages.keys()]) this.invalidate(page * PAGE + offset, 1);
  }

  /** No breakpoint is armed any more. */
  disarmBreakpoints(): void {
    this.#decoder.disarm();
    this.flush();
  }

  isArmed(offset: number): boolean {
    return this.#decoder.isArmed(offset);
  }

  /** Remembers where a RIP's block is under a code tag. */
  enterJumpCache(ripLow: number, ripHigh: number, codeTag: number, head: number): void {
    const shifted = (ripLow >>> 14) | (ripHigh << 18);
    const place = ((ripLow ^ shifted) & (JUMP_CACHE_ENTRIES - 1)) * JUMP_CACHE_ENTRY_BYTES;
    const slot = JUMP_CACHE_BASE + place;
    const view = this.#view;
    if (
      view.getInt32(slot + JUMP_CACHE_RIP, true) !== ripLow ||
      view.getInt32(slot + JUMP_CACHE_RIP + 4, true) !== ripHigh
    ) {
      // Another RIP's: it moves to the second place, where it is still found.
      const second = JUMP_CACHE_BASE + (place ^ JUMP_CACHE_ENTRY_BYTES);
      for (let i = 0; i < JUMP_CACHE_ENTRY_BYTES; i += 4)
        view.setInt32(second + i, view.getInt32(slot + i, true), true);
    }
    view.setInt32(slot + JUMP_CACHE_RIP, ripLow, true);
    view.setInt32(slot + JUMP_CACHE_RIP + 4, ripHigh, true);
    view.setUint32(slot + JUMP_CACHE_TAG, codeTag, true);
    view.setUint32(slot + JUMP_CACHE_RECORD, head, true);
  }

  /** Bytes of RAM are about to change, or have: blocks over them are forgotten. */
  invalidate(physical: number, length: number): void {
    const lastPage = Math.floor((physical + length - 1) / PAGE);
    for (let page = Math.floor(physical / PAGE); page <= lastPage; page++) {
      if (this.#ramFlag(page) === 0) continue;
      const scratch = this.#scratch;
      if (scratch && scratch.physical < physical + length && scratch.physical + scratch.bytes > physical)
        this.#leaveScratch(scratch);
      const blocks = this.#pages.get(page);
      if (blocks) for (const block of blocks) if (overlaps(block, physical, length)) this.#drop(block);
    }
  }

  flush(): void {
    this.flushes++;
    this.#writer.forget();
    for (const page of this.#pages.keys()) this.#view.setUint8(CODE_PAGES + page, 0);
    this.#blocks.clear();
    this.#straddlers.clear();
    this.#pages.clear();
    this.#staleHeads.clear();
    this.#next = this.#map.recordsBase + BLOCK_BYTES;
    this.onFlush();
    for (const [base, entries] of CACHES) {
      new Uint8Array(this.#view.buffer, base, entries * JUMP_CACHE_ENTRY_BYTES).fill(0);
    }
  }

  /** What makes a code cache's memory count: bytes of records in use. */
  get usedBytes(): number {
    return this.#next - this.#map.recordsBase;
  }

  #ramFlag(page: number): number {
    return this.#view.getUint8(CODE_PAGES + page);
  }

  #remember(where: Map<number, Block>, block: Block): void {
    this.decodedBlocks++;
    where.set(block.physical, block);
    this.#next = block.body + block.records * RECORD_BYTES;
    this.#addToPage(Math.floor(block.physical / PAGE), block);
    if (block.second >= 0) this.#addToPage(Math.floor(block.second / PAGE), block);
    const stale = this.#staleHeads.get(block.physical);
    if (stale !== undefined) {
      // Links still lead to the block that was here before: let it lead on.
      this.#view.setUint32(stale + RECORD.link, block.head, true);
      this.#view.setUint16(stale + RECORD.handler, SPECIAL.forward, true);
      this.#staleHeads.delete(block.physical);
    }
  }

  #addToPage(page: number, block: Block): void {
    const blocks = this.#pages.get(page);
    if (blocks) {
      blocks.add(block);
      return;
    }
    this.#pages.set(page, new Set([block]));
    this.#view.setUint8(CODE_PAGES + page, 1);
    this.#protectFromWrites(page);
  }

  /** Write entries of the TLB that lead to a page which now holds code: dropped, so that writes are noticed. */
  #protectFromWrites(page: number): void {
    this.onProtect(page);
    const view = this.#view;
    const linear = (this.#map.ramOffset + page * PAGE) | 0;
    for (let entry = TLB_BASE; entry < TLB_BASE + TLB_ENTRIES * TLB_ENTRY_BYTES; entry += TLB_ENTRY_BYTES) {
      const virtualPage = view.getInt32(entry + TLB_WRITE_TAG, true) & ~0xfff;
      if (((virtualPage + view.getInt32(entry + TLB_ADDEND, true)) | 0) !== linear) continue;
      view.setBigInt64(entry + TLB_WRITE_TAG, -1n, true);
    }
  }

  #drop(block: Block): void {
    const where = block.second >= 0 ? this.#straddlers : this.#blocks;
    const isCurrent = where.get(block.physical) === block;
    this.#turnStale(block.body, block.records);
    // What a block was before it was split has no head any more.
    if (isCurrent) this.#view.setUint16(block.head + RECORD.handler, SPECIAL.stale, true);
    if (block.translation) {
      this.#removeFromPage(Math.floor(block.physical / PAGE), block);
      block.translation.forget();
      return;
    }
    if (isCurrent) where.delete(block.physical);
    if (isCurrent && block.second < 0) this.#staleHeads.set(block.physical, block.head);
    this.#removeFromPage(Math.floor(block.physical / PAGE), block);
    if (block.second >= 0) this.#removeFromPage(Math.floor(block.second / PAGE), block);
  }

  #turnStale(first: number, records: number): void {
    for (let i = 0; i < records; i++) {
      this.#view.setUint16(first + i * RECORD_BYTES + RECORD.handler, SPECIAL.stale, true);
    }
  }

  #removeFromPage(page: number, block: Block): void {
    const blocks = this.#pages.get(page);
    if (!blocks?.delete(block) || blocks.size > 0) return;
    this.#pages.delete(page);
    this.#view.setUint8(CODE_PAGES + page, 0);
    // The next write there would not be noticed.
    const scratch = this.#scratch;
    if (scratch && Math.floor(scratch.physical / PAGE) === page) this.#leaveScratch(scratch);
  }

  /** What is decoded in scratch records is not run any further. */
  #leaveScratch({ records }: Scratch): void {
    this.#turnStale(this.#map.recordsBase, records);
    this.#scratch = undefined;
  }
}

function overlaps(block: Block, physical: number, length: number): boolean {
  const end = physical + length;
  if (block.physical < end && block.physical + block.bytes > physical) return true;
  return block.second >= 0 && block.second < end && block.second + block.secondBytes > physical;
}
