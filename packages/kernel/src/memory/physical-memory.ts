// PhysicalMemory: what the kernel needs of RAM. The machine's memory is one; a kernel without a
// machine has a plain buffer, so hosted systems and tests share frames just the same.

import { KernelError } from '../kernel-error.ts';

/** Bytes of a frame and of a page. */
export const FRAME_SIZE = 4096;

/** RAM, indexed by physical address. */
export interface PhysicalMemory {
  readonly bytes: Uint8Array;
  /** The same memory as words; index = physical address / 4. */
  readonly words: Int32Array;
  readonly view: DataView;
  /** Number of bytes, a multiple of {@link FRAME_SIZE}. */
  readonly size: number;
  /** Called after the kernel wrote to memory that code may have been decoded from, or gave it away. */
  invalidateCode(physical: number, length: number): void;
}

/** RAM for a kernel that runs hosted processes only. */
export function plainMemory(size: number): PhysicalMemory {
  if (size % FRAME_SIZE !== 0 || size < 16 * FRAME_SIZE) {
    throw new KernelError('badOption', `memory of ${size} bytes: use a multiple of ${FRAME_SIZE}, at least 64 KiB`);
  }
  const buffer = new ArrayBuffer(size);
  return {
    bytes: new Uint8Array(buffer),
    words: new Int32Array(buffer),
    view: new DataView(buffer),
    size,
    invalidateCode() {},
  };
}
