// Process calls: identity, groups and sessions, limits, execve, wait.

import type { Call } from '../call.ts';
import type { CallAnswer, CallRow } from '../call-row.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import { PRCTL, RLIMIT } from '../linux/thread-flags.ts';
import { INIT_PID } from '../posix-domain.ts';
import type { Ending, PosixProcess } from '../posix-process.ts';
import { executeImage } from '../process/execute.ts';
import { DEFAULT_TIMER_SLACK_NS } from '../process/process-attributes.ts';
import { RLIM_INFINITY } from '../system/resource-limits.ts';
import { writeTimeval } from '../time/timespec.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { processFileAt } from './process-descriptor-calls.ts';
import { knownThread } from './scheduling-calls.ts';

const { EACCES, ECHILD, EFAULT, EINVAL, EPERM, ESRCH } = ERRNO;

// ── identity ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function getpid(call: Call): number {
  return call.process.pid;
}

function getppid(call: Call): number {
  return call.process.parent?.pid ?? INIT_PID;
}

type IdentityKey = 'uid' | 'euid' | 'gid' | 'egid';

function identityOf(key: IdentityKey) {
  return (call: Call): number => call.process.identity[key];
}

/** Whether the program may take this number: what it is already, or anything while it believes to be root. */
function mayBecome(call: Call, wanted: number, own: readonly number[]): boolean {
  return wanted === -1 || call.process.identity.euid === 0 || own.includes(wanted >>> 0);
}

function setuid(call: Call): number {
  const { identity } = call.process;
  const uid = call.integer(0);
  if (uid === -1) return -EINVAL;
  if (!mayBecome(call, uid, [identity.uid, identity.suid])) return -EPERM;
  if (identity.euid === 0) identity.uid = identity.suid = uid >>> 0;
  identity.euid = uid >>> 0;
  return 0;
}

function setgid(call: Call): number {
  const { identity } = call.process;
  const gid = call.integer(0);
  if (gid === -1) return -EINVAL;
  if (!mayBecome(call, gid, [identity.gid, identity.sgid])) return -EPERM;
  if (identity.euid === 0) identity.gid = identity.sgid = gid >>> 0;
  identity.egid = gid >>> 0;
  return 0;
}

