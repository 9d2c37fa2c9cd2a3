// Leases on files: F_SETLEASE and F_GETLEASE, and the wait of whoever opens a file that somebody has a lease on.

import type { Call } from '../call.ts';
import { fileKey } from '../files/change-watches.ts';
import type { FileStatus } from '../files/file-status.ts';
import type { OpenFile } from '../files/open-file.ts';
import { RegularFile } from '../files/regular-file.ts';
import { SignalDriven } from '../files/signal-driven.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { LOCK, MODE, OPEN } from '../linux/file-flags.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, settle, waitForChange } from '../waiting.ts';
import { ownFirst } from './signal-driven-calls.ts';

const { EAGAIN, EINVAL, EACCES } = ERRNO;

export function* setLease(call: Call, file: OpenFile, type: number): Blocking<number> {
  const { domain, identity } = call.process;
  if (!(file instanceof RegularFile)) return -EINVAL;
  if (type !== LOCK.READ && type !== LOCK.WRITE && type !== LOCK.UNLOCK) return -EINVAL;
  const { leases } = domain;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  if (identity.fsuid !== status.uid && !has(identity, PRIVILEGE.LEASE)) return -EACCES;
  if ((status.mode & MODE.TYPE) !== MODE.REGULAR) return -EINVAL;
  const key = fileKey(file.openedAs ?? status);
  if (type === LOCK.UNLOCK) {
    if (leases.held(file) === LOCK.UNLOCK && !leases.has(file)) return -EAGAIN;
    leases.set(key, file, type, 0);
    return 0;
  }
  // Whoever waits to write has opened the file already, as far as that goes.
  if (leases.goes(file)) return -EAGAIN;
  const others = domain.openRegularFiles(key).filter((other) => other !== file);
  if (type === LOCK.READ && (file.writable || others.some(({ writable }) => writable))) return -EAGAIN;
  if (type === LOCK.WRITE && others.some(({ writable, readable }) => writable || readable)) return -EAGAIN;
  if (leases.conflicts(key, file, type)) return -EAGAIN;
  file.signalDriven ??= new SignalDriven();
  ownFirst(call, file);
  leases.set(key, file, type, call.integer(0));
  return 0;
}

export function getLease(call: Call, file: OpenFile): number {
  return call.process.domain.leases.held(file);
}

/** Before a file is opened or cut off: leases that do not go with it are broken, and their holders waited for. */
export function* breakLeases(call: Call, status: FileStatus, flags: number): Blocking<number> {
  const { domain, clocks } = call.process;
  const { leases } = domain;
  if (leases.empty) return 0;
  const writes = (flags & OPEN.ACCMODE) !== OPEN.RDONLY || (flags & OPEN.TRUNC) !== 0;
  for (;;) {
    const held = leases.inTheWay(fileKey(status), writes, clocks.monotonicOrZero());
    if (held === undefined) return 0;
    if ((flags & OPEN.NONBLOCK) !== 0) return -EAGAIN;
    const reason = yield waitForChange([leases.released], held.untilNs);
    if (reason === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
}
