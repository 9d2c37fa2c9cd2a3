// Signal calls: actions, masks, alternate stacks, sending, waiting.

import { REGISTER } from '@capos/abi';
import type { Call, CallAnswer } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { SignalFile } from '../files/signal-file.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import { defaultAction, SA, SI, SIG_DFL, SIG_HOW, SIG_IGN, SIGNAL, SS } from '../linux/signal-numbers.ts';
import { INIT_PID } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { PosixThread } from '../posix-thread.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { encodeSignalInfo, SIGNAL_INFO_SIZE, type SignalInfo } from '../signals/signal-info.ts';
import { maskable, type SignalSet } from '../signals/signal-set.ts';
import { readTimespec } from '../time/timespec.ts';
import { type Blocking, WAIT_FOR_SIGNAL, type Wait } from '../waiting.ts';

const { EAGAIN, EFAULT, EINVAL, ENOMEM, EPERM, ESRCH } = ERRNO;
const SIGSET_SIZE = 8;

function validSignal(signal: number): boolean {
  return signal >= 1 && signal <= SIGNAL.RTMAX;
}

/** struct sigaction of the kernel: handler 0, flags 8, restorer 16, mask 24. */
function rtSigaction(call: Call): number {
  const signal = call.integer(0);
  if (call.word(3) !== SIGSET_SIZE || !validSignal(signal)) return -EINVAL;
  const { actions, pending, threads } = call.process;
  const source = call.word(1);
  const target = call.word(2);
  const old = actions.get(signal);
  if (source !== 0) {
    if (signal === SIGNAL.KILL || signal === SIGNAL.STOP) return -EINVAL;
    const view = call.memory.view(source, 32);
    if (view === undefined) return -EFAULT;
    const handler = Number(view.getBigUint64(0, true));
    const flags = Number(view.getBigUint64(8, true) & 0xffff_ffffn);
    const action = {
      handler,
      flags,
      restorer: Number(view.getBigUint64(16, true)),
      mask: maskable(view.getBigUint64(24, true)),
    };
    actions.set(signal, action);
    // What is pending and now ignored is dropped (POSIX sigaction).
    if (handler === SIG_IGN || (handler === SIG_DFL && defaultAction(signal) === 'ignore')) {
      pending.discard(signal);
      for (const thread of threads.values()) thread.pending.discard(signal);
    }
  }
  if (target === 0) return 0;
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(old.handler), true);
  view.setBigUint64(8, BigInt(old.flags >>> 0), true);
  view.setBigUint64(16, BigInt(old.restorer), true);
  view.setBigUint64(24, old.mask, true);
  return call.memory.write(target, bytes) ? 0 : -EFAULT;
}

function rtSigprocmask(call: Call): number {
  if (call.word(3) !== SIGSET_SIZE) return -EINVAL;
  const { thread, memory } = call;
  const old = thread.blocked;
  const source = call.word(1);
  if (source !== 0) {
    const set = memory.uint64(source);
    if (set === undefined) return -EFAULT;
    switch (call.integer(0)) {
      case SIG_HOW.BLOCK:
        thread.blocked = old | set;
        break;
      case SIG_HOW.UNBLOCK:
        thread.blocked = old & ~set;
        break;
      case SIG_HOW.SETMASK:
        thread.blocked = set;
        break;
      default:
        return -EINVAL;
    }
  }
  const target = call.word(2);
  return target === 0 || memory.putUint64(target, old) ? 0 : -EFAULT;
}

function rtSigpending(call: Call): number {
  if (call.word(1) > SIGSET_SIZE) return -EINVAL;
  const { thread, process } = call;
  const set = (thread.pending.set | process.pending.set) & thread.blocked;
  return call.memory.putUint64(call.word(0), set) ? 0 : -EFAULT;
}

