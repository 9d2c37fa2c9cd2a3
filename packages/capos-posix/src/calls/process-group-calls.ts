// Process groups and sessions.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { INIT_PID } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';

const { EACCES, EINVAL, EPERM, ESRCH } = ERRNO;

function processAt(call: Call, index: number): PosixProcess | undefined {
  const pid = call.integer(index);
  return pid === 0 ? call.process : call.process.domain.processNumbered(pid);
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

export const processGroupCalls = {
  getpgid: { support: 'full', arguments: ['integer'], handler: getpgid },
  getpgrp: { support: 'full', arguments: [], handler: getpgrp },
  setpgid: { support: 'full', arguments: ['integer', 'integer'], handler: setpgid },
  getsid: { support: 'full', arguments: ['integer'], handler: getsid },
  setsid: { support: 'full', arguments: [], handler: setsid },
} as const satisfies Record<string, CallRow>;
