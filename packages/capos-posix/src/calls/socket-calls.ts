// Socket calls: making, naming, connecting and ending sockets. What crosses them is in message-calls.ts.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import { AF, PROTOCOL, SOCK } from '../linux/socket-numbers.ts';
import type { PosixProcess } from '../posix-process.ts';
import { networkOf, resolverOf } from '../sockets/network-access.ts';
import { type Credentials, SocketFile } from '../sockets/socket-file.ts';
import { readSocketName, type SocketName, writeSocketName } from '../sockets/socket-name.ts';
import { TcpSocket } from '../sockets/tcp-socket.ts';
import { UdpSocket } from '../sockets/udp-socket.ts';
import { UnixDatagramSocket } from '../sockets/unix-datagram-socket.ts';
import { UnixStreamSocket } from '../sockets/unix-stream-socket.ts';
import { type Blocking, settle } from '../waiting.ts';

const { EACCES, EAFNOSUPPORT, EFAULT, EINVAL, ENOTSOCK } = ERRNO;

export function credentialsOf({ pid, identity }: PosixProcess): Credentials {
  return { pid, uid: identity.euid, gid: identity.egid };
}

/** The socket behind a descriptor argument. */
export function socketAt(call: Call): SocketFile | number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return file instanceof SocketFile ? file : -ENOTSOCK;
}

/** Gives a new file a descriptor. */
function addSocket(call: Call, socket: SocketFile, flags: number): number {
  socket.retain();
  const descriptor = call.process.descriptors.add(socket, (flags & SOCK.CLOEXEC) !== 0);
  socket.release();
  return descriptor;
}

function socket(call: Call): number {
  const family = call.integer(0);
  const flags = call.integer(1) & ~SOCK.TYPE;
  const type = call.integer(1) & SOCK.TYPE;
  const protocol = call.integer(2);
  if ((flags & ~(SOCK.CLOEXEC | SOCK.NONBLOCK)) !== 0 || type === 0) return -EINVAL;
  const made = makeSocket(call, family, type, protocol, flags & OPEN.NONBLOCK);
  return typeof made === 'number' ? made : addSocket(call, made, flags);
}

function makeSocket(
  call: Call,
  family: number,
  type: number,
  protocol: number,
  statusFlags: number,
): SocketFile | number {
  const { process } = call;
  const { domain } = process;
  if (family === AF.UNIX) {
    if (protocol !== PROTOCOL.DEFAULT && protocol !== AF.UNIX) return -ERRNO.EPROTONOSUPPORT;
    // socket(2): SOCK_RAW on AF_UNIX is taken as SOCK_DGRAM.
    if (type === SOCK.DGRAM || type === SOCK.RAW)
      return new UnixDatagramSocket(domain, statusFlags, credentialsOf(process));
    if (type !== SOCK.STREAM && type !== SOCK.SEQPACKET) return -ERRNO.ESOCKTNOSUPPORT;
    return new UnixStreamSocket(domain, type, statusFlags, credentialsOf(process));
  }
  if (family !== AF.INET && family !== AF.INET6) return -EAFNOSUPPORT;
  const stream = type === SOCK.STREAM && (protocol === PROTOCOL.DEFAULT || protocol === PROTOCOL.TCP);
  const datagram = type === SOCK.DGRAM && (protocol === PROTOCOL.DEFAULT || protocol === PROTOCOL.UDP);
  if (!stream && !datagram) {
    if (type === SOCK.RAW && protocol !== PROTOCOL.DEFAULT)
      return process.refuse('socket', -ERRNO.EPERM, { to: 'use raw sockets' });
    return type === SOCK.STREAM || type === SOCK.DGRAM || type === SOCK.RAW
      ? -ERRNO.EPROTONOSUPPORT
      : -ERRNO.ESOCKTNOSUPPORT;
  }
  const allowed = networkOf(process) !== undefined || (datagram && resolverOf(process) !== undefined);
  // socket(2), EACCES: "Permission to create a socket of the specified type and/or protocol is denied."
  if (!allowed) return process.refuse('socket', -EACCES, { to: 'network' });
  return stream ? new TcpSocket(domain, family, statusFlags) : new UdpSocket(domain, family, statusFlags);
}

