// Address-space tags: how TLB entries and decoded links of several address spaces live side by side.
//
// The embedder's tags (any number) are mapped to the 11-bit numbers that TLB tags carry. Forgetting an address space is
// taking a new number for it; when the numbers are used up the whole TLB is flushed and they start again. Links between
// blocks carry a code tag, renewed when the mapping of a page that was executed from changes.
//
// A link leads from a physical place to a physical place, whatever RIP is there. So under one code tag a physical page is executed
// under one virtual page only: when it is entered under another the tag is renewed, and links are made anew.

import { type ExtentWindows, WindowSet } from '../mmu/extent-windows.ts';
import { CPU_STATE, TLB_BASE, TLB_ENTRIES, TLB_ENTRY_BYTES, TLB_READ_TAG, TLB_WRITE_TAG } from '../state/cpu-state.ts';

const LAST_NUMBER = 2046;
/** No entry has it: with it every access misses. */
const NOBODYS_NUMBER = 2047;

class AddressSpace {
  root: number;
  /** What TLB tags carry; 0 until used after a start over. */
  number = 0;
  codeTagRing0 = 0;
  codeTagRing3 = 0;
  /** Virtual page numbers that code was fetched under since the code tags were made, and the physical ones behind them. */
  readonly executed: Map<number, number> = new Map();
  /** The same by the physical one. */
  readonly executedFrames: Map<number, number> = new Map();
  /** What ring 0 and ring 3 see through extent windows. */
  /** Someone in it has looked at MXCSR: CPU_STATE.floatsObserved while the space is current. */
  floatsObserved: boolean;
  readonly windowsRing0 = new WindowSet();
  readonly windowsRing3 = new WindowSet();

  constructor(root: number, floatsObserved: boolean) {
    this.root = root;
    this.floatsObserved = floatsObserved;
  }
}

export class AddressSpaces {
  readonly #view: DataView;
  readonly #windows: ExtentWindows;
  readonly #spaces = new Map<number, AddressSpace>();
  readonly #observesFloats: boolean;
  #current: AddressSpace;
  #lastNumber = 0;
  #lastCodeTag = 0;
  /** Every access must be looked at: nothing is taken from the TLB or a window. `activate` must follow a change. */
  checksAlignment = false;

  /** @param observesFloats whether all spaces are taken to look at MXCSR */
  constructor(buffer: ArrayBufferLike, windows: ExtentWindows, observesFloats: boolean) {
    this.#view = new DataView(buffer);
    this.#windows = windows;
    this.#observesFloats = observesFloats;
    this.#current = new AddressSpace(0, observesFloats);
    this.#spaces.set(0, this.#current);
    this.#view.setUint32(CPU_STATE.floatsObserved, observesFloats ? 1 : 0, true);
    this.activate();
  }

