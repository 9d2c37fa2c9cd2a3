// Generated from capability.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// What every interface shares: the exception a call may end in, and what a tool may see of a capability.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
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
  putInt32,
  putListPointer,
  putNull,
  putStructPointer,
  readText,
  splitUint64,
  textWords,
  tooDeep,
  writeText,
} from '../../codec-runtime.ts';

/** A number is an enumerant that this schema does not know. */
export type CapExceptionEnding =
| 'none'
| 'exited'
| 'faulted'
| 'killed'
| number;

/** The enumerants of CapExceptionEnding in the order of their numbers. */
export const namesOfCapExceptionEnding: readonly CapExceptionEnding[] = ['none', 'exited', 'faulted', 'killed'];

export function numberOfCapExceptionEnding(value: CapExceptionEnding, field: string): number {
  switch (value) {
    case 'none':
    return 0;
    case 'exited':
    return 1;
    case 'faulted':
    return 2;
    case 'killed':
    return 3;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type CapExceptionKind =
/** report it */
| 'failed'
/** back off, then retry */
| 'overloaded'
/** re-establish the capability */
| 'disconnected'
/** use another method */
| 'unimplemented'
/** the caller's parameters are wrong */
| 'invalidArgument'
| number;

/** The enumerants of CapExceptionKind in the order of their numbers. */
export const namesOfCapExceptionKind: readonly CapExceptionKind[] = ['failed', 'overloaded', 'disconnected', 'unimplemented', 'invalidArgument'];

export function numberOfCapExceptionKind(value: CapExceptionKind, field: string): number {
  switch (value) {
    case 'failed':
    return 0;
    case 'overloaded':
    return 1;
    case 'disconnected':
    return 2;
    case 'unimplemented':
    return 3;
    case 'invalidArgument':
    return 4;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/**
 * What kind of place a faulting instruction wanted to reach; where exactly is its own affair.
 * A number is an enumerant that this schema does not know.
 */
export type AddressClass =
/** no address had to do with it */
| 'none'
/** the lowest 64 KiB, where nothing is ever placed */
| 'nearNull'
/** nothing is there */
| 'unmapped'
/** address space without memory: a guard page, or what was never committed */
| 'reserved'
/** memory, but not for this kind of access */
| 'notPermitted'
/** no address a program could have */
| 'outside'
/** its own memory, but there was no frame left to back it */
| 'noMemory'
| number;

/** The enumerants of AddressClass in the order of their numbers. */
export const namesOfAddressClass: readonly AddressClass[] = ['none', 'nearNull', 'unmapped', 'reserved', 'notPermitted', 'outside', 'noMemory'];

export function numberOfAddressClass(value: AddressClass, field: string): number {
  switch (value) {
    case 'none':
    return 0;
    case 'nearNull':
    return 1;
    case 'unmapped':
    return 2;
    case 'reserved':
    return 3;
    case 'notPermitted':
    return 4;
    case 'outside':
    return 5;
    case 'noMemory':
    return 6;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type CapabilityManagerTransferMode =
| 'copy'
| 'move'
| 'nonTransferable'
| number;

/** The enumerants of CapabilityManagerTransferMode in the order of their numbers. */
export const namesOfCapabilityManagerTransferMode: readonly CapabilityManagerTransferMode[] = ['copy', 'move', 'nonTransferable'];

export function numberOfCapabilityManagerTransferMode(value: CapabilityManagerTransferMode, field: string): number {
  switch (value) {
    case 'copy':
    return 0;
    case 'move':
    return 1;
    case 'nonTransferable':
    return 2;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type CapabilityManagerOrigin =
| 'kernel'
| 'spawnGrant'
| 'transfer'
| 'result'
| number;

/** The enumerants of CapabilityManagerOrigin in the order of their numbers. */
export const namesOfCapabilityManagerOrigin: readonly CapabilityManagerOrigin[] = ['kernel', 'spawnGrant', 'transfer', 'result'];

export function numberOfCapabilityManagerOrigin(value: CapabilityManagerOrigin, field: string): number {
  switch (value) {
    case 'kernel':
    return 0;
    case 'spawnGrant':
    return 1;
    case 'transfer':
    return 2;
    case 'result':
    return 3;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A failed call: its kind says what the caller should do, its reason is for people. Never carries kernel addresses. */
export interface CapException {
  kind: CapExceptionKind;
  reason: string;
  /** With `disconnected`: how the server ended that had the call. Tells what became of it, never what it was working on. */
  ending: CapExceptionEnding;
  /** Its exit code, the processor's vector (SDM 3A §6.15), or the signal that killed it. */
  code: number;
  /** What the address of a page fault was. */
  addressClass: AddressClass;
}

export interface CapabilityManagerListParams {
}

export interface CapabilityManagerListResults {
  entries: readonly CapabilityManagerEntry[];
}

export interface CapabilityManagerRevokeParams {
  cap: number;
}

export interface CapabilityManagerRevokeResults {
}

export interface CapabilityManagerEntry {
  cap: number;
  interfaceId: bigint;
  badge: bigint;
  name: string;
  transferMode: CapabilityManagerTransferMode;
  origin: CapabilityManagerOrigin;
  live: boolean;
}

export function sizeOfCapException(v: CapException): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && numberOfCapExceptionKind(v.kind, 'CapException.kind') !== 0) data = 1;
  if (pointers < 1 && v.reason !== '') pointers = 1;
  if (data < 1 && numberOfCapExceptionEnding(v.ending, 'CapException.ending') !== 0) data = 1;
  if (data < 1 && v.code !== 0) data = 1;
  if (data < 1 && numberOfAddressClass(v.addressClass, 'CapException.addressClass') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowCapException(v: CapException, _depth: number): number {
  let words = 0;
  if (v.reason !== '') words += textWords(v.reason);
  return words;
}

export function wordsOfCapException(v: CapException, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapException(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowCapException(v, depth);
}

export function writeCapException(v: CapException, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 |= numberOfCapExceptionKind(v.kind, 'CapException.kind');
  h0 |= numberOfCapExceptionEnding(v.ending, 'CapException.ending') << 16;
  if ((v.code & 0xffff) !== v.code) throw outOfRange('CapException.code', v.code);
  h1 |= v.code;
  h1 |= numberOfAddressClass(v.addressClass, 'CapException.addressClass') << 16;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.reason !== '') {
      top = writeText(v.reason, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putCapException(v: CapException, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapException(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeCapException(v, bytes, top, size, next, end, depth);
}

export function readCapException(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: CapException | undefined): CapException {
  const base = at + data;
  const kind_ = nameOf(namesOfCapExceptionKind, (data >= 2 ? getUint16(bytes, at) : 0));
  const reason_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const ending_ = nameOf(namesOfCapExceptionEnding, (data >= 4 ? getUint16(bytes, at + 2) : 0));
  const code_ = (data >= 6 ? getUint16(bytes, at + 4) : 0);
  const addressClass_ = nameOf(namesOfAddressClass, (data >= 8 ? getUint16(bytes, at + 6) : 0));
  if (into === undefined) return { kind: kind_, reason: reason_, ending: ending_, code: code_, addressClass: addressClass_ };
  into.kind = kind_;
  into.reason = reason_;
  into.ending = ending_;
  into.code = code_;
  into.addressClass = addressClass_;
  return into;
}

export function followCapException(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: CapException | undefined): CapException | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readCapException(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const capException: Codec<CapException> = {
  name: 'CapException',
  dataWords: 1,
  pointers: 1,
  encode(value: CapException, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putCapException(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: CapException): CapException {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followCapException(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readCapException(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: CapException): number {
    return 8 + 8 * wordsOfCapException(value, MAX_DEPTH - 1);
  },
};

export const capabilityManagerListParams: Codec<CapabilityManagerListParams> = /* @__PURE__ */ emptyCodec('CapabilityManagerListParams');

export function sizeOfCapabilityManagerListResults(v: CapabilityManagerListResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.entries.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowCapabilityManagerListResults(v: CapabilityManagerListResults, depth: number): number {
  let words = 0;
  if (v.entries.length !== 0) words += wordsOfCapabilityManagerEntryList(v.entries, depth - 1);
  return words;
}

export function wordsOfCapabilityManagerListResults(v: CapabilityManagerListResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapabilityManagerListResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowCapabilityManagerListResults(v, depth);
}

export function writeCapabilityManagerListResults(v: CapabilityManagerListResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.entries.length !== 0) {
      top = writeCapabilityManagerEntryList(v.entries, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putCapabilityManagerListResults(v: CapabilityManagerListResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapabilityManagerListResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeCapabilityManagerListResults(v, bytes, top, size, next, end, depth);
}

export function readCapabilityManagerListResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: CapabilityManagerListResults | undefined): CapabilityManagerListResults {
  const base = at + data;
  const entries_ = pointers > 0 ? readCapabilityManagerEntryList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { entries: entries_ };
  into.entries = entries_;
  return into;
}

export function followCapabilityManagerListResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: CapabilityManagerListResults | undefined): CapabilityManagerListResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readCapabilityManagerListResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const capabilityManagerListResults: Codec<CapabilityManagerListResults> = {
  name: 'CapabilityManagerListResults',
  dataWords: 0,
  pointers: 1,
  encode(value: CapabilityManagerListResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putCapabilityManagerListResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: CapabilityManagerListResults): CapabilityManagerListResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followCapabilityManagerListResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readCapabilityManagerListResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: CapabilityManagerListResults): number {
    return 8 + 8 * wordsOfCapabilityManagerListResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfCapabilityManagerRevokeParams(v: CapabilityManagerRevokeParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.cap !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowCapabilityManagerRevokeParams(_v: CapabilityManagerRevokeParams, _depth: number): number {
  return 0;
}

export function wordsOfCapabilityManagerRevokeParams(v: CapabilityManagerRevokeParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapabilityManagerRevokeParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowCapabilityManagerRevokeParams(v, depth);
}

export function writeCapabilityManagerRevokeParams(v: CapabilityManagerRevokeParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.cap >>> 0 !== v.cap) throw outOfRange('CapabilityManagerRevokeParams.cap', v.cap);
  h0 |= v.cap;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putCapabilityManagerRevokeParams(v: CapabilityManagerRevokeParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapabilityManagerRevokeParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeCapabilityManagerRevokeParams(v, bytes, top, size, next, end, depth);
}

export function readCapabilityManagerRevokeParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: CapabilityManagerRevokeParams | undefined): CapabilityManagerRevokeParams {
  const cap_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { cap: cap_ };
  into.cap = cap_;
  return into;
}

export function followCapabilityManagerRevokeParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: CapabilityManagerRevokeParams | undefined): CapabilityManagerRevokeParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readCapabilityManagerRevokeParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const capabilityManagerRevokeParams: Codec<CapabilityManagerRevokeParams> = {
  name: 'CapabilityManagerRevokeParams',
  dataWords: 1,
  pointers: 0,
  encode(value: CapabilityManagerRevokeParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putCapabilityManagerRevokeParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: CapabilityManagerRevokeParams): CapabilityManagerRevokeParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followCapabilityManagerRevokeParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readCapabilityManagerRevokeParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: CapabilityManagerRevokeParams): number {
    return 8 + 8 * wordsOfCapabilityManagerRevokeParams(value, MAX_DEPTH - 1);
  },
};

export const capabilityManagerRevokeResults: Codec<CapabilityManagerRevokeResults> = /* @__PURE__ */ emptyCodec('CapabilityManagerRevokeResults');

export function sizeOfCapabilityManagerEntry(v: CapabilityManagerEntry): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.cap !== 0) data = 1;
  if (data < 2 && v.interfaceId !== 0n) data = 2;
  if (data < 3 && v.badge !== 0n) data = 3;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && numberOfCapabilityManagerTransferMode(v.transferMode, 'CapabilityManagerEntry.transferMode') !== 0) data = 1;
  if (data < 1 && numberOfCapabilityManagerOrigin(v.origin, 'CapabilityManagerEntry.origin') !== 0) data = 1;
  if (data < 4 && v.live !== false) data = 4;
  return data | (pointers << 16);
}

export function wordsBelowCapabilityManagerEntry(v: CapabilityManagerEntry, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfCapabilityManagerEntry(v: CapabilityManagerEntry, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapabilityManagerEntry(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowCapabilityManagerEntry(v, depth);
}

export function writeCapabilityManagerEntry(v: CapabilityManagerEntry, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  if (v.cap >>> 0 !== v.cap) throw outOfRange('CapabilityManagerEntry.cap', v.cap);
  h0 |= v.cap;
  h2 = splitUint64(v.interfaceId, 'CapabilityManagerEntry.interfaceId');
  h3 = high;
  h4 = splitUint64(v.badge, 'CapabilityManagerEntry.badge');
  h5 = high;
  h1 |= numberOfCapabilityManagerTransferMode(v.transferMode, 'CapabilityManagerEntry.transferMode');
  h1 |= numberOfCapabilityManagerOrigin(v.origin, 'CapabilityManagerEntry.origin') << 16;
  if (v.live) h6 |= 1;
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
    putInt32(bytes, at + 28, 0);
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

export function putCapabilityManagerEntry(v: CapabilityManagerEntry, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfCapabilityManagerEntry(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeCapabilityManagerEntry(v, bytes, top, size, next, end, depth);
}

export function readCapabilityManagerEntry(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: CapabilityManagerEntry | undefined): CapabilityManagerEntry {
  const base = at + data;
  const b24 = data > 24 ? bytes[at + 24]! : 0;
  const cap_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const interfaceId_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const badge_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const transferMode_ = nameOf(namesOfCapabilityManagerTransferMode, (data >= 6 ? getUint16(bytes, at + 4) : 0));
  const origin_ = nameOf(namesOfCapabilityManagerOrigin, (data >= 8 ? getUint16(bytes, at + 6) : 0));
  const live_ = ((b24 >> 0) & 1) !== 0;
  if (into === undefined) return { cap: cap_, interfaceId: interfaceId_, badge: badge_, name: name_, transferMode: transferMode_, origin: origin_, live: live_ };
  into.cap = cap_;
  into.interfaceId = interfaceId_;
  into.badge = badge_;
  into.name = name_;
  into.transferMode = transferMode_;
  into.origin = origin_;
  into.live = live_;
  return into;
}

export function followCapabilityManagerEntry(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: CapabilityManagerEntry | undefined): CapabilityManagerEntry | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readCapabilityManagerEntry(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const capabilityManagerEntry: Codec<CapabilityManagerEntry> = {
  name: 'CapabilityManagerEntry',
  dataWords: 4,
  pointers: 1,
  encode(value: CapabilityManagerEntry, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putCapabilityManagerEntry(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: CapabilityManagerEntry): CapabilityManagerEntry {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followCapabilityManagerEntry(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readCapabilityManagerEntry(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: CapabilityManagerEntry): number {
    return 8 + 8 * wordsOfCapabilityManagerEntry(value, MAX_DEPTH - 1);
  },
};

/** Looks at and revokes what its holder's process holds. It can look; it can never invoke on another's behalf. */
export const CapabilityManager: {
  readonly id: 0xaa6e7eabf69ea3d5n;
  readonly name: 'CapabilityManager';
  readonly methods: {
    readonly list: MethodDescriptor<CapabilityManagerListParams, CapabilityManagerListResults>;
    readonly revoke: MethodDescriptor<CapabilityManagerRevokeParams, CapabilityManagerRevokeResults>;
  };
} = {
  id: 0xaa6e7eabf69ea3d5n,
  name: 'CapabilityManager',
  methods: {
    /** What the caller's process holds. */
    list: { ordinal: 0, name: 'list', params: capabilityManagerListParams, results: capabilityManagerListResults },
    /** Bumps the epoch of an object that the caller owns: every outstanding reference fails from now on. */
    revoke: { ordinal: 1, name: 'revoke', params: capabilityManagerRevokeParams, results: capabilityManagerRevokeResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfCapabilityManagerEntryList(list: readonly CapabilityManagerEntry[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfCapabilityManagerEntry(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowCapabilityManagerEntry(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeCapabilityManagerEntryList(list: readonly (CapabilityManagerEntry)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfCapabilityManagerEntry(list[index]!);
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
    top = writeCapabilityManagerEntry(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readCapabilityManagerEntryList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (CapabilityManagerEntry)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<CapabilityManagerEntry>(count);
  for (let index = 0; index < count; index++) list[index] = readCapabilityManagerEntry(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
