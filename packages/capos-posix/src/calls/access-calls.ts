// May this program reach that file: access and its relatives.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { type FileStatus, isDirectory } from '../files/backend.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT, MODE } from '../linux/file-flags.ts';
import type { Blocking } from '../waiting.ts';
import { statusAt } from './status-calls.ts';

const { EINVAL, EROFS, EACCES } = ERRNO;

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

export const accessCalls = {
  access: { support: 'full', arguments: ['path', 'access-mode'], handler: access },
  faccessat: { support: 'full', arguments: ['directory', 'path', 'access-mode'], handler: faccessat },
  faccessat2: { support: 'full', arguments: ['directory', 'path', 'access-mode', 'at-flags'], handler: faccessat2 },
} as const satisfies Record<string, CallRow>;
