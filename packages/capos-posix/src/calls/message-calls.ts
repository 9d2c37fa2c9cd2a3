// Message calls: what crosses a socket — sendto, sendmsg, recvfrom, recvmsg and their batches, with control messages.
//
//   msghdr   0 name · 8 name length · 16 vector · 24 its length · 32 control · 40 its length · 48 flags           56 bytes
//   mmsghdr  a msghdr · 56 bytes moved                                                                            64 bytes
//   cmsghdr  0 length · 8 level · 12 type · 16 data, the whole in multiples of 8

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { OpenFile } from '../files/open-file.ts';
import type { Span } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { AF, LEVEL, MSG, SCM, SO } from '../linux/socket-numbers.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import type { Credentials, IncomingMessage, SocketFile } from '../sockets/socket-file.ts';
import { encodeSocketName, readSocketName, type SocketName, writeSocketName } from '../sockets/socket-name.ts';
import { readTimespec } from '../time/timespec.ts';
import { type Blocking, settle } from '../waiting.ts';
import { credentialsOf, socketAt } from './socket-calls.ts';
import { brokenPipe, MOST_AT_ONCE } from './transfer.ts';

const { EBADF, EFAULT, EINVAL, EMSGSIZE, EOPNOTSUPP, EPIPE } = ERRNO;

const HEADER_BYTES = 56;
const BATCH_STRIDE = 64;
const CONTROL_HEADER = 16;
/** Most descriptors of one message (unix(7), SCM_MAX_FD), most bytes of control data, most messages of a batch. */
const MOST_RIGHTS = 253;
const MOST_CONTROL = 65_536;
const MOST_MESSAGES = 1024;

interface Header {
  readonly address: number;
  readonly name: number;
  readonly nameLength: number;
  readonly spans: readonly Span[];
  readonly control: number;
  readonly controlLength: number;
}

function headerAt(call: Call, address: number): Header | number {
  const view = call.memory.view(address, HEADER_BYTES);
  if (view === undefined) return -EFAULT;
  const count = Number(view.getBigUint64(24, true));
  if (count > 1024) return -EMSGSIZE;
  const spans = call.memory.spans(Number(view.getBigUint64(16, true)), count);
  if (typeof spans === 'number') return spans;
  return {
    address,
    name: Number(view.getBigUint64(0, true)),
    nameLength: view.getInt32(8, true),
    spans,
    control: Number(view.getBigUint64(32, true)),
    controlLength: Number(view.getBigUint64(40, true)),
  };
}

// ── sending ────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Control {
  readonly rights: readonly OpenFile[];
  readonly credentials: Credentials | undefined;
}

/** What travels beside the data. */
function readControl(call: Call, socket: SocketFile, { control, controlLength }: Header): Control | number {
  const rights: OpenFile[] = [];
  let credentials: Credentials | undefined;
  if (controlLength > MOST_CONTROL) return -ERRNO.ENOBUFS;
  const bytes = control === 0 ? new Uint8Array() : call.memory.bytes(control, controlLength);
  if (bytes === undefined) return -EFAULT;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + CONTROL_HEADER <= bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    if (length < CONTROL_HEADER || at + length > bytes.length) return -EINVAL;
    if (view.getInt32(at + 8, true) === LEVEL.SOCKET) {
      if (socket.family !== AF.UNIX) return -EINVAL;
      const type = view.getInt32(at + 12, true);
      if (type === SCM.RIGHTS) {
        for (let item = at + CONTROL_HEADER; item + 4 <= at + length; item += 4) {
          const file = call.process.descriptors.get(view.getInt32(item, true));
          if (file === undefined) return -EBADF;
          rights.push(file);
        }
        if (rights.length > MOST_RIGHTS) return -EINVAL;
      } else if (type === SCM.CREDENTIALS) {
        if (length < CONTROL_HEADER + 12) return -EINVAL;
        const own = credentialsOf(call.process);
        const [pid, uid, gid] = [16, 20, 24].map((offset) => view.getInt32(at + offset, true));
        // Who one is not, one may not claim to be without the privilege to become it (unix(7)).
        const { identity } = call.process;
        const may = (privilege: number, claimed: number | undefined, ...is: readonly number[]): boolean =>
          has(identity, privilege) || is.includes(claimed! >>> 0);
        if (
          !may(PRIVILEGE.SYS_ADMIN, pid, own.pid) ||
          !may(PRIVILEGE.SETUID, uid, identity.uid, identity.euid, identity.suid) ||
          !may(PRIVILEGE.SETGID, gid, identity.gid, identity.egid, identity.sgid)
        )
          return -ERRNO.EPERM;
        credentials = { pid: pid!, uid: uid!, gid: gid! };
      } else return -EINVAL;
    }
    at += Math.ceil(length / 8) * 8;
  }
  return { rights, credentials };
}

