// Contents that were just checked, so that reading one blob in ranges hashes it once and not once a range.
const BUDGET_BYTES = 16 * 1024 * 1024;

export class RecentContents {
  /** Least recently used first. */
  readonly #contents = new Map<string, Uint8Array>();
  #bytes = 0;

  get(key: string): Uint8Array | undefined {
    const content = this.#contents.get(key);
    if (content !== undefined) {
      this.#contents.delete(key);
      this.#contents.set(key, content);
    }
    return content;
  }

  add(key: string, content: Uint8Array): void {
    if (content.length > BUDGET_BYTES || this.#contents.has(key)) return;
    this.#contents.set(key, content);
    this.#bytes += content.length;
    for (const [oldest, old] of this.#contents) {
      if (this.#bytes <= BUDGET_BYTES) return;
      this.#contents.delete(oldest);
      this.#bytes -= old.length;
    }
  }

  clear(): void {
    this.#contents.clear();
    this.#bytes = 0;
  }
}
