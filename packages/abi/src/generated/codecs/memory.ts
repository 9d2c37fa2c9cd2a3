// Generated from memory.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Pages: address spaces, shareable memory objects, frames.

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
  putCapability,
  putInt32,
  putNull,
  putStructPointer,
  readCapability,
  readData,
  splitUint64,
  tooDeep,
  writeData,
} from '../../codec-runtime.ts';

export interface VirtualMemoryMapParams {
  address: bigint;
  length: bigint;
  protection: number;
  fixed: boolean;
}

export interface VirtualMemoryMapResults {
  address: bigint;
}

export interface VirtualMemoryMapObjectParams {
  object: number;
  offset: bigint;
  address: bigint;
  length: bigint;
  protection: number;
  fixed: boolean;
}

export interface VirtualMemoryMapObjectResults {
  address: bigint;
}

export interface VirtualMemoryUnmapParams {
  address: bigint;
  length: bigint;
}

export interface VirtualMemoryUnmapResults {
}

export interface VirtualMemoryProtectParams {
  address: bigint;
  length: bigint;
  protection: number;
}

export interface VirtualMemoryProtectResults {
}

export interface VirtualMemoryReserveParams {
  address: bigint;
  length: bigint;
}

export interface VirtualMemoryReserveResults {
  address: bigint;
}

export interface VirtualMemoryCommitParams {
  address: bigint;
  length: bigint;
  protection: number;
}

export interface VirtualMemoryCommitResults {
}

export interface VirtualMemoryDecommitParams {
  address: bigint;
  length: bigint;
}

export interface VirtualMemoryDecommitResults {
}

export interface MemoryObjectGetSizeParams {
}

export interface MemoryObjectGetSizeResults {
  size: bigint;
}

export interface MemoryObjectReadParams {
  offset: bigint;
  length: number;
}

export interface MemoryObjectReadResults {
  data: Uint8Array;
}

export interface MemoryObjectWriteParams {
  offset: bigint;
  data: Uint8Array;
}

export interface MemoryObjectWriteResults {
}

export interface MemoryObjectCreateChildParams {
  offset: bigint;
  length: bigint;
}

export interface MemoryObjectCreateChildResults {
  child: number;
}

export interface FrameAllocatorAllocateParams {
  size: bigint;
  contiguous: boolean;
}

export interface FrameAllocatorAllocateResults {
  object: number;
}

export interface FrameAllocatorAvailableParams {
}

export interface FrameAllocatorAvailableResults {
  bytes: bigint;
}

export function sizeOfVirtualMemoryMapParams(v: VirtualMemoryMapParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  if (data < 3 && v.protection !== 0) data = 3;
  if (data < 3 && v.fixed !== false) data = 3;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryMapParams(_v: VirtualMemoryMapParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryMapParams(v: VirtualMemoryMapParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryMapParams(v, depth);
}

export function writeVirtualMemoryMapParams(v: VirtualMemoryMapParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryMapParams.address');
  h1 = high;
  h2 = splitUint64(v.length, 'VirtualMemoryMapParams.length');
  h3 = high;
  if (v.protection >>> 0 !== v.protection) throw outOfRange('VirtualMemoryMapParams.protection', v.protection);
  h4 |= v.protection;
  if (v.fixed) h5 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, h5);
  }
  return top;
}

export function putVirtualMemoryMapParams(v: VirtualMemoryMapParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryMapParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryMapParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryMapParams | undefined): VirtualMemoryMapParams {
  const b20 = data > 20 ? bytes[at + 20]! : 0;
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const protection_ = (data >= 20 ? getInt32(bytes, at + 16) : 0) >>> 0;
  const fixed_ = ((b20 >> 0) & 1) !== 0;
  if (into === undefined) return { address: address_, length: length_, protection: protection_, fixed: fixed_ };
  into.address = address_;
  into.length = length_;
  into.protection = protection_;
  into.fixed = fixed_;
  return into;
}

