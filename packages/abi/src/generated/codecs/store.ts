// Generated from store.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Content-addressed blobs, and names bound to them.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  dataWords,
  emptyCodec,
  followList,
  followStruct,
  found,
  getInt32,
  getUint16,
  getUint64,
  high,
  nameOf,
  noRoom,
  outOfRange,
  putCapability,
  putInt32,
  putListPointer,
  putNull,
  putStructPointer,
  readCapability,
  readData,
  readText,
  splitUint64,
  textWords,
  tooDeep,
  unknownMember,
  writeData,
  writeText,
} from '../../codec-runtime.ts';

/** A number is an enumerant that this schema does not know. */
export type NamespaceOutcome =
| 'ok'
| 'conflict'
| 'missing'
| number;

/** The enumerants of NamespaceOutcome in the order of their numbers. */
export const namesOfNamespaceOutcome: readonly NamespaceOutcome[] = ['ok', 'conflict', 'missing'];

export function numberOfNamespaceOutcome(value: NamespaceOutcome, field: string): number {
  switch (value) {
    case 'ok':
    return 0;
    case 'conflict':
    return 1;
    case 'missing':
    return 2;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

export interface StorePutParams {
  data: Uint8Array;
}

export interface StorePutResults {
  id: Uint8Array;
}

export interface StoreGetParams {
  id: Uint8Array;
  offset: bigint;
  length: number;
}

export interface StoreGetResults {
  data: Uint8Array;
  size: bigint;
  missing: boolean;
}

export interface StoreHasParams {
  id: Uint8Array;
}

export interface StoreHasResults {
  present: boolean;
  size: bigint;
}

export interface StoreSyncParams {
}

export interface StoreSyncResults {
}

export interface NamespaceResolveParams {
  name: string;
}

export interface NamespaceResolveResults {
  binding: NamespaceBinding;
}

export interface NamespaceBindParams {
  name: string;
  id: Uint8Array;
  ifMatch: Uint8Array;
  conditional: boolean;
}

export interface NamespaceBindResults {
  outcome: NamespaceOutcome;
}

export interface NamespaceUnbindParams {
  name: string;
}

export interface NamespaceUnbindResults {
  outcome: NamespaceOutcome;
}

export interface NamespaceListParams {
  prefix: string;
  after: string;
  limit: number;
}

export interface NamespaceListResults {
  entries: readonly NamespaceEntry[];
  more: boolean;
}

export interface NamespaceSubParams {
  prefix: string;
}

export interface NamespaceSubResults {
  namespace: number;
}

export interface NamespaceSyncParams {
}

export interface NamespaceSyncResults {
}

export interface NamespaceCommitParams {
  changes: readonly NamespaceChange[];
}

export interface NamespaceCommitResults {
  outcome: NamespaceOutcome;
  name: string;
}

export interface NamespaceChange {
  name: string;
  /** empty: unbind */
  id: Uint8Array;
  /** conditional: as for bind */
  ifMatch: Uint8Array;
  conditional: boolean;
}

export type NamespaceBinding =
| { which: 'missing' }
| { which: 'id'; id: Uint8Array };

export interface NamespaceEntry {
  name: string;
  id: Uint8Array;
}

export function sizeOfStorePutParams(v: StorePutParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowStorePutParams(v: StorePutParams, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfStorePutParams(v: StorePutParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStorePutParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowStorePutParams(v, depth);
}

export function writeStorePutParams(v: StorePutParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putStorePutParams(v: StorePutParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStorePutParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeStorePutParams(v, bytes, top, size, next, end, depth);
}

export function readStorePutParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: StorePutParams | undefined): StorePutParams {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { data: data_ };
  into.data = data_;
  return into;
}

export function followStorePutParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: StorePutParams | undefined): StorePutParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readStorePutParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const storePutParams: Codec<StorePutParams> = {
  name: 'StorePutParams',
  dataWords: 0,
  pointers: 1,
  encode(value: StorePutParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putStorePutParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: StorePutParams): StorePutParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followStorePutParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readStorePutParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: StorePutParams): number {
    return 8 + 8 * wordsOfStorePutParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfStorePutResults(v: StorePutResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.id.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowStorePutResults(v: StorePutResults, _depth: number): number {
  let words = 0;
  if (v.id.length !== 0) words += dataWords(v.id);
  return words;
}

export function wordsOfStorePutResults(v: StorePutResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStorePutResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowStorePutResults(v, depth);
}

export function writeStorePutResults(v: StorePutResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.id.length !== 0) {
      top = writeData(v.id, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putStorePutResults(v: StorePutResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStorePutResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeStorePutResults(v, bytes, top, size, next, end, depth);
}

export function readStorePutResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: StorePutResults | undefined): StorePutResults {
  const base = at + data;
  const id_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { id: id_ };
  into.id = id_;
  return into;
}

export function followStorePutResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: StorePutResults | undefined): StorePutResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readStorePutResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const storePutResults: Codec<StorePutResults> = {
  name: 'StorePutResults',
  dataWords: 0,
  pointers: 1,
  encode(value: StorePutResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putStorePutResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: StorePutResults): StorePutResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followStorePutResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readStorePutResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: StorePutResults): number {
    return 8 + 8 * wordsOfStorePutResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfStoreGetParams(v: StoreGetParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.id.length !== 0) pointers = 1;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.length !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowStoreGetParams(v: StoreGetParams, _depth: number): number {
  let words = 0;
  if (v.id.length !== 0) words += dataWords(v.id);
  return words;
}

export function wordsOfStoreGetParams(v: StoreGetParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreGetParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowStoreGetParams(v, depth);
}

export function writeStoreGetParams(v: StoreGetParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.offset, 'StoreGetParams.offset');
  h1 = high;
  if (v.length >>> 0 !== v.length) throw outOfRange('StoreGetParams.length', v.length);
  h2 |= v.length;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.id.length !== 0) {
      top = writeData(v.id, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putStoreGetParams(v: StoreGetParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreGetParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeStoreGetParams(v, bytes, top, size, next, end, depth);
}

export function readStoreGetParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: StoreGetParams | undefined): StoreGetParams {
  const base = at + data;
  const id_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { id: id_, offset: offset_, length: length_ };
  into.id = id_;
  into.offset = offset_;
  into.length = length_;
  return into;
}

export function followStoreGetParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: StoreGetParams | undefined): StoreGetParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readStoreGetParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const storeGetParams: Codec<StoreGetParams> = {
  name: 'StoreGetParams',
  dataWords: 2,
  pointers: 1,
  encode(value: StoreGetParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putStoreGetParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: StoreGetParams): StoreGetParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followStoreGetParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readStoreGetParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: StoreGetParams): number {
    return 8 + 8 * wordsOfStoreGetParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfStoreGetResults(v: StoreGetResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (data < 1 && v.size !== 0n) data = 1;
  if (data < 2 && v.missing !== false) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowStoreGetResults(v: StoreGetResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfStoreGetResults(v: StoreGetResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreGetResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowStoreGetResults(v, depth);
}

export function writeStoreGetResults(v: StoreGetResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.size, 'StoreGetResults.size');
  h1 = high;
  if (v.missing) h2 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putStoreGetResults(v: StoreGetResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreGetResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeStoreGetResults(v, bytes, top, size, next, end, depth);
}

export function readStoreGetResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: StoreGetResults | undefined): StoreGetResults {
  const base = at + data;
  const b8 = data > 8 ? bytes[at + 8]! : 0;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const size_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const missing_ = ((b8 >> 0) & 1) !== 0;
  if (into === undefined) return { data: data_, size: size_, missing: missing_ };
  into.data = data_;
  into.size = size_;
  into.missing = missing_;
  return into;
}

export function followStoreGetResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: StoreGetResults | undefined): StoreGetResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readStoreGetResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const storeGetResults: Codec<StoreGetResults> = {
  name: 'StoreGetResults',
  dataWords: 2,
  pointers: 1,
  encode(value: StoreGetResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putStoreGetResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: StoreGetResults): StoreGetResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followStoreGetResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readStoreGetResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: StoreGetResults): number {
    return 8 + 8 * wordsOfStoreGetResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfStoreHasParams(v: StoreHasParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.id.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowStoreHasParams(v: StoreHasParams, _depth: number): number {
  let words = 0;
  if (v.id.length !== 0) words += dataWords(v.id);
  return words;
}

export function wordsOfStoreHasParams(v: StoreHasParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreHasParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowStoreHasParams(v, depth);
}

export function writeStoreHasParams(v: StoreHasParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.id.length !== 0) {
      top = writeData(v.id, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putStoreHasParams(v: StoreHasParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreHasParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeStoreHasParams(v, bytes, top, size, next, end, depth);
}

export function readStoreHasParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: StoreHasParams | undefined): StoreHasParams {
  const base = at + data;
  const id_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { id: id_ };
  into.id = id_;
  return into;
}

export function followStoreHasParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: StoreHasParams | undefined): StoreHasParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readStoreHasParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const storeHasParams: Codec<StoreHasParams> = {
  name: 'StoreHasParams',
  dataWords: 0,
  pointers: 1,
  encode(value: StoreHasParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putStoreHasParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: StoreHasParams): StoreHasParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followStoreHasParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readStoreHasParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: StoreHasParams): number {
    return 8 + 8 * wordsOfStoreHasParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfStoreHasResults(v: StoreHasResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.present !== false) data = 1;
  if (data < 2 && v.size !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowStoreHasResults(_v: StoreHasResults, _depth: number): number {
  return 0;
}

export function wordsOfStoreHasResults(v: StoreHasResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreHasResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowStoreHasResults(v, depth);
}

export function writeStoreHasResults(v: StoreHasResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  if (v.present) h0 |= 1;
  h2 = splitUint64(v.size, 'StoreHasResults.size');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  return top;
}

export function putStoreHasResults(v: StoreHasResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfStoreHasResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeStoreHasResults(v, bytes, top, size, next, end, depth);
}

export function readStoreHasResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: StoreHasResults | undefined): StoreHasResults {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const present_ = ((b0 >> 0) & 1) !== 0;
  const size_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { present: present_, size: size_ };
  into.present = present_;
  into.size = size_;
  return into;
}

export function followStoreHasResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: StoreHasResults | undefined): StoreHasResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readStoreHasResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const storeHasResults: Codec<StoreHasResults> = {
  name: 'StoreHasResults',
  dataWords: 2,
  pointers: 0,
  encode(value: StoreHasResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putStoreHasResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: StoreHasResults): StoreHasResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followStoreHasResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readStoreHasResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: StoreHasResults): number {
    return 8 + 8 * wordsOfStoreHasResults(value, MAX_DEPTH - 1);
  },
};

export const storeSyncParams: Codec<StoreSyncParams> = /* @__PURE__ */ emptyCodec('StoreSyncParams');

export const storeSyncResults: Codec<StoreSyncResults> = /* @__PURE__ */ emptyCodec('StoreSyncResults');

export function sizeOfNamespaceResolveParams(v: NamespaceResolveParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceResolveParams(v: NamespaceResolveParams, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfNamespaceResolveParams(v: NamespaceResolveParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceResolveParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceResolveParams(v, depth);
}

export function writeNamespaceResolveParams(v: NamespaceResolveParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceResolveParams(v: NamespaceResolveParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceResolveParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceResolveParams(v, bytes, top, size, next, end, depth);
}

export function readNamespaceResolveParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceResolveParams | undefined): NamespaceResolveParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followNamespaceResolveParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceResolveParams | undefined): NamespaceResolveParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceResolveParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceResolveParams: Codec<NamespaceResolveParams> = {
  name: 'NamespaceResolveParams',
  dataWords: 0,
  pointers: 1,
  encode(value: NamespaceResolveParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceResolveParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceResolveParams): NamespaceResolveParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceResolveParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceResolveParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceResolveParams): number {
    return 8 + 8 * wordsOfNamespaceResolveParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceResolveResults(v: NamespaceResolveResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceResolveResults(v: NamespaceResolveResults, depth: number): number {
  let words = 0;
  words += wordsOfNamespaceBinding(v.binding, depth - 1);
  return words;
}

export function wordsOfNamespaceResolveResults(v: NamespaceResolveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceResolveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceResolveResults(v, depth);
}

export function writeNamespaceResolveResults(v: NamespaceResolveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putNamespaceBinding(v.binding, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putNamespaceResolveResults(v: NamespaceResolveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceResolveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceResolveResults(v, bytes, top, size, next, end, depth);
}

export function readNamespaceResolveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceResolveResults | undefined): NamespaceResolveResults {
  const base = at + data;
  const binding_ = followNamespaceBinding(bytes, pointers > 0 ? base : -1, start, end, depth, into?.binding) ?? readNamespaceBinding(bytes, 0, 0, 0, 0, 0, depth, into?.binding);
  if (into === undefined) return { binding: binding_ };
  into.binding = binding_;
  return into;
}

export function followNamespaceResolveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceResolveResults | undefined): NamespaceResolveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceResolveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceResolveResults: Codec<NamespaceResolveResults> = {
  name: 'NamespaceResolveResults',
  dataWords: 0,
  pointers: 1,
  encode(value: NamespaceResolveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceResolveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceResolveResults): NamespaceResolveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceResolveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceResolveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceResolveResults): number {
    return 8 + 8 * wordsOfNamespaceResolveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceBindParams(v: NamespaceBindParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.id.length !== 0) pointers = 2;
  if (pointers < 3 && v.ifMatch.length !== 0) pointers = 3;
  if (data < 1 && v.conditional !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceBindParams(v: NamespaceBindParams, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.id.length !== 0) words += dataWords(v.id);
  if (v.ifMatch.length !== 0) words += dataWords(v.ifMatch);
  return words;
}

export function wordsOfNamespaceBindParams(v: NamespaceBindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceBindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceBindParams(v, depth);
}

export function writeNamespaceBindParams(v: NamespaceBindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.conditional) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.id.length !== 0) {
      top = writeData(v.id, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.ifMatch.length !== 0) {
      top = writeData(v.ifMatch, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putNamespaceBindParams(v: NamespaceBindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceBindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceBindParams(v, bytes, top, size, next, end, depth);
}

export function readNamespaceBindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceBindParams | undefined): NamespaceBindParams {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const id_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, undefined) : new Uint8Array(0);
  const ifMatch_ = pointers > 2 ? readData(bytes, base + 16, start, end, depth, undefined) : new Uint8Array(0);
  const conditional_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { name: name_, id: id_, ifMatch: ifMatch_, conditional: conditional_ };
  into.name = name_;
  into.id = id_;
  into.ifMatch = ifMatch_;
  into.conditional = conditional_;
  return into;
}

export function followNamespaceBindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceBindParams | undefined): NamespaceBindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceBindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceBindParams: Codec<NamespaceBindParams> = {
  name: 'NamespaceBindParams',
  dataWords: 1,
  pointers: 3,
  encode(value: NamespaceBindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceBindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceBindParams): NamespaceBindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceBindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceBindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceBindParams): number {
    return 8 + 8 * wordsOfNamespaceBindParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceBindResults(v: NamespaceBindResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfNamespaceOutcome(v.outcome, 'NamespaceBindResults.outcome') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceBindResults(_v: NamespaceBindResults, _depth: number): number {
  return 0;
}

export function wordsOfNamespaceBindResults(v: NamespaceBindResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceBindResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceBindResults(v, depth);
}

export function writeNamespaceBindResults(v: NamespaceBindResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNamespaceOutcome(v.outcome, 'NamespaceBindResults.outcome');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putNamespaceBindResults(v: NamespaceBindResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceBindResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceBindResults(v, bytes, top, size, next, end, depth);
}

export function readNamespaceBindResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceBindResults | undefined): NamespaceBindResults {
  const outcome_ = nameOf(namesOfNamespaceOutcome, (data >= 2 ? getUint16(bytes, at) : 0));
  if (into === undefined) return { outcome: outcome_ };
  into.outcome = outcome_;
  return into;
}

export function followNamespaceBindResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceBindResults | undefined): NamespaceBindResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceBindResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceBindResults: Codec<NamespaceBindResults> = {
  name: 'NamespaceBindResults',
  dataWords: 1,
  pointers: 0,
  encode(value: NamespaceBindResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceBindResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceBindResults): NamespaceBindResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceBindResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceBindResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceBindResults): number {
    return 8 + 8 * wordsOfNamespaceBindResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceUnbindParams(v: NamespaceUnbindParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceUnbindParams(v: NamespaceUnbindParams, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfNamespaceUnbindParams(v: NamespaceUnbindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceUnbindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceUnbindParams(v, depth);
}

export function writeNamespaceUnbindParams(v: NamespaceUnbindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceUnbindParams(v: NamespaceUnbindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceUnbindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceUnbindParams(v, bytes, top, size, next, end, depth);
}

export function readNamespaceUnbindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceUnbindParams | undefined): NamespaceUnbindParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followNamespaceUnbindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceUnbindParams | undefined): NamespaceUnbindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceUnbindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceUnbindParams: Codec<NamespaceUnbindParams> = {
  name: 'NamespaceUnbindParams',
  dataWords: 0,
  pointers: 1,
  encode(value: NamespaceUnbindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceUnbindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceUnbindParams): NamespaceUnbindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceUnbindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceUnbindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceUnbindParams): number {
    return 8 + 8 * wordsOfNamespaceUnbindParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceUnbindResults(v: NamespaceUnbindResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfNamespaceOutcome(v.outcome, 'NamespaceUnbindResults.outcome') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceUnbindResults(_v: NamespaceUnbindResults, _depth: number): number {
  return 0;
}

export function wordsOfNamespaceUnbindResults(v: NamespaceUnbindResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceUnbindResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceUnbindResults(v, depth);
}

export function writeNamespaceUnbindResults(v: NamespaceUnbindResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNamespaceOutcome(v.outcome, 'NamespaceUnbindResults.outcome');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putNamespaceUnbindResults(v: NamespaceUnbindResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceUnbindResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceUnbindResults(v, bytes, top, size, next, end, depth);
}

export function readNamespaceUnbindResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceUnbindResults | undefined): NamespaceUnbindResults {
  const outcome_ = nameOf(namesOfNamespaceOutcome, (data >= 2 ? getUint16(bytes, at) : 0));
  if (into === undefined) return { outcome: outcome_ };
  into.outcome = outcome_;
  return into;
}

export function followNamespaceUnbindResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceUnbindResults | undefined): NamespaceUnbindResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceUnbindResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceUnbindResults: Codec<NamespaceUnbindResults> = {
  name: 'NamespaceUnbindResults',
  dataWords: 1,
  pointers: 0,
  encode(value: NamespaceUnbindResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceUnbindResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceUnbindResults): NamespaceUnbindResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceUnbindResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceUnbindResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceUnbindResults): number {
    return 8 + 8 * wordsOfNamespaceUnbindResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceListParams(v: NamespaceListParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.prefix !== '') pointers = 1;
  if (pointers < 2 && v.after !== '') pointers = 2;
  if (data < 1 && v.limit !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceListParams(v: NamespaceListParams, _depth: number): number {
  let words = 0;
  if (v.prefix !== '') words += textWords(v.prefix);
  if (v.after !== '') words += textWords(v.after);
  return words;
}

export function wordsOfNamespaceListParams(v: NamespaceListParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceListParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceListParams(v, depth);
}

export function writeNamespaceListParams(v: NamespaceListParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.limit >>> 0 !== v.limit) throw outOfRange('NamespaceListParams.limit', v.limit);
  h0 |= v.limit;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.prefix !== '') {
      top = writeText(v.prefix, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.after !== '') {
      top = writeText(v.after, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putNamespaceListParams(v: NamespaceListParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceListParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceListParams(v, bytes, top, size, next, end, depth);
}

export function readNamespaceListParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceListParams | undefined): NamespaceListParams {
  const base = at + data;
  const prefix_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const after_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
  const limit_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { prefix: prefix_, after: after_, limit: limit_ };
  into.prefix = prefix_;
  into.after = after_;
  into.limit = limit_;
  return into;
}

export function followNamespaceListParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceListParams | undefined): NamespaceListParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceListParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceListParams: Codec<NamespaceListParams> = {
  name: 'NamespaceListParams',
  dataWords: 1,
  pointers: 2,
  encode(value: NamespaceListParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceListParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceListParams): NamespaceListParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceListParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceListParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceListParams): number {
    return 8 + 8 * wordsOfNamespaceListParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceListResults(v: NamespaceListResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.entries.length !== 0) pointers = 1;
  if (data < 1 && v.more !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceListResults(v: NamespaceListResults, depth: number): number {
  let words = 0;
  if (v.entries.length !== 0) words += wordsOfNamespaceEntryList(v.entries, depth - 1);
  return words;
}

export function wordsOfNamespaceListResults(v: NamespaceListResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceListResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceListResults(v, depth);
}

export function writeNamespaceListResults(v: NamespaceListResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.more) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.entries.length !== 0) {
      top = writeNamespaceEntryList(v.entries, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceListResults(v: NamespaceListResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceListResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceListResults(v, bytes, top, size, next, end, depth);
}

export function readNamespaceListResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceListResults | undefined): NamespaceListResults {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const entries_ = pointers > 0 ? readNamespaceEntryList(bytes, base, start, end, depth) : [];
  const more_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { entries: entries_, more: more_ };
  into.entries = entries_;
  into.more = more_;
  return into;
}

export function followNamespaceListResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceListResults | undefined): NamespaceListResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceListResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceListResults: Codec<NamespaceListResults> = {
  name: 'NamespaceListResults',
  dataWords: 1,
  pointers: 1,
  encode(value: NamespaceListResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceListResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceListResults): NamespaceListResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceListResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceListResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceListResults): number {
    return 8 + 8 * wordsOfNamespaceListResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceSubParams(v: NamespaceSubParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.prefix !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceSubParams(v: NamespaceSubParams, _depth: number): number {
  let words = 0;
  if (v.prefix !== '') words += textWords(v.prefix);
  return words;
}

export function wordsOfNamespaceSubParams(v: NamespaceSubParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceSubParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceSubParams(v, depth);
}

export function writeNamespaceSubParams(v: NamespaceSubParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.prefix !== '') {
      top = writeText(v.prefix, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceSubParams(v: NamespaceSubParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceSubParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceSubParams(v, bytes, top, size, next, end, depth);
}

export function readNamespaceSubParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceSubParams | undefined): NamespaceSubParams {
  const base = at + data;
  const prefix_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { prefix: prefix_ };
  into.prefix = prefix_;
  return into;
}

export function followNamespaceSubParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceSubParams | undefined): NamespaceSubParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceSubParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceSubParams: Codec<NamespaceSubParams> = {
  name: 'NamespaceSubParams',
  dataWords: 0,
  pointers: 1,
  encode(value: NamespaceSubParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceSubParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceSubParams): NamespaceSubParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceSubParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceSubParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceSubParams): number {
    return 8 + 8 * wordsOfNamespaceSubParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceSubResults(v: NamespaceSubResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.namespace !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceSubResults(_v: NamespaceSubResults, _depth: number): number {
  return 0;
}

export function wordsOfNamespaceSubResults(v: NamespaceSubResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceSubResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceSubResults(v, depth);
}

export function writeNamespaceSubResults(v: NamespaceSubResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.namespace !== -1) {
      putCapability(v.namespace, bytes, base, 'NamespaceSubResults.namespace');
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceSubResults(v: NamespaceSubResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceSubResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceSubResults(v, bytes, top, size, next, end, depth);
}

export function readNamespaceSubResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceSubResults | undefined): NamespaceSubResults {
  const base = at + data;
  const namespace_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { namespace: namespace_ };
  into.namespace = namespace_;
  return into;
}

export function followNamespaceSubResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceSubResults | undefined): NamespaceSubResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceSubResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceSubResults: Codec<NamespaceSubResults> = {
  name: 'NamespaceSubResults',
  dataWords: 0,
  pointers: 1,
  encode(value: NamespaceSubResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceSubResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceSubResults): NamespaceSubResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceSubResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceSubResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceSubResults): number {
    return 8 + 8 * wordsOfNamespaceSubResults(value, MAX_DEPTH - 1);
  },
};

export const namespaceSyncParams: Codec<NamespaceSyncParams> = /* @__PURE__ */ emptyCodec('NamespaceSyncParams');

export const namespaceSyncResults: Codec<NamespaceSyncResults> = /* @__PURE__ */ emptyCodec('NamespaceSyncResults');

export function sizeOfNamespaceCommitParams(v: NamespaceCommitParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.changes.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceCommitParams(v: NamespaceCommitParams, depth: number): number {
  let words = 0;
  if (v.changes.length !== 0) words += wordsOfNamespaceChangeList(v.changes, depth - 1);
  return words;
}

export function wordsOfNamespaceCommitParams(v: NamespaceCommitParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceCommitParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceCommitParams(v, depth);
}

export function writeNamespaceCommitParams(v: NamespaceCommitParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.changes.length !== 0) {
      top = writeNamespaceChangeList(v.changes, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceCommitParams(v: NamespaceCommitParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceCommitParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceCommitParams(v, bytes, top, size, next, end, depth);
}

export function readNamespaceCommitParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceCommitParams | undefined): NamespaceCommitParams {
  const base = at + data;
  const changes_ = pointers > 0 ? readNamespaceChangeList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { changes: changes_ };
  into.changes = changes_;
  return into;
}

export function followNamespaceCommitParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceCommitParams | undefined): NamespaceCommitParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceCommitParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceCommitParams: Codec<NamespaceCommitParams> = {
  name: 'NamespaceCommitParams',
  dataWords: 0,
  pointers: 1,
  encode(value: NamespaceCommitParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceCommitParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceCommitParams): NamespaceCommitParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceCommitParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceCommitParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceCommitParams): number {
    return 8 + 8 * wordsOfNamespaceCommitParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceCommitResults(v: NamespaceCommitResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfNamespaceOutcome(v.outcome, 'NamespaceCommitResults.outcome') !== 0) data = 1;
  if (pointers < 1 && v.name !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceCommitResults(v: NamespaceCommitResults, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfNamespaceCommitResults(v: NamespaceCommitResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceCommitResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceCommitResults(v, depth);
}

export function writeNamespaceCommitResults(v: NamespaceCommitResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  h0 |= numberOfNamespaceOutcome(v.outcome, 'NamespaceCommitResults.outcome');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceCommitResults(v: NamespaceCommitResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceCommitResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceCommitResults(v, bytes, top, size, next, end, depth);
}

export function readNamespaceCommitResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceCommitResults | undefined): NamespaceCommitResults {
  const base = at + data;
  const outcome_ = nameOf(namesOfNamespaceOutcome, (data >= 2 ? getUint16(bytes, at) : 0));
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { outcome: outcome_, name: name_ };
  into.outcome = outcome_;
  into.name = name_;
  return into;
}

export function followNamespaceCommitResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceCommitResults | undefined): NamespaceCommitResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceCommitResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceCommitResults: Codec<NamespaceCommitResults> = {
  name: 'NamespaceCommitResults',
  dataWords: 1,
  pointers: 1,
  encode(value: NamespaceCommitResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceCommitResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceCommitResults): NamespaceCommitResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceCommitResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceCommitResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceCommitResults): number {
    return 8 + 8 * wordsOfNamespaceCommitResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceChange(v: NamespaceChange): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.id.length !== 0) pointers = 2;
  if (pointers < 3 && v.ifMatch.length !== 0) pointers = 3;
  if (data < 1 && v.conditional !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceChange(v: NamespaceChange, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.id.length !== 0) words += dataWords(v.id);
  if (v.ifMatch.length !== 0) words += dataWords(v.ifMatch);
  return words;
}

export function wordsOfNamespaceChange(v: NamespaceChange, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceChange(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceChange(v, depth);
}

export function writeNamespaceChange(v: NamespaceChange, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.conditional) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.id.length !== 0) {
      top = writeData(v.id, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.ifMatch.length !== 0) {
      top = writeData(v.ifMatch, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putNamespaceChange(v: NamespaceChange, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceChange(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceChange(v, bytes, top, size, next, end, depth);
}

export function readNamespaceChange(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceChange | undefined): NamespaceChange {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const id_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, undefined) : new Uint8Array(0);
  const ifMatch_ = pointers > 2 ? readData(bytes, base + 16, start, end, depth, undefined) : new Uint8Array(0);
  const conditional_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { name: name_, id: id_, ifMatch: ifMatch_, conditional: conditional_ };
  into.name = name_;
  into.id = id_;
  into.ifMatch = ifMatch_;
  into.conditional = conditional_;
  return into;
}

export function followNamespaceChange(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceChange | undefined): NamespaceChange | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceChange(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceChange: Codec<NamespaceChange> = {
  name: 'NamespaceChange',
  dataWords: 1,
  pointers: 3,
  encode(value: NamespaceChange, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceChange(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceChange): NamespaceChange {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceChange(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceChange(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceChange): number {
    return 8 + 8 * wordsOfNamespaceChange(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceBinding(v: NamespaceBinding): number {
  let data = 0;
  let pointers = 0;
  switch (v.which) {
    case 'missing': {
      break;
    }
    case 'id': {
      if (data < 1) data = 1;
      if (pointers < 1 && v.id.length !== 0) pointers = 1;
      break;
    }
    default: {
      throw outOfRange('NamespaceBinding.which', (v as { which: unknown }).which);
    }
  }
  return data | (pointers << 16);
}

export function wordsBelowNamespaceBinding(v: NamespaceBinding, _depth: number): number {
  let words = 0;
  switch (v.which) {
    case 'missing': {
      break;
    }
    case 'id': {
      if (v.id.length !== 0) words += dataWords(v.id);
      break;
    }
    default: {
      break;
    }
  }
  return words;
}

export function wordsOfNamespaceBinding(v: NamespaceBinding, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceBinding(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceBinding(v, depth);
}

export function writeNamespaceBinding(v: NamespaceBinding, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  switch (v.which) {
    case 'missing': {
      break;
    }
    case 'id': {
      h0 |= 1;
      break;
    }
    default: {
      throw outOfRange('NamespaceBinding.which', (v as { which: unknown }).which);
    }
  }
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.which === 'id' && v.id.length !== 0) {
      top = writeData(v.id, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putNamespaceBinding(v: NamespaceBinding, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceBinding(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceBinding(v, bytes, top, size, next, end, depth);
}

export function readNamespaceBinding(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceBinding | undefined): NamespaceBinding {
  const base = at + data;
  const which = data >= 2 ? getUint16(bytes, at + 0) : 0;
  switch (which) {
    case 0: {
      if (into === undefined || into.which !== 'missing') return { which: 'missing' };
      return into;
    }
    case 1: {
      const value = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
      if (into === undefined || into.which !== 'id') return { which: 'id', id: value };
      into.id = value;
      return into;
    }
    default:
    throw unknownMember('NamespaceBinding', which);
  }
}

export function followNamespaceBinding(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceBinding | undefined): NamespaceBinding | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceBinding(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceBinding: Codec<NamespaceBinding> = {
  name: 'NamespaceBinding',
  dataWords: 1,
  pointers: 1,
  encode(value: NamespaceBinding, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceBinding(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceBinding): NamespaceBinding {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceBinding(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceBinding(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceBinding): number {
    return 8 + 8 * wordsOfNamespaceBinding(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamespaceEntry(v: NamespaceEntry): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.id.length !== 0) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowNamespaceEntry(v: NamespaceEntry, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.id.length !== 0) words += dataWords(v.id);
  return words;
}

export function wordsOfNamespaceEntry(v: NamespaceEntry, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceEntry(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamespaceEntry(v, depth);
}

export function writeNamespaceEntry(v: NamespaceEntry, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.id.length !== 0) {
      top = writeData(v.id, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putNamespaceEntry(v: NamespaceEntry, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamespaceEntry(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamespaceEntry(v, bytes, top, size, next, end, depth);
}

export function readNamespaceEntry(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamespaceEntry | undefined): NamespaceEntry {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const id_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { name: name_, id: id_ };
  into.name = name_;
  into.id = id_;
  return into;
}

export function followNamespaceEntry(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamespaceEntry | undefined): NamespaceEntry | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamespaceEntry(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namespaceEntry: Codec<NamespaceEntry> = {
  name: 'NamespaceEntry',
  dataWords: 0,
  pointers: 2,
  encode(value: NamespaceEntry, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamespaceEntry(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamespaceEntry): NamespaceEntry {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamespaceEntry(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamespaceEntry(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamespaceEntry): number {
    return 8 + 8 * wordsOfNamespaceEntry(value, MAX_DEPTH - 1);
  },
};

/** Immutable blobs, named by what they contain. */
export const Store: {
  readonly id: 0x883c6c8afc0b02f4n;
  readonly name: 'Store';
  readonly methods: {
    readonly put: MethodDescriptor<StorePutParams, StorePutResults>;
    readonly get: MethodDescriptor<StoreGetParams, StoreGetResults>;
    readonly has: MethodDescriptor<StoreHasParams, StoreHasResults>;
    readonly sync: MethodDescriptor<StoreSyncParams, StoreSyncResults>;
  };
} = {
  id: 0x883c6c8afc0b02f4n,
  name: 'Store',
  methods: {
    /**
     * Keeps a blob; the same data gives the same id.
     * id is self-describing: algorithm byte (0x12 SHA-256), length byte (0x20), digest.
     */
    put: { ordinal: 0, name: 'put', params: storePutParams, results: storePutResults },
    /** Less than `length` at the end of the blob, or where the server gives no more at once. */
    get: { ordinal: 1, name: 'get', params: storeGetParams, results: storeGetResults },
    /** Whether a blob is there. */
    has: { ordinal: 2, name: 'has', params: storeHasParams, results: storeHasResults },
    /** Answers when everything put before survives a crash. */
    sync: { ordinal: 3, name: 'sync', params: storeSyncParams, results: storeSyncResults },
  },
} as const satisfies InterfaceDescriptor;

/** Names bound to blobs. A name is UTF-8; slashes in it make the hierarchy. */
export const Namespace: {
  readonly id: 0xfc6f4cb5bb409062n;
  readonly name: 'Namespace';
  readonly methods: {
    readonly resolve: MethodDescriptor<NamespaceResolveParams, NamespaceResolveResults>;
    readonly bind: MethodDescriptor<NamespaceBindParams, NamespaceBindResults>;
    readonly unbind: MethodDescriptor<NamespaceUnbindParams, NamespaceUnbindResults>;
    readonly list: MethodDescriptor<NamespaceListParams, NamespaceListResults>;
    readonly sub: MethodDescriptor<NamespaceSubParams, NamespaceSubResults>;
    readonly sync: MethodDescriptor<NamespaceSyncParams, NamespaceSyncResults>;
    readonly commit: MethodDescriptor<NamespaceCommitParams, NamespaceCommitResults>;
  };
} = {
  id: 0xfc6f4cb5bb409062n,
  name: 'Namespace',
  methods: {
    /** What a name is bound to. */
    resolve: { ordinal: 0, name: 'resolve', params: namespaceResolveParams, results: namespaceResolveResults },
    /**
     * conditional: bind only if the present hash equals ifMatch (empty: only if unbound).
     * missing: the id is not in the store.
     */
    bind: { ordinal: 1, name: 'bind', params: namespaceBindParams, results: namespaceBindResults },
    /** missing: it was not bound. */
    unbind: { ordinal: 2, name: 'unbind', params: namespaceUnbindParams, results: namespaceUnbindResults },
    /** Names in the order of their UTF-8 bytes, after `after`; limit 0 is as many as the server gives. */
    list: { ordinal: 3, name: 'list', params: namespaceListParams, results: namespaceListResults },
    /** The names below prefix and a slash, as a namespace of their own. Its holder can't reach outside. */
    sub: { ordinal: 4, name: 'sub', params: namespaceSubParams, results: namespaceSubResults, returnsCapabilities: true },
    /** Answers when every binding made before survives a crash. */
    sync: { ordinal: 5, name: 'sync', params: namespaceSyncParams, results: namespaceSyncResults },
    /** All changes or none. Otherwise `name` is the first that stood in the way. */
    commit: { ordinal: 6, name: 'commit', params: namespaceCommitParams, results: namespaceCommitResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfNamespaceEntryList(list: readonly NamespaceEntry[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfNamespaceEntry(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowNamespaceEntry(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeNamespaceEntryList(list: readonly (NamespaceEntry)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfNamespaceEntry(list[index]!);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
  }
  const words = count * (data + pointers);
  let top = start + 8 + words * 8;
  if (top > end) throw noRoom(top - start, end - start);
  putListPointer(bytes, at, start, 7, words);
  const size = data | (pointers << 16);
  putInt32(bytes, start, count << 2);
  putInt32(bytes, start + 4, size);
  for (let index = 0; index < count; index++) {
    top = writeNamespaceEntry(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readNamespaceEntryList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (NamespaceEntry)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<NamespaceEntry>(count);
  for (let index = 0; index < count; index++) list[index] = readNamespaceEntry(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfNamespaceChangeList(list: readonly NamespaceChange[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfNamespaceChange(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowNamespaceChange(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeNamespaceChangeList(list: readonly (NamespaceChange)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfNamespaceChange(list[index]!);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
  }
  const words = count * (data + pointers);
  let top = start + 8 + words * 8;
  if (top > end) throw noRoom(top - start, end - start);
  putListPointer(bytes, at, start, 7, words);
  const size = data | (pointers << 16);
  putInt32(bytes, start, count << 2);
  putInt32(bytes, start + 4, size);
  for (let index = 0; index < count; index++) {
    top = writeNamespaceChange(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readNamespaceChangeList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (NamespaceChange)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<NamespaceChange>(count);
  for (let index = 0; index < count; index++) list[index] = readNamespaceChange(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
