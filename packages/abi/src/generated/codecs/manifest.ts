// Generated from manifest.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// A system as data: which programs, which services, who holds what.

import {
  type Codec,
  MAX_DEPTH,
  beginMessage,
  beginWrite,
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
  readTextList,
  splitUint64,
  textListWords,
  textWords,
  tooDeep,
  unknownMember,
  writeText,
  writeTextList,
} from '../../codec-runtime.ts';
import { type ResourceAmount, readResourceAmount, sizeOfResourceAmount, wordsBelowResourceAmount, writeResourceAmount } from './accounting.ts';

/** A number is an enumerant that this schema does not know. */
export type GroupStrategy =
/** whichever ended */
| 'oneForOne'
/** it, and those started after it */
| 'restForOne'
/** all of them */
| 'oneForAll'
| number;

/** The enumerants of GroupStrategy in the order of their numbers. */
export const namesOfGroupStrategy: readonly GroupStrategy[] = ['oneForOne', 'restForOne', 'oneForAll'];

export function numberOfGroupStrategy(value: GroupStrategy, field: string): number {
  switch (value) {
    case 'oneForOne':
    return 0;
    case 'restForOne':
    return 1;
    case 'oneForAll':
    return 2;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** A number is an enumerant that this schema does not know. */
export type ServiceRestart =
| 'temporary'
| 'transient'
| 'permanent'
| number;

/** The enumerants of ServiceRestart in the order of their numbers. */
export const namesOfServiceRestart: readonly ServiceRestart[] = ['temporary', 'transient', 'permanent'];

export function numberOfServiceRestart(value: ServiceRestart, field: string): number {
  switch (value) {
    case 'temporary':
    return 0;
    case 'transient':
    return 1;
    case 'permanent':
    return 2;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/**
 * What becomes of a running service whose program, arguments or environment a new manifest changes.
 * A number is an enumerant that this schema does not know.
 */
export type ServiceUpgrade =
/** ended and started anew */
| 'restart'
/** live: it serves Upgradable (lifecycle.capnp) at the endpoint it finds as `upgrade` */
| 'handOver'
| number;

/** The enumerants of ServiceUpgrade in the order of their numbers. */
export const namesOfServiceUpgrade: readonly ServiceUpgrade[] = ['restart', 'handOver'];

export function numberOfServiceUpgrade(value: ServiceUpgrade, field: string): number {
  switch (value) {
    case 'restart':
    return 0;
    case 'handOver':
    return 1;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

export interface Manifest {
  version: number;
  name: string;
  programs: readonly Program[];
  services: readonly Service[];
  /** The service whose end is the system's: init then stops the others and exits with its status. Empty: when all have ended. */
  main: string;
  groups: readonly Group[];
}

/** Services that start again together. A service in no group is a group of its own. */
export interface Group {
  name: string;
  strategy: GroupStrategy;
  /** Restarts within a period; when more are needed, the group ends as a whole. */
  intensity: number;
  periodMs: number;
  /** The group that starts this one again when it ended; empty: nobody does. */
  parent: string;
  /** Whether the parent does. */
  restart: ServiceRestart;
}

/** Something that can be spawned. */
export type Program = {
  name: string;
} & (
  /** name of a blob in the boot package */
  | { which: 'elf'; elf: string }
  /** name of a TypeScript program that the embedder registered */
  | { which: 'hosted'; hosted: string }
);

export interface Service {
  name: string;
  program: string;
  /** argv, from argv[0] on; empty stands for the service's name. */
  arguments: readonly string[];
  environment: readonly string[];
  imports: readonly Import[];
  exports: readonly Export[];
  /** temporary: never again. transient: after a failure. permanent: whenever it ends. */
  restart: ServiceRestart;
  /** Restarts within a minute; init gives up on a service that needs more. Without meaning for a service in a group. */
  restartLimit: number;
  /** Empty: a group of its own. */
  group: string;
  upgrade: ServiceUpgrade;
  /** The most it may use of a resource, what it starts included. */
  limits: readonly ResourceAmount[];
}

export interface ImportService {
  /** an export of another service */
  service: string;
  export: string;
}

export type Import = {
  /** under which the service finds it in its CapSet */
  name: string;
  interfaceId: bigint;
  /** for a service import: the badge of the facet minted for this holder; 0 lets init number it */
  badge: bigint;
} & (
  /** an object of the kernel or board: console, timer, entropy, … */
  | { which: 'kernel'; kernel: string }
  | { which: 'service'; service: ImportService }
);

export interface Export {
  name: string;
  interfaceId: bigint;
}

export function sizeOfManifest(v: Manifest): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.version !== 1) data = 1;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.programs.length !== 0) pointers = 2;
  if (pointers < 3 && v.services.length !== 0) pointers = 3;
  if (pointers < 4 && v.main !== '') pointers = 4;
  if (pointers < 5 && v.groups.length !== 0) pointers = 5;
  return data | (pointers << 16);
}

export function wordsBelowManifest(v: Manifest, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.programs.length !== 0) words += wordsOfProgramList(v.programs, depth - 1);
  if (v.services.length !== 0) words += wordsOfServiceList(v.services, depth - 1);
  if (v.main !== '') words += textWords(v.main);
  if (v.groups.length !== 0) words += wordsOfGroupList(v.groups, depth - 1);
  return words;
}

export function wordsOfManifest(v: Manifest, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfManifest(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowManifest(v, depth);
}

export function writeManifest(v: Manifest, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.version >>> 0 !== v.version) throw outOfRange('Manifest.version', v.version);
  h0 |= (v.version ^ 1);
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
  if (pointers > 1) {
    if (v.programs.length !== 0) {
      top = writeProgramList(v.programs, bytes, base + 8, top, end, depth - 1);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.services.length !== 0) {
      top = writeServiceList(v.services, bytes, base + 16, top, end, depth - 1);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.main !== '') {
      top = writeText(v.main, bytes, base + 24, top, end);
    } else putNull(bytes, base + 24);
  }
  if (pointers > 4) {
    if (v.groups.length !== 0) {
      top = writeGroupList(v.groups, bytes, base + 32, top, end, depth - 1);
    } else putNull(bytes, base + 32);
  }
  return top;
}

export function putManifest(v: Manifest, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfManifest(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeManifest(v, bytes, top, size, next, end, depth);
}

export function readManifest(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Manifest | undefined): Manifest {
  const base = at + data;
  const version_ = ((data >= 4 ? getInt32(bytes, at) : 0) ^ 1) >>> 0;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const programs_ = pointers > 1 ? readProgramList(bytes, base + 8, start, end, depth) : [];
  const services_ = pointers > 2 ? readServiceList(bytes, base + 16, start, end, depth) : [];
  const main_ = pointers > 3 ? readText(bytes, base + 24, start, end, depth, '') : '';
  const groups_ = pointers > 4 ? readGroupList(bytes, base + 32, start, end, depth) : [];
  if (into === undefined) return { version: version_, name: name_, programs: programs_, services: services_, main: main_, groups: groups_ };
  into.version = version_;
  into.name = name_;
  into.programs = programs_;
  into.services = services_;
  into.main = main_;
  into.groups = groups_;
  return into;
}

export function followManifest(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Manifest | undefined): Manifest | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readManifest(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const manifest: Codec<Manifest> = {
  name: 'Manifest',
  dataWords: 1,
  pointers: 5,
  encode(value: Manifest, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putManifest(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Manifest): Manifest {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followManifest(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readManifest(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Manifest): number {
    return 8 + 8 * wordsOfManifest(value, MAX_DEPTH - 1);
  },
};

export function sizeOfGroup(v: Group): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && numberOfGroupStrategy(v.strategy, 'Group.strategy') !== 0) data = 1;
  if (data < 1 && v.intensity !== 1) data = 1;
  if (data < 1 && v.periodMs !== 5000) data = 1;
  if (pointers < 2 && v.parent !== '') pointers = 2;
  if (data < 2 && numberOfServiceRestart(v.restart, 'Group.restart') !== 2) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowGroup(v: Group, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.parent !== '') words += textWords(v.parent);
  return words;
}

export function wordsOfGroup(v: Group, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfGroup(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowGroup(v, depth);
}

export function writeGroup(v: Group, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 |= numberOfGroupStrategy(v.strategy, 'Group.strategy');
  if ((v.intensity & 0xffff) !== v.intensity) throw outOfRange('Group.intensity', v.intensity);
  h0 |= (v.intensity ^ 1) << 16;
  if (v.periodMs >>> 0 !== v.periodMs) throw outOfRange('Group.periodMs', v.periodMs);
  h1 |= (v.periodMs ^ 5000);
  h2 |= (numberOfServiceRestart(v.restart, 'Group.restart') ^ 2);
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
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.parent !== '') {
      top = writeText(v.parent, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putGroup(v: Group, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfGroup(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeGroup(v, bytes, top, size, next, end, depth);
}

export function readGroup(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Group | undefined): Group {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const strategy_ = nameOf(namesOfGroupStrategy, (data >= 2 ? getUint16(bytes, at) : 0));
  const intensity_ = ((data >= 4 ? getUint16(bytes, at + 2) : 0) ^ 1);
  const periodMs_ = ((data >= 8 ? getInt32(bytes, at + 4) : 0) ^ 5000) >>> 0;
  const parent_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
  const restart_ = nameOf(namesOfServiceRestart, ((data >= 10 ? getUint16(bytes, at + 8) : 0) ^ 2));
  if (into === undefined) return { name: name_, strategy: strategy_, intensity: intensity_, periodMs: periodMs_, parent: parent_, restart: restart_ };
  into.name = name_;
  into.strategy = strategy_;
  into.intensity = intensity_;
  into.periodMs = periodMs_;
  into.parent = parent_;
  into.restart = restart_;
  return into;
}

export function followGroup(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Group | undefined): Group | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readGroup(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const group: Codec<Group> = {
  name: 'Group',
  dataWords: 2,
  pointers: 2,
  encode(value: Group, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putGroup(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Group): Group {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followGroup(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readGroup(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Group): number {
    return 8 + 8 * wordsOfGroup(value, MAX_DEPTH - 1);
  },
};

export function sizeOfProgram(v: Program): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  switch (v.which) {
    case 'elf': {
      if (pointers < 2 && v.elf !== '') pointers = 2;
      break;
    }
    case 'hosted': {
      if (data < 1) data = 1;
      if (pointers < 2 && v.hosted !== '') pointers = 2;
      break;
    }
    default: {
      throw outOfRange('Program.which', (v as { which: unknown }).which);
    }
  }
  return data | (pointers << 16);
}

export function wordsBelowProgram(v: Program, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  switch (v.which) {
    case 'elf': {
      if (v.elf !== '') words += textWords(v.elf);
      break;
    }
    case 'hosted': {
      if (v.hosted !== '') words += textWords(v.hosted);
      break;
    }
    default: {
      break;
    }
  }
  return words;
}

export function wordsOfProgram(v: Program, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProgram(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowProgram(v, depth);
}

export function writeProgram(v: Program, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  switch (v.which) {
    case 'elf': {
      break;
    }
    case 'hosted': {
      h0 |= 1;
      break;
    }
    default: {
      throw outOfRange('Program.which', (v as { which: unknown }).which);
    }
  }
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
  if (pointers > 1) {
    if (v.which === 'elf' && v.elf !== '') {
      top = writeText(v.elf, bytes, base + 8, top, end);
    } else if (v.which === 'hosted' && v.hosted !== '') {
      top = writeText(v.hosted, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putProgram(v: Program, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfProgram(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeProgram(v, bytes, top, size, next, end, depth);
}

export function readProgram(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Program | undefined): Program {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const which = data >= 2 ? getUint16(bytes, at + 0) : 0;
  switch (which) {
    case 0: {
      const value = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
      if (into === undefined || into.which !== 'elf') return { name: name_, which: 'elf', elf: value };
      into.elf = value;
      into.name = name_;
      return into;
    }
    case 1: {
      const value = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
      if (into === undefined || into.which !== 'hosted') return { name: name_, which: 'hosted', hosted: value };
      into.hosted = value;
      into.name = name_;
      return into;
    }
    default:
    throw unknownMember('Program', which);
  }
}

export function followProgram(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Program | undefined): Program | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readProgram(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const program: Codec<Program> = {
  name: 'Program',
  dataWords: 1,
  pointers: 2,
  encode(value: Program, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putProgram(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Program): Program {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followProgram(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readProgram(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Program): number {
    return 8 + 8 * wordsOfProgram(value, MAX_DEPTH - 1);
  },
};

export function sizeOfService(v: Service): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (pointers < 2 && v.program !== '') pointers = 2;
  if (pointers < 3 && v.arguments.length !== 0) pointers = 3;
  if (pointers < 4 && v.environment.length !== 0) pointers = 4;
  if (pointers < 5 && v.imports.length !== 0) pointers = 5;
  if (pointers < 6 && v.exports.length !== 0) pointers = 6;
  if (data < 1 && numberOfServiceRestart(v.restart, 'Service.restart') !== 0) data = 1;
  if (data < 1 && v.restartLimit !== 5) data = 1;
  if (pointers < 7 && v.group !== '') pointers = 7;
  if (data < 1 && numberOfServiceUpgrade(v.upgrade, 'Service.upgrade') !== 0) data = 1;
  if (pointers < 8 && v.limits.length !== 0) pointers = 8;
  return data | (pointers << 16);
}

export function wordsBelowService(v: Service, depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  if (v.program !== '') words += textWords(v.program);
  if (v.arguments.length !== 0) words += textListWords(v.arguments);
  if (v.environment.length !== 0) words += textListWords(v.environment);
  if (v.imports.length !== 0) words += wordsOfImportList(v.imports, depth - 1);
  if (v.exports.length !== 0) words += wordsOfExportList(v.exports, depth - 1);
  if (v.group !== '') words += textWords(v.group);
  if (v.limits.length !== 0) words += wordsOfResourceAmountList(v.limits, depth - 1);
  return words;
}

export function wordsOfService(v: Service, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfService(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowService(v, depth);
}

export function writeService(v: Service, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 |= numberOfServiceRestart(v.restart, 'Service.restart');
  if ((v.restartLimit & 0xffff) !== v.restartLimit) throw outOfRange('Service.restartLimit', v.restartLimit);
  h0 |= (v.restartLimit ^ 5) << 16;
  h1 |= numberOfServiceUpgrade(v.upgrade, 'Service.upgrade');
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
  if (pointers > 1) {
    if (v.program !== '') {
      top = writeText(v.program, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.arguments.length !== 0) {
      top = writeTextList(v.arguments, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  if (pointers > 3) {
    if (v.environment.length !== 0) {
      top = writeTextList(v.environment, bytes, base + 24, top, end);
    } else putNull(bytes, base + 24);
  }
  if (pointers > 4) {
    if (v.imports.length !== 0) {
      top = writeImportList(v.imports, bytes, base + 32, top, end, depth - 1);
    } else putNull(bytes, base + 32);
  }
  if (pointers > 5) {
    if (v.exports.length !== 0) {
      top = writeExportList(v.exports, bytes, base + 40, top, end, depth - 1);
    } else putNull(bytes, base + 40);
  }
  if (pointers > 6) {
    if (v.group !== '') {
      top = writeText(v.group, bytes, base + 48, top, end);
    } else putNull(bytes, base + 48);
  }
  if (pointers > 7) {
    if (v.limits.length !== 0) {
      top = writeResourceAmountList(v.limits, bytes, base + 56, top, end, depth - 1);
    } else putNull(bytes, base + 56);
  }
  return top;
}

export function putService(v: Service, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfService(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeService(v, bytes, top, size, next, end, depth);
}

export function readService(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Service | undefined): Service {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const program_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
  const arguments_ = pointers > 2 ? readTextList(bytes, base + 16, start, end, depth) : [];
  const environment_ = pointers > 3 ? readTextList(bytes, base + 24, start, end, depth) : [];
  const imports_ = pointers > 4 ? readImportList(bytes, base + 32, start, end, depth) : [];
  const exports_ = pointers > 5 ? readExportList(bytes, base + 40, start, end, depth) : [];
  const restart_ = nameOf(namesOfServiceRestart, (data >= 2 ? getUint16(bytes, at) : 0));
  const restartLimit_ = ((data >= 4 ? getUint16(bytes, at + 2) : 0) ^ 5);
  const group_ = pointers > 6 ? readText(bytes, base + 48, start, end, depth, '') : '';
  const upgrade_ = nameOf(namesOfServiceUpgrade, (data >= 6 ? getUint16(bytes, at + 4) : 0));
  const limits_ = pointers > 7 ? readResourceAmountList(bytes, base + 56, start, end, depth) : [];
  if (into === undefined) return { name: name_, program: program_, arguments: arguments_, environment: environment_, imports: imports_, exports: exports_, restart: restart_, restartLimit: restartLimit_, group: group_, upgrade: upgrade_, limits: limits_ };
  into.name = name_;
  into.program = program_;
  into.arguments = arguments_;
  into.environment = environment_;
  into.imports = imports_;
  into.exports = exports_;
  into.restart = restart_;
  into.restartLimit = restartLimit_;
  into.group = group_;
  into.upgrade = upgrade_;
  into.limits = limits_;
  return into;
}

export function followService(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Service | undefined): Service | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readService(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const service: Codec<Service> = {
  name: 'Service',
  dataWords: 1,
  pointers: 8,
  encode(value: Service, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putService(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Service): Service {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followService(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readService(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Service): number {
    return 8 + 8 * wordsOfService(value, MAX_DEPTH - 1);
  },
};

export function sizeOfImport(v: Import): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.interfaceId !== 0n) data = 1;
  if (data < 3 && v.badge !== 0n) data = 3;
  switch (v.which) {
    case 'kernel': {
      if (pointers < 2 && v.kernel !== '') pointers = 2;
      break;
    }
    case 'service': {
      if (data < 2) data = 2;
      if (pointers < 2 && v.service.service !== '') pointers = 2;
      if (pointers < 3 && v.service.export !== '') pointers = 3;
      break;
    }
    default: {
      throw outOfRange('Import.which', (v as { which: unknown }).which);
    }
  }
  return data | (pointers << 16);
}

export function wordsBelowImport(v: Import, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  switch (v.which) {
    case 'kernel': {
      if (v.kernel !== '') words += textWords(v.kernel);
      break;
    }
    case 'service': {
      if (v.service.service !== '') words += textWords(v.service.service);
      if (v.service.export !== '') words += textWords(v.service.export);
      break;
    }
    default: {
      break;
    }
  }
  return words;
}

export function wordsOfImport(v: Import, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImport(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowImport(v, depth);
}

export function writeImport(v: Import, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h4 = 0;
  let h5 = 0;
  h0 = splitUint64(v.interfaceId, 'Import.interfaceId');
  h1 = high;
  h4 = splitUint64(v.badge, 'Import.badge');
  h5 = high;
  switch (v.which) {
    case 'kernel': {
      break;
    }
    case 'service': {
      h2 |= 1;
      break;
    }
    default: {
      throw outOfRange('Import.which', (v as { which: unknown }).which);
    }
  }
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
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name !== '') {
      top = writeText(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.which === 'kernel' && v.kernel !== '') {
      top = writeText(v.kernel, bytes, base + 8, top, end);
    } else if (v.which === 'service' && v.service.service !== '') {
      top = writeText(v.service.service, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.which === 'service' && v.service.export !== '') {
      top = writeText(v.service.export, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putImport(v: Import, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfImport(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeImport(v, bytes, top, size, next, end, depth);
}

function readImportService(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ImportService | undefined): ImportService {
  const base = at + data;
  const service_ = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
  const export_ = pointers > 2 ? readText(bytes, base + 16, start, end, depth, '') : '';
  if (into === undefined) return { service: service_, export: export_ };
  into.service = service_;
  into.export = export_;
  return into;
}

export function readImport(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Import | undefined): Import {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const interfaceId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const badge_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const which = data >= 10 ? getUint16(bytes, at + 8) : 0;
  switch (which) {
    case 0: {
      const value = pointers > 1 ? readText(bytes, base + 8, start, end, depth, '') : '';
      if (into === undefined || into.which !== 'kernel') return { name: name_, interfaceId: interfaceId_, badge: badge_, which: 'kernel', kernel: value };
      into.kernel = value;
      into.name = name_;
      into.interfaceId = interfaceId_;
      into.badge = badge_;
      return into;
    }
    case 1: {
      const value = readImportService(bytes, at, data, pointers, start, end, depth, into !== undefined && into.which === 'service' ? into.service : undefined);
      if (into === undefined || into.which !== 'service') return { name: name_, interfaceId: interfaceId_, badge: badge_, which: 'service', service: value };
      into.service = value;
      into.name = name_;
      into.interfaceId = interfaceId_;
      into.badge = badge_;
      return into;
    }
    default:
    throw unknownMember('Import', which);
  }
}

export function followImport(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Import | undefined): Import | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readImport(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const importCodec: Codec<Import> = {
  name: 'Import',
  dataWords: 3,
  pointers: 3,
  encode(value: Import, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putImport(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Import): Import {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followImport(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readImport(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Import): number {
    return 8 + 8 * wordsOfImport(value, MAX_DEPTH - 1);
  },
};

export function sizeOfExport(v: Export): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name !== '') pointers = 1;
  if (data < 1 && v.interfaceId !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowExport(v: Export, _depth: number): number {
  let words = 0;
  if (v.name !== '') words += textWords(v.name);
  return words;
}

export function wordsOfExport(v: Export, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfExport(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowExport(v, depth);
}

export function writeExport(v: Export, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.interfaceId, 'Export.interfaceId');
  h1 = high;
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

export function putExport(v: Export, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfExport(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeExport(v, bytes, top, size, next, end, depth);
}

export function readExport(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Export | undefined): Export {
  const base = at + data;
  const name_ = pointers > 0 ? readText(bytes, base, start, end, depth, '') : '';
  const interfaceId_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { name: name_, interfaceId: interfaceId_ };
  into.name = name_;
  into.interfaceId = interfaceId_;
  return into;
}

export function followExport(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Export | undefined): Export | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readExport(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const exportCodec: Codec<Export> = {
  name: 'Export',
  dataWords: 1,
  pointers: 1,
  encode(value: Export, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putExport(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Export): Export {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followExport(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readExport(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Export): number {
    return 8 + 8 * wordsOfExport(value, MAX_DEPTH - 1);
  },
};

function wordsOfProgramList(list: readonly Program[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfProgram(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowProgram(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function wordsOfServiceList(list: readonly Service[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfService(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowService(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function wordsOfGroupList(list: readonly Group[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfGroup(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowGroup(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeProgramList(list: readonly (Program)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfProgram(list[index]!);
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
    top = writeProgram(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function writeServiceList(list: readonly (Service)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfService(list[index]!);
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
    top = writeService(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function writeGroupList(list: readonly (Group)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfGroup(list[index]!);
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
    top = writeGroup(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readProgramList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Program)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Program>(count);
  for (let index = 0; index < count; index++) list[index] = readProgram(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readServiceList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Service)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Service>(count);
  for (let index = 0; index < count; index++) list[index] = readService(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readGroupList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Group)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Group>(count);
  for (let index = 0; index < count; index++) list[index] = readGroup(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfImportList(list: readonly Import[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfImport(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowImport(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function wordsOfExportList(list: readonly Export[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfExport(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowExport(item, depth - 1);
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

function writeImportList(list: readonly (Import)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfImport(list[index]!);
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
    top = writeImport(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function writeExportList(list: readonly (Export)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfExport(list[index]!);
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
    top = writeExport(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
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

function readImportList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Import)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Import>(count);
  for (let index = 0; index < count; index++) list[index] = readImport(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readExportList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (Export)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<Export>(count);
  for (let index = 0; index < count; index++) list[index] = readExport(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function readResourceAmountList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (ResourceAmount)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<ResourceAmount>(count);
  for (let index = 0; index < count; index++) list[index] = readResourceAmount(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
