// What gives a network: sockets without capabilities. The service (service/) puts capabilities before it.
//
//   NetworkBackend ─┬ virtual/    systems of one JavaScript program, in memory: works anywhere
//                   ├ host-node/  the host's sockets
//                   └ gateway/    a virtual host with ways out, and ways in
//
// Everything here answers at once or calls back; nothing waits. Where there is nothing yet, `undefined` is answered, and the
// listener set with `onChange` runs when asking again is worth it. A failure is its name.
import type { NetworkError, SocketAddress } from '@capos/abi';

/** Why something could not be had. */
export type NetworkFailure = Exclude<NetworkError, number | 'none'>;

export type Outcome<T> = (outcome: T | NetworkFailure) => void;

/** Gives up what was begun. Without effect once it has been answered. */
export type Cancel = () => void;

export interface NetworkBackend {
  /** The system's own addresses. */
  readonly addresses: readonly Uint8Array[];
  connect(remote: SocketAddress, done: Outcome<TcpStream>): Cancel;
  /** Takes a local address and port; port 0 takes a free one. `dual`: `::` also takes IPv4. */
  bind(local: SocketAddress, dual: boolean, done: Outcome<TcpPort>): void;
  bindUdp(local: SocketAddress, dual: boolean, done: Outcome<UdpPort>): void;
}

/** Something to ask again. */
export interface Changing {
  /** `listener` runs when asking again is worth it; one listener at a time. */
  onChange(listener: () => void): void;
}

/** A local address and port that one stream socket has. */
export interface TcpPort {
  readonly local: SocketAddress;
  /** At most `backlog` connections wait to be accepted. */
  listen(backlog: number, done: Outcome<TcpServer>): void;
  connect(remote: SocketAddress, done: Outcome<TcpStream>): Cancel;
  /** Gives the port back; a server made from it goes on. */
  close(): void;
}

export interface TcpServer extends Changing {
  readonly local: SocketAddress;
  accept(): TcpStream | NetworkFailure | undefined;
  /** Nobody comes in any more; who was not accepted is sent away. */
  close(): void;
}

export interface TcpStream extends Changing {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** At most `limit` bytes; empty once the other side has ended; undefined when nothing is there yet. */
  receive(limit: number): Uint8Array | NetworkFailure | undefined;
  /** How many bytes were taken: 0 when there is no room. Copies what it takes. */
  send(data: Uint8Array): number | NetworkFailure;
  /** Takes all of it, room or not. */
  sendLast(data: Uint8Array): NetworkFailure | undefined;
  shutdown(receiving: boolean, sending: boolean): NetworkFailure | undefined;
  setOption(option: 'noDelay' | 'keepAlive', value: number): void;
  /** The other side sees a reset. */
  abort(): void;
  /** What was sent still goes out. */
  close(): void;
}

export interface Datagram {
  readonly data: Uint8Array;
  readonly remote: SocketAddress;
}

export interface UdpPort extends Changing {
  readonly local: SocketAddress;
  receive(): Datagram | NetworkFailure | undefined;
  send(data: Uint8Array, remote: SocketAddress): NetworkFailure | undefined;
  /** The address from which `remote` would be reached. */
  localFor(remote: SocketAddress): SocketAddress | NetworkFailure;
  close(): void;
}

/** Finds names; `undefined` results are failures by name. */
export interface NameLookup {
  resolve(name: string, done: Outcome<readonly Uint8Array[]>): void;
  reverse(address: Uint8Array, done: Outcome<readonly string[]>): void;
}

export function isFailure(value: unknown): value is NetworkFailure {
  return typeof value === 'string';
}
