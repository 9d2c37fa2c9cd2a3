// Waiting for children: that they end, stop or go on.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { Ending } from '../process/orphans.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { putUsage } from './limit-calls.ts';
import { processFileAt } from './process-descriptor-calls.ts';

const { ECHILD, EFAULT, EINVAL } = ERRNO;

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

type Change = Ending<PosixProcess> | { readonly stopped: PosixProcess } | { readonly continued: PosixProcess };

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
  if ((options & ~known) !== 0) return -EINVAL;
  if (pid === -0x8000_0000) return -ERRNO.ESRCH;
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

export const waitCalls = {
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
} as const satisfies Record<string, CallRow>;
