// IoPorts: a range of the machine's I/O ports, for the driver that holds it.

import { CapError, IoPorts } from '@capos/abi';
import type { DeviceBus } from '../arch/device-bus.ts';
import { checkSize } from './device-mmio.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

const MOST_AT_ONCE = 65_536;
/** Words of a Data result beside its bytes. */
const DATA_OVERHEAD = 24;

export class IoPortsObject extends ServedObject {
  readonly bus: DeviceBus;
  readonly first: number;
  readonly count: number;

  constructor(bus: DeviceBus, first: number, count: number) {
    super();
    this.bus = bus;
    this.first = first;
    this.count = count;
  }

  protected get served(): ServedInterface {
    return ioPortsInterface;
  }

  /** @throws CapError invalidArgument */
  port(offset: number, size: number): number {
    checkSize(size);
    if (offset + size > this.count) throw new CapError('invalidArgument', `the range has ${this.count} ports`);
    return this.first + offset;
  }
}

/** @throws CapError invalidArgument */
function checkLength(bytes: number): void {
  if (bytes > MOST_AT_ONCE) throw new CapError('invalidArgument', `${bytes} bytes at once, at most ${MOST_AT_ONCE}`);
}

const ioPortsInterface: ServedInterface = serve<IoPortsObject, typeof IoPorts>(IoPorts, {
  read: (ports, { offset, size }) => ({ value: ports.bus.readPort(ports.port(offset, size), size) }),
  write: (ports, { offset, size, value }) => {
    ports.bus.writePort(ports.port(offset, size), size, value);
    return {};
  },
  getRange: ({ first, count }) => ({ first, count }),
  readMany: (ports, { offset, count }, call) => {
    const port = ports.port(offset, 1);
    checkLength(count);
    call.requireRoom(count + DATA_OVERHEAD, 0);
    const data = new Uint8Array(count);
    for (let index = 0; index < count; index++) data[index] = ports.bus.readPort(port, 1);
    return { data };
  },
  writeMany: (ports, { offset, data }) => {
    const port = ports.port(offset, 1);
    checkLength(data.length);
    // The device may answer at once by calling others, and the message lies in its sender's memory.
    for (const byte of data.slice()) ports.bus.writePort(port, 1, byte);
    return {};
  },
});
