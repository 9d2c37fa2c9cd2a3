// Descriptors of processes: pidfd_open, pidfd_send_signal, pidfd_getfd; and kcmp, which compares what processes have. waitid takes them too, and clone gives them (CLONE_PIDFD).

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { DirectoryFile } from '../files/directory-file.ts';
import { ProcessFile } from '../files/process-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { mayReachInto } from '../process/access-mode.ts';
import { sendTo } from './signal-calls.ts';

const { EBADF, EINVAL, EPERM, ESRCH } = ERRNO;

/** A descriptor of the process, closed by execve as all such are; or −EMFILE. */
export function openProcess(holder: PosixProcess, process: PosixProcess, nonBlocking: boolean): number {
  return holder.descriptors.add(new ProcessFile(process, OPEN.RDWR | (nonBlocking ? OPEN.NONBLOCK : 0)), true);
}

/** The process behind a descriptor argument. */
export function processFileAt(call: Call, index: number): ProcessFile | number {
  const file = call.file(index);
  if (typeof file === 'number') return file;
  return file instanceof ProcessFile ? file : -EBADF;
}

function pidfdOpen(call: Call): number {
  const pid = call.integer(0);
  const flags = call.unsigned(1);
  if ((flags & ~OPEN.NONBLOCK) !== 0 || pid <= 0) return -EINVAL;
  const { domain } = call.process;
  const process = domain.processes.get(pid) ?? domain.zombie(pid);
  // A thread that does not lead its process has no descriptor of its own.
  if (process === undefined) return domain.threadNumbered(pid) === undefined ? -ESRCH : -EINVAL;
  return openProcess(call.process, process, flags !== 0);
}

function pidfdSendSignal(call: Call): number {
  if (call.unsigned(3) !== 0) return -EINVAL;
  const opened = call.file(0);
  const shown = opened instanceof DirectoryFile ? processShownBy(call, opened) : undefined;
  const file = shown === undefined ? processFileAt(call, 0) : { process: shown };
  if (typeof file === 'number') return file;
  return sendTo(call, file.process, call.integer(1), call.word(2));
}

/** The process whose directory of /proc it is: as good as a descriptor of it to send signals by (pidfd_send_signal(2)). */
function processShownBy({ process: { domain } }: Call, { node }: DirectoryFile): PosixProcess | undefined {
  const { mount, name, parent } = node;
  const isProc = mount.type === 'proc' || (mount.source === undefined && mount.path === '/proc');
  if (!isProc || parent?.mount !== mount || parent.parent?.mount === mount) return undefined;
  return domain.processes.get(Number(name)) ?? domain.zombie(Number(name));
}

/** A description of another process, as if it had sent it. */
function pidfdGetfd(call: Call): number {
  if (call.unsigned(2) !== 0) return -EINVAL;
  const file = processFileAt(call, 0);
  if (typeof file === 'number') return file;
  const { process } = file;
  if (process.ended) return -ESRCH;
  if (!mayReachInto(call.process, process)) return -EPERM;
  const wanted = process.descriptors.get(call.integer(1));
  if (wanted === undefined) return -EBADF;
  wanted.outliveHolder();
  return call.process.descriptors.add(wanted, true);
}

/** What kcmp compares. */
const COMPARED = { FILE: 0, VM: 1, FILES: 2, FS: 3, SIGHAND: 4, IO: 5, SYSVSEM: 6 } as const;
const EQUAL = 0;

function comparison({ domain }: PosixProcess, left: object, right: object): number {
  return left === right ? EQUAL : domain.order(left) < domain.order(right) ? 1 : 2;
}

/** kcmp(2): 0 for the same, else 1 or 2, by which things can be put in an order. */
function kcmp(call: Call): number {
  const { domain } = call.process;
  const [one, two] = [call.integer(0), call.integer(1)].map((pid) => domain.threadNumbered(pid)?.process);
  if (one === undefined || two === undefined) return -ESRCH;
  if (!mayReachInto(call.process, one) || !mayReachInto(call.process, two)) return -EPERM;
  switch (call.integer(2)) {
    case COMPARED.FILE: {
      const [left, right] = [one.descriptors.get(call.integer(3)), two.descriptors.get(call.integer(4))];
      if (left === undefined || right === undefined) return -EBADF;
      return comparison(call.process, left, right);
    }
    case COMPARED.FILES:
      return comparison(call.process, one.descriptors, two.descriptors);
    case COMPARED.VM:
      return comparison(call.process, one.space, two.space);
    case COMPARED.FS:
    case COMPARED.SIGHAND:
      return comparison(call.process, one, two);
    // Nobody has a context of input and output, or undo values that are shared.
    case COMPARED.IO:
    case COMPARED.SYSVSEM:
      return EQUAL;
    default:
      return -EINVAL;
  }
}

export const processDescriptorCalls = {
  pidfd_getfd: {
    support: 'full',
    note: 'The processes of the domain.',
    arguments: ['descriptor', 'integer', 'hex'],
    handler: pidfdGetfd,
  },
  kcmp: {
    support: 'partial',
    note: 'The processes of the domain. Not KCMP_EPOLL_TFD.',
    arguments: ['integer', 'integer', 'integer', 'hex', 'hex'],
    handler: kcmp,
  },
  pidfd_open: {
    support: 'full',
    note: 'The processes of the domain.',
    arguments: ['integer', 'open-flags'],
    handler: pidfdOpen,
  },
  pidfd_send_signal: {
    support: 'full',
    arguments: ['descriptor', 'signal', 'address', 'hex'],
    handler: pidfdSendSignal,
  },
} as const satisfies Record<string, CallRow>;
