// What `stat` tells, with Node's names.

import type { FileStatus } from '../files/file-status.ts';
import { MODE } from '../linux/file-flags.ts';

/** The kind of a file, from the type bits of its mode. */
export class FileKinds {
  readonly mode: number;

  constructor(mode: number) {
    this.mode = mode;
  }

  isFile(): boolean {
    return (this.mode & MODE.TYPE) === MODE.REGULAR;
  }
  isDirectory(): boolean {
    return (this.mode & MODE.TYPE) === MODE.DIRECTORY;
  }
  isSymbolicLink(): boolean {
    return (this.mode & MODE.TYPE) === MODE.SYMLINK;
  }
  isFIFO(): boolean {
    return (this.mode & MODE.TYPE) === MODE.FIFO;
  }
  isCharacterDevice(): boolean {
    return (this.mode & MODE.TYPE) === MODE.CHARACTER;
  }
  isBlockDevice(): boolean {
    return (this.mode & MODE.TYPE) === MODE.BLOCK;
  }
  isSocket(): boolean {
    return (this.mode & MODE.TYPE) === MODE.SOCKET;
  }
}

export class FileStats extends FileKinds {
  readonly #status: FileStatus;

  constructor(status: FileStatus) {
    super(status.mode);
    this.#status = status;
  }

  get size(): number {
    return this.#status.size;
  }
  get nlink(): number {
    return this.#status.links;
  }
  /** Inode number; one beyond 2^53 loses its low bits: `inode` has them all. */
  get ino(): number {
    return Number(this.#status.inode);
  }
  get inode(): bigint {
    return this.#status.inode;
  }
  get dev(): number {
    return Number(this.#status.device);
  }
  get uid(): number {
    return this.#status.uid;
  }
  get gid(): number {
    return this.#status.gid;
  }
  get blksize(): number {
    return this.#status.blockSize;
  }
  /** In units of 512 bytes. */
  get blocks(): number {
    return this.#status.blocks;
  }
  get atimeMs(): number {
    return Number(this.#status.accessedNs) / 1e6;
  }
  get mtimeMs(): number {
    return Number(this.#status.modifiedNs) / 1e6;
  }
  get ctimeMs(): number {
    return Number(this.#status.changedNs) / 1e6;
  }
  get atime(): Date {
    return new Date(this.atimeMs);
  }
  get mtime(): Date {
    return new Date(this.mtimeMs);
  }
  get ctime(): Date {
    return new Date(this.ctimeMs);
  }
}

/** An entry of a directory with its kind (`readdir` with `withFileTypes`). */
export class DirectoryEntry extends FileKinds {
  readonly name: string;
  /** The directory it is in, as it was named. */
  readonly parentPath: string;

  constructor(name: string, parentPath: string, mode: number) {
    super(mode);
    this.name = name;
    this.parentPath = parentPath;
  }
}
