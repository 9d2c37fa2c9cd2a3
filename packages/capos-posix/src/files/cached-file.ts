// A file's part of the page cache: its chunks, and whether they still are what the file says.
//
//   chunk 0 [=============]  chunk 1 [======·······]         '=' valid: as in the file; a chunk is valid from its beginning
//                                          └ tail: here the file ended

import { ERRNO } from '../linux/errno.ts';
import { PAGE } from '../linux/memory-flags.ts';
import type { SharedMemoryMaker } from '../memory/shared-memory.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';
import type { FileBackend } from './backend.ts';
import { type CachePiece, CHUNK, type Chunk, type ChunkOwner } from './cache-chunk.ts';
import type { FileStatus } from './file-status.ts';

/** Most bytes one miss reads. */
const FETCH = 262_144;
/** A server may shorten a read for want of room, but never below this: less than that is the end of the file. */
const SHORTEST_FULL_READ = 16_384;

/** Where bytes go: the memory of the program, or an array. */
export type Sink = { readonly address: number; readonly maker: SharedMemoryMaker } | { readonly bytes: Uint8Array };

/** A part of a mapping: so many bytes of the file, and the object that has them. */
export interface MappedPart {
  /** From the beginning of the mapping. */
  readonly at: number;
  readonly length: number;
  readonly piece: CachePiece;
  readonly offset: number;
}

/** What a file asks of the cache that it is in. */
export interface ChunkStore {
  /** The process on whose behalf something is copied, and who pays for what is cached now. */
  readonly maker: SharedMemoryMaker | undefined;
  /** Memory for `count` chunks; undefined when there is none. */
  allocate(count: number): CachePiece | undefined;
  /** A chunk has come to be. */
  added(chunk: Chunk): void;
  /** Its file has let go of it. */
  removed(chunk: Chunk): void;
  /** A mapping shows it from now on. */
  pin(chunk: Chunk): void;
  /** No mapping shows it any more. */
  unpin(chunk: Chunk): void;
  /** A file ends at `size` now: mappings show no more of it. */
  cut(file: CachedFile, size: number): void;
}

export class CachedFile implements ChunkOwner {
  readonly key: string;
  readonly #cache: ChunkStore;
  readonly #chunks = new Map<number, Chunk>();
  #opens = 0;
  /** Size and times when it was last looked at; undefined since it was written here. */
  #stamp: string | undefined;
  /** The chunk whose valid bytes end where the file did. */
  #tail: Chunk | undefined;
  #mappedWritable = false;
  /** Counts changes: what was asked of the server before one is not kept after it. */
  #version = 0;

  constructor(cache: ChunkStore, key: string) {
    this.#cache = cache;
    this.key = key;
  }

  get isUnused(): boolean {
    return this.#opens === 0 && this.#chunks.size === 0;
  }

  /** Changes when the content may have. */
  get version(): number {
    return this.#version;
  }

  /** Whether it is known to be as its server says now. */
  isAsIn(status: FileStatus): boolean {
    return this.#stamp === stampOf(status);
  }

  /** A shared mapping may be written to: its pages are the truth. */
  get isMappedWritable(): boolean {
    return this.#mappedWritable;
  }

  /** A description has come to be; shared mappings have one too. */
  retain(): this {
    this.#opens++;
    return this;
  }

