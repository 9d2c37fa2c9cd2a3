// POSIX message queues (mq_overview(7)). A library strips the leading slash of a name before it gets here.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { MessageQueue, MessageQueueFile } from '../files/message-queue.ts';
import { ERRNO, RESTART } from '../linux/errno.ts';
import { NAME_MAX, OPEN } from '../linux/file-flags.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { readTimespec } from '../time/timespec.ts';
import { type Blocking, settle, waitForChange } from '../waiting.ts';

const { EACCES, EAGAIN, EBADF, EBUSY, EEXIST, EFAULT, EINVAL, EMSGSIZE, ENAMETOOLONG, ENOENT, ETIMEDOUT } = ERRNO;

/** Queues a domain may have, messages of one, bytes of a message: what Linux lets root have, in proportion. */
export const MOST_QUEUES = 256;
export const QUEUE_DEFAULT = { maxMessages: 10, messageSize: 8192 } as const;
const LARGEST = { maxMessages: 65_536, messageSize: 16_777_216, bytes: 67_108_864 } as const;
const PRIORITIES = 32_768;
/** What mq_notify's sigevent may ask for. */
const SIGEV = { SIGNAL: 0, NONE: 1 } as const;

/** A queue's name, or minus an error number. */
function nameAt(call: Call, index: number): string | number {
  const name = call.path(index);
  if (typeof name === 'number') return name;
  if (name === '') return -ENOENT;
  if (name.includes('/')) return -EACCES;
  return name.length > NAME_MAX ? -ENAMETOOLONG : name;
}

/** struct mq_attr: flags 0, maxmsg 8, msgsize 16, curmsgs 24; 64 bytes. */
function limitsAt(
  call: Call,
  address: number,
): { readonly maxMessages: number; readonly messageSize: number } | number {
  if (address === 0) return QUEUE_DEFAULT;
  const view = call.memory.view(address, 64);
  if (view === undefined) return -EFAULT;
  const maxMessages = Number(view.getBigInt64(8, true));
  const messageSize = Number(view.getBigInt64(16, true));
  if (maxMessages <= 0 || messageSize <= 0) return -EINVAL;
  if (maxMessages > LARGEST.maxMessages || messageSize > LARGEST.messageSize) return -EINVAL;
  return maxMessages * messageSize > LARGEST.bytes ? -ERRNO.EMFILE : { maxMessages, messageSize };
}

function permits(call: Call, queue: MessageQueue, flags: number): boolean {
  const { identity } = call.process;
  const { euid, egid, groups } = identity;
  if (has(identity, PRIVILEGE.DAC_OVERRIDE)) return true;
  const shift = queue.uid === euid ? 6 : queue.gid === egid || groups.includes(queue.gid) ? 3 : 0;
  const wanted = [4, 2, 6][flags & OPEN.ACCMODE] ?? 7;
  return ((queue.mode >> shift) & wanted) === wanted;
}

function mqOpen(call: Call): number {
  const name = nameAt(call, 0);
  if (typeof name === 'number') return name;
  const flags = call.integer(1);
  if ((flags & OPEN.ACCMODE) === OPEN.ACCMODE) return -EINVAL;
  const { descriptors, domain, identity, umask } = call.process;
  let queue = domain.messageQueues.get(name);
  if (queue === undefined) {
    if ((flags & OPEN.CREAT) === 0) return -ENOENT;
    const limits = limitsAt(call, call.word(3));
    if (typeof limits === 'number') return limits;
    if (domain.messageQueues.size >= MOST_QUEUES) return -ERRNO.ENOSPC;
    queue = new MessageQueue(
      limits,
      call.unsigned(2) & 0o777 & ~umask,
      identity.euid,
      identity.egid,
      domain.inodes.take('queue'),
    );
    if (descriptors.full) return -ERRNO.EMFILE;
    domain.messageQueues.set(name, queue);
  } else {
    if ((flags & OPEN.CREAT) !== 0 && (flags & OPEN.EXCL) !== 0) return -EEXIST;
    if (!permits(call, queue, flags)) return -EACCES;
  }
  const file = new MessageQueueFile(queue, name, flags & (OPEN.ACCMODE | OPEN.NONBLOCK)).retain();
  // Queues are always closed by execve (mq_open(3)).
  const descriptor = descriptors.add(file, true);
  file.release();
  return descriptor;
}

function mqUnlink(call: Call): number {
  const name = nameAt(call, 0);
  if (typeof name === 'number') return name;
  const { domain, identity } = call.process;
  const queue = domain.messageQueues.get(name);
  if (queue === undefined) return -ENOENT;
  if (!has(identity, PRIVILEGE.FOWNER) && identity.euid !== queue.uid) return -EACCES;
  domain.messageQueues.delete(name);
  return 0;
}

function queueAt(call: Call): MessageQueueFile | number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return file instanceof MessageQueueFile ? file : -EBADF;
}

/** The absolute timeout at argument 4 on the monotonic clock: undefined for none, negative for an errno. */
function* deadlineOf(call: Call): Blocking<number | undefined> {
  const address = call.word(4);
  if (address === 0) return undefined;
  const time = readTimespec(call.memory, address);
  if (typeof time === 'number') return time;
  const { clocks } = call.process;
  const now = clocks.monotonicNs();
  const wall = yield* settle(clocks.realtimeNs());
  if (now === undefined || typeof wall === 'number') return -EINVAL;
  return Math.max(0, now + Number(time - wall));
}

