// Files and directories as objects that hold a place in a tree: what each backend implements and the service serves.
//
// Methods mirror packages/abi/schema/file.capnp. They never throw for what a program can cause: `errno` is 0 or a Linux
// error number. Names are single components as bytes; nothing follows a symbolic link.

export type FileKind = 'file' | 'directory' | 'symlink' | 'characterDevice' | 'blockDevice' | 'fifo' | 'socket';

export interface FileStat {
  readonly kind: FileKind;
  /** Permission bits, set-id and sticky included: 12 bits. */
  readonly mode: number;
  readonly size: bigint;
  readonly links: number;
  readonly inode: bigint;
  readonly modifiedNs: bigint;
  readonly accessedNs: bigint;
  readonly changedNs: bigint;
  readonly uid: number;
  readonly gid: number;
  readonly blockSize: number;
  /** In units of 512 bytes. */
  readonly blocks: bigint;
  readonly device: bigint;
  readonly rdev: bigint;
}

export const NO_STAT: FileStat = {
  kind: 'file',
  mode: 0,
  size: 0n,
  links: 0,
  inode: 0n,
  modifiedNs: 0n,
  accessedNs: 0n,
  changedNs: 0n,
  uid: 0,
  gid: 0,
  blockSize: 0,
  blocks: 0n,
  device: 0n,
  rdev: 0n,
};

export const OPEN_READ = 1;
export const OPEN_WRITE = 2;
export const OPEN_CREATE = 4;
export const OPEN_EXCLUSIVE = 8;
export const OPEN_TRUNCATE = 16;

export const ATTRIBUTE_MODE = 1;
export const ATTRIBUTE_OWNER = 2;
export const ATTRIBUTE_ACCESSED = 4;
export const ATTRIBUTE_MODIFIED = 8;

/** Rename: the target name must not exist. */
export const RENAME_NO_REPLACE = 1;

export const MAX_FILE_NAME_BYTES = 255;
export const MAX_SYMLINK_BYTES = 4095;

export interface Attributes {
  readonly mask: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly accessedNs: bigint;
  readonly modifiedNs: bigint;
}

export interface Status {
  readonly errno: number;
}
export interface StatResult extends Status {
  readonly stat: FileStat;
}
export interface ResolveResult extends Status {
  /** What the first names are; `errno` is of the name behind them, if one of it was looked up. */
  readonly stats: readonly FileStat[];
}
export interface ReadResult extends Status {
  readonly data: Uint8Array;
}
export interface WriteResult extends Status {
  readonly count: number;
  /** Where the data was put: as asked, or the end of the file when appending. */
  readonly offset: number;
}
export interface OpenFileResult extends StatResult {
  readonly file?: OpenFile;
}
export interface OpenDirectoryResult extends StatResult {
  readonly directory?: OpenDirectory;
}
export interface DirectoryEntry {
  readonly name: Uint8Array;
  readonly kind: FileKind;
  readonly inode: bigint;
}
export interface ListResult extends Status {
  readonly entries: readonly DirectoryEntry[];
  readonly next: number;
  readonly end: boolean;
}
export interface ReadLinkResult extends Status {
  readonly path: Uint8Array;
}
export interface FileSystemStat extends Status {
  readonly blockSize: number;
  readonly blocks: bigint;
  readonly free: bigint;
  readonly files: bigint;
  readonly readOnly: boolean;
}

export const OK: Status = { errno: 0 };

/** A file held open: it stays readable and writable after its last name is gone, until it is closed. */
export interface OpenFile {
  /**
   * Before `read`, `write` or `truncate` of this range: undefined when it can go ahead, otherwise a promise after which to ask again.
   * A negative offset is the end of the file. Backends whose content is at hand leave it out.
   */
  prepare?(offset: number, length: number): Promise<void> | undefined;
  read(offset: number, length: number): ReadResult;
  write(offset: number, data: Uint8Array, append: boolean): WriteResult;
  stat(): StatResult;
  truncate(size: number): Status;
  sync(dataOnly: boolean): Status | Promise<Status>;
  setAttributes(attributes: Attributes): Status;
  close(): void;
}

export interface OpenDirectory {
  lookup(name: Uint8Array): StatResult;
  /**
   * As many look-ups: of the first name here, of each other one in the directory that the one before it is. Ends where something is no
   * directory, and may end sooner.
   */
  resolve(names: readonly Uint8Array[]): ResolveResult;
  openFile(name: Uint8Array, flags: number, mode: number): OpenFileResult;
  openDirectory(name: Uint8Array): OpenDirectoryResult;
  /** From `cookie` on: 0 begins, `next` goes on. Entries that are not added or removed meanwhile come exactly once. */
  list(cookie: number, limit: number): ListResult;
  makeDirectory(name: Uint8Array, mode: number): Status;
  remove(name: Uint8Array, directory: boolean): Status;
  rename(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array, flags: number): Status;
  link(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array): Status;
  symlink(name: Uint8Array, path: Uint8Array): Status;
  readLink(name: Uint8Array): ReadLinkResult;
  stat(): StatResult;
  /** An empty name is the directory itself. */
  setAttributes(name: Uint8Array, attributes: Attributes): Status;
  statFileSystem(): FileSystemStat;
  sync(): Status | Promise<Status>;
  close(): void;
}
