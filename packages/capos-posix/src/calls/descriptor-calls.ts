// The descriptor table and what a descriptor can be told: close, dup, fcntl, ioctl.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { PipeEnd } from '../files/pipe.ts';
import { RegularFile } from '../files/regular-file.ts';
import { ERRNO } from '../linux/errno.ts';
import { FCNTL, IOCTL, OPEN } from '../linux/file-flags.ts';
import { SocketFile } from '../sockets/socket-file.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';
import { notifyOfChanges } from './directory-notification.ts';
import { getLease, setLease } from './lease-calls.ts';
import { recordLock } from './lock-calls.ts';
import { addSeals, getSeals } from './seals.ts';
import { ownerOf, setOwner, setSignals, signalOwner } from './signal-driven-calls.ts';

const { EFAULT, EINVAL, EBADF } = ERRNO;

function close(call: Call): number {
  return call.process.descriptors.close(call.integer(0));
}

const CLOSE_RANGE = { UNSHARE: 2, CLOEXEC: 4 } as const;

function closeRange(call: Call): number {
  const first = call.unsigned(0);
  const last = call.unsigned(1);
  const flags = call.unsigned(2);
  if (first > last || (flags & ~(CLOSE_RANGE.UNSHARE | CLOSE_RANGE.CLOEXEC)) !== 0) return -EINVAL;
  const { descriptors } = call.process;
  for (const descriptor of [...descriptors.numbers()]) {
    if (descriptor < first || descriptor > last) continue;
    if ((flags & CLOSE_RANGE.CLOEXEC) !== 0) descriptors.setCloseOnExec(descriptor, true);
    else descriptors.close(descriptor);
  }
  return 0;
}

function dup(call: Call): number {
  const file = call.anyFile(0);
  return typeof file === 'number' ? file : call.process.descriptors.add(file, false);
}

function dup2(call: Call): number {
  const file = call.anyFile(0);
  if (typeof file === 'number') return file;
  const target = call.integer(1);
  if (target === call.integer(0)) return target;
  return call.process.descriptors.replace(target, file, false);
}

function dup3(call: Call): number {
  const flags = call.integer(2);
  if ((flags & ~OPEN.CLOEXEC) !== 0 || call.integer(0) === call.integer(1)) return -EINVAL;
  const file = call.anyFile(0);
  if (typeof file === 'number') return file;
  return call.process.descriptors.replace(call.integer(1), file, (flags & OPEN.CLOEXEC) !== 0);
}

/** Status flags F_SETFL may change; O_ASYNC is for `setSignals`. */
const SETTABLE = OPEN.APPEND | OPEN.NONBLOCK | OPEN.DIRECT | OPEN.NOATIME;

function fcntl(call: Call): MaybeBlocking<number> {
  const file = call.anyFile(0);
  if (typeof file === 'number') return file;
  const { descriptors } = call.process;
  const descriptor = call.integer(0);
  const argument = call.integer(2);
  const opens = (file.statusFlags & OPEN.PATH) === 0;
  switch (call.integer(1)) {
    case FCNTL.DUPFD:
    case FCNTL.DUPFD_CLOEXEC:
      if (argument < 0 || argument >= descriptors.limit) return -EINVAL;
      return descriptors.add(file, call.integer(1) === FCNTL.DUPFD_CLOEXEC, argument);
    case FCNTL.GETFD:
      return descriptors.closeOnExec(descriptor) ? 1 : 0;
    case FCNTL.SETFD:
      descriptors.setCloseOnExec(descriptor, (argument & 1) !== 0);
      return 0;
    case FCNTL.GETFL:
      return file.statusFlags | OPEN.LARGEFILE;
    case FCNTL.SETFL:
      if (!opens) return -EBADF;
      if (file.signals) setSignals(call, file, (argument & OPEN.ASYNC) !== 0);
      file.statusFlags = (file.statusFlags & ~SETTABLE) | (argument & SETTABLE);
      return 0;
    case FCNTL.GETLK:
    case FCNTL.OFD_GETLK:
    case FCNTL.SETLK:
    case FCNTL.OFD_SETLK:
    case FCNTL.SETLKW:
    case FCNTL.OFD_SETLKW:
      if (!opens) return -EBADF;
      return recordLock(call, file, call.integer(1));
    case FCNTL.SETOWN:
    case FCNTL.GETOWN:
    case FCNTL.SETOWN_EX:
    case FCNTL.GETOWN_EX:
    case FCNTL.SETSIG:
    case FCNTL.GETSIG:
      if (!opens) return -EBADF;
      return signalOwner(call, file, call.integer(1), argument);
    case FCNTL.SETLEASE:
      return opens ? setLease(call, file, argument) : -EBADF;
    case FCNTL.GETLEASE:
      return opens ? getLease(call, file) : -EBADF;
    case FCNTL.NOTIFY:
      return opens ? notifyOfChanges(call, file, argument) : -EBADF;
    case FCNTL.SETPIPE_SZ:
      return file instanceof PipeEnd ? file.resize(argument) : -EBADF;
    case FCNTL.GETPIPE_SZ:
      return file instanceof PipeEnd ? file.pipe.capacity : -EBADF;
    case FCNTL.ADD_SEALS:
      return opens ? addSeals(call, file, argument) : -EBADF;
    case FCNTL.GET_SEALS:
      return opens ? getSeals(file) : -EBADF;
    default:
      return -EINVAL;
  }
}

