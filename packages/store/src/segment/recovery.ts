// Reads a chain of segments back: every whole record in order, what is damaged, and where the torn tail begins.
//
//   valid header ─► payload checked ─► good ─► next record
//        │                 └ bad ─► damaged, but its length is known: next record
//        └ none ─► search for the next valid header ─┬ found: the bytes between are damage
//                                                    └ not found: in the last segment a torn tail, elsewhere damage
//
// A tail is torn only if nothing whole follows, so damage never costs a record that is still there. The log can't tell bytes
// that were never made durable (a power failure wrote pages out of order) from bytes that rotted: both are reported.
import { type BlobId, MAX_BLOB_ID_BYTES } from '../blob-id.ts';
import type { HashRegistry } from '../content-hash.ts';
import { crc32c } from '../crc32c.ts';
import type { Damage, RefChange } from '../engine.ts';
import { StoreError } from '../store-error.ts';
import {
  decodeRecordHeader,
  decodeSegmentHeader,
  FIRST_RECORD_OFFSET,
  RECORD_ALIGNMENT,
  RECORD_BLOB,
  RECORD_HEADER_BYTES,
  type RecordHeader,
  recordSpan,
  SEGMENT_MAGIC,
  type SegmentHeader,
} from './record.ts';
import { decodeRefs } from './refs-payload.ts';
import type { SegmentFile, SegmentFiles } from './segment-files.ts';
import { type LogState, segmentName } from './segment-log.ts';

export interface RecoveryTarget {
  blob(id: BlobId, segment: number, offset: number, size: number, damaged: boolean): void;
  refs(changes: readonly RefChange[]): void;
}

export interface Recovery {
  readonly state: LogState;
  readonly damage: readonly Damage[];
  /** Bytes cut off the last segment because they were no whole record. */
  readonly truncatedBytes: number;
}

const NAME = /^(\d{8})\.seg$/;
const WINDOW_BYTES = 256 * 1024;
/** Damage beyond this many places is counted in the last entry, not listed. */
const MAX_DAMAGE_ENTRIES = 1000;

/**
 * @param entropy draws the marker and the seed of a new store.
 * @throws {StoreError} `not-a-store` when there are files but no header of this format, `unsupported-version`, `io`.
 */
