// Byte FIFO: bytes in the pieces in which they came.

export class ByteFifo {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Keeps `data` itself. */
  put(data: Uint8Array): void {
    if (data.length === 0) return;
    this.#pieces.push(data);
    this.#length += data.length;
  }

  /** The first bytes, at most `limit`; they stay unless `take`. */
  peek(limit: number): Uint8Array {
    const first = this.#pieces[0];
    if (first === undefined) return new Uint8Array(0);
    if (first.length >= limit || this.#pieces.length === 1) return first.subarray(0, limit);
    const bytes = new Uint8Array(Math.min(limit, this.#length));
    let done = 0;
    for (const piece of this.#pieces) {
      if (done === bytes.length) break;
      const part = piece.subarray(0, bytes.length - done);
      bytes.set(part, done);
      done += part.length;
    }
    return bytes;
  }

  take(limit: number): Uint8Array {
    const bytes = this.peek(limit);
    this.drop(bytes.length);
    return bytes;
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    let left = Math.min(count, this.#length);
    this.#length -= left;
    while (left > 0) {
      const first = this.#pieces[0]!;
      if (first.length > left) {
        this.#pieces[0] = first.subarray(left);
        return;
      }
      left -= first.length;
      this.#pieces.shift();
    }
  }

  clear(): void {
    this.#pieces.length = 0;
    this.#length = 0;
  }
}
