// Attributes of files between file.capnp's structs and what stat(2) tells.

import type { Attributes, FileKind, FileStat } from '@capos/abi';
import { ENTRY_TYPE, MODE } from '../linux/file-flags.ts';
import type { AttributeChange, FileStatus } from './file-status.ts';

/** The kinds this schema knows; anything else is shown as a socket, which nobody opens. */
type KnownKind = Exclude<FileKind, number>;

const TYPE_BITS: Record<KnownKind, number> = {
  file: MODE.REGULAR,
  directory: MODE.DIRECTORY,
  symlink: MODE.SYMLINK,
  characterDevice: MODE.CHARACTER,
  blockDevice: MODE.BLOCK,
  fifo: MODE.FIFO,
  socket: MODE.SOCKET,
};

const ENTRY_TYPES: Record<KnownKind, number> = {
  file: ENTRY_TYPE.REGULAR,
  directory: ENTRY_TYPE.DIRECTORY,
  symlink: ENTRY_TYPE.SYMLINK,
  characterDevice: ENTRY_TYPE.CHARACTER,
  blockDevice: ENTRY_TYPE.BLOCK,
  fifo: ENTRY_TYPE.FIFO,
  socket: ENTRY_TYPE.SOCKET,
};

function knownKind(kind: FileKind): KnownKind {
  return typeof kind === 'number' ? 'socket' : kind;
}

/** `d_type` of a kind. */
export function entryTypeOf(kind: FileKind): number {
  return ENTRY_TYPES[knownKind(kind)];
}

/** A status as its message tells it. */
export function statusOf(stat: FileStat): FileStatus {
  return {
    mode: TYPE_BITS[knownKind(stat.kind)] | (stat.mode & 0o7777),
    size: Number(stat.size),
    links: stat.links,
    inode: stat.inode,
    device: stat.device,
    rdev: stat.rdev,
    uid: stat.uid,
    gid: stat.gid,
    blockSize: stat.blockSize || 4096,
    blocks: Number(stat.blocks),
    accessedNs: stat.accessedNs,
    modifiedNs: stat.modifiedNs,
    changedNs: stat.changedNs,
  };
}

/** A change as its message says it. */
export function attributesOf(change: AttributeChange): Attributes {
  return {
    mask:
      (change.mode === undefined ? 0 : 1) |
      (change.owner === undefined ? 0 : 2) |
      (change.accessedNs === undefined ? 0 : 4) |
      (change.modifiedNs === undefined ? 0 : 8),
    mode: change.mode ?? 0,
    uid: change.owner?.uid ?? 0,
    gid: change.owner?.gid ?? 0,
    accessedNs: change.accessedNs ?? 0n,
    modifiedNs: change.modifiedNs ?? 0n,
  };
}
