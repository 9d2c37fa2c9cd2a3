// What becomes of a call that its thread's filters do not let through.

import type { Call } from '../call.ts';
import type { CallHandler } from '../call-row.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { SIGNAL } from '../linux/signal-numbers.ts';
import { ACTION, ARCHITECTURE, SECCOMP_MODE, type Seccomp } from './seccomp.ts';

const LARGEST_ERRNO = 4095;
const RESTARTS: readonly number[] = Object.values(RESTART);
/** si_code of SIGSYS: SYS_SECCOMP. */
const SYS_SECCOMP = 1;

/** What is done instead; undefined: it is let through. */
export function verdict(seccomp: Seccomp, call: Call): CallHandler | undefined {
  const returned = seccomp.judge(call.number, call.thread.host.rip, (index) => call.bits(index));
  const data = returned & 0xffff;
  switch ((returned & 0xffff_0000) >>> 0) {
    case ACTION.ALLOW:
    case ACTION.LOG:
      return undefined;
    case ACTION.ERRNO:
      return () => answer(call, Math.min(data, LARGEST_ERRNO));
    case ACTION.TRAP:
      return () => trap(call, data);
    // Nobody traces, and nobody listens.
    case ACTION.TRACE:
    case ACTION.USER_NOTIF:
      return () => -ERRNO.ENOSYS;
    case ACTION.KILL_THREAD:
      return () => endThread(call, seccomp.mode === SECCOMP_MODE.STRICT ? SIGNAL.KILL : SIGNAL.SYS);
    default:
      return () => void call.process.killedBy(SIGNAL.SYS);
  }
}

/** The errno, whichever it is: one by which calls here say that they are to be started over says nothing of the kind in a filter. */
function answer(call: Call, errno: number): number | undefined {
  if (errno === 0) return 0;
  if (!RESTARTS.includes(-errno)) return -errno;
  call.setResult(-errno);
  return undefined;
}

/** The registers are as they were at the call. */
function trap(call: Call, data: number): undefined {
  const { thread } = call;
  const refusedCall = { address: thread.host.rip, number: call.number, architecture: ARCHITECTURE };
  thread.force({ signal: SIGNAL.SYS, code: SYS_SECCOMP, error: data, refusedCall });
  return undefined;
}

function endThread({ process, thread }: Call, signal: number): undefined {
  if (process.threads.size > 1) process.endThread(thread, 0);
  else process.killedBy(signal);
  return undefined;
}
