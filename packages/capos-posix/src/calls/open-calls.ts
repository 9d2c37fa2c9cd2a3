// Opening files: open and its relatives, and memfd_create.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { OPEN_FILE } from '../files/backend.ts';
import { CHANGE, directorySubject, fileKey, fileSubject, WatchedFile } from '../files/change-watches.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import { isDirectory, isSymlink } from '../files/file-status.ts';
import { MemoryFile, SEAL } from '../files/memory-file.ts';
import type { OpenFile } from '../files/open-file.ts';
import { openSpecial } from '../files/open-special.ts';
import { PathHandle } from '../files/path-handle.ts';
import type { Resolved, WalkLimits } from '../files/path-walk.ts';
import { ACCESS, effective, isUnrestricted, owns, permits } from '../files/permission.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE, OPEN } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { breakLeases } from './lease-calls.ts';
import { ownNew } from './new-file-owner.ts';

const { EFAULT, EINVAL, ENOENT, EROFS, ENOTDIR, EISDIR, ELOOP, EEXIST, EACCES, EPERM } = ERRNO;

/** Flags that stay with the description and F_GETFL tells. */
const KEPT_FLAGS =
  OPEN.ACCMODE | OPEN.APPEND | OPEN.NONBLOCK | OPEN.SYNC | OPEN.DIRECT | OPEN.LARGEFILE | OPEN.NOATIME | OPEN.PATH;

/** All flags there are: openat2 refuses others, where open lets them pass. */
const OPEN2_FLAGS =
  KEPT_FLAGS |
  OPEN.CREAT |
  OPEN.EXCL |
  OPEN.NOCTTY |
  OPEN.TRUNC |
  OPEN.ASYNC |
  OPEN.DIRECTORY |
  OPEN.NOFOLLOW |
  OPEN.CLOEXEC |
  OPEN.TMPFILE;

function* openAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  openFlags: number,
  mode: number,
  limits?: WalkLimits,
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
  const resolved =
    limits === undefined
      ? yield* call.resolve(directoryIndex, pathIndex, follow, creating)
      : yield* call.resolveWithin(directoryIndex ?? 0, pathIndex, follow, creating, limits);
  if (typeof resolved === 'number') return resolved;
  const file = yield* openResolved(call, resolved, flags, mode);
  if (typeof file === 'number') return file;
  // Held for a moment: a full table must close it again.
  file.retain();
  if (file.references === 1) tellOpened(call, file, resolved, flags);
  const descriptor = process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

/** What has been opened, and perhaps made or cut off by that, is told to those who watch. */
function tellOpened(call: Call, file: OpenFile, { parent, name, status }: Resolved, flags: number): void {
  const { domain } = call.process;
  if ((flags & OPEN.PATH) !== 0) return;
  const isFile = file instanceof RegularFile && file.openedAs !== undefined;
  if (!isFile && !(file instanceof DirectoryFile)) return;
  const subject = isFile ? fileSubject(parent, name, file.openedAs!) : directorySubject((file as DirectoryFile).node);
  file.watched = new WatchedFile(domain, subject, file.writable);
  if (domain.watches.empty) return;
  if (status === undefined) domain.watches.happenedIn(parent.identity, subject, CHANGE.CREATE);
  else if ((flags & OPEN.TRUNC) !== 0) domain.watches.happened(subject, CHANGE.MODIFY);
  domain.watches.happened(subject, CHANGE.OPEN);
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
  if (status !== undefined && (status.mode & MODE.TYPE) === MODE.SOCKET) return -ERRNO.ENXIO;
  const writing = (flags & OPEN.ACCMODE) !== OPEN.RDONLY;
  if (node !== undefined) {
    if (writing || creating) return -EISDIR;
    const closed = yield* forbidden(call, resolved, flags);
    if (closed < 0) return closed;
    return new DirectoryFile(node, flags & KEPT_FLAGS);
  }
  if (status !== undefined && isDirectory(status)) return -EACCES;
  if ((flags & OPEN.DIRECTORY) !== 0) return -ENOTDIR;
  const refused = yield* forbidden(call, resolved, flags);
  if (refused < 0) return refused;
  if ((flags & OPEN.NOATIME) !== 0 && status !== undefined && !owns(call.process.identity, status)) return -EPERM;
  const named = status && call.process.domain.specialFiles.at(parent.mount.source, status);
  if (named !== undefined) return yield* openSpecial(call, named, flags & KEPT_FLAGS, below(parent, name), status!);
  const special = status !== undefined && (status.mode & MODE.TYPE) !== MODE.REGULAR;
  const changes = (!exists && creating) || (!special && (writing || (flags & OPEN.TRUNC) !== 0));
  if (changes && parent.mount.readOnly && parent.mount.source !== undefined) return -EROFS;
  if (status !== undefined && !special) {
    const writes = writing || (flags & OPEN.TRUNC) !== 0;
    if (writes && call.process.domain.isExecuted(fileKey(status))) return -ERRNO.ETXTBSY;
    const broken = yield* breakLeases(call, status, flags);
    if (broken < 0) return broken;
  }
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
  const file = new RegularFile(opened.file, flags & KEPT_FLAGS, below(parent, name), () =>
    parent.backend.fileSystemStatus(),
  );
  file.openedAs = exists ? opened.status : yield* ownNew(call, parent, opened.status, name);
  file.openedIn = parent.mount;
  if ((opened.status.mode & SET_ID_BITS) !== 0) file.setId = opened.status;
  const { source } = parent.mount;
  const isCached = source !== undefined && opened.file.capability !== undefined;
  if (isCached && (opened.status.mode & MODE.TYPE) === MODE.REGULAR) {
    const cached = call.process.domain.pageCache.file(source, opened.status);
    if ((flags & OPEN.TRUNC) !== 0) cached.truncated(0);
    yield* cached.opened(opened.status, opened.file);
    file.useCache(cached);
  }
  return file;
}

