// The operations of the file-system core, each written once: they may wait, and throw what fails.
//
//   path ─▶ walk in the mount table ─▶ directory backend       file-system.ts runs them at once, or as promises
//
// The rules are Linux's (path_resolution(7) and the page of each call), for a caller that is uid 0 within its mounts.

import { fromUtf8, joinBytes } from '@capos/abi';
import { OPEN_FILE } from '../files/backend.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { type AttributeChange, isDirectory } from '../files/file-status.ts';
import type { MountTable } from '../files/mount-table.ts';
import { type Resolved, walk } from '../files/path-walk.ts';
import { RegularFile } from '../files/regular-file.ts';
import { type ByteString, byteStringOfText, bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE, OPEN } from '../linux/file-flags.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';
import { DirectoryEntry, FileStats } from './file-stats.ts';
import { FileSystemError } from './file-system-error.ts';

const { ENOENT, EEXIST, EISDIR, ENOTDIR, EROFS, EBUSY, EINVAL, ENOTEMPTY, EXDEV, EPERM, EBADF } = ERRNO;
/** Entries asked of a directory at once. */
const BATCH = 256;
const NEVER_FOLLOWED = { follow: false } as const;

/** Names are UTF-8; bytes that are none come out as replacement characters. */
function textOf(name: ByteString): string {
  return fromUtf8(bytesOf(name));
}

/** A path that was followed, and the operation it is for. */
interface Place extends Resolved {
  readonly syscall: string;
  readonly path: string;
}

export class Operations {
  readonly #table: MountTable;
  readonly #umask: number;

  constructor(table: MountTable, umask: number) {
    this.#table = table;
    this.#umask = umask;
  }

