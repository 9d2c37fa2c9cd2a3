// getsockopt and setsockopt: options that mean something here, and those that are kept so that a program finds what it set.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { AF, IPV6_V6ONLY, LEVEL, SO, SOCK, TCP } from '../linux/socket-numbers.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import type { SocketFile } from '../sockets/socket-file.ts';
import { readTimeval } from '../time/timespec.ts';
import { socketAt } from './socket-calls.ts';

const { EFAULT, EINVAL, ENOPROTOOPT } = ERRNO;

/** Options of LEVEL.SOCKET that are kept and otherwise without effect. */
const KEPT: ReadonlySet<number> = new Set([
  SO.DEBUG,
  SO.REUSEADDR,
  SO.DONTROUTE,
  SO.BROADCAST,
  SO.SNDBUF,
  SO.RCVBUF,
  SO.KEEPALIVE,
  SO.OOBINLINE,
  SO.PRIORITY,
  SO.REUSEPORT,
  SO.PASSCRED,
  SO.RCVLOWAT,
  SO.TIMESTAMP,
]);
const KEPT_TCP: ReadonlySet<number> = new Set([
  TCP.NODELAY,
  TCP.MAXSEG,
  TCP.CORK,
  TCP.KEEPIDLE,
  TCP.KEEPINTVL,
  TCP.KEEPCNT,
  TCP.DEFER_ACCEPT,
  TCP.QUICKACK,
  TCP.USER_TIMEOUT,
]);
/** Type of service, time to live, path MTU discovery, and their like: what a packet would carry. */
const KEPT_IP: ReadonlySet<number> = new Set([1, 2, 4, 8, 10, 11, 12, 15, 24, 32, 33, 34]);
const KEPT_IPV6: ReadonlySet<number> = new Set([16, 17, 18, 19, 23, 25, IPV6_V6ONLY, 49, 66, 67]);

function isInternet(file: SocketFile): boolean {
  return file.family === AF.INET || file.family === AF.INET6;
}

function isKept(file: SocketFile, level: number, option: number): boolean {
  switch (level) {
    case LEVEL.SOCKET:
      return KEPT.has(option);
    case LEVEL.TCP:
      return isInternet(file) && file.type === SOCK.STREAM && KEPT_TCP.has(option);
    case LEVEL.IP:
      return isInternet(file) && KEPT_IP.has(option);
    case LEVEL.IPV6:
      return file.family === AF.INET6 && KEPT_IPV6.has(option);
    default:
      return false;
  }
}

function knowsLevel(file: SocketFile, level: number): boolean {
  if (level === LEVEL.TCP) return file.type === SOCK.STREAM;
  if (level === LEVEL.UDP) return file.type === SOCK.DGRAM;
  return level === LEVEL.IP || (level === LEVEL.IPV6 && file.family === AF.INET6);
}

/** What is known of no level, Linux refuses one way when it is set and another when it is asked for. */
function refusal(file: SocketFile, level: number, sets: boolean): number {
  if (level === LEVEL.SOCKET) return -ENOPROTOOPT;
  return isInternet(file) && (sets || knowsLevel(file, level)) ? -ENOPROTOOPT : -ERRNO.EOPNOTSUPP;
}

/** SO_SNDBUFFORCE and SO_RCVBUFFORCE: the option that they set. */
const FORCED: ReadonlyMap<number, number> = new Map([
  [SO.SNDBUFFORCE, SO.SNDBUF],
  [SO.RCVBUFFORCE, SO.RCVBUF],
]);

function setsockopt(call: Call): number {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  const level = call.integer(1);
  const option = call.integer(2);
  const address = call.word(3);
  const length = call.integer(4);
  if (length < 0) return -EINVAL;
  const { memory } = call;
  if (level === LEVEL.SOCKET && (option === SO.RCVTIMEO || option === SO.SNDTIMEO)) {
    if (length < 16) return -EINVAL;
    const timeout = readTimeval(memory, address);
    if (typeof timeout === 'number') return timeout === -EINVAL ? -ERRNO.EDOM : timeout;
    if (option === SO.RCVTIMEO) file.options.receiveTimeoutNs = Number(timeout);
    else file.options.sendTimeoutNs = Number(timeout);
    return 0;
  }
  if (level === LEVEL.SOCKET && option === SO.LINGER) {
    if (length < 8) return -EINVAL;
    const view = memory.view(address, 8);
    if (view === undefined) return -EFAULT;
    file.options.linger = { on: view.getInt32(0, true) !== 0, seconds: view.getInt32(4, true) };
    return 0;
  }
  const forced = level === LEVEL.SOCKET ? FORCED.get(option) : undefined;
  if (forced !== undefined) {
    if (!has(call.process.identity, PRIVILEGE.NET_ADMIN)) return -ERRNO.EPERM;
    if (length < 4) return -EINVAL;
    const size = memory.int32(address);
    if (size === undefined) return -EFAULT;
    file.options.set(level, forced, Math.max(0, size));
    return 0;
  }
  if (!isKept(file, level, option)) return refusal(file, level, true);
  // ip(7): some of them may be given as one byte.
  if (length < 1 || (length < 4 && level !== LEVEL.IP)) return -EINVAL;
  const value = length < 4 ? memory.bytes(address, 1)?.[0] : memory.int32(address);
  if (value === undefined) return -EFAULT;
  file.options.set(level, option, value);
  file.optionSet(level, option, value);
  return 0;
}