const SET_ID_BITS = 0o6000;

function below(parent: DirectoryNode, name: string): string {
  const path = parent.path();
  return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** −EACCES when the permission bits do not let the program open, or make, the file.  */
function* forbidden(call: Call, { status, parent }: Resolved, flags: number): Blocking<number> {
  const credentials = effective(call.process.identity);
  if (isUnrestricted(credentials)) return 0;
  if (status === undefined) {
    const directory = yield* settle(parent.backend.status());
    if (typeof directory === 'number') return directory;
    return permits(credentials, directory, ACCESS.WRITE | ACCESS.EXECUTE) ? 0 : -EACCES;
  }
  const mode = flags & OPEN.ACCMODE;
  const truncating = (flags & OPEN.TRUNC) !== 0 ? ACCESS.WRITE : 0;
  const wanted = (mode !== OPEN.WRONLY ? ACCESS.READ : 0) | (mode !== OPEN.RDONLY ? ACCESS.WRITE : 0) | truncating;
  return permits(credentials, status, wanted) ? 0 : -EACCES;
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

/** openat2's `resolve`. */
const RESOLVE = { NO_XDEV: 1, NO_MAGICLINKS: 2, NO_SYMLINKS: 4, BENEATH: 8, IN_ROOT: 16, CACHED: 32 } as const;
const RESOLVE_KNOWN = 0x3f;
const HOW_SIZE = 24;
const MODE_BITS = 0o7777;

/** struct open_how: flags 0, mode 8, resolve 16; what a longer one has beyond must be zero. */
function* openat2(call: Call): Blocking<number> {
  const size = call.word(3);
  if (size < HOW_SIZE) return -EINVAL;
  if (size > 4096) return -ERRNO.E2BIG;
  const how = call.memory.view(call.word(2), size);
  if (how === undefined) return -EFAULT;
  for (let at = HOW_SIZE; at < size; at++) if (how.getUint8(at) !== 0) return -ERRNO.E2BIG;
  const flags = Number(how.getBigUint64(0, true));
  const mode = Number(how.getBigUint64(8, true));
  const resolve = Number(how.getBigUint64(16, true));
  if (flags > 0x7fff_ffff || (flags & ~OPEN2_FLAGS) !== 0 || resolve > RESOLVE_KNOWN) return -EINVAL;
  const creates = (flags & OPEN.CREAT) !== 0 || (flags & OPEN.TMPFILE) === OPEN.TMPFILE;
  if (mode > MODE_BITS || (mode !== 0 && !creates)) return -EINVAL;
  const asks = (bit: number): boolean => (resolve & bit) !== 0;
  if (asks(RESOLVE.BENEATH) && asks(RESOLVE.IN_ROOT)) return -EINVAL;
  // Nothing is known of names without asking those who have them.
  if (asks(RESOLVE.CACHED)) return (flags & (OPEN.TRUNC | OPEN.CREAT)) !== 0 ? -EINVAL : -ERRNO.EAGAIN;
  return yield* openAt(call, 0, 1, flags, mode, {
    noOtherMounts: asks(RESOLVE.NO_XDEV),
    noMagicLinks: asks(RESOLVE.NO_MAGICLINKS) || asks(RESOLVE.NO_SYMLINKS),
    noSymlinks: asks(RESOLVE.NO_SYMLINKS),
    beneath: asks(RESOLVE.BENEATH),
    inRoot: asks(RESOLVE.IN_ROOT),
  });
}

const MFD = { CLOEXEC: 1, ALLOW_SEALING: 2, NOEXEC_SEAL: 8, EXEC: 16 } as const;

function memfdCreate(call: Call): number {
  const name = call.path(0);
  if (typeof name === 'number') return name;
  const flags = call.unsigned(1);
  if ((flags & ~(MFD.CLOEXEC | MFD.ALLOW_SEALING | MFD.NOEXEC_SEAL | MFD.EXEC)) !== 0 || name.length > 249)
    return -EINVAL;
  const notExecutable = (flags & MFD.NOEXEC_SEAL) !== 0;
  if (notExecutable && (flags & MFD.EXEC) !== 0) return -EINVAL;
  const seals = notExecutable ? SEAL.EXEC : (flags & MFD.ALLOW_SEALING) !== 0 ? 0 : SEAL.SEAL;
  const file = new RegularFile(
    new MemoryFile(call.process.domain, notExecutable ? 0o666 : 0o777, seals).open(),
    OPEN.RDWR,
    `/memfd:${name} (deleted)`,
  ).retain();
  const descriptor = call.process.descriptors.add(file, (flags & MFD.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

export const openCalls = {
  open: { support: 'full', arguments: ['path', 'open-flags', 'octal'], handler: open },
  openat: { support: 'full', arguments: ['directory', 'path', 'open-flags', 'octal'], handler: openat },
  openat2: {
    support: 'full',
    note: 'RESOLVE_CACHED answers EAGAIN: no name is known without asking.',
    arguments: ['directory', 'path', 'address', 'size'],
    handler: openat2,
  },
  creat: { support: 'full', arguments: ['path', 'octal'], handler: creat },
  memfd_create: {
    support: 'partial',
    note: 'No huge pages.',
    arguments: ['path', 'hex'],
    handler: memfdCreate,
  },
} as const satisfies Record<string, CallRow>;
