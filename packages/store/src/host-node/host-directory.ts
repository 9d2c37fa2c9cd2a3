// A directory of the host, and what is below it, for guests: one component at a time, no link ever followed.
//
//   name ── refused if it has a slash or NUL, or is . or ..
//     └──► base of this directory (host-anchor.ts) / name ──► a call that does not follow a link in its last component
//
// Only regular files are opened: a FIFO would block us, a device may act on being opened.
import {
  type BigIntStats,
  chmodSync,
  closeSync,
  constants,
  type Dirent,
  fchmodSync,
  fstatSync,
  fsync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { ERRNO } from '../directory/errno.ts';
import { fileNameErrno } from '../directory/file-name.ts';
import {
  ATTRIBUTE_ACCESSED,
  ATTRIBUTE_MODE,
  ATTRIBUTE_MODIFIED,
  ATTRIBUTE_OWNER,
  type Attributes,
  type DirectoryEntry,
  type FileKind,
  type FileStat,
  type FileSystemStat,
  type ListResult,
  MAX_SYMLINK_BYTES,
  NO_STAT,
  OK,
  OPEN_CREATE,
  OPEN_EXCLUSIVE,
  OPEN_READ,
  OPEN_TRUNCATE,
  OPEN_WRITE,
  type OpenDirectory,
  type OpenDirectoryResult,
  type OpenFileResult,
  RENAME_NO_REPLACE,
  type ReadLinkResult,
  type ResolveResult,
  type StatResult,
  type Status,
} from '../directory/file-system.ts';
import { readOnlyDirectory } from '../directory/read-only-directory.ts';
import { type Anchor, anchorAt, pathIn } from './host-anchor.ts';
import { errnoOf } from './host-errno.ts';
import { fileStat, HOST_MODE_MASK, HostFile, keepOr, kindOf, timesToSet } from './host-file.ts';
import type { HostPlace } from './host-place.ts';
import { SetIdBits } from './set-id-bits.ts';

const O_PATH = 0x200000;
const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY, O_DIRECTORY } =
  constants;
const DOT = Uint8Array.of(0x2e);

const REFUSED_KINDS: Readonly<Partial<Record<FileKind, number>>> = {
  directory: ERRNO.EISDIR,
  symlink: ERRNO.ELOOP,
  fifo: ERRNO.ENXIO,
  socket: ERRNO.ENXIO,
  characterDevice: ERRNO.EACCES,
  blockDevice: ERRNO.EACCES,
};

const failure = (errno: number): StatResult => ({ errno, stat: NO_STAT });

export interface HostDirectoryOptions {
  /** The directory on the host. */
  readonly path: string;
  /** Refuse every change. Default false. */
  readonly readOnly?: boolean;
  /** Directories kept open at one time on Linux; others are walked to again when needed. Default 256. */
  readonly maxDescriptors?: number;
  /** Use the way of other systems on Linux too (host-anchor.ts). Default false. */
  readonly portable?: boolean;
}

/**
 * The host directory `path` as the root of a tree. Throws what `node:fs` says when it can't be opened.
 * What is below keeps working after the root was closed, until it is closed itself.
 */
export function createHostDirectory(options: HostDirectoryOptions): OpenDirectory {
  const anchor = anchorAt(options.path, options);
  const root = new HostDirectory(anchor, anchor.root, new SetIdBits());
  return options.readOnly === true ? readOnlyDirectory(root) : root;
}

class HostDirectory implements OpenDirectory {
  readonly #anchor: Anchor;
  readonly #place: HostPlace;
  readonly #setId: SetIdBits;
  /** The names as of the last time somebody began to list. */
  #listing: Dirent<Buffer>[] | undefined;
  #closed = false;

  constructor(anchor: Anchor, place: HostPlace, setId: SetIdBits) {
    this.#anchor = anchor;
    this.#place = place;
    this.#setId = setId;
  }

  lookup(name: Uint8Array): StatResult {
    try {
      return this.#lookup(name);
    } catch (error) {
      return failure(errnoOf(error));
    }
  }

  /** Goes on only below directories that somebody has opened: there is a way to them that nobody can redirect. */
  resolve(names: readonly Uint8Array[]): ResolveResult {
    const stats: FileStat[] = [];
    let place: HostPlace | undefined = this.#place;
    try {
      for (const name of names) {
        const { errno, stat } = this.#lookup(name, place);
        if (errno !== 0) return { errno, stats };
        stats.push(stat);
        place = stat.kind === 'directory' ? place.known(name, { dev: stat.device, ino: stat.inode }) : undefined;
        if (place === undefined) break;
      }
      return { errno: 0, stats };
    } catch (error) {
      return { errno: errnoOf(error), stats };
    }
  }