function int32(value: number): Uint8Array {
  return new Uint8Array(new Int32Array([value]).buffer);
}

/** TCP_INFO's first byte is the state; the rest is 0. */
const TCP_INFO_BYTES = 232;
const TCP_STATE = { ESTABLISHED: 1, CLOSE: 7, LISTEN: 10 } as const;

/** An option's bytes, or minus an error number. */
function optionBytes(call: Call, file: SocketFile, level: number, option: number): Uint8Array | number {
  const { options } = file;
  if (level === LEVEL.SOCKET) {
    switch (option) {
      case SO.TYPE:
        return int32(file.type);
      case SO.DOMAIN:
        return int32(file.family);
      case SO.PROTOCOL:
        return int32(file.protocol);
      case SO.ERROR:
        return int32(file.takeError());
      case SO.ACCEPTCONN:
        return int32(Number(file.listening));
      case SO.SNDLOWAT:
        return int32(1);
      case SO.LINGER: {
        const { on, seconds } = options.linger;
        return new Uint8Array(new Int32Array([Number(on), seconds]).buffer);
      }
      case SO.RCVTIMEO:
      case SO.SNDTIMEO: {
        const ns = option === SO.RCVTIMEO ? options.receiveTimeoutNs : options.sendTimeoutNs;
        const pair = new BigInt64Array([BigInt(Math.floor(ns / 1e9)), BigInt(Math.floor((ns % 1e9) / 1000))]);
        return new Uint8Array(pair.buffer);
      }
      case SO.PEERCRED: {
        if (file.family !== AF.UNIX) return -ENOPROTOOPT;
        const { pid, uid, gid } = file.peerCredentials ?? { pid: 0, uid: -1, gid: -1 };
        return new Uint8Array(new Int32Array([pid, uid, gid]).buffer);
      }
    }
  }
  if (level === LEVEL.TCP && option === TCP.INFO && isInternet(file) && file.type === SOCK.STREAM) {
    const info = new Uint8Array(TCP_INFO_BYTES);
    info[0] = file.listening
      ? TCP_STATE.LISTEN
      : file.peerName() === undefined
        ? TCP_STATE.CLOSE
        : TCP_STATE.ESTABLISHED;
    return info;
  }
  if (call.process.ended || !isKept(file, level, option)) return refusal(file, level, false);
  return int32(options.get(level, option));
}

function getsockopt(call: Call): number {
  const file = socketAt(call);
  if (typeof file === 'number') return file;
  const { memory } = call;
  const room = memory.int32(call.word(4));
  if (room === undefined) return -EFAULT;
  if (room < 0) return -EINVAL;
  const bytes = optionBytes(call, file, call.integer(1), call.integer(2));
  if (typeof bytes === 'number') return bytes;
  const shown = bytes.subarray(0, room);
  if (!memory.write(call.word(3), shown)) return -EFAULT;
  return memory.putUint32(call.word(4), shown.length) ? 0 : -EFAULT;
}

export const socketOptionCalls = {
  getsockopt: {
    support: 'partial',
    note: 'What setsockopt keeps; SO_ERROR, SO_TYPE, SO_PEERCRED and their like; of TCP_INFO the state.',
    arguments: ['descriptor', 'socket-level', 'integer', 'address', 'address'],
    handler: getsockopt,
  },
  setsockopt: {
    support: 'partial',
    note: 'SO_RCVTIMEO, SO_SNDTIMEO, SO_LINGER, SO_KEEPALIVE, SO_PASSCRED, TCP_NODELAY and IPV6_V6ONLY act; others are kept. No multicast, no filters.',
    arguments: ['descriptor', 'socket-level', 'integer', 'address', 'integer'],
    handler: setsockopt,
  },
} as const satisfies Record<string, CallRow>;
