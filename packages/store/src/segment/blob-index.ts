// Where each blob's record lies: an open-addressing table in one Uint32Array, 20 bytes an entry. Derived from the log and
// disposable.
//
//   entry  [digest bytes 0–3] [digest bytes 4–7] [segment, bit 31 damaged] [offset ÷ 8] [content bytes]
//
// Eight bytes of digest only narrow the search: the caller confirms each candidate against the id in the record itself.
import type { BlobId } from '../blob-id.ts';

const STRIDE = 5;
const DAMAGED = 0x80000000;
const FIRST_CAPACITY = 1024;

export interface BlobLocation {
  readonly segment: number;
  /** Of the record's header in the segment, in bytes. */
  readonly offset: number;
  /** Of the content, in bytes. */
  readonly size: number;
  readonly damaged: boolean;
  /** Entry in the table, for `markDamaged` and `move`; valid until the next `add`. */
  readonly entry: number;
}

export class BlobIndex {
  #table = new Uint32Array(FIRST_CAPACITY * STRIDE);
  #mask = FIRST_CAPACITY - 1;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The first entry with this id's fingerprint that `confirm` takes, or undefined. */
  find(id: BlobId, confirm: (location: BlobLocation) => boolean): BlobLocation | undefined {
    const [low, high] = fingerprint(id);
    const table = this.#table;
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * STRIDE;
      if (table[at + 3] === 0) return undefined; // no record starts at offset 0
      if (table[at] !== low || table[at + 1] !== high) continue;
      const location = {
        segment: table[at + 2]! & ~DAMAGED,
        offset: table[at + 3]! * 8,
        size: table[at + 4]!,
        damaged: (table[at + 2]! & DAMAGED) !== 0,
        entry: at,
      };
      if (confirm(location)) return location;
    }
  }

  add(id: BlobId, segment: number, offset: number, size: number, damaged: boolean = false): void {
    if ((this.#count + 1) * 4 > (this.#mask + 1) * 3) this.#grow();
    const [low, high] = fingerprint(id);
    this.#insert(low, high, damaged ? (segment | DAMAGED) >>> 0 : segment, offset / 8, size);
    this.#count++;
  }

  markDamaged(location: BlobLocation): void {
    const at = location.entry + 2;
    this.#table[at] = (this.#table[at]! | DAMAGED) >>> 0;
  }

  /** Points an entry at a newer copy of the same content. */
  move(location: BlobLocation, segment: number, offset: number): void {
    this.#table[location.entry + 2] = segment;
    this.#table[location.entry + 3] = offset / 8;
  }

  #insert(low: number, high: number, segment: number, offset: number, size: number): void {
    const table = this.#table;
    let slot = low & this.#mask;
    while (table[slot * STRIDE + 3] !== 0) slot = (slot + 1) & this.#mask;
    table.set([low, high, segment, offset, size], slot * STRIDE);
  }

  #grow(): void {
    const old = this.#table;
    this.#mask = this.#mask * 2 + 1;
    this.#table = new Uint32Array((this.#mask + 1) * STRIDE);
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at + 3] !== 0) this.#insert(old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!, old[at + 4]!);
    }
  }
}

/** Eight bytes of the digest as two unsigned words. */
function fingerprint(id: BlobId): readonly [number, number] {
  const low = id[2]! | (id[3]! << 8) | (id[4]! << 16) | (id[5]! << 24);
  const high = id[6]! | (id[7]! << 8) | (id[8]! << 16) | (id[9]! << 24);
  return [low >>> 0, high >>> 0];
}
