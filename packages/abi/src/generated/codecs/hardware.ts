// Generated from hardware.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Devices of the board, for drivers that are programs: their registers and their interrupts.

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
  getUint16,
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

export interface InterruptBindParams {
  notification: number;
  bits: bigint;
}

export interface InterruptBindResults {
}

export interface InterruptAcknowledgeParams {
}

export interface InterruptAcknowledgeResults {
}

export interface InterruptSetMaskedParams {
  masked: boolean;
}

export interface InterruptSetMaskedResults {
}

export interface InterruptGetCountParams {
}

export interface InterruptGetCountResults {
  count: bigint;
}

export interface IoPortsReadParams {
  offset: number;
  size: number;
}

export interface IoPortsReadResults {
  value: number;
}

export interface IoPortsWriteParams {
  offset: number;
  size: number;
  value: number;
}

export interface IoPortsWriteResults {
}

export interface IoPortsGetRangeParams {
}

export interface IoPortsGetRangeResults {
  first: number;
  count: number;
}

export interface IoPortsReadManyParams {
  offset: number;
  count: number;
}

export interface IoPortsReadManyResults {
  data: Uint8Array;
}

export interface IoPortsWriteManyParams {
  offset: number;
  data: Uint8Array;
}

export interface IoPortsWriteManyResults {
}

export interface DeviceMmioReadParams {
  offset: bigint;
  size: number;
}

export interface DeviceMmioReadResults {
  value: number;
}

export interface DeviceMmioWriteParams {
  offset: bigint;
  size: number;
  value: number;
}

export interface DeviceMmioWriteResults {
}

export interface DeviceMmioGetRangeParams {
}

export interface DeviceMmioGetRangeResults {
  base: bigint;
  length: bigint;
}

export function sizeOfInterruptBindParams(v: InterruptBindParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.notification !== -1) pointers = 1;
  if (data < 1 && v.bits !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowInterruptBindParams(_v: InterruptBindParams, _depth: number): number {
  return 0;
}

export function wordsOfInterruptBindParams(v: InterruptBindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfInterruptBindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowInterruptBindParams(v, depth);
}

export function writeInterruptBindParams(v: InterruptBindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.bits, 'InterruptBindParams.bits');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.notification !== -1) {
      putCapability(v.notification, bytes, base, 'InterruptBindParams.notification');
    } else putNull(bytes, base);
  }
  return top;
}

export function putInterruptBindParams(v: InterruptBindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfInterruptBindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeInterruptBindParams(v, bytes, top, size, next, end, depth);
}

export function readInterruptBindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: InterruptBindParams | undefined): InterruptBindParams {
  const base = at + data;
  const notification_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const bits_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { notification: notification_, bits: bits_ };
  into.notification = notification_;
  into.bits = bits_;
  return into;
}

export function followInterruptBindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: InterruptBindParams | undefined): InterruptBindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readInterruptBindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const interruptBindParams: Codec<InterruptBindParams> = {
  name: 'InterruptBindParams',
  dataWords: 1,
  pointers: 1,
  encode(value: InterruptBindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putInterruptBindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: InterruptBindParams): InterruptBindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followInterruptBindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readInterruptBindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: InterruptBindParams): number {
    return 8 + 8 * wordsOfInterruptBindParams(value, MAX_DEPTH - 1);
  },
};

export const interruptBindResults: Codec<InterruptBindResults> = /* @__PURE__ */ emptyCodec('InterruptBindResults');

export const interruptAcknowledgeParams: Codec<InterruptAcknowledgeParams> = /* @__PURE__ */ emptyCodec('InterruptAcknowledgeParams');

export const interruptAcknowledgeResults: Codec<InterruptAcknowledgeResults> = /* @__PURE__ */ emptyCodec('InterruptAcknowledgeResults');

export function sizeOfInterruptSetMaskedParams(v: InterruptSetMaskedParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.masked !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowInterruptSetMaskedParams(_v: InterruptSetMaskedParams, _depth: number): number {
  return 0;
}

export function wordsOfInterruptSetMaskedParams(v: InterruptSetMaskedParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfInterruptSetMaskedParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowInterruptSetMaskedParams(v, depth);
}

export function writeInterruptSetMaskedParams(v: InterruptSetMaskedParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.masked) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putInterruptSetMaskedParams(v: InterruptSetMaskedParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfInterruptSetMaskedParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeInterruptSetMaskedParams(v, bytes, top, size, next, end, depth);
}

export function readInterruptSetMaskedParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: InterruptSetMaskedParams | undefined): InterruptSetMaskedParams {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const masked_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { masked: masked_ };
  into.masked = masked_;
  return into;
}

