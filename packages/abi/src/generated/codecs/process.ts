// Generated from process.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Processes and threads.

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
  readData,
  readText,
  readTextList,
  splitUint64,
  textListWords,
  textWords,
  tooDeep,
  unknownMember,
  writeData,
  writeText,
  writeTextList,
} from '../../codec-runtime.ts';
import { type AddressClass, type CapabilityManagerEntry, type CapabilityManagerTransferMode, namesOfAddressClass, namesOfCapabilityManagerTransferMode, numberOfAddressClass, numberOfCapabilityManagerTransferMode, readCapabilityManagerEntry, sizeOfCapabilityManagerEntry, wordsBelowCapabilityManagerEntry, writeCapabilityManagerEntry } from './capability.ts';
import { type ResourceAmount, readResourceAmount, sizeOfResourceAmount, wordsBelowResourceAmount, writeResourceAmount } from './accounting.ts';

/** A capability that a new process is to hold. */
export interface Grant {
  /** In its CapSet: 1 to 31 bytes of UTF-8. */
  name: string;
  /** Ordinal of the capability among those transferred beside the call. */
  cap: number;
  /** How it may travel on from there; never more freely than the spawner itself could pass it. */
  transferMode: CapabilityManagerTransferMode;
}

/** How a process ended. */
export type ExitStatus =
/** The program's own exit code, 0–255. */
| { which: 'exited'; exited: number }
/** The processor raised an exception that nobody handled. */
| { which: 'faulted'; faulted: Fault }
/** Ended from outside, or by a fatal signal of its personality: the signal number. */
| { which: 'killed'; killed: number };

/** An exception of the processor (SDM 3A §6.15). */
export interface Fault {
  vector: number;
  errorCode: number;
  /** What a page fault was about (CR2). */
  address: bigint;
  instruction: bigint;
  addressClass: AddressClass;
}

export interface ProcessSpawnerSpawnParams {
  name: string;
  image: Uint8Array;
  program: string;
  arguments: readonly string[];
  environment: readonly string[];
  grants: readonly Grant[];
  limits: readonly ResourceAmount[];
}

export interface ProcessSpawnerSpawnResults {
  process: number;
  processId: bigint;
}

export interface ProcessHandleWaitParams {
}

export interface ProcessHandleWaitResults {
  status: ExitStatus;
}

export interface ProcessHandleKillParams {
  signal: number;
}

export interface ProcessHandleKillResults {
}

export interface ProcessHandleInfoParams {
}

export interface ProcessHandleInfoResults {
  info: ProcessInfo;
}

export interface ProcessHandleCapabilitiesParams {
}

export interface ProcessHandleCapabilitiesResults {
  entries: readonly CapabilityManagerEntry[];
}

/** A process as tools show it. */
export interface ProcessInfo {
  processId: bigint;
  name: string;
  /** elf, hosted, worker, foreign */
  kind: string;
  /** running, ready, blocked, dead */
  state: string;
  threads: number;
  caps: number;
  frames: bigint;
  cpuTimeNs: bigint;
  /** Of the machine, that its threads executed; 0 for hosted programs, whose code is the host's. */
  instructions: bigint;
  /** The scheduling context its threads start on; 0 for programs that the machine does not run. */
  contextId: bigint;
}

export interface ProcessListListParams {
}

export interface ProcessListListResults {
  processes: readonly ProcessInfo[];
}

export interface ThreadSpawnerCreateParams {
  entry: bigint;
  stack: bigint;
  argument: bigint;
  fsBase: bigint;
  ring: bigint;
}

export interface ThreadSpawnerCreateResults {
  thread: number;
  threadId: bigint;
}

export interface ThreadSpawnerExitParams {
}

export interface ThreadSpawnerExitResults {
}

export interface ThreadSpawnerCurrentParams {
}

export interface ThreadSpawnerCurrentResults {
  thread: number;
  threadId: bigint;
}

export interface ThreadControlJoinParams {
}

export interface ThreadControlJoinResults {
}

export interface ThreadControlSetFsBaseParams {
  fsBase: bigint;
}

export interface ThreadControlSetFsBaseResults {
}

export interface ThreadControlBindParams {
  context: number;
}

export interface ThreadControlBindResults {
}

export interface ThreadControlUnbindParams {
}

export interface ThreadControlUnbindResults {
}

export interface ThreadControlGetUsageParams {
}

export interface ThreadControlGetUsageResults {
  instructions: bigint;
  contextId: bigint;
}

export interface ParkSpaceParkParams {
  address: bigint;
  expected: number;
  timeoutNs: bigint;
}

export interface ParkSpaceParkResults {
  woken: boolean;
}

export interface ParkSpaceUnparkParams {
  address: bigint;
  count: number;
}

export interface ParkSpaceUnparkResults {
  woken: number;
}

export interface ParkSpaceRequeueParams {
  address: bigint;
  expected: number;
  wake: number;
  target: bigint;
  move: number;
}

export interface ParkSpaceRequeueResults {
  matched: boolean;
  woken: number;
  moved: number;
}

export interface PersonalityGetNameParams {
}

export interface PersonalityGetNameResults {
  name: string;
}