function* rtSigsuspend(call: Call): Blocking<number> {
  if (call.word(1) !== SIGSET_SIZE) return -EINVAL;
  const set = call.memory.uint64(call.word(0));
  if (set === undefined) return -EFAULT;
  call.thread.maskForCall(set);
  for (;;) if ((yield WAIT_FOR_SIGNAL) === 'interrupted') return RESTART.UNLESS_HANDLED;
}

function rtSigreturn(call: Call): CallAnswer {
  if (!call.thread.returnFromSignal()) {
    call.process.killedBy(SIGNAL.SEGV);
    return undefined;
  }
  return undefined;
}

function* rtSigtimedwait(call: Call): Blocking<number> {
  if (call.word(3) !== SIGSET_SIZE) return -EINVAL;
  const { memory, process, thread } = call;
  const set = memory.uint64(call.word(0));
  if (set === undefined) return -EFAULT;
  const wanted: SignalSet = maskable(set);
  let deadlineNs: number | undefined;
  if (call.word(2) !== 0) {
    const span = readTimespec(memory, call.word(2));
    if (typeof span === 'number') return span;
    deadlineNs = process.clocks.monotonicOrZero() + Number(span);
  }
  const take = (): SignalInfo | undefined => thread.pending.take(wanted) ?? process.pending.take(wanted);
  let info = take();
  if (info === undefined) {
    // While it waits, the wanted signals are unblocked, so that one of them ends the wait.
    const blocked = thread.blocked;
    thread.blockedBefore = blocked;
    thread.blocked = blocked & ~wanted;
    let reason: string;
    try {
      const wait: Wait = { interruptible: true, deadlineNs, begin: () => undefined };
      reason = yield wait;
      info = take();
    } finally {
      thread.blockedBefore = 0n;
      thread.blocked = blocked;
    }
    if (info === undefined) return reason === 'interrupted' ? -ERRNO.EINTR : -EAGAIN;
  }
  const target = call.word(1);
  return target === 0 || memory.write(target, encodeSignalInfo(info)) ? info.signal : -EFAULT;
}

/** stack_t: base 0, flags 8, size 16. */
function sigaltstack(call: Call): number {
  const { thread, memory } = call;
  const rsp = Number(BigInt.asUintN(64, thread.host.registers[REGISTER.RSP]!));
  const source = call.word(0);
  const target = call.word(1);
  const old = thread.alternateStack;
  const oldFlags = thread.alternateStackFlags(rsp);
  if (source !== 0) {
    const view = memory.view(source, 24);
    if (view === undefined) return -EFAULT;
    if (thread.onAlternateStack(rsp)) return -EPERM;
    const flags = view.getInt32(8, true);
    const mode = flags & ~SS.AUTODISARM;
    if (mode !== 0 && mode !== SS.ONSTACK && mode !== SS.DISABLE) return -EINVAL;
    const size = Number(view.getBigUint64(16, true));
    if (mode === SS.DISABLE) {
      thread.alternateStack = { base: 0, size: 0, flags: SS.DISABLE };
    } else {
      if (size < SS.MINIMUM) return -ENOMEM;
      thread.alternateStack = { base: Number(view.getBigUint64(0, true)), size, flags: flags & SS.AUTODISARM };
    }
  }
  if (target === 0) return 0;
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(old.base), true);
  view.setInt32(8, oldFlags, true);
  view.setBigUint64(16, BigInt(old.size), true);
  return memory.write(target, bytes) ? 0 : -EFAULT;
}

// ── sending ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether the caller may send this signal to a process (kill(2)). */
function maySignal(call: Call, target: PosixProcess, signal: number): boolean {
  const { process } = call;
  const { identity } = process;
  const { uid, euid } = identity;
  if (target === process || has(identity, PRIVILEGE.KILL)) return true;
  const owner = target.identity;
  if ([uid, euid].some((id) => id === owner.uid || id === owner.suid)) return true;
  return signal === SIGNAL.CONT && target.session === process.session;
}

/** Init, which belongs to uid 0, takes no notice. */
function signalInit(call: Call): number {
  return has(call.process.identity, PRIVILEGE.KILL) ? 0 : -EPERM;
}

