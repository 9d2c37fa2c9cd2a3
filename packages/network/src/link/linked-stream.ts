// One end of a connection that goes over a link: it stands between the local program's end and the channel.
//
//   local program ◀─▶ TcpStream ◀─▶ LinkedStream ── data, end, reset, taken ──▶ the same at the other side
//
// Each side sends at most WINDOW bytes more than it was told were taken, so that nobody has to keep more than that.
import { isFailure, type TcpStream } from '../network-backend.ts';
import type { LinkMessage } from './link-message.ts';

const WINDOW = 256 * 1024;
const PIECE = 64 * 1024;

export class LinkedStream {
  readonly #stream: TcpStream;
  readonly #number: number;
  readonly #send: (message: LinkMessage) => void;
  readonly #over: () => void;
  readonly #arrived: Uint8Array[] = [];
  #arrivedBytes = 0;
  /** Bytes that may be sent. */
  #credit = WINDOW;
  /** The local program, and the other side, send nothing more. */
  #ended = { here: false, there: false };
  /** The local program knows of the other side's end. */
  #told = false;
  #isOver = false;
  #moving = false;

  /** @param stream the end that faces the local program's */
  constructor(stream: TcpStream, number: number, send: (message: LinkMessage) => void, over: () => void) {
    this.#stream = stream;
    this.#number = number;
    this.#send = send;
    this.#over = over;
  }

  begin(): void {
    this.#stream.onChange(() => this.#move());
    this.#move();
  }

  /** False: more than there was room for, or after the end. */
  arrived(data: Uint8Array): boolean {
    if (this.#ended.there || this.#arrivedBytes + data.length > WINDOW) return false;
    this.#arrived.push(data);
    this.#arrivedBytes += data.length;
    this.#move();
    return true;
  }

  /** False: more than was sent. */
  taken(count: number): boolean {
    if (this.#credit + count > WINDOW) return false;
    this.#credit += count;
    this.#move();
    return true;
  }

  endedThere(): void {
    this.#ended.there = true;
    this.#move();
  }

  /** The connection is no more, there. */
  reset(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#stream.abort();
  }

  /** What is done to the stream may be told of by a change before it has returned: one move at a time. */
  #move(): void {
    if (this.#moving || this.#isOver) return;
    this.#moving = true;
    const stands = this.#moveIn() && this.#moveOut();
    this.#moving = false;
    if (!stands) {
      this.#send({ kind: 'reset', stream: this.#number });
      this.reset();
    } else if (this.#ended.here && this.#told) {
      this.#finish();
      this.#stream.close();
    }
  }

  /** To the local program; false: it takes nothing any more. */
  #moveIn(): boolean {
    let count = 0;
    for (let first = this.#arrived[0]; first !== undefined; first = this.#arrived[0]) {
      const accepted = this.#stream.send(first);
      if (isFailure(accepted)) return false;
      if (accepted === 0) break;
      count += accepted;
      if (accepted === first.length) this.#arrived.shift();
      else this.#arrived[0] = first.subarray(accepted);
    }
    this.#arrivedBytes -= count;
    if (count > 0) this.#send({ kind: 'taken', stream: this.#number, count });
    if (this.#ended.there && !this.#told && this.#arrivedBytes === 0) {
      this.#told = true;
      this.#stream.shutdown(false, true);
    }
    return true;
  }

  /** To the other side; false: the local program has given the connection up. */
  #moveOut(): boolean {
    for (;;) {
      // With nothing to spend, or after the end, a reset is still heard of.
      const data = this.#stream.receive(Math.min(PIECE, this.#credit));
      if (isFailure(data)) return false;
      if (data === undefined || this.#ended.here || (data.length === 0 && this.#credit === 0)) return true;
      if (data.length === 0) {
        this.#ended.here = true;
        this.#send({ kind: 'end', stream: this.#number });
      } else {
        this.#credit -= data.length;
        this.#send({ kind: 'data', stream: this.#number, data });
      }
    }
  }

  #finish(): void {
    this.#isOver = true;
    this.#arrived.length = 0;
    this.#stream.onChange(() => {});
    this.#over();
  }
}
