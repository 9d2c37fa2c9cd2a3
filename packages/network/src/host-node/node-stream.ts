// A socket of Node as a stream without callbacks: what comes is kept up to a bound, then the socket is paused; what goes is
// taken while less than a bound waits to go out.
import type { Socket } from 'node:net';
import type { SocketAddress } from '@capos/abi';
import { parseAddress, plainAddress, WILDCARD_IPV4 } from '../address.ts';
import type { NetworkFailure, TcpStream } from '../network-backend.ts';
import { failureOf } from './host-failure.ts';

/** Bytes kept of what came before the socket is paused, and bytes that may wait to go out. */
const WINDOW = 256 * 1024;

export function addressOf(text: string | undefined, port: number | undefined): SocketAddress {
  return { address: plainAddress(parseAddress(text ?? '') ?? WILDCARD_IPV4), port: port ?? 0 };
}

export class NodeStream implements TcpStream {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #socket: Socket;
  readonly #pieces: Uint8Array[] = [];
  #held = 0;
  #ended = false;
  #failure: NetworkFailure | undefined;
  #sending = true;
  #receiving = true;
  #changed: () => void = () => {};

  /** `socket` is connected, with `allowHalfOpen`. */
  constructor(socket: Socket) {
    this.#socket = socket;
    this.local = addressOf(socket.localAddress, socket.localPort);
    this.remote = addressOf(socket.remoteAddress, socket.remotePort);
    socket.on('data', (data: Buffer) => {
      if (!this.#receiving) return;
      this.#pieces.push(data);
      this.#held += data.length;
      if (this.#held >= WINDOW) socket.pause();
      this.#changed();
    });
    socket.on('end', () => {
      this.#ended = true;
      this.#changed();
    });
    socket.on('drain', () => this.#changed());
    socket.on('error', (error) => {
      this.#failure = failureOf(error);
      this.#changed();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#sending = false;
      this.#changed();
    });
  }

  receive(limit: number): Uint8Array | NetworkFailure | undefined {
    const first = this.#pieces[0];
    if (first !== undefined) {
      const piece = first.subarray(0, limit);
      if (piece.length === first.length) this.#pieces.shift();
      else this.#pieces[0] = first.subarray(limit);
      this.#held -= piece.length;
      if (this.#held < WINDOW && this.#socket.isPaused()) this.#socket.resume();
      return piece;
    }
    const failure = this.#takeFailure();
    if (failure !== undefined) return failure;
    return this.#ended || !this.#receiving ? new Uint8Array() : undefined;
  }

  /** A failure is told once; after it the stream has ended. */
  #takeFailure(): NetworkFailure | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  send(data: Uint8Array): number | NetworkFailure {
    const refused = this.#refusal();
    if (refused !== undefined) return refused;
    const accepted = Math.min(data.length, WINDOW - this.#socket.writableLength);
    if (accepted <= 0) return 0;
    this.#socket.write(Buffer.from(data.subarray(0, accepted)));
    return accepted;
  }

  sendLast(data: Uint8Array): NetworkFailure | undefined {
    const refused = this.#refusal();
    if (refused !== undefined) return refused;
    this.#sending = false;
    this.#socket.end(Buffer.from(data));
    return undefined;
  }

  #refusal(): NetworkFailure | undefined {
    return this.#takeFailure() ?? (this.#sending && this.#socket.writable ? undefined : 'notConnected');
  }

  shutdown(receiving: boolean, sending: boolean): NetworkFailure | undefined {
    if (receiving) {
      this.#receiving = false;
      this.#pieces.length = 0;
      this.#held = 0;
      this.#socket.resume();
    }
    if (sending && this.#sending) {
      this.#sending = false;
      this.#socket.end();
    }
    return undefined;
  }

  setOption(option: 'noDelay' | 'keepAlive', value: number): void {
    if (option === 'noDelay') this.#socket.setNoDelay(value !== 0);
    else this.#socket.setKeepAlive(value !== 0, value * 1000);
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  abort(): void {
    this.#changed = () => {};
    this.#socket.resetAndDestroy();
  }

  close(): void {
    this.#changed = () => {};
    this.#receiving = false;
    // Bytes that came and were not read: the other side is told by a reset, as Linux does.
    if (this.#held > 0) this.#socket.resetAndDestroy();
    else this.#socket.destroySoon();
  }
}
