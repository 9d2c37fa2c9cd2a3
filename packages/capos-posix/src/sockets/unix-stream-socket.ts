// AF_UNIX sockets with connections: streams and sequenced packets (unix(7)).
//
//   connect ─▶ backlog of the listener ─accept─▶ two sockets, each the other's peer
//   send ─▶ the peer's incoming queue (bounded) ─▶ receive        a peer that closes: end of the stream, then EPIPE
//
// A stream's pieces run together, but never across one that descriptors travel with (unix(7), SCM_RIGHTS).

import { joinBytes } from '@capos/abi';
import type { Call } from '../call.ts';
import { ERRNO } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { AF, PROTOCOL, SHUT, SOCK } from '../linux/socket-numbers.ts';
import type { PosixDomain } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { Blocking } from '../waiting.ts';
import {
  type Credentials,
  type IncomingMessage,
  type OutgoingMessage,
  type ReceiveOptions,
  SocketFile,
} from './socket-file.ts';
import type { SocketName, UnixName } from './socket-name.ts';
import { findSocket, nameSocket } from './unix-address.ts';
import { QUEUE_BYTES, type UnixPiece, UnixQueue } from './unix-queue.ts';

const UNNAMED: UnixName = { family: AF.UNIX, path: '' };

export class UnixStreamSocket extends SocketFile {
  #name: UnixName = UNNAMED;
  #peer: UnixStreamSocket | undefined;
  #peerName: UnixName | undefined;
  /** Connected now or once. */
  #wasConnected = false;
  #backlog: { readonly waiting: UnixStreamSocket[]; readonly limit: number } | undefined;
  readonly #incoming = new UnixQueue();
  #sending = true;
  #receiving = true;
  /** The peer sends nothing more. */
  #ended = false;
  /** The peer closed with bytes unread. */
  #reset = false;
  #closed = false;
  #peerCredentials: Credentials | undefined;
  readonly #credentials: Credentials;

  constructor(domain: PosixDomain, type: number, statusFlags: number, credentials: Credentials) {
    super(domain, AF.UNIX, type, PROTOCOL.DEFAULT, statusFlags);
    this.#credentials = credentials;
  }

  /** Two connected sockets, as socketpair makes them. */
  static pair(
    domain: PosixDomain,
    type: number,
    statusFlags: number,
    credentials: Credentials,
  ): readonly [UnixStreamSocket, UnixStreamSocket] {
    const left = new UnixStreamSocket(domain, type, statusFlags, credentials);
    const right = new UnixStreamSocket(domain, type, statusFlags, credentials);
    left.#join(right);
    return [left, right];
  }

