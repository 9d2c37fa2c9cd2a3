// How long a file is: truncate, ftruncate, fallocate.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { OPEN_FILE } from '../files/backend.ts';
import { CHANGE, fileKey, fileSubject } from '../files/change-watches.ts';
import { isDirectory } from '../files/file-status.ts';
import { ACCESS, effective, permits } from '../files/permission.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE, OPEN } from '../linux/file-flags.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { breakLeases } from './lease-calls.ts';
import { withoutSetId, writable } from './transfer.ts';

/** As ext4 has it, with blocks of 4 KiB. */
const LARGEST_FILE = 2 ** 44 - 4096;

const { EINVAL, EROFS, EISDIR, EOPNOTSUPP } = ERRNO;

function* truncate(call: Call): Blocking<number> {
  const size = call.long(1);
  if (size < 0) return -EINVAL;
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (isDirectory(resolved.status)) return -EISDIR;
  if ((resolved.status.mode & MODE.TYPE) !== MODE.REGULAR) return -EINVAL;
  if (resolved.parent.mount.readOnly) return -EROFS;
  if (!permits(effective(call.process.identity), resolved.status, ACCESS.WRITE)) return -ERRNO.EACCES;
  if (overLimit(call, size)) return -ERRNO.EFBIG;
  if (call.process.domain.isExecuted(fileKey(resolved.status))) return -ERRNO.ETXTBSY;
  const broken = yield* breakLeases(call, resolved.status, OPEN.WRONLY);
  if (broken < 0) return broken;
  const opened = yield* settle(resolved.parent.backend.openFile(resolved.name, OPEN_FILE.WRITE, 0));
  if (typeof opened === 'number') return opened;
  if (opened.kind !== 'file') return -EINVAL;
  try {
    const failed = yield* settle(opened.file.truncate(size));
    const { source } = resolved.parent.mount;
    if (failed === 0 && source !== undefined)
      call.process.domain.pageCache.known(source, opened.status)?.truncated(size);
    if (failed === 0) {
      const { parent, name } = resolved;
      call.process.domain.watches.happened(fileSubject(parent, name, opened.status), CHANGE.MODIFY);
    }
    return failed;
  } finally {
    opened.file.release();
  }
}

/** RLIMIT_FSIZE: SIGXFSZ, and EFBIG for the caller to answer. */
function overLimit({ process, thread }: Call, size: number): boolean {
  if (size <= process.limits.soft(RLIMIT.FSIZE)) return false;
  thread.send(thread.senderInfo(SIGNAL.XFSZ));
  return true;
}

function* ftruncate(call: Call): Blocking<number> {
  const size = call.long(1);
  if (size < 0) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!file.writable) return -EINVAL;
  if (file instanceof RegularFile && overLimit(call, size)) return -ERRNO.EFBIG;
  const cutting = call.hold(file).truncate(size);
  const failed = yield* settle(file instanceof RegularFile ? withoutSetId(call, file, cutting) : cutting);
  if (failed === 0) file.watched?.happened(CHANGE.MODIFY);
  return failed;
}

const FALLOCATE = { KEEP_SIZE: 1, PUNCH_HOLE: 2, ZERO_RANGE: 0x10 } as const;
const ZEROS = new Uint8Array(61_440);

/**
 * fallocate(2). Nothing sets room aside, so what is asked for beyond bytes that read zero needs no doing; a hole is made by
 * writing zeros, which takes room where Linux gives some back.
 */
function* fallocate(call: Call): Blocking<number> {
  const file = writable(call, 0);
  if (typeof file === 'number') return file;
  const mode = call.integer(1);
  const offset = call.long(2);
  const length = call.long(3);
  if (offset < 0 || length <= 0) return -EINVAL;
  if (offset + length > LARGEST_FILE) return -ERRNO.EFBIG;
  const { KEEP_SIZE, PUNCH_HOLE, ZERO_RANGE } = FALLOCATE;
  const punches = (mode & PUNCH_HOLE) !== 0;
  if ((mode & ~(KEEP_SIZE | PUNCH_HOLE | ZERO_RANGE)) !== 0) return -EOPNOTSUPP;
  if (punches && ((mode & ZERO_RANGE) !== 0 || (mode & KEEP_SIZE) === 0)) return -EOPNOTSUPP;
  if (!(file instanceof RegularFile)) return file.seekable ? -ERRNO.ENODEV : -ERRNO.ESPIPE;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const end = offset + length;
  if ((mode & (PUNCH_HOLE | ZERO_RANGE)) !== 0) {
    for (let at = offset; at < Math.min(end, status.size); ) {
      const wrote = yield* file.writeAt(ZEROS.subarray(0, Math.min(ZEROS.length, Math.min(end, status.size) - at)), at);
      if (wrote <= 0) return wrote === 0 ? -ERRNO.EIO : wrote;
      at += wrote;
    }
  }
  const failed = end > status.size && (mode & KEEP_SIZE) === 0 ? yield* settle(file.truncate(end)) : 0;
  if (failed === 0) file.watched?.happened(CHANGE.MODIFY);
  return failed;
}

export const fileSizeCalls = {
  truncate: { support: 'full', arguments: ['path', 'long'], handler: truncate },
  ftruncate: { support: 'full', arguments: ['descriptor', 'long'], handler: ftruncate },
  fallocate: {
    support: 'partial',
    note: 'Keeps the size, punches holes and zeroes by writing zeros; no room is set aside. No collapsing, no inserting.',
    arguments: ['descriptor', 'hex', 'long', 'long'],
    handler: fallocate,
  },
} as const satisfies Record<string, CallRow>;