export function followVirtualMemoryMapParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryMapParams | undefined): VirtualMemoryMapParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryMapParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryMapParams: Codec<VirtualMemoryMapParams> = {
  name: 'VirtualMemoryMapParams',
  dataWords: 3,
  pointers: 0,
  encode(value: VirtualMemoryMapParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryMapParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryMapParams): VirtualMemoryMapParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryMapParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryMapParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryMapParams): number {
    return 8 + 8 * wordsOfVirtualMemoryMapParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfVirtualMemoryMapResults(v: VirtualMemoryMapResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryMapResults(_v: VirtualMemoryMapResults, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryMapResults(v: VirtualMemoryMapResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryMapResults(v, depth);
}

export function writeVirtualMemoryMapResults(v: VirtualMemoryMapResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryMapResults.address');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putVirtualMemoryMapResults(v: VirtualMemoryMapResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryMapResults(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryMapResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryMapResults | undefined): VirtualMemoryMapResults {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { address: address_ };
  into.address = address_;
  return into;
}

export function followVirtualMemoryMapResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryMapResults | undefined): VirtualMemoryMapResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryMapResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryMapResults: Codec<VirtualMemoryMapResults> = {
  name: 'VirtualMemoryMapResults',
  dataWords: 1,
  pointers: 0,
  encode(value: VirtualMemoryMapResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryMapResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryMapResults): VirtualMemoryMapResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryMapResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryMapResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryMapResults): number {
    return 8 + 8 * wordsOfVirtualMemoryMapResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfVirtualMemoryMapObjectParams(v: VirtualMemoryMapObjectParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.object !== -1) pointers = 1;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.address !== 0n) data = 2;
  if (data < 3 && v.length !== 0n) data = 3;
  if (data < 4 && v.protection !== 0) data = 4;
  if (data < 4 && v.fixed !== false) data = 4;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryMapObjectParams(_v: VirtualMemoryMapObjectParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryMapObjectParams(v: VirtualMemoryMapObjectParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapObjectParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryMapObjectParams(v, depth);
}

export function writeVirtualMemoryMapObjectParams(v: VirtualMemoryMapObjectParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  h0 = splitUint64(v.offset, 'VirtualMemoryMapObjectParams.offset');
  h1 = high;
  h2 = splitUint64(v.address, 'VirtualMemoryMapObjectParams.address');
  h3 = high;
  h4 = splitUint64(v.length, 'VirtualMemoryMapObjectParams.length');
  h5 = high;
  if (v.protection >>> 0 !== v.protection) throw outOfRange('VirtualMemoryMapObjectParams.protection', v.protection);
  h6 |= v.protection;
  if (v.fixed) h7 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, h5);
  }
  if (data > 3) {
    putInt32(bytes, at + 24, h6);
    putInt32(bytes, at + 28, h7);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.object !== -1) {
      putCapability(v.object, bytes, base, 'VirtualMemoryMapObjectParams.object');
    } else putNull(bytes, base);
  }
  return top;
}

export function putVirtualMemoryMapObjectParams(v: VirtualMemoryMapObjectParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapObjectParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryMapObjectParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryMapObjectParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryMapObjectParams | undefined): VirtualMemoryMapObjectParams {
  const base = at + data;
  const b28 = data > 28 ? bytes[at + 28]! : 0;
  const object_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const address_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const length_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const protection_ = (data >= 28 ? getInt32(bytes, at + 24) : 0) >>> 0;
  const fixed_ = ((b28 >> 0) & 1) !== 0;
  if (into === undefined) return { object: object_, offset: offset_, address: address_, length: length_, protection: protection_, fixed: fixed_ };
  into.object = object_;
  into.offset = offset_;
  into.address = address_;
  into.length = length_;
  into.protection = protection_;
  into.fixed = fixed_;
  return into;
}

export function followVirtualMemoryMapObjectParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryMapObjectParams | undefined): VirtualMemoryMapObjectParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryMapObjectParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryMapObjectParams: Codec<VirtualMemoryMapObjectParams> = {
  name: 'VirtualMemoryMapObjectParams',
  dataWords: 4,
  pointers: 1,
  encode(value: VirtualMemoryMapObjectParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryMapObjectParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryMapObjectParams): VirtualMemoryMapObjectParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryMapObjectParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryMapObjectParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryMapObjectParams): number {
    return 8 + 8 * wordsOfVirtualMemoryMapObjectParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfVirtualMemoryMapObjectResults(v: VirtualMemoryMapObjectResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryMapObjectResults(_v: VirtualMemoryMapObjectResults, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryMapObjectResults(v: VirtualMemoryMapObjectResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapObjectResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryMapObjectResults(v, depth);
}

export function writeVirtualMemoryMapObjectResults(v: VirtualMemoryMapObjectResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryMapObjectResults.address');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putVirtualMemoryMapObjectResults(v: VirtualMemoryMapObjectResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryMapObjectResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryMapObjectResults(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryMapObjectResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryMapObjectResults | undefined): VirtualMemoryMapObjectResults {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { address: address_ };
  into.address = address_;
  return into;
}

export function followVirtualMemoryMapObjectResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryMapObjectResults | undefined): VirtualMemoryMapObjectResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryMapObjectResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryMapObjectResults: Codec<VirtualMemoryMapObjectResults> = {
  name: 'VirtualMemoryMapObjectResults',
  dataWords: 1,
  pointers: 0,
  encode(value: VirtualMemoryMapObjectResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryMapObjectResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryMapObjectResults): VirtualMemoryMapObjectResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryMapObjectResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryMapObjectResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryMapObjectResults): number {
    return 8 + 8 * wordsOfVirtualMemoryMapObjectResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfVirtualMemoryUnmapParams(v: VirtualMemoryUnmapParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryUnmapParams(_v: VirtualMemoryUnmapParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryUnmapParams(v: VirtualMemoryUnmapParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryUnmapParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryUnmapParams(v, depth);
}

export function writeVirtualMemoryUnmapParams(v: VirtualMemoryUnmapParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryUnmapParams.address');
  h1 = high;
  h2 = splitUint64(v.length, 'VirtualMemoryUnmapParams.length');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  return top;
}

export function putVirtualMemoryUnmapParams(v: VirtualMemoryUnmapParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryUnmapParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryUnmapParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryUnmapParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryUnmapParams | undefined): VirtualMemoryUnmapParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { address: address_, length: length_ };
  into.address = address_;
  into.length = length_;
  return into;
}

export function followVirtualMemoryUnmapParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryUnmapParams | undefined): VirtualMemoryUnmapParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryUnmapParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryUnmapParams: Codec<VirtualMemoryUnmapParams> = {
  name: 'VirtualMemoryUnmapParams',
  dataWords: 2,
  pointers: 0,
  encode(value: VirtualMemoryUnmapParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryUnmapParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryUnmapParams): VirtualMemoryUnmapParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryUnmapParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryUnmapParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryUnmapParams): number {
    return 8 + 8 * wordsOfVirtualMemoryUnmapParams(value, MAX_DEPTH - 1);
  },
};

export const virtualMemoryUnmapResults: Codec<VirtualMemoryUnmapResults> = /* @__PURE__ */ emptyCodec('VirtualMemoryUnmapResults');

export function sizeOfVirtualMemoryProtectParams(v: VirtualMemoryProtectParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  if (data < 3 && v.protection !== 0) data = 3;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryProtectParams(_v: VirtualMemoryProtectParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryProtectParams(v: VirtualMemoryProtectParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryProtectParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryProtectParams(v, depth);
}

export function writeVirtualMemoryProtectParams(v: VirtualMemoryProtectParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryProtectParams.address');
  h1 = high;
  h2 = splitUint64(v.length, 'VirtualMemoryProtectParams.length');
  h3 = high;
  if (v.protection >>> 0 !== v.protection) throw outOfRange('VirtualMemoryProtectParams.protection', v.protection);
  h4 |= v.protection;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, 0);
  }
  return top;
}

export function putVirtualMemoryProtectParams(v: VirtualMemoryProtectParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryProtectParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryProtectParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryProtectParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryProtectParams | undefined): VirtualMemoryProtectParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const protection_ = (data >= 20 ? getInt32(bytes, at + 16) : 0) >>> 0;
  if (into === undefined) return { address: address_, length: length_, protection: protection_ };
  into.address = address_;
  into.length = length_;
  into.protection = protection_;
  return into;
}

export function followVirtualMemoryProtectParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryProtectParams | undefined): VirtualMemoryProtectParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryProtectParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryProtectParams: Codec<VirtualMemoryProtectParams> = {
  name: 'VirtualMemoryProtectParams',
  dataWords: 3,
  pointers: 0,
  encode(value: VirtualMemoryProtectParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryProtectParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryProtectParams): VirtualMemoryProtectParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryProtectParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryProtectParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryProtectParams): number {
    return 8 + 8 * wordsOfVirtualMemoryProtectParams(value, MAX_DEPTH - 1);
  },
};

export const virtualMemoryProtectResults: Codec<VirtualMemoryProtectResults> = /* @__PURE__ */ emptyCodec('VirtualMemoryProtectResults');

