// Futexes (futex(2)): sleeping on a word, locks that are handed over, and what an ending thread leaves locked.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { FUTEX } from '../linux/thread-flags.ts';
import { INIT_PID } from '../posix-domain.ts';
import { mayReachInto } from '../process/access-mode.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import type { FutexTable, FutexWaiter } from '../threads/futex-table.ts';
import type { LockWaiter } from '../threads/handed-locks.ts';
import { readTimespec } from '../time/timespec.ts';
import type { Blocking, MaybeBlocking, Wait } from '../waiting.ts';

const { EAGAIN, EDEADLK, EFAULT, EINVAL, ENOSYS, EPERM, ESRCH, ETIMEDOUT } = ERRNO;

function futex(call: Call): MaybeBlocking<number> {
  const operation = call.integer(1);
  const command = operation & FUTEX.COMMAND;
  const address = call.word(0);
  const value = call.unsigned(2);
  if (address % 4 !== 0) return -EINVAL;
  if (!call.memory.inUserRange(address, 4)) return -EFAULT;
  const { table: futexes, key } = futexOf(call, address, operation);
  switch (command) {
    case FUTEX.WAIT:
      return futexWait(call, address, value, FUTEX.BITSET_ANY, false, (operation & FUTEX.CLOCK_REALTIME) !== 0);
    case FUTEX.WAIT_BITSET: {
      const bits = call.unsigned(5);
      if (bits === 0) return -EINVAL;
      return futexWait(call, address, value, bits, true, (operation & FUTEX.CLOCK_REALTIME) !== 0);
    }
    case FUTEX.WAKE:
      return futexes.wake(key, value | 0, FUTEX.BITSET_ANY);
    case FUTEX.WAKE_BITSET: {
      const bits = call.unsigned(5);
      return bits === 0 ? -EINVAL : futexes.wake(key, value | 0, bits);
    }
    case FUTEX.REQUEUE:
    case FUTEX.CMP_REQUEUE: {
      const target = call.word(4);
      if (target % 4 !== 0) return -EINVAL;
      if (!call.memory.inUserRange(target, 4)) return -EFAULT;
      const moved = call.integer(3);
      if ((value | 0) < 0 || moved < 0) return -EINVAL;
      if (command === FUTEX.CMP_REQUEUE) {
        const present = call.memory.uint32(address);
        if (present === undefined) return -EFAULT;
        if (present !== call.unsigned(5)) return -EAGAIN;
      }
      const other = futexOf(call, target, operation);
      // Between memory of one's own and shared memory nobody moves: they are in different tables.
      if (other.table !== futexes) return -EINVAL;
      const woken = futexes.wake(key, value | 0, FUTEX.BITSET_ANY);
      return woken + futexes.requeue(key, other.key, moved);
    }
    case FUTEX.WAKE_OP:
      return wakeOperation(call, address, value | 0);
    case FUTEX.LOCK_PI:
    case FUTEX.LOCK_PI2:
      return lock(call, address, command === FUTEX.LOCK_PI || (operation & FUTEX.CLOCK_REALTIME) !== 0);
    case FUTEX.TRYLOCK_PI:
      return tryToLock(call, address);
    case FUTEX.UNLOCK_PI:
      return unlock(call, address);
    default:
      // FUTEX_WAIT_REQUEUE_PI and its other half: no C library of today uses them.
      return -ENOSYS;
  }
}

/**
 * Where waiters on a word are kept: in the domain by object and offset when the word is in shared memory, else in the
 * process by address. FUTEX_PRIVATE says that it is not shared.
 */
function futexOf(
  call: Call,
  address: number,
  operation: number,
): { readonly table: FutexTable; readonly key: string | number } {
  const { process } = call;
  const key = (operation & FUTEX.PRIVATE) === 0 ? process.space.sharedWord(address) : undefined;
  return key === undefined ? { table: process.futexes, key: address } : { table: process.domain.sharedFutexes, key };
}

