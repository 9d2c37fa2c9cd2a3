// Gateway: a virtual host with chosen ways out of it. What is inside stays inside; only what a rule names goes to the outside
// network.
//
//   connect ─▶ a rule of `ways` allows it ─▶ outside          listen ─▶ inside; publish.ts brings the outside in
//            └ otherwise ─▶ inside: loopback, own addresses
import type { NetworkRule, SocketAddress } from '@capos/abi';
import { isIpv4, WILDCARD_IPV4, WILDCARD_IPV6 } from '../address.ts';
import {
  type Datagram,
  isFailure,
  type NetworkBackend,
  type NetworkFailure,
  type UdpPort,
} from '../network-backend.ts';
import { ruleAllows } from '../reach.ts';
import type { VirtualHost } from '../virtual/virtual-host.ts';

export interface GatewayOptions {
  readonly inside: VirtualHost;
  readonly outside: NetworkBackend;
  /** Where connections and datagrams may leave; rules that allow to listen have no meaning here. */
  readonly ways: readonly NetworkRule[];
}

/** The inside's network with ways out. */
export function gatewayNetwork({ inside, outside, ways }: GatewayOptions): NetworkBackend {
  const leaves = (protocol: 'tcp' | 'udp', remote: SocketAddress): boolean =>
    ways.some((rule) => ruleAllows(rule, { action: 'connect', protocol, ...remote }));
  return {
    addresses: inside.addresses,
    connect: (remote, done) => (leaves('tcp', remote) ? outside : inside).connect(remote, done),
    bind: (local, dual, done) =>
      inside.bind(local, dual, (outcome) => {
        if (isFailure(outcome)) done(outcome);
        else
          done({
            local: outcome.local,
            listen: (backlog, told) => outcome.listen(backlog, told),
            connect: (remote, told) =>
              leaves('tcp', remote) ? outside.connect(remote, told) : outcome.connect(remote, told),
            close: () => outcome.close(),
          });
      }),
    bindUdp: (local, dual, done) =>
      inside.bindUdp(local, dual, (outcome) =>
        done(isFailure(outcome) ? outcome : new GatewayDatagramPort(outcome, outside, (to) => leaves('udp', to))),
      ),
  };
}

/** Sends through the inside, or through an outside port of its own that is bound at the first datagram out. */
class GatewayDatagramPort implements UdpPort {
  readonly local: SocketAddress;
  readonly #inside: UdpPort;
  readonly #outside: NetworkBackend;
  readonly #leaves: (remote: SocketAddress) => boolean;
  readonly #ways = new Map<number, UdpPort | readonly Datagram[]>();
  readonly #failures: NetworkFailure[] = [];
  #changed: () => void = () => {};
  #closed = false;

  constructor(inside: UdpPort, outside: NetworkBackend, leaves: (remote: SocketAddress) => boolean) {
    this.#inside = inside;
    this.#outside = outside;
    this.#leaves = leaves;
    this.local = inside.local;
    inside.onChange(() => this.#changed());
  }

  receive(): Datagram | NetworkFailure | undefined {
    for (const way of this.#ways.values()) {
      if (!isPort(way)) continue;
      // Only those it may talk to are heard from outside.
      for (let got = way.receive(); got !== undefined; got = way.receive())
        if (isFailure(got) || this.#leaves(got.remote)) return got;
    }
    return this.#failures.shift() ?? this.#inside.receive();
  }

  send(data: Uint8Array, remote: SocketAddress): NetworkFailure | undefined {
    if (!this.#leaves(remote)) return this.#inside.send(data, remote);
    const family = remote.address.length;
    const way = this.#ways.get(family);
    if (way !== undefined && isPort(way)) return way.send(data, remote);
    const datagram = { data: data.slice(), remote };
    this.#ways.set(family, [...(way ?? []), datagram]);
    if (way === undefined) this.#open(family, isIpv4(remote.address) ? WILDCARD_IPV4 : WILDCARD_IPV6);
    return undefined;
  }

  #open(family: number, address: Uint8Array): void {
    this.#outside.bindUdp({ address, port: 0 }, false, (port) => {
      const waiting = this.#ways.get(family);
      if (isFailure(port)) {
        this.#ways.delete(family);
        this.#failures.push(port);
        this.#changed();
        return;
      }
      if (this.#closed) {
        port.close();
        return;
      }
      this.#ways.set(family, port);
      port.onChange(() => this.#changed());
      if (waiting !== undefined && !isPort(waiting)) for (const { data, remote } of waiting) port.send(data, remote);
    });
  }

  localFor(remote: SocketAddress): SocketAddress | NetworkFailure {
    return this.#leaves(remote) ? this.local : this.#inside.localFor(remote);
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  close(): void {
    this.#closed = true;
    this.#inside.close();
    for (const way of this.#ways.values()) if (isPort(way)) way.close();
  }
}

function isPort(way: UdpPort | readonly Datagram[]): way is UdpPort {
  return !Array.isArray(way);
}
