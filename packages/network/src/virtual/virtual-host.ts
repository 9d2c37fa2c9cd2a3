// Virtual host: one system's sockets on a virtual network.
//
//   bind ─▶ VirtualPort ─listen─▶ backlog ◀── connect (of any host that reaches this one)
//                                    └─▶ accept
//
// Connecting to a full backlog waits, as a dropped SYN would be sent again (tcp(7), tcp_abort_on_overflow).
import type { SocketAddress } from '@capos/abi';
import {
  destination,
  isIpv4,
  isIpv6,
  isLoopback,
  isWildcard,
  LOOPBACK_IPV4,
  LOOPBACK_IPV6,
  sameAddress,
} from '../address.ts';
import type {
  Cancel,
  Datagram,
  NetworkBackend,
  NetworkFailure,
  Outcome,
  TcpPort,
  TcpServer,
  TcpStream,
  UdpPort,
} from '../network-backend.ts';
import type { NetworkPlace } from './network-place.ts';
import { PortSpace } from './port-space.ts';
import { type DatagramHost, VirtualDatagramPort } from './virtual-datagram-port.ts';
import { VirtualStream } from './virtual-stream.ts';

const NOTHING_TO_CANCEL: Cancel = () => {};

export class VirtualHost implements NetworkBackend, NetworkPlace, DatagramHost {
  readonly addresses: readonly Uint8Array[];
  readonly #route: (address: Uint8Array) => NetworkPlace | undefined;
  readonly #streams = new PortSpace<VirtualPort>();
  readonly #datagrams = new PortSpace<VirtualDatagramPort>();
  #listening: (server: TcpServer) => () => void = () => () => {};

  /** Made by {@link VirtualNetwork.host}. */
  constructor(addresses: readonly Uint8Array[], route: (address: Uint8Array) => NetworkPlace | undefined) {
    this.addresses = addresses;
    this.#route = route;
  }

  /**
   * Tells of every server that begins to listen here, for whoever publishes its port elsewhere. What `callback` answers runs
   * when that server has closed.
   */
  onListen(callback: (server: TcpServer) => () => void): void {
    this.#listening = callback;
  }

  connect(remote: SocketAddress, done: Outcome<TcpStream>): Cancel {
    return this.connectFrom(undefined, remote, done);
  }

  /** From a bound address, or from the one that leads there. */
  connectFrom(local: SocketAddress | undefined, remote: SocketAddress, done: Outcome<TcpStream>): Cancel {
    const target = destination(remote);
    const place = this.placeOf(target.address);
    const address = this.addressTowards(target, local?.address);
    const fail = (failure: NetworkFailure): Cancel => {
      done(failure);
      return NOTHING_TO_CANCEL;
    };
    if (place === undefined || address === undefined) return fail('unreachable');
    const port = local?.port ?? this.#streams.free(address, false);
    if (port === undefined) return fail('addressInUse');
    return place.enter({ address, port }, target, done);
  }

  enter(from: SocketAddress, target: SocketAddress, done: Outcome<TcpStream>): Cancel {
    const server = this.#streams.find(target)?.server;
    if (server !== undefined) return server.enter(VirtualStream.pair(from, target), done);
    done('connectionRefused');
    return NOTHING_TO_CANCEL;
  }

  arrive(datagram: Datagram, target: SocketAddress): void {
    const port = this.#datagrams.find(target);
    // Nobody there: an ICMP message goes back.
    if (port === undefined) this.placeOf(datagram.remote.address)?.refused(datagram.remote);
    else port.arrive(datagram);
  }

  refused(local: SocketAddress): void {
    this.#datagrams.find(local)?.refused();
  }

  /** A connection from outside to whoever listens on `port`, whatever the address it is bound to. */
  connectFromOutside(port: number, remote: SocketAddress, done: Outcome<TcpStream>): Cancel {
    const bound = this.#streams.anyOn(port);
    const server = bound?.server;
    if (bound === undefined || server === undefined) {
      done('connectionRefused');
      return NOTHING_TO_CANCEL;
    }
    const { address } = bound.local;
    const own = isWildcard(address) ? (isIpv4(address) ? LOOPBACK_IPV4 : LOOPBACK_IPV6) : address;
    return server.enter(VirtualStream.pair(remote, { address: own, port }), done);
  }

  bind(local: SocketAddress, dual: boolean, done: Outcome<TcpPort>): void {
    const taken = this.#take(this.#streams, local, dual);
    if (typeof taken === 'string') {
      done(taken);
      return;
    }
    const port = new VirtualPort(
      this,
      taken,
      dual,
      (server) => this.#listening(server),
      () => this.#streams.remove(port),
    );
    this.#streams.add(port);
    done(port);
  }