export function followInterruptSetMaskedParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: InterruptSetMaskedParams | undefined): InterruptSetMaskedParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readInterruptSetMaskedParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const interruptSetMaskedParams: Codec<InterruptSetMaskedParams> = {
  name: 'InterruptSetMaskedParams',
  dataWords: 1,
  pointers: 0,
  encode(value: InterruptSetMaskedParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putInterruptSetMaskedParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: InterruptSetMaskedParams): InterruptSetMaskedParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followInterruptSetMaskedParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readInterruptSetMaskedParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: InterruptSetMaskedParams): number {
    return 8 + 8 * wordsOfInterruptSetMaskedParams(value, MAX_DEPTH - 1);
  },
};

export const interruptSetMaskedResults: Codec<InterruptSetMaskedResults> = /* @__PURE__ */ emptyCodec('InterruptSetMaskedResults');

export const interruptGetCountParams: Codec<InterruptGetCountParams> = /* @__PURE__ */ emptyCodec('InterruptGetCountParams');

export function sizeOfInterruptGetCountResults(v: InterruptGetCountResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.count !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowInterruptGetCountResults(_v: InterruptGetCountResults, _depth: number): number {
  return 0;
}

export function wordsOfInterruptGetCountResults(v: InterruptGetCountResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfInterruptGetCountResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowInterruptGetCountResults(v, depth);
}

export function writeInterruptGetCountResults(v: InterruptGetCountResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.count, 'InterruptGetCountResults.count');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putInterruptGetCountResults(v: InterruptGetCountResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfInterruptGetCountResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeInterruptGetCountResults(v, bytes, top, size, next, end, depth);
}

export function readInterruptGetCountResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: InterruptGetCountResults | undefined): InterruptGetCountResults {
  const count_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { count: count_ };
  into.count = count_;
  return into;
}

export function followInterruptGetCountResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: InterruptGetCountResults | undefined): InterruptGetCountResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readInterruptGetCountResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const interruptGetCountResults: Codec<InterruptGetCountResults> = {
  name: 'InterruptGetCountResults',
  dataWords: 1,
  pointers: 0,
  encode(value: InterruptGetCountResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putInterruptGetCountResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: InterruptGetCountResults): InterruptGetCountResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followInterruptGetCountResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readInterruptGetCountResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: InterruptGetCountResults): number {
    return 8 + 8 * wordsOfInterruptGetCountResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfIoPortsReadParams(v: IoPortsReadParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0) data = 1;
  if (data < 1 && v.size !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsReadParams(_v: IoPortsReadParams, _depth: number): number {
  return 0;
}

export function wordsOfIoPortsReadParams(v: IoPortsReadParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsReadParams(v, depth);
}

export function writeIoPortsReadParams(v: IoPortsReadParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.offset & 0xffff) !== v.offset) throw outOfRange('IoPortsReadParams.offset', v.offset);
  h0 |= v.offset;
  if ((v.size & 0xff) !== v.size) throw outOfRange('IoPortsReadParams.size', v.size);
  h0 |= v.size << 16;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putIoPortsReadParams(v: IoPortsReadParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsReadParams(v, bytes, top, size, next, end, depth);
}

export function readIoPortsReadParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsReadParams | undefined): IoPortsReadParams {
  const offset_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const size_ = (data >= 3 ? bytes[at + 2]! : 0);
  if (into === undefined) return { offset: offset_, size: size_ };
  into.offset = offset_;
  into.size = size_;
  return into;
}

