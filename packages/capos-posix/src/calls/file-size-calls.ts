// How long a file is: truncate, ftruncate, fallocate.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { isDirectory, OPEN_FILE } from '../files/backend.ts';
import { CHANGE, fileSubject } from '../files/change-watches.ts';
import { ACCESS, effective, permits } from '../files/permission.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { MODE } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { writable } from './transfer.ts';

const { EINVAL, EROFS, EISDIR } = ERRNO;

function* truncate(call: Call): Blocking<number> {
  const size = call.long(1);
  if (size < 0) return -EINVAL;
  const resolved = yield* call.existing(undefined, 0, true);
  if (typeof resolved === 'number') return resolved;
  if (isDirectory(resolved.status)) return -EISDIR;
  if ((resolved.status.mode & MODE.TYPE) !== MODE.REGULAR) return -EINVAL;
  if (resolved.parent.mount.readOnly) return -EROFS;
  if (!permits(effective(call.process.identity), resolved.status, ACCESS.WRITE)) return -ERRNO.EACCES;
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

function* ftruncate(call: Call): Blocking<number> {
  const size = call.long(1);
  if (size < 0) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!file.writable) return -EINVAL;
  const failed = yield* settle(call.hold(file).truncate(size));
  if (failed === 0) file.watched?.happened(CHANGE.MODIFY);
  return failed;
}

/** fallocate can grow a file; it can't punch holes or keep the size, which backends do not offer. */
function* fallocate(call: Call): Blocking<number> {
  const file = writable(call, 0);
  if (typeof file === 'number') return file;
  const offset = call.long(2);
  const length = call.long(3);
  if (offset < 0 || length <= 0) return -EINVAL;
  if (!(file instanceof RegularFile)) return file.seekable ? -ERRNO.ENODEV : -ERRNO.ESPIPE;
  if (call.integer(1) !== 0) return -ERRNO.EOPNOTSUPP;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const failed = offset + length > status.size ? yield* settle(file.truncate(offset + length)) : 0;
  if (failed === 0) file.watched?.happened(CHANGE.MODIFY);
  return failed;
}

export const fileSizeCalls = {
  truncate: { support: 'full', arguments: ['path', 'long'], handler: truncate },
  ftruncate: { support: 'full', arguments: ['descriptor', 'long'], handler: ftruncate },
  fallocate: {
    support: 'partial',
    note: 'Mode 0 only: grows a file.',
    arguments: ['descriptor', 'hex', 'long', 'long'],
    handler: fallocate,
  },
} as const satisfies Record<string, CallRow>;
