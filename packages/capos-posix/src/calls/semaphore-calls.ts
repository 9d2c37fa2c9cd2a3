// System V semaphore calls: semget, semop, semtimedop, semctl.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { semaphoreInformation } from '../ipc/ipc-information.ts';
import { IPC, IPC_PERM_BYTES, IPC_READ, IPC_WRITE } from '../ipc/ipc-object.ts';
import { SEM_UNDO, SEMAPHORE, type SemaphoreOperation, SemaphoreSet } from '../ipc/semaphore-set.ts';
import { ERRNO } from '../linux/errno.ts';
import { readTimespec } from '../time/timespec.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { knowingTheTime } from './known-time.ts';

const { EACCES, EAGAIN, EFAULT, EFBIG, EIDRM, EINTR, EINVAL, ENOSPC, EPERM, ERANGE, E2BIG } = ERRNO;

/** Commands of semctl (bits/sem.h). */
const COMMAND = {
  GETPID: 11,
  GETVAL: 12,
  GETALL: 13,
  GETNCNT: 14,
  GETZCNT: 15,
  SETVAL: 16,
  SETALL: 17,
  STAT: 18,
  INFO: 19,
  STAT_ANY: 20,
} as const;

/** Bytes of struct sembuf: number 0, operation 2, flags 4. */
const OPERATION_BYTES = 6;
/** Bytes of struct semid64_ds. */
const STATUS_BYTES = 104;
/** Semaphores in all sets of a domain together. */
const MOST_SEMAPHORES = 128_000;

function semget(call: Call): number {
  const { process } = call;
  const { semaphores } = process.domain.ipc;
  const count = call.integer(1);
  const flags = call.integer(2);
  if (count < 0 || count > SEMAPHORE.MOST_IN_SET) return -EINVAL;
  const make = (): SemaphoreSet | number => {
    if (count === 0) return -EINVAL;
    const all = [...semaphores.all()].reduce((sum, { values }) => sum + values.length, count);
    return all > MOST_SEMAPHORES ? -ENOSPC : new SemaphoreSet(call.integer(0), flags, process, count);
  };
  return semaphores.get(process, call.integer(0), flags, make, ({ values }) => (count > values.length ? -EINVAL : 0));
}

function operationsAt(call: Call, set: SemaphoreSet): readonly SemaphoreOperation[] | number {
  const count = call.word(2);
  const view = call.memory.view(call.word(1), count * OPERATION_BYTES);
  if (view === undefined) return -EFAULT;
  const operations = Array.from({ length: count }, (_, number): SemaphoreOperation => {
    const at = number * OPERATION_BYTES;
    const flags = view.getInt16(at + 4, true);
    return {
      index: view.getUint16(at, true),
      change: view.getInt16(at + 2, true),
      noWait: (flags & IPC.NOWAIT) !== 0,
      undo: (flags & SEM_UNDO) !== 0,
    };
  });
  return operations.some(({ index }) => index >= set.values.length) ? -EFBIG : operations;
}

function* operate(call: Call, deadlineNs: number | undefined): Blocking<number> {
  const { process } = call;
  const count = call.word(2);
  if (count === 0) return -EINVAL;
  if (count > SEMAPHORE.MOST_OPERATIONS) return -E2BIG;
  const set = process.domain.ipc.semaphores.at(call.integer(0));
  if (set === undefined) return -EINVAL;
  const operations = operationsAt(call, set);
  if (typeof operations === 'number') return operations;
  const alters = operations.some(({ change }) => change !== 0);
  if (!set.permits(process, alters ? IPC_WRITE : IPC_READ)) return -EACCES;
  for (;;) {
    const applied = set.apply(operations, process);
    if (applied === 'done') return 0;
    if (typeof applied === 'number') return applied;
    set.waiting.add(applied);
    let reason: string;
    try {
      reason = yield waitForChange([set.changed], deadlineNs);
    } finally {
      set.waiting.delete(applied);
    }
    if (set.removed) return -EIDRM;
    if (reason === 'deadline') return -EAGAIN;
    // Never restarted, whatever the handler's flags (signal(7)).
    if (reason === 'interrupted') return -EINTR;
  }
}

function semop(call: Call): Blocking<number> {
  return operate(call, undefined);
}

