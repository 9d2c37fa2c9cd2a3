// The 64 Ki I/O ports: who answers where (SDM Vol. 1 chapter 18).

import type { PortBus, PortHandler } from '../devices/device.ts';
import { MachineError } from '../machine-error.ts';

const PORTS = 0x1_0000;

export class Ports implements PortBus {
  readonly #handlers = new Map<number, PortHandler>();

  register(first: number, count: number, handler: PortHandler): void {
    if (first < 0 || count < 1 || first + count > PORTS) {
      throw new MachineError('badConfiguration', `claiming ports ${first} + ${count}: there are ${PORTS}`);
    }
    for (let port = first; port < first + count; port++) {
      if (this.#handlers.has(port))
        throw new MachineError('rangeTaken', `claiming port 0x${port.toString(16)}: another device answers there`);
    }
    for (let port = first; port < first + count; port++) this.#handlers.set(port, handler);
  }

  /** All ones where nobody answers. */
  read(port: number, size: number): number {
    const handler = this.#handlers.get(port);
    return handler ? handler.read(port, size) >>> 0 : 2 ** (size * 8) - 1;
  }

  write(port: number, size: number, value: number): void {
    this.#handlers.get(port)?.write(port, size, value >>> 0);
  }
}