export function followIoPortsReadParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsReadParams | undefined): IoPortsReadParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsReadParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsReadParams: Codec<IoPortsReadParams> = {
  name: 'IoPortsReadParams',
  dataWords: 1,
  pointers: 0,
  encode(value: IoPortsReadParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsReadParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsReadParams): IoPortsReadParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsReadParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsReadParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsReadParams): number {
    return 8 + 8 * wordsOfIoPortsReadParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfIoPortsReadResults(v: IoPortsReadResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.value !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsReadResults(_v: IoPortsReadResults, _depth: number): number {
  return 0;
}

export function wordsOfIoPortsReadResults(v: IoPortsReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsReadResults(v, depth);
}

export function writeIoPortsReadResults(v: IoPortsReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.value >>> 0 !== v.value) throw outOfRange('IoPortsReadResults.value', v.value);
  h0 |= v.value;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putIoPortsReadResults(v: IoPortsReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsReadResults(v, bytes, top, size, next, end, depth);
}

export function readIoPortsReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsReadResults | undefined): IoPortsReadResults {
  const value_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { value: value_ };
  into.value = value_;
  return into;
}

export function followIoPortsReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsReadResults | undefined): IoPortsReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsReadResults: Codec<IoPortsReadResults> = {
  name: 'IoPortsReadResults',
  dataWords: 1,
  pointers: 0,
  encode(value: IoPortsReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsReadResults): IoPortsReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsReadResults): number {
    return 8 + 8 * wordsOfIoPortsReadResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfIoPortsWriteParams(v: IoPortsWriteParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0) data = 1;
  if (data < 1 && v.size !== 0) data = 1;
  if (data < 1 && v.value !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsWriteParams(_v: IoPortsWriteParams, _depth: number): number {
  return 0;
}

export function wordsOfIoPortsWriteParams(v: IoPortsWriteParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsWriteParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsWriteParams(v, depth);
}

export function writeIoPortsWriteParams(v: IoPortsWriteParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if ((v.offset & 0xffff) !== v.offset) throw outOfRange('IoPortsWriteParams.offset', v.offset);
  h0 |= v.offset;
  if ((v.size & 0xff) !== v.size) throw outOfRange('IoPortsWriteParams.size', v.size);
  h0 |= v.size << 16;
  if (v.value >>> 0 !== v.value) throw outOfRange('IoPortsWriteParams.value', v.value);
  h1 |= v.value;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putIoPortsWriteParams(v: IoPortsWriteParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsWriteParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsWriteParams(v, bytes, top, size, next, end, depth);
}

export function readIoPortsWriteParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsWriteParams | undefined): IoPortsWriteParams {
  const offset_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const size_ = (data >= 3 ? bytes[at + 2]! : 0);
  const value_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  if (into === undefined) return { offset: offset_, size: size_, value: value_ };
  into.offset = offset_;
  into.size = size_;
  into.value = value_;
  return into;
}

export function followIoPortsWriteParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsWriteParams | undefined): IoPortsWriteParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsWriteParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsWriteParams: Codec<IoPortsWriteParams> = {
  name: 'IoPortsWriteParams',
  dataWords: 1,
  pointers: 0,
  encode(value: IoPortsWriteParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsWriteParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsWriteParams): IoPortsWriteParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsWriteParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsWriteParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsWriteParams): number {
    return 8 + 8 * wordsOfIoPortsWriteParams(value, MAX_DEPTH - 1);
  },
};

export const ioPortsWriteResults: Codec<IoPortsWriteResults> = /* @__PURE__ */ emptyCodec('IoPortsWriteResults');

export const ioPortsGetRangeParams: Codec<IoPortsGetRangeParams> = /* @__PURE__ */ emptyCodec('IoPortsGetRangeParams');

