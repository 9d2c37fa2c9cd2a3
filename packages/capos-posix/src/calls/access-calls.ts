// May this program reach that file: access and its relatives.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ACCESS, effective, permits, real } from '../files/permission.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT, MODE } from '../linux/file-flags.ts';
import type { Blocking } from '../waiting.ts';
import { statusAt } from './status-calls.ts';

const { EINVAL, EROFS, EACCES } = ERRNO;

function* accessAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  mode: number,
  flags: number,
): Blocking<number> {
  if ((mode & ~7) !== 0) return -EINVAL;
  if ((flags & ~(AT.SYMLINK_NOFOLLOW | AT.EACCESS | AT.EMPTY_PATH)) !== 0) return -EINVAL;
  const { identity } = call.process;
  const credentials = (flags & AT.EACCESS) !== 0 ? effective(identity) : real(identity);
  call.searchesAs = credentials;
  const status = yield* statusAt(call, directoryIndex, pathIndex, flags & ~AT.EACCESS);
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
  return permits(credentials, status, mode) ? 0 : -EACCES;
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