export function sizeOfGrant(v: Grant): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.cap !== 0) data = 1;
  if (data < 1 && numberOfCapabilityManagerTransferMode(v.transferMode, 'Grant.transferMode') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowGrant(v: Grant, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfGrant(v: Grant, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfGrant(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowGrant(v, depth);
}

export function writeGrant(v: Grant, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if (v.cap >>> 0 !== v.cap) throw outOfRange('Grant.cap', v.cap);
  h0 |= v.cap;
  h1 |= numberOfCapabilityManagerTransferMode(v.transferMode, 'Grant.transferMode');
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
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

export function putGrant(v: Grant, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfGrant(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeGrant(v, bytes, top, size, next, end, depth);
}

export function readGrant(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Grant | undefined): Grant {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const cap_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const transferMode_ = nameOf(namesOfCapabilityManagerTransferMode, (data >= 6 ? getUint16(bytes, at + 4) : 0));
  if (into === undefined) return { name: name_, cap: cap_, transferMode: transferMode_ };
  into.name = name_;
  into.cap = cap_;
  into.transferMode = transferMode_;
  return into;
}

export function followGrant(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Grant | undefined): Grant | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readGrant(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const grant: Codec<Grant> = {
  name: 'Grant',
  dataWords: 1,
  pointers: 1,
  encode(value: Grant, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putGrant(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Grant): Grant {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followGrant(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readGrant(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Grant): number {
    return 8 + 8 * wordsOfGrant(value, MAX_DEPTH - 1);
  },
};

export function sizeOfExitStatus(v: ExitStatus): number {
  let data = 0;
  let pointers = 0;
  switch (v.which) {
    case 'exited': {
      if (data < 1 && v.exited !== 0) data = 1;
      break;
    }
    case 'faulted': {
      if (data < 1) data = 1;
      if (pointers < 1) pointers = 1;
      break;
    }
    case 'killed': {
      if (data < 1) data = 1;
      if (data < 1 && v.killed !== 0) data = 1;
      break;
    }
    default: {
      throw outOfRange('ExitStatus.which', (v as { which: unknown }).which);
    }
  }
  return data | (pointers << 16);
}

export function wordsBelowExitStatus(v: ExitStatus, depth: number): number {
  let words = 0;
  switch (v.which) {
    case 'exited': {
      break;
    }
    case 'faulted': {
      words += wordsOfFault(v.faulted, depth - 1);
      break;
    }
    case 'killed': {
      break;
    }
    default: {
      break;
    }
  }
  return words;
}

export function wordsOfExitStatus(v: ExitStatus, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfExitStatus(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowExitStatus(v, depth);
}

export function writeExitStatus(v: ExitStatus, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  switch (v.which) {
    case 'exited': {
      if ((v.exited | 0) !== v.exited) throw outOfRange('ExitStatus.exited', v.exited);
      h0 |= v.exited;
      break;
    }
    case 'faulted': {
      h1 |= 1;
      break;
    }
    case 'killed': {
      h1 |= 2;
      if ((v.killed | 0) !== v.killed) throw outOfRange('ExitStatus.killed', v.killed);
      h0 |= v.killed;
      break;
    }
    default: {
      throw outOfRange('ExitStatus.which', (v as { which: unknown }).which);
    }
  }
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.which === 'faulted') {
      top = putFault(v.faulted, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putExitStatus(v: ExitStatus, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfExitStatus(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeExitStatus(v, bytes, top, size, next, end, depth);
}

export function readExitStatus(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ExitStatus | undefined): ExitStatus {
  const base = at + data;
  const which = data >= 6 ? getUint16(bytes, at + 4) : 0;
  switch (which) {
    case 0: {
      const value = (data >= 4 ? getInt32(bytes, at) : 0);
      if (into === undefined || into.which !== 'exited') return { which: 'exited', exited: value };
      into.exited = value;
      return into;
    }
    case 1: {
      const value = followFault(bytes, pointers > 0 ? base : -1, start, end, depth, into !== undefined && into.which === 'faulted' ? into.faulted : undefined) ?? readFault(bytes, 0, 0, 0, 0, 0, depth, into !== undefined && into.which === 'faulted' ? into.faulted : undefined);
      if (into === undefined || into.which !== 'faulted') return { which: 'faulted', faulted: value };
      into.faulted = value;
      return into;
    }
    case 2: {
      const value = (data >= 4 ? getInt32(bytes, at) : 0);
      if (into === undefined || into.which !== 'killed') return { which: 'killed', killed: value };
      into.killed = value;
      return into;
    }
    default:
    throw unknownMember('ExitStatus', which);
  }
}

export function followExitStatus(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ExitStatus | undefined): ExitStatus | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readExitStatus(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const exitStatus: Codec<ExitStatus> = {
  name: 'ExitStatus',
  dataWords: 1,
  pointers: 1,
  encode(value: ExitStatus, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putExitStatus(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ExitStatus): ExitStatus {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followExitStatus(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readExitStatus(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ExitStatus): number {
    return 8 + 8 * wordsOfExitStatus(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFault(v: Fault): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.vector !== 0) data = 1;
  if (data < 1 && v.errorCode !== 0) data = 1;
  if (data < 2 && v.address !== 0n) data = 2;
  if (data < 3 && v.instruction !== 0n) data = 3;
  if (data < 1 && numberOfAddressClass(v.addressClass, 'Fault.addressClass') !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFault(_v: Fault, _depth: number): number {
  return 0;
}

export function wordsOfFault(v: Fault, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFault(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFault(v, depth);
}

export function writeFault(v: Fault, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  if ((v.vector & 0xff) !== v.vector) throw outOfRange('Fault.vector', v.vector);
  h0 |= v.vector;
  if (v.errorCode >>> 0 !== v.errorCode) throw outOfRange('Fault.errorCode', v.errorCode);
  h1 |= v.errorCode;
  h2 = splitUint64(v.address, 'Fault.address');
  h3 = high;
  h4 = splitUint64(v.instruction, 'Fault.instruction');
  h5 = high;
  h0 |= numberOfAddressClass(v.addressClass, 'Fault.addressClass') << 16;
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

export function putFault(v: Fault, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFault(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFault(v, bytes, top, size, next, end, depth);
}

export function readFault(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Fault | undefined): Fault {
  const vector_ = (data >= 1 ? bytes[at]! : 0);
  const errorCode_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const address_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const instruction_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const addressClass_ = nameOf(namesOfAddressClass, (data >= 4 ? getUint16(bytes, at + 2) : 0));
  if (into === undefined) return { vector: vector_, errorCode: errorCode_, address: address_, instruction: instruction_, addressClass: addressClass_ };
  into.vector = vector_;
  into.errorCode = errorCode_;
  into.address = address_;
  into.instruction = instruction_;
  into.addressClass = addressClass_;
  return into;
}

export function followFault(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Fault | undefined): Fault | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFault(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fault: Codec<Fault> = {
  name: 'Fault',
  dataWords: 3,
  pointers: 0,
  encode(value: Fault, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFault(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Fault): Fault {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFault(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFault(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Fault): number {
    return 8 + 8 * wordsOfFault(value, MAX_DEPTH - 1);
  },
};

export function sizeOfProcessSpawnerSpawnParams(v: ProcessSpawnerSpawnParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.image.length !== 0) pointers = 2;
  if (pointers < 3 && v.program !== '') pointers = 3;
  if (pointers < 4 && v.arguments.length !== 0) pointers = 4;
  if (pointers < 5 && v.environment.length !== 0) pointers = 5;
  if (pointers < 6 && v.grants.length !== 0) pointers = 6;
  if (pointers < 7 && v.limits.length !== 0) pointers = 7;
  return data | (pointers << 16);
}

export function wordsBelowProcessSpawnerSpawnParams(v: ProcessSpawnerSpawnParams, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.image.length !== 0) words += dataWords(v.image);
  if (v.program !== '') words += textWords(v.program);
  if (v.arguments.length !== 0) words += textListWords(v.arguments);
  if (v.environment.length !== 0) words += textListWords(v.environment);
  if (v.grants.length !== 0) words += wordsOfGrantList(v.grants, depth - 1);
  if (v.limits.length !== 0) words += wordsOfResourceAmountList(v.limits, depth - 1);
  return words;
}

export function wordsOfProcessSpawnerSpawnParams(v: ProcessSpawnerSpawnParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessSpawnerSpawnParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessSpawnerSpawnParams(v, depth);
}

export function writeProcessSpawnerSpawnParams(v: ProcessSpawnerSpawnParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.image.length !== 0) {
      top = writeData(v.image, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.program !== '') {
      top = writeText(v.program, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.arguments.length !== 0) {
      top = writeTextList(v.arguments, bytes, base + 24, top, end);
    } else putNull(bytes, base + 24);
  }
  if (pointers > 4) {
    if (v.environment.length !== 0) {
      top = writeTextList(v.environment, bytes, base + 32, top, end);
    } else putNull(bytes, base + 32);
  }
  if (pointers > 5) {
    if (v.grants.length !== 0) {
      top = writeGrantList(v.grants, bytes, base + 40, top, end, depth - 1);
    } else putNull(bytes, base + 40);
  }
  if (pointers > 6) {
    if (v.limits.length !== 0) {
      top = writeResourceAmountList(v.limits, bytes, base + 48, top, end, depth - 1);
    } else putNull(bytes, base + 48);
  }
  return top;
}

export function putProcessSpawnerSpawnParams(v: ProcessSpawnerSpawnParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessSpawnerSpawnParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessSpawnerSpawnParams(v, bytes, top, size, next, end, depth);
}

export function readProcessSpawnerSpawnParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessSpawnerSpawnParams | undefined): ProcessSpawnerSpawnParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const image_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, undefined) : new Uint8Array(0);
  const program_ = pointers > 2 ? readText(bytes, base + 16, start, end, depth, '') : '';
  const arguments_ = pointers > 3 ? readTextList(bytes, base + 24, start, end, depth) : [];
  const environment_ = pointers > 4 ? readTextList(bytes, base + 32, start, end, depth) : [];
  const grants_ = pointers > 5 ? readGrantList(bytes, base + 40, start, end, depth) : [];
  const limits_ = pointers > 6 ? readResourceAmountList(bytes, base + 48, start, end, depth) : [];
  if (into === undefined) return { name: name_, image: image_, program: program_, arguments: arguments_, environment: environment_, grants: grants_, limits: limits_ };
  into.name = name_;
  into.image = image_;
  into.program = program_;
  into.arguments = arguments_;
  into.environment = environment_;
  into.grants = grants_;
  into.limits = limits_;
  return into;
}

export function followProcessSpawnerSpawnParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessSpawnerSpawnParams | undefined): ProcessSpawnerSpawnParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessSpawnerSpawnParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processSpawnerSpawnParams: Codec<ProcessSpawnerSpawnParams> = {
  name: 'ProcessSpawnerSpawnParams',
  dataWords: 0,
  pointers: 7,
  encode(value: ProcessSpawnerSpawnParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessSpawnerSpawnParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessSpawnerSpawnParams): ProcessSpawnerSpawnParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessSpawnerSpawnParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessSpawnerSpawnParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessSpawnerSpawnParams): number {
    return 8 + 8 * wordsOfProcessSpawnerSpawnParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfProcessSpawnerSpawnResults(v: ProcessSpawnerSpawnResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.process !== -1) pointers = 1;
  if (data < 1 && v.processId !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowProcessSpawnerSpawnResults(_v: ProcessSpawnerSpawnResults, _depth: number): number {
  return 0;
}

export function wordsOfProcessSpawnerSpawnResults(v: ProcessSpawnerSpawnResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessSpawnerSpawnResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessSpawnerSpawnResults(v, depth);
}

export function writeProcessSpawnerSpawnResults(v: ProcessSpawnerSpawnResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.processId, 'ProcessSpawnerSpawnResults.processId');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.process !== -1) {
      putCapability(v.process, bytes, base, 'ProcessSpawnerSpawnResults.process');
    } else putNull(bytes, base);
  }
  return top;
}

export function putProcessSpawnerSpawnResults(v: ProcessSpawnerSpawnResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessSpawnerSpawnResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessSpawnerSpawnResults(v, bytes, top, size, next, end, depth);
}

export function readProcessSpawnerSpawnResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessSpawnerSpawnResults | undefined): ProcessSpawnerSpawnResults {
  const base = at + data;
  const process_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const processId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { process: process_, processId: processId_ };
  into.process = process_;
  into.processId = processId_;
  return into;
}

export function followProcessSpawnerSpawnResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessSpawnerSpawnResults | undefined): ProcessSpawnerSpawnResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessSpawnerSpawnResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processSpawnerSpawnResults: Codec<ProcessSpawnerSpawnResults> = {
  name: 'ProcessSpawnerSpawnResults',
  dataWords: 1,
  pointers: 1,
  encode(value: ProcessSpawnerSpawnResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessSpawnerSpawnResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessSpawnerSpawnResults): ProcessSpawnerSpawnResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessSpawnerSpawnResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessSpawnerSpawnResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessSpawnerSpawnResults): number {
    return 8 + 8 * wordsOfProcessSpawnerSpawnResults(value, MAX_DEPTH - 1);
  },
};

export const processHandleWaitParams: Codec<ProcessHandleWaitParams> = /* @__PURE__ */ emptyCodec('ProcessHandleWaitParams');

export function sizeOfProcessHandleWaitResults(v: ProcessHandleWaitResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowProcessHandleWaitResults(v: ProcessHandleWaitResults, depth: number): number {
  let words = 0;
  words += wordsOfExitStatus(v.status, depth - 1);
  return words;
}

export function wordsOfProcessHandleWaitResults(v: ProcessHandleWaitResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleWaitResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessHandleWaitResults(v, depth);
}

export function writeProcessHandleWaitResults(v: ProcessHandleWaitResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putExitStatus(v.status, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putProcessHandleWaitResults(v: ProcessHandleWaitResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleWaitResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessHandleWaitResults(v, bytes, top, size, next, end, depth);
}

export function readProcessHandleWaitResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessHandleWaitResults | undefined): ProcessHandleWaitResults {
  const base = at + data;
  const status_ = followExitStatus(bytes, pointers > 0 ? base : -1, start, end, depth, into?.status) ?? readExitStatus(bytes, 0, 0, 0, 0, 0, depth, into?.status);
  if (into === undefined) return { status: status_ };
  into.status = status_;
  return into;
}

export function followProcessHandleWaitResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessHandleWaitResults | undefined): ProcessHandleWaitResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessHandleWaitResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processHandleWaitResults: Codec<ProcessHandleWaitResults> = {
  name: 'ProcessHandleWaitResults',
  dataWords: 0,
  pointers: 1,
  encode(value: ProcessHandleWaitResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessHandleWaitResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessHandleWaitResults): ProcessHandleWaitResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessHandleWaitResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessHandleWaitResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessHandleWaitResults): number {
    return 8 + 8 * wordsOfProcessHandleWaitResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfProcessHandleKillParams(v: ProcessHandleKillParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.signal !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowProcessHandleKillParams(_v: ProcessHandleKillParams, _depth: number): number {
  return 0;
}

export function wordsOfProcessHandleKillParams(v: ProcessHandleKillParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleKillParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessHandleKillParams(v, depth);
}

export function writeProcessHandleKillParams(v: ProcessHandleKillParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.signal | 0) !== v.signal) throw outOfRange('ProcessHandleKillParams.signal', v.signal);
  h0 |= v.signal;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putProcessHandleKillParams(v: ProcessHandleKillParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleKillParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessHandleKillParams(v, bytes, top, size, next, end, depth);
}

export function readProcessHandleKillParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessHandleKillParams | undefined): ProcessHandleKillParams {
  const signal_ = (data >= 4 ? getInt32(bytes, at) : 0);
  if (into === undefined) return { signal: signal_ };
  into.signal = signal_;
  return into;
}

export function followProcessHandleKillParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessHandleKillParams | undefined): ProcessHandleKillParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessHandleKillParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processHandleKillParams: Codec<ProcessHandleKillParams> = {
  name: 'ProcessHandleKillParams',
  dataWords: 1,
  pointers: 0,
  encode(value: ProcessHandleKillParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessHandleKillParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessHandleKillParams): ProcessHandleKillParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessHandleKillParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessHandleKillParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessHandleKillParams): number {
    return 8 + 8 * wordsOfProcessHandleKillParams(value, MAX_DEPTH - 1);
  },
};

export const processHandleKillResults: Codec<ProcessHandleKillResults> = /* @__PURE__ */ emptyCodec('ProcessHandleKillResults');

export const processHandleInfoParams: Codec<ProcessHandleInfoParams> = /* @__PURE__ */ emptyCodec('ProcessHandleInfoParams');

export function sizeOfProcessHandleInfoResults(v: ProcessHandleInfoResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowProcessHandleInfoResults(v: ProcessHandleInfoResults, depth: number): number {
  let words = 0;
  words += wordsOfProcessInfo(v.info, depth - 1);
  return words;
}

export function wordsOfProcessHandleInfoResults(v: ProcessHandleInfoResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleInfoResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessHandleInfoResults(v, depth);
}

export function writeProcessHandleInfoResults(v: ProcessHandleInfoResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putProcessInfo(v.info, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putProcessHandleInfoResults(v: ProcessHandleInfoResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleInfoResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessHandleInfoResults(v, bytes, top, size, next, end, depth);
}

export function readProcessHandleInfoResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessHandleInfoResults | undefined): ProcessHandleInfoResults {
  const base = at + data;
  const info_ = followProcessInfo(bytes, pointers > 0 ? base : -1, start, end, depth, into?.info) ?? readProcessInfo(bytes, 0, 0, 0, 0, 0, depth, into?.info);
  if (into === undefined) return { info: info_ };
  into.info = info_;
  return into;
}

export function followProcessHandleInfoResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessHandleInfoResults | undefined): ProcessHandleInfoResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessHandleInfoResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processHandleInfoResults: Codec<ProcessHandleInfoResults> = {
  name: 'ProcessHandleInfoResults',
  dataWords: 0,
  pointers: 1,
  encode(value: ProcessHandleInfoResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessHandleInfoResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessHandleInfoResults): ProcessHandleInfoResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessHandleInfoResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessHandleInfoResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessHandleInfoResults): number {
    return 8 + 8 * wordsOfProcessHandleInfoResults(value, MAX_DEPTH - 1);
  },
};

export const processHandleCapabilitiesParams: Codec<ProcessHandleCapabilitiesParams> = /* @__PURE__ */ emptyCodec('ProcessHandleCapabilitiesParams');

export function sizeOfProcessHandleCapabilitiesResults(v: ProcessHandleCapabilitiesResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.entries.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowProcessHandleCapabilitiesResults(v: ProcessHandleCapabilitiesResults, depth: number): number {
  let words = 0;
  if (v.entries.length !== 0) words += wordsOfCapabilityManagerEntryList(v.entries, depth - 1);
  return words;
}

export function wordsOfProcessHandleCapabilitiesResults(v: ProcessHandleCapabilitiesResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleCapabilitiesResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessHandleCapabilitiesResults(v, depth);
}

export function writeProcessHandleCapabilitiesResults(v: ProcessHandleCapabilitiesResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.entries.length !== 0) {
      top = writeCapabilityManagerEntryList(v.entries, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putProcessHandleCapabilitiesResults(v: ProcessHandleCapabilitiesResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessHandleCapabilitiesResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessHandleCapabilitiesResults(v, bytes, top, size, next, end, depth);
}

export function readProcessHandleCapabilitiesResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessHandleCapabilitiesResults | undefined): ProcessHandleCapabilitiesResults {
  const base = at + data;
  const entries_ = pointers > 0 ? readCapabilityManagerEntryList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { entries: entries_ };
  into.entries = entries_;
  return into;
}

export function followProcessHandleCapabilitiesResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessHandleCapabilitiesResults | undefined): ProcessHandleCapabilitiesResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessHandleCapabilitiesResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processHandleCapabilitiesResults: Codec<ProcessHandleCapabilitiesResults> = {
  name: 'ProcessHandleCapabilitiesResults',
  dataWords: 0,
  pointers: 1,
  encode(value: ProcessHandleCapabilitiesResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessHandleCapabilitiesResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessHandleCapabilitiesResults): ProcessHandleCapabilitiesResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessHandleCapabilitiesResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessHandleCapabilitiesResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessHandleCapabilitiesResults): number {
    return 8 + 8 * wordsOfProcessHandleCapabilitiesResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfProcessInfo(v: ProcessInfo): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.processId !== 0n) data = 1;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.kind !== '') pointers = 2;
  if (pointers < 3 && v.state !== '') pointers = 3;
  if (data < 2 && v.threads !== 0) data = 2;
  if (data < 2 && v.caps !== 0) data = 2;
  if (data < 3 && v.frames !== 0n) data = 3;
  if (data < 4 && v.cpuTimeNs !== 0n) data = 4;
  if (data < 5 && v.instructions !== 0n) data = 5;
  if (data < 6 && v.contextId !== 0n) data = 6;
  return data | (pointers << 16);
}

export function wordsBelowProcessInfo(v: ProcessInfo, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.kind !== '') words += textWords(v.kind);
  if (v.state !== '') words += textWords(v.state);
  return words;
}

export function wordsOfProcessInfo(v: ProcessInfo, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessInfo(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessInfo(v, depth);
}

export function writeProcessInfo(v: ProcessInfo, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  let h8 = 0;
  let h9 = 0;
  let h10 = 0;
  let h11 = 0;
  h0 = splitUint64(v.processId, 'ProcessInfo.processId');
  h1 = high;
  if (v.threads >>> 0 !== v.threads) throw outOfRange('ProcessInfo.threads', v.threads);
  h2 |= v.threads;
  if (v.caps >>> 0 !== v.caps) throw outOfRange('ProcessInfo.caps', v.caps);
  h3 |= v.caps;
  h4 = splitUint64(v.frames, 'ProcessInfo.frames');
  h5 = high;
  h6 = splitUint64(v.cpuTimeNs, 'ProcessInfo.cpuTimeNs');
  h7 = high;
  h8 = splitUint64(v.instructions, 'ProcessInfo.instructions');
  h9 = high;
  h10 = splitUint64(v.contextId, 'ProcessInfo.contextId');
  h11 = high;
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
  if (data > 4) {
    putInt32(bytes, at + 32, h8);
    putInt32(bytes, at + 36, h9);
  }
  if (data > 5) {
    putInt32(bytes, at + 40, h10);
    putInt32(bytes, at + 44, h11);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.kind !== '') {
      top = writeText(v.kind, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.state !== '') {
      top = writeText(v.state, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putProcessInfo(v: ProcessInfo, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessInfo(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessInfo(v, bytes, top, size, next, end, depth);
}

export function readProcessInfo(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessInfo | undefined): ProcessInfo {
  const base = at + data;
  const processId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const kind_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
  const state_ = pointers > 2 ? readText(bytes, base + 16, start, end, depth, '') : '';
  const threads_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  const caps_ = (data >= 16 ? getInt32(bytes, at + 12) : 0) >>> 0;
  const frames_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const cpuTimeNs_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const instructions_ = data >= 40 ? getUint64(bytes, at + 32, 0, 0) : 0n;
  const contextId_ = data >= 48 ? getUint64(bytes, at + 40, 0, 0) : 0n;
  if (into === undefined) return { processId: processId_, name: name_, kind: kind_, state: state_, threads: threads_, caps: caps_, frames: frames_, cpuTimeNs: cpuTimeNs_, instructions: instructions_, contextId: contextId_ };
  into.processId = processId_;
  into.name = name_;
  into.kind = kind_;
  into.state = state_;
  into.threads = threads_;
  into.caps = caps_;
  into.frames = frames_;
  into.cpuTimeNs = cpuTimeNs_;
  into.instructions = instructions_;
  into.contextId = contextId_;
  return into;
}

export function followProcessInfo(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessInfo | undefined): ProcessInfo | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessInfo(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processInfo: Codec<ProcessInfo> = {
  name: 'ProcessInfo',
  dataWords: 6,
  pointers: 3,
  encode(value: ProcessInfo, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessInfo(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessInfo): ProcessInfo {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessInfo(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessInfo(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessInfo): number {
    return 8 + 8 * wordsOfProcessInfo(value, MAX_DEPTH - 1);
  },
};

export const processListListParams: Codec<ProcessListListParams> = /* @__PURE__ */ emptyCodec('ProcessListListParams');

export function sizeOfProcessListListResults(v: ProcessListListResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.processes.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowProcessListListResults(v: ProcessListListResults, depth: number): number {
  let words = 0;
  if (v.processes.length !== 0) words += wordsOfProcessInfoList(v.processes, depth - 1);
  return words;
}

export function wordsOfProcessListListResults(v: ProcessListListResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessListListResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProcessListListResults(v, depth);
}

export function writeProcessListListResults(v: ProcessListListResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.processes.length !== 0) {
      top = writeProcessInfoList(v.processes, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putProcessListListResults(v: ProcessListListResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProcessListListResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProcessListListResults(v, bytes, top, size, next, end, depth);
}

export function readProcessListListResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ProcessListListResults | undefined): ProcessListListResults {
  const base = at + data;
  const processes_ = pointers > 0 ? readProcessInfoList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { processes: processes_ };
  into.processes = processes_;
  return into;
}

export function followProcessListListResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ProcessListListResults | undefined): ProcessListListResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProcessListListResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const processListListResults: Codec<ProcessListListResults> = {
  name: 'ProcessListListResults',
  dataWords: 0,
  pointers: 1,
  encode(value: ProcessListListResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProcessListListResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ProcessListListResults): ProcessListListResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProcessListListResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProcessListListResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ProcessListListResults): number {
    return 8 + 8 * wordsOfProcessListListResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfThreadSpawnerCreateParams(v: ThreadSpawnerCreateParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.entry !== 0n) data = 1;
  if (data < 2 && v.stack !== 0n) data = 2;
  if (data < 3 && v.argument !== 0n) data = 3;
  if (data < 4 && v.fsBase !== 0n) data = 4;
  if (data < 5 && v.ring !== 0n) data = 5;
  return data | (pointers << 16);
}

export function wordsBelowThreadSpawnerCreateParams(_v: ThreadSpawnerCreateParams, _depth: number): number {
  return 0;
}

export function wordsOfThreadSpawnerCreateParams(v: ThreadSpawnerCreateParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadSpawnerCreateParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowThreadSpawnerCreateParams(v, depth);
}

export function writeThreadSpawnerCreateParams(v: ThreadSpawnerCreateParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  let h8 = 0;
  let h9 = 0;
  h0 = splitUint64(v.entry, 'ThreadSpawnerCreateParams.entry');
  h1 = high;
  h2 = splitUint64(v.stack, 'ThreadSpawnerCreateParams.stack');
  h3 = high;
  h4 = splitUint64(v.argument, 'ThreadSpawnerCreateParams.argument');
  h5 = high;
  h6 = splitUint64(v.fsBase, 'ThreadSpawnerCreateParams.fsBase');
  h7 = high;
  h8 = splitUint64(v.ring, 'ThreadSpawnerCreateParams.ring');
  h9 = high;
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
  if (data > 4) {
    putInt32(bytes, at + 32, h8);
    putInt32(bytes, at + 36, h9);
  }
  return top;
}

export function putThreadSpawnerCreateParams(v: ThreadSpawnerCreateParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadSpawnerCreateParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeThreadSpawnerCreateParams(v, bytes, top, size, next, end, depth);
}

export function readThreadSpawnerCreateParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ThreadSpawnerCreateParams | undefined): ThreadSpawnerCreateParams {
  const entry_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const stack_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const argument_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const fsBase_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const ring_ = data >= 40 ? getUint64(bytes, at + 32, 0, 0) : 0n;
  if (into === undefined) return { entry: entry_, stack: stack_, argument: argument_, fsBase: fsBase_, ring: ring_ };
  into.entry = entry_;
  into.stack = stack_;
  into.argument = argument_;
  into.fsBase = fsBase_;
  into.ring = ring_;
  return into;
}

export function followThreadSpawnerCreateParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ThreadSpawnerCreateParams | undefined): ThreadSpawnerCreateParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readThreadSpawnerCreateParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const threadSpawnerCreateParams: Codec<ThreadSpawnerCreateParams> = {
  name: 'ThreadSpawnerCreateParams',
  dataWords: 5,
  pointers: 0,
  encode(value: ThreadSpawnerCreateParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putThreadSpawnerCreateParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ThreadSpawnerCreateParams): ThreadSpawnerCreateParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followThreadSpawnerCreateParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readThreadSpawnerCreateParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ThreadSpawnerCreateParams): number {
    return 8 + 8 * wordsOfThreadSpawnerCreateParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfThreadSpawnerCreateResults(v: ThreadSpawnerCreateResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.thread !== -1) pointers = 1;
  if (data < 1 && v.threadId !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowThreadSpawnerCreateResults(_v: ThreadSpawnerCreateResults, _depth: number): number {
  return 0;
}

export function wordsOfThreadSpawnerCreateResults(v: ThreadSpawnerCreateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadSpawnerCreateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowThreadSpawnerCreateResults(v, depth);
}

export function writeThreadSpawnerCreateResults(v: ThreadSpawnerCreateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.threadId, 'ThreadSpawnerCreateResults.threadId');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.thread !== -1) {
      putCapability(v.thread, bytes, base, 'ThreadSpawnerCreateResults.thread');
    } else putNull(bytes, base);
  }
  return top;
}

export function putThreadSpawnerCreateResults(v: ThreadSpawnerCreateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadSpawnerCreateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeThreadSpawnerCreateResults(v, bytes, top, size, next, end, depth);
}

export function readThreadSpawnerCreateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ThreadSpawnerCreateResults | undefined): ThreadSpawnerCreateResults {
  const base = at + data;
  const thread_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const threadId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { thread: thread_, threadId: threadId_ };
  into.thread = thread_;
  into.threadId = threadId_;
  return into;
}

export function followThreadSpawnerCreateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ThreadSpawnerCreateResults | undefined): ThreadSpawnerCreateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readThreadSpawnerCreateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const threadSpawnerCreateResults: Codec<ThreadSpawnerCreateResults> = {
  name: 'ThreadSpawnerCreateResults',
  dataWords: 1,
  pointers: 1,
  encode(value: ThreadSpawnerCreateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putThreadSpawnerCreateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ThreadSpawnerCreateResults): ThreadSpawnerCreateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followThreadSpawnerCreateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readThreadSpawnerCreateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ThreadSpawnerCreateResults): number {
    return 8 + 8 * wordsOfThreadSpawnerCreateResults(value, MAX_DEPTH - 1);
  },
};

export const threadSpawnerExitParams: Codec<ThreadSpawnerExitParams> = /* @__PURE__ */ emptyCodec('ThreadSpawnerExitParams');

export const threadSpawnerExitResults: Codec<ThreadSpawnerExitResults> = /* @__PURE__ */ emptyCodec('ThreadSpawnerExitResults');

export const threadSpawnerCurrentParams: Codec<ThreadSpawnerCurrentParams> = /* @__PURE__ */ emptyCodec('ThreadSpawnerCurrentParams');

export function sizeOfThreadSpawnerCurrentResults(v: ThreadSpawnerCurrentResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.thread !== -1) pointers = 1;
  if (data < 1 && v.threadId !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowThreadSpawnerCurrentResults(_v: ThreadSpawnerCurrentResults, _depth: number): number {
  return 0;
}

export function wordsOfThreadSpawnerCurrentResults(v: ThreadSpawnerCurrentResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadSpawnerCurrentResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowThreadSpawnerCurrentResults(v, depth);
}

export function writeThreadSpawnerCurrentResults(v: ThreadSpawnerCurrentResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.threadId, 'ThreadSpawnerCurrentResults.threadId');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.thread !== -1) {
      putCapability(v.thread, bytes, base, 'ThreadSpawnerCurrentResults.thread');
    } else putNull(bytes, base);
  }
  return top;
}

export function putThreadSpawnerCurrentResults(v: ThreadSpawnerCurrentResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadSpawnerCurrentResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeThreadSpawnerCurrentResults(v, bytes, top, size, next, end, depth);
}

export function readThreadSpawnerCurrentResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ThreadSpawnerCurrentResults | undefined): ThreadSpawnerCurrentResults {
  const base = at + data;
  const thread_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const threadId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { thread: thread_, threadId: threadId_ };
  into.thread = thread_;
  into.threadId = threadId_;
  return into;
}

export function followThreadSpawnerCurrentResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ThreadSpawnerCurrentResults | undefined): ThreadSpawnerCurrentResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readThreadSpawnerCurrentResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const threadSpawnerCurrentResults: Codec<ThreadSpawnerCurrentResults> = {
  name: 'ThreadSpawnerCurrentResults',
  dataWords: 1,
  pointers: 1,
  encode(value: ThreadSpawnerCurrentResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putThreadSpawnerCurrentResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ThreadSpawnerCurrentResults): ThreadSpawnerCurrentResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followThreadSpawnerCurrentResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readThreadSpawnerCurrentResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ThreadSpawnerCurrentResults): number {
    return 8 + 8 * wordsOfThreadSpawnerCurrentResults(value, MAX_DEPTH - 1);
  },
};

export const threadControlJoinParams: Codec<ThreadControlJoinParams> = /* @__PURE__ */ emptyCodec('ThreadControlJoinParams');

export const threadControlJoinResults: Codec<ThreadControlJoinResults> = /* @__PURE__ */ emptyCodec('ThreadControlJoinResults');

export function sizeOfThreadControlSetFsBaseParams(v: ThreadControlSetFsBaseParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.fsBase !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowThreadControlSetFsBaseParams(_v: ThreadControlSetFsBaseParams, _depth: number): number {
  return 0;
}

export function wordsOfThreadControlSetFsBaseParams(v: ThreadControlSetFsBaseParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadControlSetFsBaseParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowThreadControlSetFsBaseParams(v, depth);
}

export function writeThreadControlSetFsBaseParams(v: ThreadControlSetFsBaseParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.fsBase, 'ThreadControlSetFsBaseParams.fsBase');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putThreadControlSetFsBaseParams(v: ThreadControlSetFsBaseParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadControlSetFsBaseParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeThreadControlSetFsBaseParams(v, bytes, top, size, next, end, depth);
}

export function readThreadControlSetFsBaseParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ThreadControlSetFsBaseParams | undefined): ThreadControlSetFsBaseParams {
  const fsBase_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { fsBase: fsBase_ };
  into.fsBase = fsBase_;
  return into;
}

export function followThreadControlSetFsBaseParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ThreadControlSetFsBaseParams | undefined): ThreadControlSetFsBaseParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readThreadControlSetFsBaseParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const threadControlSetFsBaseParams: Codec<ThreadControlSetFsBaseParams> = {
  name: 'ThreadControlSetFsBaseParams',
  dataWords: 1,
  pointers: 0,
  encode(value: ThreadControlSetFsBaseParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putThreadControlSetFsBaseParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ThreadControlSetFsBaseParams): ThreadControlSetFsBaseParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followThreadControlSetFsBaseParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readThreadControlSetFsBaseParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ThreadControlSetFsBaseParams): number {
    return 8 + 8 * wordsOfThreadControlSetFsBaseParams(value, MAX_DEPTH - 1);
  },
};

export const threadControlSetFsBaseResults: Codec<ThreadControlSetFsBaseResults> = /* @__PURE__ */ emptyCodec('ThreadControlSetFsBaseResults');

export function sizeOfThreadControlBindParams(v: ThreadControlBindParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.context !== -1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowThreadControlBindParams(_v: ThreadControlBindParams, _depth: number): number {
  return 0;
}

export function wordsOfThreadControlBindParams(v: ThreadControlBindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadControlBindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowThreadControlBindParams(v, depth);
}

export function writeThreadControlBindParams(v: ThreadControlBindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.context !== -1) {
      putCapability(v.context, bytes, base, 'ThreadControlBindParams.context');
    } else putNull(bytes, base);
  }
  return top;
}

export function putThreadControlBindParams(v: ThreadControlBindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadControlBindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeThreadControlBindParams(v, bytes, top, size, next, end, depth);
}

export function readThreadControlBindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ThreadControlBindParams | undefined): ThreadControlBindParams {
  const base = at + data;
  const context_ = pointers > 0 ? readCapability(bytes, base) : -1;
  if (into === undefined) return { context: context_ };
  into.context = context_;
  return into;
}

export function followThreadControlBindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ThreadControlBindParams | undefined): ThreadControlBindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readThreadControlBindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const threadControlBindParams: Codec<ThreadControlBindParams> = {
  name: 'ThreadControlBindParams',
  dataWords: 0,
  pointers: 1,
  encode(value: ThreadControlBindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putThreadControlBindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ThreadControlBindParams): ThreadControlBindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followThreadControlBindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readThreadControlBindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ThreadControlBindParams): number {
    return 8 + 8 * wordsOfThreadControlBindParams(value, MAX_DEPTH - 1);
  },
};

export const threadControlBindResults: Codec<ThreadControlBindResults> = /* @__PURE__ */ emptyCodec('ThreadControlBindResults');

export const threadControlUnbindParams: Codec<ThreadControlUnbindParams> = /* @__PURE__ */ emptyCodec('ThreadControlUnbindParams');

export const threadControlUnbindResults: Codec<ThreadControlUnbindResults> = /* @__PURE__ */ emptyCodec('ThreadControlUnbindResults');

export const threadControlGetUsageParams: Codec<ThreadControlGetUsageParams> = /* @__PURE__ */ emptyCodec('ThreadControlGetUsageParams');

export function sizeOfThreadControlGetUsageResults(v: ThreadControlGetUsageResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.instructions !== 0n) data = 1;
  if (data < 2 && v.contextId !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowThreadControlGetUsageResults(_v: ThreadControlGetUsageResults, _depth: number): number {
  return 0;
}

export function wordsOfThreadControlGetUsageResults(v: ThreadControlGetUsageResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadControlGetUsageResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowThreadControlGetUsageResults(v, depth);
}

export function writeThreadControlGetUsageResults(v: ThreadControlGetUsageResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.instructions, 'ThreadControlGetUsageResults.instructions');
  h1 = high;
  h2 = splitUint64(v.contextId, 'ThreadControlGetUsageResults.contextId');
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

export function putThreadControlGetUsageResults(v: ThreadControlGetUsageResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfThreadControlGetUsageResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeThreadControlGetUsageResults(v, bytes, top, size, next, end, depth);
}

export function readThreadControlGetUsageResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ThreadControlGetUsageResults | undefined): ThreadControlGetUsageResults {
  const instructions_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const contextId_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { instructions: instructions_, contextId: contextId_ };
  into.instructions = instructions_;
  into.contextId = contextId_;
  return into;
}

export function followThreadControlGetUsageResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ThreadControlGetUsageResults | undefined): ThreadControlGetUsageResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readThreadControlGetUsageResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const threadControlGetUsageResults: Codec<ThreadControlGetUsageResults> = {
  name: 'ThreadControlGetUsageResults',
  dataWords: 2,
  pointers: 0,
  encode(value: ThreadControlGetUsageResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putThreadControlGetUsageResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ThreadControlGetUsageResults): ThreadControlGetUsageResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followThreadControlGetUsageResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readThreadControlGetUsageResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ThreadControlGetUsageResults): number {
    return 8 + 8 * wordsOfThreadControlGetUsageResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfParkSpaceParkParams(v: ParkSpaceParkParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.expected !== 0) data = 2;
  if (data < 3 && v.timeoutNs !== 0n) data = 3;
  return data | (pointers << 16);
}

export function wordsBelowParkSpaceParkParams(_v: ParkSpaceParkParams, _depth: number): number {
  return 0;
}

export function wordsOfParkSpaceParkParams(v: ParkSpaceParkParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceParkParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowParkSpaceParkParams(v, depth);
}

export function writeParkSpaceParkParams(v: ParkSpaceParkParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h4 = 0;
  let h5 = 0;
  h0 = splitUint64(v.address, 'ParkSpaceParkParams.address');
  h1 = high;
  if (v.expected >>> 0 !== v.expected) throw outOfRange('ParkSpaceParkParams.expected', v.expected);
  h2 |= v.expected;
  h4 = splitUint64(v.timeoutNs, 'ParkSpaceParkParams.timeoutNs');
  h5 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, 0);
  }
  if (data > 2) {
    putInt32(bytes, at + 16, h4);
    putInt32(bytes, at + 20, h5);
  }
  return top;
}

export function putParkSpaceParkParams(v: ParkSpaceParkParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceParkParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeParkSpaceParkParams(v, bytes, top, size, next, end, depth);
}

export function readParkSpaceParkParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ParkSpaceParkParams | undefined): ParkSpaceParkParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const expected_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  const timeoutNs_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  if (into === undefined) return { address: address_, expected: expected_, timeoutNs: timeoutNs_ };
  into.address = address_;
  into.expected = expected_;
  into.timeoutNs = timeoutNs_;
  return into;
}

export function followParkSpaceParkParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ParkSpaceParkParams | undefined): ParkSpaceParkParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readParkSpaceParkParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const parkSpaceParkParams: Codec<ParkSpaceParkParams> = {
  name: 'ParkSpaceParkParams',
  dataWords: 3,
  pointers: 0,
  encode(value: ParkSpaceParkParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putParkSpaceParkParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ParkSpaceParkParams): ParkSpaceParkParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followParkSpaceParkParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readParkSpaceParkParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ParkSpaceParkParams): number {
    return 8 + 8 * wordsOfParkSpaceParkParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfParkSpaceParkResults(v: ParkSpaceParkResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.woken !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowParkSpaceParkResults(_v: ParkSpaceParkResults, _depth: number): number {
  return 0;
}

export function wordsOfParkSpaceParkResults(v: ParkSpaceParkResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceParkResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowParkSpaceParkResults(v, depth);
}

export function writeParkSpaceParkResults(v: ParkSpaceParkResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.woken) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putParkSpaceParkResults(v: ParkSpaceParkResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceParkResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeParkSpaceParkResults(v, bytes, top, size, next, end, depth);
}

export function readParkSpaceParkResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ParkSpaceParkResults | undefined): ParkSpaceParkResults {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const woken_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { woken: woken_ };
  into.woken = woken_;
  return into;
}

export function followParkSpaceParkResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ParkSpaceParkResults | undefined): ParkSpaceParkResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readParkSpaceParkResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const parkSpaceParkResults: Codec<ParkSpaceParkResults> = {
  name: 'ParkSpaceParkResults',
  dataWords: 1,
  pointers: 0,
  encode(value: ParkSpaceParkResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putParkSpaceParkResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ParkSpaceParkResults): ParkSpaceParkResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followParkSpaceParkResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readParkSpaceParkResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ParkSpaceParkResults): number {
    return 8 + 8 * wordsOfParkSpaceParkResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfParkSpaceUnparkParams(v: ParkSpaceUnparkParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.count !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowParkSpaceUnparkParams(_v: ParkSpaceUnparkParams, _depth: number): number {
  return 0;
}

export function wordsOfParkSpaceUnparkParams(v: ParkSpaceUnparkParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceUnparkParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowParkSpaceUnparkParams(v, depth);
}

export function writeParkSpaceUnparkParams(v: ParkSpaceUnparkParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.address, 'ParkSpaceUnparkParams.address');
  h1 = high;
  if (v.count >>> 0 !== v.count) throw outOfRange('ParkSpaceUnparkParams.count', v.count);
  h2 |= v.count;
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

export function putParkSpaceUnparkParams(v: ParkSpaceUnparkParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceUnparkParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeParkSpaceUnparkParams(v, bytes, top, size, next, end, depth);
}

export function readParkSpaceUnparkParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ParkSpaceUnparkParams | undefined): ParkSpaceUnparkParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const count_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { address: address_, count: count_ };
  into.address = address_;
  into.count = count_;
  return into;
}

export function followParkSpaceUnparkParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ParkSpaceUnparkParams | undefined): ParkSpaceUnparkParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readParkSpaceUnparkParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const parkSpaceUnparkParams: Codec<ParkSpaceUnparkParams> = {
  name: 'ParkSpaceUnparkParams',
  dataWords: 2,
  pointers: 0,
  encode(value: ParkSpaceUnparkParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putParkSpaceUnparkParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ParkSpaceUnparkParams): ParkSpaceUnparkParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followParkSpaceUnparkParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readParkSpaceUnparkParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ParkSpaceUnparkParams): number {
    return 8 + 8 * wordsOfParkSpaceUnparkParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfParkSpaceUnparkResults(v: ParkSpaceUnparkResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.woken !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowParkSpaceUnparkResults(_v: ParkSpaceUnparkResults, _depth: number): number {
  return 0;
}

export function wordsOfParkSpaceUnparkResults(v: ParkSpaceUnparkResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceUnparkResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowParkSpaceUnparkResults(v, depth);
}

export function writeParkSpaceUnparkResults(v: ParkSpaceUnparkResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.woken >>> 0 !== v.woken) throw outOfRange('ParkSpaceUnparkResults.woken', v.woken);
  h0 |= v.woken;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putParkSpaceUnparkResults(v: ParkSpaceUnparkResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceUnparkResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeParkSpaceUnparkResults(v, bytes, top, size, next, end, depth);
}

export function readParkSpaceUnparkResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ParkSpaceUnparkResults | undefined): ParkSpaceUnparkResults {
  const woken_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { woken: woken_ };
  into.woken = woken_;
  return into;
}

export function followParkSpaceUnparkResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ParkSpaceUnparkResults | undefined): ParkSpaceUnparkResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readParkSpaceUnparkResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const parkSpaceUnparkResults: Codec<ParkSpaceUnparkResults> = {
  name: 'ParkSpaceUnparkResults',
  dataWords: 1,
  pointers: 0,
  encode(value: ParkSpaceUnparkResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putParkSpaceUnparkResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ParkSpaceUnparkResults): ParkSpaceUnparkResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followParkSpaceUnparkResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readParkSpaceUnparkResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ParkSpaceUnparkResults): number {
    return 8 + 8 * wordsOfParkSpaceUnparkResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfParkSpaceRequeueParams(v: ParkSpaceRequeueParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.address !== 0n) data = 1;
  if (data < 2 && v.expected !== 0) data = 2;
  if (data < 2 && v.wake !== 0) data = 2;
  if (data < 3 && v.target !== 0n) data = 3;
  if (data < 4 && v.move !== 0) data = 4;
  return data | (pointers << 16);
}

export function wordsBelowParkSpaceRequeueParams(_v: ParkSpaceRequeueParams, _depth: number): number {
  return 0;
}

export function wordsOfParkSpaceRequeueParams(v: ParkSpaceRequeueParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceRequeueParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowParkSpaceRequeueParams(v, depth);
}

export function writeParkSpaceRequeueParams(v: ParkSpaceRequeueParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  h0 = splitUint64(v.address, 'ParkSpaceRequeueParams.address');
  h1 = high;
  if (v.expected >>> 0 !== v.expected) throw outOfRange('ParkSpaceRequeueParams.expected', v.expected);
  h2 |= v.expected;
  if (v.wake >>> 0 !== v.wake) throw outOfRange('ParkSpaceRequeueParams.wake', v.wake);
  h3 |= v.wake;
  h4 = splitUint64(v.target, 'ParkSpaceRequeueParams.target');
  h5 = high;
  if (v.move >>> 0 !== v.move) throw outOfRange('ParkSpaceRequeueParams.move', v.move);
  h6 |= v.move;
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
  return top;
}

export function putParkSpaceRequeueParams(v: ParkSpaceRequeueParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceRequeueParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeParkSpaceRequeueParams(v, bytes, top, size, next, end, depth);
}

export function readParkSpaceRequeueParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ParkSpaceRequeueParams | undefined): ParkSpaceRequeueParams {
  const address_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const expected_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  const wake_ = (data >= 16 ? getInt32(bytes, at + 12) : 0) >>> 0;
  const target_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const move_ = (data >= 28 ? getInt32(bytes, at + 24) : 0) >>> 0;
  if (into === undefined) return { address: address_, expected: expected_, wake: wake_, target: target_, move: move_ };
  into.address = address_;
  into.expected = expected_;
  into.wake = wake_;
  into.target = target_;
  into.move = move_;
  return into;
}

