// Generated from examples.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Interfaces that the guest programs here talk to one another with.

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
  readText,
  splitUint64,
  textWords,
  tooDeep,
  writeText,
} from '@capos/abi/codec';

export interface EchoEchoParams {
  text: string;
}

export interface EchoEchoResults {
  text: string;
  badge: bigint;
  calls: number;
}

export interface EchoStopParams {
}

export interface EchoStopResults {
}

export interface LenderBorrowParams {
}

export interface LenderBorrowResults {
  object: number;
}

export interface LenderGiveBackParams {
  checksum: bigint;
}

export interface LenderGiveBackResults {
  agreed: boolean;
}

export function sizeOfEchoEchoParams(v: EchoEchoParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.text !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowEchoEchoParams(v: EchoEchoParams, _depth: number): number {
  let words = 0;
  if (v.text !== '') words += textWords(v.text);
  return words;
}

export function wordsOfEchoEchoParams(v: EchoEchoParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEchoEchoParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEchoEchoParams(v, depth);
}

export function writeEchoEchoParams(v: EchoEchoParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.text !== '') {
      top = writeText(v.text, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putEchoEchoParams(v: EchoEchoParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEchoEchoParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEchoEchoParams(v, bytes, top, size, next, end, depth);
}

export function readEchoEchoParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EchoEchoParams | undefined): EchoEchoParams {
  const base = at + data;
  const text_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { text: text_ };
  into.text = text_;
  return into;
}

export function followEchoEchoParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EchoEchoParams | undefined): EchoEchoParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEchoEchoParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const echoEchoParams: Codec<EchoEchoParams> = {
  name: 'EchoEchoParams',
  dataWords: 0,
  pointers: 1,
  encode(value: EchoEchoParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEchoEchoParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EchoEchoParams): EchoEchoParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEchoEchoParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEchoEchoParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EchoEchoParams): number {
    return 8 + 8 * wordsOfEchoEchoParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfEchoEchoResults(v: EchoEchoResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.text !== '') pointers = 1;
  if (data < 1 && v.badge !== 0n) data = 1;
  if (data < 2 && v.calls !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowEchoEchoResults(v: EchoEchoResults, _depth: number): number {
  let words = 0;
  if (v.text !== '') words += textWords(v.text);
  return words;
}

export function wordsOfEchoEchoResults(v: EchoEchoResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEchoEchoResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowEchoEchoResults(v, depth);
}

export function writeEchoEchoResults(v: EchoEchoResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.badge, 'EchoEchoResults.badge');
  h1 = high;
  if (v.calls >>> 0 !== v.calls) throw outOfRange('EchoEchoResults.calls', v.calls);
  h2 |= v.calls;
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
    if (v.text !== '') {
      top = writeText(v.text, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putEchoEchoResults(v: EchoEchoResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfEchoEchoResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeEchoEchoResults(v, bytes, top, size, next, end, depth);
}

export function readEchoEchoResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: EchoEchoResults | undefined): EchoEchoResults {
  const base = at + data;
  const text_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const badge_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const calls_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { text: text_, badge: badge_, calls: calls_ };
  into.text = text_;
  into.badge = badge_;
  into.calls = calls_;
  return into;
}

export function followEchoEchoResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: EchoEchoResults | undefined): EchoEchoResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readEchoEchoResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const echoEchoResults: Codec<EchoEchoResults> = {
  name: 'EchoEchoResults',
  dataWords: 2,
  pointers: 1,
  encode(value: EchoEchoResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putEchoEchoResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: EchoEchoResults): EchoEchoResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followEchoEchoResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readEchoEchoResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: EchoEchoResults): number {
    return 8 + 8 * wordsOfEchoEchoResults(value, MAX_DEPTH - 1);
  },
};

export const echoStopParams: Codec<EchoStopParams> = /* @__PURE__ */ emptyCodec('EchoStopParams');

export const echoStopResults: Codec<EchoStopResults> = /* @__PURE__ */ emptyCodec('EchoStopResults');

export const lenderBorrowParams: Codec<LenderBorrowParams> = /* @__PURE__ */ emptyCodec('LenderBorrowParams');

export function sizeOfLenderBorrowResults(v: LenderBorrowResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.object !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowLenderBorrowResults(_v: LenderBorrowResults, _depth: number): number {
  return 0;
}

export function wordsOfLenderBorrowResults(v: LenderBorrowResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLenderBorrowResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowLenderBorrowResults(v, depth);
}

export function writeLenderBorrowResults(v: LenderBorrowResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.object !== -1) {
      putCapability(v.object, bytes, base, 'LenderBorrowResults.object');
    } else putNull(bytes, base);
  }
  return top;
}

export function putLenderBorrowResults(v: LenderBorrowResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLenderBorrowResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeLenderBorrowResults(v, bytes, top, size, next, end, depth);
}

export function readLenderBorrowResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: LenderBorrowResults | undefined): LenderBorrowResults {
  const base = at + data;
  const object_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { object: object_ };
  into.object = object_;
  return into;
}

