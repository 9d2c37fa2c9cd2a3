// Generated from scheduling.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Processor time: the contexts that threads run on, and the policy that decides about them. Mechanism is in the kernel; who gets
// how much is decided by whoever holds SchedulingPolicy.

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
  getUint64,
  high,
  listWords,
  noRoom,
  outOfRange,
  putCapability,
  putInt32,
  putListPointer,
  putNull,
  putStructPointer,
  readCapability,
  readText,
  readUint64List,
  splitUint64,
  textWords,
  tooDeep,
  writeText,
  writeUint64List,
} from '../../codec-runtime.ts';

export interface SchedulingParameters {
  /** 0 to 255; higher ones run first. */
  priority: number;
  /** Processor time in any window of one period, counted as 200 instructions a microsecond; 0: no limit. */
  budgetNs: bigint;
  /** Of the monotonic clock. At least 10,000, and no shorter than the budget. */
  periodNs: bigint;
  /** One turn among contexts of the same priority, counted like the budget; 0: 500,000. */
  sliceNs: bigint;
  /** On which it may run, one bit each. Bit 0 is the one processor there is: without it the context rests. */
  processors: bigint;
}

/** A context as schedulers and tools see it. */
export interface ContextInfo {
  contextId: bigint;
  /** Of the process it was made for. */
  name: string;
  parameters: SchedulingParameters;
  /** Executed on it so far, by whichever thread. */
  instructions: bigint;
  /** What they took. */
  cpuTimeNs: bigint;
  /** Times it had something to run and no budget for it. */
  depletions: bigint;
  /** Bound to it. */
  threads: number;
  /** It has something to run, or may have. */
  ready: boolean;
  /** Whose threads run on it unless they are bound otherwise. */
  processes: readonly bigint[];
}

export interface SchedulingContextGetInfoParams {
}

export interface SchedulingContextGetInfoResults {
  info: ContextInfo;
}

export interface SchedulingContextNotifyDepletedParams {
  notification: number;
  bits: bigint;
}

export interface SchedulingContextNotifyDepletedResults {
}

export interface SchedulingPolicyListParams {
}

export interface SchedulingPolicyListResults {
  contexts: readonly ContextInfo[];
}

export interface SchedulingPolicyConfigureParams {
  contextId: bigint;
  parameters: SchedulingParameters;
}

export interface SchedulingPolicyConfigureResults {
}

export interface SchedulingPolicyCreateParams {
  name: string;
  parameters: SchedulingParameters;
}

export interface SchedulingPolicyCreateResults {
  context: number;
  contextId: bigint;
}

export interface SchedulingPolicyBindParams {
  processId: bigint;
  contextId: bigint;
}

export interface SchedulingPolicyBindResults {
}

export interface SchedulingPolicyAttendParams {
  leaseNs: bigint;
}

export interface SchedulingPolicyAttendResults {
}

export interface SchedulingPolicyResignParams {
}

export interface SchedulingPolicyResignResults {
}

export function sizeOfSchedulingParameters(v: SchedulingParameters): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.priority !== 128) data = 1;
  if (data < 2 && v.budgetNs !== 0n) data = 2;
  if (data < 3 && v.periodNs !== 0n) data = 3;
  if (data < 4 && v.sliceNs !== 0n) data = 4;
  if (data < 5 && v.processors !== 18446744073709551615n) data = 5;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingParameters(_v: SchedulingParameters, _depth: number): number {
  return 0;
}

