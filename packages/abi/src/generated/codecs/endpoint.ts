// Generated from endpoint.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// The meeting point of clients and one server. The owner receives and returns; a client facet may only call.
// Calls on a client facet go to the server with the badge of that facet; the methods below are the owner's own.

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
  splitUint64,
  tooDeep,
} from '../../codec-runtime.ts';

export interface EndpointMintParams {
  badge: bigint;
  interfaceId: bigint;
}

export interface EndpointMintResults {
  client: number;
}

export interface EndpointRevokeParams {
  badge: bigint;
}

export interface EndpointRevokeResults {
}

export interface EndpointRevokeAllParams {
}

export interface EndpointRevokeAllResults {
}

export interface EndpointIdentifyParams {
  client: number;
}

export interface EndpointIdentifyResults {
  mine: boolean;
  badge: bigint;
}

export interface EndpointQuiesceParams {
}

export interface EndpointQuiesceResults {
}

export interface EndpointResumeParams {
}

export interface EndpointResumeResults {
}

export interface EndpointRetargetParams {
  badge: bigint;
  target: number;
  newBadge: bigint;
}

export interface EndpointRetargetResults {
  facets: number;
}

export interface EndpointRequeueParams {
  token: number;
}

export interface EndpointRequeueResults {
}

export interface EndpointFactoryCreateParams {
  maxCalls: number;
}

export interface EndpointFactoryCreateResults {
  endpoint: number;
}

export function sizeOfEndpointMintParams(v: EndpointMintParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.badge !== 0n) data = 1;
  if (data < 2 && v.interfaceId !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowEndpointMintParams(_v: EndpointMintParams, _depth: number): number {
  return 0;
}

export function wordsOfEndpointMintParams(v: EndpointMintParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointMintParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointMintParams(v, depth);
}

export function writeEndpointMintParams(v: EndpointMintParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.badge, 'EndpointMintParams.badge');
  h1 = high;
  h2 = splitUint64(v.interfaceId, 'EndpointMintParams.interfaceId');
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

export function putEndpointMintParams(v: EndpointMintParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointMintParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointMintParams(v, bytes, top, size, next, end, depth);
}

export function readEndpointMintParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointMintParams | undefined): EndpointMintParams {
  const badge_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const interfaceId_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { badge: badge_, interfaceId: interfaceId_ };
  into.badge = badge_;
  into.interfaceId = interfaceId_;
  return into;
}

export function followEndpointMintParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointMintParams | undefined): EndpointMintParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointMintParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointMintParams: Codec<EndpointMintParams> = {
  name: 'EndpointMintParams',
  dataWords: 2,
  pointers: 0,
  encode(value: EndpointMintParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointMintParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointMintParams): EndpointMintParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointMintParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointMintParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointMintParams): number {
    return 8 + 8 * wordsOfEndpointMintParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEndpointMintResults(v: EndpointMintResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.client !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointMintResults(_v: EndpointMintResults, _depth: number): number {
  return 0;
}

export function wordsOfEndpointMintResults(v: EndpointMintResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointMintResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointMintResults(v, depth);
}

export function writeEndpointMintResults(v: EndpointMintResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.client !== -1) {
      putCapability(v.client, bytes, base, 'EndpointMintResults.client');
    } else putNull(bytes, base);
  }
  return top;
}

export function putEndpointMintResults(v: EndpointMintResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointMintResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointMintResults(v, bytes, top, size, next, end, depth);
}

export function readEndpointMintResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointMintResults | undefined): EndpointMintResults {
  const base = at + data;
  const client_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { client: client_ };
  into.client = client_;
  return into;
}

