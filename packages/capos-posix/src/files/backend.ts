// What a mount is made of: directories and files, behind whatever gives them.
//
// Two kinds exist: capabilities (capability-directory.ts), and small synthetic directories that show a process itself
// (synthetic-directory.ts). Every answer below zero is minus an error number. Nothing here follows a symbolic link:
// path-walk.ts does that in the mount table.

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import type { ByteString } from '../guest-memory.ts';
import { ENTRY_TYPE, MODE } from '../linux/file-flags.ts';
import type { MaybeBlocking } from '../waiting.ts';
import type { OpenFile } from './open-file.ts';

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

/** How a file is opened; the bits of file.capnp's `openFile`. */
export const OPEN_FILE = { READ: 1, WRITE: 2, CREATE: 4, EXCLUSIVE: 8, TRUNCATE: 16 } as const;

/** An open regular file. */
export interface FileBackend {
  /** What is behind it, when that is a capability. */
  readonly capability?: SharedCapability | undefined;
  /** All of its bytes, where they are at hand and never change. */
  readonly content?: Uint8Array | undefined;
  read(offset: number, length: number): MaybeBlocking<Uint8Array | number>;
  /** Answers the bytes written and the offset behind them. */
  write(
    offset: number,
    data: Uint8Array,
    append: boolean,
  ): MaybeBlocking<{ readonly count: number; readonly offset: number } | number>;
  status(): MaybeBlocking<FileStatus | number>;
  truncate(size: number): MaybeBlocking<number>;
  sync(dataOnly: boolean): MaybeBlocking<number>;
  setAttributes(change: AttributeChange): MaybeBlocking<number>;
  release(): void;
}

/** What opening a name gave. */
export type Opened =
  | { readonly kind: 'file'; readonly file: FileBackend; readonly status: FileStatus }
  /** A device or pipe that this process is shown: already an open file description. */
  | { readonly kind: 'special'; readonly description: OpenFile };

/** A directory; reaches what is below it and nothing else. A name is one component, never empty, `.` or `..`. */
export interface DirectoryBackend {
  /** What is behind it, when that is a capability. */
  readonly capability?: SharedCapability | undefined;
  lookup(name: ByteString): MaybeBlocking<FileStatus | number>;
  openFile(name: ByteString, flags: number, mode: number): MaybeBlocking<Opened | number>;
  openDirectory(name: ByteString): MaybeBlocking<DirectoryBackend | number>;
  list(cookie: bigint, limit: number): MaybeBlocking<Listing | number>;
  makeDirectory(name: ByteString, mode: number): MaybeBlocking<number>;
  remove(name: ByteString, directory: boolean): MaybeBlocking<number>;
  rename(name: ByteString, target: DirectoryBackend, targetName: ByteString, flags: number): MaybeBlocking<number>;
  link(name: ByteString, target: DirectoryBackend, targetName: ByteString): MaybeBlocking<number>;
  symlink(name: ByteString, path: ByteString): MaybeBlocking<number>;
  readLink(name: ByteString): MaybeBlocking<ByteString | number>;
  status(): MaybeBlocking<FileStatus | number>;
  setAttributes(name: ByteString, change: AttributeChange): MaybeBlocking<number>;
  fileSystemStatus(): MaybeBlocking<FileSystemStatus | number>;
  sync(): MaybeBlocking<number>;
  /** For links that lead to an open file rather than to a path (`/proc/self/fd/3`); undefined for ordinary ones. */
  magicLink?(name: ByteString): OpenFile | undefined;
  release(): void;
}

/** `d_type` of a mode. */
export function entryType(mode: number): number {
  switch (mode & MODE.TYPE) {
    case MODE.REGULAR:
      return ENTRY_TYPE.REGULAR;
    case MODE.DIRECTORY:
      return ENTRY_TYPE.DIRECTORY;
    case MODE.SYMLINK:
      return ENTRY_TYPE.SYMLINK;
    case MODE.CHARACTER:
      return ENTRY_TYPE.CHARACTER;
    case MODE.BLOCK:
      return ENTRY_TYPE.BLOCK;
    case MODE.FIFO:
      return ENTRY_TYPE.FIFO;
    case MODE.SOCKET:
      return ENTRY_TYPE.SOCKET;
    default:
      return ENTRY_TYPE.UNKNOWN;
  }
}

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
