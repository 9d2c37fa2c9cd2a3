// Generated from device.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// What the machine lends: time, entropy, a console.

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
  putInt32,
  putNull,
  putStructPointer,
  readData,
  splitUint64,
  tooDeep,
  writeData,
} from '../../codec-runtime.ts';

export interface TimerNowParams {
}

export interface TimerNowResults {
  monotonicNs: bigint;
}

export interface TimerSleepUntilParams {
  monotonicNs: bigint;
}

export interface TimerSleepUntilResults {
}

export interface TimerWallClockParams {
}

export interface TimerWallClockResults {
  unixNs: bigint;
}

export interface EntropySourceFillParams {
  length: number;
}

export interface EntropySourceFillResults {
  data: Uint8Array;
}

export interface ConsoleWriteParams {
  data: Uint8Array;
}

export interface ConsoleWriteResults {
  written: number;
}

export interface ConsoleReadParams {
  maxLength: number;
}

export interface ConsoleReadResults {
  data: Uint8Array;
}

export interface ConsoleGetSizeParams {
}

export interface ConsoleGetSizeResults {
  columns: number;
  rows: number;
  isTerminal: boolean;
}

export interface ConsoleSetModeParams {
  raw: boolean;
}

export interface ConsoleSetModeResults {
}

export interface ConsoleWaitInterruptParams {
}

export interface ConsoleWaitInterruptResults {
}

export interface ConsoleWaitResizeParams {
}

export interface ConsoleWaitResizeResults {
}

export const timerNowParams: Codec<TimerNowParams> = /* @__PURE__ */ emptyCodec('TimerNowParams');

export function sizeOfTimerNowResults(v: TimerNowResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.monotonicNs !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTimerNowResults(_v: TimerNowResults, _depth: number): number {
  return 0;
}

export function wordsOfTimerNowResults(v: TimerNowResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTimerNowResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTimerNowResults(v, depth);
}

export function writeTimerNowResults(v: TimerNowResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.monotonicNs, 'TimerNowResults.monotonicNs');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putTimerNowResults(v: TimerNowResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTimerNowResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTimerNowResults(v, bytes, top, size, next, end, depth);
}

export function readTimerNowResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TimerNowResults | undefined): TimerNowResults {
  const monotonicNs_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { monotonicNs: monotonicNs_ };
  into.monotonicNs = monotonicNs_;
  return into;
}

export function followTimerNowResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TimerNowResults | undefined): TimerNowResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTimerNowResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const timerNowResults: Codec<TimerNowResults> = {
  name: 'TimerNowResults',
  dataWords: 1,
  pointers: 0,
  encode(value: TimerNowResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTimerNowResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TimerNowResults): TimerNowResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTimerNowResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTimerNowResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TimerNowResults): number {
    return 8 + 8 * wordsOfTimerNowResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTimerSleepUntilParams(v: TimerSleepUntilParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.monotonicNs !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTimerSleepUntilParams(_v: TimerSleepUntilParams, _depth: number): number {
  return 0;
}

export function wordsOfTimerSleepUntilParams(v: TimerSleepUntilParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTimerSleepUntilParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTimerSleepUntilParams(v, depth);
}

export function writeTimerSleepUntilParams(v: TimerSleepUntilParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.monotonicNs, 'TimerSleepUntilParams.monotonicNs');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putTimerSleepUntilParams(v: TimerSleepUntilParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTimerSleepUntilParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTimerSleepUntilParams(v, bytes, top, size, next, end, depth);
}

export function readTimerSleepUntilParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TimerSleepUntilParams | undefined): TimerSleepUntilParams {
  const monotonicNs_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { monotonicNs: monotonicNs_ };
  into.monotonicNs = monotonicNs_;
  return into;
}

export function followTimerSleepUntilParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TimerSleepUntilParams | undefined): TimerSleepUntilParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTimerSleepUntilParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const timerSleepUntilParams: Codec<TimerSleepUntilParams> = {
  name: 'TimerSleepUntilParams',
  dataWords: 1,
  pointers: 0,
  encode(value: TimerSleepUntilParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTimerSleepUntilParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TimerSleepUntilParams): TimerSleepUntilParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTimerSleepUntilParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTimerSleepUntilParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TimerSleepUntilParams): number {
    return 8 + 8 * wordsOfTimerSleepUntilParams(value, MAX_DEPTH - 1);
  },
};

export const timerSleepUntilResults: Codec<TimerSleepUntilResults> = /* @__PURE__ */ emptyCodec('TimerSleepUntilResults');