function* sendData(
  call: Call,
  socket: SocketFile,
  data: Uint8Array,
  flags: number,
  to: SocketName | undefined,
  control?: Control,
): Blocking<number> {
  if ((flags & MSG.OOB) !== 0) return -EOPNOTSUPP;
  call.hold(socket);
  const nonBlocking = socket.nonBlocking || (flags & MSG.DONTWAIT) !== 0;
  const sent = yield* settle(socket.send({ data, to, ...control }, nonBlocking, call));
  if (sent !== -EPIPE || (flags & MSG.NOSIGNAL) !== 0) return sent;
  return brokenPipe(call);
}

/** Where a message goes: undefined for where the socket is connected to. */
function destinationAt(call: Call, address: number, length: number): SocketName | undefined | number {
  if (address === 0) return undefined;
  const name = readSocketName(call.memory, address, length);
  return name === 'unspecified' ? -ERRNO.EAFNOSUPPORT : name;
}

function* sendto(call: Call): Blocking<number> {
  const socket = socketAt(call);
  if (typeof socket === 'number') return socket;
  const to = destinationAt(call, call.word(4), call.integer(5));
  if (typeof to === 'number') return to;
  const length = Math.min(call.word(2), MOST_AT_ONCE);
  const data = call.memory.bytes(call.word(1), length);
  if (data === undefined) return -EFAULT;
  return yield* sendData(call, socket, data, call.integer(3), connectionless(socket, to));
}

/** A connected stream ignores a destination (sendto(2)) — or refuses it, when it is a Unix one. */
function connectionless(socket: SocketFile, to: SocketName | undefined): SocketName | undefined {
  return socket.family !== AF.UNIX && socket.type === 1 ? undefined : to;
}

function* sendOne(call: Call, socket: SocketFile, address: number, flags: number): Blocking<number> {
  const header = headerAt(call, address);
  if (typeof header === 'number') return header;
  const to = header.nameLength === 0 ? undefined : destinationAt(call, header.name, header.nameLength);
  if (typeof to === 'number') return to;
  const control = readControl(call, socket, header);
  if (typeof control === 'number') return control;
  const data = call.memory.gather(header.spans);
  if (typeof data === 'number') return data;
  return yield* sendData(call, socket, data, flags, connectionless(socket, to), control);
}

function* sendmsg(call: Call): Blocking<number> {
  const socket = socketAt(call);
  if (typeof socket === 'number') return socket;
  return yield* sendOne(call, socket, call.word(1), call.integer(2));
}

function* sendmmsg(call: Call): Blocking<number> {
  const socket = socketAt(call);
  if (typeof socket === 'number') return socket;
  const count = Math.min(call.unsigned(2), MOST_MESSAGES);
  for (let index = 0; index < count; index++) {
    const address = call.word(1) + index * BATCH_STRIDE;
    const sent = yield* sendOne(call, socket, address, call.integer(3));
    if (sent < 0) return index > 0 ? index : sent;
    if (!call.memory.putUint32(address + HEADER_BYTES, sent)) return index > 0 ? index : -EFAULT;
  }
  return count;
}

