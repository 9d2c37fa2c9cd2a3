// Scheduling calls: policies, priorities, nice values, affinity.
//
// The machine has one processor and the kernel shares it by turns. What a thread asks for is kept, inherited and told as Linux
// does (sched(7)); it decides who of several sleepers on a word is woken first. Realtime classes take uid 0 or RLIMIT_RTPRIO.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { INIT_PID } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { PosixThread } from '../posix-thread.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { isRealtime, LOWEST_NICE, ORDINARY, POLICY, type Scheduling } from '../threads/scheduling.ts';
import type { Blocking } from '../waiting.ts';

const { EFAULT, EINVAL, EPERM, ESRCH } = ERRNO;

/** The thread that a pid argument names: the caller's own, any of the domain by its number, a process's first one. */
function threadNamed(call: Call, number: number): PosixThread | undefined {
  return number === 0 ? call.thread : (call.process.threads.get(number) ?? call.process.domain.threadNumbered(number));
}

/** Whether a pid argument names somebody: a thread or process of the domain, or the init process above it. */
export function knownThread(call: Call, pid: number): boolean {
  return pid === INIT_PID || threadNamed(call, pid) !== undefined;
}

/** How it is scheduled, as it is told: process number 1 is scheduled like any that has asked for nothing. */
function schedulingOf(call: Call, number: number): Scheduling | undefined {
  return number === INIT_PID ? ORDINARY : threadNamed(call, number)?.scheduling;
}

/** Lets the others run: the thread is ready again at once, behind them. */
function* schedYield(): Blocking<number> {
  yield { interruptible: true, deadlineNs: 0, begin: () => undefined };
  return 0;
}

// ── affinity ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One processor, as the machine has. */
const AFFINITY_BYTES = 8;

function schedGetaffinity(call: Call): number {
  const size = call.unsigned(1);
  if (size < AFFINITY_BYTES || size % 8 !== 0) return -EINVAL;
  if (!knownThread(call, call.integer(0))) return -ESRCH;
  return call.memory.putUint64(call.word(2), 1n) ? AFFINITY_BYTES : -EFAULT;
}

function schedSetaffinity(call: Call): number {
  if (!knownThread(call, call.integer(0))) return -ESRCH;
  const { identity } = call.process;
  const { euid } = identity;
  const owner = threadNamed(call, call.integer(0))?.process.identity ?? { uid: 0, euid: 0 };
  if (!has(identity, PRIVILEGE.SYS_NICE) && euid !== owner.euid && euid !== owner.uid) return -EPERM;
  const bytes = call.memory.bytes(call.word(2), Math.min(call.unsigned(1), 128));
  if (bytes === undefined) return -EFAULT;
  return ((bytes[0] ?? 0) & 1) !== 0 ? 0 : -EINVAL;
}

// ── policy and priority ────────────────────────────────────────────────────────────────────────────────────────────────

const RESET_ON_FORK = 0x4000_0000;
const HIGHEST_REALTIME = 99;

function knownPolicy(policy: number): boolean {
  return policy === POLICY.OTHER || policy === POLICY.BATCH || policy === POLICY.IDLE || isRealtime(policy);
}

function isPossible(policy: number, priority: number): boolean {
  if (!knownPolicy(policy)) return false;
  return isRealtime(policy) ? priority >= 1 && priority <= HIGHEST_REALTIME : priority === 0;
}

/** What the caller may make of the thread: 0, or the errno. */
function change(call: Call, thread: PosixThread, wanted: Omit<Scheduling, 'nice' | 'inputOutput'>): number {
  const { policy, priority } = wanted;
  if (!isPossible(policy, priority)) return -EINVAL;
  const { identity, limits } = call.process;
  const { scheduling, process } = thread;
  if (!has(identity, PRIVILEGE.SYS_NICE)) {
    const owner = process.identity;
    if (identity.euid !== owner.euid && identity.euid !== owner.uid) return -EPERM;
    const most = Math.max(limits.soft(RLIMIT.RTPRIO), scheduling.priority);
    if (isRealtime(policy) && (priority > most || limits.soft(RLIMIT.RTPRIO) === 0)) return -EPERM;
    if (scheduling.resetOnFork && !wanted.resetOnFork) return -EPERM;
  }
  thread.scheduling = { ...scheduling, ...wanted };
  return 0;
}

