// What the benches of hosted programs share: the least such a program can do, and the clock by which it is measured.
import type { HostedPort } from '@capos/abi';
import { type CompletionEntry, RingClient } from '@capos/ipc-ring';

/** Processor time of this thread in nanoseconds; in steps of a millisecond or so, so samples take a hundred of them. */
export const cpuNs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) * 1000;
};

/** A ring, a message of 64 bytes with a transfer descriptor behind it, and a buffer. */
export class Party {
  readonly ring: RingClient;
  readonly port: HostedPort;
  readonly words: Int32Array;
  readonly message: number;
  readonly buffer: number;
  token = 0;
  capCount = 0;
  result = 0;
  completed = 0;

  constructor(port: HostedPort) {
    this.port = port;
    this.ring = new RingClient(port.arena, port.ringOffset);
    this.words = new Int32Array(port.arena);
    this.message = port.heapOffset;
    this.buffer = port.heapOffset + 256;
  }

  /** The id of capability `index` of the CapSet. */
  cap(index: number): number {
    return this.words[(this.port.capSetOffset + 16 + 48 * index) >> 2]!;
  }

  complete(entry: CompletionEntry): void {
    this.token = entry.token;
    this.capCount = entry.capCount;
    this.result = entry.result;
    this.completed++;
  }
}
