// Handing a mebibyte over: a call that carries a MemoryObject, against one that carries 64 bytes, and against structured clone.
// The receiver gets the capability to all of the memory, whatever its size; it gives it up with its answer.
import { FrameAllocator, type HostedPort } from '@capos/abi';
import { PUSHED } from '@capos/ipc-ring';
import { area } from '@capos/tooling/bench';
import { createKernel, type Kernel } from '../src/index.ts';
import { cpuNs, Party } from './party.ts';

const CALLS = 100_000;
const CLONES = 400;
const MIB = 2 ** 20;
const MESSAGE = 64;

class Exchange {
  readonly #kernel: Kernel;
  #client!: Party;
  #memory = 0;

  constructor() {
    this.#kernel = createKernel({ clock: { nowNs: () => performance.now() * 1e6 }, entropy: { fill: () => {} } });
    const endpoint = this.#kernel.createEndpoint();
    this.#kernel.spawn({ name: 'server', grants: { bench: endpoint.owner }, program: (port) => this.#serve(port) });
    this.#kernel.spawn({
      name: 'client',
      grants: { bench: endpoint.facet(1n, 1n), frames: this.#kernel.objects.frameAllocator },
      program: (port) => {
        this.#client = new Party(port);
      },
    });
    this.#kernel.step();
    const { params, ordinal } = FrameAllocator.methods.allocate;
    const client = this.#client;
    const bytes = new Uint8Array(client.port.arena);
    const length = params.encode({ size: BigInt(MIB), contiguous: false }, bytes, client.message);
    client.ring.submissions.call(client.cap(1), ordinal, 0, client.message, length, client.buffer, 128, 0);
    this.#enter();
    this.#memory = client.words[(client.buffer + client.result) >> 2]!;
    if (client.capCount !== 1) throw new Error('no memory object');
  }

  /** Nanoseconds a call; `withMemory`: each carries the capability. */
  run(withMemory: boolean): number {
    const { submissions } = this.#client.ring;
    const client = this.#client;
    const descriptor = (client.message + MESSAGE) >> 2;
    client.words.fill(0, descriptor, descriptor + 4);
    client.words[descriptor] = this.#memory;
    const before = client.completed;
    const start = cpuNs();
    for (let call = 0; call < CALLS; call++) {
      if (submissions.call(client.cap(0), 0, 0, client.message, MESSAGE, client.buffer, 128, 0) !== PUSHED) {
        throw new Error('full');
      }
      if (withMemory) submissions.transfers(1);
      this.#enter();
      if ((call & 0x3fff) === 0) this.#kernel.step();
    }
    const ns = (cpuNs() - start) / CALLS;
    if (client.completed - before !== CALLS || client.result !== MESSAGE) throw new Error('an answer is missing');
    return ns;
  }

  #enter(): void {
    const { ring, port } = this.#client;
    ring.submit();
    port.enter();
    ring.completions.drain(this.#client);
  }

  #serve(port: HostedPort): void {
    const server = new Party(port);
    const { submissions, completions } = server.ring;
    const receive = (): void => {
      submissions.receive(server.cap(0), 0, server.buffer, 256);
      server.ring.submit();
      port.enter();
    };
    port.onCompletion(() => {
      completions.drain(server);
      if (server.capCount > 0) submissions.releaseQuietly(server.words[(server.buffer + MESSAGE) >> 2]!, 0);
      submissions.returnQuietly(server.token, 0, server.buffer, MESSAGE, 0);
      receive();
    });
    receive();
  }
}

/** Nanoseconds to clone a mebibyte, as postMessage does. */
function cloneMebibyte(): number {
  const bytes = new Uint8Array(MIB).fill(1);
  const start = cpuNs();
  for (let round = 0; round < CLONES; round++) structuredClone(bytes);
  return (cpuNs() - start) / CLONES;
}

area('ipc', async (suite) => {
  const exchange = new Exchange();
  for (let warm = 0; warm < 6; warm++) for (const withMemory of [false, true]) exchange.run(withMemory);
  await suite.compare({
    name: 'memory-object-1mib',
    unit: 'ns',
    ours: () => exchange.run(true),
    rival: [
      { name: 'a call with 64 bytes', run: () => exchange.run(false) },
      { name: 'structured clone of 1 MiB', run: cloneMebibyte },
    ],
  });
});
