// Page tables: the four levels the processor walks (SDM 3A §4.5.4), in guest RAM, edited by the kernel.
//
//   vpn = virtual address / 4096          PML4 index = vpn / 2^27 · PDPT, PD, PT index = 9 bits each below
//   entry: P 1 · R/W 2 · U/S 4 · A 0x20 · D 0x40 · software 0x200 · frame << 12 · NX bit 63
//
// Entries are edited as two 32-bit words: physical addresses are below 4 GiB, so the high word is NX or nothing. The software
// bit keeps a frame in an entry that is not present (protection NONE): "occupied" means the low word is not 0.

import { assertInvariant } from '../kernel-error.ts';
import type { PhysicalMemory } from '../memory/physical-memory.ts';

/** Bits of the low word of an entry. */
export const PTE = { PRESENT: 1, WRITABLE: 2, USER: 4, ACCESSED: 0x20, DIRTY: 0x40, KEPT: 0x200 } as const;
/** NX, in the high word. */
export const PTE_HIGH_NO_EXECUTE: number = 0x8000_0000 | 0;

/** Pages below one entry of the page directory, of the PDPT, of the PML4. */
const LEAF_SPAN = 512;
const DIRECTORY_SPAN = LEAF_SPAN * 512;
const POINTER_SPAN = DIRECTORY_SPAN * 512;
/** Tables themselves are permissive: the leaf decides. */
const TABLE_FLAGS = PTE.PRESENT | PTE.WRITABLE | PTE.USER;

/** Where tables come from: one zeroed frame or −1, charged by the implementation. */
export interface TableFrames {
  allocateTable(): number;
  releaseTable(frame: number): void;
}

/** The page tables of one address space. */
export class PageTable {
  readonly #words: Int32Array;
  readonly #frames: TableFrames;
  /** Physical address of the PML4. */
  readonly root: number;
  /** Frames of the tables below it, by the word of the entry that leads there. */
  readonly #tables: Map<number, number> = new Map();
  // The leaf table used last: faults and walks are local.
  #leafSpan = -1;
  #leafWord = -1;

  constructor(memory: PhysicalMemory, frames: TableFrames, rootFrame: number) {
    this.#words = memory.words;
    this.#frames = frames;
    this.root = rootFrame * 4096;
  }

  /** Word index of the entry of a page, or −1 when there is no table for it. */
  find(vpn: number): number {
    const span = Math.floor(vpn / LEAF_SPAN);
    if (span !== this.#leafSpan) {
      const leaf = this.#leaf(vpn, false);
      if (leaf < 0) return -1;
      this.#leafSpan = span;
      this.#leafWord = leaf;
    }
    return this.#leafWord + (vpn % LEAF_SPAN) * 2;
  }

  /** Like {@link find}, making tables on the way; −1 when there is no frame for one. */
  findOrMake(vpn: number): number {
    const found = this.find(vpn);
    if (found >= 0) return found;
    const leaf = this.#leaf(vpn, true);
    if (leaf < 0) return -1;
    this.#leafSpan = Math.floor(vpn / LEAF_SPAN);
    this.#leafWord = leaf;
    return leaf + (vpn % LEAF_SPAN) * 2;
  }

  /** Calls back for every occupied entry of `[first, end)`; skips what has no table. The callback may clear the entry. */
  forEachOccupied(first: number, end: number, callback: (vpn: number, word: number) => void): void {
    const words = this.#words;
    let vpn = first;
    while (vpn < end) {
      const step = this.#emptySpan(vpn);
      if (step > 0) {
        vpn = Math.floor(vpn / step) * step + step;
        continue;
      }
      const last = Math.min(end, Math.floor(vpn / LEAF_SPAN) * LEAF_SPAN + LEAF_SPAN);
      const leaf = this.find(vpn) - (vpn % LEAF_SPAN) * 2;
      for (; vpn < last; vpn++) {
        const word = leaf + (vpn % LEAF_SPAN) * 2;
        if (words[word] !== 0) callback(vpn, word);
      }
    }
  }

  /** Gives back leaf tables that lie wholly in `[first, end)`; their entries must be empty. */
  pruneLeaves(first: number, end: number): void {
    let vpn = Math.ceil(first / LEAF_SPAN) * LEAF_SPAN;
    while (vpn + LEAF_SPAN <= end) {
      const step = this.#emptySpan(vpn);
      if (step > 0) {
        vpn = Math.floor(vpn / step) * step + step;
        continue;
      }
      const parent = this.#directoryEntry(vpn);
      const leaf = this.#words[parent]! >>> 12;
      this.#words[parent] = 0;
      this.#words[parent + 1] = 0;
      this.#tables.delete(parent);
      this.#frames.releaseTable(leaf);
      vpn += LEAF_SPAN;
    }
    this.#leafSpan = -1;
  }

  /** Gives back every table. Leaf entries must have been emptied before; nothing may be asked of it afterwards. */
  destroy(): void {
    for (const frame of this.#tables.values()) this.#frames.releaseTable(frame);
    this.#tables.clear();
    this.#frames.releaseTable(this.root / 4096);
    this.#leafSpan = -1;
  }

  /** Pages certainly empty around `vpn` because a table is missing above it; 0 when its leaf table exists. */
  #emptySpan(vpn: number): number {
    const words = this.#words;
    const top = words[(this.root >>> 2) + Math.floor(vpn / POINTER_SPAN) * 2]!;
    if (top === 0) return POINTER_SPAN;
    const pointer = words[((top & ~0xfff) >>> 2) + (Math.floor(vpn / DIRECTORY_SPAN) % 512) * 2]!;
    if (pointer === 0) return DIRECTORY_SPAN;
    const directory = words[((pointer & ~0xfff) >>> 2) + (Math.floor(vpn / LEAF_SPAN) % 512) * 2]!;
    return directory === 0 ? LEAF_SPAN : 0;
  }

  #directoryEntry(vpn: number): number {
    const words = this.#words;
    const top = words[(this.root >>> 2) + Math.floor(vpn / POINTER_SPAN) * 2]!;
    const pointer = words[((top & ~0xfff) >>> 2) + (Math.floor(vpn / DIRECTORY_SPAN) % 512) * 2]!;
    return ((pointer & ~0xfff) >>> 2) + (Math.floor(vpn / LEAF_SPAN) % 512) * 2;
  }

  /** Word index of the leaf table of `vpn`, or −1. */
  #leaf(vpn: number, make: boolean): number {
    assertInvariant(vpn >= 0 && vpn < POINTER_SPAN * 256, 'page numbers are checked before they reach the page tables');
    let table = this.root >>> 2;
    for (let span = POINTER_SPAN; span > 1; span /= 512) {
      const word = table + (Math.floor(vpn / span) % 512) * 2;
      let entry = this.#words[word]!;
      if (entry === 0) {
        if (!make) return -1;
        const frame = this.#frames.allocateTable();
        if (frame < 0) return -1;
        entry = (frame << 12) | TABLE_FLAGS;
        this.#words[word] = entry;
        this.#tables.set(word, frame);
      }
      table = (entry & ~0xfff) >>> 2;
    }
    return table;
  }
}