export function followEndpointMintResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointMintResults | undefined): EndpointMintResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointMintResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointMintResults: Codec<EndpointMintResults> = {
  name: 'EndpointMintResults',
  dataWords: 0,
  pointers: 1,
  encode(value: EndpointMintResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointMintResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointMintResults): EndpointMintResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointMintResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointMintResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointMintResults): number {
    return 8 + 8 * wordsOfEndpointMintResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEndpointRevokeParams(v: EndpointRevokeParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.badge !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointRevokeParams(_v: EndpointRevokeParams, _depth: number): number {
  return 0;
}

export function wordsOfEndpointRevokeParams(v: EndpointRevokeParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRevokeParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointRevokeParams(v, depth);
}

export function writeEndpointRevokeParams(v: EndpointRevokeParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.badge, 'EndpointRevokeParams.badge');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putEndpointRevokeParams(v: EndpointRevokeParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRevokeParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointRevokeParams(v, bytes, top, size, next, end, depth);
}

export function readEndpointRevokeParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointRevokeParams | undefined): EndpointRevokeParams {
  const badge_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { badge: badge_ };
  into.badge = badge_;
  return into;
}

export function followEndpointRevokeParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointRevokeParams | undefined): EndpointRevokeParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointRevokeParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointRevokeParams: Codec<EndpointRevokeParams> = {
  name: 'EndpointRevokeParams',
  dataWords: 1,
  pointers: 0,
  encode(value: EndpointRevokeParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointRevokeParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointRevokeParams): EndpointRevokeParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointRevokeParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointRevokeParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointRevokeParams): number {
    return 8 + 8 * wordsOfEndpointRevokeParams(value, MAX_DEPTH - 1);
  },
};

export const endpointRevokeResults: Codec<EndpointRevokeResults> = /* @__PURE__ */ emptyCodec('EndpointRevokeResults');

export const endpointRevokeAllParams: Codec<EndpointRevokeAllParams> = /* @__PURE__ */ emptyCodec('EndpointRevokeAllParams');

export const endpointRevokeAllResults: Codec<EndpointRevokeAllResults> = /* @__PURE__ */ emptyCodec('EndpointRevokeAllResults');

export function sizeOfEndpointIdentifyParams(v: EndpointIdentifyParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.client !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointIdentifyParams(_v: EndpointIdentifyParams, _depth: number): number {
  return 0;
}

export function wordsOfEndpointIdentifyParams(v: EndpointIdentifyParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointIdentifyParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointIdentifyParams(v, depth);
}

export function writeEndpointIdentifyParams(v: EndpointIdentifyParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.client !== -1) {
      putCapability(v.client, bytes, base, 'EndpointIdentifyParams.client');
    } else putNull(bytes, base);
  }
  return top;
}

export function putEndpointIdentifyParams(v: EndpointIdentifyParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointIdentifyParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointIdentifyParams(v, bytes, top, size, next, end, depth);
}

export function readEndpointIdentifyParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointIdentifyParams | undefined): EndpointIdentifyParams {
  const base = at + data;
  const client_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { client: client_ };
  into.client = client_;
  return into;
}

export function followEndpointIdentifyParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointIdentifyParams | undefined): EndpointIdentifyParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointIdentifyParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointIdentifyParams: Codec<EndpointIdentifyParams> = {
  name: 'EndpointIdentifyParams',
  dataWords: 0,
  pointers: 1,
  encode(value: EndpointIdentifyParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointIdentifyParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointIdentifyParams): EndpointIdentifyParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointIdentifyParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointIdentifyParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointIdentifyParams): number {
    return 8 + 8 * wordsOfEndpointIdentifyParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEndpointIdentifyResults(v: EndpointIdentifyResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.mine !== false) data = 1;
  if (data < 2 && v.badge !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowEndpointIdentifyResults(_v: EndpointIdentifyResults, _depth: number): number {
  return 0;
}

export function wordsOfEndpointIdentifyResults(v: EndpointIdentifyResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointIdentifyResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointIdentifyResults(v, depth);
}

export function writeEndpointIdentifyResults(v: EndpointIdentifyResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  if (v.mine) h0 |= 1;
  h2 = splitUint64(v.badge, 'EndpointIdentifyResults.badge');
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

export function putEndpointIdentifyResults(v: EndpointIdentifyResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointIdentifyResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointIdentifyResults(v, bytes, top, size, next, end, depth);
}

export function readEndpointIdentifyResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointIdentifyResults | undefined): EndpointIdentifyResults {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const mine_ = ((b0 >> 0) & 1) !== 0;
  const badge_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { mine: mine_, badge: badge_ };
  into.mine = mine_;
  into.badge = badge_;
  return into;
}

export function followEndpointIdentifyResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointIdentifyResults | undefined): EndpointIdentifyResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointIdentifyResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointIdentifyResults: Codec<EndpointIdentifyResults> = {
  name: 'EndpointIdentifyResults',
  dataWords: 2,
  pointers: 0,
  encode(value: EndpointIdentifyResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointIdentifyResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointIdentifyResults): EndpointIdentifyResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointIdentifyResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointIdentifyResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointIdentifyResults): number {
    return 8 + 8 * wordsOfEndpointIdentifyResults(value, MAX_DEPTH - 1);
  },
};