function schedGetscheduler(call: Call): number {
  if (call.integer(0) < 0) return -EINVAL;
  const scheduling = schedulingOf(call, call.integer(0));
  if (scheduling === undefined) return -ESRCH;
  const { policy, resetOnFork } = scheduling;
  return policy | (resetOnFork ? RESET_ON_FORK : 0);
}

function schedGetparam(call: Call): number {
  if (call.integer(0) < 0 || call.word(1) === 0) return -EINVAL;
  const scheduling = schedulingOf(call, call.integer(0));
  if (scheduling === undefined) return -ESRCH;
  return call.memory.putUint32(call.word(1), scheduling.priority) ? 0 : -EFAULT;
}

function schedSetscheduler(call: Call): number {
  const given = call.integer(1);
  if (call.integer(0) < 0 || given < 0 || call.word(2) === 0) return -EINVAL;
  const priority = call.memory.int32(call.word(2));
  if (priority === undefined) return -EFAULT;
  const policy = given & ~RESET_ON_FORK;
  const thread = threadNamed(call, call.integer(0));
  // Number 1 is nobody's to change.
  if (thread === undefined && call.integer(0) === INIT_PID) return isPossible(policy, priority) ? -EPERM : -EINVAL;
  if (thread === undefined) return -ESRCH;
  return change(call, thread, { policy, priority, resetOnFork: (given & RESET_ON_FORK) !== 0 });
}

function schedSetparam(call: Call): number {
  if (call.integer(0) < 0 || call.word(1) === 0) return -EINVAL;
  const priority = call.memory.int32(call.word(1));
  if (priority === undefined) return -EFAULT;
  const thread = threadNamed(call, call.integer(0));
  if (thread === undefined) return -ESRCH;
  const { policy, resetOnFork } = thread.scheduling;
  return change(call, thread, { policy, priority, resetOnFork });
}

/** struct sched_attr: size 0, policy 4, flags 8, nice 16, priority 20, deadline parameters 24, 32, 40. */
const ATTRIBUTES_SIZE = 48;

function schedSetattr(call: Call): number {
  if (call.integer(0) < 0 || call.unsigned(2) !== 0 || call.word(1) === 0) return -EINVAL;
  const view = call.memory.view(call.word(1), ATTRIBUTES_SIZE);
  if (view === undefined) return -EFAULT;
  if (view.getUint32(0, true) < ATTRIBUTES_SIZE && view.getUint32(0, true) !== 0) return -ERRNO.E2BIG;
  const thread = threadNamed(call, call.integer(0));
  if (thread === undefined) return -ESRCH;
  const flags = Number(view.getBigUint64(8, true));
  if ((flags & ~1) !== 0) return -EINVAL;
  const policy = view.getUint32(4, true);
  const changed = change(call, thread, {
    policy,
    priority: view.getUint32(20, true),
    resetOnFork: (flags & 1) !== 0,
  });
  return changed === 0 && !isRealtime(policy) ? renice(call, [thread], view.getInt32(16, true), EPERM) : changed;
}

function schedGetattr(call: Call): number {
  const size = call.unsigned(2);
  if (call.integer(0) < 0 || size < ATTRIBUTES_SIZE || size > 4096 || call.unsigned(3) !== 0 || call.word(1) === 0)
    return -EINVAL;
  const thread = threadNamed(call, call.integer(0));
  if (thread === undefined) return -ESRCH;
  const bytes = new Uint8Array(ATTRIBUTES_SIZE);
  const view = new DataView(bytes.buffer);
  const { policy, priority, nice, resetOnFork } = thread.scheduling;
  view.setUint32(0, ATTRIBUTES_SIZE, true);
  view.setUint32(4, policy, true);
  view.setBigUint64(8, resetOnFork ? 1n : 0n, true);
  view.setInt32(16, isRealtime(policy) ? 0 : nice, true);
  view.setUint32(20, priority, true);
  return call.memory.write(call.word(1), bytes) ? 0 : -EFAULT;
}

