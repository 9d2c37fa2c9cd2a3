// Device bus: how objects of the kernel reach the registers of the machine's devices.

import type { Machine } from './processor.ts';

export class DeviceBus {
  readonly #machine: Machine;
  readonly #bytes: Uint8Array = new Uint8Array(4);
  readonly #view: DataView = new DataView(this.#bytes.buffer);

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  readPort(port: number, size: number): number {
    return this.#machine.ports.read(port, size);
  }

  writePort(port: number, size: number, value: number): void {
    this.#machine.ports.write(port, size, value);
  }

  /** All ones where no device answers, RAM included. */
  readMmio(physical: number, size: number): number {
    this.#view.setUint32(0, 0, true);
    this.#machine.mmio.read(physical, this.#bytes.subarray(0, size));
    return this.#view.getUint32(0, true);
  }

  writeMmio(physical: number, size: number, value: number): void {
    this.#view.setUint32(0, value, true);
    this.#machine.mmio.write(physical, this.#bytes.subarray(0, size));
  }
}
