// Generated from lifecycle.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// The life of a system: its running manifest, and services that are replaced while they serve.

import {
  type Codec,
  type InterfaceDescriptor,
  type MethodDescriptor,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
  dataWords,
  emptyCodec,
  followList,
  followStruct,
  found,
  getInt32,
  getUint64,
  high,
  noRoom,
  outOfRange,
  putInt32,
  putListPointer,
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

/** The state of a service, for its next version. */
export interface HandedOver {
  /** Of the format: the next version refuses what it can't read. */
  version: number;
  /** What fits a message; what does not lies in MemoryObjects among the capabilities. */
  data: Uint8Array;
  capabilities: readonly NamedCapability[];
}

export interface NamedCapability {
  name: string;
  /** Ordinal among the capabilities of the message. */
  capability: number;
}

export interface UpgradableSaveParams {
}

export interface UpgradableSaveResults {
  state: HandedOver;
}

export interface UpgradableRestoreParams {
  state: HandedOver;
}

export interface UpgradableRestoreResults {
}

/** A service as SystemControl shows it. */
export interface ServiceState {
  name: string;
  running: boolean;
  processId: bigint;
  /** How often it was started. */
  starts: number;
  /** In words; empty when it never ended. */
  lastEnding: string;
}

export interface SystemControlManifestParams {
}

export interface SystemControlManifestResults {
  manifest: Uint8Array;
}

export interface SystemControlServicesParams {
}

export interface SystemControlServicesResults {
  services: readonly ServiceState[];
}

export interface SystemControlApplyParams {
  manifest: Uint8Array;
}

export interface SystemControlApplyResults {
  change: SystemControlChange;
}

export interface SystemControlChange {
  /** Why nothing was done: everything that is wrong with the manifest. Empty when it was applied. */
  problems: readonly string[];
  removed: readonly string[];
  added: readonly string[];
  restarted: readonly string[];
  upgraded: readonly string[];
  /** They run on, but a capability of theirs leads elsewhere now. */
  rewired: readonly string[];
  /** Services that could not be started, or upgraded and so run on as they were, each with the reason. */
  failed: readonly string[];
}

export function sizeOfHandedOver(v: HandedOver): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.version !== 0) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (pointers < 2 && v.capabilities.length !== 0) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowHandedOver(v: HandedOver, depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  if (v.capabilities.length !== 0) words += wordsOfNamedCapabilityList(v.capabilities, depth - 1);
  return words;
}