export const endpointQuiesceParams: Codec<EndpointQuiesceParams> = /* @__PURE__ */ emptyCodec('EndpointQuiesceParams');

export const endpointQuiesceResults: Codec<EndpointQuiesceResults> = /* @__PURE__ */ emptyCodec('EndpointQuiesceResults');

export const endpointResumeParams: Codec<EndpointResumeParams> = /* @__PURE__ */ emptyCodec('EndpointResumeParams');

export const endpointResumeResults: Codec<EndpointResumeResults> = /* @__PURE__ */ emptyCodec('EndpointResumeResults');

export function sizeOfEndpointRetargetParams(v: EndpointRetargetParams): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.badge !== 0n) data = 1;
  if (pointers < 1 && v.target !== -1) pointers = 1;
  if (data < 2 && v.newBadge !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowEndpointRetargetParams(_v: EndpointRetargetParams, _depth: number): number {
  return 0;
}

export function wordsOfEndpointRetargetParams(v: EndpointRetargetParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRetargetParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointRetargetParams(v, depth);
}

export function writeEndpointRetargetParams(v: EndpointRetargetParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.badge, 'EndpointRetargetParams.badge');
  h1 = high;
  h2 = splitUint64(v.newBadge, 'EndpointRetargetParams.newBadge');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.target !== -1) {
      putCapability(v.target, bytes, base, 'EndpointRetargetParams.target');
    } else putNull(bytes, base);
  }
  return top;
}

export function putEndpointRetargetParams(v: EndpointRetargetParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRetargetParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointRetargetParams(v, bytes, top, size, next, end, depth);
}

export function readEndpointRetargetParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointRetargetParams | undefined): EndpointRetargetParams {
  const base = at + data;
  const badge_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const target_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const newBadge_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { badge: badge_, target: target_, newBadge: newBadge_ };
  into.badge = badge_;
  into.target = target_;
  into.newBadge = newBadge_;
  return into;
}

export function followEndpointRetargetParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointRetargetParams | undefined): EndpointRetargetParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointRetargetParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointRetargetParams: Codec<EndpointRetargetParams> = {
  name: 'EndpointRetargetParams',
  dataWords: 2,
  pointers: 1,
  encode(value: EndpointRetargetParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointRetargetParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointRetargetParams): EndpointRetargetParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointRetargetParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointRetargetParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointRetargetParams): number {
    return 8 + 8 * wordsOfEndpointRetargetParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEndpointRetargetResults(v: EndpointRetargetResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.facets !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointRetargetResults(_v: EndpointRetargetResults, _depth: number): number {
  return 0;
}

export function wordsOfEndpointRetargetResults(v: EndpointRetargetResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRetargetResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointRetargetResults(v, depth);
}

export function writeEndpointRetargetResults(v: EndpointRetargetResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.facets >>> 0 !== v.facets) throw outOfRange('EndpointRetargetResults.facets', v.facets);
  h0 |= v.facets;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putEndpointRetargetResults(v: EndpointRetargetResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRetargetResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointRetargetResults(v, bytes, top, size, next, end, depth);
}

export function readEndpointRetargetResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointRetargetResults | undefined): EndpointRetargetResults {
  const facets_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { facets: facets_ };
  into.facets = facets_;
  return into;
}

export function followEndpointRetargetResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointRetargetResults | undefined): EndpointRetargetResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointRetargetResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointRetargetResults: Codec<EndpointRetargetResults> = {
  name: 'EndpointRetargetResults',
  dataWords: 1,
  pointers: 0,
  encode(value: EndpointRetargetResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointRetargetResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointRetargetResults): EndpointRetargetResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointRetargetResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointRetargetResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointRetargetResults): number {
    return 8 + 8 * wordsOfEndpointRetargetResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEndpointRequeueParams(v: EndpointRequeueParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.token !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointRequeueParams(_v: EndpointRequeueParams, _depth: number): number {
  return 0;
}

export function wordsOfEndpointRequeueParams(v: EndpointRequeueParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRequeueParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointRequeueParams(v, depth);
}

export function writeEndpointRequeueParams(v: EndpointRequeueParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.token >>> 0 !== v.token) throw outOfRange('EndpointRequeueParams.token', v.token);
  h0 |= v.token;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putEndpointRequeueParams(v: EndpointRequeueParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointRequeueParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointRequeueParams(v, bytes, top, size, next, end, depth);
}

export function readEndpointRequeueParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointRequeueParams | undefined): EndpointRequeueParams {
  const token_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { token: token_ };
  into.token = token_;
  return into;
}

export function followEndpointRequeueParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointRequeueParams | undefined): EndpointRequeueParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointRequeueParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointRequeueParams: Codec<EndpointRequeueParams> = {
  name: 'EndpointRequeueParams',
  dataWords: 1,
  pointers: 0,
  encode(value: EndpointRequeueParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointRequeueParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointRequeueParams): EndpointRequeueParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointRequeueParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointRequeueParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointRequeueParams): number {
    return 8 + 8 * wordsOfEndpointRequeueParams(value, MAX_DEPTH - 1);
  },
};

