// tmpfs: directories, links and memory files of a domain, in memory that whoever writes pays for (tmpfs(5)). /dev/shm is one, and
// what mount(2) makes are others.
//
//   TemporaryDirectory ─┬ name ─▶ MemoryFile
//                       ├ name ─▶ TemporaryLink
//                       └ name ─▶ TemporaryDirectory        names in the order in which they were made: a listing goes on by it

import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import type { Blocking, MaybeBlocking } from '../waiting.ts';
import { type DirectoryBackend, OPEN_FILE, type Opened } from './backend.ts';
import {
  type AttributeChange,
  entryType,
  type FileStatus,
  type FileSystemStatus,
  type Listing,
  syntheticStatus,
} from './file-status.ts';
import { MemoryFile, type MemoryFileDomain, SEAL } from './memory-file.ts';

const TMPFS_MAGIC = 0x0102_1994;
/** Names that one may have, and bytes of a link's target. */
const MOST_NAMES = 65_536;
const LONGEST_LINK = 4095;

/** One file system. */
interface TemporaryFiles {
  readonly domain: MemoryFileDomain;
  readonly device: bigint;
  names: number;
}

/** The status of what has no bytes in memory. */
function madeNow({ domain, device }: TemporaryFiles, mode: number): FileStatus {
  const now = domain.nowNs;
  const times = { accessedNs: now, modifiedNs: now, changedNs: now };
  return { ...syntheticStatus(mode, domain.inodes.take('memory')), ...domain.owner, ...times, device };
}

function changed(
  status: FileStatus,
  { mode, owner, accessedNs, modifiedNs }: AttributeChange,
  now: bigint,
): FileStatus {
  return {
    ...status,
    ...(mode === undefined ? {} : { mode: (status.mode & MODE.TYPE) | mode }),
    ...owner,
    accessedNs: accessedNs ?? status.accessedNs,
    modifiedNs: modifiedNs ?? status.modifiedNs,
    changedNs: now,
  };
}

class TemporaryLink {
  readonly path: ByteString;
  links = 1;
  readonly #files: TemporaryFiles;
  #status: FileStatus;

  constructor(files: TemporaryFiles, path: ByteString) {
    this.#files = files;
    this.path = path;
    this.#status = { ...madeNow(files, MODE.SYMLINK | 0o777), size: path.length };
  }

  status(): FileStatus {
    return { ...this.#status, links: this.links };
  }

  setAttributes(change: AttributeChange): number {
    if (change.mode !== undefined) return -ERRNO.EOPNOTSUPP;
    this.#status = changed(this.#status, change, this.#files.domain.nowNs);
    return 0;
  }

  releaseIfUnused(): void {}
}

type Entry = MemoryFile | TemporaryLink | TemporaryDirectory;

export class TemporaryDirectory implements DirectoryBackend {
  readonly #files: TemporaryFiles;
  readonly #entries = new Map<ByteString, { readonly order: number; readonly entry: Entry }>();
  #lastOrder = 0;
  #directories = 0;
  #isRemoved = false;
  #status: FileStatus;

  private constructor(files: TemporaryFiles, mode: number) {
    this.#files = files;
    this.#status = madeNow(files, MODE.DIRECTORY | mode);
  }

  /** The root of an empty file system, whose files tell of `device`. */
  static root(domain: MemoryFileDomain, device: bigint, mode: number): TemporaryDirectory {
    return new TemporaryDirectory({ domain, device, names: 0 }, mode);
  }

  get device(): bigint {
    return this.#files.device;
  }

  #at(name: ByteString): Entry | undefined {
    return this.#entries.get(name)?.entry;
  }

