// UDP socket: AF_INET and AF_INET6 datagrams over a NetworkManager; those to the name server are answered from the Resolver.
//
//   new ─bind, or the first send─▶ bound: datagrams are received ahead, up to a bound
//   connect: where sends go, and whose datagrams alone are taken (udp(7))

import {
  type CapTableView,
  NetworkManager,
  type SocketAddress,
  UdpSocket as UdpSocketInterface,
  type UdpSocketReceiveResults,
} from '@capos/abi';
import type { Call } from '../call.ts';
import { type CallAnswer, callMethod } from '../capabilities/capability-call.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { adoptResult, type StartedCall, startCall } from '../capabilities/started-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { AF, IPV6_V6ONLY, LEVEL, PROTOCOL, SOCK } from '../linux/socket-numbers.ts';
import type { PosixDomain } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import { type Blocking, settle } from '../waiting.ts';
import { DatagramSocket } from './datagram-socket.ts';
import { isReserved, NAME_SERVER, networkOf, resolverOf } from './network-access.ts';
import { errnoOfNetworkError } from './network-errors.ts';
import { answerQuery } from './resolver-port.ts';
import type { IncomingMessage, OutgoingMessage, ReceiveOptions } from './socket-file.ts';
import { type InternetName, internetName, plainAddress, type SocketName } from './socket-name.ts';

/** Bytes and datagrams received ahead. */
const AHEAD_BYTES = 212_992;
const AHEAD_COUNT = 256;
const LARGEST_DATAGRAM = 65_507;
const MESSAGE_ROOM = 512;

interface Datagram {
  readonly data: Uint8Array;
  readonly remote: SocketAddress;
}

export class UdpSocket extends DatagramSocket {
  #capability: SharedCapability | undefined;
  #local: SocketAddress | undefined;
  #peer: SocketAddress | undefined;
  readonly #arrived: Datagram[] = [];
  #bytes = 0;
  #call: StartedCall | undefined;
  #receivingAhead = false;
  #error = 0;
  #closed = false;
  declare readonly family: InternetName['family'];

  constructor(domain: PosixDomain, family: InternetName['family'], statusFlags: number) {
    super(domain, family, SOCK.DGRAM, PROTOCOL.UDP, statusFlags);
  }

  override get capabilities(): readonly SharedCapability[] {
    return this.#capability === undefined ? [] : [this.#capability];
  }

