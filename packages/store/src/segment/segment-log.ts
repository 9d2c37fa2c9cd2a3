// The log: records appended to a chain of segments through one write buffer, read back from either, flushed in groups.
//
//   append ─► buffer ─ drain ─► file of the last segment ─ sync ─► durable
//                                  │ full: flushed there and then, and the next segment begins
//
// So all segments but the last are durable, and after any failure the log is a beginning of what was appended.
// A record lies wholly in the buffer or wholly in a file. Callers of `sync` that arrive during a flush share the next one.
// The first failed write or flush ends writing for good: what the platform then holds is unknown (a failed fsync may
// have dropped the pages), so only reopening, which reads what is there, may go on.
import { crc32c } from '../crc32c.ts';
import { StoreError } from '../store-error.ts';
import {
  encodeRecordHeader,
  encodeSegmentHeader,
  FIRST_RECORD_OFFSET,
  MAX_SEGMENT_BYTES,
  MAX_SEGMENTS,
  RECORD_HEADER_BYTES,
  recordSpan,
} from './record.ts';
import type { SegmentFile, SegmentFiles } from './segment-files.ts';

export interface RecordLocation {
  readonly segment: number;
  readonly offset: number;
}

/** What recovery found, or what a new store begins with. */
export interface LogState {
  readonly marker: number;
  readonly seed: number;
  /** Sequence number of the next record. */
  readonly nextSequence: number;
  /** Whole length of each segment, by number, in order. A last one of length 0 was never begun. */
  readonly segments: ReadonlyMap<number, number>;
  /** Whether records may follow in the last segment; otherwise the next one begins another. */
  readonly appendable: boolean;
}

export interface SegmentLogOptions {
  readonly segmentBytes: number;
  readonly bufferBytes: number;
  /** File handles kept open at one time. */
  readonly maxOpenFiles: number;
}

export function segmentName(segment: number): string {
  return `${String(segment).padStart(8, '0')}.seg`;
}

export class SegmentLog {
  readonly #files: SegmentFiles;
  readonly #options: SegmentLogOptions;
  readonly #marker: number;
  readonly #seed: number;
  /** Least recently used first. */
  readonly #handles = new Map<number, SegmentFile>();
  /** Whether the active segment's file has bytes that no flush covers yet. */
  #unsynced = false;
  /** The segment whose flush is under way, or 0. */
  #syncing = 0;
  #appendable: boolean;
  readonly #buffer: Uint8Array;
  #buffered = 0;
  /** Where in the active segment the buffer begins. */
  #bufferOffset = 0;
  #active = 0;
  #nextSequence: number;
  #durableSequence: number;
  #failure: StoreError | undefined;
  #flight: Promise<void> | undefined;
  #nextFlight: Promise<void> | undefined;

  constructor(files: SegmentFiles, state: LogState, options: SegmentLogOptions) {
    this.#files = files;
    this.#options = options;
    this.#marker = state.marker;
    this.#seed = state.seed;
    this.#nextSequence = state.nextSequence;
    this.#durableSequence = state.nextSequence;
    this.#appendable = state.appendable;
    this.#buffer = new Uint8Array(options.bufferBytes);
    for (const [segment, length] of state.segments) {
      this.#active = segment;
      this.#bufferOffset = length;
    }
    // What recovery read may be in the platform's cache only: the first flush covers it before anything new builds on it.
    this.#unsynced = this.#active > 0;
  }

  get failure(): StoreError | undefined {
    return this.#failure;
  }

