// The durable engine: an append-only log of self-checking records, and an index of it in memory that opening rebuilds.
//
//   put ──► index knows it? ── yes ─► done           commit ──► decide ─► refs record ─► names in memory
//                │ no                                get ──► index ─► record ─► hash it ─► content
//                └─► blob record ─► index
//
// A refs record comes after the blobs it names, in the same log: one flush makes both durable, and what survives a crash
// is always a beginning of what was accepted.
import { type BlobId, checkBlobId, formatBlobId, sameBytes } from '../blob-id.ts';
import type { CommitOutcome, Damage, Engine, EngineStatus, ListQuery, RefChange, RefPage } from '../engine.ts';
import {
  clampRange,
  type EngineBounds,
  type EngineOptions,
  engineBounds,
  fullError,
  identify,
  matches,
} from '../engine-options.ts';
import { RefTable } from '../ref-table.ts';
import { StoreError } from '../store-error.ts';
import { BlobIndex, type BlobLocation } from './blob-index.ts';
import { RecentContents } from './recent-contents.ts';
import { RECORD_BLOB, RECORD_HEADER_BYTES, RECORD_REFS } from './record.ts';
import { recover } from './recovery.ts';
import { encodeRefs } from './refs-payload.ts';
import type { SegmentFiles } from './segment-files.ts';
import { SegmentLog, type SegmentLogOptions, segmentLogOptions } from './segment-log.ts';

export interface SegmentEngineOptions extends EngineOptions, Partial<SegmentLogOptions> {
  /** Fills its argument with unpredictable bytes. They keep clients from forging log records inside their blobs. */
  readonly entropy: (target: Uint8Array) => void;
}

export interface SegmentEngineStatus extends EngineStatus {
  /** Bytes that opening cut off the end of the log because they were no whole record. */
  readonly truncatedBytes: number;
}

export interface SegmentEngine extends Engine {
  status(): SegmentEngineStatus;
}

class LogEngine implements SegmentEngine {
  readonly #bounds: EngineBounds;
  readonly #index = new BlobIndex();
  readonly #refs: RefTable;
  readonly #log: SegmentLog;
  readonly #recent = new RecentContents();
  readonly #damage: readonly Damage[];
  readonly #truncatedBytes: number;
  #closed = false;