function* semtimedop(call: Call): Blocking<number> {
  const address = call.word(3);
  if (address === 0) return yield* operate(call, undefined);
  const span = readTimespec(call.memory, address);
  if (typeof span === 'number') return span;
  return yield* operate(call, call.process.clocks.monotonicOrZero() + Number(span));
}

function semctl(call: Call): number {
  const { process, memory } = call;
  const { semaphores } = process.domain.ipc;
  const set = semaphores.at(call.integer(0));
  const index = call.integer(1);
  const command = call.integer(2);
  if (command === IPC.INFO || command === COMMAND.INFO) {
    const bytes = semaphoreInformation(semaphores, command === COMMAND.INFO);
    return memory.write(call.word(3), bytes) ? semaphores.lastPlace : -EFAULT;
  }
  if (set === undefined) return -EINVAL;
  const ofOne = (
    [COMMAND.GETPID, COMMAND.GETVAL, COMMAND.GETNCNT, COMMAND.GETZCNT, COMMAND.SETVAL] as number[]
  ).includes(command);
  if (ofOne && (index < 0 || index >= set.values.length)) return -EINVAL;
  const alters = command === COMMAND.SETVAL || command === COMMAND.SETALL;
  const controls = command === IPC.RMID || command === IPC.SET;
  if (controls && !set.belongsTo(process)) return -EPERM;
  if (!controls && command !== COMMAND.STAT_ANY && !set.permits(process, alters ? IPC_WRITE : IPC_READ)) return -EACCES;
  switch (command) {
    case IPC.RMID:
      semaphores.remove(set);
      return 0;
    case IPC.SET: {
      const view = memory.view(call.word(3), IPC_PERM_BYTES);
      if (view === undefined) return -EFAULT;
      set.takePermission(view, process.domain);
      return 0;
    }
    case IPC.STAT:
    case COMMAND.STAT:
    case COMMAND.STAT_ANY: {
      const bytes = new Uint8Array(STATUS_BYTES);
      const view = new DataView(bytes.buffer);
      set.putPermission(view);
      view.setBigUint64(48, BigInt(set.operatedAt), true);
      view.setBigUint64(64, BigInt(set.changedAt), true);
      view.setBigUint64(80, BigInt(set.values.length), true);
      return memory.write(call.word(3), bytes) ? (command === IPC.STAT ? 0 : call.integer(0)) : -EFAULT;
    }
    case COMMAND.GETVAL:
      return set.values[index]!;
    case COMMAND.GETPID:
      return set.lastPids[index]!;
    case COMMAND.GETNCNT:
    case COMMAND.GETZCNT:
      return set.waitingFor(index, command === COMMAND.GETZCNT);
    case COMMAND.GETALL: {
      const bytes = new Uint8Array(set.values.length * 2);
      const view = new DataView(bytes.buffer);
      for (const [at, value] of set.values.entries()) view.setUint16(at * 2, value, true);
      return memory.write(call.word(3), bytes) ? 0 : -EFAULT;
    }
    case COMMAND.SETVAL: {
      const value = call.integer(3);
      if (value < 0 || value > SEMAPHORE.LARGEST) return -ERANGE;
      set.set(index, value, process);
      return 0;
    }
    case COMMAND.SETALL: {
      const view = memory.view(call.word(3), set.values.length * 2);
      if (view === undefined) return -EFAULT;
      const values = Array.from(set.values, (_, at) => view.getUint16(at * 2, true));
      if (values.some((value) => value > SEMAPHORE.LARGEST)) return -ERANGE;
      for (const [at, value] of values.entries()) set.set(at, value, process);
      return 0;
    }
    default:
      return -EINVAL;
  }
}

const DOMAIN = 'Found by key within the domain.';

export const semaphoreCalls = {
  semget: {
    support: 'full',
    note: DOMAIN,
    arguments: ['integer', 'integer', 'octal'],
    handler: knowingTheTime(semget),
  },
  semop: { support: 'full', arguments: ['integer', 'address', 'size'], handler: knowingTheTime(semop) },
  semtimedop: {
    support: 'full',
    arguments: ['integer', 'address', 'size', 'timespec'],
    handler: knowingTheTime(semtimedop),
  },
  semctl: {
    support: 'full',
    arguments: ['integer', 'integer', 'integer', 'address'],
    handler: knowingTheTime(semctl),
  },
} as const satisfies Record<string, CallRow>;