export function sizeOfVirtualMemoryReserveParams(v: VirtualMemoryReserveParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryReserveParams(_v: VirtualMemoryReserveParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryReserveParams(v: VirtualMemoryReserveParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryReserveParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryReserveParams(v, depth);
}

export function writeVirtualMemoryReserveParams(v: VirtualMemoryReserveParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryReserveParams.address');
  h1 = high;
  h2 = splitUint64(v.length, 'VirtualMemoryReserveParams.length');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  return top;
}

export function putVirtualMemoryReserveParams(v: VirtualMemoryReserveParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryReserveParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryReserveParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryReserveParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryReserveParams | undefined): VirtualMemoryReserveParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { address: address_, length: length_ };
  into.address = address_;
  into.length = length_;
  return into;
}

export function followVirtualMemoryReserveParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryReserveParams | undefined): VirtualMemoryReserveParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryReserveParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryReserveParams: Codec<VirtualMemoryReserveParams> = {
  name: 'VirtualMemoryReserveParams',
  dataWords: 2,
  pointers: 0,
  encode(value: VirtualMemoryReserveParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryReserveParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryReserveParams): VirtualMemoryReserveParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryReserveParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryReserveParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryReserveParams): number {
    return 8 + 8 * wordsOfVirtualMemoryReserveParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfVirtualMemoryReserveResults(v: VirtualMemoryReserveResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryReserveResults(_v: VirtualMemoryReserveResults, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryReserveResults(v: VirtualMemoryReserveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryReserveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryReserveResults(v, depth);
}

export function writeVirtualMemoryReserveResults(v: VirtualMemoryReserveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryReserveResults.address');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putVirtualMemoryReserveResults(v: VirtualMemoryReserveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryReserveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryReserveResults(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryReserveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryReserveResults | undefined): VirtualMemoryReserveResults {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { address: address_ };
  into.address = address_;
  return into;
}

export function followVirtualMemoryReserveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryReserveResults | undefined): VirtualMemoryReserveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryReserveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryReserveResults: Codec<VirtualMemoryReserveResults> = {
  name: 'VirtualMemoryReserveResults',
  dataWords: 1,
  pointers: 0,
  encode(value: VirtualMemoryReserveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryReserveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryReserveResults): VirtualMemoryReserveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryReserveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryReserveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryReserveResults): number {
    return 8 + 8 * wordsOfVirtualMemoryReserveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfVirtualMemoryCommitParams(v: VirtualMemoryCommitParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  if (data < 3 && v.protection !== 0) data = 3;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryCommitParams(_v: VirtualMemoryCommitParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryCommitParams(v: VirtualMemoryCommitParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryCommitParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryCommitParams(v, depth);
}

export function writeVirtualMemoryCommitParams(v: VirtualMemoryCommitParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryCommitParams.address');
  h1 = high;
  h2 = splitUint64(v.length, 'VirtualMemoryCommitParams.length');
  h3 = high;
  if (v.protection >>> 0 !== v.protection) throw outOfRange('VirtualMemoryCommitParams.protection', v.protection);
  h4 |= v.protection;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, 0);
  }
  return top;
}

export function putVirtualMemoryCommitParams(v: VirtualMemoryCommitParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryCommitParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryCommitParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryCommitParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryCommitParams | undefined): VirtualMemoryCommitParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const protection_ = (data >= 20 ? getInt32(bytes, at + 16) : 0) >>> 0;
  if (into === undefined) return { address: address_, length: length_, protection: protection_ };
  into.address = address_;
  into.length = length_;
  into.protection = protection_;
  return into;
}

export function followVirtualMemoryCommitParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryCommitParams | undefined): VirtualMemoryCommitParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryCommitParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryCommitParams: Codec<VirtualMemoryCommitParams> = {
  name: 'VirtualMemoryCommitParams',
  dataWords: 3,
  pointers: 0,
  encode(value: VirtualMemoryCommitParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryCommitParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryCommitParams): VirtualMemoryCommitParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryCommitParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryCommitParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryCommitParams): number {
    return 8 + 8 * wordsOfVirtualMemoryCommitParams(value, MAX_DEPTH - 1);
  },
};

export const virtualMemoryCommitResults: Codec<VirtualMemoryCommitResults> = /* @__PURE__ */ emptyCodec('VirtualMemoryCommitResults');

export function sizeOfVirtualMemoryDecommitParams(v: VirtualMemoryDecommitParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowVirtualMemoryDecommitParams(_v: VirtualMemoryDecommitParams, _depth: number): number {
  return 0;
}

export function wordsOfVirtualMemoryDecommitParams(v: VirtualMemoryDecommitParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryDecommitParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowVirtualMemoryDecommitParams(v, depth);
}

export function writeVirtualMemoryDecommitParams(v: VirtualMemoryDecommitParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.address, 'VirtualMemoryDecommitParams.address');
  h1 = high;
  h2 = splitUint64(v.length, 'VirtualMemoryDecommitParams.length');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  return top;
}

export function putVirtualMemoryDecommitParams(v: VirtualMemoryDecommitParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfVirtualMemoryDecommitParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeVirtualMemoryDecommitParams(v, bytes, top, size, next, end, depth);
}

export function readVirtualMemoryDecommitParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: VirtualMemoryDecommitParams | undefined): VirtualMemoryDecommitParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { address: address_, length: length_ };
  into.address = address_;
  into.length = length_;
  return into;
}

export function followVirtualMemoryDecommitParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: VirtualMemoryDecommitParams | undefined): VirtualMemoryDecommitParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readVirtualMemoryDecommitParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const virtualMemoryDecommitParams: Codec<VirtualMemoryDecommitParams> = {
  name: 'VirtualMemoryDecommitParams',
  dataWords: 2,
  pointers: 0,
  encode(value: VirtualMemoryDecommitParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putVirtualMemoryDecommitParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: VirtualMemoryDecommitParams): VirtualMemoryDecommitParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followVirtualMemoryDecommitParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readVirtualMemoryDecommitParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: VirtualMemoryDecommitParams): number {
    return 8 + 8 * wordsOfVirtualMemoryDecommitParams(value, MAX_DEPTH - 1);
  },
};

export const virtualMemoryDecommitResults: Codec<VirtualMemoryDecommitResults> = /* @__PURE__ */ emptyCodec('VirtualMemoryDecommitResults');

export const memoryObjectGetSizeParams: Codec<MemoryObjectGetSizeParams> = /* @__PURE__ */ emptyCodec('MemoryObjectGetSizeParams');

export function sizeOfMemoryObjectGetSizeResults(v: MemoryObjectGetSizeResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.size !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowMemoryObjectGetSizeResults(_v: MemoryObjectGetSizeResults, _depth: number): number {
  return 0;
}

export function wordsOfMemoryObjectGetSizeResults(v: MemoryObjectGetSizeResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectGetSizeResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowMemoryObjectGetSizeResults(v, depth);
}

export function writeMemoryObjectGetSizeResults(v: MemoryObjectGetSizeResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.size, 'MemoryObjectGetSizeResults.size');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putMemoryObjectGetSizeResults(v: MemoryObjectGetSizeResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectGetSizeResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeMemoryObjectGetSizeResults(v, bytes, top, size, next, end, depth);
}

export function readMemoryObjectGetSizeResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: MemoryObjectGetSizeResults | undefined): MemoryObjectGetSizeResults {
  const size_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { size: size_ };
  into.size = size_;
  return into;
}

export function followMemoryObjectGetSizeResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: MemoryObjectGetSizeResults | undefined): MemoryObjectGetSizeResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readMemoryObjectGetSizeResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const memoryObjectGetSizeResults: Codec<MemoryObjectGetSizeResults> = {
  name: 'MemoryObjectGetSizeResults',
  dataWords: 1,
  pointers: 0,
  encode(value: MemoryObjectGetSizeResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putMemoryObjectGetSizeResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: MemoryObjectGetSizeResults): MemoryObjectGetSizeResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followMemoryObjectGetSizeResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readMemoryObjectGetSizeResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: MemoryObjectGetSizeResults): number {
    return 8 + 8 * wordsOfMemoryObjectGetSizeResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfMemoryObjectReadParams(v: MemoryObjectReadParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.length !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowMemoryObjectReadParams(_v: MemoryObjectReadParams, _depth: number): number {
  return 0;
}

export function wordsOfMemoryObjectReadParams(v: MemoryObjectReadParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectReadParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowMemoryObjectReadParams(v, depth);
}

export function writeMemoryObjectReadParams(v: MemoryObjectReadParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.offset, 'MemoryObjectReadParams.offset');
  h1 = high;
  if (v.length >>> 0 !== v.length) throw outOfRange('MemoryObjectReadParams.length', v.length);
  h2 |= v.length;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, 0);
  }
  return top;
}

export function putMemoryObjectReadParams(v: MemoryObjectReadParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectReadParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeMemoryObjectReadParams(v, bytes, top, size, next, end, depth);
}

export function readMemoryObjectReadParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: MemoryObjectReadParams | undefined): MemoryObjectReadParams {
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { offset: offset_, length: length_ };
  into.offset = offset_;
  into.length = length_;
  return into;
}

export function followMemoryObjectReadParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: MemoryObjectReadParams | undefined): MemoryObjectReadParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readMemoryObjectReadParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const memoryObjectReadParams: Codec<MemoryObjectReadParams> = {
  name: 'MemoryObjectReadParams',
  dataWords: 2,
  pointers: 0,
  encode(value: MemoryObjectReadParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putMemoryObjectReadParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: MemoryObjectReadParams): MemoryObjectReadParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followMemoryObjectReadParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readMemoryObjectReadParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: MemoryObjectReadParams): number {
    return 8 + 8 * wordsOfMemoryObjectReadParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfMemoryObjectReadResults(v: MemoryObjectReadResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowMemoryObjectReadResults(v: MemoryObjectReadResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfMemoryObjectReadResults(v: MemoryObjectReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowMemoryObjectReadResults(v, depth);
}

export function writeMemoryObjectReadResults(v: MemoryObjectReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putMemoryObjectReadResults(v: MemoryObjectReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeMemoryObjectReadResults(v, bytes, top, size, next, end, depth);
}

export function readMemoryObjectReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: MemoryObjectReadResults | undefined): MemoryObjectReadResults {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { data: data_ };
  into.data = data_;
  return into;
}

export function followMemoryObjectReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: MemoryObjectReadResults | undefined): MemoryObjectReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readMemoryObjectReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const memoryObjectReadResults: Codec<MemoryObjectReadResults> = {
  name: 'MemoryObjectReadResults',
  dataWords: 0,
  pointers: 1,
  encode(value: MemoryObjectReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putMemoryObjectReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: MemoryObjectReadResults): MemoryObjectReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followMemoryObjectReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readMemoryObjectReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: MemoryObjectReadResults): number {
    return 8 + 8 * wordsOfMemoryObjectReadResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfMemoryObjectWriteParams(v: MemoryObjectWriteParams): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowMemoryObjectWriteParams(v: MemoryObjectWriteParams, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfMemoryObjectWriteParams(v: MemoryObjectWriteParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectWriteParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowMemoryObjectWriteParams(v, depth);
}

export function writeMemoryObjectWriteParams(v: MemoryObjectWriteParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.offset, 'MemoryObjectWriteParams.offset');
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

export function putMemoryObjectWriteParams(v: MemoryObjectWriteParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectWriteParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeMemoryObjectWriteParams(v, bytes, top, size, next, end, depth);
}

export function readMemoryObjectWriteParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: MemoryObjectWriteParams | undefined): MemoryObjectWriteParams {
  const base = at + data;
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { offset: offset_, data: data_ };
  into.offset = offset_;
  into.data = data_;
  return into;
}

export function followMemoryObjectWriteParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: MemoryObjectWriteParams | undefined): MemoryObjectWriteParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readMemoryObjectWriteParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const memoryObjectWriteParams: Codec<MemoryObjectWriteParams> = {
  name: 'MemoryObjectWriteParams',
  dataWords: 1,
  pointers: 1,
  encode(value: MemoryObjectWriteParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putMemoryObjectWriteParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: MemoryObjectWriteParams): MemoryObjectWriteParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followMemoryObjectWriteParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readMemoryObjectWriteParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: MemoryObjectWriteParams): number {
    return 8 + 8 * wordsOfMemoryObjectWriteParams(value, MAX_DEPTH - 1);
  },
};

export const memoryObjectWriteResults: Codec<MemoryObjectWriteResults> = /* @__PURE__ */ emptyCodec('MemoryObjectWriteResults');

export function sizeOfMemoryObjectCreateChildParams(v: MemoryObjectCreateChildParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowMemoryObjectCreateChildParams(_v: MemoryObjectCreateChildParams, _depth: number): number {
  return 0;
}

export function wordsOfMemoryObjectCreateChildParams(v: MemoryObjectCreateChildParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectCreateChildParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowMemoryObjectCreateChildParams(v, depth);
}

export function writeMemoryObjectCreateChildParams(v: MemoryObjectCreateChildParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.offset, 'MemoryObjectCreateChildParams.offset');
  h1 = high;
  h2 = splitUint64(v.length, 'MemoryObjectCreateChildParams.length');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  return top;
}

export function putMemoryObjectCreateChildParams(v: MemoryObjectCreateChildParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectCreateChildParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeMemoryObjectCreateChildParams(v, bytes, top, size, next, end, depth);
}

export function readMemoryObjectCreateChildParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: MemoryObjectCreateChildParams | undefined): MemoryObjectCreateChildParams {
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { offset: offset_, length: length_ };
  into.offset = offset_;
  into.length = length_;
  return into;
}

export function followMemoryObjectCreateChildParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: MemoryObjectCreateChildParams | undefined): MemoryObjectCreateChildParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readMemoryObjectCreateChildParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const memoryObjectCreateChildParams: Codec<MemoryObjectCreateChildParams> = {
  name: 'MemoryObjectCreateChildParams',
  dataWords: 2,
  pointers: 0,
  encode(value: MemoryObjectCreateChildParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putMemoryObjectCreateChildParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: MemoryObjectCreateChildParams): MemoryObjectCreateChildParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followMemoryObjectCreateChildParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readMemoryObjectCreateChildParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: MemoryObjectCreateChildParams): number {
    return 8 + 8 * wordsOfMemoryObjectCreateChildParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfMemoryObjectCreateChildResults(v: MemoryObjectCreateChildResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.child !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowMemoryObjectCreateChildResults(_v: MemoryObjectCreateChildResults, _depth: number): number {
  return 0;
}

export function wordsOfMemoryObjectCreateChildResults(v: MemoryObjectCreateChildResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectCreateChildResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowMemoryObjectCreateChildResults(v, depth);
}

export function writeMemoryObjectCreateChildResults(v: MemoryObjectCreateChildResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.child !== -1) {
      putCapability(v.child, bytes, base, 'MemoryObjectCreateChildResults.child');
    } else putNull(bytes, base);
  }
  return top;
}

export function putMemoryObjectCreateChildResults(v: MemoryObjectCreateChildResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfMemoryObjectCreateChildResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeMemoryObjectCreateChildResults(v, bytes, top, size, next, end, depth);
}

export function readMemoryObjectCreateChildResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: MemoryObjectCreateChildResults | undefined): MemoryObjectCreateChildResults {
  const base = at + data;
  const child_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { child: child_ };
  into.child = child_;
  return into;
}

export function followMemoryObjectCreateChildResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: MemoryObjectCreateChildResults | undefined): MemoryObjectCreateChildResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readMemoryObjectCreateChildResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const memoryObjectCreateChildResults: Codec<MemoryObjectCreateChildResults> = {
  name: 'MemoryObjectCreateChildResults',
  dataWords: 0,
  pointers: 1,
  encode(value: MemoryObjectCreateChildResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putMemoryObjectCreateChildResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: MemoryObjectCreateChildResults): MemoryObjectCreateChildResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followMemoryObjectCreateChildResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readMemoryObjectCreateChildResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: MemoryObjectCreateChildResults): number {
    return 8 + 8 * wordsOfMemoryObjectCreateChildResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFrameAllocatorAllocateParams(v: FrameAllocatorAllocateParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.size !== 0n) data = 1;
  if (data < 2 && v.contiguous !== false) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowFrameAllocatorAllocateParams(_v: FrameAllocatorAllocateParams, _depth: number): number {
  return 0;
}

export function wordsOfFrameAllocatorAllocateParams(v: FrameAllocatorAllocateParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFrameAllocatorAllocateParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFrameAllocatorAllocateParams(v, depth);
}

export function writeFrameAllocatorAllocateParams(v: FrameAllocatorAllocateParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.size, 'FrameAllocatorAllocateParams.size');
  h1 = high;
  if (v.contiguous) h2 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, 0);
  }
  return top;
}

export function putFrameAllocatorAllocateParams(v: FrameAllocatorAllocateParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFrameAllocatorAllocateParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFrameAllocatorAllocateParams(v, bytes, top, size, next, end, depth);
}

export function readFrameAllocatorAllocateParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FrameAllocatorAllocateParams | undefined): FrameAllocatorAllocateParams {
  const b8 = data > 8 ? bytes[at + 8]! : 0;
  const size_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const contiguous_ = ((b8 >> 0) & 1) !== 0;
  if (into === undefined) return { size: size_, contiguous: contiguous_ };
  into.size = size_;
  into.contiguous = contiguous_;
  return into;
}

export function followFrameAllocatorAllocateParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FrameAllocatorAllocateParams | undefined): FrameAllocatorAllocateParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFrameAllocatorAllocateParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const frameAllocatorAllocateParams: Codec<FrameAllocatorAllocateParams> = {
  name: 'FrameAllocatorAllocateParams',
  dataWords: 2,
  pointers: 0,
  encode(value: FrameAllocatorAllocateParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFrameAllocatorAllocateParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FrameAllocatorAllocateParams): FrameAllocatorAllocateParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFrameAllocatorAllocateParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFrameAllocatorAllocateParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FrameAllocatorAllocateParams): number {
    return 8 + 8 * wordsOfFrameAllocatorAllocateParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFrameAllocatorAllocateResults(v: FrameAllocatorAllocateResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.object !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowFrameAllocatorAllocateResults(_v: FrameAllocatorAllocateResults, _depth: number): number {
  return 0;
}

export function wordsOfFrameAllocatorAllocateResults(v: FrameAllocatorAllocateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFrameAllocatorAllocateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFrameAllocatorAllocateResults(v, depth);
}

export function writeFrameAllocatorAllocateResults(v: FrameAllocatorAllocateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.object !== -1) {
      putCapability(v.object, bytes, base, 'FrameAllocatorAllocateResults.object');
    } else putNull(bytes, base);
  }
  return top;
}

export function putFrameAllocatorAllocateResults(v: FrameAllocatorAllocateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFrameAllocatorAllocateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFrameAllocatorAllocateResults(v, bytes, top, size, next, end, depth);
}

export function readFrameAllocatorAllocateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FrameAllocatorAllocateResults | undefined): FrameAllocatorAllocateResults {
  const base = at + data;
  const object_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { object: object_ };
  into.object = object_;
  return into;
}

export function followFrameAllocatorAllocateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FrameAllocatorAllocateResults | undefined): FrameAllocatorAllocateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFrameAllocatorAllocateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const frameAllocatorAllocateResults: Codec<FrameAllocatorAllocateResults> = {
  name: 'FrameAllocatorAllocateResults',
  dataWords: 0,
  pointers: 1,
  encode(value: FrameAllocatorAllocateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFrameAllocatorAllocateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FrameAllocatorAllocateResults): FrameAllocatorAllocateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFrameAllocatorAllocateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFrameAllocatorAllocateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FrameAllocatorAllocateResults): number {
    return 8 + 8 * wordsOfFrameAllocatorAllocateResults(value, MAX_DEPTH - 1);
  },
};

export const frameAllocatorAvailableParams: Codec<FrameAllocatorAvailableParams> = /* @__PURE__ */ emptyCodec('FrameAllocatorAvailableParams');

export function sizeOfFrameAllocatorAvailableResults(v: FrameAllocatorAvailableResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bytes !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFrameAllocatorAvailableResults(_v: FrameAllocatorAvailableResults, _depth: number): number {
  return 0;
}

export function wordsOfFrameAllocatorAvailableResults(v: FrameAllocatorAvailableResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFrameAllocatorAvailableResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFrameAllocatorAvailableResults(v, depth);
}

export function writeFrameAllocatorAvailableResults(v: FrameAllocatorAvailableResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.bytes, 'FrameAllocatorAvailableResults.bytes');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putFrameAllocatorAvailableResults(v: FrameAllocatorAvailableResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFrameAllocatorAvailableResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFrameAllocatorAvailableResults(v, bytes, top, size, next, end, depth);
}

export function readFrameAllocatorAvailableResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FrameAllocatorAvailableResults | undefined): FrameAllocatorAvailableResults {
  const bytes_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { bytes: bytes_ };
  into.bytes = bytes_;
  return into;
}

export function followFrameAllocatorAvailableResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FrameAllocatorAvailableResults | undefined): FrameAllocatorAvailableResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFrameAllocatorAvailableResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const frameAllocatorAvailableResults: Codec<FrameAllocatorAvailableResults> = {
  name: 'FrameAllocatorAvailableResults',
  dataWords: 1,
  pointers: 0,
  encode(value: FrameAllocatorAvailableResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFrameAllocatorAvailableResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FrameAllocatorAvailableResults): FrameAllocatorAvailableResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFrameAllocatorAvailableResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFrameAllocatorAvailableResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FrameAllocatorAvailableResults): number {
    return 8 + 8 * wordsOfFrameAllocatorAvailableResults(value, MAX_DEPTH - 1);
  },
};

/**
 * The address space of whoever calls. Addresses and lengths are multiples of 4096; protection: 1 read, 2 write, 4 execute.
 * invalidArgument: a bad range, an overlap, write with execute. overloaded: no memory or address space left.
 */
