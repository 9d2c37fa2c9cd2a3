// /dev/shm: names for shared memory, the same for all processes of a domain and for nobody else (shm_overview(7)).

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { ENTRY_TYPE, MODE } from '../linux/file-flags.ts';
import type { Blocking, MaybeBlocking } from '../waiting.ts';
import { type DirectoryBackend, OPEN_FILE, type Opened } from './backend.ts';
import {
  type AttributeChange,
  type FileStatus,
  type FileSystemStatus,
  type Listing,
  syntheticStatus,
} from './file-status.ts';
import { MemoryFile, type MemoryFileDomain } from './memory-file.ts';

const TMPFS_MAGIC = 0x0102_1994;
/** Names a domain may have here. */
const MOST_FILES = 4096;

export class SharedMemoryDirectory implements DirectoryBackend {
  readonly #domain: MemoryFileDomain;
  readonly #files = new Map<ByteString, MemoryFile>();

  constructor(domain: MemoryFileDomain) {
    this.#domain = domain;
  }

  lookup(name: ByteString): FileStatus | number {
    return this.#files.get(name)?.status() ?? -ERRNO.ENOENT;
  }

  openFile(name: ByteString, flags: number, mode: number): MaybeBlocking<Opened | number> {
    let file = this.#files.get(name);
    if (file !== undefined && (flags & OPEN_FILE.EXCLUSIVE) !== 0) return -ERRNO.EEXIST;
    if (file === undefined) {
      if ((flags & OPEN_FILE.CREATE) === 0) return -ERRNO.ENOENT;
      if (this.#files.size >= MOST_FILES) return -ERRNO.ENOSPC;
      file = new MemoryFile(this.#domain, mode);
      file.links = 1;
      this.#files.set(name, file);
    }
    if ((flags & OPEN_FILE.TRUNCATE) !== 0 && file.size > 0) return this.#openTruncated(file);
    return { kind: 'file', file: file.open(), status: file.status() };
  }

  *#openTruncated(file: MemoryFile): Blocking<Opened | number> {
    const failed = yield* file.truncate(0);
    return failed < 0 ? failed : { kind: 'file', file: file.open(), status: file.status() };
  }

  openDirectory(name: ByteString): number {
    return this.#files.has(name) ? -ERRNO.ENOTDIR : -ERRNO.ENOENT;
  }

  list(cookie: bigint, limit: number): Listing {
    const all = [...this.#files];
    const first = Number(cookie);
    const entries = all
      .slice(first, first + limit)
      .map(([name, file]) => ({ name, type: ENTRY_TYPE.REGULAR, inode: file.status().inode }));
    return { entries, next: BigInt(first + entries.length), end: first + entries.length >= all.length };
  }

  remove(name: ByteString, directory: boolean): number {
    const file = this.#files.get(name);
    if (file === undefined) return -ERRNO.ENOENT;
    if (directory) return -ERRNO.ENOTDIR;
    this.#files.delete(name);
    file.links--;
    file.releaseIfUnused();
    return 0;
  }

  rename(name: ByteString, target: DirectoryBackend, targetName: ByteString, flags: number): number {
    const file = this.#files.get(name);
    if (file === undefined) return -ERRNO.ENOENT;
    if (target !== this) return -ERRNO.EXDEV;
    const replaced = this.#files.get(targetName);
    if (replaced === file) return 0;
    if (replaced !== undefined && flags !== 0) return -ERRNO.EEXIST;
    if (replaced !== undefined) this.remove(targetName, false);
    this.#files.delete(name);
    this.#files.set(targetName, file);
    return 0;
  }

  link(name: ByteString, target: DirectoryBackend, targetName: ByteString): number {
    const file = this.#files.get(name);
    if (file === undefined) return -ERRNO.ENOENT;
    if (target !== this) return -ERRNO.EXDEV;
    if (this.#files.has(targetName)) return -ERRNO.EEXIST;
    file.links++;
    this.#files.set(targetName, file);
    return 0;
  }

  setAttributes(name: ByteString, change: AttributeChange): number {
    return this.#files.get(name)?.setAttributes(change) ?? (name === '' ? 0 : -ERRNO.ENOENT);
  }

  status(): FileStatus {
    return { ...syntheticStatus(MODE.DIRECTORY | 0o1777, 0x5fff_ffffn), device: 20n };
  }

  fileSystemStatus(): FileSystemStatus {
    return { type: TMPFS_MAGIC, blockSize: 4096, blocks: 262_144n, free: 262_144n, files: 4096n, readOnly: false };
  }

  makeDirectory(): number {
    return -ERRNO.EPERM;
  }

  symlink(): number {
    return -ERRNO.EPERM;
  }

  readLink(name: ByteString): number {
    return this.#files.has(name) ? -ERRNO.EINVAL : -ERRNO.ENOENT;
  }

  sync(): number {
    return 0;
  }

  release(): void {}
}
