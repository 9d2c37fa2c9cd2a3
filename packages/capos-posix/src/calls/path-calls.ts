// Calls that name files by path: open, stat, mkdir, rename, …

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { type AttributeChange, type FileStatus, isDirectory, isSymlink, OPEN_FILE } from '../files/backend.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { MemoryFile } from '../files/memory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { PathHandle } from '../files/path-handle.ts';
import type { Resolved } from '../files/path-walk.ts';
import { RegularFile } from '../files/regular-file.ts';
import { bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT, MODE, OPEN } from '../linux/file-flags.ts';
import { encodeFileSystemStatus, encodeStat, encodeStatx } from '../linux/stat-layout.ts';
import { type Blocking, settle } from '../waiting.ts';

const { EFAULT, EINVAL, ENOENT, EROFS, ENOTDIR, EISDIR, ELOOP, EEXIST, EXDEV, EBADF, ENOTEMPTY, EBUSY, EPERM, EACCES } =
  ERRNO;

// ── open ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Flags that stay with the description and F_GETFL tells. */
const KEPT_FLAGS =
  OPEN.ACCMODE | OPEN.APPEND | OPEN.NONBLOCK | OPEN.SYNC | OPEN.DIRECT | OPEN.LARGEFILE | OPEN.NOATIME | OPEN.PATH;

function* openAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  openFlags: number,
  mode: number,
): Blocking<number> {
  const { process } = call;
  // O_PATH leaves nothing but these (open(2)).
  const flags =
    (openFlags & OPEN.PATH) !== 0 ? openFlags & (OPEN.PATH | OPEN.DIRECTORY | OPEN.NOFOLLOW | OPEN.CLOEXEC) : openFlags;
  const creating = (flags & OPEN.CREAT) !== 0;
  if ((flags & OPEN.TMPFILE) === OPEN.TMPFILE) return -ERRNO.EOPNOTSUPP;
  if (creating && (flags & OPEN.DIRECTORY) !== 0) return -EINVAL;
  const exclusive = creating && (flags & OPEN.EXCL) !== 0;
  const follow = (flags & OPEN.NOFOLLOW) === 0 && !exclusive;
  const resolved = yield* call.resolve(directoryIndex, pathIndex, follow, creating);
  if (typeof resolved === 'number') return resolved;
  const file = yield* openResolved(call, resolved, flags, mode);
  if (typeof file === 'number') return file;
  // Held for a moment: a full table must close it again.
  file.retain();
  const descriptor = process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

function* openResolved(call: Call, resolved: Resolved, flags: number, mode: number): Blocking<OpenFile | number> {
  const { status, node, parent, name } = resolved;
  const exists = status !== undefined;
  const creating = (flags & OPEN.CREAT) !== 0;
  if (exists && creating && (flags & OPEN.EXCL) !== 0) return -EEXIST;
  if (!exists && resolved.trailingSlash) return -EISDIR;
  if ((flags & OPEN.PATH) !== 0) return openPathOnly(resolved, flags);
  if (resolved.magic !== undefined) return resolved.magic;
  if (status !== undefined && isSymlink(status)) return -ELOOP;
  const writing = (flags & OPEN.ACCMODE) !== OPEN.RDONLY;
  if (node !== undefined) {
    if (writing || creating) return -EISDIR;
    return new DirectoryFile(node, flags & KEPT_FLAGS);
  }
  if (status !== undefined && isDirectory(status)) return -EACCES;
  if ((flags & OPEN.DIRECTORY) !== 0) return -ENOTDIR;
  const special = status !== undefined && (status.mode & MODE.TYPE) !== MODE.REGULAR;
  const changes = (!exists && creating) || (!special && (writing || (flags & OPEN.TRUNC) !== 0));
  if (changes && parent.mount.readOnly && parent.mount.source !== undefined) return -EROFS;
  const openMode =
    (writing ? OPEN_FILE.WRITE : 0) |
    ((flags & OPEN.ACCMODE) !== OPEN.WRONLY ? OPEN_FILE.READ : 0) |
    (creating ? OPEN_FILE.CREATE : 0) |
    ((flags & OPEN.EXCL) !== 0 && creating ? OPEN_FILE.EXCLUSIVE : 0) |
    ((flags & OPEN.TRUNC) !== 0 ? OPEN_FILE.TRUNCATE : 0);
  const opened = yield* settle(parent.backend.openFile(name, openMode, mode & 0o7777 & ~call.process.umask));
  if (typeof opened === 'number') return opened;
  if (opened.kind === 'special') {
    opened.description.statusFlags = flags & KEPT_FLAGS;
    return opened.description;
  }
  return new RegularFile(opened.file, flags & KEPT_FLAGS, below(parent, name), () => parent.backend.fileSystemStatus());
}

function below(parent: DirectoryNode, name: string): string {
  const path = parent.path();
  return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** O_PATH: a handle that names a place and opens nothing. */
function openPathOnly(resolved: Resolved, flags: number): OpenFile | number {
  const { status, node, parent, name } = resolved;
  if (node !== undefined) return new DirectoryFile(node, flags & KEPT_FLAGS);
  if (status === undefined) return -ENOENT;
  if ((flags & OPEN.DIRECTORY) !== 0) return -ENOTDIR;
  return new PathHandle(parent, name, below(parent, name), flags & KEPT_FLAGS);
}

function open(call: Call): Blocking<number> {
  return openAt(call, undefined, 0, call.integer(1), call.unsigned(2));
}

function openat(call: Call): Blocking<number> {
  return openAt(call, 0, 1, call.integer(2), call.unsigned(3));
}

function creat(call: Call): Blocking<number> {
  return openAt(call, undefined, 0, OPEN.CREAT | OPEN.WRONLY | OPEN.TRUNC, call.unsigned(1));
}

/** Flags of openat2's `resolve` that hold here anyway, or that can be obeyed by refusing links. */
const RESOLVE_NO_SYMLINKS = 4;
const RESOLVE_KNOWN = 0x3f;

function* openat2(call: Call): Blocking<number> {
  const size = call.word(3);
  if (size < 24) return -EINVAL;
  if (size > 4096) return -ERRNO.E2BIG;
  const how = call.memory.view(call.word(2), size);
  if (how === undefined) return -EFAULT;
  for (let at = 24; at < size; at++) if (how.getUint8(at) !== 0) return -ERRNO.E2BIG;
  const flags = Number(how.getBigUint64(0, true));
  const mode = Number(how.getBigUint64(8, true));
  const resolve = Number(how.getBigUint64(16, true));
  if (flags > 0x7fff_ffff || mode > 0o7777 || (resolve & ~RESOLVE_KNOWN) !== 0) return -EINVAL;
  // Scoped resolution (BENEATH, IN_ROOT) and mount crossing would need walks of their own.
  if ((resolve & ~RESOLVE_NO_SYMLINKS) !== 0) return -ERRNO.EAGAIN;
  const noLinks = (resolve & RESOLVE_NO_SYMLINKS) !== 0 ? OPEN.NOFOLLOW : 0;
  return yield* openAt(call, 0, 1, flags | noLinks, mode);
}

const MFD = { CLOEXEC: 1, ALLOW_SEALING: 2, NOEXEC_SEAL: 8, EXEC: 16 } as const;

function memfdCreate(call: Call): number {
  const name = call.path(0);
  if (typeof name === 'number') return name;
  const flags = call.unsigned(1);
  if ((flags & ~(MFD.CLOEXEC | MFD.ALLOW_SEALING | MFD.NOEXEC_SEAL | MFD.EXEC)) !== 0 || name.length > 249)
    return -EINVAL;
  const file = new RegularFile(
    new MemoryFile(call.process.domain, 0o777).open(),
    OPEN.RDWR,
    `/memfd:${name} (deleted)`,
  ).retain();
  const descriptor = call.process.descriptors.add(file, (flags & MFD.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

// ── status ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function put(call: Call, index: number, bytes: Uint8Array): number {
  return call.memory.write(call.word(index), bytes) ? 0 : -EFAULT;
}

/** Status by path, or of the descriptor itself when AT_EMPTY_PATH says so. */
function* statusAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  flags: number,
): Blocking<FileStatus | number> {
  const path = call.path(pathIndex);
  if (typeof path === 'number') return path;
  if (path === '' && (flags & AT.EMPTY_PATH) !== 0 && directoryIndex !== undefined) {
    if (call.integer(directoryIndex) === AT.FDCWD) return yield* settle(call.process.workingDirectory.backend.status());
    const file = call.file(directoryIndex);
    return typeof file === 'number' ? file : yield* settle(call.hold(file).status());
  }
  const resolved = yield* call.resolvePath(directoryIndex, path, (flags & AT.SYMLINK_NOFOLLOW) === 0);
  if (typeof resolved === 'number') return resolved;
  if (resolved.magic !== undefined) return yield* settle(resolved.magic.status());
  return resolved.status ?? -ENOENT;
}

function putStatus(call: Call, status: FileStatus | number, index: number): number {
  return typeof status === 'number' ? status : put(call, index, encodeStat(status));
}

function* stat(call: Call): Blocking<number> {
  return putStatus(call, yield* statusAt(call, undefined, 0, 0), 1);
}

function* lstat(call: Call): Blocking<number> {
  return putStatus(call, yield* statusAt(call, undefined, 0, AT.SYMLINK_NOFOLLOW), 1);
}

function* fstat(call: Call): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return putStatus(call, yield* settle(call.hold(file).status()), 1);
}

function* newfstatat(call: Call): Blocking<number> {
  const flags = call.integer(3);
  if ((flags & ~(AT.SYMLINK_NOFOLLOW | AT.NO_AUTOMOUNT | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  return putStatus(call, yield* statusAt(call, 0, 1, flags), 2);
}

/** How fresh a statx answer must be: accepted, every answer is fresh. */
const STATX_SYNC_TYPE = 0x6000;

function* statx(call: Call): Blocking<number> {
  const flags = call.integer(2);
  if ((flags & ~(AT.SYMLINK_NOFOLLOW | AT.NO_AUTOMOUNT | AT.EMPTY_PATH | STATX_SYNC_TYPE)) !== 0) return -EINVAL;
  if ((call.unsigned(3) & 0x8000_0000) !== 0) return -EINVAL;
  // A null path stands for the empty one.
  if (call.word(1) === 0 && (flags & AT.EMPTY_PATH) !== 0) {
    const file = call.file(0);
    if (typeof file === 'number') return file;
    const own = yield* settle(call.hold(file).status());
    return typeof own === 'number' ? own : put(call, 4, encodeStatx(own));
  }
  const status = yield* statusAt(call, 0, 1, flags);
  return typeof status === 'number' ? status : put(call, 4, encodeStatx(status));
}

const ACCESS = { EXECUTE: 1, WRITE: 2, READ: 4 } as const;

function* accessAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  mode: number,
  flags: number,
): Blocking<number> {
  if ((mode & ~7) !== 0) return -EINVAL;
  if ((flags & ~(AT.SYMLINK_NOFOLLOW | AT.EACCESS | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  const status = yield* statusAt(call, directoryIndex, pathIndex, flags);
  if (typeof status === 'number') return status;
  const path = call.path(pathIndex);
  if ((mode & ACCESS.WRITE) !== 0 && typeof path === 'string') {
    const resolved = yield* call.resolvePath(directoryIndex, path === '' ? '.' : path, true);
    const type = status.mode & MODE.TYPE;
    if (
      typeof resolved !== 'number' &&
      (resolved.node ?? resolved.parent).mount.readOnly &&
      (type === MODE.REGULAR || type === MODE.DIRECTORY)
    )
      return -EROFS;
  }
  return permits(call, status, mode) ? 0 : -EACCES;
}

/** Judged by mode bits and who the program believes to be; what may really be done, the capability decides. */
function permits(call: Call, status: FileStatus, wanted: number): boolean {
  const { uid, gid, groups } = call.process.identity;
  if (uid === 0) return (wanted & ACCESS.EXECUTE) === 0 || isDirectory(status) || (status.mode & 0o111) !== 0;
  const shift = status.uid === uid ? 6 : status.gid === gid || groups.includes(status.gid) ? 3 : 0;
  return ((status.mode >> shift) & wanted) === wanted;
}

function access(call: Call): Blocking<number> {
  return accessAt(call, undefined, 0, call.integer(1), 0);
}

function faccessat(call: Call): Blocking<number> {
  return accessAt(call, 0, 1, call.integer(2), 0);
}

function faccessat2(call: Call): Blocking<number> {
  return accessAt(call, 0, 1, call.integer(2), call.integer(3));
}

function* readlinkFrom(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const size = call.integer(pathIndex + 2);
  if (size <= 0) return -EINVAL;
  const path = call.path(pathIndex);
  if (typeof path === 'number') return path;
  let place: { parent: DirectoryNode; name: string } | undefined;
  if (path === '' && directoryIndex !== undefined) {
    const file = call.file(directoryIndex);
    if (!(file instanceof PathHandle)) return typeof file === 'number' ? file : -ENOENT;
    place = file.place;
  } else {
    const resolved = yield* call.resolvePath(directoryIndex, path, false);
    if (typeof resolved === 'number') return resolved;
    if (resolved.status === undefined || !isSymlink(resolved.status)) return -EINVAL;
    place = resolved;
  }
  const target = yield* settle(place.parent.backend.readLink(place.name));
  if (typeof target === 'number') return target;
  const bytes = bytesOf(target).subarray(0, size);
  return call.memory.write(call.word(pathIndex + 1), bytes) ? bytes.length : -EFAULT;
}

function readlink(call: Call): Blocking<number> {
  return readlinkFrom(call, undefined, 0);
}

function readlinkat(call: Call): Blocking<number> {
  return readlinkFrom(call, 0, 1);
}

function* statfs(call: Call): Blocking<number> {
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  const status = yield* settle((resolved.node ?? resolved.parent).backend.fileSystemStatus());
  return typeof status === 'number' ? status : put(call, 1, encodeFileSystemStatus(status));
}

function* fstatfs(call: Call): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const status = yield* settle(call.hold(file).fileSystemStatus());
  return typeof status === 'number' ? status : put(call, 1, encodeFileSystemStatus(status));
}

// ── the working directory ──────────────────────────────────────────────────────────────────────────────────────────────

function getcwd(call: Call): number {
  const path = bytesOf(`${call.process.workingDirectory.path()}\0`);
  const size = call.word(1);
  if (size < path.length) return -ERRNO.ERANGE;
  return call.memory.write(call.word(0), path) ? path.length : -EFAULT;
}

function* chdir(call: Call): Blocking<number> {
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.node === undefined) return isDirectory(resolved.status) ? -EACCES : -ENOTDIR;
  call.process.enterDirectory(resolved.node);
  return 0;
}

function fchdir(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const node = call.process.directoryOf(file);
  if (node === undefined) return -ENOTDIR;
  call.process.enterDirectory(node);
  return 0;
}

// ── changes to directories ─────────────────────────────────────────────────────────────────────────────────────────────

/** Resolves a name that is to be made: it must not exist, and its mount must be writable. */
function* freshName(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  directory: boolean,
): Blocking<Resolved | number> {
  const resolved = yield* call.resolve(directoryIndex, pathIndex, false, true);
  if (typeof resolved === 'number') return resolved;
  if (resolved.status !== undefined) return -EEXIST;
  if (resolved.trailingSlash && !directory) return -ENOENT;
  if (resolved.parent.mount.readOnly) return -EROFS;
  return resolved;
}

function* mkdirFrom(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const resolved = yield* freshName(call, directoryIndex, pathIndex, true);
  if (typeof resolved === 'number') return resolved;
  const mode = call.unsigned(pathIndex + 1) & 0o1777 & ~call.process.umask;
  return yield* settle(resolved.parent.backend.makeDirectory(resolved.name, mode));
}

function mkdir(call: Call): Blocking<number> {
  return mkdirFrom(call, undefined, 0);
}

function mkdirat(call: Call): Blocking<number> {
  return mkdirFrom(call, 0, 1);
}

function* removeFrom(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  directory: boolean,
): Blocking<number> {
  const resolved = yield* call.resolve(directoryIndex, pathIndex, false);
  if (typeof resolved === 'number') return resolved;
  const { parent, name, status, node } = resolved;
  if (status === undefined) return -ENOENT;
  if (name === '.') return directory ? (node?.parent === undefined ? -EBUSY : -EINVAL) : -EISDIR;
  if (name === '..') return directory ? -ENOTEMPTY : -EISDIR;
  if (node !== undefined && node.mount !== parent.mount) return directory ? -EBUSY : -EISDIR;
  const isDir = isDirectory(status);
  if (directory && !isDir) return -ENOTDIR;
  if (!directory && isDir) return -EISDIR;
  if (parent.mount.readOnly) return parent.mount.source === undefined ? -EPERM : -EROFS;
  const removed = yield* settle(parent.backend.remove(name, directory));
  if (removed === 0 && isDir) parent.childRemoved(name);
  return removed;
}

function unlink(call: Call): Blocking<number> {
  return removeFrom(call, undefined, 0, false);
}

function rmdir(call: Call): Blocking<number> {
  return removeFrom(call, undefined, 0, true);
}

function unlinkat(call: Call): Blocking<number> | number {
  const flags = call.integer(2);
  if ((flags & ~AT.REMOVEDIR) !== 0) return -EINVAL;
  return removeFrom(call, 0, 1, (flags & AT.REMOVEDIR) !== 0);
}

const RENAME = { NOREPLACE: 1, EXCHANGE: 2, WHITEOUT: 4 } as const;

function* renameBetween(
  call: Call,
  from: readonly [number | undefined, number],
  to: readonly [number | undefined, number],
  flags: number,
): Blocking<number> {
  if ((flags & ~7) !== 0) return -EINVAL;
  if ((flags & (RENAME.EXCHANGE | RENAME.WHITEOUT)) !== 0) return -EINVAL;
  const source = yield* call.resolve(from[0], from[1], false);
  if (typeof source === 'number') return source;
  const target = yield* call.resolve(to[0], to[1], false, true);
  if (typeof target === 'number') return target;
  for (const end of [source, target]) if (end.name === '.' || end.name === '..') return -EBUSY;
  const { status } = source;
  if (status === undefined) return -ENOENT;
  if (source.node !== undefined && source.node.mount !== source.parent.mount) return -EBUSY;
  if (target.node !== undefined && target.node.mount !== target.parent.mount) return -EBUSY;
  if (source.parent.mount !== target.parent.mount) return -EXDEV;
  if (source.parent.mount.readOnly) return -EROFS;
  const moving = isDirectory(status);
  if (target.status !== undefined) {
    if ((flags & RENAME.NOREPLACE) !== 0) return -EEXIST;
    if (moving && !isDirectory(target.status)) return -ENOTDIR;
    if (!moving && isDirectory(target.status)) return -EISDIR;
  } else if (target.trailingSlash && !moving) {
    return -ENOTDIR;
  }
  if (source.node !== undefined && source.node !== target.node && target.parent.isWithin(source.node)) return -EINVAL;
  const renamed = yield* settle(
    source.parent.backend.rename(source.name, target.parent.backend, target.name, flags & RENAME.NOREPLACE),
  );
  if (renamed === 0 && moving) {
    if (target.status !== undefined) target.parent.childRemoved(target.name);
    source.parent.childMoved(source.name, target.parent, target.name);
  }
  return renamed;
}

function rename(call: Call): Blocking<number> {
  return renameBetween(call, [undefined, 0], [undefined, 1], 0);
}

function renameat(call: Call): Blocking<number> {
  return renameBetween(call, [0, 1], [2, 3], 0);
}

function renameat2(call: Call): Blocking<number> {
  return renameBetween(call, [0, 1], [2, 3], call.unsigned(4));
}

function* linkBetween(
  call: Call,
  from: readonly [number | undefined, number],
  to: readonly [number | undefined, number],
  flags: number,
): Blocking<number> {
  if ((flags & ~(AT.SYMLINK_FOLLOW | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  const source = yield* call.existing(from[0], from[1], (flags & AT.SYMLINK_FOLLOW) !== 0);
  if (typeof source === 'number') return source;
  const target = yield* freshName(call, to[0], to[1], false);
  if (typeof target === 'number') return target;
  if (isDirectory(source.status)) return -EPERM;
  if (source.parent.mount !== target.parent.mount) return -EXDEV;
  return yield* settle(source.parent.backend.link(source.name, target.parent.backend, target.name));
}

function link(call: Call): Blocking<number> {
  return linkBetween(call, [undefined, 0], [undefined, 1], 0);
}

function linkat(call: Call): Blocking<number> {
  return linkBetween(call, [0, 1], [2, 3], call.integer(4));
}

function* symlinkTo(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const path = call.path(0);
  if (typeof path === 'number') return path;
  if (path === '') return -ENOENT;
  const resolved = yield* freshName(call, directoryIndex, pathIndex, false);
  if (typeof resolved === 'number') return resolved;
  return yield* settle(resolved.parent.backend.symlink(resolved.name, path));
}

function symlink(call: Call): Blocking<number> {
  return symlinkTo(call, undefined, 1);
}

function symlinkat(call: Call): Blocking<number> {
  return symlinkTo(call, 1, 2);
}

/** mknod makes regular files; devices are capabilities, and a named pipe would need a place to meet. */
function* mknodFrom(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const mode = call.unsigned(pathIndex + 1);
  const type = mode & MODE.TYPE;
  if (type !== 0 && type !== MODE.REGULAR) return -EPERM;
  const resolved = yield* freshName(call, directoryIndex, pathIndex, false);
  if (typeof resolved === 'number') return resolved;
  const made = yield* settle(
    resolved.parent.backend.openFile(
      resolved.name,
      OPEN_FILE.WRITE | OPEN_FILE.CREATE | OPEN_FILE.EXCLUSIVE,
      mode & 0o7777 & ~call.process.umask,
    ),
  );
  if (typeof made === 'number') return made;
  if (made.kind === 'file') made.file.release();
  return 0;
}

function mknod(call: Call): Blocking<number> {
  return mknodFrom(call, undefined, 0);
}

function mknodat(call: Call): Blocking<number> {
  return mknodFrom(call, 0, 1);
}

// ── attributes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function* changeAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  flags: number,
  change: AttributeChange,
): Blocking<number> {
  if ((flags & ~(AT.SYMLINK_NOFOLLOW | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  const path = call.path(pathIndex);
  if (typeof path === 'number') return path;
  if (path === '' && (flags & AT.EMPTY_PATH) !== 0 && directoryIndex !== undefined)
    return yield* changeFile(call, directoryIndex, change);
  const resolved = yield* call.resolvePath(directoryIndex, path, (flags & AT.SYMLINK_NOFOLLOW) === 0);
  if (typeof resolved === 'number') return resolved;
  if (resolved.magic !== undefined) return yield* settle(resolved.magic.setAttributes(change));
  if (resolved.node !== undefined) return yield* settle(resolved.node.setAttributes(change));
  if (resolved.parent.mount.readOnly) return resolved.parent.mount.source === undefined ? -EPERM : -EROFS;
  return yield* settle(resolved.parent.backend.setAttributes(resolved.name, change));
}

function* changeFile(call: Call, index: number, change: AttributeChange): Blocking<number> {
  const file = call.file(index);
  if (typeof file === 'number') return file;
  if ((file.statusFlags & OPEN.PATH) !== 0 && !(file instanceof DirectoryFile)) return -EBADF;
  return yield* settle(call.hold(file).setAttributes(change));
}

function modeChange(mode: number): AttributeChange {
  return { mode: mode & 0o7777 };
}

function chmod(call: Call): Blocking<number> {
  return changeAt(call, undefined, 0, 0, modeChange(call.unsigned(1)));
}

function fchmod(call: Call): Blocking<number> {
  return changeFile(call, 0, modeChange(call.unsigned(1)));
}

function fchmodat(call: Call): Blocking<number> {
  return changeAt(call, 0, 1, 0, modeChange(call.unsigned(2)));
}

function fchmodat2(call: Call): Blocking<number> {
  return changeAt(call, 0, 1, call.integer(3), modeChange(call.unsigned(2)));
}

/** −1 leaves a number as it is; asking for what is there already is no change. */
function ownerChange(status: FileStatus | number, uid: number, gid: number): AttributeChange | number {
  if (typeof status === 'number') return status;
  return { owner: { uid: uid === -1 ? status.uid : uid >>> 0, gid: gid === -1 ? status.gid : gid >>> 0 } };
}

function* chownAt(call: Call, directoryIndex: number | undefined, pathIndex: number, flags: number): Blocking<number> {
  const status = yield* statusAt(call, directoryIndex, pathIndex, flags);
  const change = ownerChange(status, call.integer(pathIndex + 1), call.integer(pathIndex + 2));
  return typeof change === 'number' ? change : yield* changeAt(call, directoryIndex, pathIndex, flags, change);
}

function chown(call: Call): Blocking<number> {
  return chownAt(call, undefined, 0, 0);
}

function lchown(call: Call): Blocking<number> {
  return chownAt(call, undefined, 0, AT.SYMLINK_NOFOLLOW);
}

function fchownat(call: Call): Blocking<number> {
  return chownAt(call, 0, 1, call.integer(4));
}

function* fchown(call: Call): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const status = yield* settle(call.hold(file).status());
  const change = ownerChange(status, call.integer(1), call.integer(2));
  return typeof change === 'number' ? change : yield* changeFile(call, 0, change);
}

const UTIME_NOW = 0x3fff_ffff;
const UTIME_OMIT = 0x3fff_fffe;

/** The two times at `address`; now, when it is null. `unitNs` is what the second word counts in. */
function* timesAt(call: Call, address: number, unitNs: bigint): Blocking<AttributeChange | number> {
  const now = yield* settle(call.process.clocks.realtimeNs());
  const present = typeof now === 'bigint' ? now : 0n;
  if (address === 0) return { accessedNs: present, modifiedNs: present };
  const view = call.memory.view(address, 32);
  if (view === undefined) return -EFAULT;
  const change: { accessedNs?: bigint; modifiedNs?: bigint } = {};
  for (const [index, key] of (['accessedNs', 'modifiedNs'] as const).entries()) {
    const seconds = view.getBigInt64(index * 16, true);
    const fraction = view.getBigInt64(index * 16 + 8, true);
    if (unitNs === 1n && fraction === BigInt(UTIME_OMIT)) continue;
    if (unitNs === 1n && fraction === BigInt(UTIME_NOW)) {
      change[key] = present;
      continue;
    }
    if (fraction < 0n || fraction * unitNs >= 1_000_000_000n) return -EINVAL;
    change[key] = BigInt.asIntN(64, seconds * 1_000_000_000n + fraction * unitNs);
  }
  return change;
}

function* utimensat(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(2), 1n);
  if (typeof change === 'number') return change;
  if (call.word(1) === 0) return yield* changeFile(call, 0, change);
  return yield* changeAt(call, 0, 1, call.integer(3), change);
}

function* utimes(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(1), 1000n);
  return typeof change === 'number' ? change : yield* changeAt(call, undefined, 0, 0, change);
}

function* futimesat(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(2), 1000n);
  if (typeof change === 'number') return change;
  if (call.word(1) === 0) return yield* changeFile(call, 0, change);
  return yield* changeAt(call, 0, 1, 0, change);
}

function* utime(call: Call): Blocking<number> {
  const address = call.word(1);
  if (address === 0) {
    const change = yield* timesAt(call, 0, 1n);
    return typeof change === 'number' ? change : yield* changeAt(call, undefined, 0, 0, change);
  }
  const view = call.memory.view(address, 16);
  if (view === undefined) return -EFAULT;
  return yield* changeAt(call, undefined, 0, 0, {
    accessedNs: BigInt.asIntN(64, view.getBigInt64(0, true) * 1_000_000_000n),
    modifiedNs: BigInt.asIntN(64, view.getBigInt64(8, true) * 1_000_000_000n),
  });
}

function* truncate(call: Call): Blocking<number> {
  const size = call.long(1);
  if (size < 0) return -EINVAL;
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (isDirectory(resolved.status)) return -EISDIR;
  if ((resolved.status.mode & MODE.TYPE) !== MODE.REGULAR) return -EINVAL;
  if (resolved.parent.mount.readOnly) return -EROFS;
  const opened = yield* settle(resolved.parent.backend.openFile(resolved.name, OPEN_FILE.WRITE, 0));
  if (typeof opened === 'number') return opened;
  if (opened.kind !== 'file') return -EINVAL;
  try {
    return yield* settle(opened.file.truncate(size));
  } finally {
    opened.file.release();
  }
}

function umask(call: Call): number {
  const old = call.process.umask;
  call.process.umask = call.integer(0) & 0o777;
  return old;
}

/** Extended attributes: no file system here has any, but the file must be there for that to be the answer. */
function noAttributes(directoryIndex: number | undefined, pathIndex: number, follow: boolean, answer: number) {
  return function* (call: Call): Blocking<number> {
    const resolved = yield* call.existing(directoryIndex, pathIndex, follow);
    return typeof resolved === 'number' ? resolved : answer;
  };
}

function noFileAttributes(answer: number) {
  return (call: Call): number => {
    const file = call.file(0);
    return typeof file === 'number' ? file : answer;
  };
}

const NO_XATTR = 'No file system here keeps extended attributes: none is found, none can be set.';

export const pathCalls = {
  open: { support: 'full', arguments: ['path', 'open-flags', 'octal'], handler: open },
  openat: { support: 'full', arguments: ['directory', 'path', 'open-flags', 'octal'], handler: openat },
  openat2: {
    support: 'partial',
    note: 'RESOLVE_NO_SYMLINKS for the last component only; other RESOLVE flags answer EAGAIN.',
    arguments: ['directory', 'path', 'address', 'size'],
    handler: openat2,
  },
  creat: { support: 'full', arguments: ['path', 'octal'], handler: creat },
  memfd_create: {
    support: 'partial',
    note: 'Seals are accepted and not kept; no huge pages.',
    arguments: ['path', 'hex'],
    handler: memfdCreate,
  },
  stat: { support: 'full', arguments: ['path', 'stat'], handler: stat },
  lstat: { support: 'full', arguments: ['path', 'stat'], handler: lstat },
  fstat: { support: 'full', arguments: ['descriptor', 'stat'], handler: fstat },
  newfstatat: { support: 'full', arguments: ['directory', 'path', 'stat', 'at-flags'], handler: newfstatat },
  statx: {
    support: 'partial',
    note: 'The basic fields; no birth time, no attributes, no mount id.',
    arguments: ['directory', 'path', 'at-flags', 'hex', 'address'],
    handler: statx,
  },
  access: { support: 'full', arguments: ['path', 'access-mode'], handler: access },
  faccessat: { support: 'full', arguments: ['directory', 'path', 'access-mode'], handler: faccessat },
  faccessat2: { support: 'full', arguments: ['directory', 'path', 'access-mode', 'at-flags'], handler: faccessat2 },
  readlink: { support: 'full', arguments: ['path', 'text-out', 'size'], handler: readlink },
  readlinkat: { support: 'full', arguments: ['directory', 'path', 'text-out', 'size'], handler: readlinkat },
  statfs: { support: 'full', arguments: ['path', 'address'], handler: statfs },
  fstatfs: { support: 'full', arguments: ['descriptor', 'address'], handler: fstatfs },
  getcwd: { support: 'full', arguments: ['text-out', 'size'], handler: getcwd },
  chdir: { support: 'full', arguments: ['path'], handler: chdir },
  fchdir: { support: 'full', arguments: ['descriptor'], handler: fchdir },
  mkdir: { support: 'full', arguments: ['path', 'octal'], handler: mkdir },
  mkdirat: { support: 'full', arguments: ['directory', 'path', 'octal'], handler: mkdirat },
  rmdir: { support: 'full', arguments: ['path'], handler: rmdir },
  unlink: { support: 'full', arguments: ['path'], handler: unlink },
  unlinkat: { support: 'full', arguments: ['directory', 'path', 'at-flags'], handler: unlinkat },
  rename: { support: 'full', arguments: ['path', 'path'], handler: rename },
  renameat: { support: 'full', arguments: ['directory', 'path', 'directory', 'path'], handler: renameat },
  renameat2: {
    support: 'partial',
    note: 'RENAME_NOREPLACE; not RENAME_EXCHANGE, not RENAME_WHITEOUT.',
    arguments: ['directory', 'path', 'directory', 'path', 'hex'],
    handler: renameat2,
  },
  link: { support: 'full', arguments: ['path', 'path'], handler: link },
  linkat: {
    support: 'partial',
    note: 'Not from a descriptor with AT_EMPTY_PATH.',
    arguments: ['directory', 'path', 'directory', 'path', 'at-flags'],
    handler: linkat,
  },
  symlink: { support: 'full', arguments: ['path', 'path'], handler: symlink },
  symlinkat: { support: 'full', arguments: ['path', 'directory', 'path'], handler: symlinkat },
  mknod: {
    support: 'partial',
    note: 'Regular files only: devices are capabilities, named pipes are not there.',
    arguments: ['path', 'octal', 'hex'],
    handler: mknod,
  },
  mknodat: {
    support: 'partial',
    note: 'Regular files only, as mknod.',
    arguments: ['directory', 'path', 'octal', 'hex'],
    handler: mknodat,
  },
  chmod: { support: 'full', arguments: ['path', 'octal'], handler: chmod },
  fchmod: { support: 'full', arguments: ['descriptor', 'octal'], handler: fchmod },
  fchmodat: { support: 'full', arguments: ['directory', 'path', 'octal'], handler: fchmodat },
  fchmodat2: { support: 'full', arguments: ['directory', 'path', 'octal', 'at-flags'], handler: fchmodat2 },
  chown: { support: 'full', arguments: ['path', 'integer', 'integer'], handler: chown },
  lchown: { support: 'full', arguments: ['path', 'integer', 'integer'], handler: lchown },
  fchown: { support: 'full', arguments: ['descriptor', 'integer', 'integer'], handler: fchown },
  fchownat: {
    support: 'full',
    arguments: ['directory', 'path', 'integer', 'integer', 'at-flags'],
    handler: fchownat,
  },
  utimensat: { support: 'full', arguments: ['directory', 'path', 'address', 'at-flags'], handler: utimensat },
  utimes: { support: 'full', arguments: ['path', 'address'], handler: utimes },
  futimesat: { support: 'full', arguments: ['directory', 'path', 'address'], handler: futimesat },
  utime: { support: 'full', arguments: ['path', 'address'], handler: utime },
  truncate: { support: 'full', arguments: ['path', 'long'], handler: truncate },
  umask: { support: 'full', arguments: ['octal'], result: 'octal', handler: umask },
  getxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size'],
    handler: noAttributes(undefined, 0, true, -ERRNO.ENODATA),
  },
  lgetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size'],
    handler: noAttributes(undefined, 0, false, -ERRNO.ENODATA),
  },
  fgetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'path', 'address', 'size'],
    handler: noFileAttributes(-ERRNO.ENODATA),
  },
  listxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'address', 'size'],
    handler: noAttributes(undefined, 0, true, 0),
  },
  llistxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'address', 'size'],
    handler: noAttributes(undefined, 0, false, 0),
  },
  flistxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'address', 'size'],
    handler: noFileAttributes(0),
  },
  setxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size', 'hex'],
    handler: noAttributes(undefined, 0, true, -ERRNO.EOPNOTSUPP),
  },
  lsetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path', 'address', 'size', 'hex'],
    handler: noAttributes(undefined, 0, false, -ERRNO.EOPNOTSUPP),
  },
  fsetxattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'path', 'address', 'size', 'hex'],
    handler: noFileAttributes(-ERRNO.EOPNOTSUPP),
  },
  removexattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path'],
    handler: noAttributes(undefined, 0, true, -ERRNO.ENODATA),
  },
  lremovexattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['path', 'path'],
    handler: noAttributes(undefined, 0, false, -ERRNO.ENODATA),
  },
  fremovexattr: {
    support: 'partial',
    note: NO_XATTR,
    arguments: ['descriptor', 'path'],
    handler: noFileAttributes(-ERRNO.ENODATA),
  },
} as const satisfies Record<string, CallRow>;
