// Calls about the system as the program sees it: uname, sysinfo, random bytes, logs — and sockets, as far as they go.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { StreamSide, streamPair } from '../files/stream-pair.ts';
import { byteStringOfText, bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { OPEN } from '../linux/file-flags.ts';
import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';

const { EAFNOSUPPORT, EFAULT, EINVAL, ENOTSOCK, EPERM } = ERRNO;

/** The Linux whose calls are offered: new enough for what C libraries and Go ask. */
export const RELEASE = '6.1.0-capos';

/** struct utsname: six fields of 65 bytes. */
function uname(call: Call): number {
  const bytes = new Uint8Array(6 * 65);
  const { hostname = 'capos' } = call.process.options;
  const fields = ['Linux', byteStringOfText(hostname).slice(0, 64), RELEASE, '#1 capOS', 'x86_64', '(none)'];
  for (const [index, field] of fields.entries()) bytes.set(bytesOf(field), index * 65);
  return call.memory.write(call.word(0), bytes) ? 0 : -EFAULT;
}

/** Memory that a program is told there is: its ledger is the kernel's to enforce, this is what it sizes caches by. */
export const TOLD_MEMORY = 1024 * 1024 * 1024;

/** struct sysinfo: uptime 0, loads 8, totalram 32, freeram 40, sharedram 48, bufferram 56, swap 64 72, procs 80, unit 104. */
function sysinfo(call: Call): number {
  const bytes = new Uint8Array(112);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, BigInt(Math.trunc(call.process.clocks.monotonicOrZero() / 1e9)), true);
  view.setBigUint64(32, BigInt(TOLD_MEMORY), true);
  view.setBigUint64(40, BigInt(TOLD_MEMORY / 2), true);
  view.setUint16(80, call.process.domain.processes.size, true);
  view.setUint32(104, 1, true);
  return call.memory.write(call.word(0), bytes) ? 0 : -EFAULT;
}

const GRND_KNOWN = 7;

function* getrandom(call: Call): Blocking<number> {
  const length = Math.min(call.word(1), 1 << 20);
  if ((call.unsigned(2) & ~GRND_KNOWN) !== 0) return -EINVAL;
  if (!call.memory.inUserRange(call.word(0), length)) return -EFAULT;
  if (!call.process.entropy.granted) {
    call.process.options.onRefused?.({ call: 'getrandom', errno: 'ENOSYS', need: 'an EntropySource named "entropy"' });
    return -ERRNO.ENOSYS;
  }
  const bytes = yield* call.process.entropy.bytes(length);
  if (typeof bytes === 'number') return bytes;
  const wrote = call.memory.writeSome(call.word(0), bytes);
  return wrote === 0 && length > 0 ? -EFAULT : wrote;
}

/** The kernel's log: there is none to read; its size is 0. */
function syslog(call: Call): number {
  const action = call.integer(0);
  return action === 9 || action === 10 ? 0 : -EPERM;
}

// ── sockets ────────────────────────────────────────────────────────────────────────────────────────────────────────────
//
// A network would be a capability; without one no address family exists. Pairs are pipes, which need none.

const AF_UNIX = 1;
const SOCK = { STREAM: 1, DGRAM: 2, SEQPACKET: 5, TYPE: 0xf, CLOEXEC: OPEN.CLOEXEC, NONBLOCK: OPEN.NONBLOCK } as const;

function socket(call: Call): number {
  call.process.options.onRefused?.({ call: 'socket', errno: 'EAFNOSUPPORT', need: 'a network capability' });
  return -EAFNOSUPPORT;
}

function socketpair(call: Call): number {
  const type = call.integer(1);
  if (call.integer(0) !== AF_UNIX) return -EAFNOSUPPORT;
  if ((type & SOCK.TYPE) !== SOCK.STREAM) return -ERRNO.ESOCKTNOSUPPORT;
  if (call.integer(2) !== 0 && call.integer(2) !== AF_UNIX) return -ERRNO.EPROTONOSUPPORT;
  const { descriptors } = call.process;
  const sides = streamPair(OPEN.RDWR | (type & SOCK.NONBLOCK)).map((side) => side.retain());
  const closeOnExec = (type & SOCK.CLOEXEC) !== 0;
  const numbers: number[] = [];
  let failed = 0;
  for (const side of sides) {
    const descriptor = failed < 0 ? failed : descriptors.add(side, closeOnExec);
    if (descriptor < 0) failed = descriptor;
    else numbers.push(descriptor);
  }
  if (failed === 0 && !call.memory.write(call.word(3), new Uint8Array(new Int32Array(numbers).buffer)))
    failed = -EFAULT;
  if (failed < 0) for (const descriptor of numbers) descriptors.close(descriptor);
  for (const side of sides) side.release();
  return failed;
}