  #changed(): void {
    const now = this.#files.domain.nowNs;
    this.#status = { ...this.#status, modifiedNs: now, changedNs: now };
  }

  #add(name: ByteString, entry: Entry): void {
    this.#entries.set(name, { order: ++this.#lastOrder, entry });
    if (entry instanceof TemporaryDirectory) this.#directories++;
    this.#files.names++;
    this.#changed();
  }

  #take(name: ByteString, entry: Entry): void {
    this.#entries.delete(name);
    if (entry instanceof TemporaryDirectory) this.#directories--;
    this.#files.names--;
    this.#changed();
  }

  /** Whether another name can be made here. */
  #mayAdd(): number {
    if (this.#isRemoved) return -ERRNO.ENOENT;
    return this.#files.names >= MOST_NAMES ? -ERRNO.ENOSPC : 0;
  }

  lookup(name: ByteString): FileStatus | number {
    return this.#at(name)?.status() ?? -ERRNO.ENOENT;
  }

  openFile(name: ByteString, flags: number, mode: number): MaybeBlocking<Opened | number> {
    let file = this.#at(name);
    if (file !== undefined && (flags & OPEN_FILE.EXCLUSIVE) !== 0) return -ERRNO.EEXIST;
    if (file === undefined) {
      if ((flags & OPEN_FILE.CREATE) === 0) return -ERRNO.ENOENT;
      const refused = this.#mayAdd();
      if (refused < 0) return refused;
      file = new MemoryFile(this.#files.domain, mode, SEAL.SEAL, this.device);
      file.links = 1;
      this.#add(name, file);
    }
    if (!(file instanceof MemoryFile)) return file instanceof TemporaryDirectory ? -ERRNO.EISDIR : -ERRNO.ELOOP;
    if ((flags & OPEN_FILE.TRUNCATE) !== 0 && file.size > 0) return this.#openTruncated(file);
    return { kind: 'file', file: file.open(), status: file.status() };
  }

  *#openTruncated(file: MemoryFile): Blocking<Opened | number> {
    const failed = yield* file.truncate(0);
    return failed < 0 ? failed : { kind: 'file', file: file.open(), status: file.status() };
  }

  openDirectory(name: ByteString): TemporaryDirectory | number {
    const entry = this.#at(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry instanceof TemporaryDirectory ? entry : -ERRNO.ENOTDIR;
  }

  list(cookie: bigint, limit: number): Listing {
    const left = [...this.#entries].filter(([, { order }]) => order > Number(cookie));
    const told = left.slice(0, limit);
    const entries = told.map(([name, { entry }]) => {
      const { mode, inode } = entry.status();
      return { name, type: entryType(mode), inode };
    });
    const next = BigInt(told.at(-1)?.[1].order ?? cookie);
    return { entries, next, end: told.length === left.length };
  }

  makeDirectory(name: ByteString, mode: number): number {
    if (this.#entries.has(name)) return -ERRNO.EEXIST;
    const refused = this.#mayAdd();
    if (refused === 0) this.#add(name, new TemporaryDirectory(this.#files, mode));
    return refused;
  }

  symlink(name: ByteString, path: ByteString): number {
    if (this.#entries.has(name)) return -ERRNO.EEXIST;
    if (path.length > LONGEST_LINK) return -ERRNO.ENAMETOOLONG;
    const refused = this.#mayAdd();
    if (refused === 0) this.#add(name, new TemporaryLink(this.#files, path));
    return refused;
  }

  readLink(name: ByteString): ByteString | number {
    const entry = this.#at(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry instanceof TemporaryLink ? entry.path : -ERRNO.EINVAL;
  }

  remove(name: ByteString, directory: boolean): number {
    const entry = this.#at(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    if (entry instanceof TemporaryDirectory) {
      if (!directory) return -ERRNO.EISDIR;
      if (entry.#entries.size > 0) return -ERRNO.ENOTEMPTY;
      entry.#isRemoved = true;
      this.#take(name, entry);
      return 0;
    }
    if (directory) return -ERRNO.ENOTDIR;
    this.#take(name, entry);
    entry.links--;
    entry.releaseIfUnused();
    return 0;
  }

  rename(name: ByteString, target: DirectoryBackend, targetName: ByteString, flags: number): number {
    const entry = this.#at(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    if (!(target instanceof TemporaryDirectory) || target.#files !== this.#files) return -ERRNO.EXDEV;
    const replaced = target.#at(targetName);
    if (replaced === entry) return flags === 0 ? 0 : -ERRNO.EEXIST;
    if (replaced === undefined) {
      if (target.#isRemoved) return -ERRNO.ENOENT;
    } else {
      if (flags !== 0) return -ERRNO.EEXIST;
      const isDirectory = entry instanceof TemporaryDirectory;
      if (isDirectory !== replaced instanceof TemporaryDirectory) return isDirectory ? -ERRNO.ENOTDIR : -ERRNO.EISDIR;
      const removed = target.remove(targetName, isDirectory);
      if (removed < 0) return removed;
    }
    this.#take(name, entry);
    target.#add(targetName, entry);
    return 0;
  }

  link(name: ByteString, target: DirectoryBackend, targetName: ByteString): number {
    const entry = this.#at(name);
    if (entry === undefined) return -ERRNO.ENOENT;
    if (!(target instanceof TemporaryDirectory) || target.#files !== this.#files) return -ERRNO.EXDEV;
    if (entry instanceof TemporaryDirectory) return -ERRNO.EPERM;
    if (target.#entries.has(targetName)) return -ERRNO.EEXIST;
    const refused = target.#mayAdd();
    if (refused < 0) return refused;
    entry.links++;
    target.#add(targetName, entry);
    return 0;
  }

  setAttributes(name: ByteString, change: AttributeChange): number {
    if (name !== '') return this.#setOf(this.#at(name), change);
    this.#status = changed(this.#status, change, this.#files.domain.nowNs);
    return 0;
  }

  #setOf(entry: Entry | undefined, change: AttributeChange): number {
    if (entry === undefined) return -ERRNO.ENOENT;
    return entry instanceof TemporaryDirectory ? entry.setAttributes('', change) : entry.setAttributes(change);
  }

  status(): FileStatus {
    const links = this.#isRemoved ? 0 : 2 + this.#directories;
    return { ...this.#status, links, size: this.#entries.size * 20 };
  }

  fileSystemStatus(): FileSystemStatus {
    const files = BigInt(MOST_NAMES);
    return { type: TMPFS_MAGIC, blockSize: 4096, blocks: 262_144n, free: 262_144n, files, readOnly: false };
  }

  sync(): number {
    return 0;
  }

  release(): void {}

  /** Nobody can reach it any more: what only its names hold goes. */
  clear(): void {
    for (const [name, { entry }] of this.#entries) {
      if (entry instanceof TemporaryDirectory) entry.clear();
      this.remove(name, entry instanceof TemporaryDirectory);
    }
  }
}
