// What is told of files: the status that `stat` shows, the entries that a listing has, the file system behind them.

import type { ByteString } from '../guest-memory.ts';
import { MODE } from '../linux/file-flags.ts';

/** What `stat` tells of a file. `mode` has the file type in its upper bits. Times are nanoseconds since 1970. */
export interface FileStatus {
  readonly mode: number;
  readonly size: number;
  readonly links: number;
  readonly inode: bigint;
  readonly device: bigint;
  readonly rdev: bigint;
  readonly uid: number;
  readonly gid: number;
  readonly blockSize: number;
  readonly blocks: number;
  readonly accessedNs: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
}

/** Which attributes a call changes; what is absent stays. */
export interface AttributeChange {
  readonly mode?: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly accessedNs?: bigint;
  readonly modifiedNs?: bigint;
}

/** One name of a directory. */
export interface ListedEntry {
  readonly name: ByteString;
  /** `d_type`. */
  readonly type: number;
  readonly inode: bigint;
}

export interface Listing {
  readonly entries: readonly ListedEntry[];
  /** The cookie with which the listing goes on. */
  readonly next: bigint;
  readonly end: boolean;
}

export interface FileSystemStatus {
  readonly type: number;
  readonly blockSize: number;
  readonly blocks: bigint;
  readonly free: bigint;
  readonly files: bigint;
  readonly readOnly: boolean;
}

/** `d_type` of a mode: the same numbers (IFTODT of dirent.h). */
export const entryType = (mode: number): number => (mode & MODE.TYPE) >> 12;

export function isDirectory(status: FileStatus): boolean {
  return (status.mode & MODE.TYPE) === MODE.DIRECTORY;
}

export function isSymlink(status: FileStatus): boolean {
  return (status.mode & MODE.TYPE) === MODE.SYMLINK;
}

/** A status for something that no file system holds. */
export function syntheticStatus(mode: number, inode: bigint, rdev = 0n, size = 0): FileStatus {
  return {
    mode,
    size,
    links: (mode & MODE.TYPE) === MODE.DIRECTORY ? 2 : 1,
    inode,
    device: 5n,
    rdev,
    uid: 0,
    gid: 0,
    blockSize: 4096,
    blocks: 0,
    accessedNs: 0n,
    modifiedNs: 0n,
    changedNs: 0n,
  };
}
