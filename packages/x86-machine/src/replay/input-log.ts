// The input log: everything that came into a run from outside, in order, and when. With it and the same start the run is repeated.
//
//   "capOSlog" │ version u32 │ seed u64 │ start ns u64 │ ns per instruction u32 │ subject: length u32, bytes
//   entries:    kind u8 │ at: more than the last, varint │ time: ns more than the last, varint │ name: length u8, Latin-1
//               │ payload: length varint, bytes
//
//   input   something arrived at this moment, under a name: console bytes, a key, an interrupt
//   answer  the run asked the outside something of this name, and this is what it was told: a file's bytes
//   end     the run was over: payload is the state's hash, if the recorder took one
//
// `at` counts what the recorder goes by: instructions of a machine, steps of a system. Little-endian; varints are LEB128 of at most
// 53 bits. A log is data from outside: reading one throws MachineError `badLog`, and takes no memory that the bytes do not have.

import { MachineError } from '../machine-error.ts';

const MAGIC = 'capOSlog';
const VERSION = 1;
const FIXED_HEADER = 36;
const MOST_SUBJECT = 0x1_0000;
const KINDS = ['input', 'answer', 'end'] as const;

export interface LogHeader {
  readonly seed: bigint;
  readonly startNs: number;
  readonly nsPerInstruction: number;
  /** What was run: whatever the embedder wants to find the same at the replay, 64 KiB at most. */
  readonly subject: Uint8Array;
}

export interface LogEntry {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly timeNs: number;
  /** 255 characters of Latin-1 at most. */
  readonly name: string;
  readonly payload: Uint8Array;
}

/** Writes a log piece by piece. */
export class InputLogWriter {
  readonly #write: (bytes: Uint8Array) => void;
  #at = 0;
  #timeNs: number;

  /** Writes the header. @throws MachineError `badConfiguration` when the subject is too long */
  constructor(header: LogHeader, write: (bytes: Uint8Array) => void) {
    const { seed, startNs, nsPerInstruction, subject } = header;
    if (subject.length > MOST_SUBJECT) {
      throw new MachineError(
        'badConfiguration',
        `a log's subject of ${subject.length} bytes: at most ${MOST_SUBJECT} fit`,
      );
    }
    this.#write = write;
    this.#timeNs = startNs;
    const bytes = new Uint8Array(FIXED_HEADER + subject.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
    view.setUint32(8, VERSION, true);
    view.setBigUint64(12, seed, true);
    view.setBigUint64(20, BigInt(startNs), true);
    view.setUint32(28, nsPerInstruction, true);
    view.setUint32(32, subject.length, true);
    bytes.set(subject, FIXED_HEADER);
    write(bytes);
  }

  /** Entries come in order: neither `at` nor `timeNs` goes back. */
  add({ kind, at, timeNs, name, payload }: LogEntry): void {
    if (at < this.#at || timeNs < this.#timeNs || name.length > 255) {
      throw new MachineError(
        'badConfiguration',
        `a log entry ${name} at ${at}, ${timeNs} ns: it may not be before ${this.#at}, ${this.#timeNs} ns, its name not over 255`,
      );
    }
    const bytes: number[] = [KINDS.indexOf(kind)];
    putVarint(bytes, at - this.#at);
    putVarint(bytes, Math.round(timeNs - this.#timeNs));
    bytes.push(name.length);
    for (let i = 0; i < name.length; i++) bytes.push(name.charCodeAt(i) & 0xff);
    putVarint(bytes, payload.length);
    this.#write(Uint8Array.from(bytes));
    if (payload.length > 0) this.#write(payload);
    this.#at = at;
    this.#timeNs = timeNs;
  }
}

function putVarint(into: number[], value: number): void {
  let left = value;
  while (left >= 0x80) {
    into.push((left % 0x80) | 0x80);
    left = Math.floor(left / 0x80);
  }
  into.push(left);
}

/** Reads a log entry by entry. */
export class InputLogReader {
  readonly header: LogHeader;
  readonly #bytes: Uint8Array;
  #offset: number;
  #number = 0;
  #at = 0;
  #timeNs: number;
  #next: LogEntry | undefined;

  /** @throws MachineError `badLog` */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < MAGIC.length; i++) {
      if (bytes[i] !== MAGIC.charCodeAt(i)) throw bad('it does not begin as one: is it another file?');
    }
    if (bytes.length < FIXED_HEADER) throw bad('its header is cut off');
    const version = view.getUint32(8, true);
    if (version !== VERSION)
      throw bad(`it is of version ${version}, and this is read by version ${VERSION}: record it anew`);
    const subjectBytes = view.getUint32(32, true);
    const startNs = Number(view.getBigUint64(20, true));
    const nsPerInstruction = view.getUint32(28, true);
    if (subjectBytes > MOST_SUBJECT || FIXED_HEADER + subjectBytes > bytes.length) throw bad('its header is cut off');
    if (!Number.isSafeInteger(startNs) || nsPerInstruction === 0) throw bad('its clock is none');
    this.header = {
      seed: view.getBigUint64(12, true),
      startNs,
      nsPerInstruction,
      subject: bytes.subarray(FIXED_HEADER, FIXED_HEADER + subjectBytes),
    };
    this.#offset = FIXED_HEADER + subjectBytes;
    this.#timeNs = startNs;
  }

  /** The next entry, which stays the next; undefined at the end. @throws MachineError `badLog` */
  peek(): LogEntry | undefined {
    this.#next ??= this.#read();
    return this.#next;
  }

  /** The next entry. @throws MachineError `badLog` */
  take(): LogEntry | undefined {
    const entry = this.peek();
    this.#next = undefined;
    return entry;
  }

  #read(): LogEntry | undefined {
    if (this.#offset === this.#bytes.length) return undefined;
    this.#number++;
    const kind = KINDS[this.#byte()];
    if (kind === undefined) throw this.#damaged('is of no kind that there is');
    this.#at += this.#varint();
    this.#timeNs += this.#varint();
    if (!Number.isSafeInteger(this.#at) || !Number.isSafeInteger(this.#timeNs))
      throw this.#damaged('is beyond all time');
    let name = '';
    for (let left = this.#byte(); left > 0; left--) name += String.fromCharCode(this.#byte());
    const length = this.#varint();
    if (length > this.#bytes.length - this.#offset) throw this.#damaged('is cut off');
    const payload = this.#bytes.subarray(this.#offset, this.#offset + length);
    this.#offset += length;
    return { kind, at: this.#at, timeNs: this.#timeNs, name, payload };
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++];
    if (byte === undefined) throw this.#damaged('is cut off');
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 53; scale *= 0x80) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
    }
    throw this.#damaged('has a number of more than 53 bits');
  }

  #damaged(what: string): MachineError {
    return bad(`entry ${this.#number} ${what}`);
  }
}

const bad = (what: string): MachineError => new MachineError('badLog', `reading an input log: ${what}`);
