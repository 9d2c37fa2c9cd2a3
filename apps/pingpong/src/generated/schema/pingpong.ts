// Generated from pingpong.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// What ping and pong say to one another.

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
} from '@capos/abi/codec';

export interface TableHitParams {
  stroke: number;
}

export interface TableHitResults {
  stroke: number;
  badge: bigint;
}

export interface TableKeepTimeParams {
  timer: number;
}

export interface TableKeepTimeResults {
}

export interface TableTakeBallParams {
}

export interface TableTakeBallResults {
  ball: number;
}

export interface TableEndGameParams {
}

export interface TableEndGameResults {
  bounces: number;
}

export interface TableLeaveParams {
}

export interface TableLeaveResults {
}

export interface BallBounceParams {
}

export interface BallBounceResults {
  bounces: number;
}

export function sizeOfTableHitParams(v: TableHitParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.stroke !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTableHitParams(_v: TableHitParams, _depth: number): number {
  return 0;
}

export function wordsOfTableHitParams(v: TableHitParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableHitParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTableHitParams(v, depth);
}

export function writeTableHitParams(v: TableHitParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.stroke >>> 0 !== v.stroke) throw outOfRange('TableHitParams.stroke', v.stroke);
  h0 |= v.stroke;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTableHitParams(v: TableHitParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableHitParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTableHitParams(v, bytes, top, size, next, end, depth);
}

export function readTableHitParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TableHitParams | undefined): TableHitParams {
  const stroke_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { stroke: stroke_ };
  into.stroke = stroke_;
  return into;
}

export function followTableHitParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TableHitParams | undefined): TableHitParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTableHitParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tableHitParams: Codec<TableHitParams> = {
  name: 'TableHitParams',
  dataWords: 1,
  pointers: 0,
  encode(value: TableHitParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTableHitParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TableHitParams): TableHitParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTableHitParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTableHitParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TableHitParams): number {
    return 8 + 8 * wordsOfTableHitParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTableHitResults(v: TableHitResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.stroke !== 0) data = 1;
  if (data < 2 && v.badge !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowTableHitResults(_v: TableHitResults, _depth: number): number {
  return 0;
}

export function wordsOfTableHitResults(v: TableHitResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableHitResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTableHitResults(v, depth);
}

export function writeTableHitResults(v: TableHitResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  if (v.stroke >>> 0 !== v.stroke) throw outOfRange('TableHitResults.stroke', v.stroke);
  h0 |= v.stroke;
  h2 = splitUint64(v.badge, 'TableHitResults.badge');
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

export function putTableHitResults(v: TableHitResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableHitResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTableHitResults(v, bytes, top, size, next, end, depth);
}

export function readTableHitResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TableHitResults | undefined): TableHitResults {
  const stroke_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const badge_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { stroke: stroke_, badge: badge_ };
  into.stroke = stroke_;
  into.badge = badge_;
  return into;
}

export function followTableHitResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TableHitResults | undefined): TableHitResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTableHitResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tableHitResults: Codec<TableHitResults> = {
  name: 'TableHitResults',
  dataWords: 2,
  pointers: 0,
  encode(value: TableHitResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTableHitResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TableHitResults): TableHitResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTableHitResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTableHitResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TableHitResults): number {
    return 8 + 8 * wordsOfTableHitResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfTableKeepTimeParams(v: TableKeepTimeParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.timer !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowTableKeepTimeParams(_v: TableKeepTimeParams, _depth: number): number {
  return 0;
}

export function wordsOfTableKeepTimeParams(v: TableKeepTimeParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableKeepTimeParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTableKeepTimeParams(v, depth);
}

export function writeTableKeepTimeParams(v: TableKeepTimeParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.timer !== -1) {
      putCapability(v.timer, bytes, base, 'TableKeepTimeParams.timer');
    } else putNull(bytes, base);
  }
  return top;
}

export function putTableKeepTimeParams(v: TableKeepTimeParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableKeepTimeParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTableKeepTimeParams(v, bytes, top, size, next, end, depth);
}

export function readTableKeepTimeParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TableKeepTimeParams | undefined): TableKeepTimeParams {
  const base = at + data;
  const timer_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { timer: timer_ };
  into.timer = timer_;
  return into;
}