export const timerWallClockParams: Codec<TimerWallClockParams> = /* @__PURE__ */ emptyCodec('TimerWallClockParams');

export function sizeOfTimerWallClockResults(v: TimerWallClockResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.unixNs !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTimerWallClockResults(_v: TimerWallClockResults, _depth: number): number {
  return 0;
}

export function wordsOfTimerWallClockResults(v: TimerWallClockResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTimerWallClockResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTimerWallClockResults(v, depth);
}

export function writeTimerWallClockResults(v: TimerWallClockResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.unixNs, 'TimerWallClockResults.unixNs');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putTimerWallClockResults(v: TimerWallClockResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTimerWallClockResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTimerWallClockResults(v, bytes, top, size, next, end, depth);
}

export function readTimerWallClockResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TimerWallClockResults | undefined): TimerWallClockResults {
  const unixNs_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { unixNs: unixNs_ };
  into.unixNs = unixNs_;
  return into;
}

export function followTimerWallClockResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TimerWallClockResults | undefined): TimerWallClockResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTimerWallClockResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const timerWallClockResults: Codec<TimerWallClockResults> = {
  name: 'TimerWallClockResults',
  dataWords: 1,
  pointers: 0,
  encode(value: TimerWallClockResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTimerWallClockResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TimerWallClockResults): TimerWallClockResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTimerWallClockResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTimerWallClockResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TimerWallClockResults): number {
    return 8 + 8 * wordsOfTimerWallClockResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEntropySourceFillParams(v: EntropySourceFillParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.length !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowEntropySourceFillParams(_v: EntropySourceFillParams, _depth: number): number {
  return 0;
}

export function wordsOfEntropySourceFillParams(v: EntropySourceFillParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEntropySourceFillParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEntropySourceFillParams(v, depth);
}

export function writeEntropySourceFillParams(v: EntropySourceFillParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.length >>> 0 !== v.length) throw outOfRange('EntropySourceFillParams.length', v.length);
  h0 |= v.length;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putEntropySourceFillParams(v: EntropySourceFillParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEntropySourceFillParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEntropySourceFillParams(v, bytes, top, size, next, end, depth);
}

export function readEntropySourceFillParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EntropySourceFillParams | undefined): EntropySourceFillParams {
  const length_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { length: length_ };
  into.length = length_;
  return into;
}

export function followEntropySourceFillParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EntropySourceFillParams | undefined): EntropySourceFillParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEntropySourceFillParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const entropySourceFillParams: Codec<EntropySourceFillParams> = {
  name: 'EntropySourceFillParams',
  dataWords: 1,
  pointers: 0,
  encode(value: EntropySourceFillParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEntropySourceFillParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EntropySourceFillParams): EntropySourceFillParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEntropySourceFillParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEntropySourceFillParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EntropySourceFillParams): number {
    return 8 + 8 * wordsOfEntropySourceFillParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEntropySourceFillResults(v: EntropySourceFillResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowEntropySourceFillResults(v: EntropySourceFillResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfEntropySourceFillResults(v: EntropySourceFillResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEntropySourceFillResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEntropySourceFillResults(v, depth);
}

export function writeEntropySourceFillResults(v: EntropySourceFillResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putEntropySourceFillResults(v: EntropySourceFillResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEntropySourceFillResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEntropySourceFillResults(v, bytes, top, size, next, end, depth);
}

export function readEntropySourceFillResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EntropySourceFillResults | undefined): EntropySourceFillResults {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { data: data_ };
  into.data = data_;
  return into;
}

export function followEntropySourceFillResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EntropySourceFillResults | undefined): EntropySourceFillResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEntropySourceFillResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const entropySourceFillResults: Codec<EntropySourceFillResults> = {
  name: 'EntropySourceFillResults',
  dataWords: 0,
  pointers: 1,
  encode(value: EntropySourceFillResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEntropySourceFillResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EntropySourceFillResults): EntropySourceFillResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEntropySourceFillResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEntropySourceFillResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EntropySourceFillResults): number {
    return 8 + 8 * wordsOfEntropySourceFillResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfConsoleWriteParams(v: ConsoleWriteParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowConsoleWriteParams(v: ConsoleWriteParams, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfConsoleWriteParams(v: ConsoleWriteParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleWriteParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowConsoleWriteParams(v, depth);
}

export function writeConsoleWriteParams(v: ConsoleWriteParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putConsoleWriteParams(v: ConsoleWriteParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleWriteParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeConsoleWriteParams(v, bytes, top, size, next, end, depth);
}

export function readConsoleWriteParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ConsoleWriteParams | undefined): ConsoleWriteParams {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { data: data_ };
  into.data = data_;
  return into;
}

export function followConsoleWriteParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ConsoleWriteParams | undefined): ConsoleWriteParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readConsoleWriteParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const consoleWriteParams: Codec<ConsoleWriteParams> = {
  name: 'ConsoleWriteParams',
  dataWords: 0,
  pointers: 1,
  encode(value: ConsoleWriteParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putConsoleWriteParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ConsoleWriteParams): ConsoleWriteParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followConsoleWriteParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readConsoleWriteParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ConsoleWriteParams): number {
    return 8 + 8 * wordsOfConsoleWriteParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfConsoleWriteResults(v: ConsoleWriteResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.written !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowConsoleWriteResults(_v: ConsoleWriteResults, _depth: number): number {
  return 0;
}

export function wordsOfConsoleWriteResults(v: ConsoleWriteResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleWriteResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowConsoleWriteResults(v, depth);
}

export function writeConsoleWriteResults(v: ConsoleWriteResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.written >>> 0 !== v.written) throw outOfRange('ConsoleWriteResults.written', v.written);
  h0 |= v.written;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putConsoleWriteResults(v: ConsoleWriteResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleWriteResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeConsoleWriteResults(v, bytes, top, size, next, end, depth);
}

export function readConsoleWriteResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ConsoleWriteResults | undefined): ConsoleWriteResults {
  const written_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { written: written_ };
  into.written = written_;
  return into;
}

export function followConsoleWriteResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ConsoleWriteResults | undefined): ConsoleWriteResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readConsoleWriteResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const consoleWriteResults: Codec<ConsoleWriteResults> = {
  name: 'ConsoleWriteResults',
  dataWords: 1,
  pointers: 0,
  encode(value: ConsoleWriteResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putConsoleWriteResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ConsoleWriteResults): ConsoleWriteResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followConsoleWriteResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readConsoleWriteResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ConsoleWriteResults): number {
    return 8 + 8 * wordsOfConsoleWriteResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfConsoleReadParams(v: ConsoleReadParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.maxLength !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowConsoleReadParams(_v: ConsoleReadParams, _depth: number): number {
  return 0;
}

export function wordsOfConsoleReadParams(v: ConsoleReadParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleReadParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowConsoleReadParams(v, depth);
}

export function writeConsoleReadParams(v: ConsoleReadParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.maxLength >>> 0 !== v.maxLength) throw outOfRange('ConsoleReadParams.maxLength', v.maxLength);
  h0 |= v.maxLength;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putConsoleReadParams(v: ConsoleReadParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleReadParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeConsoleReadParams(v, bytes, top, size, next, end, depth);
}

export function readConsoleReadParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ConsoleReadParams | undefined): ConsoleReadParams {
  const maxLength_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { maxLength: maxLength_ };
  into.maxLength = maxLength_;
  return into;
}

export function followConsoleReadParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ConsoleReadParams | undefined): ConsoleReadParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readConsoleReadParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const consoleReadParams: Codec<ConsoleReadParams> = {
  name: 'ConsoleReadParams',
  dataWords: 1,
  pointers: 0,
  encode(value: ConsoleReadParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putConsoleReadParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ConsoleReadParams): ConsoleReadParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followConsoleReadParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readConsoleReadParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ConsoleReadParams): number {
    return 8 + 8 * wordsOfConsoleReadParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfConsoleReadResults(v: ConsoleReadResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowConsoleReadResults(v: ConsoleReadResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfConsoleReadResults(v: ConsoleReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowConsoleReadResults(v, depth);
}

export function writeConsoleReadResults(v: ConsoleReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putConsoleReadResults(v: ConsoleReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeConsoleReadResults(v, bytes, top, size, next, end, depth);
}

export function readConsoleReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ConsoleReadResults | undefined): ConsoleReadResults {
  const base = at + data;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { data: data_ };
  into.data = data_;
  return into;
}

export function followConsoleReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ConsoleReadResults | undefined): ConsoleReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readConsoleReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const consoleReadResults: Codec<ConsoleReadResults> = {
  name: 'ConsoleReadResults',
  dataWords: 0,
  pointers: 1,
  encode(value: ConsoleReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putConsoleReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ConsoleReadResults): ConsoleReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followConsoleReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readConsoleReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ConsoleReadResults): number {
    return 8 + 8 * wordsOfConsoleReadResults(value, MAX_DEPTH - 1);
  },
};

export const consoleGetSizeParams: Codec<ConsoleGetSizeParams> = /* @__PURE__ */ emptyCodec('ConsoleGetSizeParams');

export function sizeOfConsoleGetSizeResults(v: ConsoleGetSizeResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.columns !== 0) data = 1;
  if (data < 1 && v.rows !== 0) data = 1;
  if (data < 1 && v.isTerminal !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowConsoleGetSizeResults(_v: ConsoleGetSizeResults, _depth: number): number {
  return 0;
}

export function wordsOfConsoleGetSizeResults(v: ConsoleGetSizeResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleGetSizeResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowConsoleGetSizeResults(v, depth);
}

export function writeConsoleGetSizeResults(v: ConsoleGetSizeResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if ((v.columns & 0xffff) !== v.columns) throw outOfRange('ConsoleGetSizeResults.columns', v.columns);
  h0 |= v.columns;
  if ((v.rows & 0xffff) !== v.rows) throw outOfRange('ConsoleGetSizeResults.rows', v.rows);
  h0 |= v.rows << 16;
  if (v.isTerminal) h1 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putConsoleGetSizeResults(v: ConsoleGetSizeResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleGetSizeResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeConsoleGetSizeResults(v, bytes, top, size, next, end, depth);
}

export function readConsoleGetSizeResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ConsoleGetSizeResults | undefined): ConsoleGetSizeResults {
  const b4 = data > 4 ? bytes[at + 4]! : 0;
  const columns_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const rows_ = (data >= 4 ? getUint16(bytes, at + 2) : 0);
  const isTerminal_ = ((b4 >> 0) & 1) !== 0;
  if (into === undefined) return { columns: columns_, rows: rows_, isTerminal: isTerminal_ };
  into.columns = columns_;
  into.rows = rows_;
  into.isTerminal = isTerminal_;
  return into;
}

export function followConsoleGetSizeResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ConsoleGetSizeResults | undefined): ConsoleGetSizeResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readConsoleGetSizeResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const consoleGetSizeResults: Codec<ConsoleGetSizeResults> = {
  name: 'ConsoleGetSizeResults',
  dataWords: 1,
  pointers: 0,
  encode(value: ConsoleGetSizeResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putConsoleGetSizeResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ConsoleGetSizeResults): ConsoleGetSizeResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followConsoleGetSizeResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readConsoleGetSizeResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ConsoleGetSizeResults): number {
    return 8 + 8 * wordsOfConsoleGetSizeResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfConsoleSetModeParams(v: ConsoleSetModeParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.raw !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowConsoleSetModeParams(_v: ConsoleSetModeParams, _depth: number): number {
  return 0;
}

export function wordsOfConsoleSetModeParams(v: ConsoleSetModeParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleSetModeParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowConsoleSetModeParams(v, depth);
}

export function writeConsoleSetModeParams(v: ConsoleSetModeParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.raw) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putConsoleSetModeParams(v: ConsoleSetModeParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfConsoleSetModeParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeConsoleSetModeParams(v, bytes, top, size, next, end, depth);
}

export function readConsoleSetModeParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ConsoleSetModeParams | undefined): ConsoleSetModeParams {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const raw_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { raw: raw_ };
  into.raw = raw_;
  return into;
}

export function followConsoleSetModeParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ConsoleSetModeParams | undefined): ConsoleSetModeParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readConsoleSetModeParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const consoleSetModeParams: Codec<ConsoleSetModeParams> = {
  name: 'ConsoleSetModeParams',
  dataWords: 1,
  pointers: 0,
  encode(value: ConsoleSetModeParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putConsoleSetModeParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ConsoleSetModeParams): ConsoleSetModeParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followConsoleSetModeParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readConsoleSetModeParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ConsoleSetModeParams): number {
    return 8 + 8 * wordsOfConsoleSetModeParams(value, MAX_DEPTH - 1);
  },
};

export const consoleSetModeResults: Codec<ConsoleSetModeResults> = /* @__PURE__ */ emptyCodec('ConsoleSetModeResults');

export const consoleWaitInterruptParams: Codec<ConsoleWaitInterruptParams> = /* @__PURE__ */ emptyCodec('ConsoleWaitInterruptParams');

export const consoleWaitInterruptResults: Codec<ConsoleWaitInterruptResults> = /* @__PURE__ */ emptyCodec('ConsoleWaitInterruptResults');

export const consoleWaitResizeParams: Codec<ConsoleWaitResizeParams> = /* @__PURE__ */ emptyCodec('ConsoleWaitResizeParams');

export const consoleWaitResizeResults: Codec<ConsoleWaitResizeResults> = /* @__PURE__ */ emptyCodec('ConsoleWaitResizeResults');

/** The clock that deadlines are measured on, and the time of day. */
export const Timer: {
  readonly id: 0xf84bf41c2f2ae186n;
  readonly name: 'Timer';
  readonly methods: {
    readonly now: MethodDescriptor<TimerNowParams, TimerNowResults>;
    readonly sleepUntil: MethodDescriptor<TimerSleepUntilParams, TimerSleepUntilResults>;
    readonly wallClock: MethodDescriptor<TimerWallClockParams, TimerWallClockResults>;
  };
} = {
  id: 0xf84bf41c2f2ae186n,
  name: 'Timer',
  methods: {
    /** Nanoseconds since some moment before the system began; never goes back. */
    now: { ordinal: 0, name: 'now', params: timerNowParams, results: timerNowResults },
    /** Answers once that time is reached, at once if it is past. */
    sleepUntil: { ordinal: 1, name: 'sleepUntil', params: timerSleepUntilParams, results: timerSleepUntilResults },
    /** Nanoseconds since 1970-01-01 UTC. unimplemented: the system has no wall clock. */
    wallClock: { ordinal: 2, name: 'wallClock', params: timerWallClockParams, results: timerWallClockResults },
  },
} as const satisfies InterfaceDescriptor;

/** Random bytes of the embedder's choice of source. */
export const EntropySource: {
  readonly id: 0xc423aba0eb03474an;
  readonly name: 'EntropySource';
  readonly methods: {
    readonly fill: MethodDescriptor<EntropySourceFillParams, EntropySourceFillResults>;
  };
} = {
  id: 0xc423aba0eb03474an,
  name: 'EntropySource',
  methods: {
    /** At most 65,536 bytes a call. */
    fill: { ordinal: 0, name: 'fill', params: entropySourceFillParams, results: entropySourceFillResults },
  },
} as const satisfies InterfaceDescriptor;

/** A terminal, or whatever stands in for one. Shared by all who hold it: reads are answered in the order they came. */
export const Console: {
  readonly id: 0xfdf7af96e800d715n;
  readonly name: 'Console';
  readonly methods: {
    readonly write: MethodDescriptor<ConsoleWriteParams, ConsoleWriteResults>;
    readonly read: MethodDescriptor<ConsoleReadParams, ConsoleReadResults>;
    readonly getSize: MethodDescriptor<ConsoleGetSizeParams, ConsoleGetSizeResults>;
    readonly setMode: MethodDescriptor<ConsoleSetModeParams, ConsoleSetModeResults>;
    readonly waitInterrupt: MethodDescriptor<ConsoleWaitInterruptParams, ConsoleWaitInterruptResults>;
    readonly waitResize: MethodDescriptor<ConsoleWaitResizeParams, ConsoleWaitResizeResults>;
  };
} = {
  id: 0xfdf7af96e800d715n,
  name: 'Console',
  methods: {
    /** Takes bytes, perhaps fewer than there are. None: nobody will ever read them. */
    write: { ordinal: 0, name: 'write', params: consoleWriteParams, results: consoleWriteResults },
    /** Waits for input. Empty data is end of input. */
    read: { ordinal: 1, name: 'read', params: consoleReadParams, results: consoleReadResults },
    /** isTerminal: somebody sits there; false for files and pipes. */
    getSize: { ordinal: 2, name: 'getSize', params: consoleGetSizeParams, results: consoleGetSizeResults },
    /** raw: bytes as typed, no echo. Otherwise lines with echo, and Ctrl-C as an interrupt. */
    setMode: { ordinal: 3, name: 'setMode', params: consoleSetModeParams, results: consoleSetModeResults },
    /** Returns when the user presses Ctrl-C in line mode. */
    waitInterrupt: { ordinal: 4, name: 'waitInterrupt', params: consoleWaitInterruptParams, results: consoleWaitInterruptResults },
    /** Returns when the terminal has another size than before. */
    waitResize: { ordinal: 5, name: 'waitResize', params: consoleWaitResizeParams, results: consoleWaitResizeResults },
  },
} as const satisfies InterfaceDescriptor;