export function sizeOfIoPortsGetRangeResults(v: IoPortsGetRangeResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.first !== 0) data = 1;
  if (data < 1 && v.count !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsGetRangeResults(_v: IoPortsGetRangeResults, _depth: number): number {
  return 0;
}

export function wordsOfIoPortsGetRangeResults(v: IoPortsGetRangeResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsGetRangeResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsGetRangeResults(v, depth);
}

export function writeIoPortsGetRangeResults(v: IoPortsGetRangeResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if ((v.first & 0xffff) !== v.first) throw outOfRange('IoPortsGetRangeResults.first', v.first);
  h0 |= v.first;
  if (v.count >>> 0 !== v.count) throw outOfRange('IoPortsGetRangeResults.count', v.count);
  h1 |= v.count;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putIoPortsGetRangeResults(v: IoPortsGetRangeResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsGetRangeResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsGetRangeResults(v, bytes, top, size, next, end, depth);
}

export function readIoPortsGetRangeResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsGetRangeResults | undefined): IoPortsGetRangeResults {
  const first_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const count_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  if (into === undefined) return { first: first_, count: count_ };
  into.first = first_;
  into.count = count_;
  return into;
}

export function followIoPortsGetRangeResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsGetRangeResults | undefined): IoPortsGetRangeResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsGetRangeResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsGetRangeResults: Codec<IoPortsGetRangeResults> = {
  name: 'IoPortsGetRangeResults',
  dataWords: 1,
  pointers: 0,
  encode(value: IoPortsGetRangeResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsGetRangeResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsGetRangeResults): IoPortsGetRangeResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsGetRangeResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsGetRangeResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsGetRangeResults): number {
    return 8 + 8 * wordsOfIoPortsGetRangeResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfIoPortsReadManyParams(v: IoPortsReadManyParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0) data = 1;
  if (data < 1 && v.count !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsReadManyParams(_v: IoPortsReadManyParams, _depth: number): number {
  return 0;
}

export function wordsOfIoPortsReadManyParams(v: IoPortsReadManyParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadManyParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsReadManyParams(v, depth);
}

export function writeIoPortsReadManyParams(v: IoPortsReadManyParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if ((v.offset & 0xffff) !== v.offset) throw outOfRange('IoPortsReadManyParams.offset', v.offset);
  h0 |= v.offset;
  if (v.count >>> 0 !== v.count) throw outOfRange('IoPortsReadManyParams.count', v.count);
  h1 |= v.count;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putIoPortsReadManyParams(v: IoPortsReadManyParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadManyParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsReadManyParams(v, bytes, top, size, next, end, depth);
}

export function readIoPortsReadManyParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsReadManyParams | undefined): IoPortsReadManyParams {
  const offset_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const count_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  if (into === undefined) return { offset: offset_, count: count_ };
  into.offset = offset_;
  into.count = count_;
  return into;
}

export function followIoPortsReadManyParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsReadManyParams | undefined): IoPortsReadManyParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsReadManyParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsReadManyParams: Codec<IoPortsReadManyParams> = {
  name: 'IoPortsReadManyParams',
  dataWords: 1,
  pointers: 0,
  encode(value: IoPortsReadManyParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsReadManyParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsReadManyParams): IoPortsReadManyParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsReadManyParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsReadManyParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsReadManyParams): number {
    return 8 + 8 * wordsOfIoPortsReadManyParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfIoPortsReadManyResults(v: IoPortsReadManyResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsReadManyResults(v: IoPortsReadManyResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfIoPortsReadManyResults(v: IoPortsReadManyResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadManyResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsReadManyResults(v, depth);
}

export function writeIoPortsReadManyResults(v: IoPortsReadManyResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putIoPortsReadManyResults(v: IoPortsReadManyResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsReadManyResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsReadManyResults(v, bytes, top, size, next, end, depth);
}

export function readIoPortsReadManyResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsReadManyResults | undefined): IoPortsReadManyResults {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { data: data_ };
  into.data = data_;
  return into;
}

export function followIoPortsReadManyResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsReadManyResults | undefined): IoPortsReadManyResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsReadManyResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsReadManyResults: Codec<IoPortsReadManyResults> = {
  name: 'IoPortsReadManyResults',
  dataWords: 0,
  pointers: 1,
  encode(value: IoPortsReadManyResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsReadManyResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsReadManyResults): IoPortsReadManyResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsReadManyResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsReadManyResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsReadManyResults): number {
    return 8 + 8 * wordsOfIoPortsReadManyResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfIoPortsWriteManyParams(v: IoPortsWriteManyParams): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.offset !== 0) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowIoPortsWriteManyParams(v: IoPortsWriteManyParams, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfIoPortsWriteManyParams(v: IoPortsWriteManyParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsWriteManyParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowIoPortsWriteManyParams(v, depth);
}

export function writeIoPortsWriteManyParams(v: IoPortsWriteManyParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.offset & 0xffff) !== v.offset) throw outOfRange('IoPortsWriteManyParams.offset', v.offset);
  h0 |= v.offset;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
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

export function putIoPortsWriteManyParams(v: IoPortsWriteManyParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfIoPortsWriteManyParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeIoPortsWriteManyParams(v, bytes, top, size, next, end, depth);
}

export function readIoPortsWriteManyParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: IoPortsWriteManyParams | undefined): IoPortsWriteManyParams {
  const base = at + data;
  const offset_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { offset: offset_, data: data_ };
  into.offset = offset_;
  into.data = data_;
  return into;
}

export function followIoPortsWriteManyParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: IoPortsWriteManyParams | undefined): IoPortsWriteManyParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readIoPortsWriteManyParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ioPortsWriteManyParams: Codec<IoPortsWriteManyParams> = {
  name: 'IoPortsWriteManyParams',
  dataWords: 1,
  pointers: 1,
  encode(value: IoPortsWriteManyParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putIoPortsWriteManyParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: IoPortsWriteManyParams): IoPortsWriteManyParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followIoPortsWriteManyParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readIoPortsWriteManyParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: IoPortsWriteManyParams): number {
    return 8 + 8 * wordsOfIoPortsWriteManyParams(value, MAX_DEPTH - 1);
  },
};

