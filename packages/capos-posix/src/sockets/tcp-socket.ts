// TCP socket: AF_INET and AF_INET6 streams over a NetworkManager.
//
//   new ─bind─▶ bound ─listen─▶ listening ─accept─▶ (another socket, connected)
//    └───────────┴──connect─▶ connecting ─▶ connected │ failed (told once, by SO_ERROR or the next call)
//
// A connect that has not ended when the program looks away goes on: readiness tells of its end (connect(2), EINPROGRESS).

import {
  type CapTableView,
  joinBytes,
  NetworkManager,
  type NetworkManagerConnectResults,
  type SocketAddress,
  TcpBinding,
  TcpListener,
  TcpSocket as TcpSocketInterface,
} from '@capos/abi';
import type { Call } from '../call.ts';
import { type CallAnswer, callMethod } from '../capabilities/capability-call.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { adoptResult, type StartedCall, startCall } from '../capabilities/started-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { AF, IPV6_V6ONLY, LEVEL, PROTOCOL, SHUT, SO, SOCK, SOMAXCONN, TCP } from '../linux/socket-numbers.ts';
import type { PosixDomain } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import { type Blocking, settle } from '../waiting.ts';
import { type AcceptedConnection, ConnectionQueue } from './connection-queue.ts';
import { isReserved, networkOf } from './network-access.ts';
import { errnoOfNetworkError } from './network-errors.ts';
import { type IncomingMessage, type OutgoingMessage, type ReceiveOptions, SocketFile } from './socket-file.ts';
import { type InternetName, internetName, isMapped, plainAddress, type SocketName } from './socket-name.ts';
import { OUTGOING_BYTES, StreamConnection } from './stream-connection.ts';

type State =
  | { readonly is: 'new' }
  | { readonly is: 'bound'; readonly binding: SharedCapability }
  | { readonly is: 'listening'; readonly queue: ConnectionQueue; readonly binding: SharedCapability }
  | { readonly is: 'connecting'; call: StartedCall | undefined }
  | { readonly is: 'connected'; readonly connection: StreamConnection; told: boolean }
  | { readonly is: 'failed' };

const NEW: State = { is: 'new' };

export class TcpSocket extends SocketFile {
  #state: State = NEW;
  #binding: SharedCapability | undefined;
  #local: SocketAddress | undefined;
  #remote: SocketAddress | undefined;
  /** Minus an error number that SO_ERROR tells. */
  #error = 0;
  declare readonly family: InternetName['family'];

  constructor(domain: PosixDomain, family: InternetName['family'], statusFlags: number) {
    super(domain, family, SOCK.STREAM, PROTOCOL.TCP, statusFlags);
  }

  override get capabilities(): readonly SharedCapability[] {
    const state = this.#state;
    const bound = this.#binding === undefined ? [] : [this.#binding];
    if (state.is === 'listening') return [...bound, state.queue.capability, ...state.queue.waiting];
    return state.is === 'connected' ? [...bound, state.connection.capability] : bound;
  }

  // ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #name(at: SocketAddress | undefined): InternetName {
    const none = new Uint8Array(this.family === AF.INET ? 4 : 16);
    return internetName(this.family, at?.address ?? none, at?.port ?? 0);
  }

  localName(): SocketName {
    return this.#name(this.#local);
  }

  peerName(): SocketName | undefined {
    return this.#state.is === 'connected' && this.#remote !== undefined ? this.#name(this.#remote) : undefined;
  }

  /** The address a name means here, or minus an error number. */
  #addressOf(name: SocketName): SocketAddress | number {
    if (name.family === AF.UNIX || name.family !== this.family) return -ERRNO.EAFNOSUPPORT;
    if (isMapped(name.address) && this.options.get(LEVEL.IPV6, IPV6_V6ONLY) !== 0) return -ERRNO.ENETUNREACH;
    return { address: plainAddress(name.address), port: name.port };
  }

  // ── bind and listen ──────────────────────────────────────────────────────────────────────────────────────────────────

  override *bind(name: SocketName, { process }: Call): Blocking<number> {
    if (this.#state.is !== 'new') return -ERRNO.EINVAL;
    const address = this.#addressOf(name);
    if (typeof address === 'number') return address;
    return yield* this.#take(address, process);
  }

  *#take(local: SocketAddress, process: PosixProcess): Blocking<number> {
    const network = networkOf(process);
    if (network === undefined || isReserved(local.port, process)) return -ERRNO.EACCES;
    const dual = this.family === AF.INET6 && this.options.get(LEVEL.IPV6, IPV6_V6ONLY) === 0;
    const { caps, capId } = network.reference!;
    const answer = yield* settle(callMethod(caps, capId, NetworkManager.methods.bind, { local, dual }));
    if (typeof answer === 'number') return answer;
    const { error, binding, local: taken } = answer.results;
    const capability = adoptResult(this.domain, answer, caps, binding, TcpBinding.id);
    // bind(2), EACCES: "The address is protected".
    if (error === 'notPermitted')
      return process.refuse('bind', -ERRNO.EACCES, { to: 'listen', protocol: 'tcp', ...local });
    if (error !== 'none' || capability === undefined) return errnoOfNetworkError(error) || -ERRNO.EIO;
    this.#binding = capability;
    this.#state = { is: 'bound', binding: capability };
    this.#local = taken;
    return 0;
  }

  override *listen(backlog: number, process: PosixProcess): Blocking<number> {
    const state = this.#state;
    if (state.is === 'listening') return 0;
    if (state.is !== 'new' && state.is !== 'bound') return -ERRNO.EINVAL;
    if (state.is === 'new') {
      const bound = yield* this.#take({ address: new Uint8Array(this.family === AF.INET ? 4 : 16), port: 0 }, process);
      if (bound < 0) return bound;
    }
    const binding = this.#binding!;
    const limit = Math.min(backlog < 0 ? SOMAXCONN : backlog, SOMAXCONN) + 1;
    const { reference } = binding;
    if (reference === undefined) return -ERRNO.EIO;
    const { caps, capId } = reference;
    const answer = yield* settle(callMethod(caps, capId, TcpBinding.methods.listen, { backlog: limit }));
    if (typeof answer === 'number') return answer;
    const { error, listener } = answer.results;
    const capability = adoptResult(this.domain, answer, caps, listener, TcpListener.id);
    if (error !== 'none' || capability === undefined) return errnoOfNetworkError(error) || -ERRNO.EIO;
    const queue = new ConnectionQueue(capability, limit, () => this.changed.notify());
    this.#state = { is: 'listening', queue, binding };
    queue.acceptAhead();
    return 0;
  }

  override get listening(): boolean {
    return this.#state.is === 'listening';
  }

  override *accept(nonBlocking: boolean): Blocking<SocketFile | number> {
    for (;;) {
      const state = this.#state;
      if (state.is !== 'listening') return -ERRNO.EINVAL;
      const next = state.queue.take();
      if (typeof next === 'number') return next;
      if (next !== undefined) return this.#accepted(next);
      const waited = yield* this.until(
        () => this.#state.is !== 'listening' || state.queue.ready,
        nonBlocking,
        this.options.receiveTimeoutNs,
      );
      if (waited < 0) return waited;
    }
  }

  #accepted({ capability, local, remote }: AcceptedConnection): TcpSocket {
    const socket = new TcpSocket(this.domain, this.family, 0);
    socket.options = this.options.copy();
    socket.#connected(capability, local, remote, true);
    return socket;
  }

  // ── connect ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  override *connect(name: SocketName | 'unspecified', { process }: Call): Blocking<number> {
    const state = this.#state;
    if (name === 'unspecified') return -ERRNO.EAFNOSUPPORT;
    if (state.is === 'connected') return this.#firstTold(state);
    if (state.is === 'listening') return -ERRNO.EISCONN;
    if (state.is === 'connecting') {
      if (this.nonBlocking) return -ERRNO.EALREADY;
    } else {
      const remote = this.#addressOf(name);
      if (typeof remote === 'number') return remote;
      if (state.is === 'failed') {
        const error = this.takeError();
        this.#state = NEW;
        if (error !== 0) return -error;
      }
      const refused = this.#begin(remote, process);
      if (refused < 0) return refused;
      if (this.nonBlocking) return -ERRNO.EINPROGRESS;
    }
    const waited = yield* this.until(() => this.#state.is !== 'connecting', false, this.options.sendTimeoutNs);
    if (waited === -ERRNO.EAGAIN) return -ERRNO.EINPROGRESS;
    // Restarted, it finds itself connecting (or connected) and goes on waiting.
    if (waited < 0) return waited;
    const now: State = this.#state;
    if (now.is === 'connected') return this.#firstTold(now);
    const error = this.takeError();
    return error === 0 ? -ERRNO.ECONNABORTED : -error;
  }

  /** 0 the first time somebody asks, EISCONN from then on. */
  #firstTold(state: State & { readonly is: 'connected' }): number {
    if (state.told) return -ERRNO.EISCONN;
    state.told = true;
    return 0;
  }

  /** Starts to connect. What is known at once to lead nowhere is answered. */
  #begin(remote: SocketAddress, process: PosixProcess): number {
    const network = networkOf(process);
    if (network === undefined) return -ERRNO.EACCES;
    const binding = this.#binding;
    const connecting: State & { is: 'connecting' } = { is: 'connecting', call: undefined };
    const before = this.#state;
    this.#state = connecting;
    let atOnce = true;
    let refused = 0;
    const done = (answer: CallAnswer<NetworkManagerConnectResults> | number, caps: CapTableView | undefined): void => {
      if (this.#state !== connecting) {
        if (typeof answer !== 'number') for (const cap of answer.caps) caps?.release(cap.capId);
        return;
      }
      if (typeof answer === 'number' || caps === undefined) {
        this.#fail(typeof answer === 'number' ? answer : -ERRNO.EIO);
        return;
      }
      const { error, socket, local } = answer.results;
      const capability = adoptResult(this.domain, answer, caps, socket, TcpSocketInterface.id);
      if (error === 'none' && capability !== undefined) {
        this.#connected(capability, local, remote, false);
        return;
      }
      if (error === 'notPermitted' || error === 'unreachable')
        process.refuse('connect', errnoOfNetworkError(error), { to: 'connect', protocol: 'tcp', ...remote });
      if (atOnce && (error === 'notPermitted' || error === 'unreachable' || error === 'unsupported')) {
        this.#state = before;
        refused = errnoOfNetworkError(error);
      } else this.#fail(errnoOfNetworkError(error) || -ERRNO.EIO);
    };
    const call =
      binding === undefined
        ? startCall(network, NetworkManager.methods.connect, { remote }, done)
        : startCall(binding, TcpBinding.methods.connect, { remote }, done);
    atOnce = false;
    connecting.call = call;
    return refused;
  }

  #connected(capability: SharedCapability, local: SocketAddress, remote: SocketAddress, told: boolean): void {
    this.#local = local;
    this.#remote = remote;
    const connection = new StreamConnection(capability, () => this.changed.notify());
    this.#state = { is: 'connected', connection, told };
    if (this.options.get(LEVEL.TCP, TCP.NODELAY) !== 0) connection.setOption('noDelay', 1);
    if (this.options.get(LEVEL.SOCKET, SO.KEEPALIVE) !== 0) this.optionSet(LEVEL.SOCKET, SO.KEEPALIVE, 1);
    this.changed.notify();
    connection.readAhead();
  }

  #fail(error: number): void {
    this.#error = error;
    this.#state = { is: 'failed' };
    this.changed.notify();
  }

  override takeError(): number {
    const state = this.#state;
    const error = this.#error;
    this.#error = 0;
    if (error !== 0) return -error;
    if (state.is !== 'connected') return 0;
    const { failure } = state.connection;
    state.connection.failure = 0;
    return -failure;
  }

  // ── data ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

  override *receive(length: number, { peek, all, nonBlocking }: ReceiveOptions): Blocking<IncomingMessage | number> {
    const state = this.#state;
    if (state.is === 'failed') {
      const error = this.takeError();
      return error === 0 ? -ERRNO.ENOTCONN : -error;
    }
    if (state.is === 'connecting') return nonBlocking ? -ERRNO.EAGAIN : yield* this.#afterConnecting(length, peek, all);
    if (state.is !== 'connected') return -ERRNO.ENOTCONN;
    const { connection } = state;
    if (length === 0) return { data: new Uint8Array(0), length: 0 };
    const enough = (): boolean =>
      connection.incoming.length >= (all ? length : 1) ||
      connection.ended ||
      connection.failure !== 0 ||
      connection.shutForReceiving;
    const parts: Uint8Array[] = [];
    let got = 0;
    // MSG_WAITALL for more than the buffer holds: taken as it comes.
    for (;;) {
      const waited = yield* this.until(
        () => enough() || (all && !peek && connection.incoming.length > 0),
        nonBlocking,
        this.options.receiveTimeoutNs,
      );
      if (waited < 0) {
        if (got === 0) return waited;
        break;
      }
      const taken = connection.take(length - got, peek);
      if (taken.length === 0) {
        if (got > 0) break;
        const error = connection.failure;
        connection.failure = 0;
        if (error < 0) return error === -ERRNO.EPIPE ? { data: taken, length: 0 } : error;
        return { data: taken, length: 0 };
      }
      got += taken.length;
      if (!all || peek || got >= length) {
        if (parts.length === 0) return { data: taken, length: taken.length };
        parts.push(taken);
        break;
      }
      parts.push(taken);
    }
    return { data: joinBytes(parts), length: got };
  }

  *#afterConnecting(length: number, peek: boolean, all: boolean): Blocking<IncomingMessage | number> {
    const waited = yield* this.until(() => this.#state.is !== 'connecting', false, this.options.receiveTimeoutNs);
    return waited < 0 ? waited : yield* this.receive(length, { peek, all, nonBlocking: false });
  }

  override *send({ data }: OutgoingMessage, nonBlocking: boolean): Blocking<number> {
    let done = 0;
    for (;;) {
      const state = this.#state;
      if (state.is === 'failed') {
        const error = this.takeError();
        return error === 0 ? -ERRNO.EPIPE : -error;
      }
      if (state.is !== 'connected' && state.is !== 'connecting') return -ERRNO.EPIPE;
      if (state.is === 'connected') {
        const { connection } = state;
        if (connection.shutForSending) return done > 0 ? done : -ERRNO.EPIPE;
        if (connection.failure !== 0) {
          if (done > 0) return done;
          // Told once; from then on it is a broken pipe.
          const error = connection.failure;
          connection.failure = 0;
          connection.shutForSending = true;
          return error;
        }
        done += connection.send(data.subarray(done));
        if (done === data.length) return done;
        if (connection.failure !== 0 && done === 0) continue;
      }
      const ready = (): boolean =>
        this.#state.is !== 'connecting' &&
        (this.#state.is !== 'connected' ||
          this.#state.connection.room > 0 ||
          this.#state.connection.failure !== 0 ||
          this.#state.connection.shutForSending);
      const waited = yield* this.until(ready, nonBlocking, this.options.sendTimeoutNs);
      if (waited < 0) return done > 0 ? done : waited;
    }
  }

  override shutdown(how: number): number {
    const state = this.#state;
    if (how < SHUT.RD || how > SHUT.RDWR) return -ERRNO.EINVAL;
    if (state.is === 'listening' && how !== SHUT.WR) {
      state.queue.close();
      this.#state = { is: 'bound', binding: state.binding };
      this.changed.notify();
      return 0;
    }
    if (state.is !== 'connected') return -ERRNO.ENOTCONN;
    state.connection.shutdown(how !== SHUT.WR, how !== SHUT.RD);
    this.changed.notify();
    return 0;
  }

  override get available(): number {
    return this.#state.is === 'connected' ? this.#state.connection.incoming.length : 0;
  }

  override readiness(): number {
    const state = this.#state;
    switch (state.is) {
      case 'new':
      case 'bound':
        return POLL.OUT | POLL.WRNORM | POLL.HUP;
      case 'listening':
        return state.queue.ready ? POLL.IN | POLL.RDNORM : 0;
      case 'connecting':
        return 0;
      case 'failed':
        return (
          POLL.IN | POLL.RDNORM | POLL.OUT | POLL.WRNORM | POLL.HUP | POLL.RDHUP | (this.#error === 0 ? 0 : POLL.ERR)
        );
      case 'connected': {
        const { connection } = state;
        const ended = connection.ended || connection.shutForReceiving;
        const failed = connection.failure !== 0;
        let ready = 0;
        if (connection.incoming.length > 0 || ended || failed) ready |= POLL.IN | POLL.RDNORM;
        // As Linux, with a third of the buffer free; and always when writing would fail.
        if (connection.shutForSending || failed || connection.room >= OUTGOING_BYTES / 3)
          ready |= POLL.OUT | POLL.WRNORM;
        if (ended) ready |= POLL.RDHUP;
        if (failed) ready |= POLL.ERR;
        if ((ended && connection.shutForSending) || failed) ready |= POLL.HUP;
        return ready;
      }
    }
  }

  override optionSet(level: number, option: number, value: number): void {
    const state = this.#state;
    if (state.is !== 'connected') return;
    if (level === LEVEL.TCP && option === TCP.NODELAY) state.connection.setOption('noDelay', Number(value !== 0));
    if (level === LEVEL.SOCKET && option === SO.KEEPALIVE)
      state.connection.setOption('keepAlive', value === 0 ? 0 : this.options.get(LEVEL.TCP, TCP.KEEPIDLE));
  }

  protected override close(): void {
    const state = this.#state;
    if (state.is === 'connecting') state.call?.cancel();
    if (state.is === 'listening') state.queue.close();
    if (state.is === 'connected') {
      const { linger } = this.options;
      state.connection.close(linger.on && linger.seconds === 0);
    }
    this.#binding?.release();
    this.#state = { is: 'failed' };
  }
}