const DEADLINE = 6;

function schedPriority(highest: boolean) {
  return (call: Call): number => {
    const policy = call.integer(0);
    // SCHED_DEADLINE has a range of nothing, though no thread has it here.
    if (policy === DEADLINE) return 0;
    if (!knownPolicy(policy)) return -EINVAL;
    if (!isRealtime(policy)) return 0;
    return highest ? HIGHEST_REALTIME : 1;
  };
}

/** What Linux tells of round robin: RR_TIMESLICE; FIFO has no slice, and time sharing tells its granularity. */
const ROUND_ROBIN_NS = 100_000_000n;
const TIME_SHARING_NS = 4_000_000n;

function schedInterval(call: Call): number {
  if (call.integer(0) < 0) return -EINVAL;
  const scheduling = schedulingOf(call, call.integer(0));
  if (scheduling === undefined) return -ESRCH;
  const { policy } = scheduling;
  const slice = policy === POLICY.FIFO ? 0n : policy === POLICY.RR ? ROUND_ROBIN_NS : TIME_SHARING_NS;
  const { memory } = call;
  return memory.putUint64(call.word(1), 0n) && memory.putUint64(call.word(1) + 8, slice) ? 0 : -EFAULT;
}

// ── nice ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const WHICH = { PROCESS: 0, GROUP: 1, USER: 2 } as const;

/** The threads that getpriority(2)'s arguments mean. */
function threadsMeant(call: Call): PosixThread[] | number {
  const who = call.integer(1);
  const { process, thread } = call;
  const all = (processes: readonly PosixProcess[]): PosixThread[] =>
    processes.flatMap((one) => [...one.threads.values()]);
  switch (call.integer(0)) {
    case WHICH.PROCESS: {
      const one = who === 0 ? thread : threadNamed(call, who);
      return one === undefined ? [] : [one];
    }
    case WHICH.GROUP:
      return all(process.domain.inGroup(who === 0 ? process.group : who));
    case WHICH.USER: {
      const uid = who === 0 ? process.identity.uid : who >>> 0;
      return all([...process.domain.processes.values()].filter(({ identity }) => identity.uid === uid));
    }
    default:
      return -EINVAL;
  }
}

function getpriority(call: Call): number {
  const threads = threadsMeant(call);
  if (typeof threads === 'number') return threads;
  if (threads.length === 0) return -ESRCH;
  // The call answers 20 − nice, so that no result is negative.
  return Math.max(...threads.map(({ scheduling }) => 20 - scheduling.nice));
}

function renice(call: Call, threads: readonly PosixThread[], wanted: number, refusal: number): number {
  const nice = Math.max(-20, Math.min(LOWEST_NICE, wanted));
  const { identity, limits } = call.process;
  // RLIMIT_NICE counts from 1 (nice 19) to 40 (nice −20).
  const floor = 20 - Math.min(40, limits.soft(RLIMIT.NICE));
  for (const thread of threads) {
    const owner = thread.process.identity;
    if (!has(identity, PRIVILEGE.SYS_NICE)) {
      if (identity.euid !== owner.uid && identity.euid !== owner.euid) return -EPERM;
      if (nice < thread.scheduling.nice && nice < floor) return -refusal;
    }
    thread.scheduling = { ...thread.scheduling, nice };
  }
  return 0;
}

function setpriority(call: Call): number {
  const threads = threadsMeant(call);
  if (typeof threads === 'number') return threads;
  return threads.length === 0 ? -ESRCH : renice(call, threads, call.integer(2), ERRNO.EACCES);
}

// ── priorities of input and output ─────────────────────────────────────────────────────────────────────────────────────

const IOPRIO = { NONE: 0, REALTIME: 1, BEST_EFFORT: 2, IDLE: 3, CLASS_SHIFT: 13 } as const;
const IO_WHO = { PROCESS: 1, GROUP: 2, USER: 3 } as const;

