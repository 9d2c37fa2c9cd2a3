// Socket names: sockaddr_in, sockaddr_in6 and sockaddr_un, from and to a program's memory.
//
//   in    0 family · 2 port, network order · 4 address                                     16 bytes
//   in6   0 family · 2 port, network order · 4 flow · 8 address · 24 scope                 28 bytes
//   un    0 family · 2 path: NUL-terminated, or all bytes after a leading NUL (abstract)   up to 110 bytes

import { type ByteString, byteString, bytesOf, type GuestMemory } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { AF } from '../linux/socket-numbers.ts';

export interface InternetName {
  readonly family: typeof AF.INET | typeof AF.INET6;
  /** 4 bytes for INET, 16 for INET6. */
  readonly address: Uint8Array;
  readonly port: number;
}

export interface UnixName {
  readonly family: typeof AF.UNIX;
  /** Empty: unnamed. A leading NUL: abstract. */
  readonly path: ByteString;
}

export type SocketName = InternetName | UnixName;

const UNIX_LENGTH = 110;
const LENGTHS = { [AF.INET]: 16, [AF.INET6]: 28 } as const;
/** Shortest sockaddr_in6 taken: without the scope (ip(7); SIN6_LEN_RFC2133). */
const SHORTEST_INET6 = 24;

/** The name in memory, `unspecified` for AF_UNSPEC, or minus an error number. */
export function readSocketName(
  memory: GuestMemory,
  address: number,
  length: number,
): SocketName | 'unspecified' | number {
  if (length < 2 || length > 128) return -ERRNO.EINVAL;
  const bytes = memory.bytes(address, length);
  if (bytes === undefined) return -ERRNO.EFAULT;
  const view = new DataView(bytes.buffer);
  const family = view.getUint16(0, true);
  switch (family) {
    case AF.UNSPEC:
      return 'unspecified';
    case AF.INET:
      if (length < LENGTHS[AF.INET]) return -ERRNO.EINVAL;
      return { family, port: view.getUint16(2), address: bytes.slice(4, 8) };
    case AF.INET6:
      if (length < SHORTEST_INET6) return -ERRNO.EINVAL;
      return { family, port: view.getUint16(2), address: bytes.slice(8, 24) };
    case AF.UNIX: {
      if (length > UNIX_LENGTH) return -ERRNO.EINVAL;
      const path = byteString(bytes.subarray(2));
      return { family, path: path.startsWith('\0') ? path : path.replace(/\0.*$/s, '') };
    }
    default:
      return -ERRNO.EAFNOSUPPORT;
  }
}

export function encodeSocketName(name: SocketName): Uint8Array {
  if (name.family === AF.UNIX) {
    const path = bytesOf(name.path);
    const terminator = path.length > 0 && path[0] !== 0 ? 1 : 0;
    const bytes = new Uint8Array(2 + path.length + terminator);
    bytes[0] = AF.UNIX;
    bytes.set(path, 2);
    return bytes;
  }
  const bytes = new Uint8Array(LENGTHS[name.family]);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, name.family, true);
  view.setUint16(2, name.port);
  bytes.set(name.address, name.family === AF.INET ? 4 : 8);
  return bytes;
}

/** Writes a name as `getsockname` does: cut to the room there is, with its whole length. 0 or minus an error number. */
export function writeSocketName(
  memory: GuestMemory,
  name: SocketName | undefined,
  address: number,
  lengthAddress: number,
): number {
  if (address === 0) return 0;
  const room = memory.int32(lengthAddress);
  if (room === undefined) return -ERRNO.EFAULT;
  if (room < 0) return -ERRNO.EINVAL;
  const bytes = name === undefined ? new Uint8Array() : encodeSocketName(name);
  if (!memory.write(address, bytes.subarray(0, room))) return -ERRNO.EFAULT;
  return memory.putUint32(lengthAddress, bytes.length) ? 0 : -ERRNO.EFAULT;
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** An address as a socket of `family` tells it: IPv4 in IPv6's clothes on an INET6 socket (RFC 4291 §2.5.5.2). */
export function internetName(family: InternetName['family'], address: Uint8Array, port: number): InternetName {
  if (family === AF.INET6 && address.length === 4)
    return { family, address: Uint8Array.from([...MAPPED_PREFIX, ...address]), port };
  if (family === AF.INET && address.length !== 4) return { family, address: new Uint8Array(4), port };
  return { family, address: address.length === 0 ? new Uint8Array(16) : address, port };
}

/** The address without IPv6's clothes. */
export function plainAddress(address: Uint8Array): Uint8Array {
  const mapped = address.length === 16 && MAPPED_PREFIX.every((byte, index) => address[index] === byte);
  return mapped ? address.slice(12) : address;
}

export function isMapped(address: Uint8Array): boolean {
  return address.length === 16 && plainAddress(address).length === 4;
}
