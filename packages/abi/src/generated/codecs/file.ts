// Generated from file.capnp by the generator of @capos/abi. Change the schema, not this file.
//
// Files and directories as capabilities. A Directory reaches what is below it and nothing else; a name is one path component.

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
  getInt64,
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
  splitInt64,
  splitUint64,
  tooDeep,
  writeData,
} from '../../codec-runtime.ts';

/** A number is an enumerant that this schema does not know. */
export type FileKind =
| 'file'
| 'directory'
| 'symlink'
| 'characterDevice'
| 'blockDevice'
| 'fifo'
| 'socket'
| number;

/** The enumerants of FileKind in the order of their numbers. */
export const namesOfFileKind: readonly FileKind[] = ['file', 'directory', 'symlink', 'characterDevice', 'blockDevice', 'fifo', 'socket'];

export function numberOfFileKind(value: FileKind, field: string): number {
  switch (value) {
    case 'file':
    return 0;
    case 'directory':
    return 1;
    case 'symlink':
    return 2;
    case 'characterDevice':
    return 3;
    case 'blockDevice':
    return 4;
    case 'fifo':
    return 5;
    case 'socket':
    return 6;
    default:
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
    return value;
  }
}

/** What stat(2) tells, in Linux's units. */
export interface FileStat {
  kind: FileKind;
  mode: number;
  size: bigint;
  links: number;
  inode: bigint;
  modifiedNs: bigint;
  accessedNs: bigint;
  changedNs: bigint;
  uid: number;
  gid: number;
  blockSize: number;
  blocks: bigint;
  device: bigint;
  rdev: bigint;
}

/** Names are bytes, as POSIX has them. */
export interface DirectoryEntry {
  name: Uint8Array;
  kind: FileKind;
  inode: bigint;
}

export interface FileReadParams {
  offset: bigint;
  length: number;
}

export interface FileReadResults {
  errno: number;
  data: Uint8Array;
}

export interface FileWriteParams {
  offset: bigint;
  data: Uint8Array;
  append: boolean;
}

export interface FileWriteResults {
  errno: number;
  count: number;
  offset: bigint;
}

export interface FileStatParams {
}

export interface FileStatResults {
  errno: number;
  stat: FileStat;
}

export interface FileTruncateParams {
  size: bigint;
}

export interface FileTruncateResults {
  errno: number;
}

export interface FileSyncParams {
  dataOnly: boolean;
}

export interface FileSyncResults {
  errno: number;
}

export interface FileSetAttributesParams {
  attributes: Attributes;
}

export interface FileSetAttributesResults {
  errno: number;
}

/** Only the fields whose bit is in `mask` are set: 1 mode, 2 uid and gid, 4 accessedNs, 8 modifiedNs. */
export interface Attributes {
  mask: number;
  mode: number;
  uid: number;
  gid: number;
  accessedNs: bigint;
  modifiedNs: bigint;
}

export interface DirectoryLookupParams {
  name: Uint8Array;
}

export interface DirectoryLookupResults {
  errno: number;
  stat: FileStat;
}

export interface DirectoryOpenFileParams {
  name: Uint8Array;
  flags: number;
  mode: number;
}

export interface DirectoryOpenFileResults {
  errno: number;
  file: number;
  stat: FileStat;
}

export interface DirectoryOpenDirectoryParams {
  name: Uint8Array;
}

export interface DirectoryOpenDirectoryResults {
  errno: number;
  directory: number;
  stat: FileStat;
}

export interface DirectoryListParams {
  cookie: bigint;
  limit: number;
}

export interface DirectoryListResults {
  errno: number;
  entries: readonly DirectoryEntry[];
  next: bigint;
  end: boolean;
}

export interface DirectoryMakeDirectoryParams {
  name: Uint8Array;
  mode: number;
}

export interface DirectoryMakeDirectoryResults {
  errno: number;
}

export interface DirectoryRemoveParams {
  name: Uint8Array;
  directory: boolean;
}

export interface DirectoryRemoveResults {
  errno: number;
}

export interface DirectoryRenameParams {
  name: Uint8Array;
  target: number;
  targetName: Uint8Array;
  flags: number;
}

export interface DirectoryRenameResults {
  errno: number;
}

export interface DirectoryLinkParams {
  name: Uint8Array;
  target: number;
  targetName: Uint8Array;
}

export interface DirectoryLinkResults {
  errno: number;
}

export interface DirectorySymlinkParams {
  name: Uint8Array;
  path: Uint8Array;
}

export interface DirectorySymlinkResults {
  errno: number;
}

export interface DirectoryReadLinkParams {
  name: Uint8Array;
}

export interface DirectoryReadLinkResults {
  errno: number;
  path: Uint8Array;
}

export interface DirectoryStatParams {
}

export interface DirectoryStatResults {
  errno: number;
  stat: FileStat;
}

export interface DirectorySetAttributesParams {
  name: Uint8Array;
  attributes: Attributes;
}

export interface DirectorySetAttributesResults {
  errno: number;
}

export interface DirectoryStatFileSystemParams {
}

export interface DirectoryStatFileSystemResults {
  errno: number;
  blockSize: number;
  blocks: bigint;
  free: bigint;
  files: bigint;
  readOnly: boolean;
}

export interface DirectorySyncParams {
}

export interface DirectorySyncResults {
  errno: number;
}

export interface DirectoryResolveParams {
  path: Uint8Array;
}

export interface DirectoryResolveResults {
  errno: number;
  stats: readonly FileStat[];
}

export function sizeOfFileStat(v: FileStat): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && numberOfFileKind(v.kind, 'FileStat.kind') !== 0) data = 1;
  if (data < 1 && v.mode !== 0) data = 1;
  if (data < 2 && v.size !== 0n) data = 2;
  if (data < 3 && v.links !== 0) data = 3;
  if (data < 4 && v.inode !== 0n) data = 4;
  if (data < 5 && v.modifiedNs !== 0n) data = 5;
  if (data < 6 && v.accessedNs !== 0n) data = 6;
  if (data < 7 && v.changedNs !== 0n) data = 7;
  if (data < 3 && v.uid !== 0) data = 3;
  if (data < 8 && v.gid !== 0) data = 8;
  if (data < 8 && v.blockSize !== 0) data = 8;
  if (data < 9 && v.blocks !== 0n) data = 9;
  if (data < 10 && v.device !== 0n) data = 10;
  if (data < 11 && v.rdev !== 0n) data = 11;
  return data | (pointers << 16);
}

export function wordsBelowFileStat(_v: FileStat, _depth: number): number {
  return 0;
}