// ── receiving ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function* receiveData(
  call: Call,
  socket: SocketFile,
  length: number,
  flags: number,
): Blocking<IncomingMessage | number> {
  if ((flags & MSG.OOB) !== 0) return -EINVAL;
  // No errors are kept aside for it.
  if ((flags & MSG.ERRQUEUE) !== 0) return -ERRNO.EAGAIN;
  call.hold(socket);
  return yield* settle(
    socket.receive(Math.min(length, MOST_AT_ONCE), {
      peek: (flags & MSG.PEEK) !== 0,
      all: (flags & MSG.WAITALL) !== 0,
      nonBlocking: socket.nonBlocking || (flags & MSG.DONTWAIT) !== 0,
    }),
  );
}

function lengthTold(message: IncomingMessage, flags: number, socket: SocketFile): number {
  return (flags & MSG.TRUNC) !== 0 && socket.type !== 1 ? message.length : message.data.length;
}

function* recvfrom(call: Call): Blocking<number> {
  const socket = socketAt(call);
  if (typeof socket === 'number') return socket;
  const flags = call.integer(3);
  if (!call.memory.inUserRange(call.word(1), call.word(2))) return -EFAULT;
  const got = yield* receiveData(call, socket, call.word(2), flags);
  if (typeof got === 'number') return got;
  for (const file of got.rights ?? []) file.release();
  if (got.data.length > 0 && !call.memory.write(call.word(1), got.data)) return -EFAULT;
  if (call.word(4) !== 0) {
    const named = writeSocketName(call.memory, got.from, call.word(4), call.word(5));
    if (named < 0) return named;
  }
  return lengthTold(got, flags, socket);
}

/** Puts what travelled beside the data; answers the bytes used and MSG_CTRUNC when some did not fit. */
function writeControl(
  call: Call,
  socket: SocketFile,
  header: Header,
  message: IncomingMessage,
  closeOnExec: boolean,
): { readonly length: number; readonly flags: number } | number {
  const room = header.control === 0 ? 0 : Math.min(header.controlLength, MOST_CONTROL);
  const bytes = new Uint8Array(Math.ceil(room / 8) * 8 + 8);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let flags = 0;
  const put = (type: number, items: readonly number[]): void => {
    const length = CONTROL_HEADER + items.length * 4;
    view.setBigUint64(at, BigInt(length), true);
    view.setInt32(at + 8, LEVEL.SOCKET, true);
    view.setInt32(at + 12, type, true);
    for (const [index, item] of items.entries()) view.setInt32(at + CONTROL_HEADER + index * 4, item, true);
    at = Math.min(at + Math.ceil(length / 8) * 8, Math.max(room, at + length));
  };
  if (socket.family === AF.UNIX && socket.options.get(LEVEL.SOCKET, SO.PASSCRED) !== 0) {
    const { pid, uid, gid } = message.credentials ?? { pid: 0, uid: 65_534, gid: 65_534 };
    if (at + CONTROL_HEADER + 12 <= room) put(SCM.CREDENTIALS, [pid, uid, gid]);
    else flags |= MSG.CTRUNC;
  }
  const rights = message.rights ?? [];
  if (rights.length > 0) {
    const fit = Math.max(0, Math.min(rights.length, Math.floor((room - at - CONTROL_HEADER) / 4)));
    const numbers: number[] = [];
    for (const file of rights.slice(0, fit)) {
      const descriptor = call.process.descriptors.add(file, closeOnExec);
      if (descriptor < 0) break;
      numbers.push(descriptor);
    }
    if (numbers.length < rights.length) flags |= MSG.CTRUNC;
    if (numbers.length > 0) put(SCM.RIGHTS, numbers);
  }
  if (at > 0 && !call.memory.write(header.control, bytes.subarray(0, Math.min(at, room)))) return -EFAULT;
  return { length: Math.min(at, room), flags };
}

