// Resource limits, and what has been used.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import { RLIM_INFINITY } from '../system/resource-limits.ts';
import { writeTimeval } from '../time/timespec.ts';
import { knownThread } from './scheduling-calls.ts';

const { EFAULT, EINVAL, EPERM, ESRCH } = ERRNO;

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
  if (resource === RLIMIT.CPU) process.processorLimit.watch();
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
export function putUsage(call: Call, address: number, userNs: number, residentBytes: number): boolean {
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

export const limitCalls = {
  getrlimit: { support: 'full', arguments: ['resource', 'address'], handler: getrlimit },
  setrlimit: {
    support: 'full',
    note: 'NOFILE, DATA, AS, FSIZE, CPU and SIGPENDING are enforced.',
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
} as const satisfies Record<string, CallRow>;
