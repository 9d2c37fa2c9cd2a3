// A growing byte buffer with the encodings of the WebAssembly binary format (core specification §5.2).

export class ByteSink {
  #bytes: Uint8Array;
  #view: DataView;
  length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + count));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  bytes(values: ArrayLike<number>): void {
    this.#reserve(values.length);
    this.#bytes.set(values, this.length);
    this.length += values.length;
  }

  /** Unsigned LEB128 of a 32-bit value. */
  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Signed LEB128 of a 32-bit value. */
  signed(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & 127;
      rest >>= 7;
      const last = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
      this.byte(last ? low : low | 128);
      if (last) return;
    }
  }

  /** Signed LEB128 of a 64-bit value. */
  signed64(value: bigint): void {
    if (value >= -0x8000_0000n && value <= 0x7fff_ffffn) {
      this.signed(Number(value));
      return;
    }
    let rest = value;
    for (;;) {
      const low = Number(rest & 127n);
      rest >>= 7n;
      const last = (rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0);
      this.byte(last ? low : low | 128);
      if (last) return;
    }
  }

  /** Writes over bytes that are there already. */
  overwrite(position: number, values: ArrayLike<number>): void {
    this.#bytes.set(values, position);
  }

  float32(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.length, value, true);
    this.length += 4;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** A vector of bytes: length, then content. */
  sized(content: Uint8Array): void {
    this.unsigned(content.length);
    this.bytes(content);
  }

  text(value: string): void {
    this.sized(Uint8Array.from(value, (character) => character.charCodeAt(0)));
  }

  /** A view of what was written so far; valid until the next write. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}