  /**
   * Appends one record whose payload is `parts` in a row, the first `checked` of them under the payload checksum.
   * @throws {StoreError} `read-only` after a failure.
   */
  append(type: number, parts: readonly Uint8Array[], checked: number): RecordLocation {
    this.#writable();
    let length = 0;
    let payloadChecksum = 0;
    for (let i = 0; i < parts.length; i++) {
      length += parts[i]!.length;
      if (i < checked) payloadChecksum = crc32c(parts[i]!, 0, parts[i]!.length, payloadChecksum);
    }
    const span = recordSpan(length);
    const end = this.#bufferOffset + this.#buffered;
    if (this.#active === 0 || !this.#appendable) this.#rotate();
    else if (end === 0) this.#begin();
    else if (end > FIRST_RECORD_OFFSET && end + span > this.#options.segmentBytes) this.#rotate();
    if (this.#buffered + span > this.#buffer.length) this.#drain();
    const location = { segment: this.#active, offset: this.#bufferOffset + this.#buffered };
    const header = { type, ...location, length, payloadChecksum, sequence: this.#nextSequence };
    if (span <= this.#buffer.length) {
      const start = this.#buffered;
      encodeRecordHeader(this.#buffer, start, header, this.#marker, this.#seed);
      let at = start + RECORD_HEADER_BYTES;
      for (const part of parts) {
        this.#buffer.set(part, at);
        at += part.length;
      }
      this.#buffer.fill(0, at, start + span);
      this.#buffered += span;
    } else {
      const head = new Uint8Array(RECORD_HEADER_BYTES);
      encodeRecordHeader(head, 0, header, this.#marker, this.#seed);
      for (const part of [head, ...parts, new Uint8Array(span - RECORD_HEADER_BYTES - length)])
        this.#writeThrough(part);
    }
    this.#nextSequence++;
    return location;
  }

  /**
   * Fills `target` from `offset` of a segment. Returns the number of bytes there were.
   * @throws {StoreError} `io`.
   */
  read(segment: number, offset: number, target: Uint8Array): number {
    if (segment === this.#active && offset >= this.#bufferOffset) {
      const from = offset - this.#bufferOffset;
      const bytes = this.#buffer.subarray(from, Math.min(this.#buffered, from + target.length));
      target.set(bytes);
      return bytes.length;
    }
    try {
      return this.#handle(segment).read(target, offset);
    } catch (cause) {
      throw new StoreError('io', `Reading ${target.length} bytes of ${segmentName(segment)} failed: ${reason(cause)}`, {
        cause,
      });
    }
  }

  /** Resolves when every record appended before the call is durable. */
  sync(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#readOnly());
    if (this.#durableSequence === this.#nextSequence && !this.#unsynced) return Promise.resolve();
    if (this.#flight === undefined) return this.#takeOff();
    this.#nextFlight ??= this.#flight.then(
      () => this.#takeOff(),
      () => Promise.reject(this.#readOnly()),
    );
    return this.#nextFlight;
  }

  close(): void {
    for (const file of this.#handles.values()) file.close();
    this.#handles.clear();
    this.#files.close();
  }

  #takeOff(): Promise<void> {
    this.#nextFlight = undefined;
    const flight = this.#flush().finally(() => {
      this.#flight = undefined;
    });
    this.#flight = flight;
    return flight;
  }

  async #flush(): Promise<void> {
    const target = this.#nextSequence;
    try {
      this.#writable();
      this.#drain();
      if (this.#unsynced) {
        this.#unsynced = false; // what is written from here on counts for the next flush
        this.#syncing = this.#active;
        await this.#handle(this.#active).sync();
      }
      this.#durableSequence = target;
    } catch (cause) {
      throw this.#fail(cause);
    } finally {
      this.#syncing = 0;
    }
  }

  #rotate(): void {
    this.#drain();
    const segment = this.#active + 1;
    if (segment > MAX_SEGMENTS) throw this.#fail(new Error(`a store has at most ${MAX_SEGMENTS} segments`));
    try {
      // A flush that is under way has not said yet that it succeeded.
      if (this.#active > 0 && (this.#unsynced || this.#syncing === this.#active)) this.#handle(this.#active).syncNow();
      this.#handles.set(segment, this.#files.create(segmentName(segment)));
    } catch (cause) {
      throw this.#fail(cause);
    }
    this.#active = segment;
    this.#appendable = true;
    this.#bufferOffset = 0;
    this.#begin();
    this.#closeColdFiles();
  }

  /** Writes the header of the active segment, which is empty. */
  #begin(): void {
    const header = { segment: this.#active, firstSequence: this.#nextSequence, marker: this.#marker, seed: this.#seed };
    this.#writeThrough(encodeSegmentHeader(header));
  }

  #drain(): void {
    if (this.#buffered === 0) return;
    const bytes = this.#buffer.subarray(0, this.#buffered);
    this.#write(bytes, this.#bufferOffset);
    this.#bufferOffset += this.#buffered;
    this.#buffered = 0;
  }

  /** Writes past the empty buffer. */
  #writeThrough(bytes: Uint8Array): void {
    this.#write(bytes, this.#bufferOffset);
    this.#bufferOffset += bytes.length;
  }

  #write(bytes: Uint8Array, position: number): void {
    try {
      const file = this.#handle(this.#active);
      this.#unsynced = true;
      for (let done = 0; done < bytes.length; ) {
        const taken = file.write(bytes.subarray(done), position + done);
        if (!(taken > 0)) throw new Error(`the platform took ${done} of ${bytes.length} bytes and then none`);
        done += taken;
      }
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  #handle(segment: number): SegmentFile {
    let file = this.#handles.get(segment);
    if (file === undefined) {
      file = this.#files.open(segmentName(segment));
      this.#handles.set(segment, file);
      this.#closeColdFiles();
    } else if (this.#handles.size > 1) {
      this.#handles.delete(segment);
      this.#handles.set(segment, file);
    }
    return file;
  }

  #closeColdFiles(): void {
    for (const [segment, file] of this.#handles) {
      if (this.#handles.size <= this.#options.maxOpenFiles) return;
      if (segment === this.#active || segment === this.#syncing) continue;
      this.#handles.delete(segment);
      file.close();
    }
  }

  #fail(cause: unknown): StoreError {
    this.#failure ??=
      cause instanceof StoreError
        ? cause
        : new StoreError(
            'read-only',
            `Writing the log failed (${reason(cause)}). The engine reads on; reopen it to write.`,
            { cause },
          );
    return this.#failure;
  }

  #writable(): void {
    if (this.#failure !== undefined) throw this.#readOnly();
  }

  #readOnly(): StoreError {
    return new StoreError('read-only', `${this.#failure!.message}`, { cause: this.#failure!.cause });
  }
}

/** Options within what the format can hold. */
export function segmentLogOptions(options: Partial<SegmentLogOptions>): SegmentLogOptions {
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, Math.trunc(value)));
  return {
    segmentBytes: clamp(options.segmentBytes ?? 64 * 1024 * 1024, 4096, MAX_SEGMENT_BYTES),
    bufferBytes: clamp(options.bufferBytes ?? 1024 * 1024, 4096, 64 * 1024 * 1024) & ~7,
    maxOpenFiles: clamp(options.maxOpenFiles ?? 64, 2, 65536),
  };
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