export function wordsOfHandedOver(v: HandedOver, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfHandedOver(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowHandedOver(v, depth);
}

export function writeHandedOver(v: HandedOver, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.version >>> 0 !== v.version) throw outOfRange('HandedOver.version', v.version);
  h0 |= v.version;
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
  if (pointers > 1) {
    if (v.capabilities.length !== 0) {
      top = writeNamedCapabilityList(v.capabilities, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putHandedOver(v: HandedOver, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfHandedOver(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeHandedOver(v, bytes, top, size, next, end, depth);
}

export function readHandedOver(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: HandedOver | undefined): HandedOver {
  const base = at + data;
  const version_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const capabilities_ = pointers > 1 ? readNamedCapabilityList(bytes, base + 8, start, end, depth) : [];
  if (into === undefined) return { version: version_, data: data_, capabilities: capabilities_ };
  into.version = version_;
  into.data = data_;
  into.capabilities = capabilities_;
  return into;
}

export function followHandedOver(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: HandedOver | undefined): HandedOver | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readHandedOver(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const handedOver: Codec<HandedOver> = {
  name: 'HandedOver',
  dataWords: 1,
  pointers: 2,
  encode(value: HandedOver, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putHandedOver(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: HandedOver): HandedOver {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followHandedOver(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readHandedOver(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: HandedOver): number {
    return 8 + 8 * wordsOfHandedOver(value, MAX_DEPTH - 1);
  },
};

export function sizeOfNamedCapability(v: NamedCapability): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.capability !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowNamedCapability(v: NamedCapability, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfNamedCapability(v: NamedCapability, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamedCapability(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowNamedCapability(v, depth);
}

export function writeNamedCapability(v: NamedCapability, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.capability >>> 0 !== v.capability) throw outOfRange('NamedCapability.capability', v.capability);
  h0 |= v.capability;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
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

export function putNamedCapability(v: NamedCapability, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfNamedCapability(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeNamedCapability(v, bytes, top, size, next, end, depth);
}

export function readNamedCapability(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: NamedCapability | undefined): NamedCapability {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const capability_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { name: name_, capability: capability_ };
  into.name = name_;
  into.capability = capability_;
  return into;
}

export function followNamedCapability(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: NamedCapability | undefined): NamedCapability | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readNamedCapability(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const namedCapability: Codec<NamedCapability> = {
  name: 'NamedCapability',
  dataWords: 1,
  pointers: 1,
  encode(value: NamedCapability, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putNamedCapability(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: NamedCapability): NamedCapability {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followNamedCapability(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readNamedCapability(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: NamedCapability): number {
    return 8 + 8 * wordsOfNamedCapability(value, MAX_DEPTH - 1);
  },
};

export const upgradableSaveParams: Codec<UpgradableSaveParams> = /* @__PURE__ */ emptyCodec('UpgradableSaveParams');

export function sizeOfUpgradableSaveResults(v: UpgradableSaveResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowUpgradableSaveResults(v: UpgradableSaveResults, depth: number): number {
  let words = 0;
  words += wordsOfHandedOver(v.state, depth - 1);
  return words;
}

export function wordsOfUpgradableSaveResults(v: UpgradableSaveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUpgradableSaveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUpgradableSaveResults(v, depth);
}

export function writeUpgradableSaveResults(v: UpgradableSaveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putHandedOver(v.state, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putUpgradableSaveResults(v: UpgradableSaveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUpgradableSaveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUpgradableSaveResults(v, bytes, top, size, next, end, depth);
}

export function readUpgradableSaveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UpgradableSaveResults | undefined): UpgradableSaveResults {
  const base = at + data;
  const state_ = followHandedOver(bytes, pointers > 0 ? base : -1, start, end, depth, into?.state) ?? readHandedOver(bytes, 0, 0, 0, 0, 0, depth, into?.state);
  if (into === undefined) return { state: state_ };
  into.state = state_;
  return into;
}

export function followUpgradableSaveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UpgradableSaveResults | undefined): UpgradableSaveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUpgradableSaveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const upgradableSaveResults: Codec<UpgradableSaveResults> = {
  name: 'UpgradableSaveResults',
  dataWords: 0,
  pointers: 1,
  encode(value: UpgradableSaveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUpgradableSaveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UpgradableSaveResults): UpgradableSaveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUpgradableSaveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUpgradableSaveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UpgradableSaveResults): number {
    return 8 + 8 * wordsOfUpgradableSaveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfUpgradableRestoreParams(v: UpgradableRestoreParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowUpgradableRestoreParams(v: UpgradableRestoreParams, depth: number): number {
  let words = 0;
  words += wordsOfHandedOver(v.state, depth - 1);
  return words;
}

export function wordsOfUpgradableRestoreParams(v: UpgradableRestoreParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUpgradableRestoreParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowUpgradableRestoreParams(v, depth);
}

export function writeUpgradableRestoreParams(v: UpgradableRestoreParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putHandedOver(v.state, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putUpgradableRestoreParams(v: UpgradableRestoreParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfUpgradableRestoreParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeUpgradableRestoreParams(v, bytes, top, size, next, end, depth);
}

export function readUpgradableRestoreParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: UpgradableRestoreParams | undefined): UpgradableRestoreParams {
  const base = at + data;
  const state_ = followHandedOver(bytes, pointers > 0 ? base : -1, start, end, depth, into?.state) ?? readHandedOver(bytes, 0, 0, 0, 0, 0, depth, into?.state);
  if (into === undefined) return { state: state_ };
  into.state = state_;
  return into;
}

export function followUpgradableRestoreParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: UpgradableRestoreParams | undefined): UpgradableRestoreParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readUpgradableRestoreParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const upgradableRestoreParams: Codec<UpgradableRestoreParams> = {
  name: 'UpgradableRestoreParams',
  dataWords: 0,
  pointers: 1,
  encode(value: UpgradableRestoreParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putUpgradableRestoreParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: UpgradableRestoreParams): UpgradableRestoreParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followUpgradableRestoreParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readUpgradableRestoreParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: UpgradableRestoreParams): number {
    return 8 + 8 * wordsOfUpgradableRestoreParams(value, MAX_DEPTH - 1);
  },
};

export const upgradableRestoreResults: Codec<UpgradableRestoreResults> = /* @__PURE__ */ emptyCodec('UpgradableRestoreResults');

export function sizeOfServiceState(v: ServiceState): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.running !== false) data = 1;
  if (data < 2 && v.processId !== 0n) data = 2;
  if (data < 1 && v.starts !== 0) data = 1;
  if (pointers < 2 && v.lastEnding !== '') pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowServiceState(v: ServiceState, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.lastEnding !== '') words += textWords(v.lastEnding);
  return words;
}

export function wordsOfServiceState(v: ServiceState, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceState(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowServiceState(v, depth);
}

export function writeServiceState(v: ServiceState, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  if (v.running) h0 |= 1;
  h2 = splitUint64(v.processId, 'ServiceState.processId');
  h3 = high;
  if (v.starts >>> 0 !== v.starts) throw outOfRange('ServiceState.starts', v.starts);
  h1 |= v.starts;
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
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.lastEnding !== '') {
      top = writeText(v.lastEnding, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putServiceState(v: ServiceState, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfServiceState(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeServiceState(v, bytes, top, size, next, end, depth);
}

export function readServiceState(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ServiceState | undefined): ServiceState {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const running_ = ((b0 >> 0) & 1) !== 0;
  const processId_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const starts_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const lastEnding_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
  if (into === undefined) return { name: name_, running: running_, processId: processId_, starts: starts_, lastEnding: lastEnding_ };
  into.name = name_;
  into.running = running_;
  into.processId = processId_;
  into.starts = starts_;
  into.lastEnding = lastEnding_;
  return into;
}

export function followServiceState(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ServiceState | undefined): ServiceState | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readServiceState(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const serviceState: Codec<ServiceState> = {
  name: 'ServiceState',
  dataWords: 2,
  pointers: 2,
  encode(value: ServiceState, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putServiceState(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ServiceState): ServiceState {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followServiceState(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readServiceState(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ServiceState): number {
    return 8 + 8 * wordsOfServiceState(value, MAX_DEPTH - 1);
  },
};

export const systemControlManifestParams: Codec<SystemControlManifestParams> = /* @__PURE__ */ emptyCodec('SystemControlManifestParams');

export function sizeOfSystemControlManifestResults(v: SystemControlManifestResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.manifest.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSystemControlManifestResults(v: SystemControlManifestResults, _depth: number): number {
  let words = 0;
  if (v.manifest.length !== 0) words += dataWords(v.manifest);
  return words;
}

export function wordsOfSystemControlManifestResults(v: SystemControlManifestResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlManifestResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSystemControlManifestResults(v, depth);
}

export function writeSystemControlManifestResults(v: SystemControlManifestResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.manifest.length !== 0) {
      top = writeData(v.manifest, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putSystemControlManifestResults(v: SystemControlManifestResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlManifestResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSystemControlManifestResults(v, bytes, top, size, next, end, depth);
}

export function readSystemControlManifestResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SystemControlManifestResults | undefined): SystemControlManifestResults {
  const base = at + data;
  const manifest_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { manifest: manifest_ };
  into.manifest = manifest_;
  return into;
}

export function followSystemControlManifestResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SystemControlManifestResults | undefined): SystemControlManifestResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSystemControlManifestResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const systemControlManifestResults: Codec<SystemControlManifestResults> = {
  name: 'SystemControlManifestResults',
  dataWords: 0,
  pointers: 1,
  encode(value: SystemControlManifestResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSystemControlManifestResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SystemControlManifestResults): SystemControlManifestResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSystemControlManifestResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSystemControlManifestResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SystemControlManifestResults): number {
    return 8 + 8 * wordsOfSystemControlManifestResults(value, MAX_DEPTH - 1);
  },
};

export const systemControlServicesParams: Codec<SystemControlServicesParams> = /* @__PURE__ */ emptyCodec('SystemControlServicesParams');

export function sizeOfSystemControlServicesResults(v: SystemControlServicesResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.services.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSystemControlServicesResults(v: SystemControlServicesResults, depth: number): number {
  let words = 0;
  if (v.services.length !== 0) words += wordsOfServiceStateList(v.services, depth - 1);
  return words;
}

export function wordsOfSystemControlServicesResults(v: SystemControlServicesResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlServicesResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSystemControlServicesResults(v, depth);
}

export function writeSystemControlServicesResults(v: SystemControlServicesResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.services.length !== 0) {
      top = writeServiceStateList(v.services, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putSystemControlServicesResults(v: SystemControlServicesResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlServicesResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSystemControlServicesResults(v, bytes, top, size, next, end, depth);
}

export function readSystemControlServicesResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SystemControlServicesResults | undefined): SystemControlServicesResults {
  const base = at + data;
  const services_ = pointers > 0 ? readServiceStateList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { services: services_ };
  into.services = services_;
  return into;
}

export function followSystemControlServicesResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SystemControlServicesResults | undefined): SystemControlServicesResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSystemControlServicesResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const systemControlServicesResults: Codec<SystemControlServicesResults> = {
  name: 'SystemControlServicesResults',
  dataWords: 0,
  pointers: 1,
  encode(value: SystemControlServicesResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSystemControlServicesResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SystemControlServicesResults): SystemControlServicesResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSystemControlServicesResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSystemControlServicesResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SystemControlServicesResults): number {
    return 8 + 8 * wordsOfSystemControlServicesResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSystemControlApplyParams(v: SystemControlApplyParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.manifest.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSystemControlApplyParams(v: SystemControlApplyParams, _depth: number): number {
  let words = 0;
  if (v.manifest.length !== 0) words += dataWords(v.manifest);
  return words;
}

export function wordsOfSystemControlApplyParams(v: SystemControlApplyParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlApplyParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSystemControlApplyParams(v, depth);
}

export function writeSystemControlApplyParams(v: SystemControlApplyParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.manifest.length !== 0) {
      top = writeData(v.manifest, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putSystemControlApplyParams(v: SystemControlApplyParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlApplyParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSystemControlApplyParams(v, bytes, top, size, next, end, depth);
}

export function readSystemControlApplyParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SystemControlApplyParams | undefined): SystemControlApplyParams {
  const base = at + data;
  const manifest_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { manifest: manifest_ };
  into.manifest = manifest_;
  return into;
}

export function followSystemControlApplyParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SystemControlApplyParams | undefined): SystemControlApplyParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSystemControlApplyParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const systemControlApplyParams: Codec<SystemControlApplyParams> = {
  name: 'SystemControlApplyParams',
  dataWords: 0,
  pointers: 1,
  encode(value: SystemControlApplyParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSystemControlApplyParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SystemControlApplyParams): SystemControlApplyParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSystemControlApplyParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSystemControlApplyParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SystemControlApplyParams): number {
    return 8 + 8 * wordsOfSystemControlApplyParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSystemControlApplyResults(v: SystemControlApplyResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSystemControlApplyResults(v: SystemControlApplyResults, depth: number): number {
  let words = 0;
  words += wordsOfSystemControlChange(v.change, depth - 1);
  return words;
}

export function wordsOfSystemControlApplyResults(v: SystemControlApplyResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlApplyResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSystemControlApplyResults(v, depth);
}

export function writeSystemControlApplyResults(v: SystemControlApplyResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putSystemControlChange(v.change, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putSystemControlApplyResults(v: SystemControlApplyResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlApplyResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSystemControlApplyResults(v, bytes, top, size, next, end, depth);
}

export function readSystemControlApplyResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SystemControlApplyResults | undefined): SystemControlApplyResults {
  const base = at + data;
  const change_ = followSystemControlChange(bytes, pointers > 0 ? base : -1, start, end, depth, into?.change) ?? readSystemControlChange(bytes, 0, 0, 0, 0, 0, depth, into?.change);
  if (into === undefined) return { change: change_ };
  into.change = change_;
  return into;
}

export function followSystemControlApplyResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SystemControlApplyResults | undefined): SystemControlApplyResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSystemControlApplyResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const systemControlApplyResults: Codec<SystemControlApplyResults> = {
  name: 'SystemControlApplyResults',
  dataWords: 0,
  pointers: 1,
  encode(value: SystemControlApplyResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSystemControlApplyResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SystemControlApplyResults): SystemControlApplyResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSystemControlApplyResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSystemControlApplyResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SystemControlApplyResults): number {
    return 8 + 8 * wordsOfSystemControlApplyResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSystemControlChange(v: SystemControlChange): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.problems.length !== 0) pointers = 1;
  if (pointers < 2 && v.removed.length !== 0) pointers = 2;
  if (pointers < 3 && v.added.length !== 0) pointers = 3;
  if (pointers < 4 && v.restarted.length !== 0) pointers = 4;
  if (pointers < 5 && v.upgraded.length !== 0) pointers = 5;
  if (pointers < 6 && v.rewired.length !== 0) pointers = 6;
  if (pointers < 7 && v.failed.length !== 0) pointers = 7;
  return data | (pointers << 16);
}

export function wordsBelowSystemControlChange(v: SystemControlChange, _depth: number): number {
  let words = 0;
  if (v.problems.length !== 0) words += textListWords(v.problems);
  if (v.removed.length !== 0) words += textListWords(v.removed);
  if (v.added.length !== 0) words += textListWords(v.added);
  if (v.restarted.length !== 0) words += textListWords(v.restarted);
  if (v.upgraded.length !== 0) words += textListWords(v.upgraded);
  if (v.rewired.length !== 0) words += textListWords(v.rewired);
  if (v.failed.length !== 0) words += textListWords(v.failed);
  return words;
}

export function wordsOfSystemControlChange(v: SystemControlChange, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlChange(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSystemControlChange(v, depth);
}

export function writeSystemControlChange(v: SystemControlChange, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.problems.length !== 0) {
      top = writeTextList(v.problems, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.removed.length !== 0) {
      top = writeTextList(v.removed, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.added.length !== 0) {
      top = writeTextList(v.added, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.restarted.length !== 0) {
      top = writeTextList(v.restarted, bytes, base + 24, top, end);
    } else putNull(bytes, base + 24);
  }
  if (pointers > 4) {
    if (v.upgraded.length !== 0) {
      top = writeTextList(v.upgraded, bytes, base + 32, top, end);
    } else putNull(bytes, base + 32);
  }
  if (pointers > 5) {
    if (v.rewired.length !== 0) {
      top = writeTextList(v.rewired, bytes, base + 40, top, end);
    } else putNull(bytes, base + 40);
  }
  if (pointers > 6) {
    if (v.failed.length !== 0) {
      top = writeTextList(v.failed, bytes, base + 48, top, end);
    } else putNull(bytes, base + 48);
  }
  return top;
}

export function putSystemControlChange(v: SystemControlChange, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSystemControlChange(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSystemControlChange(v, bytes, top, size, next, end, depth);
}

export function readSystemControlChange(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SystemControlChange | undefined): SystemControlChange {
  const base = at + data;
  const problems_ = pointers > 0 ? readTextList(bytes, base, start, end, depth) : [];
  const removed_ = pointers > 1 ? readTextList(bytes, base + 8, start, end, depth) : [];
  const added_ = pointers > 2 ? readTextList(bytes, base + 16, start, end, depth) : [];
  const restarted_ = pointers > 3 ? readTextList(bytes, base + 24, start, end, depth) : [];
  const upgraded_ = pointers > 4 ? readTextList(bytes, base + 32, start, end, depth) : [];
  const rewired_ = pointers > 5 ? readTextList(bytes, base + 40, start, end, depth) : [];
  const failed_ = pointers > 6 ? readTextList(bytes, base + 48, start, end, depth) : [];
  if (into === undefined) return { problems: problems_, removed: removed_, added: added_, restarted: restarted_, upgraded: upgraded_, rewired: rewired_, failed: failed_ };
  into.problems = problems_;
  into.removed = removed_;
  into.added = added_;
  into.restarted = restarted_;
  into.upgraded = upgraded_;
  into.rewired = rewired_;
  into.failed = failed_;
  return into;
}

export function followSystemControlChange(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SystemControlChange | undefined): SystemControlChange | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSystemControlChange(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const systemControlChange: Codec<SystemControlChange> = {
  name: 'SystemControlChange',
  dataWords: 0,
  pointers: 7,
  encode(value: SystemControlChange, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSystemControlChange(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SystemControlChange): SystemControlChange {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSystemControlChange(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSystemControlChange(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SystemControlChange): number {
    return 8 + 8 * wordsOfSystemControlChange(value, MAX_DEPTH - 1);
  },
};

/** A service that can be replaced while clients hold its capabilities. Init is the only caller. */
export const Upgradable: {
  readonly id: 0xe4cd86387e3af40cn;
  readonly name: 'Upgradable';
  readonly methods: {
    readonly save: MethodDescriptor<UpgradableSaveParams, UpgradableSaveResults>;
    readonly restore: MethodDescriptor<UpgradableRestoreParams, UpgradableRestoreResults>;
  };
} = {
  id: 0xe4cd86387e3af40cn,
  name: 'Upgradable',
  methods: {
    /**
     * The running version tells its state. No call of a client is in flight, and none comes until this is over. It must be able to
     * go on afterwards: when the next version does not come up, it will.
     */
    save: { ordinal: 0, name: 'save', params: upgradableSaveParams, results: upgradableSaveResults },
    /** The next version takes over. An exception means that it can't: the running version then goes on. */
    restore: { ordinal: 1, name: 'restore', params: upgradableRestoreParams, results: upgradableRestoreResults },
  },
} as const satisfies InterfaceDescriptor;

/** The system as a whole. Whoever holds it decides what runs and who holds what: as much authority as init itself. */
export const SystemControl: {
  readonly id: 0xa1e8984bc2e427a7n;
  readonly name: 'SystemControl';
  readonly methods: {
    readonly manifest: MethodDescriptor<SystemControlManifestParams, SystemControlManifestResults>;
    readonly services: MethodDescriptor<SystemControlServicesParams, SystemControlServicesResults>;
    readonly apply: MethodDescriptor<SystemControlApplyParams, SystemControlApplyResults>;
  };
} = {
  id: 0xa1e8984bc2e427a7n,
  name: 'SystemControl',
  methods: {
    /** What runs: a Manifest message. */
    manifest: { ordinal: 0, name: 'manifest', params: systemControlManifestParams, results: systemControlManifestResults },
    services: { ordinal: 1, name: 'services', params: systemControlServicesParams, results: systemControlServicesResults },
    /** Makes the system what this manifest says, by the difference. Nothing happens unless all of it is valid. */
    apply: { ordinal: 2, name: 'apply', params: systemControlApplyParams, results: systemControlApplyResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfNamedCapabilityList(list: readonly NamedCapability[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfNamedCapability(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowNamedCapability(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeNamedCapabilityList(list: readonly (NamedCapability)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfNamedCapability(list[index]!);
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
    top = writeNamedCapability(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readNamedCapabilityList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (NamedCapability)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<NamedCapability>(count);
  for (let index = 0; index < count; index++) list[index] = readNamedCapability(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfServiceStateList(list: readonly ServiceState[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfServiceState(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowServiceState(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeServiceStateList(list: readonly (ServiceState)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfServiceState(list[index]!);
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
    top = writeServiceState(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readServiceStateList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ServiceState)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ServiceState>(count);
  for (let index = 0; index < count; index++) list[index] = readServiceState(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