/** `absolute`: the timeout is a point in time, on the clock that `realtime` names; else a span on the monotonic one. */
function* futexWait(
  call: Call,
  address: number,
  expected: number,
  bits: number,
  absolute: boolean,
  realtime: boolean,
): Blocking<number> {
  const { memory } = call;
  const deadlineNs = yield* deadlineOf(call, absolute, realtime);
  if (typeof deadlineNs === 'number' && deadlineNs < 0) return deadlineNs;
  const present = memory.uint32(address);
  if (present === undefined) return -EFAULT;
  if (present !== expected) return -EAGAIN;
  let woken = false;
  const { table, key } = futexOf(call, address, call.integer(1));
  const { priority } = call.thread.scheduling;
  const waiter: FutexWaiter = { bits, priority, key, wake: () => {} };
  const wait: Wait = {
    interruptible: true,
    deadlineNs,
    begin(wake) {
      waiter.wake = () => {
        woken = true;
        wake();
      };
      table.add(waiter);
      return () => table.remove(waiter);
    },
  };
  const reason = yield wait;
  if (woken) return 0;
  if (reason === 'deadline') return -ETIMEDOUT;
  // With a span as its timeout a restart would wait it out anew.
  return deadlineNs === undefined || absolute ? RESTART.UNLESS_HANDLED_WITHOUT_RESTART : RESTART.UNLESS_HANDLED;
}

/** Monotonic time of the timeout in the fourth argument, minus an error number, or undefined when there is none. */
function* deadlineOf(call: Call, absolute: boolean, realtime: boolean): Blocking<number | undefined> {
  const timeout = call.word(3);
  if (timeout === 0) return undefined;
  const span = readTimespec(call.memory, timeout);
  if (typeof span === 'number') return span;
  const now = call.process.clocks.monotonicNs();
  if (now === undefined) return -EINVAL;
  if (!absolute) return now + Number(span);
  if (!realtime) return Number(span);
  const wall = yield* realtimeOf(call);
  // What has passed long ago is no error number.
  return typeof wall === 'number' ? wall : Math.max(0, now + Number(span - wall));
}

function* realtimeOf(call: Call): Blocking<bigint | number> {
  const now = call.process.clocks.realtimeNs();
  return typeof now === 'bigint' || typeof now === 'number' ? now : yield* now;
}

// ── locks that are handed over ─────────────────────────────────────────────────────────────────────────────────────────

/** Takes the lock if nobody has it: 0, −EDEADLK or −EAGAIN, and −ESRCH when its owner is nobody's number. */
function tryToLock(call: Call, address: number): number {
  const { memory, thread, process } = call;
  const word = memory.uint32(address);
  if (word === undefined) return -EFAULT;
  const owner = word & FUTEX.TID_MASK;
  if (owner === thread.tid) return -EDEADLK;
  if (owner !== 0) return process.domain.threadNumbered(owner) === undefined ? -ESRCH : -EAGAIN;
  return memory.putUint32(address, (thread.tid | (word & FUTEX.OWNER_DIED)) >>> 0) ? 0 : -EFAULT;
}

function* lock(call: Call, address: number, realtime: boolean): Blocking<number> {
  const { memory, thread } = call;
  const deadlineNs = yield* deadlineOf(call, true, realtime);
  if (typeof deadlineNs === 'number' && deadlineNs < 0) return deadlineNs;
  const taken = tryToLock(call, address);
  if (taken !== -EAGAIN) return taken;
  const word = memory.uint32(address)!;
  if (!memory.putUint32(address, (word | FUTEX.WAITERS) >>> 0)) return -EFAULT;
  const { table, key } = futexOf(call, address, call.integer(1));
  let isOwner = false;
  const waiter: LockWaiter = {
    tid: thread.tid,
    priority: thread.scheduling.priority,
    read: () => memory.uint32(address),
    write: (value) => void memory.putUint32(address, value),
    wake: () => {},
  };
  const reason = yield {
    interruptible: true,
    deadlineNs,
    begin(wake) {
      waiter.wake = () => {
        isOwner = true;
        wake();
      };
      table.locks.add(key, word & FUTEX.TID_MASK, waiter);
      return () => table.locks.remove(key, waiter);
    },
  };
  if (isOwner) return 0;
  return reason === 'deadline' ? -ETIMEDOUT : RESTART.ALWAYS;
}

