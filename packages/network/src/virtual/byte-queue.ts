// Byte queue: one direction of a stream, in pieces, bounded by whoever puts into it.

export class ByteQueue {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Copies `data`. */
  put(data: Uint8Array): void {
    if (data.length === 0) return;
    this.#pieces.push(data.slice());
    this.#length += data.length;
  }

  /** At most `limit` bytes, in order; they are the caller's. */
  take(limit: number): Uint8Array {
    const first = this.#pieces[0];
    if (first === undefined || limit <= 0) return new Uint8Array();
    if (first.length >= limit) return this.#cut(limit);
    const wanted = Math.min(limit, this.#length);
    const taken = new Uint8Array(wanted);
    for (let done = 0; done < wanted; ) {
      const piece = this.#cut(wanted - done);
      taken.set(piece, done);
      done += piece.length;
    }
    return taken;
  }

  clear(): void {
    this.#pieces.length = 0;
    this.#length = 0;
  }

  /** From the first piece alone. */
  #cut(limit: number): Uint8Array {
    const first = this.#pieces[0]!;
    const piece = first.subarray(0, limit);
    if (piece.length === first.length) this.#pieces.shift();
    else this.#pieces[0] = first.subarray(limit);
    this.#length -= piece.length;
    return piece;
  }
}
