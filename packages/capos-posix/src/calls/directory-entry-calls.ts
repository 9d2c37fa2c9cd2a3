// Making, removing and renaming the entries of directories.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { OPEN_FILE } from '../files/backend.ts';
import { CHANGE, type ChangeSubject, directorySubject, fileSubject } from '../files/change-watches.ts';
import { attributeKey } from '../files/extended-attributes.ts';
import { type FileStatus, isDirectory } from '../files/file-status.ts';
import type { Resolved } from '../files/path-walk.ts';
import { ACCESS, effective, isUnrestricted, mayRemove, permits } from '../files/permission.ts';
import { isSpecialType } from '../files/special-files.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT, MODE } from '../linux/file-flags.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, settle } from '../waiting.ts';
import { ownMade, ownNew } from './new-file-owner.ts';

const { EINVAL, ENOENT, EROFS, ENOTDIR, EISDIR, EEXIST, EXDEV, ENOTEMPTY, EBUSY, EPERM } = ERRNO;

/** Resolves a name that is to be made: it must not exist, and its mount must be writable. */
export function* freshName(
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
  const credentials = effective(call.process.identity);
  if (!isUnrestricted(credentials)) {
    const above = yield* settle(resolved.parent.backend.status());
    if (typeof above === 'number') return above;
    if (!permits(credentials, above, ACCESS.WRITE | ACCESS.EXECUTE)) return -ERRNO.EACCES;
  }
  return resolved;
}

/** A name has been made: those who watch its directory hear of it. */
export function tellMade(call: Call, { parent, name }: Resolved, isDirectory: boolean): void {
  const subject = { key: '', parent: parent.identity, name, isDirectory };
  call.process.domain.watches.happenedIn(parent.identity, subject, CHANGE.CREATE);
}

function* mkdirFrom(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const resolved = yield* freshName(call, directoryIndex, pathIndex, true);
  if (typeof resolved === 'number') return resolved;
  const mode = call.unsigned(pathIndex + 1) & 0o1777 & ~call.process.umask;
  const made = yield* settle(resolved.parent.backend.makeDirectory(resolved.name, mode));
  if (made < 0) return made;
  tellMade(call, resolved, true);
  return yield* ownMade(call, resolved.parent, resolved.name);
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
  const credentials = effective(call.process.identity);
  if (!isUnrestricted(credentials)) {
    const above = yield* settle(parent.backend.status());
    if (typeof above === 'number') return above;
    const may = mayRemove(credentials, above, status);
    if (may !== 'yes') return may === 'no' ? -ERRNO.EACCES : -EPERM;
  }
  const removed = yield* settle(parent.backend.remove(name, directory));
  if (removed === 0 && isDir) {
    parent.childRemoved(name);
    call.process.domain.attributes.forget(attributeKey(parent.mount.source, status));
  }
  if (removed === 0 && !isDir && status.links <= 1) forgetNode(call, parent.mount.source, status);
  if (removed === 0 && !call.process.domain.watches.empty) tellRemoved(call, resolved, status);
  return removed;
}

function subjectOf({ parent, name, node }: Resolved, status: FileStatus): ChangeSubject {
  return node === undefined ? fileSubject(parent, name, status) : directorySubject(node);
}

/** A name is gone, and perhaps with it what it named: in the order in which Linux tells of it. */
function tellRemoved(call: Call, resolved: Resolved, status: FileStatus): void {
  const { domain } = call.process;
  const { watches } = domain;
  const subject = subjectOf(resolved, status);
  if (!subject.isDirectory) watches.happenedTo(subject, CHANGE.ATTRIB);
  watches.happenedIn(resolved.parent.identity, subject, CHANGE.DELETE);
  if (subject.isDirectory || status.links <= 1) watches.lastNameGone(subject, () => domain.isOpen(subject.key));
}

/** Something has another name, and what that named before has one less. */
function tellMoved(call: Call, source: Resolved, target: Resolved, moved: FileStatus): void {
  const { domain } = call.process;
  const { watches } = domain;
  const subject = subjectOf(source, moved);
  const cookie = watches.nextCookie();
  if (source.parent.identity === target.parent.identity)
    watches.happenedIn(source.parent.identity, subject, CHANGE.RENAME);
  watches.happenedIn(source.parent.identity, subject, CHANGE.MOVED_FROM, cookie);
  watches.happenedIn(target.parent.identity, { ...subject, name: target.name }, CHANGE.MOVED_TO, cookie);
  const replaced = target.status && { subject: subjectOf(target, target.status), links: target.status.links };
  if (replaced !== undefined) watches.happenedTo(replaced.subject, CHANGE.ATTRIB);
  watches.happenedTo(subject, CHANGE.MOVE_SELF);
  if (replaced !== undefined && (replaced.subject.isDirectory || replaced.links <= 1))
    watches.lastNameGone(replaced.subject, () => domain.isOpen(replaced.subject.key));
}