export function followLenderBorrowResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: LenderBorrowResults | undefined): LenderBorrowResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readLenderBorrowResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const lenderBorrowResults: Codec<LenderBorrowResults> = {
  name: 'LenderBorrowResults',
  dataWords: 0,
  pointers: 1,
  encode(value: LenderBorrowResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putLenderBorrowResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: LenderBorrowResults): LenderBorrowResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followLenderBorrowResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readLenderBorrowResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: LenderBorrowResults): number {
    return 8 + 8 * wordsOfLenderBorrowResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfLenderGiveBackParams(v: LenderGiveBackParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.checksum !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowLenderGiveBackParams(_v: LenderGiveBackParams, _depth: number): number {
  return 0;
}

export function wordsOfLenderGiveBackParams(v: LenderGiveBackParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLenderGiveBackParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowLenderGiveBackParams(v, depth);
}

export function writeLenderGiveBackParams(v: LenderGiveBackParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.checksum, 'LenderGiveBackParams.checksum');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putLenderGiveBackParams(v: LenderGiveBackParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLenderGiveBackParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeLenderGiveBackParams(v, bytes, top, size, next, end, depth);
}

export function readLenderGiveBackParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: LenderGiveBackParams | undefined): LenderGiveBackParams {
  const checksum_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { checksum: checksum_ };
  into.checksum = checksum_;
  return into;
}

export function followLenderGiveBackParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: LenderGiveBackParams | undefined): LenderGiveBackParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readLenderGiveBackParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const lenderGiveBackParams: Codec<LenderGiveBackParams> = {
  name: 'LenderGiveBackParams',
  dataWords: 1,
  pointers: 0,
  encode(value: LenderGiveBackParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putLenderGiveBackParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: LenderGiveBackParams): LenderGiveBackParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followLenderGiveBackParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readLenderGiveBackParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: LenderGiveBackParams): number {
    return 8 + 8 * wordsOfLenderGiveBackParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfLenderGiveBackResults(v: LenderGiveBackResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.agreed !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowLenderGiveBackResults(_v: LenderGiveBackResults, _depth: number): number {
  return 0;
}

export function wordsOfLenderGiveBackResults(v: LenderGiveBackResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLenderGiveBackResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowLenderGiveBackResults(v, depth);
}

export function writeLenderGiveBackResults(v: LenderGiveBackResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.agreed) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putLenderGiveBackResults(v: LenderGiveBackResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfLenderGiveBackResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeLenderGiveBackResults(v, bytes, top, size, next, end, depth);
}

export function readLenderGiveBackResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: LenderGiveBackResults | undefined): LenderGiveBackResults {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const agreed_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { agreed: agreed_ };
  into.agreed = agreed_;
  return into;
}

export function followLenderGiveBackResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: LenderGiveBackResults | undefined): LenderGiveBackResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readLenderGiveBackResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const lenderGiveBackResults: Codec<LenderGiveBackResults> = {
  name: 'LenderGiveBackResults',
  dataWords: 1,
  pointers: 0,
  encode(value: LenderGiveBackResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putLenderGiveBackResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: LenderGiveBackResults): LenderGiveBackResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followLenderGiveBackResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readLenderGiveBackResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: LenderGiveBackResults): number {
    return 8 + 8 * wordsOfLenderGiveBackResults(value, MAX_DEPTH - 1);
  },
};

export const Echo: {
  readonly id: 0xd885ab71832c5b18n;
  readonly name: 'Echo';
  readonly methods: {
    readonly echo: MethodDescriptor<EchoEchoParams, EchoEchoResults>;
    readonly stop: MethodDescriptor<EchoStopParams, EchoStopResults>;
  };
} = {
  id: 0xd885ab71832c5b18n,
  name: 'Echo',
  methods: {
    /** The same text, the badge the caller is known by, and how many calls it has made. */
    echo: { ordinal: 0, name: 'echo', params: echoEchoParams, results: echoEchoResults },
    /** Ends the server after this call. */
    stop: { ordinal: 1, name: 'stop', params: echoStopParams, results: echoStopResults },
  },
} as const satisfies InterfaceDescriptor;

export const Lender: {
  readonly id: 0xa05a87f67f04a45fn;
  readonly name: 'Lender';
  readonly methods: {
    readonly borrow: MethodDescriptor<LenderBorrowParams, LenderBorrowResults>;
    readonly giveBack: MethodDescriptor<LenderGiveBackParams, LenderGiveBackResults>;
  };
} = {
  id: 0xa05a87f67f04a45fn,
  name: 'Lender',
  methods: {
    /** A copy of a reference to pages that the lender has mapped too. */
    borrow: { ordinal: 0, name: 'borrow', params: lenderBorrowParams, results: lenderBorrowResults, returnsCapabilities: true },
    /** The borrower is done writing; does the lender see the same bytes? Ends the lender. */
    giveBack: { ordinal: 1, name: 'giveBack', params: lenderGiveBackParams, results: lenderGiveBackResults },
  },
} as const satisfies InterfaceDescriptor;