export function followParkSpaceRequeueParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ParkSpaceRequeueParams | undefined): ParkSpaceRequeueParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readParkSpaceRequeueParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const parkSpaceRequeueParams: Codec<ParkSpaceRequeueParams> = {
  name: 'ParkSpaceRequeueParams',
  dataWords: 4,
  pointers: 0,
  encode(value: ParkSpaceRequeueParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putParkSpaceRequeueParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ParkSpaceRequeueParams): ParkSpaceRequeueParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followParkSpaceRequeueParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readParkSpaceRequeueParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ParkSpaceRequeueParams): number {
    return 8 + 8 * wordsOfParkSpaceRequeueParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfParkSpaceRequeueResults(v: ParkSpaceRequeueResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.matched !== false) data = 1;
  if (data < 1 && v.woken !== 0) data = 1;
  if (data < 2 && v.moved !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowParkSpaceRequeueResults(_v: ParkSpaceRequeueResults, _depth: number): number {
  return 0;
}

export function wordsOfParkSpaceRequeueResults(v: ParkSpaceRequeueResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceRequeueResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowParkSpaceRequeueResults(v, depth);
}

export function writeParkSpaceRequeueResults(v: ParkSpaceRequeueResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  if (v.matched) h0 |= 1;
  if (v.woken >>> 0 !== v.woken) throw outOfRange('ParkSpaceRequeueResults.woken', v.woken);
  h1 |= v.woken;
  if (v.moved >>> 0 !== v.moved) throw outOfRange('ParkSpaceRequeueResults.moved', v.moved);
  h2 |= v.moved;
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

export function putParkSpaceRequeueResults(v: ParkSpaceRequeueResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfParkSpaceRequeueResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeParkSpaceRequeueResults(v, bytes, top, size, next, end, depth);
}

export function readParkSpaceRequeueResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ParkSpaceRequeueResults | undefined): ParkSpaceRequeueResults {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const matched_ = ((b0 >> 0) & 1) !== 0;
  const woken_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const moved_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { matched: matched_, woken: woken_, moved: moved_ };
  into.matched = matched_;
  into.woken = woken_;
  into.moved = moved_;
  return into;
}

export function followParkSpaceRequeueResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ParkSpaceRequeueResults | undefined): ParkSpaceRequeueResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readParkSpaceRequeueResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const parkSpaceRequeueResults: Codec<ParkSpaceRequeueResults> = {
  name: 'ParkSpaceRequeueResults',
  dataWords: 2,
  pointers: 0,
  encode(value: ParkSpaceRequeueResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putParkSpaceRequeueResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ParkSpaceRequeueResults): ParkSpaceRequeueResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followParkSpaceRequeueResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readParkSpaceRequeueResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ParkSpaceRequeueResults): number {
    return 8 + 8 * wordsOfParkSpaceRequeueResults(value, MAX_DEPTH - 1);
  },
};