/** The last name of a file has gone: what it was known as goes too. */
function forgetNode(call: Call, source: string | undefined, status: FileStatus): void {
  const { unixSockets, specialFiles, attributes } = call.process.domain;
  unixSockets.forget(status);
  attributes.forget(attributeKey(source, status));
  specialFiles.forget(source, status);
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

/** −EACCES or −EPERM when the permission bits do not let the name be moved, or what it replaces be removed. */
function* mayRename(call: Call, source: Resolved, target: Resolved): Blocking<number> {
  const credentials = effective(call.process.identity);
  if (isUnrestricted(credentials)) return 0;
  for (const { parent, status } of [source, target]) {
    const above = yield* settle(parent.backend.status());
    if (typeof above === 'number') return above;
    const may = mayRemove(credentials, above, status ?? above);
    if (may === 'no') return -ERRNO.EACCES;
    if (may === 'sticky' && status !== undefined) return -EPERM;
  }
  // A directory that comes elsewhere has another `..`, which is written into it.
  const { status } = source;
  const moves = status !== undefined && isDirectory(status) && source.parent.identity !== target.parent.identity;
  return moves && !permits(credentials, status, ACCESS.WRITE) ? -ERRNO.EACCES : 0;
}

/** What two names name is exchanged, by way of a third: nobody else of the domain sees that one. */
function* exchange(call: Call, source: Resolved, target: Resolved): Blocking<number> {
  const { domain } = call.process;
  if (source.status === undefined || target.status === undefined) return -ENOENT;
  for (const [one, other] of [
    [source, target],
    [target, source],
  ] as const) {
    if (one.node !== undefined && one.node !== other.node && other.parent.isWithin(one.node)) return -EINVAL;
    const refused = yield* mayRename(call, one, other);
    if (refused < 0) return refused;
  }
  if (source.parent === target.parent && source.name === target.name) return 0;
  const between = { parent: source.parent, name: `.exchanged-${domain.order(call)}-${domain.order(source)}` };
  const steps = [
    [source, between],
    [target, source],
    [between, target],
  ] as const;
  for (const [index, [from, to]] of steps.entries()) {
    const moved = yield* move(from, to, RENAME.NOREPLACE);
    if (moved === 0) continue;
    // Everything goes back to where it was, the last step first.
    for (const [undoFrom, undoTo] of steps.slice(0, index).reverse()) yield* move(undoTo, undoFrom, RENAME.NOREPLACE);
    return moved;
  }
  if (!domain.watches.empty) {
    tellMoved(call, source, { ...target, status: undefined }, source.status);
    tellMoved(call, target, { ...source, status: undefined }, target.status);
  }
  return 0;
}

type Place = Pick<Resolved, 'parent' | 'name'>;

function* move(from: Place, to: Place, flags: number): Blocking<number> {
  const moved = yield* settle(from.parent.backend.rename(from.name, to.parent.backend, to.name, flags));
  if (moved === 0) from.parent.childMoved(from.name, to.parent, to.name);
  return moved;
}

function* renameBetween(
  call: Call,
  from: readonly [number | undefined, number],
  to: readonly [number | undefined, number],
  flags: number,
): Blocking<number> {
  if ((flags & ~7) !== 0) return -EINVAL;
  const exchanges = (flags & RENAME.EXCHANGE) !== 0;
  if ((flags & RENAME.WHITEOUT) !== 0 || (exchanges && (flags & RENAME.NOREPLACE) !== 0)) return -EINVAL;
  const source = yield* call.resolve(from[0], from[1], false);
  if (typeof source === 'number') return source;
  const target = yield* call.resolve(to[0], to[1], false, !exchanges);
  if (typeof target === 'number') return target;
  for (const end of [source, target]) if (end.name === '.' || end.name === '..') return -EBUSY;
  const { status } = source;
  if (status === undefined) return -ENOENT;
  if (source.node !== undefined && source.node.mount !== source.parent.mount) return -EBUSY;
  if (target.node !== undefined && target.node.mount !== target.parent.mount) return -EBUSY;
  if (source.parent.mount !== target.parent.mount) return -EXDEV;
  if (source.parent.mount.readOnly) return -EROFS;
  if (exchanges) return yield* exchange(call, source, target);
  const moving = isDirectory(status);
  if (target.status !== undefined) {
    if ((flags & RENAME.NOREPLACE) !== 0) return -EEXIST;
    if (moving && !isDirectory(target.status)) return -ENOTDIR;
    if (!moving && isDirectory(target.status)) return -EISDIR;
  } else if (target.trailingSlash && !moving) {
    return -ENOTDIR;
  }
  if (source.node !== undefined && source.node !== target.node && target.parent.isWithin(source.node)) return -EINVAL;
  const refused = yield* mayRename(call, source, target);
  if (refused < 0) return refused;
  const renamed = yield* settle(
    source.parent.backend.rename(source.name, target.parent.backend, target.name, flags & RENAME.NOREPLACE),
  );
  const replaced = target.status;
  const isGone = replaced !== undefined && !moving && replaced.links <= 1 && replaced.inode !== status.inode;
  const isSame = replaced !== undefined && replaced.inode === status.inode && replaced.device === status.device;
  if (renamed === 0 && !isSame && !call.process.domain.watches.empty) tellMoved(call, source, target, status);
  if (renamed === 0 && isGone) forgetNode(call, target.parent.mount.source, replaced);
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

/** Special files are empty files that the domain knows to be more (special-files.ts). */
function* mknodFrom(call: Call, directoryIndex: number | undefined, pathIndex: number): Blocking<number> {
  const mode = call.unsigned(pathIndex + 1);
  const type = mode & MODE.TYPE;
  const special = isSpecialType(type);
  if (type !== 0 && type !== MODE.REGULAR && !special) return type === MODE.DIRECTORY ? -EPERM : -EINVAL;
  const resolved = yield* freshName(call, directoryIndex, pathIndex, false);
  if (typeof resolved === 'number') return resolved;
  const isDevice = type === MODE.CHARACTER || type === MODE.BLOCK;
  if (isDevice && !has(call.process.identity, PRIVILEGE.MKNOD)) return -EPERM;
  const { parent, name } = resolved;
  const { source } = parent.mount;
  if (special && source === undefined) return -EPERM;
  const made = yield* settle(
    parent.backend.openFile(
      name,
      OPEN_FILE.WRITE | OPEN_FILE.CREATE | OPEN_FILE.EXCLUSIVE,
      mode & 0o7777 & ~call.process.umask,
    ),
  );
  if (typeof made === 'number') return made;
  tellMade(call, resolved, false);
  if (made.kind !== 'file') return 0;
  made.file.release();
  const status = yield* ownNew(call, parent, made.status, name);
  if (special && source !== undefined) {
    const rdev = isDevice ? BigInt(call.unsigned(pathIndex + 2)) : 0n;
    call.process.domain.specialFiles.made(source, status, type, rdev);
  }
  return 0;
}

function mknod(call: Call): Blocking<number> {
  return mknodFrom(call, undefined, 0);
}

function mknodat(call: Call): Blocking<number> {
  return mknodFrom(call, 0, 1);
}

export const directoryEntryCalls = {
  mkdir: { support: 'full', arguments: ['path', 'octal'], handler: mkdir },
  mkdirat: { support: 'full', arguments: ['directory', 'path', 'octal'], handler: mkdirat },
  rmdir: { support: 'full', arguments: ['path'], handler: rmdir },
  unlink: { support: 'full', arguments: ['path'], handler: unlink },
  unlinkat: { support: 'full', arguments: ['directory', 'path', 'at-flags'], handler: unlinkat },
  rename: { support: 'full', arguments: ['path', 'path'], handler: rename },
  renameat: { support: 'full', arguments: ['directory', 'path', 'directory', 'path'], handler: renameat },
  renameat2: {
    support: 'partial',
    note: 'Not RENAME_WHITEOUT. An exchange goes by way of a third name, which the host may see.',
    arguments: ['directory', 'path', 'directory', 'path', 'hex'],
    handler: renameat2,
  },
  mknod: {
    support: 'partial',
    note: 'Regular files, named pipes, device nodes; the latter two are empty files that are more within the domain. A device node opens as null, zero, full, random or urandom by its number, else ENXIO.',
    arguments: ['path', 'octal', 'hex'],
    handler: mknod,
  },
  mknodat: {
    support: 'partial',
    note: 'As mknod.',
    arguments: ['directory', 'path', 'octal', 'hex'],
    handler: mknodat,
  },
} as const satisfies Record<string, CallRow>;
