// Generated from boot.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// What init is given: the image, read only.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  dataWords,
  emptyCodec,
  followStruct,
  found,
  getInt32,
  getUint64,
  high,
  noRoom,
  outOfRange,
  putInt32,
  putNull,
  putStructPointer,
  readData,
  readText,
  readTextList,
  splitUint64,
  textListWords,
  textWords,
  tooDeep,
  writeData,
  writeText,
  writeTextList,
} from '../../codec-runtime.ts';

export interface BootPackageManifestParams {
}

export interface BootPackageManifestResults {
  manifest: Uint8Array;
}

export interface BootPackageListParams {
}

export interface BootPackageListResults {
  names: readonly string[];
}

export interface BootPackageReadParams {
  name: string;
  offset: bigint;
  length: number;
}

export interface BootPackageReadResults {
  data: Uint8Array;
  size: bigint;
}

export const bootPackageManifestParams: Codec<BootPackageManifestParams> = /* @__PURE__ */ emptyCodec('BootPackageManifestParams');

export function sizeOfBootPackageManifestResults(v: BootPackageManifestResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.manifest.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowBootPackageManifestResults(v: BootPackageManifestResults, _depth: number): number {
  let words = 0;
  if (v.manifest.length !== 0) words += dataWords(v.manifest);
  return words;
}

export function wordsOfBootPackageManifestResults(v: BootPackageManifestResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageManifestResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowBootPackageManifestResults(v, depth);
}

export function writeBootPackageManifestResults(v: BootPackageManifestResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.manifest.length !== 0) {
      top = writeData(v.manifest, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putBootPackageManifestResults(v: BootPackageManifestResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageManifestResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeBootPackageManifestResults(v, bytes, top, size, next, end, depth);
}

export function readBootPackageManifestResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: BootPackageManifestResults | undefined): BootPackageManifestResults {
  const base = at + data;
  const manifest_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { manifest: manifest_ };
  into.manifest = manifest_;
  return into;
}

export function followBootPackageManifestResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: BootPackageManifestResults | undefined): BootPackageManifestResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readBootPackageManifestResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const bootPackageManifestResults: Codec<BootPackageManifestResults> = {
  name: 'BootPackageManifestResults',
  dataWords: 0,
  pointers: 1,
  encode(value: BootPackageManifestResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putBootPackageManifestResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: BootPackageManifestResults): BootPackageManifestResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followBootPackageManifestResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readBootPackageManifestResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: BootPackageManifestResults): number {
    return 8 + 8 * wordsOfBootPackageManifestResults(value, MAX_DEPTH - 1);
  },
};

export const bootPackageListParams: Codec<BootPackageListParams> = /* @__PURE__ */ emptyCodec('BootPackageListParams');

