// Synthetic directory: names that this process provides to itself, from a table. Nothing in it can be created or removed.

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import { type DirectoryBackend, type FileBackend, OPEN_FILE, type Opened } from './backend.ts';
import {
  entryType,
  type FileStatus,
  type FileSystemStatus,
  isDirectory,
  type Listing,
  syntheticStatus,
} from './file-status.ts';
import { InodeNumbers } from './inode-numbers.ts';
import type { OpenFile } from './open-file.ts';

/** What a name of a synthetic directory is. */
export type SyntheticEntry =
  | { readonly kind: 'directory'; readonly directory: SyntheticDirectory }
  /** A file whose content is made anew when it is read from its beginning; its size is told as 0, as /proc does, unless it is known. */
  | {
      readonly kind: 'text';
      readonly content: () => ByteString;
      readonly size?: number;
      /** Takes what is written; without it the file is read only. */
      readonly write?: (content: ByteString) => number;
    }
  | { readonly kind: 'link'; readonly target: () => ByteString | number; readonly magic?: () => OpenFile | undefined }
  | {
      readonly kind: 'device';
      readonly rdev: bigint;
      readonly open: (flags: number) => OpenFile | number;
      /** Where the same device must look the same by every path. */
      readonly status?: FileStatus;
    };

type TextEntry = Extract<SyntheticEntry, { readonly kind: 'text' }>;

/** Whose a file is told to be. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

const ROOT: FileOwner = { uid: 0, gid: 0 };
/** What one write to a file of /proc may say (proc(5): a page). */
const LONGEST_WRITE = 4096;
const PROC_SUPER_MAGIC = 0x9fa0;

export class SyntheticDirectory implements DirectoryBackend {
  readonly #entries: () => ReadonlyMap<ByteString, SyntheticEntry>;
  readonly #look: (name: ByteString) => SyntheticEntry | undefined;
  readonly #owner: () => FileOwner;
  #numbers: InodeNumbers | undefined;
  #inode: bigint | undefined;
  readonly #inodes = new Map<ByteString, bigint>();

  /**
   * `entries` is asked at every look-up, so that a directory may show what is there just now; `unlisted` for names that it
   * does not list. Directories in it take their inodes from `numbers`, too.
   */
  constructor(
    entries: ReadonlyMap<ByteString, SyntheticEntry> | (() => ReadonlyMap<ByteString, SyntheticEntry>),
    options: {
      readonly unlisted?: (name: ByteString) => SyntheticEntry | undefined;
      readonly owner?: () => FileOwner;
      readonly numbers?: InodeNumbers;
    } = {},
  ) {
    const { unlisted, owner, numbers } = options;
    this.#numbers = numbers;
    this.#entries = typeof entries === 'function' ? entries : () => entries;
    this.#look = (name) => this.#entries().get(name) ?? unlisted?.(name);
    this.#owner = owner ?? (() => ROOT);
  }

