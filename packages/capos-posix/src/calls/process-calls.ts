// Process calls: numbers, execve, and the attributes that prctl sets.

import type { Call, CallAnswer } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { PRCTL } from '../linux/thread-flags.ts';
import { INIT_PID } from '../posix-domain.ts';
import { executeImage } from '../process/execute.ts';
import type { Blocking } from '../waiting.ts';
import { privilegeControl } from './privilege-calls.ts';
import { setSeccompMode } from './seccomp-calls.ts';

const { EFAULT, EINVAL } = ERRNO;

function getpid(call: Call): number {
  return call.process.pid;
}

function getppid(call: Call): number {
  return call.process.parent?.pid ?? INIT_PID;
}

function execve(call: Call): Blocking<CallAnswer> {
  return executeImage(call, undefined, 0, 1, 2, 0);
}

function execveat(call: Call): Blocking<CallAnswer> {
  return executeImage(call, 0, 1, 2, 3, call.integer(4));
}

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
    case PRCTL.SET_PDEATHSIG:
      if (argument > 64) return -EINVAL;
      process.parentDeathSignal = argument;
      return 0;
    case PRCTL.GET_PDEATHSIG:
      return memory.putUint32(argument, process.parentDeathSignal) ? 0 : -EFAULT;
    case PRCTL.SET_TIMERSLACK:
      attributes.timerSlackNs = argument === 0 ? attributes.defaultTimerSlackNs : argument;
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
    case PRCTL.GET_SECCOMP:
      return thread.seccomp?.mode ?? 0;
    case PRCTL.SET_SECCOMP:
      return setSeccompMode(call);
    case PRCTL.CAPBSET_READ:
    case PRCTL.CAPBSET_DROP:
    case PRCTL.GET_SECUREBITS:
    case PRCTL.SET_SECUREBITS:
    case PRCTL.GET_KEEPCAPS:
    case PRCTL.SET_KEEPCAPS:
    case PRCTL.CAP_AMBIENT:
      return privilegeControl(call, call.integer(0));
    default:
      // PR_SET_VMA (naming of mappings) among them: C libraries try it and go on.
      return -EINVAL;
  }
}

export const processCalls = {
  getpid: { support: 'full', arguments: [], handler: getpid },
  getppid: { support: 'full', note: '1 for the first process of a domain.', arguments: [], handler: getppid },
  execve: {
    support: 'partial',
    note: 'ELF files, static or with an interpreter that is mounted, and #! scripts.',
    arguments: ['path', 'strings', 'address'],
    handler: execve,
  },
  execveat: {
    support: 'partial',
    note: 'As execve, by a descriptor alone too.',
    arguments: ['directory', 'path', 'strings', 'address', 'at-flags'],
    handler: execveat,
  },
  prctl: {
    support: 'partial',
    note: 'Names, death signal, dumpable, subreaper and no-new-privileges, seccomp, privileges.',
    arguments: ['hex', 'hex', 'hex', 'hex', 'hex'],
    handler: prctl,
  },
} as const satisfies Record<string, CallRow>;
