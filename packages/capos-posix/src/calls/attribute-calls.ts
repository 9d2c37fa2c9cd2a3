// Modes and owners of files.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { AttributeChange, FileStatus } from '../files/backend.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT, OPEN } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { statusAt } from './status-calls.ts';

const { EINVAL, EROFS, EBADF, EPERM } = ERRNO;

export function* changeAt(
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

export function* changeFile(call: Call, index: number, change: AttributeChange): Blocking<number> {
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

function umask(call: Call): number {
  const old = call.process.umask;
  call.process.umask = call.integer(0) & 0o777;
  return old;
}

export const attributeCalls = {
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
  umask: { support: 'full', arguments: ['octal'], result: 'octal', handler: umask },
} as const satisfies Record<string, CallRow>;