  #newInode(): bigint {
    this.#numbers ??= new InodeNumbers();
    return this.#numbers.take('synthetic');
  }

  #below(directory: SyntheticDirectory): SyntheticDirectory {
    directory.#numbers ??= this.#numbers;
    return directory;
  }

  #statusOf(name: ByteString, entry: SyntheticEntry): FileStatus {
    if (entry.kind === 'directory') return this.#below(entry.directory).status();
    let inode = this.#inodes.get(name);
    if (inode === undefined) {
      inode = this.#newInode();
      this.#inodes.set(name, inode);
    }
    const owner = this.#owner();
    if (entry.kind === 'text') {
      const mode = entry.write === undefined ? 0o444 : 0o644;
      return { ...syntheticStatus(MODE.REGULAR | mode, inode, 0n, entry.size), ...owner };
    }
    if (entry.kind === 'link') return { ...syntheticStatus(MODE.SYMLINK | 0o777, inode), ...owner };
    return entry.status ?? syntheticStatus(MODE.CHARACTER | 0o666, inode, entry.rdev);
  }

  lookup(name: ByteString): FileStatus | number {
    const entry = this.#look(name);
    return entry === undefined ? -ERRNO.ENOENT : this.#statusOf(name, entry);
  }

  openFile(name: ByteString, flags: number): Opened | number {
    const entry = this.#look(name);
    if (entry === undefined) return (flags & OPEN_FILE.CREATE) !== 0 ? -ERRNO.EACCES : -ERRNO.ENOENT;
    if (entry.kind === 'directory') return -ERRNO.EISDIR;
    if (entry.kind === 'link') return -ERRNO.ELOOP;
    if (entry.kind === 'device') {
      const description = entry.open(flags);
      return typeof description === 'number' ? description : { kind: 'special', description };
    }
    if ((flags & OPEN_FILE.WRITE) !== 0 && entry.write === undefined) return -ERRNO.EACCES;
    const status = this.#statusOf(name, entry);
    return { kind: 'file', status, file: new SyntheticFile(entry, status) };
  }

  openDirectory(name: ByteString): SyntheticDirectory | number {
    const entry = this.#look(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry.kind === 'directory' ? this.#below(entry.directory) : -ERRNO.ENOTDIR;
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
    const entry = this.#look(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry.kind === 'link' ? entry.target() : -ERRNO.EINVAL;
  }

  magicLink(name: ByteString): OpenFile | undefined {
    const entry = this.#look(name);
    return entry?.kind === 'link' ? entry.magic?.() : undefined;
  }

  status(): FileStatus {
    this.#inode ??= this.#newInode();
    return { ...syntheticStatus(MODE.DIRECTORY | 0o555, this.#inode), ...this.#owner() };
  }

  fileSystemStatus(): FileSystemStatus {
    return { type: PROC_SUPER_MAGIC, blockSize: 4096, blocks: 0n, free: 0n, files: 0n, readOnly: true };
  }

  makeDirectory(name: ByteString): number {
    return this.#look(name) !== undefined ? -ERRNO.EEXIST : -ERRNO.EACCES;
  }

  remove(name: ByteString, directory: boolean): number {
    const status = this.lookup(name);
    if (typeof status === 'number') return status;
    if (directory && !isDirectory(status)) return -ERRNO.ENOTDIR;
    return -ERRNO.EACCES;
  }

  rename(name: ByteString): number {
    return this.#look(name) !== undefined ? -ERRNO.EACCES : -ERRNO.ENOENT;
  }

  link(name: ByteString): number {
    return this.#look(name) !== undefined ? -ERRNO.EPERM : -ERRNO.ENOENT;
  }

  symlink(name: ByteString): number {
    return this.#look(name) !== undefined ? -ERRNO.EEXIST : -ERRNO.EACCES;
  }

  setAttributes(): number {
    return -ERRNO.EPERM;
  }

  sync(): number {
    return 0;
  }

  release(): void {}
}

/** A file that says what holds now; one reading, from its beginning to its end, is of one moment. */
class SyntheticFile implements FileBackend {
  readonly #entry: TextEntry;
  #content: Uint8Array | undefined;
  readonly #status: FileStatus;

  constructor(entry: TextEntry, status: FileStatus) {
    this.#entry = entry;
    this.#status = status;
  }

  read(offset: number, length: number): Uint8Array {
    if (offset === 0 || this.#content === undefined)
      this.#content = Uint8Array.from(this.#entry.content(), (character) => character.charCodeAt(0));
    return this.#content.slice(offset, offset + length);
  }

  write(_offset: number, data: Uint8Array): number {
    const { write } = this.#entry;
    if (write === undefined) return -ERRNO.EBADF;
    const answer = write(String.fromCharCode(...data.subarray(0, LONGEST_WRITE)));
    return answer < 0 ? answer : data.length;
  }

  status(): FileStatus {
    return this.#status;
  }

  truncate(): number {
    return this.#entry.write === undefined ? -ERRNO.EINVAL : 0;
  }

  sync(): number {
    return 0;
  }

  setAttributes(): number {
    return -ERRNO.EPERM;
  }

  release(): void {}
}