export function followTableKeepTimeParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TableKeepTimeParams | undefined): TableKeepTimeParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTableKeepTimeParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tableKeepTimeParams: Codec<TableKeepTimeParams> = {
  name: 'TableKeepTimeParams',
  dataWords: 0,
  pointers: 1,
  encode(value: TableKeepTimeParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTableKeepTimeParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TableKeepTimeParams): TableKeepTimeParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTableKeepTimeParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTableKeepTimeParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TableKeepTimeParams): number {
    return 8 + 8 * wordsOfTableKeepTimeParams(value, MAX_DEPTH - 1);
  },
};

export const tableKeepTimeResults: Codec<TableKeepTimeResults> = /* @__PURE__ */ emptyCodec('TableKeepTimeResults');

export const tableTakeBallParams: Codec<TableTakeBallParams> = /* @__PURE__ */ emptyCodec('TableTakeBallParams');

export function sizeOfTableTakeBallResults(v: TableTakeBallResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.ball !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowTableTakeBallResults(_v: TableTakeBallResults, _depth: number): number {
  return 0;
}

export function wordsOfTableTakeBallResults(v: TableTakeBallResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableTakeBallResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTableTakeBallResults(v, depth);
}

export function writeTableTakeBallResults(v: TableTakeBallResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.ball !== -1) {
      putCapability(v.ball, bytes, base, 'TableTakeBallResults.ball');
    } else putNull(bytes, base);
  }
  return top;
}

export function putTableTakeBallResults(v: TableTakeBallResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableTakeBallResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTableTakeBallResults(v, bytes, top, size, next, end, depth);
}

export function readTableTakeBallResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TableTakeBallResults | undefined): TableTakeBallResults {
  const base = at + data;
  const ball_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { ball: ball_ };
  into.ball = ball_;
  return into;
}

export function followTableTakeBallResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TableTakeBallResults | undefined): TableTakeBallResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTableTakeBallResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tableTakeBallResults: Codec<TableTakeBallResults> = {
  name: 'TableTakeBallResults',
  dataWords: 0,
  pointers: 1,
  encode(value: TableTakeBallResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTableTakeBallResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TableTakeBallResults): TableTakeBallResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTableTakeBallResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTableTakeBallResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TableTakeBallResults): number {
    return 8 + 8 * wordsOfTableTakeBallResults(value, MAX_DEPTH - 1);
  },
};

export const tableEndGameParams: Codec<TableEndGameParams> = /* @__PURE__ */ emptyCodec('TableEndGameParams');

export function sizeOfTableEndGameResults(v: TableEndGameResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bounces !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowTableEndGameResults(_v: TableEndGameResults, _depth: number): number {
  return 0;
}

export function wordsOfTableEndGameResults(v: TableEndGameResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableEndGameResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowTableEndGameResults(v, depth);
}

export function writeTableEndGameResults(v: TableEndGameResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.bounces >>> 0 !== v.bounces) throw outOfRange('TableEndGameResults.bounces', v.bounces);
  h0 |= v.bounces;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putTableEndGameResults(v: TableEndGameResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfTableEndGameResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeTableEndGameResults(v, bytes, top, size, next, end, depth);
}

export function readTableEndGameResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: TableEndGameResults | undefined): TableEndGameResults {
  const bounces_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { bounces: bounces_ };
  into.bounces = bounces_;
  return into;
}

export function followTableEndGameResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: TableEndGameResults | undefined): TableEndGameResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readTableEndGameResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const tableEndGameResults: Codec<TableEndGameResults> = {
  name: 'TableEndGameResults',
  dataWords: 1,
  pointers: 0,
  encode(value: TableEndGameResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putTableEndGameResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: TableEndGameResults): TableEndGameResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followTableEndGameResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readTableEndGameResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: TableEndGameResults): number {
    return 8 + 8 * wordsOfTableEndGameResults(value, MAX_DEPTH - 1);
  },
};

