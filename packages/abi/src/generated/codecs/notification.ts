// Generated from notification.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// A word of bits: signal sets bits, wait takes them.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  emptyCodec,
  followStruct,
  found,
  getUint64,
  high,
  noRoom,
  outOfRange,
  putCapability,
  putInt32,
  putNull,
  putStructPointer,
  readCapability,
  splitUint64,
  tooDeep,
} from '../../codec-runtime.ts';

export interface NotificationSignalParams {
  bits: bigint;
}

export interface NotificationSignalResults {
}

export interface NotificationWaitParams {
  mask: bigint;
}

export interface NotificationWaitResults {
  bits: bigint;
}

export interface NotificationPollParams {
  mask: bigint;
}

export interface NotificationPollResults {
  bits: bigint;
}

export interface NotificationBindParams {
  mask: bigint;
  userData: bigint;
}

export interface NotificationBindResults {
}

export interface NotificationUnbindParams {
}

export interface NotificationUnbindResults {
}

export interface NotificationFactoryCreateParams {
}

export interface NotificationFactoryCreateResults {
  notification: number;
}

export function sizeOfNotificationSignalParams(v: NotificationSignalParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bits !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNotificationSignalParams(_v: NotificationSignalParams, _depth: number): number {
  return 0;
}

export function wordsOfNotificationSignalParams(v: NotificationSignalParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationSignalParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationSignalParams(v, depth);
}

export function writeNotificationSignalParams(v: NotificationSignalParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.bits, 'NotificationSignalParams.bits');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putNotificationSignalParams(v: NotificationSignalParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationSignalParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationSignalParams(v, bytes, top, size, next, end, depth);
}

export function readNotificationSignalParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationSignalParams | undefined): NotificationSignalParams {
  const bits_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { bits: bits_ };
  into.bits = bits_;
  return into;
}

export function followNotificationSignalParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationSignalParams | undefined): NotificationSignalParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationSignalParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationSignalParams: Codec<NotificationSignalParams> = {
  name: 'NotificationSignalParams',
  dataWords: 1,
  pointers: 0,
  encode(value: NotificationSignalParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationSignalParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationSignalParams): NotificationSignalParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationSignalParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationSignalParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationSignalParams): number {
    return 8 + 8 * wordsOfNotificationSignalParams(value, MAX_DEPTH - 1);
  },
};

export const notificationSignalResults: Codec<NotificationSignalResults> = /* @__PURE__ */ emptyCodec('NotificationSignalResults');

export function sizeOfNotificationWaitParams(v: NotificationWaitParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.mask !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNotificationWaitParams(_v: NotificationWaitParams, _depth: number): number {
  return 0;
}

export function wordsOfNotificationWaitParams(v: NotificationWaitParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationWaitParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationWaitParams(v, depth);
}

export function writeNotificationWaitParams(v: NotificationWaitParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.mask, 'NotificationWaitParams.mask');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putNotificationWaitParams(v: NotificationWaitParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationWaitParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationWaitParams(v, bytes, top, size, next, end, depth);
}

export function readNotificationWaitParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationWaitParams | undefined): NotificationWaitParams {
  const mask_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { mask: mask_ };
  into.mask = mask_;
  return into;
}

