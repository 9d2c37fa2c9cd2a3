// Unix queue: what has come for an AF_UNIX socket — pieces of a stream, or whole messages, each with what travels beside it.

import type { OpenFile } from '../files/open-file.ts';
import type { Credentials } from './socket-file.ts';
import type { UnixName } from './socket-name.ts';

/** Bytes a queue holds, counting each piece's keeping. */
export const QUEUE_BYTES = 212_992;
const KEEPING_BYTES = 64;

export interface UnixPiece {
  data: Uint8Array;
  /** Retained while they are on their way. */
  rights: readonly OpenFile[];
  readonly credentials: Credentials | undefined;
  readonly from: UnixName | undefined;
}

export class UnixQueue {
  readonly pieces: UnixPiece[] = [];
  #bytes = 0;

  get room(): number {
    return QUEUE_BYTES - this.#bytes - KEEPING_BYTES;
  }

  get first(): UnixPiece | undefined {
    return this.pieces[0];
  }

  put(piece: UnixPiece): void {
    for (const file of piece.rights) {
      file.retain();
      // The sender may end before the message is received, and before the receiver uses what came.
      file.outliveHolder();
    }
    this.pieces.push(piece);
    this.#bytes += piece.data.length + KEEPING_BYTES;
  }

  /** The first piece, whole; its rights are the caller's to release. */
  shift(): UnixPiece | undefined {
    const piece = this.pieces.shift();
    if (piece !== undefined) this.#bytes -= piece.data.length + KEEPING_BYTES;
    return piece;
  }

  /** Takes bytes off the first piece. */
  cut(count: number): void {
    const piece = this.pieces[0]!;
    piece.data = piece.data.subarray(count);
    this.#bytes -= count;
    if (piece.data.length === 0) this.shift();
  }

  /** Bytes of a stream, or of the first message. */
  available(stream: boolean): number {
    if (!stream) return this.pieces[0]?.data.length ?? 0;
    return this.pieces.reduce((total, { data }) => total + data.length, 0);
  }

  clear(): void {
    for (let piece = this.shift(); piece !== undefined; piece = this.shift())
      for (const file of piece.rights) file.release();
  }
}
