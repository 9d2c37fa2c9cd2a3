// Changes of files and directories, watched: inotify.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ChangeFile, EXCL_UNLINK, ONESHOT } from '../files/change-file.ts';
import { CHANGE, fileKey } from '../files/change-watches.ts';
import { isDirectory } from '../files/file-status.ts';
import { ACCESS, effective, permits } from '../files/permission.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { Blocking } from '../waiting.ts';

const { EACCES, EEXIST, EINVAL, ENOTDIR } = ERRNO;

/** How to watch, beside for what. */
const WATCH = {
  ONLYDIR: 0x0100_0000,
  DONT_FOLLOW: 0x0200_0000,
  EXCL_UNLINK,
  MASK_CREATE: 0x1000_0000,
  MASK_ADD: 0x2000_0000,
  ONESHOT,
} as const;

function inotifyWith(call: Call, flags: number): number {
  if ((flags & ~(OPEN.CLOEXEC | OPEN.NONBLOCK)) !== 0) return -EINVAL;
  const file = new ChangeFile(call.process.domain.watches, OPEN.RDONLY | (flags & OPEN.NONBLOCK)).retain();
  const descriptor = call.process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  file.release();
  return descriptor;
}

function inotifyInit(call: Call): number {
  return inotifyWith(call, 0);
}

function inotifyInit1(call: Call): number {
  return inotifyWith(call, call.integer(0));
}

function* inotifyAddWatch(call: Call): Blocking<number> {
  const mask = call.unsigned(2);
  const asks = (flag: number): boolean => (mask & flag) !== 0;
  const wanted = mask & CHANGE.ALL;
  if (wanted === 0 && (mask & ~CHANGE.ALL) === 0) return -EINVAL;
  if (asks(WATCH.MASK_ADD) && asks(WATCH.MASK_CREATE)) return -EINVAL;
  const file = call.file(0);
  if (typeof file === 'number') return file;
  if (!(file instanceof ChangeFile)) return -EINVAL;
  call.hold(file);
  const resolved = yield* call.existing(undefined, 1, !asks(WATCH.DONT_FOLLOW));
  if (typeof resolved === 'number') return resolved;
  if (asks(WATCH.ONLYDIR) && !isDirectory(resolved.status)) return -ENOTDIR;
  const credentials = effective(call.process.identity);
  if (!permits(credentials, resolved.status, ACCESS.READ)) return -EACCES;
  const key = resolved.node?.identity ?? fileKey(resolved.status);
  if (asks(WATCH.MASK_CREATE) && file.watches(key)) return -EEXIST;
  return file.watch(key, {
    mask: wanted,
    adds: asks(WATCH.MASK_ADD),
    once: asks(WATCH.ONESHOT),
    namedOnly: asks(WATCH.EXCL_UNLINK),
  });
}

function inotifyRmWatch(call: Call): number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return file instanceof ChangeFile ? file.forget(call.integer(1)) : -EINVAL;
}

const NOTE = 'Of what the processes of the domain do by calls; not of what others do to the same files.';

export const changeCalls = {
  inotify_init: { support: 'partial', note: NOTE, arguments: [], handler: inotifyInit },
  inotify_init1: { support: 'partial', note: NOTE, arguments: ['open-flags'], handler: inotifyInit1 },
  inotify_add_watch: {
    support: 'partial',
    note: NOTE,
    arguments: ['descriptor', 'path', 'hex'],
    handler: inotifyAddWatch,
  },
  inotify_rm_watch: { support: 'full', arguments: ['descriptor', 'integer'], handler: inotifyRmWatch },
} as const satisfies Record<string, CallRow>;