  #join(other: UnixStreamSocket): void {
    this.#meet(other);
    other.#meet(this);
  }

  #meet(peer: UnixStreamSocket): void {
    this.#peer = peer;
    this.#peerName = peer.#name;
    this.#wasConnected = true;
    this.#peerCredentials = peer.#credentials;
  }

  get #isStream(): boolean {
    return this.type === SOCK.STREAM;
  }

  override localName(): SocketName {
    return this.#name;
  }

  override peerName(): SocketName | undefined {
    return this.#peer === undefined && !this.#ended ? undefined : this.#peerName;
  }

  override get peerCredentials(): Credentials | undefined {
    return this.#peerCredentials;
  }

  override get listening(): boolean {
    return this.#backlog !== undefined;
  }

  // ── connections ──────────────────────────────────────────────────────────────────────────────────────────────────────

  override *bind(name: SocketName, call: Call): Blocking<number> {
    if (name.family !== AF.UNIX) return -ERRNO.EINVAL;
    if (this.#name.path !== '') return -ERRNO.EINVAL;
    const wanted = name.path === '' ? autoName(call) : name;
    const named = yield* nameSocket(call, wanted, this);
    if (named === 0) this.#name = wanted;
    return named;
  }

  override listen(backlog: number, _process: PosixProcess): number {
    if (this.#wasConnected || this.#name.path === '') return -ERRNO.EINVAL;
    const limit = Math.max(1, Math.min(backlog < 0 ? 4096 : backlog + 1, 4096));
    this.#backlog = { waiting: this.#backlog?.waiting ?? [], limit };
    return 0;
  }

  override *connect(name: SocketName | 'unspecified', call: Call): Blocking<number> {
    if (name === 'unspecified' || name.family !== AF.UNIX) return -ERRNO.EINVAL;
    if (this.#backlog !== undefined) return -ERRNO.EINVAL;
    if (this.#wasConnected) return -ERRNO.EISCONN;
    const found = yield* findSocket(call, name);
    if (typeof found === 'number') return found;
    if (found.type !== this.type) return -ERRNO.EPROTOTYPE;
    if (!(found instanceof UnixStreamSocket) || found.#backlog === undefined) return -ERRNO.ECONNREFUSED;
    const target = call.hold(found);
    const full = (): boolean =>
      target.#backlog !== undefined && target.#backlog.waiting.length >= target.#backlog.limit;
    while (full()) {
      if (this.nonBlocking) return -ERRNO.EAGAIN;
      const waited = yield* target.#untilRoom(full);
      if (waited < 0) return waited;
    }
    if (target.#backlog === undefined) return -ERRNO.ECONNREFUSED;
    const accepted = new UnixStreamSocket(this.domain, this.type, 0, target.#credentials);
    accepted.options = target.options.copy();
    accepted.#name = target.#name;
    this.#join(accepted);
    target.#backlog.waiting.push(accepted.retain());
    target.changed.notify();
    this.changed.notify();
    return 0;
  }

  #untilRoom(full: () => boolean): Blocking<number> {
    return this.until(() => !full(), false, 0);
  }

  override *accept(nonBlocking: boolean): Blocking<SocketFile | number> {
    const waited = yield* this.until(
      () => this.#backlog === undefined || this.#backlog.waiting.length > 0,
      nonBlocking,
      this.options.receiveTimeoutNs,
    );
    if (waited < 0) return waited;
    const next = this.#backlog?.waiting.shift();
    if (next === undefined) return -ERRNO.EINVAL;
    this.changed.notify();
    return next;
  }

  // ── data ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

  override *send({ data, to, rights = [], credentials }: OutgoingMessage, nonBlocking: boolean): Blocking<number> {
    if (to !== undefined) return this.#wasConnected ? -ERRNO.EISCONN : -ERRNO.EOPNOTSUPP;
    if (!this.#wasConnected) return -ERRNO.ENOTCONN;
    let done = 0;
    let travelling = rights;
    if (!this.#isStream && data.length > QUEUE_BYTES - 64) return -ERRNO.EMSGSIZE;
    if (this.#isStream && data.length === 0) return 0;
    do {
      const peer = this.#peer;
      if (peer === undefined || !this.#sending || !peer.#receiving) return done > 0 ? done : this.#brokenPipe();
      const rest = data.length - done;
      const room = peer.#incoming.room;
      const part = this.#isStream ? Math.min(rest, room) : rest;
      if (part > room || (part <= 0 && rest > 0)) {
        const ready = (): boolean =>
          this.#peer === undefined || !this.#sending || !peer.#receiving || peer.#incoming.room >= Math.min(rest, 4096);
        // Room is made by the peer, who tells this side.
        const waited = yield* this.until(ready, nonBlocking, this.options.sendTimeoutNs);
        if (waited < 0) return done > 0 ? done : waited;
        continue;
      }
      peer.#incoming.put({
        data: data.slice(done, done + part),
        rights: travelling,
        credentials: credentials ?? this.#credentials,
        from: this.#name,
      });
      travelling = [];
      done += part;
      peer.changed.notify();
    } while (done < data.length);
    return done;
  }

  /** A peer that closed with bytes unread is told of once as a reset. */
  #brokenPipe(): number {
    if (!this.#reset) return -ERRNO.EPIPE;
    this.#reset = false;
    return -ERRNO.ECONNRESET;
  }

  override *receive(length: number, { peek, all, nonBlocking }: ReceiveOptions): Blocking<IncomingMessage | number> {
    if (!this.#wasConnected) return this.#isStream ? -ERRNO.EINVAL : -ERRNO.ENOTCONN;
    const incoming = this.#incoming;
    const parts: Uint8Array[] = [];
    let got = 0;
    let first: UnixPiece | undefined;
    for (;;) {
      const waited = yield* this.until(
        () => incoming.first !== undefined || this.#ended || this.#reset || !this.#receiving,
        nonBlocking,
        this.options.receiveTimeoutNs,
      );
      if (waited < 0) {
        if (got > 0) break;
        return waited;
      }
      const piece = incoming.first;
      if (piece === undefined) {
        if (got > 0) break;
        if (this.#reset) {
          this.#reset = false;
          return -ERRNO.ECONNRESET;
        }
        return { data: new Uint8Array(0), length: 0 };
      }
      if (!this.#isStream) return this.#takeMessage(piece, length, peek);
      if (peek) return { ...this.#peek(length), credentials: piece.credentials };
      // What descriptors travel with begins a read of its own.
      if (first !== undefined && (piece.rights.length > 0 || first.rights.length > 0)) break;
      first ??= { ...piece };
      const taken = piece.data.subarray(0, length - got);
      parts.push(taken);
      got += taken.length;
      piece.rights = [];
      incoming.cut(taken.length);
      this.#peer?.changed.notify();
      if (got === length || (incoming.first === undefined && !all)) break;
    }
    return { data: joinBytes(parts), length: got, rights: first?.rights ?? [], credentials: first?.credentials };
  }

  #takeMessage(piece: UnixPiece, length: number, peek: boolean): IncomingMessage {
    const data = piece.data.subarray(0, length);
    const { credentials, rights } = piece;
    if (!peek) {
      this.#incoming.shift();
      this.#peer?.changed.notify();
      return { data, length: piece.data.length, rights, credentials };
    }
    for (const file of rights) file.retain();
    return { data, length: piece.data.length, rights, credentials };
  }

  #peek(length: number): IncomingMessage {
    const parts: Uint8Array[] = [];
    let got = 0;
    for (const { data } of this.#incoming.pieces) {
      if (got >= length) break;
      const part = data.subarray(0, length - got);
      parts.push(part);
      got += part.length;
    }
    return { data: joinBytes(parts), length: got };
  }

  override get available(): number {
    return this.#incoming.available(this.#isStream);
  }

  // ── ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

  override shutdown(how: number): number {
    if (how < SHUT.RD || how > SHUT.RDWR) return -ERRNO.EINVAL;
    if (this.#backlog !== undefined) {
      this.#refuseWaiting();
      this.changed.notify();
      return 0;
    }
    if (!this.#wasConnected) return -ERRNO.ENOTCONN;
    const peer = this.#peer;
    if (how !== SHUT.WR) {
      this.#receiving = false;
      // What the peer sends is refused.
      peer?.changed.notify();
    }
    if (how !== SHUT.RD) {
      this.#sending = false;
      if (peer !== undefined) peer.#hasEnded();
    }
    this.changed.notify();
    return 0;
  }

  #hasEnded(): void {
    this.#ended = true;
    this.changed.notify();
  }

  #refuseWaiting(): void {
    const waiting: readonly UnixStreamSocket[] = this.#backlog?.waiting ?? [];
    this.#backlog = undefined;
    for (const socket of waiting) {
      const peer = socket.#peer;
      socket.release();
      if (peer !== undefined) {
        peer.#reset = true;
        peer.changed.notify();
      }
    }
  }

  override readiness(): number {
    if (this.#backlog !== undefined) return this.#backlog.waiting.length > 0 ? POLL.IN | POLL.RDNORM : 0;
    if (!this.#wasConnected) return POLL.OUT | POLL.WRNORM | POLL.HUP;
    const peer = this.#peer;
    const ended = this.#ended || !this.#receiving;
    let ready = 0;
    if (this.#incoming.first !== undefined || ended || this.#reset) ready |= POLL.IN | POLL.RDNORM;
    if (ended) ready |= POLL.RDHUP;
    if (peer === undefined || !this.#sending || peer.#incoming.room >= QUEUE_BYTES / 4) ready |= POLL.OUT | POLL.WRNORM;
    if (peer === undefined || (ended && !this.#sending)) ready |= POLL.HUP;
    if (this.#reset) ready |= POLL.ERR;
    return ready;
  }

  override takeError(): number {
    if (!this.#reset) return 0;
    this.#reset = false;
    return ERRNO.ECONNRESET;
  }

  protected override close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refuseWaiting();
    this.domain.unixSockets.close(this);
    const peer = this.#peer;
    this.#peer = undefined;
    const unread = this.#incoming.first !== undefined;
    this.#incoming.clear();
    if (peer === undefined) return;
    peer.#peer = undefined;
    peer.#reset ||= unread;
    peer.#hasEnded();
  }
}

/** A name nobody chose. */
export function autoName(call: Call): UnixName {
  return { family: AF.UNIX, path: call.process.domain.unixSockets.unusedAbstract() };
}
