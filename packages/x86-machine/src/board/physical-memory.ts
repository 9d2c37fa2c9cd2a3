// Guest RAM as the host sees it: index = physical address.
//
// `bytes` and `view` are the RAM itself: the fastest way to read it, and to write what never held code. The write methods
// also tell the CPU, so that instructions decoded from the old bytes are forgotten.

import { MachineError } from '../machine-error.ts';
import type { MemoryMap } from '../state/cpu-state.ts';

export class PhysicalMemory {
  /** The linear memory that holds everything of the machine. */
  readonly buffer: ArrayBufferLike;
  /** Where physical address 0 lies in `buffer`. */
  readonly ramOffset: number;
  readonly ramBytes: number;
  /** RAM; writing here needs `cpu.invalidateCode` where code may have been. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly #invalidate: (physical: number, length: number) => void;

  constructor(buffer: ArrayBufferLike, map: MemoryMap, invalidate: (physical: number, length: number) => void) {
    this.buffer = buffer;
    this.ramOffset = map.ramOffset;
    this.ramBytes = map.ramBytes;
    this.bytes = new Uint8Array(buffer, map.ramOffset, map.ramBytes);
    this.view = new DataView(buffer, map.ramOffset, map.ramBytes);
    this.#invalidate = invalidate;
  }

  /** Do `length` bytes at `physical` lie in RAM? */
  isRam(physical: number, length: number): boolean {
    return physical >= 0 && length >= 0 && physical + length <= this.ramBytes;
  }

  #check(what: string, physical: number, length: number): void {
    if (this.isRam(physical, length)) return;
    const range = `0x${physical.toString(16)} + ${length}`;
    throw new MachineError(
      'badAddress',
      `${what} physical ${range}: RAM ends at 0x${this.ramBytes.toString(16)}; check with isRam first`,
    );
  }

  /** Copies out of RAM. */
  read(physical: number, into: Uint8Array): void {
    this.#check('reading', physical, into.length);
    into.set(this.bytes.subarray(physical, physical + into.length));
  }

  /** Copies into RAM. */
  write(physical: number, bytes: Uint8Array): void {
    this.#check('writing', physical, bytes.length);
    this.#invalidate(physical, bytes.length);
    this.bytes.set(bytes, physical);
  }

  fill(physical: number, length: number, byte: number): void {
    this.#check('filling', physical, length);
    this.#invalidate(physical, length);
    this.bytes.fill(byte, physical, physical + length);
  }

  readUint64(physical: number): bigint {
    return this.view.getBigUint64(physical, true);
  }

  writeUint64(physical: number, value: bigint): void {
    this.#check('writing', physical, 8);
    this.#invalidate(physical, 8);
    this.view.setBigUint64(physical, value, true);
  }
}
