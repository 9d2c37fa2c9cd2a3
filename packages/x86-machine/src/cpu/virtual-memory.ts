// Guest memory by virtual address, as the host and instructions that it completes reach it: page by page, through the page walk.

import type { CodeCache } from '../interpreter/code-cache.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';
import { ACCESS } from '../mmu/page-walk.ts';
import { CPU_STATE, type MemoryMap } from '../state/cpu-state.ts';

const PAGE = 4096;
const CR0_PAGING = 0x8000_0000;
/** Present and accessed. */
const SEEN = 0x21n;
const LARGE = 0x80n;
const ADDRESS = 0x000f_ffff_ffff_f000n;

export type Access = 'read' | 'write' | 'execute';

const ACCESS_BITS: Record<Access, number> = { read: 0, write: ACCESS.write, execute: ACCESS.execute };

export class VirtualMemory {
  readonly #linear: Uint8Array;
  readonly #view: DataView;
  readonly #map: MemoryMap;
  readonly #interpreter: Interpreter;
  readonly #codeCache: CodeCache;

  constructor(buffer: ArrayBufferLike, map: MemoryMap, interpreter: Interpreter, codeCache: CodeCache) {
    this.#linear = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
    this.#map = map;
    this.#interpreter = interpreter;
    this.#codeCache = codeCache;
  }

  /** Walks the page tables without touching them: a physical address, or −1. */
  translate(virtual: bigint, access: Access, user: boolean): number {
    const bits = ACCESS_BITS[access] | ACCESS.probe | (user ? ACCESS.user : 0);
    const [physical] = this.#interpreter.exports.walk(BigInt.asIntN(64, virtual), bits);
    return Number(physical);
  }

  /** Whether the page-table entries that map an address are marked as accessed, all of them. */
  isAccessed(virtual: bigint): boolean {
    const view = this.#view;
    if ((view.getUint32(CPU_STATE.cr0, true) & CR0_PAGING) === 0) return true;
    let table = view.getBigUint64(CPU_STATE.cr3, true);
    for (let shift = 39n; shift >= 12n; shift -= 9n) {
      const at = Number(table & ADDRESS) + Number((virtual >> shift) & 511n) * 8;
      if (at + 8 > this.#map.ramBytes) return false;
      table = view.getBigUint64(this.#map.ramOffset + at, true);
      if ((table & SEEN) !== SEEN) return false;
      if (shift < 39n && (table & LARGE) !== 0n) break;
    }
    return true;
  }

  /** Copies out. @returns the bytes copied: fewer than asked when a page is missing or is not RAM */
  read(virtual: bigint, into: Uint8Array, user: boolean): number {
    return this.#copy(virtual, into.length, user ? ACCESS.user : 0, (physical, done, bytes) => {
      const at = this.#map.ramOffset + physical;
      into.set(this.#linear.subarray(at, at + bytes), done);
    });
  }

  /** Copies in; decoded code is forgotten. @returns the bytes copied */
  write(virtual: bigint, bytes: Uint8Array, user: boolean): number {
    return this.#copy(virtual, bytes.length, ACCESS.write | (user ? ACCESS.user : 0), (physical, done, count) => {
      this.#codeCache.invalidate(physical, count);
      this.#linear.set(bytes.subarray(done, done + count), this.#map.ramOffset + physical);
    });
  }

  #copy(
    virtual: bigint,
    length: number,
    access: number,
    each: (physical: number, done: number, bytes: number) => void,
  ): number {
    let done = 0;
    while (done < length) {
      const address = BigInt.asIntN(64, virtual + BigInt(done));
      const [found] = this.#interpreter.exports.walk(address, access);
      const physical = Number(found);
      const bytes = Math.min(length - done, PAGE - (physical % PAGE));
      if (physical < 0 || physical + bytes > this.#map.ramBytes) break;
      each(physical, done, bytes);
      done += bytes;
    }
    return done;
  }
}
