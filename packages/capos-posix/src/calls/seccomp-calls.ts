// seccomp, and what prctl does of it.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { FilterProgram, MOST_INSTRUCTIONS } from '../seccomp/filter-program.ts';
import { ACTION, SECCOMP_MODE, Seccomp } from '../seccomp/seccomp.ts';

const { EACCES, EFAULT, EINVAL, ENOMEM, EOPNOTSUPP, ESRCH } = ERRNO;

const OPERATION = { SET_MODE_STRICT: 0, SET_MODE_FILTER: 1, GET_ACTION_AVAIL: 2 } as const;
/** Flags of a new filter. What LOG and SPEC_ALLOW ask for has no effect here; there are no listeners. */
const FLAG = { TSYNC: 1, LOG: 2, SPEC_ALLOW: 4, TSYNC_ESRCH: 0x10, KNOWN: 0x17 } as const;
const INSTRUCTION_BYTES = 8;

function setStrict({ thread }: Call): number {
  if (thread.seccomp !== undefined && thread.seccomp.mode !== SECCOMP_MODE.STRICT) return -EINVAL;
  thread.seccomp = new Seccomp(SECCOMP_MODE.STRICT, []);
  return 0;
}

/** sock_fprog: u16 length at 0, pointer at 8. */
function readFilter({ memory }: Call, address: number): FilterProgram | number {
  const view = memory.view(address, 16);
  if (view === undefined) return -EFAULT;
  const count = view.getUint16(0, true);
  if (count === 0 || count > MOST_INSTRUCTIONS) return -EINVAL;
  const bytes = memory.bytes(Number(view.getBigUint64(8, true)), count * INSTRUCTION_BYTES);
  if (bytes === undefined) return -EFAULT;
  return FilterProgram.read(bytes) ?? -EINVAL;
}

function setFilter(call: Call, flags: number, address: number): number {
  const { process, thread } = call;
  if ((flags & ~FLAG.KNOWN) !== 0) return -EINVAL;
  if ((flags & FLAG.TSYNC_ESRCH) !== 0 && (flags & FLAG.TSYNC) === 0) return -EINVAL;
  const filter = readFilter(call, address);
  if (typeof filter === 'number') return filter;
  // A program executed later must not have more than it is let.
  if (!process.attributes.noNewPrivileges && !has(process.identity, PRIVILEGE.SYS_ADMIN)) return -EACCES;
  if (thread.seccomp?.mode === SECCOMP_MODE.STRICT) return -EINVAL;
  const all = (flags & FLAG.TSYNC) !== 0;
  if (all) {
    const own = thread.seccomp ?? new Seccomp(SECCOMP_MODE.FILTER, []);
    const apart = [...process.threads.values()].find((other) => !own.extends(other.seccomp));
    if (apart !== undefined) return (flags & FLAG.TSYNC_ESRCH) !== 0 ? -ESRCH : apart.tid;
  }
  const seccomp = Seccomp.with(thread.seccomp, filter);
  if (seccomp === undefined) return -ENOMEM;
  for (const other of all ? process.threads.values() : [thread]) other.seccomp = seccomp;
  return 0;
}

function isAvailable({ memory }: Call, address: number): number {
  const action = memory.uint32(address);
  if (action === undefined) return -EFAULT;
  const known = Object.values(ACTION).some((one) => one === action && one !== ACTION.USER_NOTIF);
  return known ? 0 : -EOPNOTSUPP;
}

function seccomp(call: Call): number {
  const flags = call.unsigned(1);
  const address = call.word(2);
  switch (call.unsigned(0)) {
    case OPERATION.SET_MODE_STRICT:
      return flags !== 0 || address !== 0 ? -EINVAL : setStrict(call);
    case OPERATION.SET_MODE_FILTER:
      return setFilter(call, flags, address);
    case OPERATION.GET_ACTION_AVAIL:
      return flags !== 0 ? -EINVAL : isAvailable(call, address);
    default:
      return -EINVAL;
  }
}

/** PR_SET_SECCOMP. */
export function setSeccompMode(call: Call): number {
  const mode = call.word(1);
  if (mode === SECCOMP_MODE.STRICT) return setStrict(call);
  return mode === SECCOMP_MODE.FILTER ? setFilter(call, 0, call.word(2)) : -EINVAL;
}

export const seccompCalls = {
  seccomp: {
    support: 'partial',
    note: 'Strict mode and filters, for one thread or all. No listeners, nothing is logged.',
    arguments: ['integer', 'hex', 'address'],
    handler: seccomp,
  },
} as const satisfies Record<string, CallRow>;