function ioctl(call: Call): MaybeBlocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  const request = call.unsigned(1);
  const argument = call.word(2);
  const { memory, process } = call;
  switch (request) {
    case IOCTL.FIOCLEX:
    case IOCTL.FIONCLEX:
      process.descriptors.setCloseOnExec(call.integer(0), request === IOCTL.FIOCLEX);
      return 0;
    case IOCTL.FIONBIO: {
      const on = memory.int32(argument);
      if (on === undefined) return -EFAULT;
      file.statusFlags = on !== 0 ? file.statusFlags | OPEN.NONBLOCK : file.statusFlags & ~OPEN.NONBLOCK;
      return 0;
    }
    case IOCTL.FIOASYNC: {
      const on = memory.int32(argument);
      if (on === undefined) return -EFAULT;
      // Without effect where nothing changes, so no file is asked whether it could.
      if ((on !== 0) === ((file.statusFlags & OPEN.ASYNC) !== 0)) return 0;
      if (!file.signals) return -ERRNO.ENOTTY;
      setSignals(call, file, on !== 0);
      return 0;
    }
    case IOCTL.FIOSETOWN:
    case IOCTL.SIOCSPGRP: {
      if (!(file instanceof SocketFile)) return -ERRNO.ENOTTY;
      const owner = memory.int32(argument);
      return owner === undefined ? -EFAULT : setOwner(call, file, owner);
    }
    case IOCTL.FIOGETOWN:
    case IOCTL.SIOCGPGRP:
      if (!(file instanceof SocketFile)) return -ERRNO.ENOTTY;
      return memory.putUint32(argument, ownerOf(file) >>> 0) ? 0 : -EFAULT;
    case IOCTL.FIONREAD:
      if (file instanceof RegularFile) return remaining(call, file, argument);
  }
  call.hold(file);
  return file.ioctl({ request, argument, memory, process });
}

function* remaining(call: Call, file: RegularFile, address: number): Blocking<number> {
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  return call.memory.putUint32(address, Math.max(0, status.size - file.offset)) ? 0 : -EFAULT;
}

export const descriptorCalls = {
  close: { support: 'full', arguments: ['descriptor'], handler: close },
  close_range: { support: 'full', arguments: ['unsigned', 'unsigned', 'hex'], handler: closeRange },
  dup: { support: 'full', arguments: ['descriptor'], handler: dup },
  dup2: { support: 'full', arguments: ['descriptor', 'integer'], handler: dup2 },
  dup3: { support: 'full', arguments: ['descriptor', 'integer', 'open-flags'], handler: dup3 },
  fcntl: {
    support: 'partial',
    note: 'Descriptor and status flags, duplication, record locks (within the domain), pipe sizes, seals, leases and F_NOTIFY (of what the domain does).',
    arguments: ['descriptor', 'fcntl-command', 'hex'],
    handler: fcntl,
  },
  ioctl: {
    support: 'partial',
    note: 'Terminal attributes, window size and process group on consoles; FIONREAD, FIONBIO, FIOASYNC, FIOCLEX. ENOTTY for what is no terminal.',
    arguments: ['descriptor', 'ioctl-request', 'address'],
    handler: ioctl,
  },
} as const satisfies Record<string, CallRow>;
