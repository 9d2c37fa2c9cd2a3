// Generated from accounting.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Accounts: what a process makes the kernel hold, and how one process pays for what another does for it.

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
  splitUint64,
  tooDeep,
} from '../../codec-runtime.ts';

/**
 * Resource classes. A ledger counts each on its own.
 * A number is an enumerant that this schema does not know.
 */
export type Resource =
/** slots of the capability table */
| 'capSlots'
/** 4 KiB of physical memory: pages, page tables, rings */
| 'frames'
/** pages of address space with a meaning, backed or not */
| 'reservedPages'
/** contiguous parts of an address space */
| 'areas'
/** calls and other operations that wait */
| 'pendingOperations'
/** messages and images that the kernel keeps */
| 'inFlightBytes'
/** timers that have not fired */
| 'timers'
| 'threads'
/** memory of hosted programs */
| 'arenaBytes'
/** endpoints, facets, notifications, memory objects, handles, donations */
| 'objects'
| 'processes'
| number;

/** The enumerants of Resource in the order of their numbers. */
export const namesOfResource: readonly Resource[] = ['capSlots', 'frames', 'reservedPages', 'areas', 'pendingOperations', 'inFlightBytes', 'timers', 'threads', 'arenaBytes', 'objects', 'processes'];

export function numberOfResource(value: Resource, field: string): number {
  switch (value) {
    case 'capSlots':
    return 0;
    case 'frames':
    return 1;
    case 'reservedPages':
    return 2;
    case 'areas':
    return 3;
    case 'pendingOperations':
    return 4;
    case 'inFlightBytes':
    return 5;
    case 'timers':
    return 6;
    case 'threads':
    return 7;
    case 'arenaBytes':
    return 8;
    case 'objects':
    return 9;
    case 'processes':
    return 10;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

export interface ResourceAmount {
  resource: Resource;
  amount: bigint;
}

export interface AccountsUsedParams {
}

export interface AccountsUsedResults {
  amounts: readonly ResourceAmount[];
}

export interface AccountsAvailableParams {
}

export interface AccountsAvailableResults {
  amounts: readonly ResourceAmount[];
}

export interface AccountsDonateParams {
  amounts: readonly ResourceAmount[];
}

export interface AccountsDonateResults {
  donation: number;
}

export interface DonationReadParams {
}

export interface DonationReadResults {
  amounts: readonly ResourceAmount[];
  accepted: boolean;
}

export interface DonationAcceptParams {
}

export interface DonationAcceptResults {
}

export interface DonationCloseParams {
}

export interface DonationCloseResults {
}

export function sizeOfResourceAmount(v: ResourceAmount): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfResource(v.resource, 'ResourceAmount.resource') !== 0) data = 1;
  if (data < 2 && v.amount !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowResourceAmount(_v: ResourceAmount, _depth: number): number {
  return 0;
}

export function wordsOfResourceAmount(v: ResourceAmount, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResourceAmount(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowResourceAmount(v, depth);
}

export function writeResourceAmount(v: ResourceAmount, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 |= numberOfResource(v.resource, 'ResourceAmount.resource');
  h2 = splitUint64(v.amount, 'ResourceAmount.amount');
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

export function putResourceAmount(v: ResourceAmount, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfResourceAmount(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeResourceAmount(v, bytes, top, size, next, end, depth);
}

export function readResourceAmount(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ResourceAmount | undefined): ResourceAmount {
  const resource_ = nameOf(namesOfResource, (data >= 2 ? getUint16(bytes, at) : 0));
  const amount_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { resource: resource_, amount: amount_ };
  into.resource = resource_;
  into.amount = amount_;
  return into;
}

export function followResourceAmount(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ResourceAmount | undefined): ResourceAmount | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readResourceAmount(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const resourceAmount: Codec<ResourceAmount> = {
  name: 'ResourceAmount',
  dataWords: 2,
  pointers: 0,
  encode(value: ResourceAmount, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putResourceAmount(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ResourceAmount): ResourceAmount {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followResourceAmount(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readResourceAmount(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ResourceAmount): number {
    return 8 + 8 * wordsOfResourceAmount(value, MAX_DEPTH - 1);
  },
};

export const accountsUsedParams: Codec<AccountsUsedParams> = /* @__PURE__ */ emptyCodec('AccountsUsedParams');

export function sizeOfAccountsUsedResults(v: AccountsUsedResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.amounts.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowAccountsUsedResults(v: AccountsUsedResults, depth: number): number {
  let words = 0;
  if (v.amounts.length !== 0) words += wordsOfResourceAmountList(v.amounts, depth - 1);
  return words;
}

export function wordsOfAccountsUsedResults(v: AccountsUsedResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsUsedResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowAccountsUsedResults(v, depth);
}

export function writeAccountsUsedResults(v: AccountsUsedResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.amounts.length !== 0) {
      top = writeResourceAmountList(v.amounts, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putAccountsUsedResults(v: AccountsUsedResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsUsedResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeAccountsUsedResults(v, bytes, top, size, next, end, depth);
}

export function readAccountsUsedResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: AccountsUsedResults | undefined): AccountsUsedResults {
  const base = at + data;
  const amounts_ = pointers > 0 ? readResourceAmountList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { amounts: amounts_ };
  into.amounts = amounts_;
  return into;
}

export function followAccountsUsedResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: AccountsUsedResults | undefined): AccountsUsedResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readAccountsUsedResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const accountsUsedResults: Codec<AccountsUsedResults> = {
  name: 'AccountsUsedResults',
  dataWords: 0,
  pointers: 1,
  encode(value: AccountsUsedResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putAccountsUsedResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: AccountsUsedResults): AccountsUsedResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followAccountsUsedResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readAccountsUsedResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: AccountsUsedResults): number {
    return 8 + 8 * wordsOfAccountsUsedResults(value, MAX_DEPTH - 1);
  },
};

export const accountsAvailableParams: Codec<AccountsAvailableParams> = /* @__PURE__ */ emptyCodec('AccountsAvailableParams');

export function sizeOfAccountsAvailableResults(v: AccountsAvailableResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.amounts.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowAccountsAvailableResults(v: AccountsAvailableResults, depth: number): number {
  let words = 0;
  if (v.amounts.length !== 0) words += wordsOfResourceAmountList(v.amounts, depth - 1);
  return words;
}

export function wordsOfAccountsAvailableResults(v: AccountsAvailableResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsAvailableResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowAccountsAvailableResults(v, depth);
}

export function writeAccountsAvailableResults(v: AccountsAvailableResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.amounts.length !== 0) {
      top = writeResourceAmountList(v.amounts, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putAccountsAvailableResults(v: AccountsAvailableResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsAvailableResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeAccountsAvailableResults(v, bytes, top, size, next, end, depth);
}

export function readAccountsAvailableResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: AccountsAvailableResults | undefined): AccountsAvailableResults {
  const base = at + data;
  const amounts_ = pointers > 0 ? readResourceAmountList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { amounts: amounts_ };
  into.amounts = amounts_;
  return into;
}

export function followAccountsAvailableResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: AccountsAvailableResults | undefined): AccountsAvailableResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readAccountsAvailableResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const accountsAvailableResults: Codec<AccountsAvailableResults> = {
  name: 'AccountsAvailableResults',
  dataWords: 0,
  pointers: 1,
  encode(value: AccountsAvailableResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putAccountsAvailableResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: AccountsAvailableResults): AccountsAvailableResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followAccountsAvailableResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readAccountsAvailableResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: AccountsAvailableResults): number {
    return 8 + 8 * wordsOfAccountsAvailableResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfAccountsDonateParams(v: AccountsDonateParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.amounts.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowAccountsDonateParams(v: AccountsDonateParams, depth: number): number {
  let words = 0;
  if (v.amounts.length !== 0) words += wordsOfResourceAmountList(v.amounts, depth - 1);
  return words;
}

export function wordsOfAccountsDonateParams(v: AccountsDonateParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsDonateParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowAccountsDonateParams(v, depth);
}

export function writeAccountsDonateParams(v: AccountsDonateParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.amounts.length !== 0) {
      top = writeResourceAmountList(v.amounts, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putAccountsDonateParams(v: AccountsDonateParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsDonateParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeAccountsDonateParams(v, bytes, top, size, next, end, depth);
}

export function readAccountsDonateParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: AccountsDonateParams | undefined): AccountsDonateParams {
  const base = at + data;
  const amounts_ = pointers > 0 ? readResourceAmountList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { amounts: amounts_ };
  into.amounts = amounts_;
  return into;
}

export function followAccountsDonateParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: AccountsDonateParams | undefined): AccountsDonateParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readAccountsDonateParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const accountsDonateParams: Codec<AccountsDonateParams> = {
  name: 'AccountsDonateParams',
  dataWords: 0,
  pointers: 1,
  encode(value: AccountsDonateParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putAccountsDonateParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: AccountsDonateParams): AccountsDonateParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followAccountsDonateParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readAccountsDonateParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: AccountsDonateParams): number {
    return 8 + 8 * wordsOfAccountsDonateParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfAccountsDonateResults(v: AccountsDonateResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.donation !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowAccountsDonateResults(_v: AccountsDonateResults, _depth: number): number {
  return 0;
}

export function wordsOfAccountsDonateResults(v: AccountsDonateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsDonateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowAccountsDonateResults(v, depth);
}

export function writeAccountsDonateResults(v: AccountsDonateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.donation !== -1) {
      putCapability(v.donation, bytes, base, 'AccountsDonateResults.donation');
    } else putNull(bytes, base);
  }
  return top;
}

export function putAccountsDonateResults(v: AccountsDonateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAccountsDonateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeAccountsDonateResults(v, bytes, top, size, next, end, depth);
}

export function readAccountsDonateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: AccountsDonateResults | undefined): AccountsDonateResults {
  const base = at + data;
  const donation_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { donation: donation_ };
  into.donation = donation_;
  return into;
}

export function followAccountsDonateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: AccountsDonateResults | undefined): AccountsDonateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readAccountsDonateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const accountsDonateResults: Codec<AccountsDonateResults> = {
  name: 'AccountsDonateResults',
  dataWords: 0,
  pointers: 1,
  encode(value: AccountsDonateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putAccountsDonateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: AccountsDonateResults): AccountsDonateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followAccountsDonateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readAccountsDonateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: AccountsDonateResults): number {
    return 8 + 8 * wordsOfAccountsDonateResults(value, MAX_DEPTH - 1);
  },
};

export const donationReadParams: Codec<DonationReadParams> = /* @__PURE__ */ emptyCodec('DonationReadParams');

export function sizeOfDonationReadResults(v: DonationReadResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.amounts.length !== 0) pointers = 1;
  if (data < 1 && v.accepted !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDonationReadResults(v: DonationReadResults, depth: number): number {
  let words = 0;
  if (v.amounts.length !== 0) words += wordsOfResourceAmountList(v.amounts, depth - 1);
  return words;
}

export function wordsOfDonationReadResults(v: DonationReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDonationReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDonationReadResults(v, depth);
}

export function writeDonationReadResults(v: DonationReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.accepted) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.amounts.length !== 0) {
      top = writeResourceAmountList(v.amounts, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDonationReadResults(v: DonationReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDonationReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDonationReadResults(v, bytes, top, size, next, end, depth);
}

export function readDonationReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DonationReadResults | undefined): DonationReadResults {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const amounts_ = pointers > 0 ? readResourceAmountList(bytes, base, start, end, depth) : [];
  const accepted_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { amounts: amounts_, accepted: accepted_ };
  into.amounts = amounts_;
  into.accepted = accepted_;
  return into;
}

export function followDonationReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DonationReadResults | undefined): DonationReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDonationReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const donationReadResults: Codec<DonationReadResults> = {
  name: 'DonationReadResults',
  dataWords: 1,
  pointers: 1,
  encode(value: DonationReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDonationReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DonationReadResults): DonationReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDonationReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDonationReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DonationReadResults): number {
    return 8 + 8 * wordsOfDonationReadResults(value, MAX_DEPTH - 1);
  },
};

export const donationAcceptParams: Codec<DonationAcceptParams> = /* @__PURE__ */ emptyCodec('DonationAcceptParams');

export const donationAcceptResults: Codec<DonationAcceptResults> = /* @__PURE__ */ emptyCodec('DonationAcceptResults');

export const donationCloseParams: Codec<DonationCloseParams> = /* @__PURE__ */ emptyCodec('DonationCloseParams');

export const donationCloseResults: Codec<DonationCloseResults> = /* @__PURE__ */ emptyCodec('DonationCloseResults');

/** The account of whoever calls: one object serves all holders, and shows nobody but the caller's own. */
export const Accounts: {
  readonly id: 0x8d7230c44a070c82n;
  readonly name: 'Accounts';
  readonly methods: {
    readonly used: MethodDescriptor<AccountsUsedParams, AccountsUsedResults>;
    readonly available: MethodDescriptor<AccountsAvailableParams, AccountsAvailableResults>;
    readonly donate: MethodDescriptor<AccountsDonateParams, AccountsDonateResults>;
  };
} = {
  id: 0x8d7230c44a070c82n,
  name: 'Accounts',
  methods: {
    /** What the caller and those it started hold now. */
    used: { ordinal: 0, name: 'used', params: accountsUsedParams, results: accountsUsedResults },
    /** What it could still take; 2^64 − 1 where there is no limit. */
    available: { ordinal: 1, name: 'available', params: accountsAvailableParams, results: accountsAvailableResults },
    /** Sets a part of the caller's account aside. overloaded: the account has not that much left. */
    donate: { ordinal: 2, name: 'donate', params: accountsDonateParams, results: accountsDonateResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;

/**
 * What a client brings for its session: set aside on its account, to be spent by the server. Travels with the call that opens
 * the session. It ends, and everything goes back, when it is closed, when nobody holds it, or when who accepted it has ended.
 */
export const Donation: {
  readonly id: 0x81affb0f55c03e5bn;
  readonly name: 'Donation';
  readonly methods: {
    readonly read: MethodDescriptor<DonationReadParams, DonationReadResults>;
    readonly accept: MethodDescriptor<DonationAcceptParams, DonationAcceptResults>;
    readonly close: MethodDescriptor<DonationCloseParams, DonationCloseResults>;
  };
} = {
  id: 0x81affb0f55c03e5bn,
  name: 'Donation',
  methods: {
    read: { ordinal: 0, name: 'read', params: donationReadParams, results: donationReadResults },
    /** Credits the caller's account. invalidArgument: accepted already, or closed. */
    accept: { ordinal: 1, name: 'accept', params: donationAcceptParams, results: donationAcceptResults },
    /** Gives it back. Once accepted, only the process that accepted may: a client can't take back what was spent on it. */
    close: { ordinal: 2, name: 'close', params: donationCloseParams, results: donationCloseResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfResourceAmountList(list: readonly ResourceAmount[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfResourceAmount(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowResourceAmount(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeResourceAmountList(list: readonly (ResourceAmount)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfResourceAmount(list[index]!);
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
    top = writeResourceAmount(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readResourceAmountList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ResourceAmount)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ResourceAmount>(count);
  for (let index = 0; index < count; index++) list[index] = readResourceAmount(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
