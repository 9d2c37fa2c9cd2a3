// Virtual stream: both ends of a connection between two programs of one JavaScript program.
//
//   left.send ─▶ right.incoming (bounded) ─▶ right.receive          an end that closes with bytes unread, or aborts, resets
//   left.receive ◀─ left.incoming (bounded) ◀─ right.send           the other: it is told once, then can't send
import type { SocketAddress } from '@capos/abi';
import type { NetworkFailure, TcpStream } from '../network-backend.ts';
import { ByteQueue } from './byte-queue.ts';

/** Bytes one direction holds. */
const WINDOW = 256 * 1024;

export class VirtualStream implements TcpStream {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #incoming = new ByteQueue();
  #peer!: VirtualStream;
  #changed: () => void = () => {};
  /** The other side sends nothing more. */
  #ended = false;
  #sending = true;
  #receiving = true;
  /** Told by the next receive. */
  #reset = false;
  /** No side of this end is used any more. */
  #closed = false;

  private constructor(local: SocketAddress, remote: SocketAddress) {
    this.local = local;
    this.remote = remote;
  }

  static pair(from: SocketAddress, to: SocketAddress): readonly [VirtualStream, VirtualStream] {
    const left = new VirtualStream(from, to);
    const right = new VirtualStream(to, from);
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  receive(limit: number): Uint8Array | NetworkFailure | undefined {
    if (this.#reset) {
      this.#reset = false;
      this.#ended = true;
      return 'connectionReset';
    }
    if (this.#incoming.length > 0) {
      const taken = this.#incoming.take(limit);
      this.#peer.#tell();
      return taken;
    }
    return this.#ended || !this.#receiving ? new Uint8Array() : undefined;
  }

  send(data: Uint8Array): number | NetworkFailure {
    const refused = this.#refusal();
    if (refused !== undefined) return refused;
    const peer = this.#peer;
    const accepted = Math.min(data.length, WINDOW - peer.#incoming.length);
    if (accepted <= 0) return 0;
    this.#deliver(data.subarray(0, accepted));
    return accepted;
  }

  sendLast(data: Uint8Array): NetworkFailure | undefined {
    const refused = this.#refusal();
    if (refused !== undefined) return refused;
    this.#deliver(data);
    return this.shutdown(false, true);
  }

  #refusal(): NetworkFailure | undefined {
    if (this.#reset) {
      this.#reset = false;
      this.#ended = true;
      return 'connectionReset';
    }
    return this.#sending && !this.#closed ? undefined : 'notConnected';
  }

  #deliver(data: Uint8Array): void {
    const peer = this.#peer;
    if (peer.#closed) {
      // It arrives where nobody is: the answer is a reset.
      this.#wasReset();
      return;
    }
    if (!peer.#receiving || data.length === 0) return;
    peer.#incoming.put(data);
    peer.#tell();
  }

  shutdown(receiving: boolean, sending: boolean): NetworkFailure | undefined {
    if (receiving) {
      this.#receiving = false;
      this.#incoming.clear();
    }
    if (sending && this.#sending) {
      this.#sending = false;
      this.#peer.#hasEnded();
    }
    return undefined;
  }

  setOption(): void {
    // There is no delay here, and nobody falls silent.
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  abort(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sending = false;
    this.#incoming.clear();
    this.#peer.#wasReset();
  }

  close(): void {
    if (this.#closed) return;
    if (this.#incoming.length > 0) {
      this.abort();
      return;
    }
    this.shutdown(false, true);
    this.#closed = true;
  }

  #hasEnded(): void {
    this.#ended = true;
    this.#tell();
  }

  #wasReset(): void {
    if (this.#closed) return;
    this.#incoming.clear();
    this.#sending = false;
    this.#reset = true;
    this.#tell();
  }

  #tell(): void {
    this.#changed();
  }
}
