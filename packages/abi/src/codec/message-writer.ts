// Writing half of the codecs' run-time: pointers, texts and data. Nothing here reads back what it wrote: the buffer may
// be memory that somebody else rewrites meanwhile.
//
// `top` is the byte index of the first free word, `end` the index after the last that may be used; writers answer the new
// top. Bodies go out in preorder, as the canonical form wants.

import { encodeUtf8, utf8Length } from '../utf8.ts';
import { CodecError } from './codec-error.ts';
import { MAX_DEPTH } from './message-reader.ts';

/** Checks where a message is to go and answers the index after the last byte it may use. */
export function beginWrite(bytes: Uint8Array, offset: number, limit: number): number {
  const end = offset + limit;
  if (!(Number.isInteger(offset) && offset >= 0 && limit >= 0 && end <= bytes.length)) {
    throw new CodecError('badRange', `${limit} bytes at ${offset} of ${bytes.length}: give a range inside the buffer`);
  }
  return end;
}

export function noRoom(needed: number, there: number): CodecError {
  return new CodecError(
    'noRoom',
    `the message needs ${needed} more bytes and ${there} are left: give it a larger buffer`,
  );
}

export function outOfRange(field: string, value: unknown): CodecError {
  const shown =
    typeof value === 'bigint' ? `${value}n` : typeof value === 'string' ? `"${value.slice(0, 40)}"` : String(value);
  return new CodecError('outOfRange', `${field} can't be ${shown}: give a value that its type in the schema has`);
}

export function tooDeep(): CodecError {
  return new CodecError('tooDeep', `a value more than ${MAX_DEPTH} pointers deep, or one that contains itself`);
}

const scratch = new ArrayBuffer(8);
const scratch32 = new Int32Array(scratch);
const scratchUint64 = new BigUint64Array(scratch);
const scratchInt64 = new BigInt64Array(scratch);
const scratchFloat32 = new Float32Array(scratch);
const scratchFloat64 = new Float64Array(scratch);
scratchUint64[0] = 1n;
const LOW = scratch32[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** The upper half of the number that the last `split…` took apart. */
export let high = 0;

/** Takes a UInt64 apart: answers the lower half and leaves the upper in `high`. */
export function splitUint64(value: bigint, field: string): number {
  if (typeof value !== 'bigint') throw outOfRange(field, value);
  scratchUint64[0] = value;
  if (scratchUint64[0] !== value) throw outOfRange(field, value);
  high = scratch32[HIGH]!;
  return scratch32[LOW]!;
}

/** Takes an Int64 apart as {@link splitUint64} does. */
export function splitInt64(value: bigint, field: string): number {
  if (typeof value !== 'bigint') throw outOfRange(field, value);
  scratchInt64[0] = value;
  if (scratchInt64[0] !== value) throw outOfRange(field, value);
  high = scratch32[HIGH]!;
  return scratch32[LOW]!;
}

/** Takes a Float64 apart as {@link splitUint64} does. */
export function splitFloat64(value: number, field: string): number {
  if (typeof value !== 'number') throw outOfRange(field, value);
  scratchFloat64[0] = value;
  high = scratch32[HIGH]!;
  return scratch32[LOW]!;
}

/** The bits of a Float32. */
export function bitsOfFloat32(value: number, field: string): number {
  if (typeof value !== 'number') throw outOfRange(field, value);
  scratchFloat32[0] = value;
  return scratch32[0]!;
}

/** Whether a Float64 has other bits than the halves given. */
export function differsFloat64(value: number, low: number, highHalf: number): boolean {
  scratchFloat64[0] = value;
  return scratch32[LOW] !== low || scratch32[HIGH] !== highHalf;
}

/** Whether a Float32 has other bits than those given. */
export function differsFloat32(value: number, bits: number): boolean {
  scratchFloat32[0] = value;
  return scratch32[0] !== bits;
}

export function putUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
}

export function putInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

/** Writes a null pointer, or any word of zeros. */
export function putNull(bytes: Uint8Array, at: number): void {
  putInt32(bytes, at, 0);
  putInt32(bytes, at + 4, 0);
}

/** Writes the struct pointer at `at` to a body at `target`; one without a body points at itself (canonical form). */
export function putStructPointer(bytes: Uint8Array, at: number, target: number, size: number): void {
  putInt32(bytes, at, size === 0 ? -4 : (target - at - 8) >> 1);
  putInt32(bytes, at + 4, size);
}

const MAX_COUNT = 0x1fff_ffff;

/** Writes the list pointer at `at`; `size` counts elements, or words for a list of structs (`element` 7). */
export function putListPointer(bytes: Uint8Array, at: number, target: number, element: number, size: number): void {
  if (size > MAX_COUNT) {
    throw new CodecError('outOfRange', `a list of ${size} elements: Cap'n Proto counts up to ${MAX_COUNT}`);
  }
  putInt32(bytes, at, ((target - at - 8) >> 1) | 1);
  putInt32(bytes, at + 4, (size << 3) | element);
}

/** Words that a Text takes. */
export function textWords(text: string): number {
  return (utf8Length(text) + 8) >>> 3;
}

/**
 * Writes a Text and its pointer at `at`. An empty one is written, not null: the caller decides that. It is taken for ASCII until
 * the last unit has been seen: one pass for most texts, and what was written is written again for the others (`codec` bench).
 */
export function writeText(text: string, bytes: Uint8Array, at: number, top: number, end: number): number {
  const length = text.length;
  const next = top + ((length + 8) & ~7);
  if (next > end) throw noRoom(next - top, end - top);
  let units = 0;
  let index = top;
  for (let from = 0; from < length; from++) {
    const unit = text.charCodeAt(from);
    units |= unit;
    bytes[index++] = unit;
  }
  if (units >= 0x80) return writeLongText(text, bytes, at, top, end);
  while (index < next) bytes[index++] = 0;
  putListPointer(bytes, at, top, 2, length + 1);
  return next;
}

/** Writes a Text of more than ASCII. */
function writeLongText(text: string, bytes: Uint8Array, at: number, top: number, end: number): number {
  const length = utf8Length(text);
  const next = top + ((length + 8) & ~7);
  if (next > end) throw noRoom(next - top, end - top);
  let index = encodeUtf8(text, bytes, top);
  while (index < next) bytes[index++] = 0;
  putListPointer(bytes, at, top, 2, length + 1);
  return next;
}

/** Words that Data takes. */
export function dataWords(data: Uint8Array): number {
  return (data.length + 7) >>> 3;
}

/** Writes Data and its pointer at `at`. */
export function writeData(data: Uint8Array, bytes: Uint8Array, at: number, top: number, end: number): number {
  const length = data.length;
  const next = top + ((length + 7) & ~7);
  if (next > end) throw noRoom(next - top, end - top);
  putListPointer(bytes, at, top, 2, length);
  if (length < 48) for (let index = 0; index < length; index++) bytes[top + index] = data[index]!;
  else bytes.set(data, top);
  for (let index = top + length; index < next; index++) bytes[index] = 0;
  return next;
}

/** Writes the pointer to a capability; null for −1. */
export function putCapability(ordinal: number, bytes: Uint8Array, at: number, field: string): void {
  if (ordinal === -1) {
    putNull(bytes, at);
    return;
  }
  if (ordinal >>> 0 !== ordinal) throw outOfRange(field, ordinal);
  putInt32(bytes, at, 3);
  putInt32(bytes, at + 4, ordinal);
}
