// Reading half of the codecs' run-time: pointers are followed here, generated code reads the fields.
//
//   struct pointer   lsb │ 00 │ offset:30 │ data words:16 │ pointers:16 │
//   list pointer         │ 01 │ offset:30 │ element:3 │ count:29         │   element 7: words, and a tag word first
//   far pointer          │ 10 │ refused: messages here are one segment
//   capability           │ 11 │ 0:30      │ ordinal:32                    │
//
// (Cap'n Proto encoding spec.) Bytes are loaded one by one from a Uint8Array: no DataView has to be made per message, and
// each byte of a field is loaded exactly once, which a rewriting neighbour can't turn into two different answers.
// Results of a follow are left in `found`, which the caller copies to locals before following anything else.

import { decodeUtf8 } from '../utf8.ts';
import { CodecError } from './codec-error.ts';

/** Pointers on the longest path that is read. */
export const MAX_DEPTH = 64;

/** Where the last followed pointer led. */
export const found: { at: number; data: number; pointers: number; count: number; step: number } = {
  /** Byte index of the struct's data section or of the list's first element. */
  at: 0,
  /** Bytes of the data section; for lists, of each element's. */
  data: 0,
  /** Pointers of the pointer section; for lists, of each element's. */
  pointers: 0,
  /** Elements of the list. */
  count: 0,
  /** Bytes from one element to the next. */
  step: 0,
};

// Words that may still be read. Eight per word of the message, because a list of bytes may be read as a list of structs,
// and 1,024 besides for elements without size: a tree without sharing never comes near it.
let budget = 0;

/** Checks the range of a message before anything is read, and sets its budget. */
export function beginMessage(bytes: Uint8Array, offset: number, length: number): void {
  if (
    !(Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= bytes.length) ||
    length % 8 !== 0
  ) {
    throw new CodecError(
      'badRange',
      `a message of ${length} bytes at ${offset} of ${bytes.length}: give a range of whole 8-byte words inside the buffer`,
    );
  }
  budget = length + 1024;
}

function spend(words: number): void {
  budget -= words;
  if (budget < 0) {
    throw new CodecError('tooCostly', 'the message points at the same words again and again: refuse its sender');
  }
}

export function getUint16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

/** The 32 bits at `at`, as a signed number. */
export function getInt32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