  /** A description has gone. With the last one no mapping is left, and the file may become another with the same number. */
  release(): void {
    if (--this.#opens > 0) return;
    this.#mappedWritable = false;
    this.unpinAll();
  }

  /** Lets go of the chunks that mappings show. */
  unpinAll(): void {
    for (const chunk of this.#chunks.values()) if (chunk.pinned) this.#cache.unpin(chunk);
  }

  /** It was opened, and `status` is what its server says of it: what was cached stays only if nobody changed the file since. */
  *opened(status: FileStatus, backend: FileBackend): Blocking<void> {
    if (this.isAsIn(status)) return;
    this.#stamp = stampOf(status);
    this.#version++;
    if (this.#chunks.size === 0 || this.#mappedWritable) return;
    this.#tail = undefined;
    for (const chunk of [...this.#chunks.values()]) {
      if (chunk.pinned) chunk.valid = 0;
      else this.drop(chunk);
    }
    // What a mapping shows must be there without being asked for.
    for (const chunk of [...this.#chunks.values()]) yield* this.#load(backend, chunk);
  }

  /** At most `length` bytes from `offset` on, as far as the file goes: how many, or minus an error number. */
  read(backend: FileBackend, offset: number, length: number, sink: Sink): MaybeBlocking<number> {
    const got = this.#copyCached(offset, length, sink, 0);
    if (got < 0 || got === length || (got > 0 && this.#endsAt(offset + got))) return got;
    return this.#readOn(backend, offset, length, sink, got);
  }

  *#readOn(backend: FileBackend, offset: number, length: number, sink: Sink, before: number): Blocking<number> {
    for (let done = before; ; ) {
      const fetched = yield* this.#fetch(backend, offset + done, offset + length);
      let got: number;
      if (typeof fetched !== 'number') got = copyTo(sink, done, fetched.subarray(0, length - done));
      else got = fetched <= 0 ? fetched : this.#copyCached(offset + done, length - done, sink, done);
      if (got <= 0) return done > 0 ? done : got;
      done += got;
      if (done === length || this.#endsAt(offset + done)) return done;
    }
  }

  /** Copies what is cached without a gap: how many bytes, or −EFAULT. */
  #copyCached(offset: number, length: number, sink: Sink, at: number): number {
    let done = 0;
    while (done < length) {
      const index = Math.floor((offset + done) / CHUNK);
      const chunk = this.#chunks.get(index);
      const from = offset + done - index * CHUNK;
      if (chunk === undefined || from >= chunk.valid) break;
      chunk.used = true;
      const part = Math.min(chunk.valid - from, length - done);
      const copied = copyOut(this.#cache.maker, chunk, from, part, sink, at + done);
      done += copied;
      if (copied < part) return done > 0 ? done : -ERRNO.EFAULT;
    }
    return done;
  }

  /**
   * Has whole pages of the file from `offset` on, as far as it goes, shown at `address` without copying them; nobody has touched what is
   * there. How many bytes: the rest, and what can't be cached, is for the caller to read.
   */
  *show(
    backend: FileBackend,
    offset: number,
    length: number,
    address: number,
    { caps, memory }: SharedMemoryMaker,
  ): Blocking<number> {
    for (let done = 0; ; ) {
      const index = Math.floor((offset + done) / CHUNK);
      const from = offset + done - index * CHUNK;
      const wanted = pageFloor(Math.min(CHUNK - from, length - done));
      if (wanted === 0) return done;
      if ((this.#chunks.get(index)?.valid ?? 0) < from + wanted) {
        const fetched = yield* this.#fetch(backend, offset + done, offset + done + wanted);
        if (typeof fetched !== 'number' || fetched < wanted) return done;
      }
      const chunk = this.#chunks.get(index);
      const capId = chunk?.piece.capability.idIn(caps);
      if (chunk === undefined || capId === undefined || chunk.valid < from + wanted) return done;
      chunk.used = true;
      if (!memory.shareFromObject(capId, chunk.offset + from, address + done, wanted)) return done;
      done += wanted;
    }
  }

  /** Has the server's bytes of a range in memory, as far as there is some: 0, or minus an error number. */
  *have(backend: FileBackend, offset: number, length: number): Blocking<number> {
    for (let at = offset; at < offset + length; ) {
      const index = Math.floor(at / CHUNK);
      const end = Math.min(offset + length, (index + 1) * CHUNK);
      if (index * CHUNK + (this.#chunks.get(index)?.valid ?? 0) < end) {
        const fetched = yield* this.#fetch(backend, at, end);
        if (typeof fetched === 'number' && fetched < 0) return fetched;
      }
      at = end;
    }
    return 0;
  }

  #endsAt(position: number): boolean {
    const tail = this.#tail;
    return tail !== undefined && tail.index * CHUNK + tail.valid === position;
  }

  /**
   * Reads what is missing at `from`, and on to `to` or a little further. Answers how many bytes are cached from `from` on now, 0 at
   * the end of the file; the bytes themselves, when they can't be cached; or minus an error number.
   */
  *#fetch(backend: FileBackend, from: number, to: number): Blocking<number | Uint8Array> {
    const first = Math.floor(from / CHUNK);
    const start = first * CHUNK + (this.#chunks.get(first)?.valid ?? 0);
    let end = Math.min(Math.ceil(to / CHUNK) * CHUNK, first * CHUNK + FETCH);
    for (let index = first + 1; index * CHUNK < end; index++)
      if ((this.#chunks.get(index)?.valid ?? 0) > 0) end = index * CHUNK;
    const version = this.#version;
    let at = start;
    let ended = false;
    while (at < end && !ended) {
      const part = yield* settle(backend.read(at, end - at));
      if (typeof part === 'number') {
        if (at === start) return part;
        break;
      }
      // Something was written or cut off meanwhile: what came may be older than that.
      if (this.#version !== version || !this.#store(at, part)) return yield* settle(backend.read(from, to - from));
      at += part.length;
      ended = part.length < Math.min(SHORTEST_FULL_READ, end - (at - part.length));
    }
    if (ended && at % CHUNK !== 0) this.#tail = this.#chunks.get(Math.floor(at / CHUNK));
    return Math.max(0, at - from);
  }

  /** Keeps bytes that were read; false when there is no memory for them. */
  #store(offset: number, data: Uint8Array): boolean {
    for (let done = 0; done < data.length; ) {
      const index = Math.floor((offset + done) / CHUNK);
      const from = offset + done - index * CHUNK;
      const part = data.subarray(done, done + CHUNK - from);
      const chunk = this.#chunks.get(index) ?? this.#newChunk(index);
      if (chunk === undefined || !this.#put(chunk, from, part)) return false;
      if (from <= chunk.valid) chunk.valid = Math.max(chunk.valid, from + part.length);
      done += part.length;
    }
    return true;
  }

  #put(chunk: Chunk, from: number, data: Uint8Array): boolean {
    const { maker } = this.#cache;
    const capId = maker && chunk.piece.capability.idIn(maker.caps);
    return capId !== undefined && maker!.memory.writeObject(capId, chunk.offset + from, data);
  }

  #newChunk(index: number): Chunk | undefined {
    const piece = this.#cache.allocate(1);
    return piece && this.#add({ index, piece, offset: 0, pinned: false });
  }

  #add(chunk: Pick<Chunk, 'index' | 'piece' | 'offset' | 'pinned'>): Chunk {
    const made: Chunk = { ...chunk, file: this, valid: 0, used: true };
    this.#chunks.set(chunk.index, made);
    this.#cache.added(made);
    return made;
  }

  /** The server has taken `data` at `offset`. */
  wrote(offset: number, data: Uint8Array): void {
    this.changed();
    const end = offset + data.length;
    const tail = this.#tail;
    if (tail !== undefined && end > tail.index * CHUNK + tail.valid) this.#tail = undefined;
    for (let index = Math.floor(offset / CHUNK); index * CHUNK < end; index++) {
      const chunk = this.#chunks.get(index);
      if (chunk === undefined) continue;
      const start = index * CHUNK;
      const from = Math.max(offset - start, 0);
      const to = Math.min(end - start, CHUNK);
      // Behind a gap it can't be told from what was never read; but a mapping must see it.
      if (from > chunk.valid && !chunk.pinned) continue;
      if (!this.#put(chunk, from, data.subarray(start + from - offset, start + to - offset)))
        chunk.valid = Math.min(chunk.valid, from);
      else if (from <= chunk.valid) chunk.valid = Math.max(chunk.valid, to);
    }
    // The file ended at the tail, and does so behind what was written from there on.
    if (tail !== undefined && this.#tail === undefined && end === tail.index * CHUNK + tail.valid && tail.valid < CHUNK)
      this.#tail = tail;
  }

  /** The file has another content than its server last told of, by somebody of this domain. */
  changed(): void {
    this.#version++;
    this.#stamp = undefined;
  }

  /** The file is `size` bytes long from now on. */
  truncated(size: number): void {
    this.changed();
    this.#tail = undefined;
    this.#cache.cut(this, size);
    for (const chunk of [...this.#chunks.values()]) {
      const keep = Math.max(0, size - chunk.index * CHUNK);
      if (keep >= CHUNK) continue;
      if (keep === 0 && !chunk.pinned) this.drop(chunk);
      // What is cut off reads zero should the file grow again, in a mapping too.
      else if (this.#put(chunk, keep, ZEROES.subarray(keep))) chunk.valid = Math.min(chunk.valid, keep);
      else chunk.valid = 0;
    }
  }

  /** The objects that show `[offset, offset + length)`, loaded and kept from now on; or minus an error number. */
  *mapped(
    backend: FileBackend,
    offset: number,
    length: number,
    writable: boolean,
  ): Blocking<readonly MappedPart[] | number> {
    const first = Math.floor(offset / CHUNK);
    const last = Math.ceil((offset + length) / CHUNK);
    for (let index = first; index < last; ) {
      const known = this.#chunks.get(index);
      if (known !== undefined) {
        this.#cache.pin(known);
        index++;
        continue;
      }
      let end = index + 1;
      while (end < last && !this.#chunks.has(end)) end++;
      const piece = this.#cache.allocate(end - index);
      if (piece === undefined) return -ERRNO.ENOMEM;
      for (let at = index; at < end; at++) this.#add({ index: at, piece, offset: (at - index) * CHUNK, pinned: true });
      index = end;
    }
    if (writable) this.#mappedWritable = true;
    const parts: MappedPart[] = [];
    for (let index = first; index < last; index++) {
      const chunk = this.#chunks.get(index);
      if (chunk === undefined) return -ERRNO.EIO;
      const failed = yield* this.#load(backend, chunk);
      if (failed < 0) return failed;
      const from = Math.max(offset - index * CHUNK, 0);
      const to = Math.min(offset + length - index * CHUNK, CHUNK);
      const part = {
        at: index * CHUNK + from - offset,
        length: to - from,
        piece: chunk.piece,
        offset: chunk.offset + from,
      };
      const before = parts.at(-1);
      if (before !== undefined && before.piece === part.piece && before.offset + before.length === part.offset)
        parts[parts.length - 1] = { ...before, length: before.length + part.length };
      else parts.push(part);
    }
    return parts;
  }

  *#load(backend: FileBackend, chunk: Chunk): Blocking<number> {
    const start = chunk.index * CHUNK;
    while (chunk.valid < CHUNK) {
      const fetched = yield* this.#fetch(backend, start + chunk.valid, start + CHUNK);
      // Bytes that could not be kept: others changed the file meanwhile, so it is asked again.
      if (typeof fetched !== 'number') continue;
      if (fetched <= 0) return fetched;
    }
    return 0;
  }

  /** Lets go of a chunk. */
  drop(chunk: Chunk): void {
    this.#chunks.delete(chunk.index);
    if (this.#tail === chunk) this.#tail = undefined;
    this.#cache.removed(chunk);
  }

  dropEverything(): void {
    for (const chunk of [...this.#chunks.values()]) this.drop(chunk);
  }
}

function pageFloor(bytes: number): number {
  return bytes - (bytes % PAGE);
}

function stampOf({ size, modifiedNs, changedNs }: FileStatus): string {
  return `${size}:${modifiedNs}:${changedNs}`;
}

const ZEROES = new Uint8Array(CHUNK);

/** Copies from a chunk to `at` bytes into the sink: how many bytes there was room for. */
function copyOut(
  maker: SharedMemoryMaker | undefined,
  { piece, offset }: Chunk,
  from: number,
  length: number,
  sink: Sink,
  at: number,
): number {
  if (maker === undefined) return 0;
  const capId = piece.capability.idIn(maker.caps);
  if (capId === undefined) return 0;
  const { memory } = maker;
  if ('bytes' in sink)
    return memory.readObject(capId, offset + from, sink.bytes.subarray(at, at + length)) ? length : 0;
  return Math.max(0, memory.copyFromObject(capId, offset + from, sink.address + at, length));
}

/** Copies bytes that are not cached. */
function copyTo(sink: Sink, at: number, data: Uint8Array): number {
  if ('bytes' in sink) {
    sink.bytes.set(data, at);
    return data.length;
  }
  const wrote = sink.maker.memory.write(sink.address + at, data);
  return wrote === 0 && data.length > 0 ? -ERRNO.EFAULT : wrote;
}
