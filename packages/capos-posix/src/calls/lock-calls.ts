// Locks on files: the record locks of fcntl, and flock.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { OpenFile } from '../files/open-file.ts';
import { LOCK_TO_END, type LockRange, lockKey } from '../files/record-locks.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { FCNTL, FLOCK, LOCK, SEEK } from '../linux/file-flags.ts';
import type { PosixDomain } from '../posix-domain.ts';
import { type Blocking, settle, type Wait, type WakeReason, waitForChange } from '../waiting.ts';

const { EFAULT, EINVAL, EBADF } = ERRNO;

/** Largest offset of a file (off_t); numbers near it are not exact, which no lock notices. */
const MAX_OFFSET = 2 ** 63;

export function* recordLock(call: Call, file: OpenFile, command: number): Blocking<number> {
  const address = call.word(2);
  const view = call.memory.view(address, 32);
  if (view === undefined) return -EFAULT;
  const whence = view.getInt16(2, true);
  const kind = view.getInt16(0, true);
  if (whence < SEEK.SET || whence > SEEK.END || kind < LOCK.READ || kind > LOCK.UNLOCK) return -EINVAL;
  if (!(file instanceof RegularFile)) return -EBADF;
  call.hold(file);
  const { domain, pid } = call.process;
  const ownedByDescription = command >= FCNTL.OFD_GETLK;
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  const type = view.getInt16(0, true);
  const asks = command === FCNTL.GETLK || command === FCNTL.OFD_GETLK;
  if (type < LOCK.READ || type > LOCK.UNLOCK) return -EINVAL;
  // A description's lock is asked about with any type, a process's only with one that could be in somebody's way.
  if (command === FCNTL.GETLK && type === LOCK.UNLOCK) return -EINVAL;
  if (ownedByDescription && view.getInt32(24, true) !== 0) return -EINVAL;
  const range = rangeOf(view, file.offset, status.size);
  if (typeof range === 'number') return range;
  const key = lockKey(status);
  file.openedAs ??= status;
  const owner: object = ownedByDescription ? file : call.process;
  const wanted: LockRange = { owner, pid: ownedByDescription ? -1 : pid, type, ...range };
  if (asks) {
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
  const waits = command === FCNTL.SETLKW || command === FCNTL.OFD_SETLKW;
  while (type !== LOCK.UNLOCK && domain.locks.conflict(key, wanted) !== undefined) {
    if (!waits) return -ERRNO.EAGAIN;
    const reason = ownedByDescription ? yield released(domain) : yield* whileWaiting(domain, key, wanted);
    if (typeof reason === 'number') return reason;
    if (reason === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  if (ownedByDescription) domain.locks.follow(file);
  domain.locks.set(key, wanted);
  return 0;
}

function released({ locks }: PosixDomain): Wait {
  return waitForChange([locks.released]);
}

/** Waits for a lock to go, seen by those who would come to wait for this process. */
function* whileWaiting(domain: PosixDomain, key: string, wanted: LockRange): Blocking<WakeReason | number> {
  const { locks } = domain;
  if (locks.wouldDeadlock(key, wanted)) return -ERRNO.EDEADLK;
  const done = locks.waiting(key, wanted);
  try {
    return yield released(domain);
  } finally {
    done();
  }
}

/** struct flock: type 0, whence 2, start 8, length 16, pid 24. The range it means, or an errno. */
function rangeOf(
  view: DataView,
  offset: number,
  size: number,
): { readonly start: number; readonly end: number } | number {
  const whence = view.getInt16(2, true);
  if (whence < SEEK.SET || whence > SEEK.END) return -EINVAL;
  const start = Number(view.getBigInt64(8, true)) + (whence === SEEK.SET ? 0 : whence === SEEK.CUR ? offset : size);
  const length = Number(view.getBigInt64(16, true));
  if (start > MAX_OFFSET) return -ERRNO.EOVERFLOW;
  if (start < 0 || start + length < 0) return -EINVAL;
  if (length > 0 && start + length - 1 > MAX_OFFSET) return -ERRNO.EOVERFLOW;
  if (length < 0) return { start: start + length, end: start };
  return { start, end: length === 0 ? LOCK_TO_END : Math.min(start + length, LOCK_TO_END) };
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
  // A lock of another kind is given up first (flock(2)): whoever else wants it may be faster.
  if (type !== LOCK.UNLOCK && !locks.holds(key, wanted)) locks.releaseFile(key, file);
  while (type !== LOCK.UNLOCK && locks.conflict(key, wanted) !== undefined) {
    if ((operation & FLOCK.NONBLOCK) !== 0) return -ERRNO.EAGAIN;
    if ((yield waitForChange([locks.released])) === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  locks.follow(file);
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
