// Translation cache: the kernel's own TLB for one address space, so that a ring operation does not walk areas and tables for
// each buffer it touches. Direct-mapped; an entry holds for reading, or for reading and writing.
//
//   entry   0 address bits 12–31, KNOWN, WRITABLE │ 1 address bits 32–63 │ 2 frame │ 3 –
//
// Addresses come as two words: a number beyond 2^31 is an object wherever V8 does not put the callee in place, and the garbage of a
// call between programs must not hang on that (bench `ipc`, row `typed-call-garbage-elf`).
//
// Its table is borrowed at the first entry and given back, emptied, with the space: processes come and go by the thousand, and an
// array that is allocated with each of them is most of what the collector has to do (bench `posix`, row `fork-exit-wait`).

import { FRAME_SIZE } from './physical-memory.ts';

const ENTRIES = 512;
const ENTRY_WORDS = 4;
const FRAME_SHIFT = 12;
const KNOWN = 1;
const WRITABLE = 2;
const NONE = -1;
/** Tables that wait for a space. */
const MOST_IDLE = 16;

const idle: Int32Array[] = [];
/** Of a cache that knows nothing yet. Nobody writes to it. */
const EMPTY = new Int32Array(ENTRIES * ENTRY_WORDS);

export class TranslationCache {
  #table: Int32Array = EMPTY;

  /** Physical address of the page that an address is in, or −1 when it is not known for that access. */
  find(low: number, high: number, write: boolean): number {
    const table = this.#table;
    const at = entryOf(low);
    const page = (low & -FRAME_SIZE) | KNOWN;
    const known = write ? table[at]! : table[at]! & ~WRITABLE;
    if (known !== (write ? page | WRITABLE : page) || table[at + 1] !== high) return NONE;
    return table[at + 2]! * FRAME_SIZE;
  }

  remember(low: number, high: number, physical: number, writable: boolean): void {
    if (this.#table === EMPTY) this.#table = idle.pop() ?? new Int32Array(ENTRIES * ENTRY_WORDS);
    const table = this.#table;
    const at = entryOf(low);
    table[at] = (low & -FRAME_SIZE) | KNOWN | (writable ? WRITABLE : 0);
    table[at + 1] = high;
    table[at + 2] = physical / FRAME_SIZE;
  }

  /** Forgets the page that an address is in. */
  forget(low: number, high: number): void {
    const table = this.#table;
    const at = entryOf(low);
    if ((table[at]! & ~WRITABLE) === ((low & -FRAME_SIZE) | KNOWN) && table[at + 1] === high) table[at] = 0;
  }

  clear(): void {
    if (this.#table !== EMPTY) this.#table.fill(0);
  }

  /** The space has gone. */
  dispose(): void {
    const table = this.#table;
    this.#table = EMPTY;
    if (table === EMPTY || idle.length >= MOST_IDLE) return;
    table.fill(0);
    idle.push(table);
  }
}

function entryOf(low: number): number {
  return ((low >>> FRAME_SHIFT) & (ENTRIES - 1)) * ENTRY_WORDS;
}
