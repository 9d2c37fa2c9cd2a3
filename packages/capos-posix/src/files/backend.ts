// What a mount is made of: directories and files, behind whatever gives them.
//
// Two kinds exist: capabilities (capability-directory.ts), and small synthetic directories that show a process itself
// (synthetic-directory.ts). Every answer below zero is minus an error number. Nothing here follows a symbolic link:
// path-walk.ts does that in the mount table.

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import type { ByteString } from '../guest-memory.ts';
import type { MaybeBlocking } from '../waiting.ts';
import type { AttributeChange, FileStatus, FileSystemStatus, Listing } from './file-status.ts';
import type { OpenFile } from './open-file.ts';

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
  /**
   * What `lookup` would answer for the first name here, and for each other one in the directory that the one before it is: at most one
   * answer a name, none behind what is no directory; perhaps none at all. Left out where looking up costs no request.
   */
  resolve?(names: readonly ByteString[]): MaybeBlocking<readonly (FileStatus | number)[]>;
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