export function sizeOfBootPackageListResults(v: BootPackageListResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.names.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowBootPackageListResults(v: BootPackageListResults, _depth: number): number {
  let words = 0;
  if (v.names.length !== 0) words += textListWords(v.names);
  return words;
}

export function wordsOfBootPackageListResults(v: BootPackageListResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageListResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowBootPackageListResults(v, depth);
}

export function writeBootPackageListResults(v: BootPackageListResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.names.length !== 0) {
      top = writeTextList(v.names, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putBootPackageListResults(v: BootPackageListResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageListResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeBootPackageListResults(v, bytes, top, size, next, end, depth);
}

export function readBootPackageListResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: BootPackageListResults | undefined): BootPackageListResults {
  const base = at + data;
  const names_ = pointers > 0 ? readTextList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { names: names_ };
  into.names = names_;
  return into;
}

export function followBootPackageListResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: BootPackageListResults | undefined): BootPackageListResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readBootPackageListResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const bootPackageListResults: Codec<BootPackageListResults> = {
  name: 'BootPackageListResults',
  dataWords: 0,
  pointers: 1,
  encode(value: BootPackageListResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putBootPackageListResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: BootPackageListResults): BootPackageListResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followBootPackageListResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readBootPackageListResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: BootPackageListResults): number {
    return 8 + 8 * wordsOfBootPackageListResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfBootPackageReadParams(v: BootPackageReadParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.length !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowBootPackageReadParams(v: BootPackageReadParams, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfBootPackageReadParams(v: BootPackageReadParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageReadParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowBootPackageReadParams(v, depth);
}

export function writeBootPackageReadParams(v: BootPackageReadParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.offset, 'BootPackageReadParams.offset');
  h1 = high;
  if (v.length >>> 0 !== v.length) throw outOfRange('BootPackageReadParams.length', v.length);
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
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putBootPackageReadParams(v: BootPackageReadParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageReadParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeBootPackageReadParams(v, bytes, top, size, next, end, depth);
}

export function readBootPackageReadParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: BootPackageReadParams | undefined): BootPackageReadParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { name: name_, offset: offset_, length: length_ };
  into.name = name_;
  into.offset = offset_;
  into.length = length_;
  return into;
}

export function followBootPackageReadParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: BootPackageReadParams | undefined): BootPackageReadParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readBootPackageReadParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const bootPackageReadParams: Codec<BootPackageReadParams> = {
  name: 'BootPackageReadParams',
  dataWords: 2,
  pointers: 1,
  encode(value: BootPackageReadParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putBootPackageReadParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: BootPackageReadParams): BootPackageReadParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followBootPackageReadParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readBootPackageReadParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: BootPackageReadParams): number {
    return 8 + 8 * wordsOfBootPackageReadParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfBootPackageReadResults(v: BootPackageReadResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (data < 1 && v.size !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowBootPackageReadResults(v: BootPackageReadResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfBootPackageReadResults(v: BootPackageReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowBootPackageReadResults(v, depth);
}

export function writeBootPackageReadResults(v: BootPackageReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.size, 'BootPackageReadResults.size');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
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

export function putBootPackageReadResults(v: BootPackageReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBootPackageReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeBootPackageReadResults(v, bytes, top, size, next, end, depth);
}

export function readBootPackageReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: BootPackageReadResults | undefined): BootPackageReadResults {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const size_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { data: data_, size: size_ };
  into.data = data_;
  into.size = size_;
  return into;
}

export function followBootPackageReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: BootPackageReadResults | undefined): BootPackageReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readBootPackageReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const bootPackageReadResults: Codec<BootPackageReadResults> = {
  name: 'BootPackageReadResults',
  dataWords: 1,
  pointers: 1,
  encode(value: BootPackageReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putBootPackageReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: BootPackageReadResults): BootPackageReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followBootPackageReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readBootPackageReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: BootPackageReadResults): number {
    return 8 + 8 * wordsOfBootPackageReadResults(value, MAX_DEPTH - 1);
  },
};

/** Manifest and blobs of the image the system was booted with. */
export const BootPackage: {
  readonly id: 0x80237f1a4ef3dcfen;
  readonly name: 'BootPackage';
  readonly methods: {
    readonly manifest: MethodDescriptor<BootPackageManifestParams, BootPackageManifestResults>;
    readonly list: MethodDescriptor<BootPackageListParams, BootPackageListResults>;
    readonly read: MethodDescriptor<BootPackageReadParams, BootPackageReadResults>;
  };
} = {
  id: 0x80237f1a4ef3dcfen,
  name: 'BootPackage',
  methods: {
    /** A Manifest message (manifest.capnp), unframed single segment. */
    manifest: { ordinal: 0, name: 'manifest', params: bootPackageManifestParams, results: bootPackageManifestResults },
    /** The names of the blobs. */
    list: { ordinal: 1, name: 'list', params: bootPackageListParams, results: bootPackageListResults },
    /**
     * A part of a blob, less than asked for at its end or when the result buffer is smaller; `size` is the whole blob's.
     * invalidArgument: there is no such blob.
     */
    read: { ordinal: 2, name: 'read', params: bootPackageReadParams, results: bootPackageReadResults },
  },
} as const satisfies InterfaceDescriptor;