export function followNotificationWaitParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationWaitParams | undefined): NotificationWaitParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationWaitParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationWaitParams: Codec<NotificationWaitParams> = {
  name: 'NotificationWaitParams',
  dataWords: 1,
  pointers: 0,
  encode(value: NotificationWaitParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationWaitParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationWaitParams): NotificationWaitParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationWaitParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationWaitParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationWaitParams): number {
    return 8 + 8 * wordsOfNotificationWaitParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNotificationWaitResults(v: NotificationWaitResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bits !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNotificationWaitResults(_v: NotificationWaitResults, _depth: number): number {
  return 0;
}

export function wordsOfNotificationWaitResults(v: NotificationWaitResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationWaitResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationWaitResults(v, depth);
}

export function writeNotificationWaitResults(v: NotificationWaitResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.bits, 'NotificationWaitResults.bits');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putNotificationWaitResults(v: NotificationWaitResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationWaitResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationWaitResults(v, bytes, top, size, next, end, depth);
}

export function readNotificationWaitResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationWaitResults | undefined): NotificationWaitResults {
  const bits_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { bits: bits_ };
  into.bits = bits_;
  return into;
}

export function followNotificationWaitResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationWaitResults | undefined): NotificationWaitResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationWaitResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationWaitResults: Codec<NotificationWaitResults> = {
  name: 'NotificationWaitResults',
  dataWords: 1,
  pointers: 0,
  encode(value: NotificationWaitResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationWaitResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationWaitResults): NotificationWaitResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationWaitResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationWaitResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationWaitResults): number {
    return 8 + 8 * wordsOfNotificationWaitResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNotificationPollParams(v: NotificationPollParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.mask !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNotificationPollParams(_v: NotificationPollParams, _depth: number): number {
  return 0;
}

export function wordsOfNotificationPollParams(v: NotificationPollParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationPollParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationPollParams(v, depth);
}

export function writeNotificationPollParams(v: NotificationPollParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.mask, 'NotificationPollParams.mask');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putNotificationPollParams(v: NotificationPollParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationPollParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationPollParams(v, bytes, top, size, next, end, depth);
}

export function readNotificationPollParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationPollParams | undefined): NotificationPollParams {
  const mask_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { mask: mask_ };
  into.mask = mask_;
  return into;
}

export function followNotificationPollParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationPollParams | undefined): NotificationPollParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationPollParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationPollParams: Codec<NotificationPollParams> = {
  name: 'NotificationPollParams',
  dataWords: 1,
  pointers: 0,
  encode(value: NotificationPollParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationPollParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationPollParams): NotificationPollParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationPollParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationPollParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationPollParams): number {
    return 8 + 8 * wordsOfNotificationPollParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNotificationPollResults(v: NotificationPollResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bits !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNotificationPollResults(_v: NotificationPollResults, _depth: number): number {
  return 0;
}

export function wordsOfNotificationPollResults(v: NotificationPollResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationPollResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationPollResults(v, depth);
}

export function writeNotificationPollResults(v: NotificationPollResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.bits, 'NotificationPollResults.bits');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putNotificationPollResults(v: NotificationPollResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationPollResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationPollResults(v, bytes, top, size, next, end, depth);
}

export function readNotificationPollResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationPollResults | undefined): NotificationPollResults {
  const bits_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { bits: bits_ };
  into.bits = bits_;
  return into;
}

export function followNotificationPollResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationPollResults | undefined): NotificationPollResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationPollResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationPollResults: Codec<NotificationPollResults> = {
  name: 'NotificationPollResults',
  dataWords: 1,
  pointers: 0,
  encode(value: NotificationPollResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationPollResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationPollResults): NotificationPollResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationPollResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationPollResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationPollResults): number {
    return 8 + 8 * wordsOfNotificationPollResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNotificationBindParams(v: NotificationBindParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.mask !== 0n) data = 1;
  if (data < 2 && v.userData !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowNotificationBindParams(_v: NotificationBindParams, _depth: number): number {
  return 0;
}

export function wordsOfNotificationBindParams(v: NotificationBindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationBindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationBindParams(v, depth);
}

export function writeNotificationBindParams(v: NotificationBindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.mask, 'NotificationBindParams.mask');
  h1 = high;
  h2 = splitUint64(v.userData, 'NotificationBindParams.userData');
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

export function putNotificationBindParams(v: NotificationBindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationBindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationBindParams(v, bytes, top, size, next, end, depth);
}

export function readNotificationBindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationBindParams | undefined): NotificationBindParams {
  const mask_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const userData_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { mask: mask_, userData: userData_ };
  into.mask = mask_;
  into.userData = userData_;
  return into;
}

export function followNotificationBindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationBindParams | undefined): NotificationBindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationBindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationBindParams: Codec<NotificationBindParams> = {
  name: 'NotificationBindParams',
  dataWords: 2,
  pointers: 0,
  encode(value: NotificationBindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationBindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationBindParams): NotificationBindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationBindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationBindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationBindParams): number {
    return 8 + 8 * wordsOfNotificationBindParams(value, MAX_DEPTH - 1);
  },
};

export const notificationBindResults: Codec<NotificationBindResults> = /* @__PURE__ */ emptyCodec('NotificationBindResults');

export const notificationUnbindParams: Codec<NotificationUnbindParams> = /* @__PURE__ */ emptyCodec('NotificationUnbindParams');

