// Model-specific registers that belong to devices; the CPU's own are in cpu/model-specific-registers.ts.

import type { MsrBus, MsrHandler } from '../devices/device.ts';
import { MachineError } from '../machine-error.ts';

export class Msrs implements MsrBus {
  readonly #handlers = new Map<number, MsrHandler>();

  register(index: number, handler: MsrHandler): void {
    if (this.#handlers.has(index))
      throw new MachineError('rangeTaken', `claiming MSR 0x${index.toString(16)}: another device answers there`);
    this.#handlers.set(index, handler);
  }

  /** undefined: #GP(0). */
  read(index: number): bigint | undefined {
    return this.#handlers.get(index)?.read(index);
  }

  /** false: #GP(0). */
  write(index: number, value: bigint): boolean {
    return this.#handlers.get(index)?.write(index, value) ?? false;
  }
}
