// Physical address ranges outside RAM, and who answers there.

import type { MmioBus, MmioHandler } from '../devices/device.ts';
import { MachineError } from '../machine-error.ts';

interface Range {
  readonly base: number;
  readonly end: number;
  readonly handler: MmioHandler;
}

const PAGE = 4096;

export class Mmio implements MmioBus {
  readonly #ranges: Range[] = [];
  readonly #ramBytes: number;

  constructor(ramBytes: number) {
    this.#ramBytes = ramBytes;
  }

  register(base: number, bytes: number, handler: MmioHandler): void {
    const end = base + bytes;
    if (base % PAGE !== 0 || bytes % PAGE !== 0 || bytes <= 0 || base < this.#ramBytes) {
      throw new MachineError(
        'badConfiguration',
        `claiming physical 0x${base.toString(16)} + ${bytes}: whole pages beyond RAM are wanted`,
      );
    }
    if (this.#ranges.some((range) => base < range.end && range.base < end)) {
      throw new MachineError(
        'rangeTaken',
        `claiming physical 0x${base.toString(16)} + ${bytes}: another device answers there`,
      );
    }
    this.#ranges.push({ base, end, handler });
  }

  /** Reads into `bytes`; all ones where nobody answers. */
  read(physical: number, into: Uint8Array): void {
    forAligned(physical, into.length, (address, at, size) => {
      const range = this.#find(address);
      const value = range ? range.handler.read(address - range.base, size) : 0xffff_ffff;
      for (let i = 0; i < size; i++) into[at + i] = value >>> (i * 8);
    });
  }

  write(physical: number, bytes: Uint8Array): void {
    forAligned(physical, bytes.length, (address, at, size) => {
      const range = this.#find(address);
      if (!range) return;
      let value = 0;
      for (let i = size - 1; i >= 0; i--) value = (value << 8) | bytes[at + i]!;
      range.handler.write(address - range.base, size, value >>> 0);
    });
  }

  #find(physical: number): Range | undefined {
    return this.#ranges.find((range) => physical >= range.base && physical < range.end);
  }
}

/** Cuts an access into aligned pieces of at most 4 bytes. */
function forAligned(physical: number, length: number, each: (address: number, at: number, size: number) => void): void {
  for (let at = 0; at < length; ) {
    const address = physical + at;
    const left = length - at;
    const size = address % 4 === 0 && left >= 4 ? 4 : address % 2 === 0 && left >= 2 ? 2 : 1;
    each(address, at, size);
    at += size;
  }
}