function socketAt(call: Call): StreamSide | number {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  return file instanceof StreamSide ? file : -ENOTSOCK;
}

const MSG = { OOB: 1, PEEK: 2, DONTWAIT: 0x40, NOSIGNAL: 0x4000 } as const;

/** One transfer that must not wait does so on a description made non-blocking for its time. */
function without<T>(side: StreamSide, flags: number, transfer: () => MaybeBlocking<T>): MaybeBlocking<T> {
  if ((flags & MSG.DONTWAIT) === 0 || side.nonBlocking) return transfer();
  side.statusFlags |= OPEN.NONBLOCK;
  try {
    return transfer();
  } finally {
    side.statusFlags &= ~OPEN.NONBLOCK;
  }
}

function* sendto(call: Call): Blocking<number> {
  const side = socketAt(call);
  if (typeof side === 'number') return side;
  const flags = call.integer(3);
  if ((flags & MSG.OOB) !== 0) return -ERRNO.EOPNOTSUPP;
  if (call.word(4) !== 0) return -ERRNO.EISCONN;
  const data = call.memory.bytes(call.word(1), Math.min(call.word(2), 1 << 20));
  if (data === undefined) return -EFAULT;
  return yield* send(call, side, data, flags);
}

function* send(call: Call, side: StreamSide, data: Uint8Array, flags: number): Blocking<number> {
  call.hold(side);
  const sent = yield* settle(without(side, flags, () => side.write(data)));
  if (sent === -ERRNO.EPIPE && (flags & MSG.NOSIGNAL) === 0)
    call.process.send(call.thread.senderInfo(SIGNAL.PIPE, SI.USER), call.thread);
  return sent;
}

function* recvfrom(call: Call): Blocking<number> {
  const side = socketAt(call);
  if (typeof side === 'number') return side;
  const flags = call.integer(3);
  if ((flags & (MSG.OOB | MSG.PEEK)) !== 0) return -ERRNO.EOPNOTSUPP;
  call.hold(side);
  const got = yield* settle(without(side, flags, () => side.read(Math.min(call.word(2), 1 << 20))));
  if (typeof got === 'number') return got;
  if (call.word(5) !== 0 && !call.memory.putUint32(call.word(5), 0)) return -EFAULT;
  return got.length === 0 || call.memory.write(call.word(1), got) ? got.length : -EFAULT;
}

/** struct msghdr: name 0, name length 8, vector 16, its length 24, control 32, its length 40, flags 48. */
function* sendmsg(call: Call): Blocking<number> {
  const side = socketAt(call);
  if (typeof side === 'number') return side;
  const header = call.memory.view(call.word(1), 56);
  if (header === undefined) return -EFAULT;
  if (header.getBigUint64(40, true) !== 0n) return -ERRNO.EOPNOTSUPP;
  const spans = call.memory.spans(Number(header.getBigUint64(16, true)), Number(header.getBigUint64(24, true)));
  if (typeof spans === 'number') return spans;
  const data = call.memory.gather(spans);
  return typeof data === 'number' ? data : yield* send(call, side, data, call.integer(2));
}

function* recvmsg(call: Call): Blocking<number> {
  const side = socketAt(call);
  if (typeof side === 'number') return side;
  const header = call.memory.view(call.word(1), 56);
  if (header === undefined) return -EFAULT;
  const spans = call.memory.spans(Number(header.getBigUint64(16, true)), Number(header.getBigUint64(24, true)));
  if (typeof spans === 'number') return spans;
  const length = spans.reduce((total, span) => total + span.length, 0);
  call.hold(side);
  const got = yield* settle(without(side, call.integer(2), () => side.read(Math.min(length, 1 << 20))));
  if (typeof got === 'number') return got;
  const { memory } = call;
  const address = call.word(1);
  if (!memory.putUint32(address + 8, 0) || !memory.putUint64(address + 40, 0n) || !memory.putUint32(address + 48, 0))
    return -EFAULT;
  return memory.scatter(spans, got);
}

function shutdown(call: Call): number {
  const side = socketAt(call);
  return typeof side === 'number' ? side : side.shutdown(call.integer(1));
}

