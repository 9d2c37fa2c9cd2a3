// A link joins two virtual networks that share no memory: systems in Workers reach one another through their page.
//
//   Worker: VirtualNetwork ── channel ── page: VirtualNetwork ── channel ── Worker: VirtualNetwork
//     10.0.0.1                            knows 10.0.0.1 by one link, 10.0.0.2 by the other          10.0.0.2
//
// Hosts, ports and loopbacks stay where they are; a link carries what goes between hosts. Each side tells the other which
// addresses are reached through it, and takes from it only what comes from those. Links form a tree: a ring of networks would
// tell itself about itself.
import type { SocketAddress } from '@capos/abi';
import { formatAddress, isLoopback, isWildcard } from '../address.ts';
import type { Cancel, Datagram, NetworkFailure, Outcome, TcpStream } from '../network-backend.ts';
import { isFailure } from '../network-backend.ts';
import type { NetworkPlace } from '../virtual/network-place.ts';
import { VirtualStream } from '../virtual/virtual-stream.ts';
import { type LinkMessage, linkMessage } from './link-message.ts';
import { LinkedStream } from './linked-stream.ts';

/** Messages between two sides, in order, each once: what a `MessagePort` is (see {@link portChannel}). */
export interface LinkChannel {
  /** Data in a message is the channel's from then on. */
  send(message: unknown): void;
  /** Called once, and then no message is missed. */
  onMessage(listener: (message: unknown) => void): void;
}

/** What a link needs of its network. */
export interface LinkedNetwork {
  placeOf(address: Uint8Array): NetworkPlace | undefined;
  /** Addresses to tell the other side of. */
  addresses(): readonly Uint8Array[];
  /** What the other side tells has changed. */
  changed(): void;
}

/** Connections over one link, in either direction: the other side must not make this one keep more. */
const MOST_STREAMS = 4096;
/** Connections that the other side waits for. */
const MOST_ENTERING = 1024;

export class NetworkLink implements NetworkPlace {
  /** Settled once the other side has said which hosts it has. Rejected when the link was closed before. */
  readonly joined: Promise<void>;
  readonly #channel: LinkChannel;
  readonly #network: LinkedNetwork;
  readonly #closed: (why: string | undefined) => void;
  #settleJoined!: { readonly resolve: () => void; readonly reject: (error: Error) => void };
  #addresses: readonly Uint8Array[] = [];
  #known: ReadonlySet<string> = new Set();
  #isOpen = true;
  #next = 1;
  /** Begun here and not answered yet. */
  readonly #asked = new Map<
    number,
    { readonly from: SocketAddress; readonly to: SocketAddress; readonly done: Outcome<TcpStream> }
  >();
  /** Begun there and not answered yet. */
  readonly #entering = new Map<number, Cancel>();
  readonly #streams = new Map<number, LinkedStream>();

