// Virtual datagram port: a bounded queue of datagrams. What does not fit is dropped, as datagrams are.
import type { SocketAddress } from '@capos/abi';
import { destination, isIpv4, isWildcard } from '../address.ts';
import type { Datagram, NetworkFailure, UdpPort } from '../network-backend.ts';
import type { NetworkPlace } from './network-place.ts';

/** Largest payload of a UDP datagram over IPv4: 65,535 less two headers. */
const LARGEST = 65_507;
/** Bytes that wait, counting each datagram's keeping. */
const QUEUE_BYTES = 256 * 1024;
const KEEPING_BYTES = 256;

/** What a port asks of the host that it is on. */
export interface DatagramHost {
  /** Where an address leads. */
  placeOf(address: Uint8Array): NetworkPlace | undefined;
  /** The own address that datagrams to `remote` come from. */
  addressTowards(remote: SocketAddress, bound: Uint8Array): Uint8Array | undefined;
}

export class VirtualDatagramPort implements UdpPort {
  readonly local: SocketAddress;
  readonly dual: boolean;
  readonly #host: DatagramHost;
  readonly #free: () => void;
  readonly #arrived: Datagram[] = [];
  #bytes = 0;
  #open = true;
  #refused = false;
  #changed: () => void = () => {};

  constructor(host: DatagramHost, local: SocketAddress, dual: boolean, free: () => void) {
    this.#host = host;
    this.local = local;
    this.dual = dual;
    this.#free = free;
  }

  receive(): Datagram | NetworkFailure | undefined {
    if (this.#refused) {
      this.#refused = false;
      return 'connectionRefused';
    }
    const next = this.#arrived.shift();
    if (next !== undefined) this.#bytes -= next.data.length + KEEPING_BYTES;
    return next;
  }

  send(data: Uint8Array, remote: SocketAddress): NetworkFailure | undefined {
    if (data.length > LARGEST) return 'messageTooLarge';
    const target = destination(remote);
    const from = this.localFor(target);
    if (typeof from === 'string') return from;
    this.#host.placeOf(target.address)?.arrive({ data: data.slice(), remote: from }, target);
    return undefined;
  }

  localFor(remote: SocketAddress): SocketAddress | NetworkFailure {
    const target = destination(remote);
    const bound = this.local.address;
    const wildcard = isWildcard(bound);
    if (isIpv4(target.address) !== isIpv4(bound) && !(wildcard && this.dual)) return 'unreachable';
    if (this.#host.placeOf(target.address) === undefined) return 'unreachable';
    const address = this.#host.addressTowards(target, bound);
    return address === undefined ? 'unreachable' : { address, port: this.local.port };
  }

  arrive(datagram: Datagram): void {
    const size = datagram.data.length + KEEPING_BYTES;
    if (!this.#open || this.#bytes + size > QUEUE_BYTES) return;
    this.#bytes += size;
    this.#arrived.push(datagram);
    this.#changed();
  }

  /** Nobody was there: the next call is told (udp(7), "Error handling"). */
  refused(): void {
    this.#refused = true;
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#arrived.length = 0;
    this.#free();
  }
}
