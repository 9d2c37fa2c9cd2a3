// AF_UNIX datagrams: messages to a name, or to the socket that was connected to. None is lost: a full queue holds the sender up.

import type { Call } from '../call.ts';
import { ERRNO } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { AF, PROTOCOL, SOCK } from '../linux/socket-numbers.ts';
import type { PosixDomain } from '../posix-domain.ts';
import type { Blocking } from '../waiting.ts';
import { DatagramSocket } from './datagram-socket.ts';
import type { Credentials, IncomingMessage, OutgoingMessage, ReceiveOptions } from './socket-file.ts';
import type { SocketName, UnixName } from './socket-name.ts';
import { findSocket, nameSocket } from './unix-address.ts';
import { QUEUE_BYTES, UnixQueue } from './unix-queue.ts';
import { autoName } from './unix-stream-socket.ts';

const UNNAMED: UnixName = { family: AF.UNIX, path: '' };

export class UnixDatagramSocket extends DatagramSocket {
  #name: UnixName = UNNAMED;
  /** Where messages without a name go, and whose messages alone are taken. */
  #peer: UnixDatagramSocket | undefined;
  readonly #incoming = new UnixQueue();
  #closed = false;
  /** The socket it was connected to has closed; told once. */
  #reset = false;
  readonly #credentials: Credentials;

  constructor(domain: PosixDomain, statusFlags: number, credentials: Credentials) {
    super(domain, AF.UNIX, SOCK.DGRAM, PROTOCOL.DEFAULT, statusFlags);
    this.#credentials = credentials;
  }

  static pair(
    domain: PosixDomain,
    statusFlags: number,
    credentials: Credentials,
  ): readonly [UnixDatagramSocket, UnixDatagramSocket] {
    const left = new UnixDatagramSocket(domain, statusFlags, credentials);
    const right = new UnixDatagramSocket(domain, statusFlags, credentials);
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  override localName(): SocketName {
    return this.#name;
  }

  override peerName(): SocketName | undefined {
    return this.#peer === undefined ? undefined : this.#peer.#name;
  }

  override get peerCredentials(): Credentials | undefined {
    return this.#peer === undefined ? undefined : this.#peer.#credentials;
  }

  override *bind(name: SocketName, call: Call): Blocking<number> {
    if (name.family !== AF.UNIX || this.#name.path !== '') return -ERRNO.EINVAL;
    const wanted = name.path === '' ? autoName(call) : name;
    const named = yield* nameSocket(call, wanted, this);
    if (named === 0) this.#name = wanted;
    return named;
  }

  override *connect(name: SocketName | 'unspecified', call: Call): Blocking<number> {
    if (name === 'unspecified') {
      this.#peer = undefined;
      return 0;
    }
    if (name.family !== AF.UNIX) return -ERRNO.EINVAL;
    const found = yield* findSocket(call, name);
    if (typeof found === 'number') return found;
    if (!(found instanceof UnixDatagramSocket)) return -ERRNO.EPROTOTYPE;
    // Somebody else's peer does not listen to us (unix(7), EPERM).
    if (found.#peer !== undefined && found.#peer !== this) return -ERRNO.EPERM;
    this.#peer = found;
    this.changed.notify();
    return 0;
  }

  override *send(
    { data, to, rights = [], credentials }: OutgoingMessage,
    nonBlocking: boolean,
    call?: Call,
  ): Blocking<number> {
    if (!this.sending) return -ERRNO.EPIPE;
    if (data.length > QUEUE_BYTES - 64) return -ERRNO.EMSGSIZE;
    let target = this.#peer;
    if (to !== undefined) {
      if (to.family !== AF.UNIX || call === undefined) return -ERRNO.EINVAL;
      const found = yield* findSocket(call, to);
      if (typeof found === 'number') return found;
      if (!(found instanceof UnixDatagramSocket)) return -ERRNO.EPROTOTYPE;
      if (found.#peer !== undefined && found.#peer !== this) return -ERRNO.EPERM;
      target = found;
    }
    if (target === undefined) {
      if (!this.#reset) return -ERRNO.ENOTCONN;
      this.#reset = false;
      return -ERRNO.ECONNREFUSED;
    }
    const receiver = target;
    const ready = (): boolean => receiver.#closed || !receiver.receiving || receiver.#incoming.room >= data.length;
    if (!ready()) {
      if (nonBlocking) return -ERRNO.EAGAIN;
      const waited = yield* receiver.until(ready, false, this.options.sendTimeoutNs);
      if (waited < 0) return waited;
    }
    if (receiver.#closed) return -ERRNO.ECONNREFUSED;
    if (!receiver.receiving) return -ERRNO.EPIPE;
    receiver.#incoming.put({
      data: data.slice(),
      rights,
      credentials: credentials ?? this.#credentials,
      from: this.#name,
    });
    receiver.changed.notify();
    return data.length;
  }

  override *receive(length: number, { peek, nonBlocking }: ReceiveOptions): Blocking<IncomingMessage | number> {
    const incoming = this.#incoming;
    const waited = yield* this.until(
      () => incoming.first !== undefined || !this.receiving || this.#reset,
      nonBlocking,
      this.options.receiveTimeoutNs,
    );
    if (waited < 0) return waited;
    const piece = peek ? incoming.first : incoming.shift();
    if (piece === undefined) {
      if (!this.#reset) return { data: new Uint8Array(0), length: 0 };
      this.#reset = false;
      return -ERRNO.ECONNRESET;
    }
    if (peek) for (const file of piece.rights) file.retain();
    else {
      this.changed.notify();
      this.#peer?.changed.notify();
    }
    const { data, rights, credentials, from } = piece;
    return {
      data: data.subarray(0, length),
      length: data.length,
      rights,
      credentials,
      from: from?.path === '' ? undefined : from,
    };
  }

  override get available(): number {
    return this.#incoming.available(false);
  }

  protected override get isConnected(): boolean {
    return this.#peer !== undefined;
  }

  override readiness(): number {
    let ready = this.endedReadiness;
    if (this.#incoming.first !== undefined || this.#reset) ready |= POLL.IN | POLL.RDNORM;
    if (this.#peer === undefined || this.#peer.#incoming.room >= QUEUE_BYTES / 4) ready |= POLL.OUT | POLL.WRNORM;
    return ready;
  }

  protected override close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.domain.unixSockets.close(this);
    this.#incoming.clear();
    const peer = this.#peer;
    this.#peer = undefined;
    // Who waits for room here finds that nobody is left.
    this.changed.notify();
    if (peer !== undefined && peer.#peer === this) {
      peer.#peer = undefined;
      peer.#reset = true;
      peer.changed.notify();
    }
  }
}
