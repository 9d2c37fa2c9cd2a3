// The names in one directory: a map, and their order of arrival so that a listing can go on while names come and go.
//
//   order   [3 "a"] [4 "b"] [—] [9 "c"]      a cookie is the number of the last entry given out; numbers only grow

export interface Entry<T> {
  readonly key: string;
  readonly cookie: number;
  readonly node: T;
}

interface PlacedEntry<T> extends Entry<T> {
  /** Where in the order it is. */
  index: number;
}

export class DirectoryEntries<T> {
  readonly #byKey = new Map<string, PlacedEntry<T>>();
  #order: (PlacedEntry<T> | undefined)[] = [];
  #gaps = 0;
  #nextCookie = 1;

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): T | undefined {
    return this.#byKey.get(key)?.node;
  }

  /** Adds a name that is not there. */
  add(key: string, node: T): void {
    const entry = { key, cookie: this.#nextCookie++, node, index: this.#order.length };
    this.#byKey.set(key, entry);
    this.#order.push(entry);
  }

  delete(key: string): void {
    const entry = this.#byKey.get(key);
    if (entry === undefined) return;
    this.#byKey.delete(key);
    this.#order[entry.index] = undefined;
    if (++this.#gaps <= 32 || this.#gaps * 2 <= this.#order.length) return;
    this.#order = this.#order.filter((each) => each !== undefined);
    this.#gaps = 0;
    this.#order.forEach((each, index) => {
      each!.index = index;
    });
  }

  /** Up to `limit` entries after `cookie`, and whether that was all. */
  after(cookie: number, limit: number): { readonly entries: Entry<T>[]; readonly end: boolean } {
    const entries: Entry<T>[] = [];
    for (let i = this.#indexAfter(cookie); i < this.#order.length; i++) {
      const entry = this.#order[i];
      if (entry === undefined) continue;
      if (entries.length === limit) return { entries, end: false };
      entries.push(entry);
    }
    return { entries, end: true };
  }

  *[Symbol.iterator](): IterableIterator<Entry<T>> {
    for (const entry of this.#order) if (entry !== undefined) yield entry;
  }

  /** Index of the first place whose cookie is above `cookie`; a gap takes part as its nearest entry to the right. */
  #indexAfter(cookie: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      let probe = middle;
      while (probe < high && this.#order[probe] === undefined) probe++;
      if (probe < high && this.#order[probe]!.cookie <= cookie) low = probe + 1;
      else high = middle;
    }
    return low;
  }
}
