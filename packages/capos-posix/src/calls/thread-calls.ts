// Thread calls: clone, futex, exit, thread identity and scheduling.

import { REGISTER } from '@capos/abi';
import type { Call, CallAnswer } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { USER_END } from '../linux/memory-flags.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import { ARCH_PRCTL, CLONE, FUTEX } from '../linux/thread-flags.ts';
import { isWrittenBack, writeBack } from '../memory/write-back.ts';
import { INIT_PID } from '../posix-domain.ts';
import { mayReachInto } from '../process/access-mode.ts';
import { type CloneRequest, forkProcess } from '../process/fork.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import type { FutexTable, FutexWaiter } from '../threads/futex-table.ts';
import { inherited } from '../threads/scheduling.ts';
import { readTimespec } from '../time/timespec.ts';
import type { Blocking, MaybeBlocking, Wait } from '../waiting.ts';

const { EAGAIN, EFAULT, EINVAL, ENOSYS, EPERM, ESRCH, ETIMEDOUT } = ERRNO;

// ── clone ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a thread shares with its process, all of it (clone(2), CLONE_THREAD). */
const THREAD_FLAGS = CLONE.VM | CLONE.SIGHAND | CLONE.THREAD;
/** Name spaces that nobody can have of his own; that of mounts is only another view of what one has anyway. */
const NAMESPACES = CLONE.NEWCGROUP | CLONE.NEWUTS | CLONE.NEWIPC | CLONE.NEWUSER | CLONE.NEWPID | CLONE.NEWNET;

function cloneWith(call: Call, request: CloneRequest): MaybeBlocking<number> {
  const { flags } = request;
  if ((flags & CLONE.FS) !== 0 && (flags & CLONE.NEWNS) !== 0) return -EINVAL;
  if ((flags & CLONE.THREAD) !== 0 && (flags & THREAD_FLAGS) !== THREAD_FLAGS) return -EINVAL;
  if ((flags & CLONE.SIGHAND) !== 0 && (flags & CLONE.VM) === 0) return -EINVAL;
  if ((flags & NAMESPACES) !== 0) return -EPERM;
  if ((flags & CLONE.NEWNS) !== 0 && ((flags & CLONE.THREAD) !== 0 || !has(call.process.identity, PRIVILEGE.SYS_ADMIN)))
    return (flags & CLONE.THREAD) !== 0 ? -EINVAL : -EPERM;
  if ((flags & CLONE.THREAD) === 0) return forkProcess(call, request);
  if ((flags & CLONE.PIDFD) !== 0) return -EINVAL;
  return newThread(call, request);
}

function newThread(call: Call, request: CloneRequest): number {
  const { process, thread, memory } = call;
  const { flags } = request;
  if (request.stack === 0 || request.stack > USER_END || request.tls > USER_END) return -EINVAL;
  const host = process.host.newThread({
    rip: thread.host.rip,
    rsp: BigInt(request.stack),
    fsBase: (flags & CLONE.SETTLS) !== 0 ? BigInt(request.tls) : thread.host.fsBase,
    copyFrom: thread.host,
  });
  if (host === undefined) return -EAGAIN;
  host.registers[REGISTER.RAX] = 0n;
  const child = process.addThread(host, thread.name);
  child.blocked = thread.blocked;
  child.scheduling = inherited(thread.scheduling);
  child.seccomp = thread.seccomp;
  if ((flags & CLONE.PARENT_SETTID) !== 0) memory.putUint32(request.parentTid, child.tid);
  if ((flags & CLONE.CHILD_SETTID) !== 0) memory.putUint32(request.childTid, child.tid);
  if ((flags & CLONE.CHILD_CLEARTID) !== 0) child.clearChildTid = request.childTid;
  return child.tid;
}

function clone(call: Call): MaybeBlocking<number> {
  const flags = call.unsigned(0);
  if ((flags & CLONE.PIDFD) !== 0 && (flags & (CLONE.PARENT_SETTID | CLONE.DETACHED)) !== 0) return -EINVAL;
  return cloneWith(call, {
    flags: (flags & ~CLONE.EXIT_SIGNAL) >>> 0,
    exitSignal: flags & CLONE.EXIT_SIGNAL,
    stack: call.word(1),
    parentTid: call.word(2),
    childTid: call.word(3),
    tls: call.word(4),
    // clone has one place for both.
    processFile: call.word(2),
  });
}

