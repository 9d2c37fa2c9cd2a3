// Thread calls: clone, exit, thread identity and scheduling.

import { REGISTER } from '@capos/abi';
import type { Call, CallAnswer } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { USER_END } from '../linux/memory-flags.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import { ARCH_PRCTL, CLONE } from '../linux/thread-flags.ts';
import { isWrittenBack, writeBack } from '../memory/write-back.ts';
import { type CloneRequest, forkProcess } from '../process/fork.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { inherited } from '../threads/scheduling.ts';
import type { Blocking, MaybeBlocking } from '../waiting.ts';

const { EAGAIN, EFAULT, EINVAL, EPERM } = ERRNO;

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

/** Commands of membarrier; each of PRIVATE wants the one that follows it to have been said before. */
const BARRIER = {
  QUERY: 0,
  GLOBAL: 1,
  PRIVATE: 0x8 | 0x20 | 0x80,
  REGISTER: 0x4 | 0x10 | 0x40 | 0x100,
  ALL: 0x1ff,
} as const;
const BARRIER_RSEQ = 0x80;
const BARRIER_FLAG_CPU = 1;
const REGISTRATIONS = 0x200;

/** There is nothing to do: one processor runs everything in order. */
function membarrier(call: Call): number {
  const { attributes } = call.process;
  const command = call.integer(0);
  const flags = call.unsigned(1);
  if ((flags & ~(command === BARRIER_RSEQ ? BARRIER_FLAG_CPU : 0)) !== 0) return -EINVAL;
  if (command === BARRIER.QUERY) return BARRIER.ALL | REGISTRATIONS;
  if (command === REGISTRATIONS) return attributes.barriers;
  if ((command & BARRIER.ALL) !== command || (command & (command - 1)) !== 0) return -EINVAL;
  if ((command & BARRIER.REGISTER) !== 0) attributes.barriers |= command;
  return (command & BARRIER.PRIVATE) !== 0 && (attributes.barriers & (command << 1)) === 0 ? -EPERM : 0;
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