  /** Follows a path and does `work` there; the directories on the way stay open meanwhile. */
  *#at<T>(
    syscall: string,
    path: string,
    how: { readonly follow: boolean; readonly mayBeMissing?: boolean },
    work: (place: Place) => MaybeBlocking<T>,
  ): Blocking<T> {
    if (path.includes('\0')) throw new FileSystemError(-EINVAL, syscall, path);
    const held: DirectoryNode[] = [];
    const pin = (node: DirectoryNode): void => void held.push(node.retain());
    try {
      const { root } = this.#table;
      const resolved = yield* walk(root, root, byteStringOfText(path), { ...how, pin });
      if (typeof resolved === 'number') throw new FileSystemError(resolved, syscall, path);
      return yield* settle(work({ ...resolved, syscall, path }));
    } finally {
      for (const node of held) node.release();
    }
  }

  *stat(path: string, follow: boolean): Blocking<FileStats> {
    return yield* this.#at(follow ? 'stat' : 'lstat', path, { follow }, ({ status }) => new FileStats(status!));
  }

  *open(path: string, flags: number, mode: number): Blocking<RegularFile> {
    const creating = (flags & OPEN.CREAT) !== 0;
    const exclusive = creating && (flags & OPEN.EXCL) !== 0;
    const writing = (flags & OPEN.ACCMODE) !== OPEN.RDONLY;
    const follow = !exclusive && (flags & OPEN.NOFOLLOW) === 0;
    const umask = this.#umask;
    return yield* this.#at('open', path, { follow, mayBeMissing: creating }, function* (place) {
      const { parent, name, status, node } = place;
      if (status !== undefined && exclusive) throw failure(place, -EEXIST);
      if (node !== undefined || (status === undefined && place.trailingSlash)) throw failure(place, -EISDIR);
      if (status !== undefined && (status.mode & MODE.TYPE) === MODE.SYMLINK) throw failure(place, -ERRNO.ELOOP);
      if ((flags & OPEN.DIRECTORY) !== 0) throw failure(place, -ENOTDIR);
      const truncating = (flags & OPEN.TRUNC) !== 0;
      if ((writing || truncating || status === undefined) && parent.mount.readOnly) throw failure(place, -EROFS);
      const how =
        (writing ? OPEN_FILE.WRITE : 0) |
        ((flags & OPEN.ACCMODE) !== OPEN.WRONLY ? OPEN_FILE.READ : 0) |
        (creating ? OPEN_FILE.CREATE : 0) |
        (exclusive ? OPEN_FILE.EXCLUSIVE : 0) |
        (truncating ? OPEN_FILE.TRUNCATE : 0);
      const opened = answer(place, yield* settle(parent.backend.openFile(name, how, mode & 0o7777 & ~umask)));
      if (opened.kind !== 'file') throw failure(place, -EINVAL);
      return new RegularFile(opened.file, flags, path);
    });
  }

  *readAll(file: RegularFile): Blocking<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const part = yield* this.read(file, 262_144, undefined);
      if (part.length === 0) return joinBytes(parts);
      parts.push(part);
    }
  }

  *read(file: RegularFile, length: number, position: number | undefined): Blocking<Uint8Array> {
    if (!file.readable) throw new FileSystemError(-EBADF, 'read');
    const got = yield* settle(file.read(length, position));
    if (typeof got === 'number') throw new FileSystemError(got, 'read', file.description);
    return got;
  }

  /** All of `data`, or what there was room for. */
  *write(file: RegularFile, data: Uint8Array, position: number | undefined): Blocking<number> {
    if (!file.writable) throw new FileSystemError(-EBADF, 'write');
    return check('write', file, yield* file.write(data, position));
  }

  *onFile(syscall: string, file: RegularFile, act: () => MaybeBlocking<number>): Blocking<void> {
    check(syscall, file, yield* settle(act()));
  }

  *statusOf(file: RegularFile): Blocking<FileStats> {
    const status = yield* settle(file.status());
    if (typeof status === 'number') throw new FileSystemError(status, 'fstat', file.description);
    return new FileStats(status);
  }

  *makeDirectory(path: string, mode: number): Blocking<void> {
    const bits = mode & 0o1777 & ~this.#umask;
    yield* this.#fresh('mkdir', path, true, (place) => settle(place.parent.backend.makeDirectory(place.name, bits)));
  }

  *makeDirectories(path: string, mode: number): Blocking<void> {
    const components = path.split('/').filter((component) => component !== '');
    for (let count = 1; count <= components.length; count++) {
      const part = `/${components.slice(0, count).join('/')}`;
      try {
        yield* this.makeDirectory(part, mode);
      } catch (error) {
        if (!(error instanceof FileSystemError) || error.code !== 'EEXIST') throw error;
        if (!(yield* this.stat(part, true)).isDirectory())
          throw new FileSystemError(count === components.length ? -EEXIST : -ENOTDIR, 'mkdir', path);
      }
    }
  }

  *symlink(target: string, path: string): Blocking<void> {
    if (target === '') throw new FileSystemError(-ENOENT, 'symlink', path);
    const bytes = byteStringOfText(target);
    yield* this.#fresh('symlink', path, false, (place) => settle(place.parent.backend.symlink(place.name, bytes)));
  }

  /** Makes something of a name that must not be there yet. */
  *#fresh(syscall: string, path: string, directory: boolean, make: (place: Place) => Blocking<number>): Blocking<void> {
    yield* this.#at(syscall, path, { follow: false, mayBeMissing: true }, function* (place) {
      if (place.status !== undefined) throw failure(place, -EEXIST);
      if (place.trailingSlash && !directory) throw failure(place, -ENOENT);
      if (place.parent.mount.readOnly) throw failure(place, -EROFS);
      answer(place, yield* make(place));
    });
  }

  *remove(path: string, directory: boolean): Blocking<void> {
    yield* this.#at(directory ? 'rmdir' : 'unlink', path, NEVER_FOLLOWED, function* (place) {
      const { parent, name, node, status } = place;
      if (name === '.') throw failure(place, directory ? (node?.parent === undefined ? -EBUSY : -EINVAL) : -EISDIR);
      if (name === '..') throw failure(place, directory ? -ENOTEMPTY : -EISDIR);
      if (node !== undefined && node.mount !== parent.mount) throw failure(place, directory ? -EBUSY : -EISDIR);
      const isDir = isDirectory(status!);
      if (directory !== isDir) throw failure(place, directory ? -ENOTDIR : -EISDIR);
      if (parent.mount.readOnly) throw failure(place, -EROFS);
      answer(place, yield* settle(parent.backend.remove(name, directory)));
      if (isDir) parent.childRemoved(name);
    });
  }

  /** Removes what is there with all below it. */
  *removeAll(path: string, force: boolean): Blocking<void> {
    let stats: FileStats;
    try {
      stats = yield* this.stat(path, false);
    } catch (error) {
      if (force && error instanceof FileSystemError && error.code === 'ENOENT') return;
      throw error;
    }
    if (!stats.isDirectory()) {
      yield* this.remove(path, false);
      return;
    }
    for (const { name } of yield* this.list(path)) yield* this.removeAll(`${path.replace(/\/+$/, '')}/${name}`, force);
    yield* this.remove(path, true);
  }

  *rename(from: string, to: string): Blocking<void> {
    const at = this.#at.bind(this);
    yield* at('rename', from, NEVER_FOLLOWED, (source) =>
      at('rename', to, { follow: false, mayBeMissing: true }, function* (target) {
        for (const end of [source, target]) {
          if (end.name === '.' || end.name === '..') throw failure(end, -EBUSY);
          if (end.node !== undefined && end.node.mount !== end.parent.mount) throw failure(end, -EBUSY);
        }
        if (source.parent.mount !== target.parent.mount) throw failure(target, -EXDEV);
        if (source.parent.mount.readOnly) throw failure(source, -EROFS);
        const moving = isDirectory(source.status!);
        if (target.status === undefined) {
          if (target.trailingSlash && !moving) throw failure(target, -ENOTDIR);
        } else if (moving !== isDirectory(target.status)) throw failure(target, moving ? -ENOTDIR : -EISDIR);
        if (source.node !== undefined && source.node !== target.node && target.parent.isWithin(source.node))
          throw failure(target, -EINVAL);
        answer(target, yield* settle(source.parent.backend.rename(source.name, target.parent.backend, target.name, 0)));
        if (!moving) return;
        if (target.status !== undefined) target.parent.childRemoved(target.name);
        source.parent.childMoved(source.name, target.parent, target.name);
      }),
    );
  }

  *link(existing: string, path: string): Blocking<void> {
    const fresh = this.#fresh.bind(this);
    yield* this.#at('link', existing, NEVER_FOLLOWED, (source) =>
      fresh('link', path, false, function* (target) {
        if (isDirectory(source.status!)) return -EPERM;
        if (source.parent.mount !== target.parent.mount) return -EXDEV;
        return yield* settle(source.parent.backend.link(source.name, target.parent.backend, target.name));
      }),
    );
  }

  *readLink(path: string): Blocking<string> {
    return yield* this.#at('readlink', path, NEVER_FOLLOWED, function* (place) {
      if ((place.status!.mode & MODE.TYPE) !== MODE.SYMLINK) throw failure(place, -EINVAL);
      return textOf(answer(place, yield* settle(place.parent.backend.readLink(place.name))));
    });
  }

  /** The path without links, `.` and `..`. */
  *realPath(path: string): Blocking<string> {
    return yield* this.#at('realpath', path, { follow: true }, ({ parent, name, node }) => {
      if (node !== undefined) return textOf(node.path());
      const above = parent.path();
      return textOf(above === '/' ? `/${name}` : `${above}/${name}`);
    });
  }

  *list(path: string): Blocking<DirectoryEntry[]> {
    return yield* this.#at('scandir', path, { follow: true }, function* (place) {
      if (place.node === undefined) throw failure(place, -ENOTDIR);
      const open = new DirectoryFile(place.node, OPEN.RDONLY).retain();
      try {
        const found: DirectoryEntry[] = [];
        for (;;) {
          const part = answer(place, yield* settle(open.entries(BATCH)));
          if (part.length === 0) return found;
          open.offset += part.length;
          // `d_type` is the type bits of a mode, shifted (dirent.h, DTTOIF).
          for (const { name, type } of part)
            if (name !== '.' && name !== '..') found.push(new DirectoryEntry(textOf(name), path, type << 12));
        }
      } finally {
        open.release();
      }
    });
  }

  *setAttributes(syscall: string, path: string, follow: boolean, change: AttributeChange): Blocking<void> {
    yield* this.#at(syscall, path, { follow }, function* (place) {
      const { parent, name, node } = place;
      if ((node ?? parent).mount.readOnly) throw failure(place, -EROFS);
      answer(
        place,
        yield* settle(node === undefined ? parent.backend.setAttributes(name, change) : node.setAttributes(change)),
      );
    });
  }
}

function failure({ syscall, path }: Place, errno: number): FileSystemError {
  return new FileSystemError(errno, syscall, path);
}

/** What a backend answered, unless that is an error number. */
function answer<T>(place: Place, value: T | number): Exclude<T, number> {
  if (typeof value === 'number' && value < 0) throw failure(place, value);
  return value as Exclude<T, number>;
}

function check(syscall: string, file: RegularFile, value: number): number {
  if (value < 0) throw new FileSystemError(value, syscall, file.description);
  return value;
}
