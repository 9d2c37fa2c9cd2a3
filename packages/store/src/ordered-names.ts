// A sorted set of names in chunks of bounded size: insertion, removal and paging without sorting the whole again.
//
//   chunks  [a … f] [g … n] [o … z]     a chunk splits at CHUNK_LIMIT and vanishes when empty
import { compareNames } from './ref-name.ts';

const CHUNK_LIMIT = 512;

export class OrderedNames {
  #chunks: string[][] = [];

  add(name: string): void {
    if (this.#chunks.length === 0) {
      this.#chunks.push([name]);
      return;
    }
    const at = this.#chunkFor(name);
    const chunk = this.#chunks[at]!;
    const index = lowerBound(chunk, name);
    if (chunk[index] === name) return;
    chunk.splice(index, 0, name);
    if (chunk.length > CHUNK_LIMIT) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_LIMIT / 2));
  }

  delete(name: string): void {
    if (this.#chunks.length === 0) return;
    const at = this.#chunkFor(name);
    const chunk = this.#chunks[at]!;
    const index = lowerBound(chunk, name);
    if (chunk[index] !== name) return;
    chunk.splice(index, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  /** Names from `from` on (`from` itself only if `inclusive`), in order. */
  *from(from: string, inclusive: boolean): Generator<string, void, undefined> {
    if (this.#chunks.length === 0) return;
    let at = this.#chunkFor(from);
    let index = lowerBound(this.#chunks[at]!, from);
    if (!inclusive && this.#chunks[at]![index] === from) index++;
    for (; at < this.#chunks.length; at++, index = 0) {
      const chunk = this.#chunks[at]!;
      for (; index < chunk.length; index++) yield chunk[index]!;
    }
  }

  /** The last chunk whose first name is not after `name`, or the first. */
  #chunkFor(name: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareNames(this.#chunks[middle]![0]!, name) <= 0) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

/** Index of the first name that is not before `name`. */
function lowerBound(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareNames(names[middle]!, name) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
