// System V message queue calls: msgget, msgsnd, msgrcv, msgctl.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { messageInformation } from '../ipc/ipc-information.ts';
import { IPC, IPC_READ, IPC_WRITE } from '../ipc/ipc-object.ts';
import { MESSAGE, MessageChannel } from '../ipc/message-channel.ts';
import { ERRNO } from '../linux/errno.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, waitForChange } from '../waiting.ts';
import { knowingTheTime } from './known-time.ts';

const { EACCES, EAGAIN, EFAULT, EIDRM, EINTR, EINVAL, ENOMSG, EPERM, E2BIG } = ERRNO;

/** Flags of msgrcv (bits/msg.h). */
const MSG = { NOERROR: 0o10000, EXCEPT: 0o20000, COPY: 0o40000 } as const;
/** Commands of msgctl beside those of all objects. */
const COMMAND = { STAT: 11, INFO: 12, STAT_ANY: 13 } as const;
/** Bytes of struct msqid64_ds. */
const STATUS_BYTES = 120;
/** The message's type stands before its text. */
const TYPE_BYTES = 8;

function msgget(call: Call): number {
  const { process } = call;
  const [key, flags] = [call.integer(0), call.integer(1)];
  const make = (): MessageChannel => new MessageChannel(key, flags, process);
  return process.domain.ipc.channels.get(process, key, flags, make, () => 0);
}

function* msgsnd(call: Call): Blocking<number> {
  const { process, memory } = call;
  const length = call.word(2);
  if (length > MESSAGE.LARGEST) return -EINVAL;
  const type = memory.view(call.word(1), TYPE_BYTES)?.getBigInt64(0, true);
  if (type === undefined) return -EFAULT;
  if (type < 1n) return -EINVAL;
  const data = memory.bytes(call.word(1) + TYPE_BYTES, length)?.slice();
  if (data === undefined) return -EFAULT;
  const channel = process.domain.ipc.channels.at(call.integer(0));
  if (channel === undefined) return -EINVAL;
  if (!channel.permits(process, IPC_WRITE)) return -EACCES;
  while (!channel.hasRoomFor(length)) {
    if ((call.integer(3) & IPC.NOWAIT) !== 0) return -EAGAIN;
    const reason = yield waitForChange([channel.changed]);
    if (channel.removed) return -EIDRM;
    if (reason === 'interrupted') return -EINTR;
  }
  channel.send({ type, data }, process);
  return 0;
}

function* msgrcv(call: Call): Blocking<number> {
  const { process, memory } = call;
  const room = call.word(2);
  const flags = call.integer(4);
  const copies = (flags & MSG.COPY) !== 0;
  // A copy is of the message with that place in the queue, and is not waited for (msgrcv(2), MSG_COPY).
  const canCopy = (flags & (MSG.EXCEPT | IPC.NOWAIT)) === IPC.NOWAIT;
  if (room > Number.MAX_SAFE_INTEGER || (copies && !canCopy)) return -EINVAL;
  const channel = process.domain.ipc.channels.at(call.integer(0));
  if (channel === undefined) return -EINVAL;
  if (!channel.permits(process, IPC_READ)) return -EACCES;
  const wanted = BigInt.asIntN(64, call.bits(3));
  for (;;) {
    const message = copies ? channel.at(Number(wanted)) : channel.next(wanted, (flags & MSG.EXCEPT) !== 0);
    if (message !== undefined) {
      const { type, data } = message;
      if (data.length > room && (flags & MSG.NOERROR) === 0) return -E2BIG;
      if (data.length > room && copies) return -EINVAL;
      if (!copies) channel.take(message, process);
      const bytes = new Uint8Array(TYPE_BYTES + Math.min(room, data.length));
      new DataView(bytes.buffer).setBigInt64(0, type, true);
      bytes.set(data.subarray(0, bytes.length - TYPE_BYTES), TYPE_BYTES);
      return memory.write(call.word(1), bytes) ? bytes.length - TYPE_BYTES : -EFAULT;
    }
    if ((flags & IPC.NOWAIT) !== 0) return -ENOMSG;
    const reason = yield waitForChange([channel.changed]);
    if (channel.removed) return -EIDRM;
    if (reason === 'interrupted') return -EINTR;
  }
}

function msgctl(call: Call): number {
  const { process, memory } = call;
  const { channels } = process.domain.ipc;
  const command = call.integer(1);
  if (command === IPC.INFO || command === COMMAND.INFO) {
    const bytes = messageInformation(channels, command === COMMAND.INFO);
    return memory.write(call.word(2), bytes) ? channels.lastPlace : -EFAULT;
  }
  const id = call.integer(0);
  const channel = channels.at(id);
  if (channel === undefined) return -EINVAL;
  switch (command) {
    case IPC.RMID:
      if (!channel.belongsTo(process)) return -EPERM;
      channels.remove(channel);
      return 0;
    case IPC.SET: {
      const view = memory.view(call.word(2), STATUS_BYTES);
      if (view === undefined) return -EFAULT;
      if (!channel.belongsTo(process)) return -EPERM;
      const capacity = Number(view.getBigUint64(88, true));
      // Only CAP_SYS_RESOURCE gives a queue more than the default; nobody more than the domain keeps.
      if (capacity > MESSAGE.QUEUE_BYTES && !has(process.identity, PRIVILEGE.SYS_RESOURCE)) return -EPERM;
      if (capacity > MESSAGE.QUEUE_BYTES * 16) return -EINVAL;
      channel.takePermission(view, process.domain);
      channel.capacity = capacity;
      channel.changed.notify();
      return 0;
    }
    case IPC.STAT:
    case COMMAND.STAT:
    case COMMAND.STAT_ANY: {
      if (command !== COMMAND.STAT_ANY && !channel.permits(process, IPC_READ)) return -EACCES;
      const bytes = new Uint8Array(STATUS_BYTES);
      const view = new DataView(bytes.buffer);
      channel.putPermission(view);
      const { sentAt, receivedAt, changedAt, bytes: held, count, capacity } = channel;
      for (const [index, word] of [sentAt, receivedAt, changedAt, held, count, capacity].entries())
        view.setBigUint64(48 + index * 8, BigInt(word), true);
      view.setInt32(96, channel.lastSender, true);
      view.setInt32(100, channel.lastReceiver, true);
      return memory.write(call.word(2), bytes) ? (command === IPC.STAT ? 0 : id) : -EFAULT;
    }
    default:
      return -EINVAL;
  }
}

const DOMAIN = 'Found by key within the domain.';

export const channelCalls = {
  msgget: { support: 'full', note: DOMAIN, arguments: ['integer', 'octal'], handler: knowingTheTime(msgget) },
  msgsnd: { support: 'full', arguments: ['integer', 'address', 'size', 'octal'], handler: knowingTheTime(msgsnd) },
  msgrcv: {
    support: 'partial',
    note: 'Not MSG_COPY, which is for checkpoints.',
    arguments: ['integer', 'address', 'size', 'integer', 'octal'],
    handler: knowingTheTime(msgrcv),
  },
  msgctl: {
    support: 'partial',
    note: 'At most 256 KiB in one queue.',
    arguments: ['integer', 'integer', 'address'],
    handler: knowingTheTime(msgctl),
  },
} as const satisfies Record<string, CallRow>;