export const ioPortsWriteManyResults: Codec<IoPortsWriteManyResults> = /* @__PURE__ */ emptyCodec('IoPortsWriteManyResults');

export function sizeOfDeviceMmioReadParams(v: DeviceMmioReadParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.size !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowDeviceMmioReadParams(_v: DeviceMmioReadParams, _depth: number): number {
  return 0;
}

export function wordsOfDeviceMmioReadParams(v: DeviceMmioReadParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioReadParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDeviceMmioReadParams(v, depth);
}

export function writeDeviceMmioReadParams(v: DeviceMmioReadParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.offset, 'DeviceMmioReadParams.offset');
  h1 = high;
  if ((v.size & 0xff) !== v.size) throw outOfRange('DeviceMmioReadParams.size', v.size);
  h2 |= v.size;
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

export function putDeviceMmioReadParams(v: DeviceMmioReadParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioReadParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDeviceMmioReadParams(v, bytes, top, size, next, end, depth);
}

export function readDeviceMmioReadParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DeviceMmioReadParams | undefined): DeviceMmioReadParams {
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const size_ = (data >= 9 ? bytes[at + 8]! : 0);
  if (into === undefined) return { offset: offset_, size: size_ };
  into.offset = offset_;
  into.size = size_;
  return into;
}

export function followDeviceMmioReadParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DeviceMmioReadParams | undefined): DeviceMmioReadParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDeviceMmioReadParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const deviceMmioReadParams: Codec<DeviceMmioReadParams> = {
  name: 'DeviceMmioReadParams',
  dataWords: 2,
  pointers: 0,
  encode(value: DeviceMmioReadParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDeviceMmioReadParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DeviceMmioReadParams): DeviceMmioReadParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDeviceMmioReadParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDeviceMmioReadParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DeviceMmioReadParams): number {
    return 8 + 8 * wordsOfDeviceMmioReadParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDeviceMmioReadResults(v: DeviceMmioReadResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.value !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDeviceMmioReadResults(_v: DeviceMmioReadResults, _depth: number): number {
  return 0;
}

export function wordsOfDeviceMmioReadResults(v: DeviceMmioReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDeviceMmioReadResults(v, depth);
}

export function writeDeviceMmioReadResults(v: DeviceMmioReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.value >>> 0 !== v.value) throw outOfRange('DeviceMmioReadResults.value', v.value);
  h0 |= v.value;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDeviceMmioReadResults(v: DeviceMmioReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDeviceMmioReadResults(v, bytes, top, size, next, end, depth);
}

export function readDeviceMmioReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DeviceMmioReadResults | undefined): DeviceMmioReadResults {
  const value_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { value: value_ };
  into.value = value_;
  return into;
}

export function followDeviceMmioReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DeviceMmioReadResults | undefined): DeviceMmioReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDeviceMmioReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const deviceMmioReadResults: Codec<DeviceMmioReadResults> = {
  name: 'DeviceMmioReadResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DeviceMmioReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDeviceMmioReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DeviceMmioReadResults): DeviceMmioReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDeviceMmioReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDeviceMmioReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DeviceMmioReadResults): number {
    return 8 + 8 * wordsOfDeviceMmioReadResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDeviceMmioWriteParams(v: DeviceMmioWriteParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.size !== 0) data = 2;
  if (data < 2 && v.value !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowDeviceMmioWriteParams(_v: DeviceMmioWriteParams, _depth: number): number {
  return 0;
}

export function wordsOfDeviceMmioWriteParams(v: DeviceMmioWriteParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioWriteParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDeviceMmioWriteParams(v, depth);
}

export function writeDeviceMmioWriteParams(v: DeviceMmioWriteParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.offset, 'DeviceMmioWriteParams.offset');
  h1 = high;
  if ((v.size & 0xff) !== v.size) throw outOfRange('DeviceMmioWriteParams.size', v.size);
  h2 |= v.size;
  if (v.value >>> 0 !== v.value) throw outOfRange('DeviceMmioWriteParams.value', v.value);
  h3 |= v.value;
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

export function putDeviceMmioWriteParams(v: DeviceMmioWriteParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioWriteParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDeviceMmioWriteParams(v, bytes, top, size, next, end, depth);
}

export function readDeviceMmioWriteParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DeviceMmioWriteParams | undefined): DeviceMmioWriteParams {
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const size_ = (data >= 9 ? bytes[at + 8]! : 0);
  const value_ = (data >= 16 ? getInt32(bytes, at + 12) : 0) >>> 0;
  if (into === undefined) return { offset: offset_, size: size_, value: value_ };
  into.offset = offset_;
  into.size = size_;
  into.value = value_;
  return into;
}

export function followDeviceMmioWriteParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DeviceMmioWriteParams | undefined): DeviceMmioWriteParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDeviceMmioWriteParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const deviceMmioWriteParams: Codec<DeviceMmioWriteParams> = {
  name: 'DeviceMmioWriteParams',
  dataWords: 2,
  pointers: 0,
  encode(value: DeviceMmioWriteParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDeviceMmioWriteParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DeviceMmioWriteParams): DeviceMmioWriteParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDeviceMmioWriteParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDeviceMmioWriteParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DeviceMmioWriteParams): number {
    return 8 + 8 * wordsOfDeviceMmioWriteParams(value, MAX_DEPTH - 1);
  },
};