/** Options of a pair: asked for, all are 0 but the type and the buffer sizes; set, they are accepted. */
function getsockopt(call: Call): number {
  const side = socketAt(call);
  if (typeof side === 'number') return side;
  if (call.integer(1) !== 1) return -ERRNO.EOPNOTSUPP;
  const option = call.integer(2);
  const value = option === 3 ? SOCK.STREAM : option === 7 || option === 8 ? 65_536 : option === 39 ? AF_UNIX : 0;
  const { memory } = call;
  const room = memory.int32(call.word(4));
  if (room === undefined) return -EFAULT;
  if (room < 4) return -EINVAL;
  return memory.putUint32(call.word(3), value) && memory.putUint32(call.word(4), 4) ? 0 : -EFAULT;
}

function setsockopt(call: Call): number {
  const side = socketAt(call);
  return typeof side === 'number' ? side : call.integer(1) === 1 ? 0 : -ERRNO.EOPNOTSUPP;
}

/** An unnamed AF_UNIX address: its family alone. */
function socketName(call: Call): number {
  const side = socketAt(call);
  if (typeof side === 'number') return side;
  const { memory } = call;
  const room = memory.int32(call.word(2));
  if (room === undefined) return -EFAULT;
  if (room < 0) return -EINVAL;
  const name = new Uint8Array([AF_UNIX, 0]).subarray(0, Math.min(room, 2));
  return memory.write(call.word(1), name) && memory.putUint32(call.word(2), 2) ? 0 : -EFAULT;
}

/** What only a socket with a network behind it can do: a pair answers `errno`, anything else is no socket. */
function onlyNetworked(errno: number) {
  return (call: Call): number => {
    const side = socketAt(call);
    return typeof side === 'number' ? side : errno;
  };
}

const PAIRS = 'Socket pairs only: a network is a capability that is not there yet.';

export const systemCalls = {
  uname: { support: 'full', arguments: ['address'], handler: uname },
  sysinfo: {
    support: 'partial',
    note: 'A nominal gibibyte of memory, no load.',
    arguments: ['address'],
    handler: sysinfo,
  },
  getrandom: {
    support: 'full',
    note: 'From the EntropySource; ENOSYS without it.',
    arguments: ['bytes-out', 'size', 'hex'],
    handler: getrandom,
  },
  syslog: {
    support: 'partial',
    note: 'There is no kernel log.',
    arguments: ['integer', 'address', 'integer'],
    handler: syslog,
  },
  socket: {
    support: 'partial',
    note: 'EAFNOSUPPORT: a network is a capability that is not there yet.',
    arguments: ['integer', 'hex', 'integer'],
    handler: socket,
  },
  socketpair: {
    support: 'partial',
    note: 'AF_UNIX streams.',
    arguments: ['integer', 'hex', 'integer', 'descriptor-pair'],
    handler: socketpair,
  },
  sendto: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'bytes-in', 'size', 'hex', 'address', 'integer'],
    handler: sendto,
  },
  recvfrom: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'bytes-out', 'size', 'hex', 'address', 'address'],
    handler: recvfrom,
  },
  sendmsg: {
    support: 'partial',
    note: `${PAIRS} No control messages.`,
    arguments: ['descriptor', 'address', 'hex'],
    handler: sendmsg,
  },
  recvmsg: {
    support: 'partial',
    note: `${PAIRS} No control messages.`,
    arguments: ['descriptor', 'address', 'hex'],
    handler: recvmsg,
  },
  shutdown: { support: 'partial', note: PAIRS, arguments: ['descriptor', 'integer'], handler: shutdown },
  getsockopt: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'integer', 'integer', 'address', 'address'],
    handler: getsockopt,
  },
  setsockopt: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'integer', 'integer', 'address', 'integer'],
    handler: setsockopt,
  },
  getsockname: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'address', 'address'],
    handler: socketName,
  },
  getpeername: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'address', 'address'],
    handler: socketName,
  },
  connect: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'address', 'integer'],
    handler: onlyNetworked(-ERRNO.EISCONN),
  },
  bind: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'address', 'integer'],
    handler: onlyNetworked(-EINVAL),
  },
  listen: { support: 'partial', note: PAIRS, arguments: ['descriptor', 'integer'], handler: onlyNetworked(-EINVAL) },
  accept: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'address', 'address'],
    handler: onlyNetworked(-EINVAL),
  },
  accept4: {
    support: 'partial',
    note: PAIRS,
    arguments: ['descriptor', 'address', 'address', 'open-flags'],
    handler: onlyNetworked(-EINVAL),
  },
} as const satisfies Record<string, CallRow>;