/** clone3's structure: flags 0, pidfd 8, child_tid 16, parent_tid 24, exit_signal 32, stack 40, stack_size 48, tls 56. */
function clone3(call: Call): MaybeBlocking<number> {
  const size = call.word(1);
  if (size < 64) return -EINVAL;
  if (size > 4096) return -ERRNO.E2BIG;
  const view = call.memory.view(call.word(0), size);
  if (view === undefined) return -EFAULT;
  const word = (at: number): number => Number(view.getBigUint64(at, true));
  for (let at = 64; at + 8 <= size; at += 8) if (word(at) !== 0) return at < 88 ? -EINVAL : -ERRNO.E2BIG;
  const flags = word(0);
  if (flags > 0xffff_ffff || (flags & (CLONE.EXIT_SIGNAL | CLONE.DETACHED)) !== 0) return -EINVAL;
  const stack = word(40);
  const stackSize = word(48);
  if ((stack === 0) !== (stackSize === 0)) return -EINVAL;
  if ((flags & (CLONE.THREAD | CLONE.PARENT)) !== 0 && word(32) !== 0) return -EINVAL;
  if (word(32) > SIGNAL.RTMAX) return -EINVAL;
  return cloneWith(call, {
    processFile: word(8),
    flags,
    exitSignal: word(32),
    stack: stack + stackSize,
    parentTid: word(24),
    childTid: word(16),
    tls: word(56),
  });
}

function fork(call: Call): MaybeBlocking<number> {
  return forkProcess(call, { flags: 0, exitSignal: 17, stack: 0, parentTid: 0, childTid: 0, tls: 0, processFile: 0 });
}

function vfork(call: Call): MaybeBlocking<number> {
  return forkProcess(call, {
    flags: CLONE.VFORK | CLONE.VM,
    exitSignal: 17,
    stack: 0,
    parentTid: 0,
    childTid: 0,
    tls: 0,
    processFile: 0,
  });
}

function exit(call: Call): CallAnswer {
  call.process.endThread(call.thread, call.integer(0));
  return undefined;
}

function exitGroup(call: Call): MaybeBlocking<CallAnswer> {
  const { host, space } = call.process;
  if (!host.sharesMemory && space.map.areas.some(isWrittenBack)) return exitWrittenBack(call);
  call.process.exit(call.integer(0));
  return undefined;
}

/** Shared mappings reach their files before the process is gone. */
function* exitWrittenBack(call: Call): Blocking<CallAnswer> {
  for (const area of call.process.space.map.areas.filter(isWrittenBack)) yield* writeBack(call.memory, area);
  call.process.exit(call.integer(0));
  return undefined;
}

// ── futex ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

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
    default:
      // Priority inheritance: there are no priorities to inherit; libraries fall back.
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
  const area = (operation & FUTEX.PRIVATE) === 0 ? process.space.map.at(address) : undefined;
  if (area?.pages === undefined) return { table: process.futexes, key: address };
  const key = `${area.pages.id}:${area.pages.offset + (address - area.start)}`;
  return { table: process.domain.sharedFutexes, key };
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
  const { memory, process } = call;
  let deadlineNs: number | undefined;
  const timeout = call.word(3);
  if (timeout !== 0) {
    const span = readTimespec(memory, timeout);
    if (typeof span === 'number') return span;
    const now = process.clocks.monotonicNs();
    if (now === undefined) return -EINVAL;
    deadlineNs = absolute ? Number(span) : now + Number(span);
    if (absolute && realtime) {
      const wall = yield* realtimeOf(call);
      if (typeof wall === 'number') return wall;
      deadlineNs = now + Number(span - wall);
    }
  }
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
  return timeout === 0 || absolute ? RESTART.UNLESS_HANDLED_WITHOUT_RESTART : RESTART.UNLESS_HANDLED;
}