  bindUdp(local: SocketAddress, dual: boolean, done: Outcome<UdpPort>): void {
    const taken = this.#take(this.#datagrams, local, dual);
    if (typeof taken === 'string') {
      done(taken);
      return;
    }
    const port = new VirtualDatagramPort(this, taken, dual, () => this.#datagrams.remove(port));
    this.#datagrams.add(port);
    done(port);
  }

  #take(
    space: PortSpace<VirtualPort> | PortSpace<VirtualDatagramPort>,
    { address, port }: SocketAddress,
    dual: boolean,
  ): SocketAddress | NetworkFailure {
    if (!isIpv4(address) && !isIpv6(address)) return 'unsupported';
    if (!this.owns(address) && !isWildcard(address)) return 'addressNotAvailable';
    const wanted = port === 0 ? space.free(address, dual) : port;
    if (wanted === undefined || !space.available({ address, port: wanted }, dual)) return 'addressInUse';
    return { address: address.slice(), port: wanted };
  }

  /** Whether it is one of this host's own addresses. */
  owns(address: Uint8Array): boolean {
    return isLoopback(address) || this.addresses.some((own) => sameAddress(own, address));
  }

  /** Where an address leads, as seen from here. */
  placeOf(address: Uint8Array): NetworkPlace | undefined {
    return this.owns(address) ? this : this.#route(address);
  }

  /** The own address that datagrams and connections to `remote` come from; undefined when no way leads there. */
  addressTowards(remote: SocketAddress, bound?: Uint8Array): Uint8Array | undefined {
    if (bound !== undefined && !isWildcard(bound)) return bound;
    if (this.owns(remote.address)) return remote.address;
    return this.addresses.find((own) => own.length === remote.address.length);
  }
}

class VirtualPort implements TcpPort {
  readonly local: SocketAddress;
  readonly dual: boolean;
  server: VirtualServer | undefined;
  readonly #host: VirtualHost;
  readonly #listening: (server: TcpServer) => () => void;
  readonly #free: () => void;
  /** The port itself, and what was made from it: the last to go gives the number back. */
  #users = 1;

  constructor(
    host: VirtualHost,
    local: SocketAddress,
    dual: boolean,
    listening: (server: TcpServer) => () => void,
    free: () => void,
  ) {
    this.#host = host;
    this.local = local;
    this.dual = dual;
    this.#listening = listening;
    this.#free = free;
  }

  listen(backlog: number, done: Outcome<TcpServer>): void {
    if (this.server !== undefined) {
      done('addressInUse');
      return;
    }
    this.#users++;
    let ended = (): void => {};
    const server = new VirtualServer(this.local, Math.max(1, backlog), () => {
      this.server = undefined;
      ended();
      this.#release();
    });
    this.server = server;
    ended = this.#listening(server);
    done(server);
  }

  connect(remote: SocketAddress, done: Outcome<TcpStream>): Cancel {
    return this.#host.connectFrom(this.local, remote, done);
  }

  close(): void {
    this.#release();
  }

  #release(): void {
    if (--this.#users === 0) this.#free();
  }
}

interface Waiting {
  readonly streams: readonly [VirtualStream, VirtualStream];
  readonly done: Outcome<TcpStream>;
}

class VirtualServer implements TcpServer {
  readonly local: SocketAddress;
  readonly #backlog: number;
  readonly #closed: () => void;
  readonly #arrived: VirtualStream[] = [];
  readonly #waiting: Waiting[] = [];
  #open = true;
  #changed: () => void = () => {};

  constructor(local: SocketAddress, backlog: number, closed: () => void) {
    this.local = local;
    this.#backlog = backlog;
    this.#closed = closed;
  }

  /** Somebody connects. */
  enter(streams: readonly [VirtualStream, VirtualStream], done: Outcome<TcpStream>): Cancel {
    const waiting = { streams, done };
    this.#waiting.push(waiting);
    this.#admit();
    return () => {
      const index = this.#waiting.indexOf(waiting);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  }

  #admit(): void {
    while (this.#waiting.length > 0 && this.#arrived.length < this.#backlog) {
      const { streams, done } = this.#waiting.shift()!;
      this.#arrived.push(streams[1]);
      done(streams[0]);
      this.#changed();
    }
  }

  accept(): TcpStream | NetworkFailure | undefined {
    const stream = this.#arrived.shift();
    if (stream !== undefined) this.#admit();
    return stream;
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const stream of this.#arrived.splice(0)) stream.abort();
    for (const { done } of this.#waiting.splice(0)) done('connectionRefused');
    this.#closed();
  }
}
