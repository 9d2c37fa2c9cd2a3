// What a file or a file system says of itself: stat, statx, statfs.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { FileStatus } from '../files/file-status.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT } from '../linux/file-flags.ts';
import { encodeFileSystemStatus, encodeStat, encodeStatx } from '../linux/stat-layout.ts';
import { type Blocking, settle } from '../waiting.ts';

const { EFAULT, EINVAL, ENOENT } = ERRNO;

function put(call: Call, index: number, bytes: Uint8Array): number {
  return call.memory.write(call.word(index), bytes) ? 0 : -EFAULT;
}

/** Status by path, or of the descriptor itself when AT_EMPTY_PATH says so. */
export function* statusAt(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  flags: number,
): Blocking<FileStatus | number> {
  const path = call.path(pathIndex);
  if (typeof path === 'number') return path;
  if (path === '' && (flags & AT.EMPTY_PATH) !== 0 && directoryIndex !== undefined) {
    if (call.integer(directoryIndex) === AT.FDCWD) return yield* settle(call.process.workingDirectory.backend.status());
    const file = call.anyFile(directoryIndex);
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
  const file = call.anyFile(0);
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
    const file = call.anyFile(0);
    if (typeof file === 'number') return file;
    const own = yield* settle(call.hold(file).status());
    return typeof own === 'number' ? own : put(call, 4, encodeStatx(own));
  }
  const status = yield* statusAt(call, 0, 1, flags);
  return typeof status === 'number' ? status : put(call, 4, encodeStatx(status));
}

function* statfs(call: Call): Blocking<number> {
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  const status = yield* settle((resolved.node ?? resolved.parent).backend.fileSystemStatus());
  return typeof status === 'number' ? status : put(call, 1, encodeFileSystemStatus(status));
}

function* fstatfs(call: Call): Blocking<number> {
  const file = call.anyFile(0);
  if (typeof file === 'number') return file;
  const status = yield* settle(call.hold(file).fileSystemStatus());
  return typeof status === 'number' ? status : put(call, 1, encodeFileSystemStatus(status));
}

export const statusCalls = {
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
  statfs: { support: 'full', arguments: ['path', 'address'], handler: statfs },
  fstatfs: { support: 'full', arguments: ['descriptor', 'address'], handler: fstatfs },
} as const satisfies Record<string, CallRow>;
