// Locks on files: the record locks of fcntl, and flock.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { OpenFile } from '../files/open-file.ts';
import { LOCK_TO_END, type LockRange } from '../files/record-locks.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { FCNTL, FLOCK, LOCK, SEEK } from '../linux/file-flags.ts';
import { type Blocking, settle, waitForChange } from '../waiting.ts';

const { EFAULT, EINVAL, EBADF } = ERRNO;

export function* recordLock(call: Call, file: OpenFile, command: number): Blocking<number> {
  if (!(file instanceof RegularFile)) return -EBADF;
  call.hold(file);
  const address = call.word(2);
  const view = call.memory.view(address, 32);
  if (view === undefined) return -EFAULT;
  const { domain, pid } = call.process;
  const ownedByDescription = command >= FCNTL.OFD_GETLK;
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const type = view.getInt16(0, true);
  const whence = view.getInt16(2, true);
  const relative = Number(view.getBigInt64(8, true));
  const length = Number(view.getBigInt64(16, true));
  if (type < LOCK.READ || type > LOCK.UNLOCK || whence < SEEK.SET || whence > SEEK.END) return -EINVAL;
  const origin = whence === SEEK.SET ? 0 : whence === SEEK.CUR ? file.offset : status.size;
  let start = origin + relative;
  let end = length === 0 ? LOCK_TO_END : start + length;
  if (length < 0) {
    end = start;
    start += length;
  }
  if (start < 0) return -EINVAL;
  const key = `${status.device}:${status.inode}`;
  const owner: object = ownedByDescription ? file : call.process;
  const wanted: LockRange = { owner, pid: ownedByDescription ? -1 : pid, type, start, end };
  if (command === FCNTL.GETLK || command === FCNTL.OFD_GETLK) {
    const held = domain.locks.conflict(key, wanted);
    if (held === undefined) {
      view.setInt16(0, LOCK.UNLOCK, true);
    } else {
      view.setInt16(0, held.type, true);
      view.setInt16(2, SEEK.SET, true);
      view.setBigInt64(8, BigInt(held.start), true);
      view.setBigInt64(16, held.end === LOCK_TO_END ? 0n : BigInt(held.end - held.start), true);
      view.setInt32(24, held.pid, true);
    }
    return call.memory.write(address, new Uint8Array(view.buffer, 0, 32)) ? 0 : -EFAULT;
  }
  if (type === LOCK.READ && !file.readable) return -EBADF;
  if (type === LOCK.WRITE && !file.writable) return -EBADF;
  if (!ownedByDescription) file.lockKey = key;
  const waits = command === FCNTL.SETLKW || command === FCNTL.OFD_SETLKW;
  while (type !== LOCK.UNLOCK && domain.locks.conflict(key, wanted) !== undefined) {
    if (!waits) return -ERRNO.EAGAIN;
    if ((yield waitForChange([domain.locks.released])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  domain.locks.set(key, wanted);
  return 0;
}

function* flock(call: Call): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const operation = call.integer(1);
  const kind = operation & ~FLOCK.NONBLOCK;
  if (kind !== FLOCK.SHARED && kind !== FLOCK.EXCLUSIVE && kind !== FLOCK.UNLOCK) return -EINVAL;
  call.hold(file);
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const { locks } = call.process.domain;
  const type = kind === FLOCK.UNLOCK ? LOCK.UNLOCK : kind === FLOCK.SHARED ? LOCK.READ : LOCK.WRITE;
  // flock and fcntl locks do not see one another (flock(2), NOTES).
  const key = `flock:${status.device}:${status.inode}`;
  const wanted: LockRange = { owner: file, pid: -1, type, start: 0, end: LOCK_TO_END };
  while (type !== LOCK.UNLOCK && locks.conflict(key, wanted) !== undefined) {
    if ((operation & FLOCK.NONBLOCK) !== 0) return -ERRNO.EAGAIN;
    if ((yield waitForChange([locks.released])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  locks.set(key, wanted);
  return 0;
}

export const lockCalls = {
  flock: {
    support: 'full',
    note: 'Orders the processes of one domain.',
    arguments: ['descriptor', 'hex'],
    handler: flock,
  },
} as const satisfies Record<string, CallRow>;