function setresuid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1), call.integer(2)];
  const own = [identity.uid, identity.euid, identity.suid];
  if (!wanted.every((uid) => mayBecome(call, uid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.uid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.euid = wanted[1]! >>> 0;
  if (wanted[2] !== -1) identity.suid = wanted[2]! >>> 0;
  return 0;
}

function setresgid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1), call.integer(2)];
  const own = [identity.gid, identity.egid, identity.sgid];
  if (!wanted.every((gid) => mayBecome(call, gid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.gid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.egid = wanted[1]! >>> 0;
  if (wanted[2] !== -1) identity.sgid = wanted[2]! >>> 0;
  return 0;
}

function setreuid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1)];
  const own = [identity.uid, identity.euid, identity.suid];
  if (!wanted.every((uid) => mayBecome(call, uid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.uid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.euid = wanted[1]! >>> 0;
  if (wanted[0] !== -1 || wanted[1] !== -1) identity.suid = identity.euid;
  return 0;
}

function setregid(call: Call): number {
  const { identity } = call.process;
  const wanted = [call.integer(0), call.integer(1)];
  const own = [identity.gid, identity.egid, identity.sgid];
  if (!wanted.every((gid) => mayBecome(call, gid, own))) return -EPERM;
  if (wanted[0] !== -1) identity.gid = wanted[0]! >>> 0;
  if (wanted[1] !== -1) identity.egid = wanted[1]! >>> 0;
  if (wanted[0] !== -1 || wanted[1] !== -1) identity.sgid = identity.egid;
  return 0;
}

function putThree(call: Call, values: readonly number[]): number {
  for (const [index, value] of values.entries()) if (!call.memory.putUint32(call.word(index), value)) return -EFAULT;
  return 0;
}

function getresuid(call: Call): number {
  const { uid, euid, suid } = call.process.identity;
  return putThree(call, [uid, euid, suid]);
}

function getresgid(call: Call): number {
  const { gid, egid, sgid } = call.process.identity;
  return putThree(call, [gid, egid, sgid]);
}

/** setfsuid and setfsgid answer what was; the file system identity is the effective one. */
function fileSystemIdentity(key: 'euid' | 'egid') {
  return (call: Call): number => call.process.identity[key];
}

function getgroups(call: Call): number {
  const { groups } = call.process.identity;
  const size = call.integer(0);
  if (size < 0) return -EINVAL;
  if (size === 0) return groups.length;
  if (size < groups.length) return -EINVAL;
  for (const [index, group] of groups.entries())
    if (!call.memory.putUint32(call.word(1) + index * 4, group)) return -EFAULT;
  return groups.length;
}

function setgroups(call: Call): number {
  const count = call.integer(0);
  if (call.process.identity.euid !== 0) return -EPERM;
  if (count < 0 || count > 65_536) return -EINVAL;
  const view = call.memory.view(call.word(1), count * 4);
  if (view === undefined) return -EFAULT;
  call.process.identity.groups = Array.from({ length: count }, (_, index) => view.getUint32(index * 4, true));
  return 0;
}

// ── groups and sessions ────────────────────────────────────────────────────────────────────────────────────────────────

function processAt(call: Call, index: number): PosixProcess | undefined {
  const pid = call.integer(index);
  const { domain } = call.process;
  if (pid === 0) return call.process;
  return domain.processes.get(pid) ?? domain.threadNumbered(pid)?.process ?? domain.zombieNumbered(pid);
}

function getpgid(call: Call): number {
  if (call.integer(0) === INIT_PID) return INIT_PID;
  return processAt(call, 0)?.group ?? -ESRCH;
}

function getpgrp(call: Call): number {
  return call.process.group;
}

function setpgid(call: Call): number {
  const group = call.integer(1);
  if (group < 0) return -EINVAL;
  const target = processAt(call, 0);
  if (target === undefined || (target !== call.process && target.parent !== call.process)) return -ESRCH;
  if (target !== call.process && target.hasExecuted) return -EACCES;
  if (target.session === target.pid || target.session !== call.process.session) return -EPERM;
  const wanted = group === 0 ? target.pid : group;
  const { domain } = call.process;
  if (wanted !== target.pid && !domain.inGroup(wanted).some((other) => other.session === target.session)) return -EPERM;
  target.group = wanted;
  return 0;
}

function getsid(call: Call): number {
  if (call.integer(0) === INIT_PID) return INIT_PID;
  return processAt(call, 0)?.session ?? -ESRCH;
}

function setsid(call: Call): number {
  const { process } = call;
  if (process.domain.inGroup(process.pid).length > 0) return -EPERM;
  process.session = process.pid;
  process.group = process.pid;
  return process.pid;
}

// ── wait and execve ────────────────────────────────────────────────────────────────────────────────────────────────────

const WAIT = {
  NOHANG: 1,
  UNTRACED: 2,
  EXITED: 4,
  CONTINUED: 8,
  NOWAIT: 0x0100_0000,
  ALL: 0x4000_0000,
  CLONE: 0x8000_0000,
  NOTHREAD: 0x2000_0000,
} as const;

type Selects = (pid: number, group: number) => boolean;

/** Waits for a child that `selects` takes: its ending, undefined with WNOHANG and none, or an errno. */
function* waitForChild(call: Call, selects: Selects, options: number): Blocking<Change | undefined | number> {
  const { process } = call;
  for (;;) {
    const index = process.endings.findIndex((ending) => selects(ending.pid, ending.group));
    if (index >= 0 && (options & WAIT.EXITED) !== 0) {
      const ending = process.endings[index]!;
      if ((options & WAIT.NOWAIT) === 0) {
        process.endings.splice(index, 1);
        ending.process.isZombie = false;
        ending.process.childChanged.notify();
        process.childrenNs += ending.usedNs;
      }
      return ending;
    }
    const children = [...process.children].filter((child) => selects(child.pid, child.group));
    if (children.length === 0) return -ECHILD;
    if ((options & WAIT.UNTRACED) !== 0) {
      const stopped = children.find((child) => child.stoppedBy !== 0 && !child.stopReported);
      if (stopped !== undefined) {
        if ((options & WAIT.NOWAIT) === 0) stopped.stopReported = true;
        return { stopped };
      }
    }
    if ((options & WAIT.CONTINUED) !== 0) {
      const continued = children.find((child) => !child.continueReported);
      if (continued !== undefined) {
        if ((options & WAIT.NOWAIT) === 0) continued.continueReported = true;
        return { continued };
      }
    }
    if ((options & WAIT.NOHANG) !== 0) return undefined;
    if (
      (yield waitForChange([process.childChanged])) === 'interrupted' &&
      !process.endings.some((ending) => selects(ending.pid, ending.group)) &&
      // With SA_NOCLDWAIT the last child may be gone without an ending: that is ECHILD, before the handler runs.
      [...process.children].some((child) => selects(child.pid, child.group))
    )
      return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
}

type Change = Ending | { readonly stopped: PosixProcess } | { readonly continued: PosixProcess };

/** What waitid tells of it. */
function changeOf(change: Change): { readonly pid: number; readonly code: number; readonly status: number } {
  if ('stopped' in change) return { pid: change.stopped.pid, code: SI.CLD_STOPPED, status: change.stopped.stoppedBy };
  if ('continued' in change) return { pid: change.continued.pid, code: SI.CLD_CONTINUED, status: SIGNAL.CONT };
  const { pid, status } = change;
  return (status & 0x7f) === 0
    ? { pid, code: SI.CLD_EXITED, status: status >> 8 }
    : { pid, code: SI.CLD_KILLED, status: status & 0x7f };
}

/** The status word of a child that SIGCONT made go on. */
const STATUS_CONTINUED = 0xffff;

function* wait4(call: Call): Blocking<number> {
  const pid = call.integer(0);
  const options = call.integer(2);
  const known = WAIT.NOHANG | WAIT.UNTRACED | WAIT.CONTINUED | WAIT.ALL | WAIT.CLONE | WAIT.NOTHREAD;
  if ((options & ~known) !== 0 || pid === -0x8000_0000) return -EINVAL;
  const own = call.process.group;
  const selects: Selects = (child, group) =>
    pid === -1 || (pid > 0 ? child === pid : group === (pid === 0 ? own : -pid));
  const ended = yield* waitForChild(call, selects, options | WAIT.EXITED);
  if (ended === undefined) return 0;
  if (typeof ended === 'number') return ended;
  const status =
    'stopped' in ended ? (ended.stopped.stoppedBy << 8) | 0x7f : 'continued' in ended ? STATUS_CONTINUED : ended.status;
  const address = call.word(1);
  if (address !== 0 && !call.memory.putUint32(address, status)) return -EFAULT;
  const usage = call.word(3);
  if (usage !== 0 && !putUsage(call, usage, 'usedNs' in ended ? ended.usedNs : 0, 0)) return -EFAULT;
  return 'stopped' in ended ? ended.stopped.pid : 'continued' in ended ? ended.continued.pid : ended.pid;
}

/** Whom waitid waits for. */
const ID_KIND = { ALL: 0, PID: 1, PGID: 2, PIDFD: 3 } as const;
const WAITID_OPTIONS =
  WAIT.NOHANG | WAIT.UNTRACED | WAIT.EXITED | WAIT.CONTINUED | WAIT.NOWAIT | WAIT.ALL | WAIT.CLONE | WAIT.NOTHREAD;

function* waitid(call: Call): Blocking<number> {
  const kind = call.integer(0);
  const id = call.integer(1);
  const options = call.integer(3);
  const asked = options & (WAIT.EXITED | WAIT.UNTRACED | WAIT.CONTINUED);
  if (kind < ID_KIND.ALL || kind > ID_KIND.PIDFD || asked === 0 || (options & ~WAITID_OPTIONS) !== 0) return -EINVAL;
  if ((kind === ID_KIND.PID && id <= 0) || (kind !== ID_KIND.ALL && id < 0)) return -EINVAL;
  const file = kind === ID_KIND.PIDFD ? processFileAt(call, 1) : undefined;
  if (typeof file === 'number') return file;
  const selects: Selects = (child, group) => {
    if (kind === ID_KIND.ALL) return true;
    if (kind === ID_KIND.PGID) return group === (id === 0 ? call.process.group : id);
    return child === (file?.process.pid ?? id);
  };
  if (file?.process.ended === true && !file.process.isZombie) return -ECHILD;
  const givesUp = file?.nonBlocking === true && (options & WAIT.NOHANG) === 0;
  const ended = yield* waitForChild(call, selects, givesUp ? options | WAIT.NOHANG : options);
  if (ended === undefined && givesUp) return -ERRNO.EAGAIN;
  if (typeof ended === 'number') return ended;
  const usage = call.word(4);
  const usedNs = ended !== undefined && 'usedNs' in ended ? ended.usedNs : 0;
  if (usage !== 0 && !putUsage(call, usage, usedNs, 0)) return -EFAULT;
  const address = call.word(2);
  if (address === 0) return 0;
  const info = new Uint8Array(128);
  if (ended !== undefined) {
    const view = new DataView(info.buffer);
    const { pid, code, status } = changeOf(ended);
    view.setInt32(0, SIGNAL.CHLD, true);
    view.setInt32(8, code, true);
    view.setInt32(16, pid, true);
    view.setInt32(20, call.process.identity.uid, true);
    view.setInt32(24, status, true);
  }
  return call.memory.write(address, info) ? 0 : -EFAULT;
}

function execve(call: Call): Blocking<CallAnswer> {
  return executeImage(call, undefined, 0, 1, 2, 0);
}

function execveat(call: Call): Blocking<CallAnswer> {
  return executeImage(call, 0, 1, 2, 3, call.integer(4));
}

// ── limits and usage ───────────────────────────────────────────────────────────────────────────────────────────────────

function putLimit(call: Call, resource: number, address: number): number {
  const limit = call.process.limits.get(resource);
  if (limit === undefined) return -EINVAL;
  const { memory } = call;
  return memory.putUint64(address, limit.soft) && memory.putUint64(address + 8, limit.hard) ? 0 : -EFAULT;
}

function changeLimit(call: Call, resource: number, address: number): number {
  const { process, memory } = call;
  const old = process.limits.get(resource);
  if (old === undefined) return -EINVAL;
  const soft = memory.uint64(address);
  const hard = memory.uint64(address + 8);
  if (soft === undefined || hard === undefined) return -EFAULT;
  if (soft > hard) return -EINVAL;
  // Limits of the shim itself may not be lifted by believing to be root.
  if (hard > old.hard) return -EPERM;
  if (resource === RLIMIT.NOFILE && hard === RLIM_INFINITY) return -EPERM;
  process.limits.set(resource, { soft, hard });
  if (resource === RLIMIT.NOFILE) process.descriptors.limit = process.limits.openFiles;
  return 0;
}

function getrlimit(call: Call): number {
  return putLimit(call, call.integer(0), call.word(1));
}

function setrlimit(call: Call): number {
  return changeLimit(call, call.integer(0), call.word(1));
}

function prlimit64(call: Call): number {
  if (!knownThread(call, call.integer(0))) return -ESRCH;
  const resource = call.integer(1);
  if (call.process.limits.get(resource) === undefined) return -EINVAL;
  const old = call.word(3);
  if (old !== 0) {
    const failed = putLimit(call, resource, old);
    if (failed < 0) return failed;
  }
  return call.word(2) === 0 ? 0 : changeLimit(call, resource, call.word(2));
}

/** struct rusage: user time 0, system time 16, maximum resident set (KiB) 32, …; 144 bytes. */
function putUsage(call: Call, address: number, userNs: number, residentBytes: number): boolean {
  const { memory } = call;
  return (
    memory.write(address, new Uint8Array(144)) &&
    writeTimeval(memory, address, BigInt(Math.trunc(userNs))) &&
    memory.putUint64(address + 32, BigInt(Math.trunc(residentBytes / 1024)))
  );
}

const RUSAGE = { SELF: 0, THREAD: 1, CHILDREN: -1 } as const;

function getrusage(call: Call): number {
  const { clocks, space, childrenNs } = call.process;
  const resident = space.map.total;
  switch (call.integer(0)) {
    case RUSAGE.SELF:
      return putUsage(call, call.word(1), clocks.processorNs(), resident) ? 0 : -EFAULT;
    case RUSAGE.THREAD:
      return putUsage(call, call.word(1), clocks.processorNsOf(call.thread.host), resident) ? 0 : -EFAULT;
    case RUSAGE.CHILDREN:
      return putUsage(call, call.word(1), childrenNs, 0) ? 0 : -EFAULT;
    default:
      return -EINVAL;
  }
}

// ── prctl ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether any of prctl's last three arguments is other than 0. */
function restIsGiven(call: Call): boolean {
  return call.word(2) !== 0 || call.word(3) !== 0 || call.word(4) !== 0;
}

function prctl(call: Call): number {
  const { thread, memory, process } = call;
  const { attributes } = process;
  const argument = call.word(1);
  switch (call.integer(0)) {
    case PRCTL.SET_NAME: {
      const bytes = memory.readSome(argument, 16);
      if (bytes.length === 0) return -EFAULT;
      const end = bytes.indexOf(0);
      thread.name = String.fromCharCode(...bytes.subarray(0, end < 0 ? 15 : Math.min(end, 15)));
      return 0;
    }
    case PRCTL.GET_NAME: {
      const bytes = new Uint8Array(16);
      for (let index = 0; index < thread.name.length; index++) bytes[index] = thread.name.charCodeAt(index);
      return memory.write(argument, bytes) ? 0 : -EFAULT;
    }
    case PRCTL.GET_DUMPABLE:
      return attributes.dumpable;
    case PRCTL.SET_DUMPABLE:
      if (argument > 1) return -EINVAL;
      attributes.dumpable = argument;
      return 0;
    // Kept for whoever asks: there are no privileges that could be kept.
    case PRCTL.GET_KEEPCAPS:
      return thread.keepsPrivileges ? 1 : 0;
    case PRCTL.SET_KEEPCAPS:
      if (argument > 1) return -EINVAL;
      thread.keepsPrivileges = argument === 1;
      return 0;
    case PRCTL.SET_PDEATHSIG:
      if (argument > 64) return -EINVAL;
      process.parentDeathSignal = argument;
      return 0;
    case PRCTL.GET_PDEATHSIG:
      return memory.putUint32(argument, process.parentDeathSignal) ? 0 : -EFAULT;
    case PRCTL.SET_TIMERSLACK:
      attributes.timerSlackNs = argument === 0 ? DEFAULT_TIMER_SLACK_NS : argument;
      return 0;
    case PRCTL.GET_TIMERSLACK:
      return attributes.timerSlackNs;
    case PRCTL.SET_CHILD_SUBREAPER:
      attributes.childSubreaper = argument !== 0;
      return 0;
    case PRCTL.GET_CHILD_SUBREAPER:
      return memory.putUint32(argument, attributes.childSubreaper ? 1 : 0) ? 0 : -EFAULT;
    case PRCTL.SET_NO_NEW_PRIVS:
      if (argument !== 1 || restIsGiven(call)) return -EINVAL;
      attributes.noNewPrivileges = true;
      return 0;
    case PRCTL.GET_NO_NEW_PRIVS:
      if (argument !== 0 || restIsGiven(call)) return -EINVAL;
      return attributes.noNewPrivileges ? 1 : 0;
    case PRCTL.CAPBSET_READ:
      return argument <= 40 ? 0 : -EINVAL;
    default:
      // PR_SET_VMA (naming of mappings) among them: C libraries try it and go on.
      return -EINVAL;
  }
}

export const processCalls = {
  getpid: { support: 'full', arguments: [], handler: getpid },
  getppid: { support: 'full', note: '1 for the first process of a domain.', arguments: [], handler: getppid },
  getuid: { support: 'full', arguments: [], handler: identityOf('uid') },
  geteuid: { support: 'full', arguments: [], handler: identityOf('euid') },
  getgid: { support: 'full', arguments: [], handler: identityOf('gid') },
  getegid: { support: 'full', arguments: [], handler: identityOf('egid') },
  setuid: {
    support: 'full',
    note: 'What a program believes to be; it confers nothing.',
    arguments: ['integer'],
    handler: setuid,
  },
  setgid: { support: 'full', arguments: ['integer'], handler: setgid },
  setreuid: { support: 'full', arguments: ['integer', 'integer'], handler: setreuid },
  setregid: { support: 'full', arguments: ['integer', 'integer'], handler: setregid },
  setresuid: { support: 'full', arguments: ['integer', 'integer', 'integer'], handler: setresuid },
  setresgid: { support: 'full', arguments: ['integer', 'integer', 'integer'], handler: setresgid },
  getresuid: { support: 'full', arguments: ['address', 'address', 'address'], handler: getresuid },
  getresgid: { support: 'full', arguments: ['address', 'address', 'address'], handler: getresgid },
  setfsuid: {
    support: 'partial',
    note: 'Always the effective user.',
    arguments: ['integer'],
    handler: fileSystemIdentity('euid'),
  },
  setfsgid: {
    support: 'partial',
    note: 'Always the effective group.',
    arguments: ['integer'],
    handler: fileSystemIdentity('egid'),
  },
  getgroups: { support: 'full', arguments: ['integer', 'address'], handler: getgroups },
  setgroups: { support: 'full', arguments: ['integer', 'address'], handler: setgroups },
  getpgid: { support: 'full', arguments: ['integer'], handler: getpgid },
  getpgrp: { support: 'full', arguments: [], handler: getpgrp },
  setpgid: { support: 'full', arguments: ['integer', 'integer'], handler: setpgid },
  getsid: { support: 'full', arguments: ['integer'], handler: getsid },
  setsid: { support: 'full', arguments: [], handler: setsid },
  wait4: {
    support: 'full',
    arguments: ['integer', 'address', 'hex', 'address'],
    handler: wait4,
  },
  waitid: {
    support: 'full',
    arguments: ['integer', 'integer', 'address', 'hex', 'address'],
    handler: waitid,
  },
  execve: {
    support: 'partial',
    note: 'Static ELF files and #! scripts; one thread must be left.',
    arguments: ['path', 'strings', 'address'],
    handler: execve,
  },
  execveat: {
    support: 'partial',
    note: 'As execve; AT_EMPTY_PATH is refused (ENOENT).',
    arguments: ['directory', 'path', 'strings', 'address', 'at-flags'],
    handler: execveat,
  },
  getrlimit: { support: 'full', arguments: ['resource', 'address'], handler: getrlimit },
  setrlimit: {
    support: 'full',
    note: 'NOFILE, DATA, AS and FSIZE are enforced.',
    arguments: ['resource', 'address'],
    handler: setrlimit,
  },
  prlimit64: {
    support: 'full',
    note: 'As setrlimit; own process.',
    arguments: ['integer', 'resource', 'address', 'address'],
    handler: prlimit64,
  },
  getrusage: {
    support: 'partial',
    note: 'Processor time as user time, mapped memory as resident; the rest zero.',
    arguments: ['integer', 'address'],
    handler: getrusage,
  },
  prctl: {
    support: 'partial',
    note: 'Names, death signal, dumpable, subreaper and no-new-privileges.',
    arguments: ['hex', 'hex', 'hex', 'hex', 'hex'],
    handler: prctl,
  },
} as const satisfies Record<string, CallRow>;