export function wordsOfSchedulingParameters(v: SchedulingParameters, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingParameters(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingParameters(v, depth);
}

export function writeSchedulingParameters(v: SchedulingParameters, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  let h8 = 0;
  let h9 = 0;
  if ((v.priority & 0xff) !== v.priority) throw outOfRange('SchedulingParameters.priority', v.priority);
  h0 |= (v.priority ^ 128);
  h2 = splitUint64(v.budgetNs, 'SchedulingParameters.budgetNs');
  h3 = high;
  h4 = splitUint64(v.periodNs, 'SchedulingParameters.periodNs');
  h5 = high;
  h6 = splitUint64(v.sliceNs, 'SchedulingParameters.sliceNs');
  h7 = high;
  h8 = (splitUint64(v.processors, 'SchedulingParameters.processors') ^ -1);
  h9 = (high ^ -1);
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
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

export function putSchedulingParameters(v: SchedulingParameters, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingParameters(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingParameters(v, bytes, top, size, next, end, depth);
}

export function readSchedulingParameters(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingParameters | undefined): SchedulingParameters {
  const priority_ = ((data >= 1 ? bytes[at]! : 0) ^ 128);
  const budgetNs_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const periodNs_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const sliceNs_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const processors_ = data >= 40 ? getUint64(bytes, at + 32, -1, -1) : 18446744073709551615n;
  if (into === undefined) return { priority: priority_, budgetNs: budgetNs_, periodNs: periodNs_, sliceNs: sliceNs_, processors: processors_ };
  into.priority = priority_;
  into.budgetNs = budgetNs_;
  into.periodNs = periodNs_;
  into.sliceNs = sliceNs_;
  into.processors = processors_;
  return into;
}

export function followSchedulingParameters(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingParameters | undefined): SchedulingParameters | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingParameters(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingParameters: Codec<SchedulingParameters> = {
  name: 'SchedulingParameters',
  dataWords: 5,
  pointers: 0,
  encode(value: SchedulingParameters, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingParameters(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingParameters): SchedulingParameters {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingParameters(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingParameters(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingParameters): number {
    return 8 + 8 * wordsOfSchedulingParameters(value, MAX_DEPTH - 1);
  },
};

export function sizeOfContextInfo(v: ContextInfo): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.contextId !== 0n) data = 1;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2) pointers = 2;
  if (data < 2 && v.instructions !== 0n) data = 2;
  if (data < 3 && v.cpuTimeNs !== 0n) data = 3;
  if (data < 4 && v.depletions !== 0n) data = 4;
  if (data < 5 && v.threads !== 0) data = 5;
  if (data < 5 && v.ready !== false) data = 5;
  if (pointers < 3 && v.processes.length !== 0) pointers = 3;
  return data | (pointers << 16);
}

export function wordsBelowContextInfo(v: ContextInfo, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  words += wordsOfSchedulingParameters(v.parameters, depth - 1);
  if (v.processes.length !== 0) words += listWords(v.processes.length, 8);
  return words;
}

export function wordsOfContextInfo(v: ContextInfo, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfContextInfo(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowContextInfo(v, depth);
}

export function writeContextInfo(v: ContextInfo, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
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
  h0 = splitUint64(v.contextId, 'ContextInfo.contextId');
  h1 = high;
  h2 = splitUint64(v.instructions, 'ContextInfo.instructions');
  h3 = high;
  h4 = splitUint64(v.cpuTimeNs, 'ContextInfo.cpuTimeNs');
  h5 = high;
  h6 = splitUint64(v.depletions, 'ContextInfo.depletions');
  h7 = high;
  if (v.threads >>> 0 !== v.threads) throw outOfRange('ContextInfo.threads', v.threads);
  h8 |= v.threads;
  if (v.ready) h9 |= 1;
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
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSchedulingParameters(v.parameters, bytes, base + 8, top, end, depth - 1);
    }
  }
  if (pointers > 2) {
    if (v.processes.length !== 0) {
      top = writeUint64List(v.processes, bytes, base + 16, top, end, 'ContextInfo.processes');
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putContextInfo(v: ContextInfo, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfContextInfo(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeContextInfo(v, bytes, top, size, next, end, depth);
}

export function readContextInfo(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ContextInfo | undefined): ContextInfo {
  const base = at + data;
  const b36 = data > 36 ? bytes[at + 36]! : 0;
  const contextId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const parameters_ = followSchedulingParameters(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.parameters) ?? readSchedulingParameters(bytes, 0, 0, 0, 0, 0, depth, into?.parameters);
  const instructions_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const cpuTimeNs_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const depletions_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const threads_ = (data >= 36 ? getInt32(bytes, at + 32) : 0) >>> 0;
  const ready_ = ((b36 >> 0) & 1) !== 0;
  const processes_ = pointers > 2 ? readUint64List(bytes, base + 16, start, end, depth) : [];
  if (into === undefined) return { contextId: contextId_, name: name_, parameters: parameters_, instructions: instructions_, cpuTimeNs: cpuTimeNs_, depletions: depletions_, threads: threads_, ready: ready_, processes: processes_ };
  into.contextId = contextId_;
  into.name = name_;
  into.parameters = parameters_;
  into.instructions = instructions_;
  into.cpuTimeNs = cpuTimeNs_;
  into.depletions = depletions_;
  into.threads = threads_;
  into.ready = ready_;
  into.processes = processes_;
  return into;
}

export function followContextInfo(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ContextInfo | undefined): ContextInfo | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readContextInfo(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const contextInfo: Codec<ContextInfo> = {
  name: 'ContextInfo',
  dataWords: 5,
  pointers: 3,
  encode(value: ContextInfo, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putContextInfo(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ContextInfo): ContextInfo {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followContextInfo(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readContextInfo(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ContextInfo): number {
    return 8 + 8 * wordsOfContextInfo(value, MAX_DEPTH - 1);
  },
};

export const schedulingContextGetInfoParams: Codec<SchedulingContextGetInfoParams> = /* @__PURE__ */ emptyCodec('SchedulingContextGetInfoParams');

export function sizeOfSchedulingContextGetInfoResults(v: SchedulingContextGetInfoResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingContextGetInfoResults(v: SchedulingContextGetInfoResults, depth: number): number {
  let words = 0;
  words += wordsOfContextInfo(v.info, depth - 1);
  return words;
}

export function wordsOfSchedulingContextGetInfoResults(v: SchedulingContextGetInfoResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingContextGetInfoResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingContextGetInfoResults(v, depth);
}

export function writeSchedulingContextGetInfoResults(v: SchedulingContextGetInfoResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putContextInfo(v.info, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putSchedulingContextGetInfoResults(v: SchedulingContextGetInfoResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingContextGetInfoResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingContextGetInfoResults(v, bytes, top, size, next, end, depth);
}

export function readSchedulingContextGetInfoResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingContextGetInfoResults | undefined): SchedulingContextGetInfoResults {
  const base = at + data;
  const info_ = followContextInfo(bytes, pointers > 0 ? base : -1, start, end, depth, into?.info) ?? readContextInfo(bytes, 0, 0, 0, 0, 0, depth, into?.info);
  if (into === undefined) return { info: info_ };
  into.info = info_;
  return into;
}

export function followSchedulingContextGetInfoResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingContextGetInfoResults | undefined): SchedulingContextGetInfoResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingContextGetInfoResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingContextGetInfoResults: Codec<SchedulingContextGetInfoResults> = {
  name: 'SchedulingContextGetInfoResults',
  dataWords: 0,
  pointers: 1,
  encode(value: SchedulingContextGetInfoResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingContextGetInfoResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingContextGetInfoResults): SchedulingContextGetInfoResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingContextGetInfoResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingContextGetInfoResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingContextGetInfoResults): number {
    return 8 + 8 * wordsOfSchedulingContextGetInfoResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSchedulingContextNotifyDepletedParams(v: SchedulingContextNotifyDepletedParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.notification !== -1) pointers = 1;
  if (data < 1 && v.bits !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingContextNotifyDepletedParams(_v: SchedulingContextNotifyDepletedParams, _depth: number): number {
  return 0;
}

export function wordsOfSchedulingContextNotifyDepletedParams(v: SchedulingContextNotifyDepletedParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingContextNotifyDepletedParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingContextNotifyDepletedParams(v, depth);
}

export function writeSchedulingContextNotifyDepletedParams(v: SchedulingContextNotifyDepletedParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.bits, 'SchedulingContextNotifyDepletedParams.bits');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.notification !== -1) {
      putCapability(v.notification, bytes, base, 'SchedulingContextNotifyDepletedParams.notification');
    } else putNull(bytes, base);
  }
  return top;
}

export function putSchedulingContextNotifyDepletedParams(v: SchedulingContextNotifyDepletedParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingContextNotifyDepletedParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingContextNotifyDepletedParams(v, bytes, top, size, next, end, depth);
}

export function readSchedulingContextNotifyDepletedParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingContextNotifyDepletedParams | undefined): SchedulingContextNotifyDepletedParams {
  const base = at + data;
  const notification_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const bits_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { notification: notification_, bits: bits_ };
  into.notification = notification_;
  into.bits = bits_;
  return into;
}

export function followSchedulingContextNotifyDepletedParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingContextNotifyDepletedParams | undefined): SchedulingContextNotifyDepletedParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingContextNotifyDepletedParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingContextNotifyDepletedParams: Codec<SchedulingContextNotifyDepletedParams> = {
  name: 'SchedulingContextNotifyDepletedParams',
  dataWords: 1,
  pointers: 1,
  encode(value: SchedulingContextNotifyDepletedParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingContextNotifyDepletedParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingContextNotifyDepletedParams): SchedulingContextNotifyDepletedParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingContextNotifyDepletedParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingContextNotifyDepletedParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingContextNotifyDepletedParams): number {
    return 8 + 8 * wordsOfSchedulingContextNotifyDepletedParams(value, MAX_DEPTH - 1);
  },
};

export const schedulingContextNotifyDepletedResults: Codec<SchedulingContextNotifyDepletedResults> = /* @__PURE__ */ emptyCodec('SchedulingContextNotifyDepletedResults');

export const schedulingPolicyListParams: Codec<SchedulingPolicyListParams> = /* @__PURE__ */ emptyCodec('SchedulingPolicyListParams');

export function sizeOfSchedulingPolicyListResults(v: SchedulingPolicyListResults): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.contexts.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingPolicyListResults(v: SchedulingPolicyListResults, depth: number): number {
  let words = 0;
  if (v.contexts.length !== 0) words += wordsOfContextInfoList(v.contexts, depth - 1);
  return words;
}

export function wordsOfSchedulingPolicyListResults(v: SchedulingPolicyListResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyListResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingPolicyListResults(v, depth);
}

export function writeSchedulingPolicyListResults(v: SchedulingPolicyListResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.contexts.length !== 0) {
      top = writeContextInfoList(v.contexts, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putSchedulingPolicyListResults(v: SchedulingPolicyListResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyListResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingPolicyListResults(v, bytes, top, size, next, end, depth);
}

export function readSchedulingPolicyListResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingPolicyListResults | undefined): SchedulingPolicyListResults {
  const base = at + data;
  const contexts_ = pointers > 0 ? readContextInfoList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { contexts: contexts_ };
  into.contexts = contexts_;
  return into;
}

export function followSchedulingPolicyListResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingPolicyListResults | undefined): SchedulingPolicyListResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingPolicyListResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingPolicyListResults: Codec<SchedulingPolicyListResults> = {
  name: 'SchedulingPolicyListResults',
  dataWords: 0,
  pointers: 1,
  encode(value: SchedulingPolicyListResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingPolicyListResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingPolicyListResults): SchedulingPolicyListResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingPolicyListResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingPolicyListResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingPolicyListResults): number {
    return 8 + 8 * wordsOfSchedulingPolicyListResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSchedulingPolicyConfigureParams(v: SchedulingPolicyConfigureParams): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.contextId !== 0n) data = 1;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingPolicyConfigureParams(v: SchedulingPolicyConfigureParams, depth: number): number {
  let words = 0;
  words += wordsOfSchedulingParameters(v.parameters, depth - 1);
  return words;
}

export function wordsOfSchedulingPolicyConfigureParams(v: SchedulingPolicyConfigureParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyConfigureParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingPolicyConfigureParams(v, depth);
}

export function writeSchedulingPolicyConfigureParams(v: SchedulingPolicyConfigureParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.contextId, 'SchedulingPolicyConfigureParams.contextId');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putSchedulingParameters(v.parameters, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putSchedulingPolicyConfigureParams(v: SchedulingPolicyConfigureParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyConfigureParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingPolicyConfigureParams(v, bytes, top, size, next, end, depth);
}

export function readSchedulingPolicyConfigureParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingPolicyConfigureParams | undefined): SchedulingPolicyConfigureParams {
  const base = at + data;
  const contextId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const parameters_ = followSchedulingParameters(bytes, pointers > 0 ? base : -1, start, end, depth, into?.parameters) ?? readSchedulingParameters(bytes, 0, 0, 0, 0, 0, depth, into?.parameters);
  if (into === undefined) return { contextId: contextId_, parameters: parameters_ };
  into.contextId = contextId_;
  into.parameters = parameters_;
  return into;
}

export function followSchedulingPolicyConfigureParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingPolicyConfigureParams | undefined): SchedulingPolicyConfigureParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingPolicyConfigureParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingPolicyConfigureParams: Codec<SchedulingPolicyConfigureParams> = {
  name: 'SchedulingPolicyConfigureParams',
  dataWords: 1,
  pointers: 1,
  encode(value: SchedulingPolicyConfigureParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingPolicyConfigureParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingPolicyConfigureParams): SchedulingPolicyConfigureParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingPolicyConfigureParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingPolicyConfigureParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingPolicyConfigureParams): number {
    return 8 + 8 * wordsOfSchedulingPolicyConfigureParams(value, MAX_DEPTH - 1);
  },
};

export const schedulingPolicyConfigureResults: Codec<SchedulingPolicyConfigureResults> = /* @__PURE__ */ emptyCodec('SchedulingPolicyConfigureResults');

export function sizeOfSchedulingPolicyCreateParams(v: SchedulingPolicyCreateParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingPolicyCreateParams(v: SchedulingPolicyCreateParams, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  words += wordsOfSchedulingParameters(v.parameters, depth - 1);
  return words;
}

export function wordsOfSchedulingPolicyCreateParams(v: SchedulingPolicyCreateParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyCreateParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingPolicyCreateParams(v, depth);
}

export function writeSchedulingPolicyCreateParams(v: SchedulingPolicyCreateParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putSchedulingParameters(v.parameters, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putSchedulingPolicyCreateParams(v: SchedulingPolicyCreateParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyCreateParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingPolicyCreateParams(v, bytes, top, size, next, end, depth);
}

export function readSchedulingPolicyCreateParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingPolicyCreateParams | undefined): SchedulingPolicyCreateParams {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const parameters_ = followSchedulingParameters(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.parameters) ?? readSchedulingParameters(bytes, 0, 0, 0, 0, 0, depth, into?.parameters);
  if (into === undefined) return { name: name_, parameters: parameters_ };
  into.name = name_;
  into.parameters = parameters_;
  return into;
}

export function followSchedulingPolicyCreateParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingPolicyCreateParams | undefined): SchedulingPolicyCreateParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingPolicyCreateParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingPolicyCreateParams: Codec<SchedulingPolicyCreateParams> = {
  name: 'SchedulingPolicyCreateParams',
  dataWords: 0,
  pointers: 2,
  encode(value: SchedulingPolicyCreateParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingPolicyCreateParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingPolicyCreateParams): SchedulingPolicyCreateParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingPolicyCreateParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingPolicyCreateParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingPolicyCreateParams): number {
    return 8 + 8 * wordsOfSchedulingPolicyCreateParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSchedulingPolicyCreateResults(v: SchedulingPolicyCreateResults): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.context !== -1) pointers = 1;
  if (data < 1 && v.contextId !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingPolicyCreateResults(_v: SchedulingPolicyCreateResults, _depth: number): number {
  return 0;
}

export function wordsOfSchedulingPolicyCreateResults(v: SchedulingPolicyCreateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyCreateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingPolicyCreateResults(v, depth);
}

export function writeSchedulingPolicyCreateResults(v: SchedulingPolicyCreateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.contextId, 'SchedulingPolicyCreateResults.contextId');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.context !== -1) {
      putCapability(v.context, bytes, base, 'SchedulingPolicyCreateResults.context');
    } else putNull(bytes, base);
  }
  return top;
}

export function putSchedulingPolicyCreateResults(v: SchedulingPolicyCreateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyCreateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingPolicyCreateResults(v, bytes, top, size, next, end, depth);
}

export function readSchedulingPolicyCreateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingPolicyCreateResults | undefined): SchedulingPolicyCreateResults {
  const base = at + data;
  const context_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const contextId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { context: context_, contextId: contextId_ };
  into.context = context_;
  into.contextId = contextId_;
  return into;
}

export function followSchedulingPolicyCreateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingPolicyCreateResults | undefined): SchedulingPolicyCreateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingPolicyCreateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingPolicyCreateResults: Codec<SchedulingPolicyCreateResults> = {
  name: 'SchedulingPolicyCreateResults',
  dataWords: 1,
  pointers: 1,
  encode(value: SchedulingPolicyCreateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingPolicyCreateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingPolicyCreateResults): SchedulingPolicyCreateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingPolicyCreateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingPolicyCreateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingPolicyCreateResults): number {
    return 8 + 8 * wordsOfSchedulingPolicyCreateResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfSchedulingPolicyBindParams(v: SchedulingPolicyBindParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.processId !== 0n) data = 1;
  if (data < 2 && v.contextId !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingPolicyBindParams(_v: SchedulingPolicyBindParams, _depth: number): number {
  return 0;
}

export function wordsOfSchedulingPolicyBindParams(v: SchedulingPolicyBindParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyBindParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingPolicyBindParams(v, depth);
}

export function writeSchedulingPolicyBindParams(v: SchedulingPolicyBindParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 = splitUint64(v.processId, 'SchedulingPolicyBindParams.processId');
  h1 = high;
  h2 = splitUint64(v.contextId, 'SchedulingPolicyBindParams.contextId');
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

export function putSchedulingPolicyBindParams(v: SchedulingPolicyBindParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyBindParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingPolicyBindParams(v, bytes, top, size, next, end, depth);
}

export function readSchedulingPolicyBindParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingPolicyBindParams | undefined): SchedulingPolicyBindParams {
  const processId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const contextId_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { processId: processId_, contextId: contextId_ };
  into.processId = processId_;
  into.contextId = contextId_;
  return into;
}

export function followSchedulingPolicyBindParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingPolicyBindParams | undefined): SchedulingPolicyBindParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingPolicyBindParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingPolicyBindParams: Codec<SchedulingPolicyBindParams> = {
  name: 'SchedulingPolicyBindParams',
  dataWords: 2,
  pointers: 0,
  encode(value: SchedulingPolicyBindParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingPolicyBindParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingPolicyBindParams): SchedulingPolicyBindParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingPolicyBindParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingPolicyBindParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingPolicyBindParams): number {
    return 8 + 8 * wordsOfSchedulingPolicyBindParams(value, MAX_DEPTH - 1);
  },
};

export const schedulingPolicyBindResults: Codec<SchedulingPolicyBindResults> = /* @__PURE__ */ emptyCodec('SchedulingPolicyBindResults');

export function sizeOfSchedulingPolicyAttendParams(v: SchedulingPolicyAttendParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.leaseNs !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowSchedulingPolicyAttendParams(_v: SchedulingPolicyAttendParams, _depth: number): number {
  return 0;
}

export function wordsOfSchedulingPolicyAttendParams(v: SchedulingPolicyAttendParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyAttendParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowSchedulingPolicyAttendParams(v, depth);
}

export function writeSchedulingPolicyAttendParams(v: SchedulingPolicyAttendParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.leaseNs, 'SchedulingPolicyAttendParams.leaseNs');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putSchedulingPolicyAttendParams(v: SchedulingPolicyAttendParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfSchedulingPolicyAttendParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeSchedulingPolicyAttendParams(v, bytes, top, size, next, end, depth);
}

export function readSchedulingPolicyAttendParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: SchedulingPolicyAttendParams | undefined): SchedulingPolicyAttendParams {
  const leaseNs_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { leaseNs: leaseNs_ };
  into.leaseNs = leaseNs_;
  return into;
}

export function followSchedulingPolicyAttendParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: SchedulingPolicyAttendParams | undefined): SchedulingPolicyAttendParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readSchedulingPolicyAttendParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const schedulingPolicyAttendParams: Codec<SchedulingPolicyAttendParams> = {
  name: 'SchedulingPolicyAttendParams',
  dataWords: 1,
  pointers: 0,
  encode(value: SchedulingPolicyAttendParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putSchedulingPolicyAttendParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: SchedulingPolicyAttendParams): SchedulingPolicyAttendParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followSchedulingPolicyAttendParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readSchedulingPolicyAttendParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: SchedulingPolicyAttendParams): number {
    return 8 + 8 * wordsOfSchedulingPolicyAttendParams(value, MAX_DEPTH - 1);
  },
};

export const schedulingPolicyAttendResults: Codec<SchedulingPolicyAttendResults> = /* @__PURE__ */ emptyCodec('SchedulingPolicyAttendResults');

export const schedulingPolicyResignParams: Codec<SchedulingPolicyResignParams> = /* @__PURE__ */ emptyCodec('SchedulingPolicyResignParams');

export const schedulingPolicyResignResults: Codec<SchedulingPolicyResignResults> = /* @__PURE__ */ emptyCodec('SchedulingPolicyResignResults');

/** A share of the processor. ThreadControl.bind puts a thread of the holder's on it. */
export const SchedulingContext: {
  readonly id: 0xc0a7dde8b7144934n;
  readonly name: 'SchedulingContext';
  readonly methods: {
    readonly getInfo: MethodDescriptor<SchedulingContextGetInfoParams, SchedulingContextGetInfoResults>;
    readonly notifyDepleted: MethodDescriptor<SchedulingContextNotifyDepletedParams, SchedulingContextNotifyDepletedResults>;
  };
} = {
  id: 0xc0a7dde8b7144934n,
  name: 'SchedulingContext',
  methods: {
    getInfo: { ordinal: 0, name: 'getInfo', params: schedulingContextGetInfoParams, results: schedulingContextGetInfoResults },
    /**
     * The timeout fault: signals when the context has something to run and no budget left. It runs again when budget comes back,
     * or when its policy is changed. bits 0: nobody is told any more.
     */
    notifyDepleted: { ordinal: 1, name: 'notifyDepleted', params: schedulingContextNotifyDepletedParams, results: schedulingContextNotifyDepletedResults },
  },
} as const satisfies InterfaceDescriptor;

/** Decides about every context there is. */
export const SchedulingPolicy: {
  readonly id: 0xa2ec27dc2de4ac1an;
  readonly name: 'SchedulingPolicy';
  readonly methods: {
    readonly list: MethodDescriptor<SchedulingPolicyListParams, SchedulingPolicyListResults>;
    readonly configure: MethodDescriptor<SchedulingPolicyConfigureParams, SchedulingPolicyConfigureResults>;
    readonly create: MethodDescriptor<SchedulingPolicyCreateParams, SchedulingPolicyCreateResults>;
    readonly bind: MethodDescriptor<SchedulingPolicyBindParams, SchedulingPolicyBindResults>;
    readonly attend: MethodDescriptor<SchedulingPolicyAttendParams, SchedulingPolicyAttendResults>;
    readonly resign: MethodDescriptor<SchedulingPolicyResignParams, SchedulingPolicyResignResults>;
  };
} = {
  id: 0xa2ec27dc2de4ac1an,
  name: 'SchedulingPolicy',
  methods: {
    list: { ordinal: 0, name: 'list', params: schedulingPolicyListParams, results: schedulingPolicyListResults },
    /** invalidArgument: no such context, or parameters that make no sense. failed: another process attends. */
    configure: { ordinal: 1, name: 'configure', params: schedulingPolicyConfigureParams, results: schedulingPolicyConfigureResults },
    /** A context that no process has yet, on the caller's account. */
    create: { ordinal: 2, name: 'create', params: schedulingPolicyCreateParams, results: schedulingPolicyCreateResults, returnsCapabilities: true },
    /** Every thread of a process runs on that context from now on; 0: on none of its own, only on what those who wait for it lend. */
    bind: { ordinal: 3, name: 'bind', params: schedulingPolicyBindParams, results: schedulingPolicyBindResults },
    /**
     * The caller takes charge for so long; renewing is calling again. When the lease runs out, the caller ends or another process
     * attends, everything that it configured meanwhile is undone: the kernel's round robin goes on.
     */
    attend: { ordinal: 4, name: 'attend', params: schedulingPolicyAttendParams, results: schedulingPolicyAttendResults },
    /** The caller is no longer in charge. Without effect on one that is not. */
    resign: { ordinal: 5, name: 'resign', params: schedulingPolicyResignParams, results: schedulingPolicyResignResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfContextInfoList(list: readonly ContextInfo[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfContextInfo(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowContextInfo(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeContextInfoList(list: readonly (ContextInfo)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfContextInfo(list[index]!);
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
    top = writeContextInfo(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readContextInfoList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ContextInfo)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ContextInfo>(count);
  for (let index = 0; index < count; index++) list[index] = readContextInfo(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
