// Where an address leads on a virtual network: a host of this JavaScript program, or one behind a link to another.
import type { SocketAddress } from '@capos/abi';
import type { Cancel, Datagram, Outcome, TcpStream } from '../network-backend.ts';

export interface NetworkPlace {
  /** Somebody at `from` connects; what is answered is that side's end. */
  enter(from: SocketAddress, target: SocketAddress, done: Outcome<TcpStream>): Cancel;
  arrive(datagram: Datagram, target: SocketAddress): void;
  /** A datagram that came from `local` here found nobody (ICMP, port unreachable). */
  refused(local: SocketAddress): void;
}