/** The threads that ioprio_set(2)'s first two arguments mean. */
function ioThreads(call: Call): PosixThread[] | number {
  const who = call.integer(1);
  const { process, thread } = call;
  const of = (processes: readonly PosixProcess[]): PosixThread[] =>
    processes.flatMap((one) => [...one.threads.values()]);
  switch (call.integer(0)) {
    case IO_WHO.PROCESS: {
      const one = who === 0 ? thread : threadNamed(call, who);
      return one === undefined ? [] : [one];
    }
    case IO_WHO.GROUP:
      return of(process.domain.inGroup(who === 0 ? process.group : who));
    case IO_WHO.USER:
      return of([...process.domain.processes.values()].filter(({ identity }) => identity.uid === who >>> 0));
    default:
      return -EINVAL;
  }
}

function ioprioSet(call: Call): number {
  const priority = call.integer(2);
  const kind = priority >> IOPRIO.CLASS_SHIFT;
  // Three bits of level, then hints, which nobody here takes.
  const level = priority & 7;
  if (kind < IOPRIO.NONE || kind > IOPRIO.IDLE) return -EINVAL;
  if (kind === IOPRIO.NONE && level !== 0) return -EINVAL;
  if (kind === IOPRIO.REALTIME && !has(call.process.identity, PRIVILEGE.SYS_NICE)) return -EPERM;
  const threads = ioThreads(call);
  if (typeof threads === 'number') return threads;
  for (const thread of threads) thread.scheduling = { ...thread.scheduling, inputOutput: priority };
  return threads.length === 0 ? -ESRCH : 0;
}

function ioprioGet(call: Call): number {
  const threads = ioThreads(call);
  if (typeof threads === 'number') return threads;
  // Of several the highest: the lowest number, but for those that were never set.
  const set = threads.map(({ scheduling }) => scheduling.inputOutput).filter((priority) => priority !== 0);
  return threads.length === 0 ? -ESRCH : Math.min(...(set.length === 0 ? [0] : set));
}

const KEPT =
  'Kept, inherited and told; among sleepers on a word, realtime threads are woken first. The kernel runs threads by turns.';

export const schedulingCalls = {
  sched_yield: { support: 'full', arguments: [], handler: schedYield },
  sched_getaffinity: {
    support: 'full',
    note: 'One processor.',
    arguments: ['integer', 'size', 'address'],
    handler: schedGetaffinity,
  },
  sched_setaffinity: {
    support: 'full',
    note: 'One processor.',
    arguments: ['integer', 'size', 'address'],
    handler: schedSetaffinity,
  },
  sched_getscheduler: { support: 'full', arguments: ['integer'], handler: schedGetscheduler },
  sched_getparam: { support: 'full', arguments: ['integer', 'address'], handler: schedGetparam },
  sched_setscheduler: {
    support: 'partial',
    note: KEPT,
    arguments: ['integer', 'integer', 'address'],
    handler: schedSetscheduler,
  },
  sched_setparam: { support: 'partial', note: KEPT, arguments: ['integer', 'address'], handler: schedSetparam },
  sched_setattr: {
    support: 'partial',
    note: `${KEPT} Not SCHED_DEADLINE.`,
    arguments: ['integer', 'address', 'hex'],
    handler: schedSetattr,
  },
  sched_getattr: { support: 'full', arguments: ['integer', 'address', 'size', 'hex'], handler: schedGetattr },
  sched_get_priority_max: { support: 'full', arguments: ['integer'], handler: schedPriority(true) },
  sched_get_priority_min: { support: 'full', arguments: ['integer'], handler: schedPriority(false) },
  sched_rr_get_interval: { support: 'full', arguments: ['integer', 'address'], handler: schedInterval },
  ioprio_set: {
    support: 'partial',
    note: 'Kept, inherited and told; file services answer in turn.',
    arguments: ['integer', 'integer', 'hex'],
    handler: ioprioSet,
  },
  ioprio_get: { support: 'full', arguments: ['integer', 'integer'], handler: ioprioGet },
  getpriority: { support: 'full', arguments: ['integer', 'integer'], handler: getpriority },
  setpriority: {
    support: 'partial',
    note: 'Kept, inherited and told; the kernel runs threads by turns.',
    arguments: ['integer', 'integer', 'integer'],
    handler: setpriority,
  },
} as const satisfies Record<string, CallRow>;
