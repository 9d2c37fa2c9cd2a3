// Arena memory: the user memory of a hosted or worker program, where an address is an offset in its own buffer.

import { type Access, INACCESSIBLE, type UserMemory } from './user-memory.ts';

/** A buffer as user memory. Everything in it is readable and writable; nothing outside it can be named. */
export class ArenaMemory implements UserMemory {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Another thread may write meanwhile: what is read twice may differ. */
  readonly isShared: boolean;
  readonly #size: number;

  constructor(buffer: ArrayBuffer | SharedArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer, 0, buffer.byteLength >> 2);
    this.isShared = typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
    this.#size = buffer.byteLength;
  }

  locate(address: number, length: number, _access: Access): number {
    return address >= 0 && address + length <= this.#size ? address : INACCESSIBLE;
  }

  locateAt(low: number, high: number, length: number, _access: Access): number {
    const address = low >>> 0;
    return high === 0 && address + length <= this.#size ? address : INACCESSIBLE;
  }

  locatePage(address: number, _access: Access): number {
    return address >= 0 && address < this.#size ? address : INACCESSIBLE;
  }

  pieceLength(address: number): number {
    return this.#size - address;
  }

  written(): void {}
}