  openFile(name: Uint8Array, flags: number, mode: number): OpenFileResult {
    let descriptor = -1;
    try {
      const found = this.#lookup(name);
      const create = (flags & OPEN_CREATE) !== 0;
      if (found.errno !== 0 && !(found.errno === ERRNO.ENOENT && create && name.length > 0)) return found;
      if (found.errno === 0 && create && flags & OPEN_EXCLUSIVE) return failure(ERRNO.EEXIST);
      const refused = found.errno === 0 ? REFUSED_KINDS[found.stat.kind] : undefined;
      if (refused !== undefined) return failure(refused);
      const access = flags & OPEN_WRITE ? (flags & OPEN_READ ? O_RDWR : O_WRONLY) : O_RDONLY;
      const how =
        (create ? O_CREAT : 0) |
        (create && flags & OPEN_EXCLUSIVE ? O_EXCL : 0) |
        (flags & OPEN_TRUNCATE && flags & OPEN_WRITE ? O_TRUNC : 0);
      const path = pathIn(this.#anchor.base(this.#place), name);
      descriptor = openSync(path, access | how | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode & HOST_MODE_MASK);
      let stats = fstatSync(descriptor, { bigint: true });
      if (found.errno !== 0 && stats.isFile()) {
        stats = exactMode(descriptor, stats, mode);
        this.#setId.changed(stats, mode);
      }
      const stat = fileStat(stats, this.#setId);
      if (stat.kind !== 'file') {
        closeSync(descriptor); // it changed between the look and the open
        return failure(REFUSED_KINDS[stat.kind] ?? ERRNO.EACCES);
      }
      return { errno: 0, file: new HostFile(descriptor, flags, this.#setId), stat };
    } catch (error) {
      if (descriptor !== -1) closeSync(descriptor);
      return failure(errnoOf(error));
    }
  }

  openDirectory(name: Uint8Array): OpenDirectoryResult {
    try {
      const found = this.#lookup(name);
      if (found.errno !== 0) return found;
      if (found.stat.kind !== 'directory') return failure(ERRNO.ENOTDIR);
      const place = this.#anchor.enter(this.#place, name);
      return { errno: 0, directory: new HostDirectory(this.#anchor, place, this.#setId), stat: found.stat };
    } catch (error) {
      return failure(errnoOf(error));
    }
  }

  list(cookie: number, limit: number): ListResult {
    try {
      const base = this.#anchor.base(this.#place);
      if (cookie === 0 || this.#listing === undefined) {
        this.#listing = readdirSync(pathIn(base, DOT), { withFileTypes: true, encoding: 'buffer' });
      }
      const entries: DirectoryEntry[] = [];
      let next = cookie;
      for (; next < this.#listing.length && entries.length < Math.max(1, limit); next++) {
        const name = this.#listing[next]!.name;
        const stats = lstatSync(pathIn(base, name), { bigint: true, throwIfNoEntry: false });
        if (stats !== undefined) entries.push({ name: new Uint8Array(name), kind: kindOf(stats), inode: stats.ino });
      }
      const end = next >= this.#listing.length;
      if (end) this.#listing = undefined;
      return { errno: 0, entries, next, end };
    } catch (error) {
      return { errno: errnoOf(error), entries: [], next: cookie, end: true };
    }
  }

  makeDirectory(name: Uint8Array, mode: number): Status {
    return this.#act(name, (path) => {
      const wanted = mode & HOST_MODE_MASK;
      mkdirSync(path, wanted);
      const stats = lstatSync(path, { bigint: true });
      if ((Number(stats.mode) & HOST_MODE_MASK) !== wanted) changeMode(path, wanted);
      this.#setId.changed(stats, mode);
    });
  }

  remove(name: Uint8Array, directory: boolean): Status {
    const status = this.#act(name, directory ? rmdirSync : unlinkSync);
    if (status.errno === 0) this.#place.removed(name);
    return status;
  }

  rename(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array, flags: number): Status {
    if (flags & ~RENAME_NO_REPLACE) return { errno: ERRNO.EINVAL };
    const status = this.#actOnTwo(name, target, targetName, (from, to) => {
      if ((flags & RENAME_NO_REPLACE) === 0) return renameSync(from, to);
      // Node has no renameat2: for anything but a directory, linking refuses a taken name just as well.
      if (!lstatSync(from).isDirectory()) {
        linkSync(from, to);
        return unlinkSync(from);
      }
      if (lstatSync(to, { throwIfNoEntry: false }) === undefined) return renameSync(from, to);
      throw Object.assign(new Error('the name is taken'), { code: 'EEXIST', errno: -ERRNO.EEXIST });
    });
    if (status.errno === 0) this.#place.moved(name, (target as HostDirectory).#place, targetName);
    return status;
  }

  link(name: Uint8Array, target: OpenDirectory, targetName: Uint8Array): Status {
    return this.#actOnTwo(name, target, targetName, linkSync);
  }

  symlink(name: Uint8Array, path: Uint8Array): Status {
    if (path.length === 0) return { errno: ERRNO.ENOENT };
    if (path.length > MAX_SYMLINK_BYTES) return { errno: ERRNO.ENAMETOOLONG };
    if (path.includes(0)) return { errno: ERRNO.EINVAL };
    return this.#act(name, (link) => symlinkSync(Buffer.from(path), link));
  }

  readLink(name: Uint8Array): ReadLinkResult {
    let path: Uint8Array = new Uint8Array();
    const { errno } = this.#act(name, (link) => {
      path = new Uint8Array(readlinkSync(link, 'buffer'));
    });
    return { errno, path };
  }