export const notificationUnbindResults: Codec<NotificationUnbindResults> = /* @__PURE__ */ emptyCodec('NotificationUnbindResults');

export const notificationFactoryCreateParams: Codec<NotificationFactoryCreateParams> = /* @__PURE__ */ emptyCodec('NotificationFactoryCreateParams');

export function sizeOfNotificationFactoryCreateResults(v: NotificationFactoryCreateResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.notification !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowNotificationFactoryCreateResults(_v: NotificationFactoryCreateResults, _depth: number): number {
  return 0;
}

export function wordsOfNotificationFactoryCreateResults(v: NotificationFactoryCreateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationFactoryCreateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNotificationFactoryCreateResults(v, depth);
}

export function writeNotificationFactoryCreateResults(v: NotificationFactoryCreateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.notification !== -1) {
      putCapability(v.notification, bytes, base, 'NotificationFactoryCreateResults.notification');
    } else putNull(bytes, base);
  }
  return top;
}

export function putNotificationFactoryCreateResults(v: NotificationFactoryCreateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNotificationFactoryCreateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNotificationFactoryCreateResults(v, bytes, top, size, next, end, depth);
}

export function readNotificationFactoryCreateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NotificationFactoryCreateResults | undefined): NotificationFactoryCreateResults {
  const base = at + data;
  const notification_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { notification: notification_ };
  into.notification = notification_;
  return into;
}

export function followNotificationFactoryCreateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NotificationFactoryCreateResults | undefined): NotificationFactoryCreateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNotificationFactoryCreateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const notificationFactoryCreateResults: Codec<NotificationFactoryCreateResults> = {
  name: 'NotificationFactoryCreateResults',
  dataWords: 0,
  pointers: 1,
  encode(value: NotificationFactoryCreateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNotificationFactoryCreateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NotificationFactoryCreateResults): NotificationFactoryCreateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNotificationFactoryCreateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNotificationFactoryCreateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NotificationFactoryCreateResults): number {
    return 8 + 8 * wordsOfNotificationFactoryCreateResults(value, MAX_DEPTH - 1);
  },
};

/** 64 bits that many may set and wait for. */
export const Notification: {
  readonly id: 0xbba49d7bf333817an;
  readonly name: 'Notification';
  readonly methods: {
    readonly signal: MethodDescriptor<NotificationSignalParams, NotificationSignalResults>;
    readonly wait: MethodDescriptor<NotificationWaitParams, NotificationWaitResults>;
    readonly poll: MethodDescriptor<NotificationPollParams, NotificationPollResults>;
    readonly bind: MethodDescriptor<NotificationBindParams, NotificationBindResults>;
    readonly unbind: MethodDescriptor<NotificationUnbindParams, NotificationUnbindResults>;
  };
} = {
  id: 0xbba49d7bf333817an,
  name: 'Notification',
  methods: {
    /** Sets bits; waiters are served in the order they came. */
    signal: { ordinal: 0, name: 'signal', params: notificationSignalParams, results: notificationSignalResults },
    /** Takes the set bits under the mask, waiting until there is one. */
    wait: { ordinal: 1, name: 'wait', params: notificationWaitParams, results: notificationWaitResults },
    /** Takes the set bits under the mask, perhaps none. */
    poll: { ordinal: 2, name: 'poll', params: notificationPollParams, results: notificationPollResults },
    /**
     * For event loops: from now on a completion with this user data appears in the caller's ring when a bit under the mask becomes
     * set while none was. Its badge shows the bits; they stay set, and further signals post nothing, until poll or wait takes them.
     * One ring at a time. overloaded: no completion slot to set aside.
     */
    bind: { ordinal: 3, name: 'bind', params: notificationBindParams, results: notificationBindResults },
    unbind: { ordinal: 4, name: 'unbind', params: notificationUnbindParams, results: notificationUnbindResults },
  },
} as const satisfies InterfaceDescriptor;

/** Makes notifications, on the account of whoever asks. */
export const NotificationFactory: {
  readonly id: 0xd69afa70398bfbb8n;
  readonly name: 'NotificationFactory';
  readonly methods: {
    readonly create: MethodDescriptor<NotificationFactoryCreateParams, NotificationFactoryCreateResults>;
  };
} = {
  id: 0xd69afa70398bfbb8n,
  name: 'NotificationFactory',
  methods: {
    create: { ordinal: 0, name: 'create', params: notificationFactoryCreateParams, results: notificationFactoryCreateResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;