  constructor(files: SegmentFiles, options: SegmentEngineOptions) {
    this.#bounds = engineBounds(options);
    // Bounds stop new blobs and names, never the reading of those there are.
    this.#refs = new RefTable(this.#bounds.maxRefs);
    const recovery = recover(files, this.#bounds.hashes, options.entropy, {
      blob: (id, segment, offset, size, damaged) => this.#index.add(id, segment, offset, size, damaged),
      refs: (changes) => this.#refs.apply(changes),
    });
    this.#damage = recovery.damage;
    this.#truncatedBytes = recovery.truncatedBytes;
    this.#log = new SegmentLog(files, recovery.state, segmentLogOptions(options));
  }

  put(content: Uint8Array, algorithm?: number): BlobId {
    this.#open();
    const id = identify(content, algorithm, this.#bounds);
    if (this.#locate(id) === undefined) {
      if (this.#index.count >= this.#bounds.maxBlobs) throw fullError(this.#bounds.maxBlobs);
      const { segment, offset } = this.#log.append(RECORD_BLOB, [id, content], 1);
      this.#index.add(id, segment, offset, content.length);
    }
    return id;
  }

  get(id: BlobId, offset: number = 0, length: number = Number.MAX_SAFE_INTEGER): Uint8Array | undefined {
    this.#open();
    checkBlobId(id, this.#bounds.hashes);
    const key = this.#recent.get(formatBlobId(id));
    if (key !== undefined) {
      const { from, to } = clampRange(key.length, offset, length);
      return key.slice(from, to);
    }
    const content = this.#content(id);
    if (content === undefined) return undefined;
    const { from, to } = clampRange(content.length, offset, length);
    if (from === 0 && to === content.length) return content;
    this.#recent.add(formatBlobId(id), content);
    return content.slice(from, to);
  }

  size(id: BlobId): number | undefined {
    this.#open();
    checkBlobId(id, this.#bounds.hashes);
    return this.#locate(id)?.size;
  }

  stream(id: BlobId, chunkBytes: number = 65536): IterableIterator<Uint8Array> | undefined {
    this.#open();
    checkBlobId(id, this.#bounds.hashes);
    const location = this.#locate(id);
    return location === undefined ? undefined : this.#pieces(id.slice(), location, Math.max(1, Math.trunc(chunkBytes)));
  }

  resolve(name: string): BlobId | undefined {
    this.#open();
    return this.#refs.resolve(name);
  }

  commit(changes: readonly RefChange[]): CommitOutcome {
    this.#open();
    const outcome = this.#refs.evaluate(changes, (id) => {
      checkBlobId(id, this.#bounds.hashes);
      return this.#locate(id) !== undefined;
    });
    if (outcome.outcome === 'committed') {
      this.#log.append(RECORD_REFS, [encodeRefs(changes)], 1);
      this.#refs.apply(changes);
    }
    return outcome;
  }

  list(query?: ListQuery): RefPage {
    this.#open();
    return this.#refs.list(query);
  }

  async sync(): Promise<void> {
    this.#open();
    await this.#log.sync();
  }

  status(): SegmentEngineStatus {
    return {
      blobs: this.#index.count,
      refs: this.#refs.count,
      writable: !this.#closed && this.#log.failure === undefined,
      damage: this.#damage,
      truncatedBytes: this.#truncatedBytes,
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#recent.clear();
    try {
      if (this.#log.failure === undefined) await this.#log.sync();
    } finally {
      this.#log.close();
    }
  }

  /** Where the undamaged record of `id` lies. */
  #locate(id: BlobId): BlobLocation | undefined {
    return this.#index.find(id, (location) => {
      if (location.damaged) return false;
      const stored = new Uint8Array(id.length);
      const count = this.#log.read(location.segment, location.offset + RECORD_HEADER_BYTES, stored);
      return count === stored.length && sameBytes(stored, id);
    });
  }

  /** The checked content of `id`, or undefined when no record names it. */
  #content(id: BlobId): Uint8Array | undefined {
    let content: Uint8Array | undefined;
    let damaged = false;
    this.#index.find(id, (location) => {
      if (location.damaged) {
        damaged = true;
        return false;
      }
      const payload = new Uint8Array(id.length + location.size);
      const count = this.#log.read(location.segment, location.offset + RECORD_HEADER_BYTES, payload);
      if (count === payload.length && matches(id, payload.subarray(id.length), this.#bounds.hashes)) {
        content = payload.subarray(id.length);
        return true;
      }
      // Another blob with the same eight bytes of digest is rare and whole; anything else is damage.
      if (count !== payload.length || !this.#wholeBlob(payload)) {
        this.#index.markDamaged(location);
        damaged = true;
      }
      return false;
    });
    if (content === undefined && damaged) throw corrupt(id);
    return content;
  }

  #wholeBlob(payload: Uint8Array): boolean {
    const id = payload.subarray(0, 2 + payload[1]!);
    try {
      return matches(id, payload.subarray(id.length), this.#bounds.hashes);
    } catch {
      return false;
    }
  }

  *#pieces(id: BlobId, location: BlobLocation, chunkBytes: number): IterableIterator<Uint8Array> {
    const hash = this.#bounds.hashes.byCode(id[0]!)!.create();
    const from = location.offset + RECORD_HEADER_BYTES + id.length;
    for (let at = 0; at < location.size; at += chunkBytes) {
      this.#open();
      const piece = new Uint8Array(Math.min(chunkBytes, location.size - at));
      const count = this.#log.read(location.segment, from + at, piece);
      hash.update(piece);
      const last = at + chunkBytes >= location.size;
      if (count !== piece.length || (last && !sameBytes(hash.digest(), id.subarray(2)))) throw corrupt(id);
      yield piece;
    }
  }

  #open(): void {
    if (this.#closed) throw new StoreError('closed', 'The engine was closed. Open it again to use it.');
  }
}

function corrupt(id: BlobId): StoreError {
  return new StoreError(
    'corrupt',
    `The stored bytes of ${formatBlobId(id)} do not match it. Put the content again to repair it.`,
  );
}

/**
 * Opens the store in `files`, or begins one there. Everything read back is durable when it resolves. The files belong to
 * the engine from here on; `close` releases them.
 * @throws {StoreError} `not-a-store`, `unsupported-version`, `io`, `read-only`.
 */
export async function segmentEngine(files: SegmentFiles, options: SegmentEngineOptions): Promise<SegmentEngine> {
  let engine: LogEngine;
  try {
    engine = new LogEngine(files, options);
  } catch (cause) {
    files.close();
    throw cause;
  }
  try {
    await engine.sync();
  } catch (cause) {
    await engine.close();
    throw cause;
  }
  return engine;
}
