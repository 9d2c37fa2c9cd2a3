// The terminal of tests and benches: nobody types, and what is written can be read. A backend for the kernel's console.

/** Keeps what is written to it. */
export class RecordedConsole {
  /** All that was written so far. */
  text = '';
  readonly #decoder = new TextDecoder();

  write(bytes: Uint8Array): number {
    // A copy, because a decoder refuses memory that threads share.
    this.text += this.#decoder.decode(bytes.slice(), { stream: true });
    return bytes.length;
  }

  onInput(): void {}

  size(): { columns: number; rows: number; isTerminal: boolean } {
    return { columns: 80, rows: 24, isTerminal: false };
  }

  setRaw(): void {}

  onInterrupt(): void {}
}