function* mqTimedsend(call: Call): Blocking<number> {
  const priority = call.unsigned(3);
  if (priority >= PRIORITIES) return -EINVAL;
  const file = queueAt(call);
  if (typeof file === 'number') return file;
  if (!file.writable) return -EBADF;
  const { queue } = call.hold(file);
  const length = call.word(2);
  if (length > queue.messageSize) return -EMSGSIZE;
  const data = call.memory.bytes(call.word(1), length);
  if (data === undefined) return -EFAULT;
  // A timeout that is none is only an error when there is something to wait for (POSIX mq_timedsend).
  while (queue.full) {
    if (file.nonBlocking) return -EAGAIN;
    const deadlineNs = yield* deadlineOf(call);
    if (deadlineNs !== undefined && deadlineNs < 0) return deadlineNs;
    const reason = yield waitForChange([queue.changed], deadlineNs);
    if (!queue.full) break;
    if (reason === 'deadline') return -ETIMEDOUT;
    if (reason === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  queue.send({ priority, data });
  return 0;
}

function* mqTimedreceive(call: Call): Blocking<number> {
  const file = queueAt(call);
  if (typeof file === 'number') return file;
  if (!file.readable) return -EBADF;
  const { queue } = call.hold(file);
  if (call.word(2) < queue.messageSize) return -EMSGSIZE;
  while (queue.count === 0) {
    if (file.nonBlocking) return -EAGAIN;
    const deadlineNs = yield* deadlineOf(call);
    if (deadlineNs !== undefined && deadlineNs < 0) return deadlineNs;
    queue.receivers++;
    let reason: string;
    try {
      reason = yield waitForChange([queue.changed], deadlineNs);
    } finally {
      queue.receivers--;
    }
    if (queue.count > 0) break;
    if (reason === 'deadline') return -ETIMEDOUT;
    if (reason === 'interrupted') return RESTART.UNLESS_HANDLED_WITHOUT_RESTART;
  }
  const message = queue.receive()!;
  const into = call.word(3);
  if (into !== 0 && !call.memory.putUint32(into, message.priority)) return -EFAULT;
  return call.memory.write(call.word(1), message.data) ? message.data.length : -EFAULT;
}

/** sigevent: value 0, signal 8, kind 12. */
function mqNotify(call: Call): number {
  const address = call.word(1);
  const view = address === 0 ? undefined : call.memory.view(address, 64);
  if (address !== 0 && view === undefined) return -EFAULT;
  const signal = view?.getInt32(8, true) ?? 0;
  const kind = view?.getInt32(12, true) ?? SIGEV.NONE;
  if (kind !== SIGEV.NONE && kind !== SIGEV.SIGNAL) return -EINVAL;
  // Signal 0 is taken, and tells nobody.
  if (kind === SIGEV.SIGNAL && (signal < 0 || signal > SIGNAL.RTMAX)) return -EINVAL;
  const file = queueAt(call);
  if (typeof file === 'number') return file;
  const { process } = call;
  const { queue } = file;
  if (view === undefined) {
    if (queue.notification?.owner === process) queue.notification = undefined;
    return 0;
  }
  if (queue.notification !== undefined) return -EBUSY;
  const value = view.getBigUint64(0, true);
  queue.notification = {
    owner: process,
    notify: () => {
      if (kind === SIGEV.SIGNAL && signal !== 0)
        process.send({ signal, code: SI.MESSAGE, pid: process.pid, uid: process.identity.uid, value });
    },
  };
  return 0;
}

function mqGetsetattr(call: Call): number {
  const file = queueAt(call);
  if (typeof file === 'number') return file;
  const { memory } = call;
  const wanted = call.word(1) === 0 ? undefined : memory.view(call.word(1), 64);
  if (call.word(1) !== 0 && wanted === undefined) return -EFAULT;
  const flags = wanted === undefined ? undefined : Number(wanted.getBigInt64(0, true));
  if (flags !== undefined && (flags & ~OPEN.NONBLOCK) !== 0) return -EINVAL;
  if (call.word(2) !== 0) {
    const { queue } = file;
    const bytes = new Uint8Array(64);
    const view = new DataView(bytes.buffer);
    const words = [file.statusFlags & OPEN.NONBLOCK, queue.maxMessages, queue.messageSize, queue.count];
    for (const [index, word] of words.entries()) view.setBigInt64(index * 8, BigInt(word), true);
    if (!memory.write(call.word(2), bytes)) return -EFAULT;
  }
  if (flags !== undefined) file.statusFlags = (file.statusFlags & ~OPEN.NONBLOCK) | flags;
  return 0;
}

const DOMAIN = 'Queues are named within the domain.';

export const queueCalls = {
  mq_open: { support: 'full', note: DOMAIN, arguments: ['path', 'open-flags', 'octal', 'address'], handler: mqOpen },
  mq_unlink: { support: 'full', arguments: ['path'], handler: mqUnlink },
  mq_timedsend: {
    support: 'full',
    arguments: ['descriptor', 'bytes-in', 'size', 'unsigned', 'timespec'],
    handler: mqTimedsend,
  },
  mq_timedreceive: {
    support: 'full',
    arguments: ['descriptor', 'bytes-out', 'size', 'address', 'timespec'],
    handler: mqTimedreceive,
  },
  mq_notify: {
    support: 'partial',
    note: 'By signal; not by thread, which libraries build on netlink.',
    arguments: ['descriptor', 'address'],
    handler: mqNotify,
  },
  mq_getsetattr: { support: 'full', arguments: ['descriptor', 'address', 'address'], handler: mqGetsetattr },
} as const satisfies Record<string, CallRow>;
