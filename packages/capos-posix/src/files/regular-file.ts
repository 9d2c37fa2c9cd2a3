// Regular file: an offset over a File capability (or a synthetic file), and what the page cache has of it.

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN, SEEK } from '../linux/file-flags.ts';
import type { SharedMemoryMaker } from '../memory/shared-memory.ts';
import { type Blocking, isBlocking, type MaybeBlocking, settle } from '../waiting.ts';
import type { FileBackend } from './backend.ts';
import type { CachedFile } from './cached-file.ts';
import type { Mount } from './directory-node.ts';
import type { AttributeChange, FileStatus, FileSystemStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

/** What one call to a File capability moves at most; a transfer beyond it takes several (bench `read-64k`). */
const CHUNK = 262_144;
/** A server may shorten a read for want of room, but never below this: less than that is the end of the file. */
const SHORTEST_FULL_READ = 16_384;
/** A server that has no room for a write is asked for less, down to this. */
const SMALLEST_WRITE = 1024;

/** Of holes; and how far SEEK_DATA and SEEK_HOLE look. */
const BLOCK = 4096;
const MOST_SCANNED = 64 * 1024 * 1024;

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}

export class RegularFile extends OpenFile {
  readonly backend: FileBackend;
  override readonly description: string;
  /** What it was when it was opened: which file it is, told without asking. */
  openedAs: Pick<FileStatus, 'device' | 'inode'> | undefined;
  /** Its mode and group when it was opened, if it has set-ID bits: they go with the first write of somebody without CAP_FSETID. */
  setId: Pick<FileStatus, 'mode' | 'gid'> | undefined;
  /** The mount it was opened in. */
  openedIn: Mount | undefined;
  #cached: CachedFile | undefined;
  readonly #fileSystemStatus: (() => MaybeBlocking<FileSystemStatus | number>) | undefined;

  constructor(
    backend: FileBackend,
    statusFlags: number,
    description: string,
    fileSystemStatus?: () => MaybeBlocking<FileSystemStatus | number>,
  ) {
    super(statusFlags);
    this.backend = backend;
    this.description = description;
    this.#fileSystemStatus = fileSystemStatus;
  }

  /** Reads and writes go by the page cache from now on. */
  useCache(cached: CachedFile): void {
    this.#cached = cached.retain();
  }

  get cached(): CachedFile | undefined {
    return this.#cached;
  }

  override get capabilities(): readonly SharedCapability[] {
    const { capability } = this.backend;
    return capability === undefined ? [] : [capability];
  }

  override get seekable(): boolean {
    return true;
  }

  override get pollable(): boolean {
    return false;
  }

  override read(length: number, position?: number): MaybeBlocking<Uint8Array | number> {
    const at = position ?? this.offset;
    if (this.#cached !== undefined) return this.#readCached(this.#cached, at, length, position);
    if (length <= SHORTEST_FULL_READ) {
      const got = this.backend.read(at, length);
      if (!isBlocking(got)) return this.#advance(got, position);
      return this.#finishRead(got, position);
    }
    return this.#readChunks(at, length, position);
  }

  /** Reads straight into the program's memory; undefined when the file is not cached. How many bytes, or minus an error number. */
  readInto(
    maker: SharedMemoryMaker,
    address: number,
    length: number,
    position?: number,
  ): MaybeBlocking<number> | undefined {
    const cached = this.#cached;
    if (cached === undefined) return undefined;
    const got = cached.read(this.backend, position ?? this.offset, length, { address, maker });
    if (isBlocking(got)) return this.#finishReadInto(got, position);
    if (position === undefined && got > 0) this.offset += got;
    return got;
  }

  *#finishReadInto(reading: Blocking<number>, position: number | undefined): Blocking<number> {
    const got = yield* reading;
    if (position === undefined && got > 0) this.offset += got;
    return got;
  }