  /** Made by `VirtualNetwork.link`. */
  constructor(channel: LinkChannel, network: LinkedNetwork, closed: (why: string | undefined) => void) {
    this.#channel = channel;
    this.#network = network;
    this.#closed = closed;
    this.joined = new Promise((resolve, reject) => {
      this.#settleJoined = { resolve, reject };
    });
    // Nobody need wait for it.
    this.joined.catch(() => {});
    channel.onMessage((received) => this.#received(received));
  }

  /** Addresses that the other side reaches. */
  get addresses(): readonly Uint8Array[] {
    return this.#addresses;
  }

  leadsTo(address: Uint8Array): boolean {
    return this.#known.has(formatAddress(address));
  }

  /** Tells the other side what is reached through this one. */
  tellHosts(): void {
    this.#send({ kind: 'hosts', addresses: this.#network.addresses().map((address) => address.slice()) });
  }

  /** Ends it: connections over it are reset, its hosts are not reached any more. */
  close(): void {
    this.#end(undefined);
  }

  enter(from: SocketAddress, to: SocketAddress, done: Outcome<TcpStream>): Cancel {
    if (this.#streams.size + this.#asked.size >= MOST_STREAMS) {
      done('tooManySockets');
      return () => {};
    }
    const stream = this.#next++;
    this.#asked.set(stream, { from, to, done });
    this.#send({ kind: 'connect', stream, from: copied(from), to: copied(to) });
    return () => {
      if (this.#asked.delete(stream)) this.#send({ kind: 'cancel', stream });
    };
  }

  arrive({ data, remote }: Datagram, target: SocketAddress): void {
    this.#send({ kind: 'datagram', from: copied(remote), to: copied(target), data: data.slice() });
  }

  refused(local: SocketAddress): void {
    this.#send({ kind: 'absent', from: copied(local) });
  }

  #send(message: LinkMessage): void {
    if (this.#isOpen) this.#channel.send(message);
  }

  #received(received: unknown): void {
    if (!this.#isOpen) return;
    const message = linkMessage(received);
    const understood = message !== undefined && this.#take(message);
    if (!understood)
      this.#end(message === undefined ? 'what came is no message of a link' : `"${message.kind}" came out of turn`);
  }

  /** False: the other side does not keep to what was agreed. */
  #take(message: LinkMessage): boolean {
    if (message.kind === 'hosts') return this.#hosts(message.addresses);
    if (message.kind === 'datagram') return this.#datagram(message);
    if (message.kind === 'absent') {
      this.#network.placeOf(message.from.address)?.refused(message.from);
      return true;
    }
    // Numbers are the sender's.
    const number = -message.stream;
    const stream = this.#streams.get(number);
    switch (message.kind) {
      case 'connect':
        return this.#connect(number, message.from, message.to);
      case 'cancel':
        // It may have been accepted meanwhile; then the connection is one that was given up.
        if (this.#entering.has(number)) this.#entering.get(number)!();
        else stream?.reset();
        this.#entering.delete(number);
        return true;
      case 'accepted':
        return this.#accepted(number);
      case 'refused': {
        const asked = this.#asked.get(number);
        this.#asked.delete(number);
        asked?.done(message.failure);
        return true;
      }
      // What was under way when this side gave the stream up is for nobody.
      case 'data':
        return stream?.arrived(message.data) ?? true;
      case 'taken':
        return stream?.taken(message.count) ?? true;
      case 'end':
        stream?.endedThere();
        return true;
      case 'reset':
        stream?.reset();
        return true;
    }
  }

  #hosts(addresses: readonly Uint8Array[]): boolean {
    // Those are everybody's own.
    if (addresses.some((address) => isLoopback(address) || isWildcard(address))) return false;
    this.#addresses = addresses;
    this.#known = new Set(addresses.map(formatAddress));
    this.#network.changed();
    this.#settleJoined.resolve();
    return true;
  }

  /** Whether that is an address of the other side, and no other's. */
  #comesFrom({ address }: SocketAddress): boolean {
    return this.#network.placeOf(address) === this;
  }

  #datagram({ from, to, data }: Extract<LinkMessage, { readonly kind: 'datagram' }>): boolean {
    // Who says to be somebody else is not answered.
    if (!this.#comesFrom(from)) return true;
    const place = this.#network.placeOf(to.address);
    if (place !== undefined && place !== this) place.arrive({ data, remote: from }, to);
    return true;
  }

  #connect(number: number, from: SocketAddress, to: SocketAddress): boolean {
    if (number >= 0 || this.#streams.has(number) || this.#entering.has(number)) return false;
    const refuse = (failure: NetworkFailure): void => this.#send({ kind: 'refused', stream: number, failure });
    const place = this.#network.placeOf(to.address);
    if (!this.#comesFrom(from) || place === undefined || place === this) refuse('unreachable');
    else if (this.#entering.size >= MOST_ENTERING || this.#streams.size >= MOST_STREAMS) refuse('tooManySockets');
    else {
      let answered = false;
      const cancel = place.enter(from, to, (outcome) => {
        answered = true;
        this.#entering.delete(number);
        if (isFailure(outcome)) refuse(outcome);
        else if (!this.#isOpen) outcome.abort();
        else {
          this.#send({ kind: 'accepted', stream: number });
          this.#carry(outcome, number);
        }
      });
      if (!answered) this.#entering.set(number, cancel);
    }
    return true;
  }

  #accepted(number: number): boolean {
    const asked = this.#asked.get(number);
    // Given up meanwhile: the other side has been told.
    if (asked === undefined) return true;
    this.#asked.delete(number);
    const [here, facing] = VirtualStream.pair(asked.from, asked.to);
    this.#carry(facing, number);
    asked.done(here);
    return true;
  }

  #carry(stream: TcpStream, number: number): void {
    const linked = new LinkedStream(
      stream,
      number,
      (message) => this.#send(message),
      () => this.#streams.delete(number),
    );
    this.#streams.set(number, linked);
    linked.begin();
  }

  #end(why: string | undefined): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#addresses = [];
    this.#known = new Set();
    for (const stream of [...this.#streams.values()]) stream.reset();
    for (const cancel of this.#entering.values()) cancel();
    this.#entering.clear();
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { done } of asked) done('unreachable');
    this.#settleJoined.reject(new Error(`the link was closed: ${why ?? 'by this side'}`));
    this.#closed(why);
  }
}

const copied = ({ address, port }: SocketAddress): SocketAddress => ({ address: address.slice(), port });