export function recover(
  files: SegmentFiles,
  hashes: HashRegistry,
  entropy: (target: Uint8Array) => void,
  target: RecoveryTarget,
): Recovery {
  const numbers: number[] = [];
  for (const name of files.list()) {
    const number = NAME.exec(name)?.[1];
    if (number !== undefined && Number(number) > 0) numbers.push(Number(number));
  }
  numbers.sort((a, b) => a - b);
  const opened = new Map<number, SegmentFile>();
  try {
    for (const number of numbers) opened.set(number, files.open(segmentName(number)));
    return new Recoverer(opened, hashes, entropy, target).run();
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      'io',
      `Reading the segments failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  } finally {
    for (const file of opened.values()) file.close();
  }
}

class Recoverer {
  readonly #opened: ReadonlyMap<number, SegmentFile>;
  readonly #hashes: HashRegistry;
  readonly #entropy: (target: Uint8Array) => void;
  readonly #target: RecoveryTarget;
  readonly #damage: Damage[] = [];
  #unlisted = 0;
  #marker = 0;
  #seed = 0;
  #nextSequence = 1;

  constructor(
    opened: ReadonlyMap<number, SegmentFile>,
    hashes: HashRegistry,
    entropy: (target: Uint8Array) => void,
    target: RecoveryTarget,
  ) {
    this.#opened = opened;
    this.#hashes = hashes;
    this.#entropy = entropy;
    this.#target = target;
  }

  run(): Recovery {
    const headers = this.#readHeaders();
    const segments = new Map<number, number>();
    const last = Math.max(0, ...this.#opened.keys());
    let truncatedBytes = 0;
    let expected = 0;
    for (const [number, file] of this.#opened) {
      if (expected !== 0 && number !== expected) this.#report(expected, 0, 0, `${segmentName(expected)} is not there`);
      expected = number + 1;
      const header = headers.get(number);
      if (header !== undefined && header.firstSequence > this.#nextSequence && number > 1)
        this.#gone(number, header.firstSequence);
      const size = file.size();
      let end = this.#scan(number, file, size, number === last);
      // A last segment without a record: the crash came while it was created, and it begins again.
      if (number === last && end <= FIRST_RECORD_OFFSET && (header === undefined || end < FIRST_RECORD_OFFSET)) end = 0;
      else if (header === undefined)
        this.#report(number, 0, FIRST_RECORD_OFFSET, 'no copy of the segment header is readable');
      if (number === last && end < size) {
        file.truncate(end);
        truncatedBytes += size - end;
      }
      segments.set(number, number === last ? end : size);
    }
    if (this.#unlisted > 0)
      this.#damage.push({ segment: last, from: 0, to: 0, reason: `and ${this.#unlisted} more places` });
    const state = {
      marker: this.#marker,
      seed: this.#seed,
      nextSequence: this.#nextSequence,
      segments,
      appendable: segments.get(last) === 0 || headers.has(last),
    };
    return { state, damage: this.#damage, truncatedBytes };
  }

  /** The headers that can be read; from any of them, or from chance in a new store, the marker and the seed. */
  #readHeaders(): Map<number, SegmentHeader> {
    const headers = new Map<number, SegmentHeader>();
    const block = new Uint8Array(FIRST_RECORD_OFFSET);
    for (const [number, file] of this.#opened) {
      const count = file.read(block, 0);
      const header = decodeSegmentHeader(block.subarray(0, count));
      if (header === undefined) continue;
      if ('version' in header) {
        throw new StoreError(
          'unsupported-version',
          `${segmentName(number)} has format ${header.version}; this engine reads 1.`,
        );
      }
      headers.set(number, header);
    }
    const first = headers.values().next().value;
    if (first === undefined) {
      if (!this.#neverBegun()) {
        throw new StoreError(
          'not-a-store',
          'The files have the names of segments, but none has a readable header. They are left as they are.',
        );
      }
      const drawn = new Uint8Array(8);
      this.#entropy(drawn);
      const view = new DataView(drawn.buffer);
      this.#marker = (view.getUint32(0, true) | 0x01000001) >>> 0; // never a run of zero bytes
      this.#seed = view.getUint32(4, true);
    } else {
      this.#marker = first.marker;
      this.#seed = first.seed;
    }
    return headers;
  }

  /** No segment, or a first one that a crash left without its header: short, or of the right size and still blank. */
  #neverBegun(): boolean {
    if (this.#opened.size === 0) return true;
    const only = this.#opened.get(1);
    if (this.#opened.size !== 1 || only === undefined) return false;
    const window = new Window(only, only.size());
    const short = only.size() < FIRST_RECORD_OFFSET;
    for (let at = 0; at < only.size(); at++) {
      const byte = window.bytes[window.hold(at, 1)];
      if (byte !== 0 && !(short && at < SEGMENT_MAGIC.length && byte === SEGMENT_MAGIC[at])) {
        // Past the magic, a short file may hold any part of a header.
        return short && at >= SEGMENT_MAGIC.length && window.bytes[0] === SEGMENT_MAGIC[0];
      }
    }
    return true;
  }

  /** Reads the records of one segment and returns where its last whole one ends. */
  #scan(number: number, file: SegmentFile, size: number, last: boolean): number {
    const window = new Window(file, size);
    let at = FIRST_RECORD_OFFSET;
    let end = Math.min(size, FIRST_RECORD_OFFSET);
    /** Records with a valid header and a bad payload since the last whole record. */
    let pending: { header: RecordHeader; at: number }[] = [];
    while (at < size) {
      const header = this.#headerAt(number, window, at, size);
      if (header === undefined) {
        const next = this.#search(number, window, at + RECORD_ALIGNMENT, size);
        if (next === undefined) break;
        this.#report(number, at, next, 'no record header is readable here');
        at = next;
        continue;
      }
      if (this.#take(number, file, window, at, header, last)) {
        for (const bad of pending) this.#bad(number, window, bad.at, bad.header);
        pending = [];
        if (header.sequence > this.#nextSequence && end === at) this.#gone(number, header.sequence);
        this.#nextSequence = header.sequence + 1;
        end = at + recordSpan(header.length);
      } else {
        pending.push({ header, at });
      }
      at += recordSpan(header.length);
    }
    if (last) return end;
    for (const bad of pending) {
      this.#bad(number, window, bad.at, bad.header);
      this.#nextSequence = bad.header.sequence + 1;
      end = bad.at + recordSpan(bad.header.length);
    }
    if (end < size) this.#report(number, end, size, 'the end of the segment is no whole record');
    return end;
  }

  /** A record header that makes sense at `at`: whole in the file, and later than the record before. */
  #headerAt(number: number, window: Window, at: number, size: number): RecordHeader | undefined {
    if (at + RECORD_HEADER_BYTES > size) return undefined;
    const start = window.hold(at, RECORD_HEADER_BYTES);
    const header = decodeRecordHeader(window.bytes, start, this.#marker, this.#seed);
    if (header === undefined || header.segment !== number || header.offset !== at) return undefined;
    if (header.sequence < this.#nextSequence) return undefined;
    return at + RECORD_HEADER_BYTES + header.length <= size ? header : undefined;
  }

  #search(number: number, window: Window, from: number, size: number): number | undefined {
    for (let at = from; at + RECORD_HEADER_BYTES <= size; at += RECORD_ALIGNMENT) {
      if (this.#headerAt(number, window, at, size) !== undefined) return at;
    }
    return undefined;
  }

  /** Hands a record on if its payload is whole. In the last segment, which may be torn anywhere, contents are hashed too. */
  #take(number: number, file: SegmentFile, window: Window, at: number, header: RecordHeader, last: boolean): boolean {
    if (header.type === RECORD_BLOB) {
      const id = this.#idOf(window, at, header);
      if (id === undefined) return false;
      if (last && !this.#contentMatches(file, id, at, header)) return false;
      this.#target.blob(id, number, at, header.length - id.length, false);
      return true;
    }
    const payload = new Uint8Array(header.length);
    if (file.read(payload, at + RECORD_HEADER_BYTES) !== payload.length) return false;
    if (crc32c(payload) !== header.payloadChecksum) return false;
    const changes = decodeRefs(payload);
    if (changes === undefined) return false;
    this.#target.refs(changes);
    return true;
  }

  /** A record that is followed by whole ones, so it was once written: its blob is known to be damaged. */
  #bad(number: number, window: Window, at: number, header: RecordHeader): void {
    const to = at + recordSpan(header.length);
    const id = header.type === RECORD_BLOB ? this.#idOf(window, at, header) : undefined;
    if (id !== undefined) this.#target.blob(id, number, at, header.length - id.length, true);
    const what = header.type === RECORD_BLOB ? 'a blob' : 'a transaction of names';
    this.#report(number, at, to, `${what} does not match its checksum`);
  }

  #idOf(window: Window, at: number, header: RecordHeader): BlobId | undefined {
    const want = Math.min(MAX_BLOB_ID_BYTES, header.length);
    if (want < 2) return undefined;
    const start = window.hold(at + RECORD_HEADER_BYTES, want);
    const idBytes = 2 + window.bytes[start + 1]!;
    if (idBytes < 18 || idBytes > want) return undefined;
    if (crc32c(window.bytes, start, start + idBytes) !== header.payloadChecksum) return undefined;
    return window.bytes.slice(start, start + idBytes);
  }

  #contentMatches(file: SegmentFile, id: BlobId, at: number, header: RecordHeader): boolean {
    const algorithm = this.#hashes.byCode(id[0]!);
    // A hash that is not registered here can't be checked: the blob is kept, and reading it says so.
    if (algorithm === undefined || algorithm.digestBytes !== id[1]) return true;
    const content = new Uint8Array(header.length - id.length);
    if (file.read(content, at + RECORD_HEADER_BYTES + id.length) !== content.length) return false;
    const digest = algorithm.hash(content);
    return digest.every((byte, i) => byte === id[i + 2]);
  }

  #gone(number: number, sequence: number): void {
    this.#report(number, 0, 0, `the records ${this.#nextSequence} to ${sequence - 1} are not there`);
    this.#nextSequence = sequence;
  }

  #report(segment: number, from: number, to: number, reason: string): void {
    if (this.#damage.length < MAX_DAMAGE_ENTRIES) this.#damage.push({ segment, from, to, reason });
    else this.#unlisted++;
  }
}

/** A piece of a file, read ahead. */
class Window {
  readonly bytes: Uint8Array = new Uint8Array(WINDOW_BYTES);
  readonly #file: SegmentFile;
  readonly #size: number;
  #from = 0;
  #length = 0;

  constructor(file: SegmentFile, size: number) {
    this.#file = file;
    this.#size = size;
  }

  /** Makes `length` bytes at `at` of the file present and returns where in `bytes` they begin. */
  hold(at: number, length: number): number {
    if (at < this.#from || at + length > this.#from + this.#length) {
      this.#from = at;
      this.#length = this.#file.read(this.bytes.subarray(0, Math.min(WINDOW_BYTES, this.#size - at)), at);
      this.bytes.fill(0, this.#length);
    }
    return at - this.#from;
  }
}