  *#readCached(
    cached: CachedFile,
    at: number,
    length: number,
    position: number | undefined,
  ): Blocking<Uint8Array | number> {
    const bytes = new Uint8Array(length);
    const got = yield* settle(cached.read(this.backend, at, length, { bytes }));
    return got < 0 ? got : this.#advance(bytes.subarray(0, got), position);
  }

  #advance(got: Uint8Array | number, position: number | undefined): Uint8Array | number {
    if (position === undefined && typeof got !== 'number') this.offset += got.length;
    return got;
  }

  *#finishRead(got: Blocking<Uint8Array | number>, position: number | undefined): Blocking<Uint8Array | number> {
    return this.#advance(yield* got, position);
  }

  *#readChunks(at: number, length: number, position: number | undefined): Blocking<Uint8Array | number> {
    const parts: Uint8Array[] = [];
    let total = 0;
    while (total < length) {
      const part = yield* settle(this.backend.read(at + total, Math.min(CHUNK, length - total)));
      if (typeof part === 'number') {
        if (total === 0) return part;
        break;
      }
      if (part.length === 0) break;
      parts.push(part);
      total += part.length;
      if (part.length < SHORTEST_FULL_READ) break;
    }
    const single = parts[0];
    if (parts.length === 1 && single) return this.#advance(single, position);
    const all = new Uint8Array(total);
    let filled = 0;
    for (const part of parts) {
      all.set(part, filled);
      filled += part.length;
    }
    return this.#advance(all, position);
  }

  /** The bytes may lie in a buffer that is used again once this yields: they are copied then. */
  override write(lent: Uint8Array, position?: number): Blocking<number> {
    // pwrite to a file opened with O_APPEND appends too (pwrite(2), BUGS): programs have come to expect it.
    return this.#write(lent, position, (this.statusFlags & OPEN.APPEND) !== 0);
  }

  /** The same at `position`, or the offset, even in a file opened with O_APPEND. */
  writeAt(lent: Uint8Array, position: number | undefined): Blocking<number> {
    return this.#write(lent, position, false);
  }

  /** The same at the end even in a file not opened with O_APPEND; the offset follows unless there is a `position`. */
  append(lent: Uint8Array, position: number | undefined): Blocking<number> {
    return this.#write(lent, position, true);
  }

  *#write(lent: Uint8Array, position: number | undefined, append: boolean): Blocking<number> {
    let data = lent;
    let at = position ?? this.offset;
    let done = 0;
    let chunk = CHUNK;
    do {
      let part = data.subarray(done, done + chunk);
      const writing = this.backend.write(at, part, append);
      if (isBlocking(writing) && data === lent) {
        // The call has its own copy of them since it was begun.
        data = lent.slice();
        part = data.subarray(done, done + chunk);
      }
      const wrote = yield* settle(writing);
      if (wrote === -ERRNO.EMSGSIZE && part.length > SMALLEST_WRITE) {
        chunk = Math.max(SMALLEST_WRITE, part.length >> 1);
        continue;
      }
      if (typeof wrote === 'number') {
        if (done === 0) return wrote;
        break;
      }
      this.#cached?.wrote(wrote.offset - wrote.count, part.subarray(0, wrote.count));
      done += wrote.count;
      at = wrote.offset;
      if (wrote.count < part.length || wrote.count === 0) break;
    } while (done < data.length);
    if (position === undefined) this.offset = at;
    if ((this.statusFlags & OPEN.DSYNC) !== 0 && done > 0) {
      const synced = yield* settle(this.backend.sync((this.statusFlags & OPEN.SYNC) !== OPEN.SYNC));
      if (synced < 0) return synced;
    }
    return done;
  }

  override seek(offset: number, whence: number): MaybeBlocking<number> {
    if (whence === SEEK.SET) return this.#moveTo(offset);
    if (whence === SEEK.CUR) return this.#moveTo(this.offset + offset);
    if (whence === SEEK.END || whence === SEEK.DATA || whence === SEEK.HOLE) return this.#seekBySize(offset, whence);
    return -ERRNO.EINVAL;
  }

  #moveTo(offset: number): number {
    if (offset < 0 || !Number.isSafeInteger(offset)) return -ERRNO.EINVAL;
    this.offset = offset;
    return offset;
  }

  *#seekBySize(offset: number, whence: number): Blocking<number> {
    const status = yield* settle(this.backend.status());
    if (typeof status === 'number') return status;
    if (whence === SEEK.END) return this.#moveTo(status.size + offset);
    if (offset < 0 || offset >= status.size) return -ERRNO.ENXIO;
    const found = yield* this.#scan(offset, status.size, whence === SEEK.HOLE);
    return found < 0 ? found : this.#moveTo(found);
  }

  /**
   * The first block from `offset` on that is zero, or is not. No file system here tells its holes: blocks of zeros are taken for them,
   * which read the same (lseek(2)), and what is far away for data.
   */
  *#scan(offset: number, size: number, wantsHole: boolean): Blocking<number> {
    const end = Math.min(size, offset + MOST_SCANNED);
    for (let at = offset - (offset % BLOCK); at < end; ) {
      const bytes = yield* settle(this.read(Math.min(CHUNK, end - at), at));
      if (typeof bytes === 'number') return bytes;
      if (bytes.length === 0) break;
      for (let from = 0; from < bytes.length; from += BLOCK)
        if (isZero(bytes, from, Math.min(bytes.length, from + BLOCK)) === wantsHole) return Math.max(offset, at + from);
      // A short read ends within a block, which is looked at again unless it is the last.
      at += bytes.length < BLOCK ? bytes.length : bytes.length - (bytes.length % BLOCK);
    }
    if (wantsHole) return size;
    return end < size ? end : -ERRNO.ENXIO;
  }

  override status(): MaybeBlocking<FileStatus | number> {
    return this.backend.status();
  }

  override *truncate(size: number): Blocking<number> {
    const failed = yield* settle(this.backend.truncate(size));
    if (failed === 0) this.#cached?.truncated(size);
    return failed;
  }

  override sync(dataOnly: boolean): MaybeBlocking<number> {
    return this.backend.sync(dataOnly);
  }

  override setAttributes(change: AttributeChange): MaybeBlocking<number> {
    return this.backend.setAttributes(change);
  }

  override fileSystemStatus(): MaybeBlocking<FileSystemStatus | number> {
    return this.#fileSystemStatus ? this.#fileSystemStatus() : super.fileSystemStatus();
  }

  protected override close(): void {
    this.#cached?.release();
    this.backend.release();
  }
}
