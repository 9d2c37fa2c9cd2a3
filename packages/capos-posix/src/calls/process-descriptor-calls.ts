// Descriptors of processes: pidfd_open, pidfd_send_signal. waitid takes them too, and clone gives them (CLONE_PIDFD).

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ProcessFile } from '../files/process-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import type { PosixProcess } from '../posix-process.ts';
import { sendTo } from './signal-calls.ts';

const { EBADF, EINVAL, ESRCH } = ERRNO;

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
  const file = processFileAt(call, 0);
  if (typeof file === 'number') return file;
  return sendTo(call, file.process, call.integer(1), call.word(2));
}

export const processDescriptorCalls = {
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