function* receiveOne(call: Call, socket: SocketFile, address: number, flags: number): Blocking<number> {
  const header = headerAt(call, address);
  if (typeof header === 'number') return header;
  const wanted = header.spans.reduce((total, { length }) => total + length, 0);
  const got = yield* receiveData(call, socket, wanted, flags);
  if (typeof got === 'number') return got;
  const { memory } = call;
  try {
    const wrote = memory.scatter(header.spans, got.data);
    if (wrote < 0) return wrote;
    if (header.name !== 0) {
      const name = got.from === undefined ? new Uint8Array() : encodeSocketName(got.from);
      if (!memory.write(header.name, name.subarray(0, Math.max(0, header.nameLength)))) return -EFAULT;
      if (!memory.putUint32(address + 8, name.length)) return -EFAULT;
    }
    const control = writeControl(call, socket, header, got, (flags & MSG.CMSG_CLOEXEC) !== 0);
    if (typeof control === 'number') return control;
    const truncated = got.length > got.data.length && socket.type !== 1 ? MSG.TRUNC : 0;
    const told = control.flags | truncated | (flags & MSG.CMSG_CLOEXEC);
    if (!memory.putUint64(address + 40, BigInt(control.length)) || !memory.putUint32(address + 48, told))
      return -EFAULT;
    return lengthTold(got, flags, socket);
  } finally {
    for (const file of got.rights ?? []) file.release();
  }
}

function* recvmsg(call: Call): Blocking<number> {
  const socket = socketAt(call);
  if (typeof socket === 'number') return socket;
  return yield* receiveOne(call, socket, call.word(1), call.integer(2));
}

/** Its timeout is looked at after each message, as Linux does (recvmmsg(2), BUGS). */
function* recvmmsg(call: Call): Blocking<number> {
  const socket = socketAt(call);
  if (typeof socket === 'number') return socket;
  const span = call.word(4) === 0 ? undefined : readTimespec(call.memory, call.word(4));
  if (typeof span === 'number') return span;
  const { clocks } = call.process;
  const deadline = span === undefined ? Number.POSITIVE_INFINITY : clocks.monotonicOrZero() + Number(span);
  const count = Math.min(call.unsigned(2), MOST_MESSAGES);
  let flags = call.integer(3);
  for (let index = 0; index < count; index++) {
    const address = call.word(1) + index * BATCH_STRIDE;
    const got = yield* receiveOne(call, socket, address, flags & ~MSG.WAITFORONE);
    if (got < 0) return index > 0 ? index : got;
    if (!call.memory.putUint32(address + HEADER_BYTES, got)) return index > 0 ? index : -EFAULT;
    if ((flags & MSG.WAITFORONE) !== 0) flags |= MSG.DONTWAIT;
    if (clocks.monotonicOrZero() >= deadline) return index + 1;
  }
  return count;
}

const CONTROL = 'Control messages: SCM_RIGHTS and SCM_CREDENTIALS on Unix sockets.';

export const messageCalls = {
  sendto: {
    support: 'full',
    arguments: ['descriptor', 'bytes-in', 'size', 'message-flags', 'socket-name', 'integer'],
    handler: sendto,
  },
  recvfrom: {
    support: 'full',
    arguments: ['descriptor', 'bytes-out', 'size', 'message-flags', 'socket-name-out', 'address'],
    handler: recvfrom,
  },
  sendmsg: {
    support: 'partial',
    note: CONTROL,
    arguments: ['descriptor', 'address', 'message-flags'],
    handler: sendmsg,
  },
  recvmsg: {
    support: 'partial',
    note: CONTROL,
    arguments: ['descriptor', 'address', 'message-flags'],
    handler: recvmsg,
  },
  sendmmsg: {
    support: 'partial',
    note: CONTROL,
    arguments: ['descriptor', 'address', 'unsigned', 'message-flags'],
    handler: sendmmsg,
  },
  recvmmsg: {
    support: 'partial',
    note: CONTROL,
    arguments: ['descriptor', 'address', 'unsigned', 'message-flags', 'timespec'],
    handler: recvmmsg,
  },
} as const satisfies Record<string, CallRow>;
