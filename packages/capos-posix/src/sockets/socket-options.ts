// Socket options that a socket keeps: asked for, they are what was set or what Linux starts with.

import { LEVEL, SO, TCP } from '../linux/socket-numbers.ts';

/** What Linux answers for an option nobody has set. What is 0 is not listed. */
const DEFAULTS: ReadonlyMap<number, number> = new Map([
  [key(LEVEL.SOCKET, SO.SNDBUF), 212_992],
  [key(LEVEL.SOCKET, SO.RCVBUF), 212_992],
  [key(LEVEL.SOCKET, SO.RCVLOWAT), 1],
  [key(LEVEL.SOCKET, SO.SNDLOWAT), 1],
  [key(LEVEL.TCP, TCP.MAXSEG), 536],
  [key(LEVEL.TCP, TCP.KEEPIDLE), 7200],
  [key(LEVEL.TCP, TCP.KEEPINTVL), 75],
  [key(LEVEL.TCP, TCP.KEEPCNT), 9],
  [key(LEVEL.TCP, TCP.QUICKACK), 1],
]);

/** Linux doubles what is asked for buffers, and keeps it within bounds (socket(7), SO_RCVBUF). */
const BUFFERS: ReadonlySet<number> = new Set([key(LEVEL.SOCKET, SO.SNDBUF), key(LEVEL.SOCKET, SO.RCVBUF)]);
const SMALLEST_BUFFER = 2304;
const LARGEST_BUFFER = 212_992;
/** Options that are on or off, whatever number was given. */
const SWITCHES: ReadonlySet<number> = new Set(
  [
    SO.DEBUG,
    SO.REUSEADDR,
    SO.DONTROUTE,
    SO.BROADCAST,
    SO.KEEPALIVE,
    SO.OOBINLINE,
    SO.REUSEPORT,
    SO.PASSCRED,
    SO.TIMESTAMP,
  ].map((option) => key(LEVEL.SOCKET, option)),
);

function key(level: number, option: number): number {
  return level * 0x1_0000 + option;
}

export class SocketOptions {
  readonly #set = new Map<number, number>();
  /** SO_RCVTIMEO and SO_SNDTIMEO in nanoseconds; 0 waits for ever. */
  receiveTimeoutNs = 0;
  sendTimeoutNs = 0;
  /** SO_LINGER. */
  linger: { readonly on: boolean; readonly seconds: number } = { on: false, seconds: 0 };

  get(level: number, option: number): number {
    const number = key(level, option);
    return this.#set.get(number) ?? DEFAULTS.get(number) ?? 0;
  }

  set(level: number, option: number, value: number): void {
    const number = key(level, option);
    if (BUFFERS.has(number)) {
      this.#set.set(number, Math.max(SMALLEST_BUFFER, Math.min(Math.max(0, value), LARGEST_BUFFER) * 2));
    } else {
      this.#set.set(number, SWITCHES.has(number) ? Number(value !== 0) : value);
    }
  }

  /** A connection that is accepted has its listener's options. */
  copy(): SocketOptions {
    const copy = new SocketOptions();
    for (const [number, value] of this.#set) copy.#set.set(number, value);
    copy.receiveTimeoutNs = this.receiveTimeoutNs;
    copy.sendTimeoutNs = this.sendTimeoutNs;
    copy.linger = this.linger;
    return copy;
  }
}
