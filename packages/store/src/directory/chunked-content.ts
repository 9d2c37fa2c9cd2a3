// A file's bytes as chunks of 64 KiB: holes take no memory, and a backend may leave chunks in a store until they are read.
//
//   chunk   absent ─ a hole, reads as zero
//           bytes only ─ in memory, changed since it was stored (dirty)
//           id only ─ in the store, not loaded        bytes and id ─ loaded and unchanged, may be dropped again
import type { BlobId } from '../blob-id.ts';

export const CHUNK_BYTES = 65536;
const SMALLEST_ALLOCATION = 512;

export interface Chunk {
  /** Its bytes as far as they are not zero at the end; at most CHUNK_BYTES. */
  bytes: Uint8Array | undefined;
  id: BlobId | undefined;
  /** Grows with every change, so that who stored the bytes meanwhile knows whether they still are those. */
  version: number;
}

/** Told of every change of the memory that contents take. Returns false when there is no room for `bytes` more. */
export interface ContentBudget {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export class ChunkedContent {
  readonly #chunks = new Map<number, Chunk>();
  readonly #budget: ContentBudget;
  size = 0;

  constructor(budget: ContentBudget) {
    this.#budget = budget;
  }

  /** Bytes of chunks that are not holes, whole chunks counted. */
  get allocated(): number {
    return this.#chunks.size * CHUNK_BYTES;
  }

  chunks(): IterableIterator<[number, Chunk]> {
    return this.#chunks.entries();
  }

  /** Puts a stored chunk in its place, not loaded. */
  place(index: number, id: BlobId): void {
    this.#chunks.set(index, { bytes: undefined, id, version: 0 });
  }

  /** The chunks of a range, holes left out. */
  within(offset: number, length: number): Chunk[] {
    const found: Chunk[] = [];
    const end = Math.min(this.size, offset + length);
    for (let index = Math.floor(offset / CHUNK_BYTES); index * CHUNK_BYTES < end; index++) {
      const chunk = this.#chunks.get(index);
      if (chunk !== undefined) found.push(chunk);
    }
    return found;
  }

  /** How much more memory a write takes. */
  growth(offset: number, length: number): number {
    let bytes = 0;
    for (let at = offset; at < offset + length; ) {
      const within = at % CHUNK_BYTES;
      const count = Math.min(CHUNK_BYTES - within, offset + length - at);
      const held = this.#chunks.get((at - within) / CHUNK_BYTES)?.bytes?.length ?? 0;
      bytes += capacityFor(within + count, held) - held;
      at += count;
    }
    return bytes;
  }

  /** A copy of the bytes of a range, clamped to the file. Everything in it is loaded. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(this.size, offset + length);
    if (offset >= end) return new Uint8Array();
    const data = new Uint8Array(end - offset);
    for (let at = offset; at < end; ) {
      const within = at % CHUNK_BYTES;
      const count = Math.min(CHUNK_BYTES - within, end - at);
      const bytes = this.#chunks.get((at - within) / CHUNK_BYTES)?.bytes;
      if (bytes !== undefined && within < bytes.length) data.set(bytes.subarray(within, within + count), at - offset);
      at += count;
    }
    return data;
  }

  /** Writes and returns how many bytes there was room for. */
  write(offset: number, data: Uint8Array): number {
    let done = 0;
    while (done < data.length) {
      const within = (offset + done) % CHUNK_BYTES;
      const count = Math.min(CHUNK_BYTES - within, data.length - done);
      const chunk = this.#writable((offset + done - within) / CHUNK_BYTES, within + count);
      if (chunk === undefined) break;
      chunk.set(data.subarray(done, done + count), within);
      done += count;
    }
    if (done > 0) this.size = Math.max(this.size, offset + done);
    return done;
  }

  /** Cuts or extends with a hole. The chunk that the new end lies in is loaded. */
  truncate(size: number): void {
    if (size < this.size) {
      const within = size % CHUNK_BYTES;
      const boundary = Math.floor(size / CHUNK_BYTES);
      for (const [index, chunk] of this.#chunks) {
        if (index > boundary || (index === boundary && within === 0)) {
          this.#chunks.delete(index);
          this.#forget(chunk);
        }
      }
      const last = this.#chunks.get(boundary);
      if (last?.bytes !== undefined && last.bytes.length > within) {
        last.bytes.fill(0, within);
        last.id = undefined;
        last.version++;
      }
    }
    this.size = size;
  }

  /** Gives all memory back. */
  release(): void {
    for (const chunk of this.#chunks.values()) this.#forget(chunk);
    this.#chunks.clear();
  }

  #forget(chunk: Chunk): void {
    this.#budget.give(chunk.bytes?.length ?? 0);
    chunk.bytes = undefined;
    chunk.id = undefined;
    chunk.version++;
  }

  /** The bytes of a chunk, at least `length` of them, about to be changed; undefined when there is no room. */
  #writable(index: number, length: number): Uint8Array | undefined {
    const chunk = this.#chunks.get(index);
    const old = chunk?.bytes;
    if (chunk !== undefined) {
      chunk.version++;
      chunk.id = undefined;
      if (old !== undefined && old.length >= length) return old;
    }
    const capacity = capacityFor(length, old?.length ?? 0);
    if (!this.#budget.take(capacity - (old?.length ?? 0))) return undefined;
    const bytes = new Uint8Array(capacity);
    if (old !== undefined) bytes.set(old);
    if (chunk === undefined) this.#chunks.set(index, { bytes, id: undefined, version: 0 });
    else chunk.bytes = bytes;
    return bytes;
  }
}

/** Bytes of memory for `length` of a chunk that has `held`. */
function capacityFor(length: number, held: number): number {
  let capacity = Math.max(SMALLEST_ALLOCATION, held);
  while (capacity < length) capacity *= 2;
  return capacity;
}