function* realtimeOf(call: Call): Blocking<bigint | number> {
  const now = call.process.clocks.realtimeNs();
  return typeof now === 'bigint' || typeof now === 'number' ? now : yield* now;
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

// ── identity, scheduling ───────────────────────────────────────────────────────────────────────────────────────────────

function gettid(call: Call): number {
  return call.thread.tid;
}

function setTidAddress(call: Call): number {
  call.thread.clearChildTid = call.word(0);
  return call.thread.tid;
}

function archPrctl(call: Call): number {
  const address = call.word(1);
  const { host } = call.thread;
  switch (call.integer(0)) {
    case ARCH_PRCTL.SET_FS:
      if (address >= USER_END) return -EPERM;
      host.fsBase = BigInt(address);
      return 0;
    case ARCH_PRCTL.SET_GS:
      if (address >= USER_END) return -EPERM;
      host.gsBase = BigInt(address);
      return 0;
    case ARCH_PRCTL.GET_FS:
      return call.memory.putUint64(address, host.fsBase) ? 0 : -EFAULT;
    case ARCH_PRCTL.GET_CPUID:
      return 1;
    case ARCH_PRCTL.SET_CPUID:
      // The processor has no way to refuse CPUID.
      return -ERRNO.ENODEV;
    case ARCH_PRCTL.GET_GS:
      return call.memory.putUint64(address, host.gsBase) ? 0 : -EFAULT;
    default:
      return -EINVAL;
  }
}

function getcpu(call: Call): number {
  for (const address of [call.word(0), call.word(1)])
    if (address !== 0 && !call.memory.putUint32(address, 0)) return -EFAULT;
  return 0;
}

/** Commands of membarrier that need nothing: one processor runs everything in order. */
function membarrier(call: Call): number {
  const command = call.integer(0);
  if (call.unsigned(1) !== 0) return -EINVAL;
  const known = 0x1ff;
  if (command === 0) return known;
  return (command & known) === command && (command & (command - 1)) === 0 ? 0 : -EINVAL;
}

export const threadCalls = {
  clone: {
    support: 'partial',
    note: 'Threads; processes as fork, or with CLONE_VM in the same memory. Of name spaces only that of mounts.',
    arguments: ['clone-flags', 'address', 'address', 'address', 'address'],
    handler: clone,
  },
  clone3: {
    support: 'partial',
    note: 'As clone, with CLONE_PIDFD for processes; not set_tid, not cgroups.',
    arguments: ['address', 'size'],
    handler: clone3,
  },
  fork: {
    support: 'partial',
    note: 'A copy-on-write snapshot. EAGAIN when the ledger has no room.',
    arguments: [],
    handler: fork,
  },
  vfork: {
    support: 'partial',
    note: 'The child is in its parent’s memory, and the parent waits.',
    arguments: [],
    handler: vfork,
  },
  exit: { support: 'full', arguments: ['integer'], handler: exit },
  exit_group: { support: 'full', arguments: ['integer'], handler: exitGroup },
  futex: {
    support: 'partial',
    note: 'WAIT, WAKE, BITSET, REQUEUE, WAKE_OP; no priority inheritance.',
    arguments: ['address', 'futex-operation', 'integer', 'address', 'address', 'hex'],
    handler: futex,
  },
  set_robust_list: { support: 'full', arguments: ['address', 'size'], handler: setRobustList },
  get_robust_list: { support: 'full', arguments: ['integer', 'address', 'address'], handler: getRobustList },
  rseq: {
    support: 'refused',
    errno: 'ENOSYS',
    note: 'Restartable sequences are an optimisation; C libraries do without.',
    arguments: ['address', 'unsigned', 'hex', 'hex'],
  },
  gettid: { support: 'full', arguments: [], handler: gettid },
  set_tid_address: { support: 'full', arguments: ['address'], handler: setTidAddress },
  arch_prctl: {
    support: 'full',
    note: 'FS and GS base; CPUID is never refused.',
    arguments: ['hex', 'address'],
    handler: archPrctl,
  },
  getcpu: { support: 'full', arguments: ['address', 'address', 'address'], handler: getcpu },
  membarrier: {
    support: 'full',
    note: 'One processor: nothing to do.',
    arguments: ['integer', 'hex', 'integer'],
    handler: membarrier,
  },
} as const satisfies Record<string, CallRow>;