export const deviceMmioWriteResults: Codec<DeviceMmioWriteResults> = /* @__PURE__ */ emptyCodec('DeviceMmioWriteResults');

export const deviceMmioGetRangeParams: Codec<DeviceMmioGetRangeParams> = /* @__PURE__ */ emptyCodec('DeviceMmioGetRangeParams');

export function sizeOfDeviceMmioGetRangeResults(v: DeviceMmioGetRangeResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.base !== 0n) data = 1;
  if (data < 2 && v.length !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowDeviceMmioGetRangeResults(_v: DeviceMmioGetRangeResults, _depth: number): number {
  return 0;
}

export function wordsOfDeviceMmioGetRangeResults(v: DeviceMmioGetRangeResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioGetRangeResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDeviceMmioGetRangeResults(v, depth);
}

export function writeDeviceMmioGetRangeResults(v: DeviceMmioGetRangeResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.base, 'DeviceMmioGetRangeResults.base');
  h1 = high;
  h2 = splitUint64(v.length, 'DeviceMmioGetRangeResults.length');
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

export function putDeviceMmioGetRangeResults(v: DeviceMmioGetRangeResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDeviceMmioGetRangeResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDeviceMmioGetRangeResults(v, bytes, top, size, next, end, depth);
}

export function readDeviceMmioGetRangeResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DeviceMmioGetRangeResults | undefined): DeviceMmioGetRangeResults {
  const base_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { base: base_, length: length_ };
  into.base = base_;
  into.length = length_;
  return into;
}

export function followDeviceMmioGetRangeResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DeviceMmioGetRangeResults | undefined): DeviceMmioGetRangeResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDeviceMmioGetRangeResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const deviceMmioGetRangeResults: Codec<DeviceMmioGetRangeResults> = {
  name: 'DeviceMmioGetRangeResults',
  dataWords: 2,
  pointers: 0,
  encode(value: DeviceMmioGetRangeResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDeviceMmioGetRangeResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DeviceMmioGetRangeResults): DeviceMmioGetRangeResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDeviceMmioGetRangeResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDeviceMmioGetRangeResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DeviceMmioGetRangeResults): number {
    return 8 + 8 * wordsOfDeviceMmioGetRangeResults(value, MAX_DEPTH - 1);
  },
};