export const VirtualMemory: {
  readonly id: 0xc5f6cf3937053d85n;
  readonly name: 'VirtualMemory';
  readonly methods: {
    readonly map: MethodDescriptor<VirtualMemoryMapParams, VirtualMemoryMapResults>;
    readonly mapObject: MethodDescriptor<VirtualMemoryMapObjectParams, VirtualMemoryMapObjectResults>;
    readonly unmap: MethodDescriptor<VirtualMemoryUnmapParams, VirtualMemoryUnmapResults>;
    readonly protect: MethodDescriptor<VirtualMemoryProtectParams, VirtualMemoryProtectResults>;
    readonly reserve: MethodDescriptor<VirtualMemoryReserveParams, VirtualMemoryReserveResults>;
    readonly commit: MethodDescriptor<VirtualMemoryCommitParams, VirtualMemoryCommitResults>;
    readonly decommit: MethodDescriptor<VirtualMemoryDecommitParams, VirtualMemoryDecommitResults>;
  };
} = {
  id: 0xc5f6cf3937053d85n,
  name: 'VirtualMemory',
  methods: {
    /** Demand-zero anonymous memory. address 0 lets the kernel choose; fixed replaces what is mapped there. */
    map: { ordinal: 0, name: 'map', params: virtualMemoryMapParams, results: virtualMemoryMapResults },
    /** Pages of an object, shared with everybody else who maps or writes them. */
    mapObject: { ordinal: 1, name: 'mapObject', params: virtualMemoryMapObjectParams, results: virtualMemoryMapObjectResults },
    /** Frees memory and addresses. */
    unmap: { ordinal: 2, name: 'unmap', params: virtualMemoryUnmapParams, results: virtualMemoryUnmapResults },
    /** Changes what may be done with pages; their content stays. */
    protect: { ordinal: 3, name: 'protect', params: virtualMemoryProtectParams, results: virtualMemoryProtectResults },
    /** Address space without memory: any access faults until `commit`. */
    reserve: { ordinal: 4, name: 'reserve', params: virtualMemoryReserveParams, results: virtualMemoryReserveResults },
    /** Demand-zero memory in a reserved range. */
    commit: { ordinal: 5, name: 'commit', params: virtualMemoryCommitParams, results: virtualMemoryCommitResults },
    /** Frees the frames; the range stays reserved, and reads zero when committed again. */
    decommit: { ordinal: 6, name: 'decommit', params: virtualMemoryDecommitParams, results: virtualMemoryDecommitResults },
  },
} as const satisfies InterfaceDescriptor;

/** Pages of their own, independent of any address space: to share, to hand on, to snapshot. */
export const MemoryObject: {
  readonly id: 0xb3b7a50d334fac6en;
  readonly name: 'MemoryObject';
  readonly methods: {
    readonly getSize: MethodDescriptor<MemoryObjectGetSizeParams, MemoryObjectGetSizeResults>;
    readonly read: MethodDescriptor<MemoryObjectReadParams, MemoryObjectReadResults>;
    readonly write: MethodDescriptor<MemoryObjectWriteParams, MemoryObjectWriteResults>;
    readonly createChild: MethodDescriptor<MemoryObjectCreateChildParams, MemoryObjectCreateChildResults>;
  };
} = {
  id: 0xb3b7a50d334fac6en,
  name: 'MemoryObject',
  methods: {
    /** Bytes, a multiple of 4096. */
    getSize: { ordinal: 0, name: 'getSize', params: memoryObjectGetSizeParams, results: memoryObjectGetSizeResults },
    /** invalidArgument: the range leaves the object. */
    read: { ordinal: 1, name: 'read', params: memoryObjectReadParams, results: memoryObjectReadResults },
    /** invalidArgument: the range leaves the object. overloaded: no frame left. */
    write: { ordinal: 2, name: 'write', params: memoryObjectWriteParams, results: memoryObjectWriteResults },
    /** A copy-on-write snapshot of a range of whole pages, paid for by the caller. */
    createChild: { ordinal: 3, name: 'createChild', params: memoryObjectCreateChildParams, results: memoryObjectCreateChildResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;

/** Memory as objects, on the account of whoever asks. */
export const FrameAllocator: {
  readonly id: 0xe8a9a35b58ff58e1n;
  readonly name: 'FrameAllocator';
  readonly methods: {
    readonly allocate: MethodDescriptor<FrameAllocatorAllocateParams, FrameAllocatorAllocateResults>;
    readonly available: MethodDescriptor<FrameAllocatorAvailableParams, FrameAllocatorAvailableResults>;
  };
} = {
  id: 0xe8a9a35b58ff58e1n,
  name: 'FrameAllocator',
  methods: {
    /** size: a multiple of 4096. contiguous: in one physical piece. overloaded: not that much left. */
    allocate: { ordinal: 0, name: 'allocate', params: frameAllocatorAllocateParams, results: frameAllocatorAllocateResults, returnsCapabilities: true },
    /** What the caller could still allocate. */
    available: { ordinal: 1, name: 'available', params: frameAllocatorAvailableParams, results: frameAllocatorAvailableResults },
  },
} as const satisfies InterfaceDescriptor;
