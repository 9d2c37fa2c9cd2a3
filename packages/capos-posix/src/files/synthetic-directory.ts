// Synthetic directory: names that this process provides to itself, from a table. Nothing in it can be created or removed.

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import {
  type DirectoryBackend,
  entryType,
  type FileBackend,
  type FileStatus,
  type FileSystemStatus,
  isDirectory,
  type Listing,
  OPEN_FILE,
  type Opened,
  syntheticStatus,
} from './backend.ts';
import type { OpenFile } from './open-file.ts';

/** What a name of a synthetic directory is. */
export type SyntheticEntry =
  | { readonly kind: 'directory'; readonly directory: SyntheticDirectory }
  /** A file whose content is made anew when it is read from its beginning; its size is told as 0, as /proc does, unless it is known. */
  | { readonly kind: 'text'; readonly content: () => ByteString; readonly size?: number }
  | { readonly kind: 'link'; readonly target: () => ByteString | number; readonly magic?: () => OpenFile | undefined }
  | {
      readonly kind: 'device';
      readonly rdev: bigint;
      readonly open: (flags: number) => OpenFile | number;
      /** Where the same device must look the same by every path. */
      readonly status?: FileStatus;
    };

const PROC_SUPER_MAGIC = 0x9fa0;
let nextInode = 0x1000_0000n;

export class SyntheticDirectory implements DirectoryBackend {
  readonly #entries: () => ReadonlyMap<ByteString, SyntheticEntry>;
  readonly #inode = nextInode++;
  readonly #inodes = new Map<ByteString, bigint>();

  /** `entries` is asked at every look-up, so that a directory may show what is there just now. */
  constructor(entries: ReadonlyMap<ByteString, SyntheticEntry> | (() => ReadonlyMap<ByteString, SyntheticEntry>)) {
    this.#entries = typeof entries === 'function' ? entries : () => entries;
  }

  #statusOf(name: ByteString, entry: SyntheticEntry): FileStatus {
    let inode = this.#inodes.get(name);
    if (inode === undefined) {
      inode = nextInode++;
      this.#inodes.set(name, inode);
    }
    if (entry.kind === 'directory') return entry.directory.status();
    if (entry.kind === 'text') return syntheticStatus(MODE.REGULAR | 0o444, inode, 0n, entry.size);
    if (entry.kind === 'link') return syntheticStatus(MODE.SYMLINK | 0o777, inode);
    return entry.status ?? syntheticStatus(MODE.CHARACTER | 0o666, inode, entry.rdev);
  }

  lookup(name: ByteString): FileStatus | number {
    const entry = this.#entries().get(name);
    return entry === undefined ? -ERRNO.ENOENT : this.#statusOf(name, entry);
  }

  openFile(name: ByteString, flags: number): Opened | number {
    const entry = this.#entries().get(name);
    if (entry === undefined) return (flags & OPEN_FILE.CREATE) !== 0 ? -ERRNO.EACCES : -ERRNO.ENOENT;
    if (entry.kind === 'directory') return -ERRNO.EISDIR;
    if (entry.kind === 'link') return -ERRNO.ELOOP;
    if (entry.kind === 'device') {
      const description = entry.open(flags);
      return typeof description === 'number' ? description : { kind: 'special', description };
    }
    if ((flags & OPEN_FILE.WRITE) !== 0) return -ERRNO.EACCES;
    const status = this.#statusOf(name, entry);
    return { kind: 'file', status, file: new SyntheticFile(entry.content, status) };
  }

  openDirectory(name: ByteString): SyntheticDirectory | number {
    const entry = this.#entries().get(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry.kind === 'directory' ? entry.directory : -ERRNO.ENOTDIR;
  }

  list(cookie: bigint, limit: number): Listing {
    const all = [...this.#entries()];
    const first = Number(cookie);
    const entries = all.slice(first, first + limit).map(([name, entry]) => {
      const status = this.#statusOf(name, entry);
      return { name, type: entryType(status.mode), inode: status.inode };
    });
    return { entries, next: BigInt(first + entries.length), end: first + entries.length >= all.length };
  }

  readLink(name: ByteString): ByteString | number {
    const entry = this.#entries().get(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry.kind === 'link' ? entry.target() : -ERRNO.EINVAL;
  }

  magicLink(name: ByteString): OpenFile | undefined {
    const entry = this.#entries().get(name);
    return entry?.kind === 'link' ? entry.magic?.() : undefined;
  }

  status(): FileStatus {
    return syntheticStatus(MODE.DIRECTORY | 0o555, this.#inode);
  }

  fileSystemStatus(): FileSystemStatus {
    return { type: PROC_SUPER_MAGIC, blockSize: 4096, blocks: 0n, free: 0n, files: 0n, readOnly: true };
  }

  makeDirectory(name: ByteString): number {
    return this.#entries().has(name) ? -ERRNO.EEXIST : -ERRNO.EACCES;
  }

  remove(name: ByteString, directory: boolean): number {
    const status = this.lookup(name);
    if (typeof status === 'number') return status;
    if (directory && !isDirectory(status)) return -ERRNO.ENOTDIR;
    return -ERRNO.EACCES;
  }

  rename(name: ByteString): number {
    return this.#entries().has(name) ? -ERRNO.EACCES : -ERRNO.ENOENT;
  }

  link(name: ByteString): number {
    return this.#entries().has(name) ? -ERRNO.EPERM : -ERRNO.ENOENT;
  }

  symlink(name: ByteString): number {
    return this.#entries().has(name) ? -ERRNO.EEXIST : -ERRNO.EACCES;
  }

  setAttributes(): number {
    return -ERRNO.EPERM;
  }

  sync(): number {
    return 0;
  }

  release(): void {}
}

/** A file that says what holds now, read only; one reading, from its beginning to its end, is of one moment. */
class SyntheticFile implements FileBackend {
  readonly #make: () => ByteString;
  #content: Uint8Array | undefined;
  readonly #status: FileStatus;

  constructor(make: () => ByteString, status: FileStatus) {
    this.#make = make;
    this.#status = status;
  }

  read(offset: number, length: number): Uint8Array {
    if (offset === 0 || this.#content === undefined)
      this.#content = Uint8Array.from(this.#make(), (character) => character.charCodeAt(0));
    return this.#content.slice(offset, offset + length);
  }

  write(): number {
    return -ERRNO.EBADF;
  }

  status(): FileStatus {
    return this.#status;
  }

  truncate(): number {
    return -ERRNO.EINVAL;
  }

  sync(): number {
    return 0;
  }

  setAttributes(): number {
    return -ERRNO.EPERM;
  }

  release(): void {}
}