/** The processes that kill(2)'s pid argument means: nobody outside the domain. */
function targetsOf(call: Call, pid: number): PosixProcess[] {
  const { process } = call;
  const { domain } = process;
  if (pid > 0) {
    const one = domain.processNumbered(pid);
    return one === undefined ? [] : [one];
  }
  if (pid === 0) return domain.inGroup(process.group);
  if (pid === -1) return [...domain.processes.values()].filter((other) => other !== process);
  return domain.inGroup(-pid);
}

function kill(call: Call): number {
  const pid = call.integer(0);
  const signal = call.integer(1);
  if (signal !== 0 && !validSignal(signal)) return -EINVAL;
  if (pid === INIT_PID) return signalInit(call);
  const targets = targetsOf(call, pid);
  if (targets.length === 0) return -ESRCH;
  const permitted = targets.filter((target) => maySignal(call, target, signal));
  if (permitted.length === 0) return -EPERM;
  if (signal === 0) return 0;
  const info = call.thread.senderInfo(signal);
  for (const target of permitted) target.send(info);
  return 0;
}

function sendToThread(call: Call, target: PosixThread | undefined, signal: number): number {
  if (signal !== 0 && !validSignal(signal)) return -EINVAL;
  if (target === undefined) return -ESRCH;
  if (!maySignal(call, target.process, signal)) return -EPERM;
  if (signal !== 0 && !target.send(call.thread.senderInfo(signal, SI.TKILL))) return -EAGAIN;
  return 0;
}

function tkill(call: Call): number {
  const tid = call.integer(0);
  if (tid <= 0) return -EINVAL;
  return sendToThread(call, call.process.domain.threadNumbered(tid), call.integer(1));
}

function tgkill(call: Call): number {
  const group = call.integer(0);
  const tid = call.integer(1);
  if (group <= 0 || tid <= 0) return -EINVAL;
  const process = call.process.domain.processes.get(group);
  return sendToThread(call, process?.threads.get(tid), call.integer(2));
}

/** The siginfo that the program passed: to others it may not claim to come from the kernel or from kill(2). */
function infoAt(call: Call, address: number, signal: number, toItself: boolean): SignalInfo | number {
  const raw = call.memory.bytes(address, SIGNAL_INFO_SIZE);
  if (raw === undefined) return -EFAULT;
  const view = new DataView(raw.buffer);
  const code = view.getInt32(8, true);
  if ((code >= 0 || code === SI.TKILL) && !toItself) return -EPERM;
  view.setInt32(0, signal, true);
  return { signal, code, raw };
}

function queueTo(
  call: Call,
  target: PosixProcess | undefined,
  thread: PosixThread | undefined,
  signal: number,
  address: number,
): number {
  const info = infoAt(call, address, signal, target === call.process);
  if (typeof info === 'number') return info;
  if (signal !== 0 && !validSignal(signal)) return -EINVAL;
  if (target === undefined) return -ESRCH;
  if (!maySignal(call, target, signal)) return -EPERM;
  return signal === 0 || target.send(info, thread) ? 0 : -EAGAIN;
}

/**
 * A signal to the process that a descriptor names (pidfd_send_signal(2)); `address`: what it carries, 0 for what kill(2)
 * would send.
 */
export function sendTo(call: Call, target: PosixProcess, signal: number, address: number): number {
  let info: SignalInfo | number = call.thread.senderInfo(signal);
  if (address !== 0) {
    const said = call.memory.int32(address);
    if (said === undefined) return -EFAULT;
    if (said !== signal) return -EINVAL;
    info = infoAt(call, address, signal, target === call.process);
    if (typeof info === 'number') return info;
  }
  if (signal !== 0 && !validSignal(signal)) return -EINVAL;
  if (target.ended && !target.isZombie) return -ESRCH;
  if (!maySignal(call, target, signal)) return -EPERM;
  return signal === 0 || target.send(info) ? 0 : -EAGAIN;
}

