// Translation cache: the kernel's own TLB for one address space, so that a ring operation does not walk areas and tables for
// each buffer it touches. Direct-mapped; an entry holds for reading, or for reading and writing.
//
// Its table is borrowed at the first entry and given back, emptied, with the space: processes come and go by the thousand, and an
// array that is allocated with each of them is most of what the collector has to do (bench `posix`, row `fork-exit-wait`).

const ENTRIES = 512;
const NONE = -1;
/** Tables that wait for a space. */
const MOST_IDLE = 16;

/** Page numbers plus one, so that zeroes know nothing; physical addresses; whether the page may be written. */
class Table {
  readonly pages: Float64Array = new Float64Array(ENTRIES);
  readonly physical: Float64Array = new Float64Array(ENTRIES);
  readonly writable: Uint8Array = new Uint8Array(ENTRIES);
}

const idle: Table[] = [];
/** Of a cache that knows nothing yet. Nobody writes to it. */
const EMPTY = new Table();

export class TranslationCache {
  #table: Table = EMPTY;

  /** Physical address of a page, or −1 when it is not known for that access. */
  find(vpn: number, write: boolean): number {
    const slot = vpn & (ENTRIES - 1);
    const table = this.#table;
    if (table.pages[slot] !== vpn + 1 || (write && table.writable[slot] === 0)) return NONE;
    return table.physical[slot]!;
  }

  remember(vpn: number, physical: number, writable: boolean): void {
    if (this.#table === EMPTY) this.#table = idle.pop() ?? new Table();
    const slot = vpn & (ENTRIES - 1);
    const table = this.#table;
    table.pages[slot] = vpn + 1;
    table.physical[slot] = physical;
    table.writable[slot] = writable ? 1 : 0;
  }

  forget(vpn: number): void {
    const slot = vpn & (ENTRIES - 1);
    const { pages } = this.#table;
    if (pages[slot] === vpn + 1) pages[slot] = 0;
  }

  clear(): void {
    if (this.#table !== EMPTY) this.#table.pages.fill(0);
  }

  /** The space has gone. */
  dispose(): void {
    const table = this.#table;
    this.#table = EMPTY;
    if (table === EMPTY || idle.length >= MOST_IDLE) return;
    table.pages.fill(0);
    idle.push(table);
  }
}