  stat(): StatResult {
    try {
      const stats = lstatSync(pathIn(this.#anchor.base(this.#place), DOT), { bigint: true });
      return { errno: 0, stat: fileStat(stats, this.#setId) };
    } catch (error) {
      return failure(errnoOf(error));
    }
  }

  setAttributes(name: Uint8Array, attributes: Attributes): Status {
    const { mask } = attributes;
    const act = (path: Buffer): void => {
      if (mask & ATTRIBUTE_OWNER) lchownSync(path, keepOr(attributes.uid), keepOr(attributes.gid));
      if (mask & ATTRIBUTE_MODE) this.#changeMode(path, attributes.mode);
      if (mask & (ATTRIBUTE_ACCESSED | ATTRIBUTE_MODIFIED)) {
        lutimesSync(path, ...timesToSet(attributes, fileStat(lstatSync(path, { bigint: true }), this.#setId)));
      }
    };
    if (name.length > 0) return this.#act(name, act);
    try {
      act(pathIn(this.#anchor.base(this.#place), DOT));
      return OK;
    } catch (error) {
      return { errno: errnoOf(error) };
    }
  }

  statFileSystem(): FileSystemStat {
    try {
      const found = statfsSync(pathIn(this.#anchor.base(this.#place), DOT), { bigint: true });
      const { blocks, bavail: free, files } = found;
      return { errno: 0, blockSize: Number(found.bsize), blocks, free, files, readOnly: false };
    } catch (error) {
      return { errno: errnoOf(error), blockSize: 0, blocks: 0n, free: 0n, files: 0n, readOnly: false };
    }
  }

  sync(): Status | Promise<Status> {
    try {
      const descriptor = openSync(pathIn(this.#anchor.base(this.#place), DOT), O_RDONLY | O_DIRECTORY);
      return new Promise((resolve) => {
        fsync(descriptor, (error) => {
          closeSync(descriptor);
          resolve(error === null ? OK : { errno: errnoOf(error) });
        });
      });
    } catch (error) {
      return { errno: errnoOf(error) };
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#anchor.release(this.#place);
  }

  #lookup(name: Uint8Array, place: HostPlace = this.#place): StatResult {
    const errno = fileNameErrno(name);
    if (errno !== 0) return failure(errno);
    const stats =
      this.#anchor.known(place, name) ??
      lstatSync(pathIn(this.#anchor.base(place), name), { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? failure(ERRNO.ENOENT) : { errno: 0, stat: fileStat(stats, this.#setId) };
  }

  /** The host gets what it may have of it, the rest is remembered. */
  #changeMode(path: Buffer, mode: number): void {
    changeMode(path, mode & HOST_MODE_MASK);
    this.#setId.changed(lstatSync(path, { bigint: true }), mode);
  }

  #act(name: Uint8Array, action: (path: Buffer) => unknown): Status {
    const errno = fileNameErrno(name);
    if (errno !== 0) return { errno };
    try {
      action(pathIn(this.#anchor.base(this.#place), name));
      return OK;
    } catch (error) {
      return { errno: errnoOf(error) };
    }
  }

  #actOnTwo(
    name: Uint8Array,
    target: OpenDirectory,
    targetName: Uint8Array,
    action: (from: Buffer, to: Buffer) => void,
  ): Status {
    if (!(target instanceof HostDirectory) || target.#anchor !== this.#anchor) return { errno: ERRNO.EXDEV };
    try {
      const found = this.#lookup(name);
      const errno = found.errno || fileNameErrno(targetName);
      if (errno !== 0) return { errno };
      const [from, to] = this.#anchor.bases(this.#place, target.#place);
      action(pathIn(from, name), pathIn(to, targetName));
      return OK;
    } catch (error) {
      return { errno: errnoOf(error) };
    }
  }
}

/** A new file's mode is what was asked for: the host program's umask is not the caller's. */
function exactMode(descriptor: number, stats: BigIntStats, mode: number): BigIntStats {
  const wanted = mode & HOST_MODE_MASK;
  if ((Number(stats.mode) & HOST_MODE_MASK) === wanted) return stats;
  fchmodSync(descriptor, wanted);
  return fstatSync(descriptor, { bigint: true });
}

/** chmod that does not follow a link: fchmodat(2) can't, a descriptor that only denotes the file can. */
function changeMode(path: Buffer, mode: number): void {
  if (process.platform !== 'linux') {
    if (lstatSync(path).isSymbolicLink()) throw Object.assign(new Error('a link has no mode'), { code: 'ENOTSUP' });
    chmodSync(path, mode);
    return;
  }
  const descriptor = openSync(path, O_PATH | O_NOFOLLOW);
  try {
    if (fstatSync(descriptor).isSymbolicLink()) {
      throw Object.assign(new Error('a link has no mode'), { code: 'ENOTSUP', errno: -ERRNO.EOPNOTSUPP });
    }
    chmodSync(`/proc/self/fd/${descriptor}`, mode);
  } finally {
    closeSync(descriptor);
  }
}