function rtSigqueueinfo(call: Call): number {
  const pid = call.integer(0);
  if (pid === INIT_PID) return signalInit(call);
  const target = pid > 0 ? targetsOf(call, pid)[0] : undefined;
  return queueTo(call, target, undefined, call.integer(1), call.word(2));
}

function rtTgsigqueueinfo(call: Call): number {
  if (call.integer(0) <= 0 || call.integer(1) <= 0) return -EINVAL;
  const process = call.process.domain.processes.get(call.integer(0));
  const thread = process?.threads.get(call.integer(1));
  return queueTo(call, thread && process, thread, call.integer(2), call.word(3));
}

function signalfdWith(call: Call, flags: number): number {
  if (call.word(2) !== SIGSET_SIZE || (flags & ~(OPEN.CLOEXEC | OPEN.NONBLOCK)) !== 0) return -EINVAL;
  const set = call.memory.uint64(call.word(1));
  if (set === undefined) return -EFAULT;
  const descriptor = call.integer(0);
  if (descriptor !== -1) {
    const file = call.file(0);
    if (typeof file === 'number') return file;
    if (!(file instanceof SignalFile)) return -EINVAL;
    file.wanted = maskable(set);
    file.changed.notify();
    return descriptor;
  }
  const file = new SignalFile(call.process, maskable(set), OPEN.RDWR | (flags & OPEN.NONBLOCK)).retain();
  const added = call.process.descriptors.add(file, (flags & OPEN.CLOEXEC) !== 0);
  file.release();
  return added;
}

function signalfd(call: Call): number {
  return signalfdWith(call, 0);
}

function signalfd4(call: Call): number {
  return signalfdWith(call, call.integer(3));
}

const NO_SIGINFO_NOTE = `Flags of a handler: SA_SIGINFO, SA_ONSTACK, SA_RESTART, SA_NODEFER, SA_RESETHAND; SA_RESTORER (0x${SA.RESTORER.toString(16)}) is required, as on Linux.`;

export const signalCalls = {
  rt_sigaction: {
    support: 'full',
    note: NO_SIGINFO_NOTE,
    arguments: ['signal', 'signal-action', 'address', 'size'],
    handler: rtSigaction,
  },
  rt_sigprocmask: {
    support: 'full',
    arguments: ['signal-how', 'signal-set', 'address', 'size'],
    handler: rtSigprocmask,
  },
  rt_sigpending: { support: 'full', arguments: ['address', 'size'], handler: rtSigpending },
  rt_sigsuspend: { support: 'full', arguments: ['signal-set', 'size'], handler: rtSigsuspend },
  rt_sigreturn: { support: 'full', arguments: [], handler: rtSigreturn },
  rt_sigtimedwait: {
    support: 'full',
    arguments: ['signal-set', 'address', 'timespec', 'size'],
    handler: rtSigtimedwait,
  },
  sigaltstack: { support: 'full', arguments: ['address', 'address'], handler: sigaltstack },
  kill: {
    support: 'full',
    note: 'Reaches the processes of the domain.',
    arguments: ['integer', 'signal'],
    handler: kill,
  },
  tkill: { support: 'full', arguments: ['integer', 'signal'], handler: tkill },
  tgkill: { support: 'full', arguments: ['integer', 'integer', 'signal'], handler: tgkill },
  rt_sigqueueinfo: { support: 'full', arguments: ['integer', 'signal', 'address'], handler: rtSigqueueinfo },
  rt_tgsigqueueinfo: {
    support: 'full',
    arguments: ['integer', 'integer', 'signal', 'address'],
    handler: rtTgsigqueueinfo,
  },
  signalfd: { support: 'full', arguments: ['descriptor', 'signal-set', 'size'], handler: signalfd },
  signalfd4: { support: 'full', arguments: ['descriptor', 'signal-set', 'size', 'open-flags'], handler: signalfd4 },
} as const satisfies Record<string, CallRow>;