  #name(at: SocketAddress | undefined): InternetName {
    const none = new Uint8Array(this.family === AF.INET ? 4 : 16);
    return internetName(this.family, at?.address ?? none, at?.port ?? 0);
  }

  override localName(): SocketName {
    return this.#name(this.#local);
  }

  override peerName(): SocketName | undefined {
    return this.#peer && this.#name(this.#peer);
  }

  // ── bind and connect ─────────────────────────────────────────────────────────────────────────────────────────────────

  override *bind(name: SocketName, { process }: Call): Blocking<number> {
    if (this.#local !== undefined) return -ERRNO.EINVAL;
    if (name.family !== this.family) return -ERRNO.EAFNOSUPPORT;
    return yield* this.#take({ address: plainAddress(name.address), port: name.port }, process);
  }

  *#take(local: SocketAddress, process: PosixProcess): Blocking<number> {
    const network = networkOf(process);
    if (network === undefined || isReserved(local.port, process)) return -ERRNO.EACCES;
    const { caps, capId } = network.reference!;
    const dual = this.family === AF.INET6 && this.options.get(LEVEL.IPV6, IPV6_V6ONLY) === 0;
    const answer = yield* settle(callMethod(caps, capId, NetworkManager.methods.bindUdp, { local, dual }));
    if (typeof answer === 'number') return answer;
    const { error, socket, local: taken } = answer.results;
    const capability = adoptResult(this.domain, answer, caps, socket, UdpSocketInterface.id);
    if (error === 'notPermitted')
      return process.refuse('bind', -ERRNO.EACCES, { to: 'listen', protocol: 'udp', ...local });
    if (error !== 'none' || capability === undefined) return errnoOfNetworkError(error) || -ERRNO.EIO;
    this.#capability = capability;
    this.#local = taken;
    capability.onHolderLost = (lost) => {
      if (this.#call?.through !== lost) return;
      this.#call = undefined;
      this.#receivingAhead = false;
      if (capability.reference !== undefined) this.#receiveAhead();
    };
    this.#receiveAhead();
    return 0;
  }

  *#bound(process: PosixProcess): Blocking<number> {
    if (this.#capability !== undefined) return 0;
    return yield* this.#take({ address: new Uint8Array(this.family === AF.INET ? 4 : 16), port: 0 }, process);
  }

  override *connect(name: SocketName | 'unspecified', { process }: Call): Blocking<number> {
    if (name === 'unspecified') {
      this.#peer = undefined;
      return 0;
    }
    if (name.family !== this.family) return -ERRNO.EAFNOSUPPORT;
    const remote = { address: plainAddress(name.address), port: name.port };
    if (isNameServer(remote) && resolverOf(process) !== undefined) {
      this.#local ??= { address: NAME_SERVER.address, port: 0 };
      this.#peer = remote;
      return 0;
    }
    const bound = yield* this.#bound(process);
    if (bound < 0) return bound;
    const { caps, capId } = this.#capability!.reference!;
    const answer = yield* settle(callMethod(caps, capId, UdpSocketInterface.methods.localFor, { remote }));
    if (typeof answer === 'number') return answer;
    const { error, local } = answer.results;
    if (error === 'notPermitted' || error === 'unreachable')
      return process.refuse('connect', errnoOfNetworkError(error), { to: 'connect', protocol: 'udp', ...remote });
    if (error !== 'none') return errnoOfNetworkError(error);
    this.#local = local;
    this.#peer = remote;
    return 0;
  }

  // ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  override *send({ data, to }: OutgoingMessage, _nonBlocking: boolean, call?: Call): Blocking<number> {
    if (!this.sending) return -ERRNO.EPIPE;
    if (to !== undefined && to.family !== this.family) return -ERRNO.EAFNOSUPPORT;
    const remote = to === undefined ? this.#peer : { address: plainAddress(to.address), port: to.port };
    if (remote === undefined) return -ERRNO.EDESTADDRREQ;
    if (remote.port === 0) return -ERRNO.EINVAL;
    if (data.length > LARGEST_DATAGRAM) return -ERRNO.EMSGSIZE;
    const error = this.#takeConnectedError();
    if (error !== 0) return -error;
    const process = call?.process ?? this.domain.currentProcess;
    if (process === undefined) return -ERRNO.EIO;
    if (isNameServer(remote)) {
      const resolver = resolverOf(process);
      if (resolver !== undefined) {
        this.#ask(resolver, process, data, remote);
        return data.length;
      }
    }
    const bound = yield* this.#bound(process);
    if (bound < 0) return bound;
    const { reference } = this.#capability!;
    if (reference === undefined) return -ERRNO.EIO;
    const method = UdpSocketInterface.methods.send;
    const answer = yield* settle(callMethod(reference.caps, reference.capId, method, { data, remote }));
    if (typeof answer === 'number') return answer;
    const refusal = answer.results.error;
    if (refusal === 'notPermitted' || refusal === 'unreachable')
      return process.refuse('sendto', errnoOfNetworkError(refusal), { to: 'connect', protocol: 'udp', ...remote });
    return refusal === 'none' ? data.length : errnoOfNetworkError(refusal);
  }

  #ask(resolver: SharedCapability, process: PosixProcess, query: Uint8Array, remote: SocketAddress): void {
    answerQuery(
      resolver,
      query,
      (answer) => {
        if (!this.#closed) this.#arrive({ data: answer, remote });
      },
      () => process.refuse('sendto', -ERRNO.EPERM, { to: 'resolve names' }),
    );
  }

  // ── receiving ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #receiveAhead(): void {
    const capability = this.#capability;
    while (
      capability !== undefined &&
      !this.#receivingAhead &&
      !this.#closed &&
      this.#arrived.length < AHEAD_COUNT &&
      this.#bytes < AHEAD_BYTES
    ) {
      this.#receivingAhead = true;
      this.#call = startCall(
        capability,
        UdpSocketInterface.methods.receive,
        {},
        (answer, caps) => this.#received(answer, caps),
        { maxResultBytes: LARGEST_DATAGRAM + MESSAGE_ROOM },
      );
    }
  }

  #received(answer: CallAnswer<UdpSocketReceiveResults> | number, _caps: CapTableView | undefined): void {
    this.#receivingAhead = false;
    this.#call = undefined;
    if (this.#closed) return;
    if (typeof answer === 'number') {
      // Whoever serves it is gone: nothing will come.
      this.#error = -answer;
      this.receiving = false;
      this.changed.notify();
      this.#receivingAhead = true;
      return;
    }
    const { error, data, remote } = answer.results;
    if (error !== 'none') {
      // What an unconnected socket sent into the void is nobody's error (udp(7)).
      if (this.#peer !== undefined) this.#error = -errnoOfNetworkError(error);
      this.changed.notify();
    } else this.#arrive({ data, remote });
    this.#receiveAhead();
  }

  #arrive(datagram: Datagram): void {
    const peer = this.#peer;
    if (peer !== undefined && !same(peer, datagram.remote)) return;
    this.#arrived.push(datagram);
    this.#bytes += datagram.data.length;
    this.changed.notify();
  }

  override *receive(length: number, { peek, nonBlocking }: ReceiveOptions): Blocking<IncomingMessage | number> {
    const ready = (): boolean => this.#arrived.length > 0 || this.#error !== 0 || !this.receiving;
    const waited = yield* this.until(ready, nonBlocking, this.options.receiveTimeoutNs);
    if (waited < 0) return waited;
    const error = this.#takeConnectedError();
    if (error !== 0) return -error;
    const first = peek ? this.#arrived[0] : this.#arrived.shift();
    if (first === undefined) return { data: new Uint8Array(0), length: 0 };
    if (!peek) {
      this.#bytes -= first.data.length;
      this.#receiveAhead();
    }
    return { data: first.data.subarray(0, length), length: first.data.length, from: this.#name(first.remote) };
  }

  #takeConnectedError(): number {
    const error = this.#error;
    this.#error = 0;
    return error;
  }

  override takeError(): number {
    return this.#takeConnectedError();
  }

  override get available(): number {
    return this.#arrived[0]?.data.length ?? 0;
  }

  protected override get isConnected(): boolean {
    return this.#peer !== undefined;
  }

  override readiness(): number {
    let ready: number = POLL.OUT | POLL.WRNORM | this.endedReadiness;
    if (this.#arrived.length > 0 || this.#error !== 0) ready |= POLL.IN | POLL.RDNORM;
    if (this.#error !== 0) ready |= POLL.ERR;
    return ready;
  }

  protected override close(): void {
    this.#closed = true;
    this.#call?.cancel();
    if (this.#capability === undefined) return;
    this.#capability.onHolderLost = () => {};
    this.#capability.release();
  }
}

function same(left: SocketAddress, right: SocketAddress): boolean {
  return (
    left.port === right.port &&
    left.address.length === right.address.length &&
    left.address.every((byte, index) => byte === right.address[index])
  );
}

function isNameServer(remote: SocketAddress): boolean {
  return same(remote, NAME_SERVER);
}