function unlock(call: Call, address: number): number {
  const { memory, thread } = call;
  const word = memory.uint32(address);
  if (word === undefined) return -EFAULT;
  if ((word & FUTEX.TID_MASK) !== thread.tid) return -EPERM;
  const { table, key } = futexOf(call, address, call.integer(1));
  if (table.locks.handOver(key)) return 0;
  return memory.putUint32(address, 0) ? 0 : -EFAULT;
}

/** FUTEX_WAKE_OP: changes a second word and wakes by what it was (futex(2)). */
function wakeOperation(call: Call, address: number, count: number): number {
  const second = call.word(4);
  if (second % 4 !== 0) return -EINVAL;
  const encoded = call.integer(5);
  const old = call.memory.uint32(second);
  if (old === undefined) return -EFAULT;
  const shift = (encoded >>> 28) & 8;
  let argument = (encoded << 8) >> 20;
  if (shift !== 0) argument = 1 << (argument & 31);
  const compared = (encoded << 20) >> 20;
  let changed: number;
  switch ((encoded >>> 28) & 7) {
    case 0:
      changed = argument;
      break;
    case 1:
      changed = old + argument;
      break;
    case 2:
      changed = old | argument;
      break;
    case 3:
      changed = old & ~argument;
      break;
    case 4:
      changed = old ^ argument;
      break;
    default:
      return -ENOSYS;
  }
  const signed = old | 0;
  const comparisons = [
    signed === compared,
    signed !== compared,
    signed < compared,
    signed <= compared,
    signed > compared,
    signed >= compared,
  ];
  const holds = comparisons[(encoded >>> 24) & 15];
  if (holds === undefined) return -ENOSYS;
  if (!call.memory.putUint32(second, changed)) return -EFAULT;
  const operation = call.integer(1);
  const one = futexOf(call, address, operation);
  const two = futexOf(call, second, operation);
  let woken = one.table.wake(one.key, count, FUTEX.BITSET_ANY);
  if (holds) woken += two.table.wake(two.key, call.integer(3), FUTEX.BITSET_ANY);
  return woken;
}

function setRobustList(call: Call): number {
  if (call.word(1) !== 24) return -EINVAL;
  call.thread.robustList = call.word(0);
  return 0;
}

function getRobustList(call: Call): number {
  const tid = call.integer(0);
  const { identity, domain, threads } = call.process;
  const thread = tid === 0 ? call.thread : (threads.get(tid) ?? domain.threadNumbered(tid));
  if (thread === undefined) return tid === INIT_PID && !has(identity, PRIVILEGE.SYS_PTRACE) ? -EPERM : -ESRCH;
  // Of another process, those of one's own user (ptrace(2), "Ptrace access mode checking").
  if (!mayReachInto(call.process, thread.process)) return -EPERM;
  const { memory } = call;
  return memory.putUint64(call.word(1), BigInt(thread.robustList)) && memory.putUint64(call.word(2), 24n) ? 0 : -EFAULT;
}

export const futexCalls = {
  futex: {
    support: 'partial',
    note: 'WAIT, WAKE, BITSET, REQUEUE, WAKE_OP, and the locks of LOCK_PI, whose owner inherits no priority; no WAIT_REQUEUE_PI.',
    arguments: ['address', 'futex-operation', 'integer', 'address', 'address', 'hex'],
    handler: futex,
  },
  set_robust_list: { support: 'full', arguments: ['address', 'size'], handler: setRobustList },
  get_robust_list: { support: 'full', arguments: ['integer', 'address', 'address'], handler: getRobustList },
} as const satisfies Record<string, CallRow>;