export const endpointRequeueResults: Codec<EndpointRequeueResults> = /* @__PURE__ */ emptyCodec('EndpointRequeueResults');

export function sizeOfEndpointFactoryCreateParams(v: EndpointFactoryCreateParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.maxCalls !== 64) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointFactoryCreateParams(_v: EndpointFactoryCreateParams, _depth: number): number {
  return 0;
}

export function wordsOfEndpointFactoryCreateParams(v: EndpointFactoryCreateParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointFactoryCreateParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointFactoryCreateParams(v, depth);
}

export function writeEndpointFactoryCreateParams(v: EndpointFactoryCreateParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.maxCalls >>> 0 !== v.maxCalls) throw outOfRange('EndpointFactoryCreateParams.maxCalls', v.maxCalls);
  h0 |= (v.maxCalls ^ 64);
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putEndpointFactoryCreateParams(v: EndpointFactoryCreateParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointFactoryCreateParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointFactoryCreateParams(v, bytes, top, size, next, end, depth);
}

export function readEndpointFactoryCreateParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointFactoryCreateParams | undefined): EndpointFactoryCreateParams {
  const maxCalls_ = ((data >= 4 ? getInt32(bytes, at) : 0) ^ 64) >>> 0;
  if (into === undefined) return { maxCalls: maxCalls_ };
  into.maxCalls = maxCalls_;
  return into;
}

export function followEndpointFactoryCreateParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointFactoryCreateParams | undefined): EndpointFactoryCreateParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointFactoryCreateParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointFactoryCreateParams: Codec<EndpointFactoryCreateParams> = {
  name: 'EndpointFactoryCreateParams',
  dataWords: 1,
  pointers: 0,
  encode(value: EndpointFactoryCreateParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointFactoryCreateParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointFactoryCreateParams): EndpointFactoryCreateParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointFactoryCreateParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointFactoryCreateParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointFactoryCreateParams): number {
    return 8 + 8 * wordsOfEndpointFactoryCreateParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEndpointFactoryCreateResults(v: EndpointFactoryCreateResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.endpoint !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowEndpointFactoryCreateResults(_v: EndpointFactoryCreateResults, _depth: number): number {
  return 0;
}

export function wordsOfEndpointFactoryCreateResults(v: EndpointFactoryCreateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointFactoryCreateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEndpointFactoryCreateResults(v, depth);
}

export function writeEndpointFactoryCreateResults(v: EndpointFactoryCreateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.endpoint !== -1) {
      putCapability(v.endpoint, bytes, base, 'EndpointFactoryCreateResults.endpoint');
    } else putNull(bytes, base);
  }
  return top;
}

export function putEndpointFactoryCreateResults(v: EndpointFactoryCreateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEndpointFactoryCreateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEndpointFactoryCreateResults(v, bytes, top, size, next, end, depth);
}

export function readEndpointFactoryCreateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EndpointFactoryCreateResults | undefined): EndpointFactoryCreateResults {
  const base = at + data;
  const endpoint_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { endpoint: endpoint_ };
  into.endpoint = endpoint_;
  return into;
}