// A bigint or double is put together in eight bytes of our own: 4 ns, where shifting bigints took 60 (`codec` bench).
const scratch = new ArrayBuffer(8);
const scratch32 = new Int32Array(scratch);
const scratchUint64 = new BigUint64Array(scratch);
const scratchInt64 = new BigInt64Array(scratch);
const scratchFloat32 = new Float32Array(scratch);
const scratchFloat64 = new Float64Array(scratch);
scratchUint64[0] = 1n;
/** Index of the low half of a 64-bit number on this host. */
const LOW = scratch32[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/** Reads a UInt64 whose default has the halves given. */
export function getUint64(bytes: Uint8Array, at: number, defaultLow: number, defaultHigh: number): bigint {
  scratch32[LOW] = getInt32(bytes, at) ^ defaultLow;
  scratch32[HIGH] = getInt32(bytes, at + 4) ^ defaultHigh;
  return scratchUint64[0]!;
}

/** Reads an Int64 whose default has the halves given. */
export function getInt64(bytes: Uint8Array, at: number, defaultLow: number, defaultHigh: number): bigint {
  scratch32[LOW] = getInt32(bytes, at) ^ defaultLow;
  scratch32[HIGH] = getInt32(bytes, at + 4) ^ defaultHigh;
  return scratchInt64[0]!;
}

/** Reads a Float32 whose default has the bits given. */
export function getFloat32(bytes: Uint8Array, at: number, defaultBits: number): number {
  scratch32[0] = getInt32(bytes, at) ^ defaultBits;
  return scratchFloat32[0]!;
}

/** Reads a Float64 whose default has the halves given. */
export function getFloat64(bytes: Uint8Array, at: number, defaultLow: number, defaultHigh: number): number {
  scratch32[LOW] = getInt32(bytes, at) ^ defaultLow;
  scratch32[HIGH] = getInt32(bytes, at + 4) ^ defaultHigh;
  return scratchFloat64[0]!;
}

function wrongPointer(low: number, expected: string): CodecError {
  const kind = low & 3;
  if (kind === 2) return new CodecError('farPointer', 'a far pointer: send the message as one segment');
  const is = kind === 0 ? 'struct' : kind === 1 ? 'list' : 'capability';
  return new CodecError('wrongPointer', `a ${is} pointer where the schema has ${expected}`);
}

function outOfBounds(what: string): CodecError {
  return new CodecError('outOfBounds', `a ${what} lies outside its message`);
}

/**
 * Follows the struct pointer at `at` into `found`.
 * @returns false when it is null
 */
export function followStruct(bytes: Uint8Array, at: number, start: number, end: number, depth: number): boolean {
  const low = getInt32(bytes, at);
  const high = getInt32(bytes, at + 4);
  if ((low | high) === 0) return false;
  if ((low & 3) !== 0) throw wrongPointer(low, 'a struct');
  if (depth <= 0) throw new CodecError('tooDeep', `more than ${MAX_DEPTH} pointers deep: send a flatter message`);
  const target = at + 8 + (low >> 2) * 8;
  const data = (high & 0xffff) * 8;
  const pointers = high >>> 16;
  const size = data + pointers * 8;
  if (target < start || target + size > end) throw outOfBounds('struct');
  spend(1 + (size >>> 3));
  found.at = target;
  found.data = data;
  found.pointers = pointers;
  return true;
}

/** Bytes of an element by the element-size code of a list pointer; bits and structs are handled apart. */
const ELEMENT_BYTES = [0, 0, 1, 2, 4, 8, 8];
const BIT = 1;
const BYTE = 2;
const POINTER = 6;
const COMPOSITE = 7;

/**
 * Follows the list pointer at `at` into `found`, as a list of what `expected` says: an element-size code, 7 for structs.
 * Lists of larger elements serve as lists of smaller ones, structs as lists of their first field, and lists of numbers or
 * pointers as lists of structs, as the evolution rules of the encoding allow; bits mix with nothing.
 * @returns false when it is null
 */
export function followList(
  bytes: Uint8Array,
  at: number,
  start: number,
  end: number,
  depth: number,
  expected: number,
): boolean {
  const low = getInt32(bytes, at);
  const high = getInt32(bytes, at + 4);
  if ((low | high) === 0) return false;
  if ((low & 3) !== 1) throw wrongPointer(low, 'a list');
  if (depth <= 0) throw new CodecError('tooDeep', `more than ${MAX_DEPTH} pointers deep: send a flatter message`);
  const target = at + 8 + (low >> 2) * 8;
  const element = high & 7;
  const size = high >>> 3;
  if (element === COMPOSITE) {
    if (target < start || target + 8 + size * 8 > end) throw outOfBounds('list of structs');
    const tagLow = getInt32(bytes, target);
    const tagHigh = getInt32(bytes, target + 4);
    if ((tagLow & 3) !== 0) throw wrongPointer(tagLow, 'the tag of a list of structs');
    const count = tagLow >>> 2;
    const data = (tagHigh & 0xffff) * 8;
    const pointers = tagHigh >>> 16;
    const step = data + pointers * 8;
    if (count * step > size * 8) throw outOfBounds('list of structs');
    const elementBytes = expected === COMPOSITE || expected === BIT ? 0 : ELEMENT_BYTES[expected]!;
    if (expected === BIT || (expected === POINTER ? pointers === 0 : data < elementBytes)) {
      throw new CodecError('wrongPointer', 'a list of structs that lack the one field the schema has');
    }
    spend(1 + (expected === 0 ? size : Math.max(size, count)));
    found.at = expected === POINTER ? target + 8 + data : target + 8;
    found.data = data;
    found.pointers = pointers;
    found.count = count;
    found.step = step;
    return true;
  }
  const words = element === BIT ? Math.ceil(size / 64) : Math.ceil((size * ELEMENT_BYTES[element]!) / 8);
  if (target < start || target + words * 8 > end) throw outOfBounds('list');
  if (element === BIT ? expected !== BIT && expected !== 0 : expected === BIT) {
    throw new CodecError('wrongPointer', 'a list of bits where the schema has none, or the other way round');
  }
  const step = ELEMENT_BYTES[element]!;
  const fits =
    expected === COMPOSITE || expected === BIT || expected === 0
      ? true
      : expected === POINTER
        ? element === POINTER
        : element !== POINTER && step >= ELEMENT_BYTES[expected]!;
  if (!fits)
    throw new CodecError('wrongPointer', 'a list whose elements are smaller than the schema has, or of another kind');
  spend(1 + (expected === COMPOSITE ? Math.max(words, size) : words));
  found.at = target;
  found.data = element === POINTER ? 0 : step;
  found.pointers = element === POINTER ? 1 : 0;
  found.count = size;
  found.step = step;
  return true;
}

/** Follows a pointer to bytes, for Text and Data. */
function followBytes(bytes: Uint8Array, at: number, start: number, end: number, depth: number): boolean {
  const low = getInt32(bytes, at);
  const high = getInt32(bytes, at + 4);
  if ((low | high) === 0) return false;
  if ((low & 3) !== 1) throw wrongPointer(low, 'a list of bytes');
  if (depth <= 0) throw new CodecError('tooDeep', `more than ${MAX_DEPTH} pointers deep: send a flatter message`);
  if ((high & 7) !== BYTE) throw new CodecError('wrongPointer', 'a list of something else than bytes');
  const target = at + 8 + (low >> 2) * 8;
  const count = high >>> 3;
  const words = (count + 7) >>> 3;
  if (target < start || target + words * 8 > end) throw outOfBounds('text or data');
  spend(1 + words);
  found.at = target;
  found.count = count;
  return true;
}

/** Reads the Text that the pointer at `at` leads to; `otherwise` when it is null. */
export function readText(
  bytes: Uint8Array,
  at: number,
  start: number,
  end: number,
  depth: number,
  otherwise: string,
): string {
  if (!followBytes(bytes, at, start, end, depth)) return otherwise;
  const length = found.count - 1;
  if (length < 0 || bytes[found.at + length] !== 0) {
    throw new CodecError('notTerminated', 'a text without its NUL: count the NUL in the length of the list');
  }
  return length === 0 ? '' : decodeUtf8(bytes, found.at, length);
}

/** Data shorter than this is copied even where it might be lent: a view costs as much. */
const LEAST_LENT = 256;
let lends = false;

/** From now on Data is lent, or copied; see {@link decodeLent}. */
export function lendData(lent: boolean): void {
  lends = lent;
}

/** Reads a copy of the Data that the pointer at `at` leads to; a copy of `otherwise` when it is null. */
export function readData(
  bytes: Uint8Array,
  at: number,
  start: number,
  end: number,
  depth: number,
  otherwise: Uint8Array | undefined,
): Uint8Array {
  if (!followBytes(bytes, at, start, end, depth))
    return otherwise === undefined ? new Uint8Array(0) : otherwise.slice();
  const length = found.count;
  const from = found.at;
  if (lends && length >= LEAST_LENT) return bytes.subarray(from, from + length);
  const copy = new Uint8Array(length);
  // A view costs more than a short loop does; measured on Node 24, they meet near 48 bytes (`codec` bench).
  if (length < 48) for (let index = 0; index < length; index++) copy[index] = bytes[from + index]!;
  else copy.set(bytes.subarray(from, from + length));
  return copy;
}

/** Reads the capability pointer at `at`: its ordinal, or −1 when it is null. */
export function readCapability(bytes: Uint8Array, at: number): number {
  const low = getInt32(bytes, at);
  const high = getInt32(bytes, at + 4);
  if ((low | high) === 0) return -1;
  if (low !== 3) throw wrongPointer(low, 'a capability');
  return high >>> 0;
}

/** The name of an enumerant, or its number when the schema has no such. */
export function nameOf<Name>(names: readonly Name[], number: number): Name | number {
  return names[number] ?? number;
}

/** Whether the pointer in slot `slot` is there and not null. */
export function isGiven(bytes: Uint8Array, base: number, pointers: number, slot: number): boolean {
  return pointers > slot && (getInt32(bytes, base + slot * 8) | getInt32(bytes, base + slot * 8 + 4)) !== 0;
}

export function unknownMember(struct: string, which: number): CodecError {
  return new CodecError(
    'unknownMember',
    `member ${which} of the union in ${struct} is newer than this schema: update the schema, or ask the sender for less`,
  );
}
