// Page tables for tests: maps pages one at a time, taking table frames from a bump allocator.
import type { PhysicalMemory } from '../../src/board/physical-memory.ts';

export const PTE = {
  present: 1n,
  write: 2n,
  user: 4n,
  accessed: 0x20n,
  dirty: 0x40n,
  large: 0x80n,
  global: 0x100n,
  noExecute: 1n << 63n,
} as const;

export class PageTables {
  readonly root: number;
  readonly #memory: PhysicalMemory;
  #nextFrame: number;

  /** Frames are taken upwards from `firstFrame`. */
  constructor(memory: PhysicalMemory, firstFrame: number) {
    this.#memory = memory;
    this.#nextFrame = firstFrame;
    this.root = this.allocateFrame();
  }

  allocateFrame(): number {
    const frame = this.#nextFrame;
    this.#nextFrame += 4096;
    this.#memory.fill(frame, 4096, 0);
    return frame;
  }

  /** Physical address of the entry that maps `virtual` at a level: 1 for 4 KiB, 2 for 2 MiB, 3 for 1 GiB. */
  entryAddress(virtual: bigint, level = 1): number {
    let table = this.root;
    for (let depth = 4; ; depth--) {
      const at = table + Number((virtual >> BigInt(12 + 9 * (depth - 1))) & 511n) * 8;
      if (depth === level) return at;
      let entry = this.#memory.readUint64(at);
      if ((entry & PTE.present) === 0n) {
        entry = BigInt(this.allocateFrame()) | PTE.present | PTE.write | PTE.user;
        this.#memory.writeUint64(at, entry);
      }
      table = Number(entry & 0x000f_ffff_ffff_f000n);
    }
  }

  map(virtual: bigint, physical: number, flags: bigint): void {
    this.#memory.writeUint64(this.entryAddress(virtual), BigInt(physical) | PTE.present | flags);
  }

  /** Maps a whole range on fresh frames, and gives the first frame. */
  mapFresh(virtual: bigint, bytes: number, flags: bigint): number {
    const pages = Math.ceil(bytes / 4096);
    const first = this.#nextFrame;
    this.#nextFrame += pages * 4096;
    this.#memory.fill(first, pages * 4096, 0);
    for (let page = 0; page < pages; page++) this.map(virtual + BigInt(page * 4096), first + page * 4096, flags);
    return first;
  }
}