export function followEndpointFactoryCreateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EndpointFactoryCreateResults | undefined): EndpointFactoryCreateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEndpointFactoryCreateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const endpointFactoryCreateResults: Codec<EndpointFactoryCreateResults> = {
  name: 'EndpointFactoryCreateResults',
  dataWords: 0,
  pointers: 1,
  encode(value: EndpointFactoryCreateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEndpointFactoryCreateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EndpointFactoryCreateResults): EndpointFactoryCreateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEndpointFactoryCreateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEndpointFactoryCreateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EndpointFactoryCreateResults): number {
    return 8 + 8 * wordsOfEndpointFactoryCreateResults(value, MAX_DEPTH - 1);
  },
};

/** The owner's side. Whoever holds it may also receive and return; the endpoint ends when nobody holds it. */
export const Endpoint: {
  readonly id: 0xfac4f10c8de1df12n;
  readonly name: 'Endpoint';
  readonly methods: {
    readonly mint: MethodDescriptor<EndpointMintParams, EndpointMintResults>;
    readonly revoke: MethodDescriptor<EndpointRevokeParams, EndpointRevokeResults>;
    readonly revokeAll: MethodDescriptor<EndpointRevokeAllParams, EndpointRevokeAllResults>;
    readonly identify: MethodDescriptor<EndpointIdentifyParams, EndpointIdentifyResults>;
    readonly quiesce: MethodDescriptor<EndpointQuiesceParams, EndpointQuiesceResults>;
    readonly resume: MethodDescriptor<EndpointResumeParams, EndpointResumeResults>;
    readonly retarget: MethodDescriptor<EndpointRetargetParams, EndpointRetargetResults>;
    readonly requeue: MethodDescriptor<EndpointRequeueParams, EndpointRequeueResults>;
  };
} = {
  id: 0xfac4f10c8de1df12n,
  name: 'Endpoint',
  methods: {
    /** A new client facet that the server will know by `badge`. The holder of a facet can't relabel it. */
    mint: { ordinal: 0, name: 'mint', params: endpointMintParams, results: endpointMintResults, returnsCapabilities: true },
    /** Every facet with this badge is disconnected, in O(1). */
    revoke: { ordinal: 1, name: 'revoke', params: endpointRevokeParams, results: endpointRevokeResults },
    revokeAll: { ordinal: 2, name: 'revokeAll', params: endpointRevokeAllParams, results: endpointRevokeAllResults },
    /** Whether a capability that was passed in is a facet of this very endpoint, and by which badge its owner knows it. */
    identify: { ordinal: 3, name: 'identify', params: endpointIdentifyParams, results: endpointIdentifyResults },
    /**
     * From now on calls wait instead of reaching a server. Answers when no call is in flight any more: then another process may
     * take the server's place without a client noticing. Still quiesced when a deadline or FINISH ends the wait.
     */
    quiesce: { ordinal: 4, name: 'quiesce', params: endpointQuiesceParams, results: endpointQuiesceResults },
    /** Calls reach the server again, those that waited first, in the order they came. */
    resume: { ordinal: 5, name: 'resume', params: endpointResumeParams, results: endpointResumeResults },
    /**
     * Every facet of `badge`, wherever it is held, leads to `target` under `newBadge` from now on. Calls that wait go along; calls
     * in flight end where they are. invalidArgument: `target` is no endpoint's owner side.
     */
    retarget: { ordinal: 6, name: 'retarget', params: endpointRetargetParams, results: endpointRetargetResults },
    /**
     * Hands back a received call as if it had not been received yet: it waits again, before all others. For a server that is
     * about to be replaced. invalidArgument: no such call, one of another endpoint, or one that brought capabilities along.
     */
    requeue: { ordinal: 7, name: 'requeue', params: endpointRequeueParams, results: endpointRequeueResults },
  },
} as const satisfies InterfaceDescriptor;

/** Makes endpoints, on the account of whoever asks. */
export const EndpointFactory: {
  readonly id: 0x9c6d872392d2db43n;
  readonly name: 'EndpointFactory';
  readonly methods: {
    readonly create: MethodDescriptor<EndpointFactoryCreateParams, EndpointFactoryCreateResults>;
  };
} = {
  id: 0x9c6d872392d2db43n,
  name: 'EndpointFactory',
  methods: {
    /** At most maxCalls of one facet wait at it or are with its server; further ones of that facet fail as overloaded. */
    create: { ordinal: 0, name: 'create', params: endpointFactoryCreateParams, results: endpointFactoryCreateResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;