export const personalityGetNameParams: Codec<PersonalityGetNameParams> = /* @__PURE__ */ emptyCodec('PersonalityGetNameParams');

export function sizeOfPersonalityGetNameResults(v: PersonalityGetNameResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowPersonalityGetNameResults(v: PersonalityGetNameResults, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfPersonalityGetNameResults(v: PersonalityGetNameResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfPersonalityGetNameResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowPersonalityGetNameResults(v, depth);
}

export function writePersonalityGetNameResults(v: PersonalityGetNameResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putPersonalityGetNameResults(v: PersonalityGetNameResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfPersonalityGetNameResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writePersonalityGetNameResults(v, bytes, top, size, next, end, depth);
}

export function readPersonalityGetNameResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: PersonalityGetNameResults | undefined): PersonalityGetNameResults {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followPersonalityGetNameResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: PersonalityGetNameResults | undefined): PersonalityGetNameResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readPersonalityGetNameResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const personalityGetNameResults: Codec<PersonalityGetNameResults> = {
  name: 'PersonalityGetNameResults',
  dataWords: 0,
  pointers: 1,
  encode(value: PersonalityGetNameResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putPersonalityGetNameResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: PersonalityGetNameResults): PersonalityGetNameResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followPersonalityGetNameResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readPersonalityGetNameResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: PersonalityGetNameResults): number {
    return 8 + 8 * wordsOfPersonalityGetNameResults(value, MAX_DEPTH - 1);
  },
};

/** Starts programs, on the account of whoever asks. */
export const ProcessSpawner: {
  readonly id: 0xd546f1f2de7c0ef2n;
  readonly name: 'ProcessSpawner';
  readonly methods: {
    readonly spawn: MethodDescriptor<ProcessSpawnerSpawnParams, ProcessSpawnerSpawnResults>;
  };
} = {
  id: 0xd546f1f2de7c0ef2n,
  name: 'ProcessSpawner',
  methods: {
    /**
     * The child holds exactly `grants`, and nothing else. A grant named `personality` makes it a foreign process.
     * limits: the most it may use of a resource, its children included; of what is not named, the system's default. Whatever it
     * uses counts on the spawner's account too.
     */
    spawn: { ordinal: 0, name: 'spawn', params: processSpawnerSpawnParams, results: processSpawnerSpawnResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;

/** One process. Letting go of the handle does not end it. */
export const ProcessHandle: {
  readonly id: 0x91b487648baf60adn;
  readonly name: 'ProcessHandle';
  readonly methods: {
    readonly wait: MethodDescriptor<ProcessHandleWaitParams, ProcessHandleWaitResults>;
    readonly kill: MethodDescriptor<ProcessHandleKillParams, ProcessHandleKillResults>;
    readonly info: MethodDescriptor<ProcessHandleInfoParams, ProcessHandleInfoResults>;
    readonly capabilities: MethodDescriptor<ProcessHandleCapabilitiesParams, ProcessHandleCapabilitiesResults>;
  };
} = {
  id: 0x91b487648baf60adn,
  name: 'ProcessHandle',
  methods: {
    /** Answers when it has ended, any number of times. */
    wait: { ordinal: 0, name: 'wait', params: processHandleWaitParams, results: processHandleWaitResults },
    /** Ends it now; it is not asked. Without effect once it has ended. */
    kill: { ordinal: 1, name: 'kill', params: processHandleKillParams, results: processHandleKillResults },
    /** What there is to see of it from outside. */
    info: { ordinal: 2, name: 'info', params: processHandleInfoParams, results: processHandleInfoResults },
    /** What it holds at this moment: to look at, never to use. */
    capabilities: { ordinal: 3, name: 'capabilities', params: processHandleCapabilitiesParams, results: processHandleCapabilitiesResults },
  },
} as const satisfies InterfaceDescriptor;

/** For tools: looks at every process, can touch none. */
export const ProcessList: {
  readonly id: 0xf17df38d0a704832n;
  readonly name: 'ProcessList';
  readonly methods: {
    readonly list: MethodDescriptor<ProcessListListParams, ProcessListListResults>;
  };
} = {
  id: 0xf17df38d0a704832n,
  name: 'ProcessList',
  methods: {
    /** Every process there is. */
    list: { ordinal: 0, name: 'list', params: processListListParams, results: processListListResults },
  },
} as const satisfies InterfaceDescriptor;

/** Threads of the process that calls. */
export const ThreadSpawner: {
  readonly id: 0xed28972fe8f6b5fdn;
  readonly name: 'ThreadSpawner';
  readonly methods: {
    readonly create: MethodDescriptor<ThreadSpawnerCreateParams, ThreadSpawnerCreateResults>;
    readonly exit: MethodDescriptor<ThreadSpawnerExitParams, ThreadSpawnerExitResults>;
    readonly current: MethodDescriptor<ThreadSpawnerCurrentParams, ThreadSpawnerCurrentResults>;
  };
} = {
  id: 0xed28972fe8f6b5fdn,
  name: 'ThreadSpawner',
  methods: {
    /** ring: address of a zeroed page in the caller's space that becomes the thread's ring; 0 for none. Entry: RDI ring, RSI thread id, RDX argument. */
    create: { ordinal: 0, name: 'create', params: threadSpawnerCreateParams, results: threadSpawnerCreateResults, returnsCapabilities: true },
    /** Ends the calling thread; does not return. */
    exit: { ordinal: 1, name: 'exit', params: threadSpawnerExitParams, results: threadSpawnerExitResults },
    /** The thread that calls. */
    current: { ordinal: 2, name: 'current', params: threadSpawnerCurrentParams, results: threadSpawnerCurrentResults, returnsCapabilities: true },
  },
} as const satisfies InterfaceDescriptor;

/** One thread. */
export const ThreadControl: {
  readonly id: 0xd1096f12b3964d9bn;
  readonly name: 'ThreadControl';
  readonly methods: {
    readonly join: MethodDescriptor<ThreadControlJoinParams, ThreadControlJoinResults>;
    readonly setFsBase: MethodDescriptor<ThreadControlSetFsBaseParams, ThreadControlSetFsBaseResults>;
    readonly bind: MethodDescriptor<ThreadControlBindParams, ThreadControlBindResults>;
    readonly unbind: MethodDescriptor<ThreadControlUnbindParams, ThreadControlUnbindResults>;
    readonly getUsage: MethodDescriptor<ThreadControlGetUsageParams, ThreadControlGetUsageResults>;
  };
} = {
  id: 0xd1096f12b3964d9bn,
  name: 'ThreadControl',
  methods: {
    /** Answers when it has ended. */
    join: { ordinal: 0, name: 'join', params: threadControlJoinParams, results: threadControlJoinResults },
    /** Moves its thread-local storage. */
    setFsBase: { ordinal: 1, name: 'setFsBase', params: threadControlSetFsBaseParams, results: threadControlSetFsBaseResults },
    /** It runs on that context from now on. */
    bind: { ordinal: 2, name: 'bind', params: threadControlBindParams, results: threadControlBindResults },
    /** It has no context of its own any more: a passive server, which runs only on the context of who waits for it. */
    unbind: { ordinal: 3, name: 'unbind', params: threadControlUnbindParams, results: threadControlUnbindResults },
    /** Executed so far; contextId 0 for a passive thread. */
    getUsage: { ordinal: 4, name: 'getUsage', params: threadControlGetUsageParams, results: threadControlGetUsageResults },
  },
} as const satisfies InterfaceDescriptor;

/** futex on a capability: keys are addresses of the holder's space, or offsets of a shared MemoryObject. */
export const ParkSpace: {
  readonly id: 0xb7b7e32d1b80803an;
  readonly name: 'ParkSpace';
  readonly methods: {
    readonly park: MethodDescriptor<ParkSpaceParkParams, ParkSpaceParkResults>;
    readonly unpark: MethodDescriptor<ParkSpaceUnparkParams, ParkSpaceUnparkResults>;
    readonly requeue: MethodDescriptor<ParkSpaceRequeueParams, ParkSpaceRequeueResults>;
  };
} = {
  id: 0xb7b7e32d1b80803an,
  name: 'ParkSpace',
  methods: {
    /**
     * Sleeps while the word at address holds `expected`, until woken or timeoutNs are over (2^64 − 1: no limit).
     * woken: false when the time was over.
     */
    park: { ordinal: 0, name: 'park', params: parkSpaceParkParams, results: parkSpaceParkResults },
    /** Wakes at most count sleepers, in the order they came. */
    unpark: { ordinal: 1, name: 'unpark', params: parkSpaceUnparkParams, results: parkSpaceUnparkResults },
    /**
     * If the word at address holds `expected`: wakes `wake` sleepers, and has at most `move` others sleep at `target` instead, after
     * those who do already. Their deadlines stay. matched: false, and nothing was done, if it holds something else.
     */
    requeue: { ordinal: 2, name: 'requeue', params: parkSpaceRequeueParams, results: parkSpaceRequeueResults },
  },
} as const satisfies InterfaceDescriptor;

/** What answers the system calls of a foreign process. Granted at spawn under the name `personality`. */
export const Personality: {
  readonly id: 0xad29a72fa1c4cffen;
  readonly name: 'Personality';
  readonly methods: {
    readonly getName: MethodDescriptor<PersonalityGetNameParams, PersonalityGetNameResults>;
  };
} = {
  id: 0xad29a72fa1c4cffen,
  name: 'Personality',
  methods: {
    /** The name it was registered under. */
    getName: { ordinal: 0, name: 'getName', params: personalityGetNameParams, results: personalityGetNameResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfGrantList(list: readonly Grant[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfGrant(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowGrant(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

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

function writeGrantList(list: readonly (Grant)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfGrant(list[index]!);
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
    top = writeGrant(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
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

function readGrantList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Grant)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Grant>(count);
  for (let index = 0; index < count; index++) list[index] = readGrant(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readResourceAmountList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ResourceAmount)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ResourceAmount>(count);
  for (let index = 0; index < count; index++) list[index] = readResourceAmount(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

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

function wordsOfProcessInfoList(list: readonly ProcessInfo[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfProcessInfo(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowProcessInfo(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeProcessInfoList(list: readonly (ProcessInfo)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfProcessInfo(list[index]!);
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
    top = writeProcessInfo(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readProcessInfoList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ProcessInfo)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ProcessInfo>(count);
  for (let index = 0; index < count; index++) list[index] = readProcessInfo(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