export function wordsOfFileStat(v: FileStat, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileStat(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileStat(v, depth);
}

export function writeFileStat(v: FileStat, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
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
  let h12 = 0;
  let h13 = 0;
  let h14 = 0;
  let h15 = 0;
  let h16 = 0;
  let h17 = 0;
  let h18 = 0;
  let h19 = 0;
  let h20 = 0;
  let h21 = 0;
  h0 |= numberOfFileKind(v.kind, 'FileStat.kind');
  if (v.mode >>> 0 !== v.mode) throw outOfRange('FileStat.mode', v.mode);
  h1 |= v.mode;
  h2 = splitUint64(v.size, 'FileStat.size');
  h3 = high;
  if (v.links >>> 0 !== v.links) throw outOfRange('FileStat.links', v.links);
  h4 |= v.links;
  h6 = splitUint64(v.inode, 'FileStat.inode');
  h7 = high;
  h8 = splitInt64(v.modifiedNs, 'FileStat.modifiedNs');
  h9 = high;
  h10 = splitInt64(v.accessedNs, 'FileStat.accessedNs');
  h11 = high;
  h12 = splitInt64(v.changedNs, 'FileStat.changedNs');
  h13 = high;
  if (v.uid >>> 0 !== v.uid) throw outOfRange('FileStat.uid', v.uid);
  h5 |= v.uid;
  if (v.gid >>> 0 !== v.gid) throw outOfRange('FileStat.gid', v.gid);
  h14 |= v.gid;
  if (v.blockSize >>> 0 !== v.blockSize) throw outOfRange('FileStat.blockSize', v.blockSize);
  h15 |= v.blockSize;
  h16 = splitUint64(v.blocks, 'FileStat.blocks');
  h17 = high;
  h18 = splitUint64(v.device, 'FileStat.device');
  h19 = high;
  h20 = splitUint64(v.rdev, 'FileStat.rdev');
  h21 = high;
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
  if (data > 6) {
    putInt32(bytes, at + 48, h12);
    putInt32(bytes, at + 52, h13);
  }
  if (data > 7) {
    putInt32(bytes, at + 56, h14);
    putInt32(bytes, at + 60, h15);
  }
  if (data > 8) {
    putInt32(bytes, at + 64, h16);
    putInt32(bytes, at + 68, h17);
  }
  if (data > 9) {
    putInt32(bytes, at + 72, h18);
    putInt32(bytes, at + 76, h19);
  }
  if (data > 10) {
    putInt32(bytes, at + 80, h20);
    putInt32(bytes, at + 84, h21);
  }
  return top;
}

export function putFileStat(v: FileStat, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileStat(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileStat(v, bytes, top, size, next, end, depth);
}

export function readFileStat(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileStat | undefined): FileStat {
  const kind_ = nameOf(namesOfFileKind, (data >= 2 ? getUint16(bytes, at) : 0));
  const mode_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const size_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const links_ = (data >= 20 ? getInt32(bytes, at + 16) : 0) >>> 0;
  const inode_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const modifiedNs_ = data >= 40 ? getInt64(bytes, at + 32, 0, 0) : 0n;
  const accessedNs_ = data >= 48 ? getInt64(bytes, at + 40, 0, 0) : 0n;
  const changedNs_ = data >= 56 ? getInt64(bytes, at + 48, 0, 0) : 0n;
  const uid_ = (data >= 24 ? getInt32(bytes, at + 20) : 0) >>> 0;
  const gid_ = (data >= 60 ? getInt32(bytes, at + 56) : 0) >>> 0;
  const blockSize_ = (data >= 64 ? getInt32(bytes, at + 60) : 0) >>> 0;
  const blocks_ = data >= 72 ? getUint64(bytes, at + 64, 0, 0) : 0n;
  const device_ = data >= 80 ? getUint64(bytes, at + 72, 0, 0) : 0n;
  const rdev_ = data >= 88 ? getUint64(bytes, at + 80, 0, 0) : 0n;
  if (into === undefined) return { kind: kind_, mode: mode_, size: size_, links: links_, inode: inode_, modifiedNs: modifiedNs_, accessedNs: accessedNs_, changedNs: changedNs_, uid: uid_, gid: gid_, blockSize: blockSize_, blocks: blocks_, device: device_, rdev: rdev_ };
  into.kind = kind_;
  into.mode = mode_;
  into.size = size_;
  into.links = links_;
  into.inode = inode_;
  into.modifiedNs = modifiedNs_;
  into.accessedNs = accessedNs_;
  into.changedNs = changedNs_;
  into.uid = uid_;
  into.gid = gid_;
  into.blockSize = blockSize_;
  into.blocks = blocks_;
  into.device = device_;
  into.rdev = rdev_;
  return into;
}

export function followFileStat(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileStat | undefined): FileStat | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileStat(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileStat: Codec<FileStat> = {
  name: 'FileStat',
  dataWords: 11,
  pointers: 0,
  encode(value: FileStat, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileStat(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileStat): FileStat {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileStat(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileStat(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileStat): number {
    return 8 + 8 * wordsOfFileStat(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryEntry(v: DirectoryEntry): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (data < 1 && numberOfFileKind(v.kind, 'DirectoryEntry.kind') !== 0) data = 1;
  if (data < 2 && v.inode !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryEntry(v: DirectoryEntry, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryEntry(v: DirectoryEntry, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryEntry(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryEntry(v, depth);
}

export function writeDirectoryEntry(v: DirectoryEntry, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  h0 |= numberOfFileKind(v.kind, 'DirectoryEntry.kind');
  h2 = splitUint64(v.inode, 'DirectoryEntry.inode');
  h3 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryEntry(v: DirectoryEntry, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryEntry(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryEntry(v, bytes, top, size, next, end, depth);
}

export function readDirectoryEntry(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryEntry | undefined): DirectoryEntry {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const kind_ = nameOf(namesOfFileKind, (data >= 2 ? getUint16(bytes, at) : 0));
  const inode_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { name: name_, kind: kind_, inode: inode_ };
  into.name = name_;
  into.kind = kind_;
  into.inode = inode_;
  return into;
}

export function followDirectoryEntry(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryEntry | undefined): DirectoryEntry | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryEntry(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryEntry: Codec<DirectoryEntry> = {
  name: 'DirectoryEntry',
  dataWords: 2,
  pointers: 1,
  encode(value: DirectoryEntry, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryEntry(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryEntry): DirectoryEntry {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryEntry(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryEntry(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryEntry): number {
    return 8 + 8 * wordsOfDirectoryEntry(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileReadParams(v: FileReadParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (data < 2 && v.length !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowFileReadParams(_v: FileReadParams, _depth: number): number {
  return 0;
}

export function wordsOfFileReadParams(v: FileReadParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileReadParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileReadParams(v, depth);
}

export function writeFileReadParams(v: FileReadParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.offset, 'FileReadParams.offset');
  h1 = high;
  if (v.length >>> 0 !== v.length) throw outOfRange('FileReadParams.length', v.length);
  h2 |= v.length;
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

export function putFileReadParams(v: FileReadParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileReadParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileReadParams(v, bytes, top, size, next, end, depth);
}

export function readFileReadParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileReadParams | undefined): FileReadParams {
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const length_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { offset: offset_, length: length_ };
  into.offset = offset_;
  into.length = length_;
  return into;
}

export function followFileReadParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileReadParams | undefined): FileReadParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileReadParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileReadParams: Codec<FileReadParams> = {
  name: 'FileReadParams',
  dataWords: 2,
  pointers: 0,
  encode(value: FileReadParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileReadParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileReadParams): FileReadParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileReadParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileReadParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileReadParams): number {
    return 8 + 8 * wordsOfFileReadParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileReadResults(v: FileReadResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileReadResults(v: FileReadResults, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfFileReadResults(v: FileReadResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileReadResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileReadResults(v, depth);
}

export function writeFileReadResults(v: FileReadResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('FileReadResults.errno', v.errno);
  h0 |= v.errno;
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
  return top;
}

export function putFileReadResults(v: FileReadResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileReadResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileReadResults(v, bytes, top, size, next, end, depth);
}

export function readFileReadResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileReadResults | undefined): FileReadResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { errno: errno_, data: data_ };
  into.errno = errno_;
  into.data = data_;
  return into;
}

export function followFileReadResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileReadResults | undefined): FileReadResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileReadResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileReadResults: Codec<FileReadResults> = {
  name: 'FileReadResults',
  dataWords: 1,
  pointers: 1,
  encode(value: FileReadResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileReadResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileReadResults): FileReadResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileReadResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileReadResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileReadResults): number {
    return 8 + 8 * wordsOfFileReadResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileWriteParams(v: FileWriteParams): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.offset !== 0n) data = 1;
  if (pointers < 1 && v.data.length !== 0) pointers = 1;
  if (data < 2 && v.append !== false) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowFileWriteParams(v: FileWriteParams, _depth: number): number {
  let words = 0;
  if (v.data.length !== 0) words += dataWords(v.data);
  return words;
}

export function wordsOfFileWriteParams(v: FileWriteParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileWriteParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileWriteParams(v, depth);
}

export function writeFileWriteParams(v: FileWriteParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.offset, 'FileWriteParams.offset');
  h1 = high;
  if (v.append) h2 |= 1;
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
    if (v.data.length !== 0) {
      top = writeData(v.data, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putFileWriteParams(v: FileWriteParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileWriteParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileWriteParams(v, bytes, top, size, next, end, depth);
}

export function readFileWriteParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileWriteParams | undefined): FileWriteParams {
  const base = at + data;
  const b8 = data > 8 ? bytes[at + 8]! : 0;
  const offset_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const data_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const append_ = ((b8 >> 0) & 1) !== 0;
  if (into === undefined) return { offset: offset_, data: data_, append: append_ };
  into.offset = offset_;
  into.data = data_;
  into.append = append_;
  return into;
}

export function followFileWriteParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileWriteParams | undefined): FileWriteParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileWriteParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileWriteParams: Codec<FileWriteParams> = {
  name: 'FileWriteParams',
  dataWords: 2,
  pointers: 1,
  encode(value: FileWriteParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileWriteParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileWriteParams): FileWriteParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileWriteParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileWriteParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileWriteParams): number {
    return 8 + 8 * wordsOfFileWriteParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileWriteResults(v: FileWriteResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (data < 1 && v.count !== 0) data = 1;
  if (data < 2 && v.offset !== 0n) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowFileWriteResults(_v: FileWriteResults, _depth: number): number {
  return 0;
}

export function wordsOfFileWriteResults(v: FileWriteResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileWriteResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileWriteResults(v, depth);
}

export function writeFileWriteResults(v: FileWriteResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('FileWriteResults.errno', v.errno);
  h0 |= v.errno;
  if (v.count >>> 0 !== v.count) throw outOfRange('FileWriteResults.count', v.count);
  h1 |= v.count;
  h2 = splitUint64(v.offset, 'FileWriteResults.offset');
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

export function putFileWriteResults(v: FileWriteResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileWriteResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileWriteResults(v, bytes, top, size, next, end, depth);
}

export function readFileWriteResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileWriteResults | undefined): FileWriteResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const count_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const offset_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  if (into === undefined) return { errno: errno_, count: count_, offset: offset_ };
  into.errno = errno_;
  into.count = count_;
  into.offset = offset_;
  return into;
}

export function followFileWriteResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileWriteResults | undefined): FileWriteResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileWriteResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileWriteResults: Codec<FileWriteResults> = {
  name: 'FileWriteResults',
  dataWords: 2,
  pointers: 0,
  encode(value: FileWriteResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileWriteResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileWriteResults): FileWriteResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileWriteResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileWriteResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileWriteResults): number {
    return 8 + 8 * wordsOfFileWriteResults(value, MAX_DEPTH - 1);
  },
};

export const fileStatParams: Codec<FileStatParams> = /* @__PURE__ */ emptyCodec('FileStatParams');

export function sizeOfFileStatResults(v: FileStatResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileStatResults(v: FileStatResults, depth: number): number {
  let words = 0;
  words += wordsOfFileStat(v.stat, depth - 1);
  return words;
}

export function wordsOfFileStatResults(v: FileStatResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileStatResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileStatResults(v, depth);
}

export function writeFileStatResults(v: FileStatResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('FileStatResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putFileStat(v.stat, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putFileStatResults(v: FileStatResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileStatResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileStatResults(v, bytes, top, size, next, end, depth);
}

export function readFileStatResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileStatResults | undefined): FileStatResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const stat_ = followFileStat(bytes, pointers > 0 ? base : -1, start, end, depth, into?.stat) ?? readFileStat(bytes, 0, 0, 0, 0, 0, depth, into?.stat);
  if (into === undefined) return { errno: errno_, stat: stat_ };
  into.errno = errno_;
  into.stat = stat_;
  return into;
}

export function followFileStatResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileStatResults | undefined): FileStatResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileStatResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileStatResults: Codec<FileStatResults> = {
  name: 'FileStatResults',
  dataWords: 1,
  pointers: 1,
  encode(value: FileStatResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileStatResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileStatResults): FileStatResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileStatResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileStatResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileStatResults): number {
    return 8 + 8 * wordsOfFileStatResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileTruncateParams(v: FileTruncateParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.size !== 0n) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileTruncateParams(_v: FileTruncateParams, _depth: number): number {
  return 0;
}

export function wordsOfFileTruncateParams(v: FileTruncateParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileTruncateParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileTruncateParams(v, depth);
}

export function writeFileTruncateParams(v: FileTruncateParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  h0 = splitUint64(v.size, 'FileTruncateParams.size');
  h1 = high;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  return top;
}

export function putFileTruncateParams(v: FileTruncateParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileTruncateParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileTruncateParams(v, bytes, top, size, next, end, depth);
}

export function readFileTruncateParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileTruncateParams | undefined): FileTruncateParams {
  const size_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  if (into === undefined) return { size: size_ };
  into.size = size_;
  return into;
}

export function followFileTruncateParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileTruncateParams | undefined): FileTruncateParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileTruncateParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileTruncateParams: Codec<FileTruncateParams> = {
  name: 'FileTruncateParams',
  dataWords: 1,
  pointers: 0,
  encode(value: FileTruncateParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileTruncateParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileTruncateParams): FileTruncateParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileTruncateParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileTruncateParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileTruncateParams): number {
    return 8 + 8 * wordsOfFileTruncateParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileTruncateResults(v: FileTruncateResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileTruncateResults(_v: FileTruncateResults, _depth: number): number {
  return 0;
}

export function wordsOfFileTruncateResults(v: FileTruncateResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileTruncateResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileTruncateResults(v, depth);
}

export function writeFileTruncateResults(v: FileTruncateResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('FileTruncateResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putFileTruncateResults(v: FileTruncateResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileTruncateResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileTruncateResults(v, bytes, top, size, next, end, depth);
}

export function readFileTruncateResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileTruncateResults | undefined): FileTruncateResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followFileTruncateResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileTruncateResults | undefined): FileTruncateResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileTruncateResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileTruncateResults: Codec<FileTruncateResults> = {
  name: 'FileTruncateResults',
  dataWords: 1,
  pointers: 0,
  encode(value: FileTruncateResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileTruncateResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileTruncateResults): FileTruncateResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileTruncateResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileTruncateResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileTruncateResults): number {
    return 8 + 8 * wordsOfFileTruncateResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileSyncParams(v: FileSyncParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.dataOnly !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileSyncParams(_v: FileSyncParams, _depth: number): number {
  return 0;
}

export function wordsOfFileSyncParams(v: FileSyncParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSyncParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileSyncParams(v, depth);
}

export function writeFileSyncParams(v: FileSyncParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.dataOnly) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putFileSyncParams(v: FileSyncParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSyncParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileSyncParams(v, bytes, top, size, next, end, depth);
}

export function readFileSyncParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileSyncParams | undefined): FileSyncParams {
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const dataOnly_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { dataOnly: dataOnly_ };
  into.dataOnly = dataOnly_;
  return into;
}

export function followFileSyncParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileSyncParams | undefined): FileSyncParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileSyncParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileSyncParams: Codec<FileSyncParams> = {
  name: 'FileSyncParams',
  dataWords: 1,
  pointers: 0,
  encode(value: FileSyncParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileSyncParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileSyncParams): FileSyncParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileSyncParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileSyncParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileSyncParams): number {
    return 8 + 8 * wordsOfFileSyncParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileSyncResults(v: FileSyncResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileSyncResults(_v: FileSyncResults, _depth: number): number {
  return 0;
}

export function wordsOfFileSyncResults(v: FileSyncResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSyncResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileSyncResults(v, depth);
}

export function writeFileSyncResults(v: FileSyncResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('FileSyncResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putFileSyncResults(v: FileSyncResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSyncResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileSyncResults(v, bytes, top, size, next, end, depth);
}

export function readFileSyncResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileSyncResults | undefined): FileSyncResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followFileSyncResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileSyncResults | undefined): FileSyncResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileSyncResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileSyncResults: Codec<FileSyncResults> = {
  name: 'FileSyncResults',
  dataWords: 1,
  pointers: 0,
  encode(value: FileSyncResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileSyncResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileSyncResults): FileSyncResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileSyncResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileSyncResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileSyncResults): number {
    return 8 + 8 * wordsOfFileSyncResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileSetAttributesParams(v: FileSetAttributesParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileSetAttributesParams(v: FileSetAttributesParams, depth: number): number {
  let words = 0;
  words += wordsOfAttributes(v.attributes, depth - 1);
  return words;
}

export function wordsOfFileSetAttributesParams(v: FileSetAttributesParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSetAttributesParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileSetAttributesParams(v, depth);
}

export function writeFileSetAttributesParams(v: FileSetAttributesParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    {
      top = putAttributes(v.attributes, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putFileSetAttributesParams(v: FileSetAttributesParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSetAttributesParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileSetAttributesParams(v, bytes, top, size, next, end, depth);
}

export function readFileSetAttributesParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileSetAttributesParams | undefined): FileSetAttributesParams {
  const base = at + data;
  const attributes_ = followAttributes(bytes, pointers > 0 ? base : -1, start, end, depth, into?.attributes) ?? readAttributes(bytes, 0, 0, 0, 0, 0, depth, into?.attributes);
  if (into === undefined) return { attributes: attributes_ };
  into.attributes = attributes_;
  return into;
}

export function followFileSetAttributesParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileSetAttributesParams | undefined): FileSetAttributesParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileSetAttributesParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileSetAttributesParams: Codec<FileSetAttributesParams> = {
  name: 'FileSetAttributesParams',
  dataWords: 0,
  pointers: 1,
  encode(value: FileSetAttributesParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileSetAttributesParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileSetAttributesParams): FileSetAttributesParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileSetAttributesParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileSetAttributesParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileSetAttributesParams): number {
    return 8 + 8 * wordsOfFileSetAttributesParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfFileSetAttributesResults(v: FileSetAttributesResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowFileSetAttributesResults(_v: FileSetAttributesResults, _depth: number): number {
  return 0;
}

export function wordsOfFileSetAttributesResults(v: FileSetAttributesResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSetAttributesResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowFileSetAttributesResults(v, depth);
}

export function writeFileSetAttributesResults(v: FileSetAttributesResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('FileSetAttributesResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putFileSetAttributesResults(v: FileSetAttributesResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfFileSetAttributesResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeFileSetAttributesResults(v, bytes, top, size, next, end, depth);
}

export function readFileSetAttributesResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: FileSetAttributesResults | undefined): FileSetAttributesResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followFileSetAttributesResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: FileSetAttributesResults | undefined): FileSetAttributesResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readFileSetAttributesResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const fileSetAttributesResults: Codec<FileSetAttributesResults> = {
  name: 'FileSetAttributesResults',
  dataWords: 1,
  pointers: 0,
  encode(value: FileSetAttributesResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putFileSetAttributesResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: FileSetAttributesResults): FileSetAttributesResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followFileSetAttributesResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readFileSetAttributesResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: FileSetAttributesResults): number {
    return 8 + 8 * wordsOfFileSetAttributesResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfAttributes(v: Attributes): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.mask !== 0) data = 1;
  if (data < 1 && v.mode !== 0) data = 1;
  if (data < 2 && v.uid !== 0) data = 2;
  if (data < 2 && v.gid !== 0) data = 2;
  if (data < 3 && v.accessedNs !== 0n) data = 3;
  if (data < 4 && v.modifiedNs !== 0n) data = 4;
  return data | (pointers << 16);
}

export function wordsBelowAttributes(_v: Attributes, _depth: number): number {
  return 0;
}

export function wordsOfAttributes(v: Attributes, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAttributes(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowAttributes(v, depth);
}

export function writeAttributes(v: Attributes, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  if (v.mask >>> 0 !== v.mask) throw outOfRange('Attributes.mask', v.mask);
  h0 |= v.mask;
  if (v.mode >>> 0 !== v.mode) throw outOfRange('Attributes.mode', v.mode);
  h1 |= v.mode;
  if (v.uid >>> 0 !== v.uid) throw outOfRange('Attributes.uid', v.uid);
  h2 |= v.uid;
  if (v.gid >>> 0 !== v.gid) throw outOfRange('Attributes.gid', v.gid);
  h3 |= v.gid;
  h4 = splitInt64(v.accessedNs, 'Attributes.accessedNs');
  h5 = high;
  h6 = splitInt64(v.modifiedNs, 'Attributes.modifiedNs');
  h7 = high;
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
  return top;
}

export function putAttributes(v: Attributes, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfAttributes(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeAttributes(v, bytes, top, size, next, end, depth);
}

export function readAttributes(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: Attributes | undefined): Attributes {
  const mask_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const mode_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const uid_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  const gid_ = (data >= 16 ? getInt32(bytes, at + 12) : 0) >>> 0;
  const accessedNs_ = data >= 24 ? getInt64(bytes, at + 16, 0, 0) : 0n;
  const modifiedNs_ = data >= 32 ? getInt64(bytes, at + 24, 0, 0) : 0n;
  if (into === undefined) return { mask: mask_, mode: mode_, uid: uid_, gid: gid_, accessedNs: accessedNs_, modifiedNs: modifiedNs_ };
  into.mask = mask_;
  into.mode = mode_;
  into.uid = uid_;
  into.gid = gid_;
  into.accessedNs = accessedNs_;
  into.modifiedNs = modifiedNs_;
  return into;
}

export function followAttributes(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: Attributes | undefined): Attributes | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readAttributes(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const attributes: Codec<Attributes> = {
  name: 'Attributes',
  dataWords: 4,
  pointers: 0,
  encode(value: Attributes, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putAttributes(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: Attributes): Attributes {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followAttributes(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readAttributes(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: Attributes): number {
    return 8 + 8 * wordsOfAttributes(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryLookupParams(v: DirectoryLookupParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryLookupParams(v: DirectoryLookupParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryLookupParams(v: DirectoryLookupParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLookupParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryLookupParams(v, depth);
}

export function writeDirectoryLookupParams(v: DirectoryLookupParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryLookupParams(v: DirectoryLookupParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLookupParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryLookupParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryLookupParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryLookupParams | undefined): DirectoryLookupParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followDirectoryLookupParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryLookupParams | undefined): DirectoryLookupParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryLookupParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryLookupParams: Codec<DirectoryLookupParams> = {
  name: 'DirectoryLookupParams',
  dataWords: 0,
  pointers: 1,
  encode(value: DirectoryLookupParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryLookupParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryLookupParams): DirectoryLookupParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryLookupParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryLookupParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryLookupParams): number {
    return 8 + 8 * wordsOfDirectoryLookupParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryLookupResults(v: DirectoryLookupResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryLookupResults(v: DirectoryLookupResults, depth: number): number {
  let words = 0;
  words += wordsOfFileStat(v.stat, depth - 1);
  return words;
}

export function wordsOfDirectoryLookupResults(v: DirectoryLookupResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLookupResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryLookupResults(v, depth);
}

export function writeDirectoryLookupResults(v: DirectoryLookupResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryLookupResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putFileStat(v.stat, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putDirectoryLookupResults(v: DirectoryLookupResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLookupResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryLookupResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryLookupResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryLookupResults | undefined): DirectoryLookupResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const stat_ = followFileStat(bytes, pointers > 0 ? base : -1, start, end, depth, into?.stat) ?? readFileStat(bytes, 0, 0, 0, 0, 0, depth, into?.stat);
  if (into === undefined) return { errno: errno_, stat: stat_ };
  into.errno = errno_;
  into.stat = stat_;
  return into;
}

export function followDirectoryLookupResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryLookupResults | undefined): DirectoryLookupResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryLookupResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryLookupResults: Codec<DirectoryLookupResults> = {
  name: 'DirectoryLookupResults',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryLookupResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryLookupResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryLookupResults): DirectoryLookupResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryLookupResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryLookupResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryLookupResults): number {
    return 8 + 8 * wordsOfDirectoryLookupResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryOpenFileParams(v: DirectoryOpenFileParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (data < 1 && v.flags !== 0) data = 1;
  if (data < 1 && v.mode !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryOpenFileParams(v: DirectoryOpenFileParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryOpenFileParams(v: DirectoryOpenFileParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenFileParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryOpenFileParams(v, depth);
}

export function writeDirectoryOpenFileParams(v: DirectoryOpenFileParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  if (v.flags >>> 0 !== v.flags) throw outOfRange('DirectoryOpenFileParams.flags', v.flags);
  h0 |= v.flags;
  if (v.mode >>> 0 !== v.mode) throw outOfRange('DirectoryOpenFileParams.mode', v.mode);
  h1 |= v.mode;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, h1);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryOpenFileParams(v: DirectoryOpenFileParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenFileParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryOpenFileParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryOpenFileParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryOpenFileParams | undefined): DirectoryOpenFileParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const flags_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  const mode_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  if (into === undefined) return { name: name_, flags: flags_, mode: mode_ };
  into.name = name_;
  into.flags = flags_;
  into.mode = mode_;
  return into;
}

export function followDirectoryOpenFileParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryOpenFileParams | undefined): DirectoryOpenFileParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryOpenFileParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryOpenFileParams: Codec<DirectoryOpenFileParams> = {
  name: 'DirectoryOpenFileParams',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryOpenFileParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryOpenFileParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryOpenFileParams): DirectoryOpenFileParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryOpenFileParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryOpenFileParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryOpenFileParams): number {
    return 8 + 8 * wordsOfDirectoryOpenFileParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryOpenFileResults(v: DirectoryOpenFileResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1 && v.file !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryOpenFileResults(v: DirectoryOpenFileResults, depth: number): number {
  let words = 0;
  words += wordsOfFileStat(v.stat, depth - 1);
  return words;
}

export function wordsOfDirectoryOpenFileResults(v: DirectoryOpenFileResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenFileResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryOpenFileResults(v, depth);
}

export function writeDirectoryOpenFileResults(v: DirectoryOpenFileResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryOpenFileResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.file !== -1) {
      putCapability(v.file, bytes, base, 'DirectoryOpenFileResults.file');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putFileStat(v.stat, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putDirectoryOpenFileResults(v: DirectoryOpenFileResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenFileResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryOpenFileResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryOpenFileResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryOpenFileResults | undefined): DirectoryOpenFileResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const file_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const stat_ = followFileStat(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.stat) ?? readFileStat(bytes, 0, 0, 0, 0, 0, depth, into?.stat);
  if (into === undefined) return { errno: errno_, file: file_, stat: stat_ };
  into.errno = errno_;
  into.file = file_;
  into.stat = stat_;
  return into;
}

export function followDirectoryOpenFileResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryOpenFileResults | undefined): DirectoryOpenFileResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryOpenFileResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryOpenFileResults: Codec<DirectoryOpenFileResults> = {
  name: 'DirectoryOpenFileResults',
  dataWords: 1,
  pointers: 2,
  encode(value: DirectoryOpenFileResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryOpenFileResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryOpenFileResults): DirectoryOpenFileResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryOpenFileResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryOpenFileResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryOpenFileResults): number {
    return 8 + 8 * wordsOfDirectoryOpenFileResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryOpenDirectoryParams(v: DirectoryOpenDirectoryParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryOpenDirectoryParams(v: DirectoryOpenDirectoryParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryOpenDirectoryParams(v: DirectoryOpenDirectoryParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenDirectoryParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryOpenDirectoryParams(v, depth);
}

export function writeDirectoryOpenDirectoryParams(v: DirectoryOpenDirectoryParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryOpenDirectoryParams(v: DirectoryOpenDirectoryParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenDirectoryParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryOpenDirectoryParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryOpenDirectoryParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryOpenDirectoryParams | undefined): DirectoryOpenDirectoryParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followDirectoryOpenDirectoryParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryOpenDirectoryParams | undefined): DirectoryOpenDirectoryParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryOpenDirectoryParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryOpenDirectoryParams: Codec<DirectoryOpenDirectoryParams> = {
  name: 'DirectoryOpenDirectoryParams',
  dataWords: 0,
  pointers: 1,
  encode(value: DirectoryOpenDirectoryParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryOpenDirectoryParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryOpenDirectoryParams): DirectoryOpenDirectoryParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryOpenDirectoryParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryOpenDirectoryParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryOpenDirectoryParams): number {
    return 8 + 8 * wordsOfDirectoryOpenDirectoryParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryOpenDirectoryResults(v: DirectoryOpenDirectoryResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1 && v.directory !== -1) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryOpenDirectoryResults(v: DirectoryOpenDirectoryResults, depth: number): number {
  let words = 0;
  words += wordsOfFileStat(v.stat, depth - 1);
  return words;
}

export function wordsOfDirectoryOpenDirectoryResults(v: DirectoryOpenDirectoryResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenDirectoryResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryOpenDirectoryResults(v, depth);
}

export function writeDirectoryOpenDirectoryResults(v: DirectoryOpenDirectoryResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryOpenDirectoryResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.directory !== -1) {
      putCapability(v.directory, bytes, base, 'DirectoryOpenDirectoryResults.directory');
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putFileStat(v.stat, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putDirectoryOpenDirectoryResults(v: DirectoryOpenDirectoryResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryOpenDirectoryResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryOpenDirectoryResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryOpenDirectoryResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryOpenDirectoryResults | undefined): DirectoryOpenDirectoryResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const directory_ = pointers > 0 ? readCapability(bytes, base) : -1;
  const stat_ = followFileStat(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.stat) ?? readFileStat(bytes, 0, 0, 0, 0, 0, depth, into?.stat);
  if (into === undefined) return { errno: errno_, directory: directory_, stat: stat_ };
  into.errno = errno_;
  into.directory = directory_;
  into.stat = stat_;
  return into;
}

export function followDirectoryOpenDirectoryResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryOpenDirectoryResults | undefined): DirectoryOpenDirectoryResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryOpenDirectoryResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryOpenDirectoryResults: Codec<DirectoryOpenDirectoryResults> = {
  name: 'DirectoryOpenDirectoryResults',
  dataWords: 1,
  pointers: 2,
  encode(value: DirectoryOpenDirectoryResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryOpenDirectoryResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryOpenDirectoryResults): DirectoryOpenDirectoryResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryOpenDirectoryResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryOpenDirectoryResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryOpenDirectoryResults): number {
    return 8 + 8 * wordsOfDirectoryOpenDirectoryResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryListParams(v: DirectoryListParams): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.cookie !== 0n) data = 1;
  if (data < 2 && v.limit !== 0) data = 2;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryListParams(_v: DirectoryListParams, _depth: number): number {
  return 0;
}

export function wordsOfDirectoryListParams(v: DirectoryListParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryListParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryListParams(v, depth);
}

export function writeDirectoryListParams(v: DirectoryListParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  h0 = splitUint64(v.cookie, 'DirectoryListParams.cookie');
  h1 = high;
  if (v.limit >>> 0 !== v.limit) throw outOfRange('DirectoryListParams.limit', v.limit);
  h2 |= v.limit;
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

export function putDirectoryListParams(v: DirectoryListParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryListParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryListParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryListParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryListParams | undefined): DirectoryListParams {
  const cookie_ = data >= 8 ? getUint64(bytes, at, 0, 0) : 0n;
  const limit_ = (data >= 12 ? getInt32(bytes, at + 8) : 0) >>> 0;
  if (into === undefined) return { cookie: cookie_, limit: limit_ };
  into.cookie = cookie_;
  into.limit = limit_;
  return into;
}

export function followDirectoryListParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryListParams | undefined): DirectoryListParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryListParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryListParams: Codec<DirectoryListParams> = {
  name: 'DirectoryListParams',
  dataWords: 2,
  pointers: 0,
  encode(value: DirectoryListParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryListParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryListParams): DirectoryListParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryListParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryListParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryListParams): number {
    return 8 + 8 * wordsOfDirectoryListParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryListResults(v: DirectoryListResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1 && v.entries.length !== 0) pointers = 1;
  if (data < 2 && v.next !== 0n) data = 2;
  if (data < 1 && v.end !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryListResults(v: DirectoryListResults, depth: number): number {
  let words = 0;
  if (v.entries.length !== 0) words += wordsOfDirectoryEntryList(v.entries, depth - 1);
  return words;
}

export function wordsOfDirectoryListResults(v: DirectoryListResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryListResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryListResults(v, depth);
}

export function writeDirectoryListResults(v: DirectoryListResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h2 = 0;
  let h3 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryListResults.errno', v.errno);
  h0 |= v.errno;
  h2 = splitUint64(v.next, 'DirectoryListResults.next');
  h3 = high;
  if (v.end) h0 |= 65536;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  if (data > 1) {
    putInt32(bytes, at + 8, h2);
    putInt32(bytes, at + 12, h3);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.entries.length !== 0) {
      top = writeDirectoryEntryList(v.entries, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryListResults(v: DirectoryListResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryListResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryListResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryListResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryListResults | undefined): DirectoryListResults {
  const base = at + data;
  const b2 = data > 2 ? bytes[at + 2]! : 0;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const entries_ = pointers > 0 ? readDirectoryEntryList(bytes, base, start, end, depth) : [];
  const next_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const end_ = ((b2 >> 0) & 1) !== 0;
  if (into === undefined) return { errno: errno_, entries: entries_, next: next_, end: end_ };
  into.errno = errno_;
  into.entries = entries_;
  into.next = next_;
  into.end = end_;
  return into;
}

export function followDirectoryListResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryListResults | undefined): DirectoryListResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryListResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryListResults: Codec<DirectoryListResults> = {
  name: 'DirectoryListResults',
  dataWords: 2,
  pointers: 1,
  encode(value: DirectoryListResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryListResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryListResults): DirectoryListResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryListResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryListResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryListResults): number {
    return 8 + 8 * wordsOfDirectoryListResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryMakeDirectoryParams(v: DirectoryMakeDirectoryParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (data < 1 && v.mode !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryMakeDirectoryParams(v: DirectoryMakeDirectoryParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryMakeDirectoryParams(v: DirectoryMakeDirectoryParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryMakeDirectoryParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryMakeDirectoryParams(v, depth);
}

export function writeDirectoryMakeDirectoryParams(v: DirectoryMakeDirectoryParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.mode >>> 0 !== v.mode) throw outOfRange('DirectoryMakeDirectoryParams.mode', v.mode);
  h0 |= v.mode;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryMakeDirectoryParams(v: DirectoryMakeDirectoryParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryMakeDirectoryParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryMakeDirectoryParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryMakeDirectoryParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryMakeDirectoryParams | undefined): DirectoryMakeDirectoryParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const mode_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { name: name_, mode: mode_ };
  into.name = name_;
  into.mode = mode_;
  return into;
}

export function followDirectoryMakeDirectoryParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryMakeDirectoryParams | undefined): DirectoryMakeDirectoryParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryMakeDirectoryParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryMakeDirectoryParams: Codec<DirectoryMakeDirectoryParams> = {
  name: 'DirectoryMakeDirectoryParams',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryMakeDirectoryParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryMakeDirectoryParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryMakeDirectoryParams): DirectoryMakeDirectoryParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryMakeDirectoryParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryMakeDirectoryParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryMakeDirectoryParams): number {
    return 8 + 8 * wordsOfDirectoryMakeDirectoryParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryMakeDirectoryResults(v: DirectoryMakeDirectoryResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryMakeDirectoryResults(_v: DirectoryMakeDirectoryResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectoryMakeDirectoryResults(v: DirectoryMakeDirectoryResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryMakeDirectoryResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryMakeDirectoryResults(v, depth);
}

export function writeDirectoryMakeDirectoryResults(v: DirectoryMakeDirectoryResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryMakeDirectoryResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectoryMakeDirectoryResults(v: DirectoryMakeDirectoryResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryMakeDirectoryResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryMakeDirectoryResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryMakeDirectoryResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryMakeDirectoryResults | undefined): DirectoryMakeDirectoryResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectoryMakeDirectoryResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryMakeDirectoryResults | undefined): DirectoryMakeDirectoryResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryMakeDirectoryResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryMakeDirectoryResults: Codec<DirectoryMakeDirectoryResults> = {
  name: 'DirectoryMakeDirectoryResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectoryMakeDirectoryResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryMakeDirectoryResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryMakeDirectoryResults): DirectoryMakeDirectoryResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryMakeDirectoryResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryMakeDirectoryResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryMakeDirectoryResults): number {
    return 8 + 8 * wordsOfDirectoryMakeDirectoryResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryRemoveParams(v: DirectoryRemoveParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (data < 1 && v.directory !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryRemoveParams(v: DirectoryRemoveParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryRemoveParams(v: DirectoryRemoveParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRemoveParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryRemoveParams(v, depth);
}

export function writeDirectoryRemoveParams(v: DirectoryRemoveParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.directory) h0 |= 1;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryRemoveParams(v: DirectoryRemoveParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRemoveParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryRemoveParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryRemoveParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryRemoveParams | undefined): DirectoryRemoveParams {
  const base = at + data;
  const b0 = data > 0 ? bytes[at + 0]! : 0;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const directory_ = ((b0 >> 0) & 1) !== 0;
  if (into === undefined) return { name: name_, directory: directory_ };
  into.name = name_;
  into.directory = directory_;
  return into;
}

export function followDirectoryRemoveParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryRemoveParams | undefined): DirectoryRemoveParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryRemoveParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryRemoveParams: Codec<DirectoryRemoveParams> = {
  name: 'DirectoryRemoveParams',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryRemoveParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryRemoveParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryRemoveParams): DirectoryRemoveParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryRemoveParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryRemoveParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryRemoveParams): number {
    return 8 + 8 * wordsOfDirectoryRemoveParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryRemoveResults(v: DirectoryRemoveResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryRemoveResults(_v: DirectoryRemoveResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectoryRemoveResults(v: DirectoryRemoveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRemoveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryRemoveResults(v, depth);
}

export function writeDirectoryRemoveResults(v: DirectoryRemoveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryRemoveResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectoryRemoveResults(v: DirectoryRemoveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRemoveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryRemoveResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryRemoveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryRemoveResults | undefined): DirectoryRemoveResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectoryRemoveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryRemoveResults | undefined): DirectoryRemoveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryRemoveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryRemoveResults: Codec<DirectoryRemoveResults> = {
  name: 'DirectoryRemoveResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectoryRemoveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryRemoveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryRemoveResults): DirectoryRemoveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryRemoveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryRemoveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryRemoveResults): number {
    return 8 + 8 * wordsOfDirectoryRemoveResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryRenameParams(v: DirectoryRenameParams): number {
  let data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (pointers < 2 && v.target !== -1) pointers = 2;
  if (pointers < 3 && v.targetName.length !== 0) pointers = 3;
  if (data < 1 && v.flags !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryRenameParams(v: DirectoryRenameParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  if (v.targetName.length !== 0) words += dataWords(v.targetName);
  return words;
}

export function wordsOfDirectoryRenameParams(v: DirectoryRenameParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRenameParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryRenameParams(v, depth);
}

export function writeDirectoryRenameParams(v: DirectoryRenameParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if (v.flags >>> 0 !== v.flags) throw outOfRange('DirectoryRenameParams.flags', v.flags);
  h0 |= v.flags;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.target !== -1) {
      putCapability(v.target, bytes, base + 8, 'DirectoryRenameParams.target');
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.targetName.length !== 0) {
      top = writeData(v.targetName, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putDirectoryRenameParams(v: DirectoryRenameParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRenameParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryRenameParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryRenameParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryRenameParams | undefined): DirectoryRenameParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const target_ = pointers > 1 ? readCapability(bytes, base + 8) : -1;
  const targetName_ = pointers > 2 ? readData(bytes, base + 16, start, end, depth, undefined) : new Uint8Array(0);
  const flags_ = (data >= 4 ? getInt32(bytes, at) : 0) >>> 0;
  if (into === undefined) return { name: name_, target: target_, targetName: targetName_, flags: flags_ };
  into.name = name_;
  into.target = target_;
  into.targetName = targetName_;
  into.flags = flags_;
  return into;
}

export function followDirectoryRenameParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryRenameParams | undefined): DirectoryRenameParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryRenameParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryRenameParams: Codec<DirectoryRenameParams> = {
  name: 'DirectoryRenameParams',
  dataWords: 1,
  pointers: 3,
  encode(value: DirectoryRenameParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryRenameParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryRenameParams): DirectoryRenameParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryRenameParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryRenameParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryRenameParams): number {
    return 8 + 8 * wordsOfDirectoryRenameParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryRenameResults(v: DirectoryRenameResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryRenameResults(_v: DirectoryRenameResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectoryRenameResults(v: DirectoryRenameResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRenameResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryRenameResults(v, depth);
}

export function writeDirectoryRenameResults(v: DirectoryRenameResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryRenameResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectoryRenameResults(v: DirectoryRenameResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryRenameResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryRenameResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryRenameResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryRenameResults | undefined): DirectoryRenameResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectoryRenameResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryRenameResults | undefined): DirectoryRenameResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryRenameResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryRenameResults: Codec<DirectoryRenameResults> = {
  name: 'DirectoryRenameResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectoryRenameResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryRenameResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryRenameResults): DirectoryRenameResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryRenameResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryRenameResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryRenameResults): number {
    return 8 + 8 * wordsOfDirectoryRenameResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryLinkParams(v: DirectoryLinkParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (pointers < 2 && v.target !== -1) pointers = 2;
  if (pointers < 3 && v.targetName.length !== 0) pointers = 3;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryLinkParams(v: DirectoryLinkParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  if (v.targetName.length !== 0) words += dataWords(v.targetName);
  return words;
}

export function wordsOfDirectoryLinkParams(v: DirectoryLinkParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLinkParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryLinkParams(v, depth);
}

export function writeDirectoryLinkParams(v: DirectoryLinkParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.target !== -1) {
      putCapability(v.target, bytes, base + 8, 'DirectoryLinkParams.target');
    } else putNull(bytes, base + 8);
  }
  if (pointers > 2) {
    if (v.targetName.length !== 0) {
      top = writeData(v.targetName, bytes, base + 16, top, end);
    } else putNull(bytes, base + 16);
  }
  return top;
}

export function putDirectoryLinkParams(v: DirectoryLinkParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLinkParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryLinkParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryLinkParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryLinkParams | undefined): DirectoryLinkParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const target_ = pointers > 1 ? readCapability(bytes, base + 8) : -1;
  const targetName_ = pointers > 2 ? readData(bytes, base + 16, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { name: name_, target: target_, targetName: targetName_ };
  into.name = name_;
  into.target = target_;
  into.targetName = targetName_;
  return into;
}

export function followDirectoryLinkParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryLinkParams | undefined): DirectoryLinkParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryLinkParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryLinkParams: Codec<DirectoryLinkParams> = {
  name: 'DirectoryLinkParams',
  dataWords: 0,
  pointers: 3,
  encode(value: DirectoryLinkParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryLinkParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryLinkParams): DirectoryLinkParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryLinkParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryLinkParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryLinkParams): number {
    return 8 + 8 * wordsOfDirectoryLinkParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryLinkResults(v: DirectoryLinkResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryLinkResults(_v: DirectoryLinkResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectoryLinkResults(v: DirectoryLinkResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLinkResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryLinkResults(v, depth);
}

export function writeDirectoryLinkResults(v: DirectoryLinkResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryLinkResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectoryLinkResults(v: DirectoryLinkResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryLinkResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryLinkResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryLinkResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryLinkResults | undefined): DirectoryLinkResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectoryLinkResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryLinkResults | undefined): DirectoryLinkResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryLinkResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryLinkResults: Codec<DirectoryLinkResults> = {
  name: 'DirectoryLinkResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectoryLinkResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryLinkResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryLinkResults): DirectoryLinkResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryLinkResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryLinkResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryLinkResults): number {
    return 8 + 8 * wordsOfDirectoryLinkResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectorySymlinkParams(v: DirectorySymlinkParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (pointers < 2 && v.path.length !== 0) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowDirectorySymlinkParams(v: DirectorySymlinkParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  if (v.path.length !== 0) words += dataWords(v.path);
  return words;
}

export function wordsOfDirectorySymlinkParams(v: DirectorySymlinkParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySymlinkParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectorySymlinkParams(v, depth);
}

export function writeDirectorySymlinkParams(v: DirectorySymlinkParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    if (v.path.length !== 0) {
      top = writeData(v.path, bytes, base + 8, top, end);
    } else putNull(bytes, base + 8);
  }
  return top;
}

export function putDirectorySymlinkParams(v: DirectorySymlinkParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySymlinkParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectorySymlinkParams(v, bytes, top, size, next, end, depth);
}

export function readDirectorySymlinkParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectorySymlinkParams | undefined): DirectorySymlinkParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const path_ = pointers > 1 ? readData(bytes, base + 8, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { name: name_, path: path_ };
  into.name = name_;
  into.path = path_;
  return into;
}

export function followDirectorySymlinkParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectorySymlinkParams | undefined): DirectorySymlinkParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectorySymlinkParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directorySymlinkParams: Codec<DirectorySymlinkParams> = {
  name: 'DirectorySymlinkParams',
  dataWords: 0,
  pointers: 2,
  encode(value: DirectorySymlinkParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectorySymlinkParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectorySymlinkParams): DirectorySymlinkParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectorySymlinkParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectorySymlinkParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectorySymlinkParams): number {
    return 8 + 8 * wordsOfDirectorySymlinkParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectorySymlinkResults(v: DirectorySymlinkResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectorySymlinkResults(_v: DirectorySymlinkResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectorySymlinkResults(v: DirectorySymlinkResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySymlinkResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectorySymlinkResults(v, depth);
}

export function writeDirectorySymlinkResults(v: DirectorySymlinkResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectorySymlinkResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectorySymlinkResults(v: DirectorySymlinkResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySymlinkResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectorySymlinkResults(v, bytes, top, size, next, end, depth);
}

export function readDirectorySymlinkResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectorySymlinkResults | undefined): DirectorySymlinkResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectorySymlinkResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectorySymlinkResults | undefined): DirectorySymlinkResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectorySymlinkResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directorySymlinkResults: Codec<DirectorySymlinkResults> = {
  name: 'DirectorySymlinkResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectorySymlinkResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectorySymlinkResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectorySymlinkResults): DirectorySymlinkResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectorySymlinkResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectorySymlinkResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectorySymlinkResults): number {
    return 8 + 8 * wordsOfDirectorySymlinkResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryReadLinkParams(v: DirectoryReadLinkParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryReadLinkParams(v: DirectoryReadLinkParams, _depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  return words;
}

export function wordsOfDirectoryReadLinkParams(v: DirectoryReadLinkParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryReadLinkParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryReadLinkParams(v, depth);
}

export function writeDirectoryReadLinkParams(v: DirectoryReadLinkParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryReadLinkParams(v: DirectoryReadLinkParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryReadLinkParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryReadLinkParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryReadLinkParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryReadLinkParams | undefined): DirectoryReadLinkParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { name: name_ };
  into.name = name_;
  return into;
}

export function followDirectoryReadLinkParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryReadLinkParams | undefined): DirectoryReadLinkParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryReadLinkParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryReadLinkParams: Codec<DirectoryReadLinkParams> = {
  name: 'DirectoryReadLinkParams',
  dataWords: 0,
  pointers: 1,
  encode(value: DirectoryReadLinkParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryReadLinkParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryReadLinkParams): DirectoryReadLinkParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryReadLinkParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryReadLinkParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryReadLinkParams): number {
    return 8 + 8 * wordsOfDirectoryReadLinkParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryReadLinkResults(v: DirectoryReadLinkResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1 && v.path.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryReadLinkResults(v: DirectoryReadLinkResults, _depth: number): number {
  let words = 0;
  if (v.path.length !== 0) words += dataWords(v.path);
  return words;
}

export function wordsOfDirectoryReadLinkResults(v: DirectoryReadLinkResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryReadLinkResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryReadLinkResults(v, depth);
}

export function writeDirectoryReadLinkResults(v: DirectoryReadLinkResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryReadLinkResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.path.length !== 0) {
      top = writeData(v.path, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryReadLinkResults(v: DirectoryReadLinkResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryReadLinkResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryReadLinkResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryReadLinkResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryReadLinkResults | undefined): DirectoryReadLinkResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const path_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { errno: errno_, path: path_ };
  into.errno = errno_;
  into.path = path_;
  return into;
}

export function followDirectoryReadLinkResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryReadLinkResults | undefined): DirectoryReadLinkResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryReadLinkResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryReadLinkResults: Codec<DirectoryReadLinkResults> = {
  name: 'DirectoryReadLinkResults',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryReadLinkResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryReadLinkResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryReadLinkResults): DirectoryReadLinkResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryReadLinkResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryReadLinkResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryReadLinkResults): number {
    return 8 + 8 * wordsOfDirectoryReadLinkResults(value, MAX_DEPTH - 1);
  },
};

export const directoryStatParams: Codec<DirectoryStatParams> = /* @__PURE__ */ emptyCodec('DirectoryStatParams');

export function sizeOfDirectoryStatResults(v: DirectoryStatResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryStatResults(v: DirectoryStatResults, depth: number): number {
  let words = 0;
  words += wordsOfFileStat(v.stat, depth - 1);
  return words;
}

export function wordsOfDirectoryStatResults(v: DirectoryStatResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryStatResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryStatResults(v, depth);
}

export function writeDirectoryStatResults(v: DirectoryStatResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryStatResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    {
      top = putFileStat(v.stat, bytes, base, top, end, depth - 1);
    }
  }
  return top;
}

export function putDirectoryStatResults(v: DirectoryStatResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryStatResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryStatResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryStatResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryStatResults | undefined): DirectoryStatResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const stat_ = followFileStat(bytes, pointers > 0 ? base : -1, start, end, depth, into?.stat) ?? readFileStat(bytes, 0, 0, 0, 0, 0, depth, into?.stat);
  if (into === undefined) return { errno: errno_, stat: stat_ };
  into.errno = errno_;
  into.stat = stat_;
  return into;
}

export function followDirectoryStatResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryStatResults | undefined): DirectoryStatResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryStatResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryStatResults: Codec<DirectoryStatResults> = {
  name: 'DirectoryStatResults',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryStatResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryStatResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryStatResults): DirectoryStatResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryStatResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryStatResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryStatResults): number {
    return 8 + 8 * wordsOfDirectoryStatResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectorySetAttributesParams(v: DirectorySetAttributesParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.name.length !== 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  return data | (pointers << 16);
}

export function wordsBelowDirectorySetAttributesParams(v: DirectorySetAttributesParams, depth: number): number {
  let words = 0;
  if (v.name.length !== 0) words += dataWords(v.name);
  words += wordsOfAttributes(v.attributes, depth - 1);
  return words;
}

export function wordsOfDirectorySetAttributesParams(v: DirectorySetAttributesParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySetAttributesParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectorySetAttributesParams(v, depth);
}

export function writeDirectorySetAttributesParams(v: DirectorySetAttributesParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.name.length !== 0) {
      top = writeData(v.name, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  if (pointers > 1) {
    {
      top = putAttributes(v.attributes, bytes, base + 8, top, end, depth - 1);
    }
  }
  return top;
}

export function putDirectorySetAttributesParams(v: DirectorySetAttributesParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySetAttributesParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectorySetAttributesParams(v, bytes, top, size, next, end, depth);
}

export function readDirectorySetAttributesParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectorySetAttributesParams | undefined): DirectorySetAttributesParams {
  const base = at + data;
  const name_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  const attributes_ = followAttributes(bytes, pointers > 1 ? base + 8 : -1, start, end, depth, into?.attributes) ?? readAttributes(bytes, 0, 0, 0, 0, 0, depth, into?.attributes);
  if (into === undefined) return { name: name_, attributes: attributes_ };
  into.name = name_;
  into.attributes = attributes_;
  return into;
}

export function followDirectorySetAttributesParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectorySetAttributesParams | undefined): DirectorySetAttributesParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectorySetAttributesParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directorySetAttributesParams: Codec<DirectorySetAttributesParams> = {
  name: 'DirectorySetAttributesParams',
  dataWords: 0,
  pointers: 2,
  encode(value: DirectorySetAttributesParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectorySetAttributesParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectorySetAttributesParams): DirectorySetAttributesParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectorySetAttributesParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectorySetAttributesParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectorySetAttributesParams): number {
    return 8 + 8 * wordsOfDirectorySetAttributesParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectorySetAttributesResults(v: DirectorySetAttributesResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectorySetAttributesResults(_v: DirectorySetAttributesResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectorySetAttributesResults(v: DirectorySetAttributesResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySetAttributesResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectorySetAttributesResults(v, depth);
}

export function writeDirectorySetAttributesResults(v: DirectorySetAttributesResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectorySetAttributesResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectorySetAttributesResults(v: DirectorySetAttributesResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySetAttributesResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectorySetAttributesResults(v, bytes, top, size, next, end, depth);
}

export function readDirectorySetAttributesResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectorySetAttributesResults | undefined): DirectorySetAttributesResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectorySetAttributesResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectorySetAttributesResults | undefined): DirectorySetAttributesResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectorySetAttributesResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directorySetAttributesResults: Codec<DirectorySetAttributesResults> = {
  name: 'DirectorySetAttributesResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectorySetAttributesResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectorySetAttributesResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectorySetAttributesResults): DirectorySetAttributesResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectorySetAttributesResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectorySetAttributesResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectorySetAttributesResults): number {
    return 8 + 8 * wordsOfDirectorySetAttributesResults(value, MAX_DEPTH - 1);
  },
};

export const directoryStatFileSystemParams: Codec<DirectoryStatFileSystemParams> = /* @__PURE__ */ emptyCodec('DirectoryStatFileSystemParams');

export function sizeOfDirectoryStatFileSystemResults(v: DirectoryStatFileSystemResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (data < 1 && v.blockSize !== 0) data = 1;
  if (data < 2 && v.blocks !== 0n) data = 2;
  if (data < 3 && v.free !== 0n) data = 3;
  if (data < 4 && v.files !== 0n) data = 4;
  if (data < 1 && v.readOnly !== false) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryStatFileSystemResults(_v: DirectoryStatFileSystemResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectoryStatFileSystemResults(v: DirectoryStatFileSystemResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryStatFileSystemResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryStatFileSystemResults(v, depth);
}

export function writeDirectoryStatFileSystemResults(v: DirectoryStatFileSystemResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  let h5 = 0;
  let h6 = 0;
  let h7 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryStatFileSystemResults.errno', v.errno);
  h0 |= v.errno;
  if (v.blockSize >>> 0 !== v.blockSize) throw outOfRange('DirectoryStatFileSystemResults.blockSize', v.blockSize);
  h1 |= v.blockSize;
  h2 = splitUint64(v.blocks, 'DirectoryStatFileSystemResults.blocks');
  h3 = high;
  h4 = splitUint64(v.free, 'DirectoryStatFileSystemResults.free');
  h5 = high;
  h6 = splitUint64(v.files, 'DirectoryStatFileSystemResults.files');
  h7 = high;
  if (v.readOnly) h0 |= 65536;
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
  return top;
}

export function putDirectoryStatFileSystemResults(v: DirectoryStatFileSystemResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryStatFileSystemResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryStatFileSystemResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryStatFileSystemResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryStatFileSystemResults | undefined): DirectoryStatFileSystemResults {
  const b2 = data > 2 ? bytes[at + 2]! : 0;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const blockSize_ = (data >= 8 ? getInt32(bytes, at + 4) : 0) >>> 0;
  const blocks_ = data >= 16 ? getUint64(bytes, at + 8, 0, 0) : 0n;
  const free_ = data >= 24 ? getUint64(bytes, at + 16, 0, 0) : 0n;
  const files_ = data >= 32 ? getUint64(bytes, at + 24, 0, 0) : 0n;
  const readOnly_ = ((b2 >> 0) & 1) !== 0;
  if (into === undefined) return { errno: errno_, blockSize: blockSize_, blocks: blocks_, free: free_, files: files_, readOnly: readOnly_ };
  into.errno = errno_;
  into.blockSize = blockSize_;
  into.blocks = blocks_;
  into.free = free_;
  into.files = files_;
  into.readOnly = readOnly_;
  return into;
}

export function followDirectoryStatFileSystemResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryStatFileSystemResults | undefined): DirectoryStatFileSystemResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryStatFileSystemResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryStatFileSystemResults: Codec<DirectoryStatFileSystemResults> = {
  name: 'DirectoryStatFileSystemResults',
  dataWords: 4,
  pointers: 0,
  encode(value: DirectoryStatFileSystemResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryStatFileSystemResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryStatFileSystemResults): DirectoryStatFileSystemResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryStatFileSystemResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryStatFileSystemResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryStatFileSystemResults): number {
    return 8 + 8 * wordsOfDirectoryStatFileSystemResults(value, MAX_DEPTH - 1);
  },
};

export const directorySyncParams: Codec<DirectorySyncParams> = /* @__PURE__ */ emptyCodec('DirectorySyncParams');

export function sizeOfDirectorySyncResults(v: DirectorySyncResults): number {
  let data = 0;
  const pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectorySyncResults(_v: DirectorySyncResults, _depth: number): number {
  return 0;
}

export function wordsOfDirectorySyncResults(v: DirectorySyncResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySyncResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectorySyncResults(v, depth);
}

export function writeDirectorySyncResults(v: DirectorySyncResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectorySyncResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  return top;
}

export function putDirectorySyncResults(v: DirectorySyncResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectorySyncResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectorySyncResults(v, bytes, top, size, next, end, depth);
}

export function readDirectorySyncResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectorySyncResults | undefined): DirectorySyncResults {
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  if (into === undefined) return { errno: errno_ };
  into.errno = errno_;
  return into;
}

export function followDirectorySyncResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectorySyncResults | undefined): DirectorySyncResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectorySyncResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directorySyncResults: Codec<DirectorySyncResults> = {
  name: 'DirectorySyncResults',
  dataWords: 1,
  pointers: 0,
  encode(value: DirectorySyncResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectorySyncResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectorySyncResults): DirectorySyncResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectorySyncResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectorySyncResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectorySyncResults): number {
    return 8 + 8 * wordsOfDirectorySyncResults(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryResolveParams(v: DirectoryResolveParams): number {
  const data = 0;
  let pointers = 0;
  if (pointers < 1 && v.path.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryResolveParams(v: DirectoryResolveParams, _depth: number): number {
  let words = 0;
  if (v.path.length !== 0) words += dataWords(v.path);
  return words;
}

export function wordsOfDirectoryResolveParams(v: DirectoryResolveParams, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryResolveParams(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryResolveParams(v, depth);
}

export function writeDirectoryResolveParams(v: DirectoryResolveParams, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const pointers = size >>> 16;
  const base = at + 0;
  if (pointers > 0) {
    if (v.path.length !== 0) {
      top = writeData(v.path, bytes, base, top, end);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryResolveParams(v: DirectoryResolveParams, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryResolveParams(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryResolveParams(v, bytes, top, size, next, end, depth);
}

export function readDirectoryResolveParams(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryResolveParams | undefined): DirectoryResolveParams {
  const base = at + data;
  const path_ = pointers > 0 ? readData(bytes, base, start, end, depth, undefined) : new Uint8Array(0);
  if (into === undefined) return { path: path_ };
  into.path = path_;
  return into;
}

export function followDirectoryResolveParams(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryResolveParams | undefined): DirectoryResolveParams | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryResolveParams(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryResolveParams: Codec<DirectoryResolveParams> = {
  name: 'DirectoryResolveParams',
  dataWords: 0,
  pointers: 1,
  encode(value: DirectoryResolveParams, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryResolveParams(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryResolveParams): DirectoryResolveParams {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryResolveParams(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryResolveParams(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryResolveParams): number {
    return 8 + 8 * wordsOfDirectoryResolveParams(value, MAX_DEPTH - 1);
  },
};

export function sizeOfDirectoryResolveResults(v: DirectoryResolveResults): number {
  let data = 0;
  let pointers = 0;
  if (data < 1 && v.errno !== 0) data = 1;
  if (pointers < 1 && v.stats.length !== 0) pointers = 1;
  return data | (pointers << 16);
}

export function wordsBelowDirectoryResolveResults(v: DirectoryResolveResults, depth: number): number {
  let words = 0;
  if (v.stats.length !== 0) words += wordsOfFileStatList(v.stats, depth - 1);
  return words;
}

export function wordsOfDirectoryResolveResults(v: DirectoryResolveResults, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryResolveResults(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelowDirectoryResolveResults(v, depth);
}

export function writeDirectoryResolveResults(v: DirectoryResolveResults, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {
  const data = size & 0xffff;
  let h0 = 0;
  if ((v.errno & 0xffff) !== v.errno) throw outOfRange('DirectoryResolveResults.errno', v.errno);
  h0 |= v.errno;
  if (data > 0) {
    putInt32(bytes, at + 0, h0);
    putInt32(bytes, at + 4, 0);
  }
  const pointers = size >>> 16;
  const base = at + data * 8;
  if (pointers > 0) {
    if (v.stats.length !== 0) {
      top = writeFileStatList(v.stats, bytes, base, top, end, depth - 1);
    } else putNull(bytes, base);
  }
  return top;
}

export function putDirectoryResolveResults(v: DirectoryResolveResults, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const size = sizeOfDirectoryResolveResults(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw noRoom(next - top, end - top);
  putStructPointer(bytes, at, top, size);
  return writeDirectoryResolveResults(v, bytes, top, size, next, end, depth);
}

export function readDirectoryResolveResults(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: DirectoryResolveResults | undefined): DirectoryResolveResults {
  const base = at + data;
  const errno_ = (data >= 2 ? getUint16(bytes, at) : 0);
  const stats_ = pointers > 0 ? readFileStatList(bytes, base, start, end, depth) : [];
  if (into === undefined) return { errno: errno_, stats: stats_ };
  into.errno = errno_;
  into.stats = stats_;
  return into;
}

export function followDirectoryResolveResults(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: DirectoryResolveResults | undefined): DirectoryResolveResults | undefined {
  if (at < 0 || !followStruct(bytes, at, start, end, depth)) return undefined;
  return readDirectoryResolveResults(bytes, found.at, found.data, found.pointers, start, end, depth - 1, into);
}

export const directoryResolveResults: Codec<DirectoryResolveResults> = {
  name: 'DirectoryResolveResults',
  dataWords: 1,
  pointers: 1,
  encode(value: DirectoryResolveResults, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return putDirectoryResolveResults(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: DirectoryResolveResults): DirectoryResolveResults {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : followDirectoryResolveResults(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? readDirectoryResolveResults(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: DirectoryResolveResults): number {
    return 8 + 8 * wordsOfDirectoryResolveResults(value, MAX_DEPTH - 1);
  },
};

/** An open file. errno 0 is success, otherwise Linux's number, and the other results have no meaning. */
export const File: {
  readonly id: 0xd018cc5799aada50n;
  readonly name: 'File';
  readonly methods: {
    readonly read: MethodDescriptor<FileReadParams, FileReadResults>;
    readonly write: MethodDescriptor<FileWriteParams, FileWriteResults>;
    readonly stat: MethodDescriptor<FileStatParams, FileStatResults>;
    readonly truncate: MethodDescriptor<FileTruncateParams, FileTruncateResults>;
    readonly sync: MethodDescriptor<FileSyncParams, FileSyncResults>;
    readonly setAttributes: MethodDescriptor<FileSetAttributesParams, FileSetAttributesResults>;
  };
} = {
  id: 0xd018cc5799aada50n,
  name: 'File',
  methods: {
    /** Less than asked for at the end of the file, or when the result buffer is smaller. */
    read: { ordinal: 0, name: 'read', params: fileReadParams, results: fileReadResults },
    /** append: at the end of the file, whatever `offset` says. The result's offset is where the data was put. */
    write: { ordinal: 1, name: 'write', params: fileWriteParams, results: fileWriteResults },
    /** Attributes now. */
    stat: { ordinal: 2, name: 'stat', params: fileStatParams, results: fileStatResults },
    /** Sets the size; what is gained reads zero. */
    truncate: { ordinal: 3, name: 'truncate', params: fileTruncateParams, results: fileTruncateResults },
    /** Answers when what was written survives a crash; dataOnly as fdatasync(2). */
    sync: { ordinal: 4, name: 'sync', params: fileSyncParams, results: fileSyncResults },
    /** Mode, owner and times. */
    setAttributes: { ordinal: 5, name: 'setAttributes', params: fileSetAttributesParams, results: fileSetAttributesResults },
  },
} as const satisfies InterfaceDescriptor;

/** errno 0 is success. Nothing here follows a symbolic link: the caller re-resolves it in its own mount table. */
export const Directory: {
  readonly id: 0x93a68344d15fa503n;
  readonly name: 'Directory';
  readonly methods: {
    readonly lookup: MethodDescriptor<DirectoryLookupParams, DirectoryLookupResults>;
    readonly openFile: MethodDescriptor<DirectoryOpenFileParams, DirectoryOpenFileResults>;
    readonly openDirectory: MethodDescriptor<DirectoryOpenDirectoryParams, DirectoryOpenDirectoryResults>;
    readonly list: MethodDescriptor<DirectoryListParams, DirectoryListResults>;
    readonly makeDirectory: MethodDescriptor<DirectoryMakeDirectoryParams, DirectoryMakeDirectoryResults>;
    readonly remove: MethodDescriptor<DirectoryRemoveParams, DirectoryRemoveResults>;
    readonly rename: MethodDescriptor<DirectoryRenameParams, DirectoryRenameResults>;
    readonly link: MethodDescriptor<DirectoryLinkParams, DirectoryLinkResults>;
    readonly symlink: MethodDescriptor<DirectorySymlinkParams, DirectorySymlinkResults>;
    readonly readLink: MethodDescriptor<DirectoryReadLinkParams, DirectoryReadLinkResults>;
    readonly stat: MethodDescriptor<DirectoryStatParams, DirectoryStatResults>;
    readonly setAttributes: MethodDescriptor<DirectorySetAttributesParams, DirectorySetAttributesResults>;
    readonly statFileSystem: MethodDescriptor<DirectoryStatFileSystemParams, DirectoryStatFileSystemResults>;
    readonly sync: MethodDescriptor<DirectorySyncParams, DirectorySyncResults>;
    readonly resolve: MethodDescriptor<DirectoryResolveParams, DirectoryResolveResults>;
  };
} = {
  id: 0x93a68344d15fa503n,
  name: 'Directory',
  methods: {
    /** What is there under that name; a symbolic link is told of itself. */
    lookup: { ordinal: 0, name: 'lookup', params: directoryLookupParams, results: directoryLookupResults },
    /** flags: 1 read, 2 write, 4 create, 8 exclusive, 16 truncate. */
    openFile: { ordinal: 1, name: 'openFile', params: directoryOpenFileParams, results: directoryOpenFileResults, returnsCapabilities: true },
    /** The directory below; its holder can't come back up. */
    openDirectory: { ordinal: 2, name: 'openDirectory', params: directoryOpenDirectoryParams, results: directoryOpenDirectoryResults, returnsCapabilities: true },
    /** Without . and ..; cookie 0 begins, `next` goes on. What is not added or removed meanwhile comes exactly once. */
    list: { ordinal: 3, name: 'list', params: directoryListParams, results: directoryListResults },
    /** As mkdir(2). */
    makeDirectory: { ordinal: 4, name: 'makeDirectory', params: directoryMakeDirectoryParams, results: directoryMakeDirectoryResults },
    /** As unlink(2), or rmdir(2) for directory. */
    remove: { ordinal: 5, name: 'remove', params: directoryRemoveParams, results: directoryRemoveResults },
    /** flags: 1 the target name must not exist. */
    rename: { ordinal: 6, name: 'rename', params: directoryRenameParams, results: directoryRenameResults },
    /** A second name for a file, in a directory of the same server. */
    link: { ordinal: 7, name: 'link', params: directoryLinkParams, results: directoryLinkResults },
    /** A link that says `path`; the server never follows it. */
    symlink: { ordinal: 8, name: 'symlink', params: directorySymlinkParams, results: directorySymlinkResults },
    /** What a symbolic link says. */
    readLink: { ordinal: 9, name: 'readLink', params: directoryReadLinkParams, results: directoryReadLinkResults },
    /** Attributes of the directory itself. */
    stat: { ordinal: 10, name: 'stat', params: directoryStatParams, results: directoryStatResults },
    /** An empty name is the directory itself. */
    setAttributes: { ordinal: 11, name: 'setAttributes', params: directorySetAttributesParams, results: directorySetAttributesResults },
    /** As statfs(2). */
    statFileSystem: { ordinal: 12, name: 'statFileSystem', params: directoryStatFileSystemParams, results: directoryStatFileSystemResults },
    /** Answers when the entries survive a crash. */
    sync: { ordinal: 13, name: 'sync', params: directorySyncParams, results: directorySyncResults },
    /**
     * As many look-ups: of the first name of `path` here, of each other one in the directory that the one before it is. Names are parted by
     * one slash. What was found, in that order, then errno of the name behind it. It ends where something is no directory, and may end sooner:
     * the rest is to be asked of the directory that was found last.
     */
    resolve: { ordinal: 14, name: 'resolve', params: directoryResolveParams, results: directoryResolveResults },
  },
} as const satisfies InterfaceDescriptor;

function wordsOfDirectoryEntryList(list: readonly DirectoryEntry[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfDirectoryEntry(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowDirectoryEntry(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeDirectoryEntryList(list: readonly (DirectoryEntry)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfDirectoryEntry(list[index]!);
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
    top = writeDirectoryEntry(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readDirectoryEntryList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (DirectoryEntry)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<DirectoryEntry>(count);
  for (let index = 0; index < count; index++) list[index] = readDirectoryEntry(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}

function wordsOfFileStatList(list: readonly FileStat[], depth: number): number {
  if (depth <= 0) throw tooDeep();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = sizeOfFileStat(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += wordsBelowFileStat(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

function writeFileStatList(list: readonly (FileStat)[], bytes: Uint8Array, at: number, start: number, end: number, depth: number): number {
  if (depth <= 0) throw tooDeep();
  const count = list.length;
  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = sizeOfFileStat(list[index]!);
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
    top = writeFileStat(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

function readFileStatList(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (FileStat)[] {
  if (!followList(bytes, at, start, end, depth, 7)) return [];
  const { at: first, count, step, data, pointers } = found;
  const list = new Array<FileStat>(count);
  for (let index = 0; index < count; index++) list[index] = readFileStat(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined);
  return list;
}