/** One interrupt line. */
export const Interrupt: {
  readonly id: 0xbc300587982ebaf2n;
  readonly name: 'Interrupt';
  readonly methods: {
    readonly bind: MethodDescriptor<InterruptBindParams, InterruptBindResults>;
    readonly acknowledge: MethodDescriptor<InterruptAcknowledgeParams, InterruptAcknowledgeResults>;
    readonly setMasked: MethodDescriptor<InterruptSetMaskedParams, InterruptSetMaskedResults>;
    readonly getCount: MethodDescriptor<InterruptGetCountParams, InterruptGetCountResults>;
  };
} = {
  id: 0xbc300587982ebaf2n,
  name: 'Interrupt',
  methods: {
    /** An interrupt signals these bits. One that came before is told at once. bits 0: nobody is told any more. */
    bind: { ordinal: 0, name: 'bind', params: interruptBindParams, results: interruptBindResults },
    /** Ready for the next. Until then the line is silent: an interrupt that comes meanwhile is told when this is called. */
    acknowledge: { ordinal: 1, name: 'acknowledge', params: interruptAcknowledgeParams, results: interruptAcknowledgeResults },
    /** While masked, interrupts are remembered, as one. */
    setMasked: { ordinal: 2, name: 'setMasked', params: interruptSetMaskedParams, results: interruptSetMaskedResults },
    /** Interrupts that came so far. */
    getCount: { ordinal: 3, name: 'getCount', params: interruptGetCountParams, results: interruptGetCountResults },
  },
} as const satisfies InterfaceDescriptor;

/** A range of I/O ports. Offsets are relative to its first; size is 1, 2 or 4 bytes. */
export const IoPorts: {
  readonly id: 0x9a5e80c926056635n;
  readonly name: 'IoPorts';
  readonly methods: {
    readonly read: MethodDescriptor<IoPortsReadParams, IoPortsReadResults>;
    readonly write: MethodDescriptor<IoPortsWriteParams, IoPortsWriteResults>;
    readonly getRange: MethodDescriptor<IoPortsGetRangeParams, IoPortsGetRangeResults>;
    readonly readMany: MethodDescriptor<IoPortsReadManyParams, IoPortsReadManyResults>;
    readonly writeMany: MethodDescriptor<IoPortsWriteManyParams, IoPortsWriteManyResults>;
  };
} = {
  id: 0x9a5e80c926056635n,
  name: 'IoPorts',
  methods: {
    read: { ordinal: 0, name: 'read', params: ioPortsReadParams, results: ioPortsReadResults },
    /** invalidArgument: outside the range, or another size. */
    write: { ordinal: 1, name: 'write', params: ioPortsWriteParams, results: ioPortsWriteResults },
    getRange: { ordinal: 2, name: 'getRange', params: ioPortsGetRangeParams, results: ioPortsGetRangeResults },
    readMany: { ordinal: 3, name: 'readMany', params: ioPortsReadManyParams, results: ioPortsReadManyResults },
    /** Bytes, one after another, from or to the same port: a FIFO. At most 65,536. */
    writeMany: { ordinal: 4, name: 'writeMany', params: ioPortsWriteManyParams, results: ioPortsWriteManyResults },
  },
} as const satisfies InterfaceDescriptor;

/** Registers in physical memory outside RAM. Offsets are relative to the range; size is 1, 2 or 4 bytes. */
export const DeviceMmio: {
  readonly id: 0xd32cf295dcb604c2n;
  readonly name: 'DeviceMmio';
  readonly methods: {
    readonly read: MethodDescriptor<DeviceMmioReadParams, DeviceMmioReadResults>;
    readonly write: MethodDescriptor<DeviceMmioWriteParams, DeviceMmioWriteResults>;
    readonly getRange: MethodDescriptor<DeviceMmioGetRangeParams, DeviceMmioGetRangeResults>;
  };
} = {
  id: 0xd32cf295dcb604c2n,
  name: 'DeviceMmio',
  methods: {
    read: { ordinal: 0, name: 'read', params: deviceMmioReadParams, results: deviceMmioReadResults },
    /** invalidArgument: outside the range, misaligned, or another size. */
    write: { ordinal: 1, name: 'write', params: deviceMmioWriteParams, results: deviceMmioWriteResults },
    getRange: { ordinal: 2, name: 'getRange', params: deviceMmioGetRangeParams, results: deviceMmioGetRangeResults },
  },
} as const satisfies InterfaceDescriptor;
