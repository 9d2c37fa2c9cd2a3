// DeviceMmio: registers in physical memory outside RAM, for the driver that holds them.

import { CapError, DeviceMmio } from '@capos/abi';
import type { DeviceBus } from '../arch/device-bus.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class DeviceMmioObject extends ServedObject {
  readonly bus: DeviceBus;
  readonly base: number;
  readonly length: number;

  constructor(bus: DeviceBus, base: number, length: number) {
    super();
    this.bus = bus;
    this.base = base;
    this.length = length;
  }

  protected get served(): ServedInterface {
    return deviceMmioInterface;
  }

  /** @throws CapError invalidArgument */
  physical(offset: bigint, size: number): number {
    checkSize(size);
    if (offset + BigInt(size) > BigInt(this.length) || offset % BigInt(size) !== 0n) {
      throw new CapError('invalidArgument', `the range has ${this.length} bytes, and accesses are aligned`);
    }
    return this.base + Number(offset);
  }
}

/** @throws CapError invalidArgument */
export function checkSize(size: number): void {
  if (size !== 1 && size !== 2 && size !== 4) {
    throw new CapError('invalidArgument', `an access of ${size} bytes: 1, 2 or 4 are wanted`);
  }
}

const deviceMmioInterface: ServedInterface = serve<DeviceMmioObject, typeof DeviceMmio>(DeviceMmio, {
  read: (registers, { offset, size }) => ({ value: registers.bus.readMmio(registers.physical(offset, size), size) }),
  write: (registers, { offset, size, value }) => {
    registers.bus.writeMmio(registers.physical(offset, size), size, value);
    return {};
  },
  getRange: ({ base, length }) => ({ base: BigInt(base), length: BigInt(length) }),
});
