// Numbers of the socket calls (socket(7), ip(7), tcp(7), unix(7); asm-generic/socket.h).

import { OPEN } from './file-flags.ts';

export const AF = { UNSPEC: 0, UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 } as const;

/** Socket types, and the flags that share their argument. */
export const SOCK = {
  STREAM: 1,
  DGRAM: 2,
  RAW: 3,
  SEQPACKET: 5,
  TYPE: 0xf,
  CLOEXEC: OPEN.CLOEXEC,
  NONBLOCK: OPEN.NONBLOCK,
} as const;

export const PROTOCOL = { DEFAULT: 0, TCP: 6, UDP: 17, IPV6: 41 } as const;

/** Levels of a socket option. */
export const LEVEL = { IP: 0, SOCKET: 1, TCP: 6, UDP: 17, IPV6: 41 } as const;

/** Options of LEVEL.SOCKET. */
export const SO = {
  DEBUG: 1,
  REUSEADDR: 2,
  TYPE: 3,
  ERROR: 4,
  DONTROUTE: 5,
  BROADCAST: 6,
  SNDBUF: 7,
  RCVBUF: 8,
  SNDBUFFORCE: 32,
  RCVBUFFORCE: 33,
  KEEPALIVE: 9,
  OOBINLINE: 10,
  PRIORITY: 12,
  LINGER: 13,
  REUSEPORT: 15,
  PASSCRED: 16,
  PEERCRED: 17,
  RCVLOWAT: 18,
  SNDLOWAT: 19,
  RCVTIMEO: 20,
  SNDTIMEO: 21,
  TIMESTAMP: 29,
  ACCEPTCONN: 30,
  PROTOCOL: 38,
  DOMAIN: 39,
} as const;

/** Options of LEVEL.TCP. */
export const TCP = {
  NODELAY: 1,
  MAXSEG: 2,
  CORK: 3,
  KEEPIDLE: 4,
  KEEPINTVL: 5,
  KEEPCNT: 6,
  DEFER_ACCEPT: 9,
  INFO: 11,
  QUICKACK: 12,
  USER_TIMEOUT: 18,
  FASTOPEN: 23,
} as const;

export const IPV6_V6ONLY = 26;

export const MSG = {
  OOB: 1,
  PEEK: 2,
  DONTROUTE: 4,
  CTRUNC: 8,
  TRUNC: 0x20,
  DONTWAIT: 0x40,
  EOR: 0x80,
  WAITALL: 0x100,
  ERRQUEUE: 0x2000,
  NOSIGNAL: 0x4000,
  MORE: 0x8000,
  WAITFORONE: 0x1_0000,
  CMSG_CLOEXEC: 0x4000_0000,
} as const;

/** Types of control messages of LEVEL.SOCKET. */
export const SCM = { RIGHTS: 1, CREDENTIALS: 2 } as const;

export const SHUT = { RD: 0, WR: 1, RDWR: 2 } as const;

/** The longest backlog (/proc/sys/net/core/somaxconn). */
export const SOMAXCONN = 4096;

/** Requests of `ioctl` on sockets (netdevice(7), socket(7)). */
export const SIOC = { ATMARK: 0x8905, INQ: 0x541b, OUTQ: 0x5411 } as const;

export function familyName(family: number): string {
  for (const [name, number] of Object.entries(AF)) if (number === family) return `AF_${name}`;
  return String(family);
}