  /** Makes `tag` current; a new root for a known tag forgets what was known. */
  select(root: number, tag: number): void {
    this.#current.floatsObserved ||= this.#view.getUint32(CPU_STATE.floatsObserved, true) !== 0;
    let space = this.#spaces.get(tag);
    if (space === undefined) {
      space = new AddressSpace(root, this.#observesFloats);
      this.#spaces.set(tag, space);
    } else if (space.root !== root) {
      space.root = root;
      this.#forget(space);
    }
    this.#current = space;
    this.#view.setUint32(CPU_STATE.floatsObserved, space.floatsObserved ? 1 : 0, true);
    this.activate();
  }

  /** Forgets every translation of an address space. */
  invalidate(tag: number): void {
    const space = this.#spaces.get(tag);
    if (space) this.#forget(space);
    if (space === this.#current) this.activate();
  }

  /** Forgets the translations of so many pages of an address space: its others, and links between blocks elsewhere, are good still. */
  invalidateRange(tag: number, firstPage: number, pages: number): void {
    const space = this.#spaces.get(tag);
    if (space === undefined) return;
    if (this.#view.getUint32(CPU_STATE.largePagesSeen, true) !== 0) {
      this.invalidate(tag);
      return;
    }
    const first = firstPage % 2 ** 36;
    this.#windows.cutRange(space.windowsRing0, first, pages);
    this.#windows.cutRange(space.windowsRing3, first, pages);
    // What the TLB holds of it goes all at once: it is looked up by page, and there may be more pages than entries.
    space.number = 0;
    for (const page of space.executed.keys()) {
      if (page < firstPage || page >= firstPage + pages) continue;
      this.#renewCodeTags(space);
      break;
    }
    if (space === this.#current) this.activate();
  }

  /** Forgets everything about a tag that will not be used again. */
  release(tag: number): void {
    this.invalidate(tag);
    if (this.#spaces.get(tag) !== this.#current) this.#spaces.delete(tag);
  }

  invalidateCurrent(): void {
    this.#forget(this.#current);
    this.activate();
  }

  /** Forgets one page of the current (or a named) address space. */
  invalidatePage(virtual: bigint, tag?: number): void {
    const space = tag === undefined ? this.#current : this.#spaces.get(tag);
    if (space === undefined) return;
    const page = Number(BigInt.asUintN(48, virtual) >> 12n);
    this.#windows.cutVirtual(space.windowsRing0, page);
    this.#windows.cutVirtual(space.windowsRing3, page);
    if (this.#view.getUint32(CPU_STATE.largePagesSeen, true) !== 0) {
      // The TLB holds 4 KiB pieces of large pages, and this address does not say which: forget them all.
      this.#forget(space);
    } else {
      // Without a number it has nothing in the TLB, but links between its blocks it may have.
      const entry = TLB_BASE + Number((virtual >> 12n) & BigInt(TLB_ENTRIES - 1)) * TLB_ENTRY_BYTES;
      const tagged = BigInt.asUintN(64, virtual & ~0xfffn) | BigInt(space.number << 1);
      for (const offset of [TLB_READ_TAG, TLB_WRITE_TAG]) {
        if ((this.#view.getBigUint64(entry + offset, true) & ~1n) === tagged)
          this.#view.setBigInt64(entry + offset, -1n, true);
      }
      if (space.executed.has(Number(BigInt.asUintN(64, virtual) >> 12n))) this.#renewCodeTags(space);
    }
    if (space === this.#current) this.activate();
  }

  /** A debugger wants accesses to miss, or no longer: everything is forgotten, and while it does there are no windows. */
  watch(watches: boolean): void {
    this.#windows.areSuspended = watches;
    for (const space of this.#spaces.values()) this.#forget(space);
    this.activate();
  }

  /** A physical page holds decoded code now: writes to it must be noticed, in whatever space. */
  protectFrame(frame: number): void {
    this.#windows.protect(this.#allWindows(), frame);
  }

  *#allWindows(): Generator<WindowSet> {
    for (const space of this.#spaces.values()) {
      yield space.windowsRing0;
      yield space.windowsRing3;
    }
  }

  /**
   * Remembers that code was fetched under a virtual page, and from which physical one.
   * @returns whether the code tag was renewed, and all others were forgotten
   */
  noteExecuted(virtualPage: number, physicalPage: number): boolean {
    const space = this.#current;
    const before = space.executedFrames.get(physicalPage);
    if (before === virtualPage) return false;
    if (before !== undefined) {
      this.#renewCodeTags(space);
      this.activate();
    }
    space.executed.set(virtualPage, physicalPage);
    space.executedFrames.set(physicalPage, virtualPage);
    return before !== undefined;
  }

  /** Writes the current tags where generated code looks, for the current privilege. */
  activate(): void {
    const space = this.#current;
    if (space.number === 0) {
      if (this.#lastNumber === LAST_NUMBER) this.#startOver();
      space.number = ++this.#lastNumber;
    }
    if (space.codeTagRing0 === 0) {
      space.codeTagRing0 = ++this.#lastCodeTag;
      space.codeTagRing3 = ++this.#lastCodeTag;
    }
    const user = this.#view.getUint32(CPU_STATE.cpl, true) === 3;
    const number = this.checksAlignment ? NOBODYS_NUMBER : space.number;
    this.#view.setUint32(CPU_STATE.tlbTag, (number << 1) | (user ? 1 : 0), true);
    this.#view.setUint32(CPU_STATE.codeTag, user ? space.codeTagRing3 : space.codeTagRing0, true);
    const windows = user ? space.windowsRing3 : space.windowsRing0;
    this.#windows.activate(this.checksAlignment ? undefined : windows);
  }

  #forget(space: AddressSpace): void {
    space.number = 0;
    space.windowsRing0.clear();
    space.windowsRing3.clear();
    this.#renewCodeTags(space);
  }

  #renewCodeTags(space: AddressSpace): void {
    space.codeTagRing0 = 0;
    space.executed.clear();
    space.executedFrames.clear();
  }

  #startOver(): void {
    for (let entry = TLB_BASE; entry < TLB_BASE + TLB_ENTRIES * TLB_ENTRY_BYTES; entry += TLB_ENTRY_BYTES) {
      this.#view.setBigInt64(entry + TLB_READ_TAG, -1n, true);
      this.#view.setBigInt64(entry + TLB_WRITE_TAG, -1n, true);
    }
    for (const space of this.#spaces.values()) space.number = 0;
    this.#lastNumber = 0;
  }
}
