// Translation cache: the kernel's own TLB for one address space, so that a ring operation does not walk areas and tables for
// each buffer it touches. Direct-mapped; an entry holds for reading, or for reading and writing.

const ENTRIES = 512;
const NONE = -1;

export class TranslationCache {
  readonly #pages: Float64Array = new Float64Array(ENTRIES).fill(NONE);
  readonly #physical: Float64Array = new Float64Array(ENTRIES);
  readonly #writable: Uint8Array = new Uint8Array(ENTRIES);

  /** Physical address of a page, or −1 when it is not known for that access. */
  find(vpn: number, write: boolean): number {
    const slot = vpn & (ENTRIES - 1);
    if (this.#pages[slot] !== vpn || (write && this.#writable[slot] === 0)) return NONE;
    return this.#physical[slot]!;
  }

  remember(vpn: number, physical: number, writable: boolean): void {
    const slot = vpn & (ENTRIES - 1);
    this.#pages[slot] = vpn;
    this.#physical[slot] = physical;
    this.#writable[slot] = writable ? 1 : 0;
  }

  forget(vpn: number): void {
    const slot = vpn & (ENTRIES - 1);
    if (this.#pages[slot] === vpn) this.#pages[slot] = NONE;
  }

  clear(): void {
    this.#pages.fill(NONE);
  }
}