export const tableLeaveParams: Codec<TableLeaveParams> = /* @__PURE__ */ emptyCodec('TableLeaveParams');

export const tableLeaveResults: Codec<TableLeaveResults> = /* @__PURE__ */ emptyCodec('TableLeaveResults');

export const ballBounceParams: Codec<BallBounceParams> = /* @__PURE__ */ emptyCodec('BallBounceParams');

export function sizeOfBallBounceResults(v: BallBounceResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.bounces !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowBallBounceResults(_v: BallBounceResults, _depth: number): number {
  return 0;
}

export function wordsOfBallBounceResults(v: BallBounceResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBallBounceResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowBallBounceResults(v, depth);
}

export function writeBallBounceResults(v: BallBounceResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.bounces >>> 0 !== v.bounces) throw outOfRange('BallBounceResults.bounces', v.bounces);
  h0 |= v.bounces;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putBallBounceResults(v: BallBounceResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfBallBounceResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeBallBounceResults(v, bytes, top, size, next, end, depth);
}

export function readBallBounceResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: BallBounceResults | undefined): BallBounceResults {
  const bounces_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { bounces: bounces_ };
  into.bounces = bounces_;
  return into;
}

export function followBallBounceResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: BallBounceResults | undefined): BallBounceResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readBallBounceResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const ballBounceResults: Codec<BallBounceResults> = {
  name: 'BallBounceResults',
  dataWords: 1,
  pointers: 0,
  encode(value: BallBounceResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putBallBounceResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: BallBounceResults): BallBounceResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followBallBounceResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readBallBounceResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: BallBounceResults): number {
    return 8 + 8 * wordsOfBallBounceResults(value, MAX_DEPTH - 1);
  },
};

/** Pong's side of the table. */
export const Table: {
  readonly id: 0x9f36246f9695717dn;
  readonly name: 'Table';
  readonly methods: {
    readonly hit: MethodDescriptor<TableHitParams, TableHitResults>;
    readonly keepTime: MethodDescriptor<TableKeepTimeParams, TableKeepTimeResults>;
    readonly takeBall: MethodDescriptor<TableTakeBallParams, TableTakeBallResults>;
    readonly endGame: MethodDescriptor<TableEndGameParams, TableEndGameResults>;
    readonly leave: MethodDescriptor<TableLeaveParams, TableLeaveResults>;
  };
} = {
  id: 0x9f36246f9695717dn,
  name: 'Table',
  methods: {
    /** Answers the next stroke, and the badge by which pong knows the player. */
    hit: { ordinal: 0, name: 'hit', params: tableHitParams, results: tableHitResults },
    /** Gives pong the timer; whoever moves it has it no longer. */
    keepTime: { ordinal: 1, name: 'keepTime', params: tableKeepTimeParams, results: tableKeepTimeResults },
    /** A ball to play with, for as long as pong likes. */
    takeBall: { ordinal: 2, name: 'takeBall', params: tableTakeBallParams, results: tableTakeBallResults, returnsCapabilities: true },
    /** Pong takes every ball back: those handed out work no longer. */
    endGame: { ordinal: 3, name: 'endGame', params: tableEndGameParams, results: tableEndGameResults },
    leave: { ordinal: 4, name: 'leave', params: tableLeaveParams, results: tableLeaveResults },
  },
} as const satisfies InterfaceDescriptor;

export const Ball: {
  readonly id: 0x8d8491032bc27617n;
  readonly name: 'Ball';
  readonly methods: {
    readonly bounce: MethodDescriptor<BallBounceParams, BallBounceResults>;
  };
} = {
  id: 0x8d8491032bc27617n,
  name: 'Ball',
  methods: {
    bounce: { ordinal: 0, name: 'bounce', params: ballBounceParams, results: ballBounceResults },
  },
} as const satisfies InterfaceDescriptor;