function socketpair(call: Call): number {
  const flags = call.integer(1) & ~SOCK.TYPE;
  const type = call.integer(1) & SOCK.TYPE;
  if ((flags & ~(SOCK.CLOEXEC | SOCK.NONBLOCK)) !== 0) return -EINVAL;
  const family = call.integer(0);
  if (family === AF.INET || family === AF.INET6) {
    const protocol = call.integer(2);
    const fits =
      (type === SOCK.STREAM && (protocol === PROTOCOL.DEFAULT || protocol === PROTOCOL.TCP)) ||
      (type === SOCK.DGRAM && (protocol === PROTOCOL.DEFAULT || protocol === PROTOCOL.UDP));
    return fits ? -ERRNO.EOPNOTSUPP : -ERRNO.EPROTONOSUPPORT;
  }
  if (family !== AF.UNIX) return -EAFNOSUPPORT;
  if (call.integer(2) !== PROTOCOL.DEFAULT && call.integer(2) !== AF.UNIX) return -ERRNO.EPROTONOSUPPORT;
  const { process } = call;
  const { descriptors, domain } = process;
  const statusFlags = flags & OPEN.NONBLOCK;
  const credentials = credentialsOf(process);
  let pair: readonly SocketFile[];
  if (type === SOCK.DGRAM || type === SOCK.RAW) pair = UnixDatagramSocket.pair(domain, statusFlags, credentials);
  else if (type === SOCK.STREAM || type === SOCK.SEQPACKET)
    pair = UnixStreamSocket.pair(domain, type, statusFlags, credentials);
  else return -ERRNO.ESOCKTNOSUPPORT;
  for (const side of pair) side.retain();
  const numbers: number[] = [];
  let failed = 0;
  for (const side of pair) {
    const descriptor = failed < 0 ? failed : descriptors.add(side, (flags & SOCK.CLOEXEC) !== 0);
    if (descriptor < 0) failed = descriptor;
    else numbers.push(descriptor);
  }
  if (failed === 0 && !call.memory.write(call.word(3), new Uint8Array(new Int32Array(numbers).buffer)))
    failed = -EFAULT;
  if (failed < 0) for (const descriptor of numbers) descriptors.close(descriptor);
  for (const side of pair) side.release();
  return failed;
}

/** The name at a pointer argument and the length after it. */
export function nameAt(call: Call, index: number): SocketName | 'unspecified' | number {
  return readSocketName(call.memory, call.word(index), call.integer(index + 1));
}

function* bind(call: Call): Blocking<number> {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  const name = nameAt(call, 1);
  if (typeof name === 'number') return name;
  // Linux takes AF_UNSPEC for 0.0.0.0 on an AF_INET socket, for programs older than the rule (ip(7)).
  if (name === 'unspecified') return -EAFNOSUPPORT;
  return yield* settle(call.hold(file).bind(name, call));
}

function* connect(call: Call): Blocking<number> {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  const name = nameAt(call, 1);
  if (typeof name === 'number') return name;
  return yield* settle(call.hold(file).connect(name, call));
}

function* listen(call: Call): Blocking<number> {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  return yield* settle(call.hold(file).listen(call.integer(1), call.process));
}

function* acceptWith(call: Call, flags: number): Blocking<number> {
  if ((flags & ~(SOCK.CLOEXEC | SOCK.NONBLOCK)) !== 0) return -EINVAL;
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  if (call.process.descriptors.full) return -ERRNO.EMFILE;
  const accepted = yield* settle(call.hold(file).accept(file.nonBlocking));
  if (typeof accepted === 'number') return accepted;
  accepted.statusFlags = OPEN.RDWR | (flags & OPEN.NONBLOCK);
  // One that waited in a backlog was retained there.
  const retained = accepted.references > 0;
  const named = writeSocketName(call.memory, accepted.peerName() ?? accepted.localName(), call.word(1), call.word(2));
  const descriptor = named < 0 ? named : addSocket(call, accepted, flags);
  if (named < 0 && !retained) accepted.retain().release();
  if (retained) accepted.release();
  return descriptor;
}

function accept(call: Call): Blocking<number> {
  return acceptWith(call, 0);
}

function accept4(call: Call): Blocking<number> {
  return acceptWith(call, call.integer(3));
}

function* shutdown(call: Call): Blocking<number> {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  return yield* settle(call.hold(file).shutdown(call.integer(1)));
}

function getsockname(call: Call): number {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  return call.word(1) === 0 ? -EFAULT : writeSocketName(call.memory, file.localName(), call.word(1), call.word(2));
}

function getpeername(call: Call): number {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  const name = file.peerName();
  if (name === undefined) return -ERRNO.ENOTCONN;
  return call.word(1) === 0 ? -EFAULT : writeSocketName(call.memory, name, call.word(1), call.word(2));
}

const INTERNET = 'AF_INET and AF_INET6 over the NetworkManager named "network".';

export const socketCalls = {
  socket: {
    support: 'partial',
    note: `${INTERNET} EACCES without one. AF_UNIX within the domain. No raw sockets, no netlink.`,
    arguments: ['family', 'socket-type', 'integer'],
    handler: socket,
  },
  socketpair: {
    support: 'full',
    arguments: ['family', 'socket-type', 'integer', 'descriptor-pair'],
    handler: socketpair,
  },
  bind: {
    support: 'full',
    note: 'A Unix path is an empty file in its directory, which this domain knows to be a socket.',
    arguments: ['descriptor', 'socket-name', 'integer'],
    handler: bind,
  },
  connect: { support: 'full', arguments: ['descriptor', 'socket-name', 'integer'], handler: connect },
  listen: { support: 'full', arguments: ['descriptor', 'integer'], handler: listen },
  accept: { support: 'full', arguments: ['descriptor', 'socket-name-out', 'address'], handler: accept },
  accept4: {
    support: 'full',
    arguments: ['descriptor', 'socket-name-out', 'address', 'socket-type'],
    handler: accept4,
  },
  shutdown: { support: 'full', arguments: ['descriptor', 'integer'], handler: shutdown },
  getsockname: { support: 'full', arguments: ['descriptor', 'socket-name-out', 'address'], handler: getsockname },
  getpeername: { support: 'full', arguments: ['descriptor', 'socket-name-out', 'address'], handler: getpeername },
} as const satisfies Record<string, CallRow>;
