// Two hosted programs that exchange 64 bytes through an endpoint, and the kernel's clock for them and the ELF pair.
import { CALL_OUTCOME } from '@capos/abi';
import { PUSHED } from '@capos/ipc-ring';
import { createKernel } from '../src/index.ts';
import { cpuNs, Party } from './party.ts';

export const clock = { nowNs: cpuNs };
export const entropy = { fill: (bytes: Uint8Array) => bytes.fill(7) };
export const HOSTED_CALLS = 200_000;
const MESSAGE = 64;

/** One kernel for all samples, as in a system that runs. */
export class HostedPair {
  readonly #kernel = createKernel({ clock, entropy });
  readonly #client: Party;
  readonly #capId: number;

  constructor() {
    const endpoint = this.#kernel.createEndpoint();
    const parties: Party[] = [];
    this.#kernel.spawn({
      name: 'server',
      grants: { bench: endpoint.owner },
      program: (port) => {
        const server = new Party(port);
        const capId = server.words[(port.capSetOffset + 16) >> 2]!;
        const { submissions, completions } = server.ring;
        port.onCompletion(() => {
          completions.drain(server);
          const { buffer, token } = server;
          submissions.returnReceive(capId, token, 0, buffer, MESSAGE, 0, buffer, 128);
          server.ring.submit();
          port.enter();
        });
        port.onCall!((_, answer) => {
          answer.set(server.buffer, MESSAGE, 0, false);
          return CALL_OUTCOME.ANSWERED;
        });
        submissions.receive(capId, 0, server.buffer, 128);
        server.ring.submit();
        port.enter();
      },
    });
    this.#kernel.spawn({
      name: 'client',
      grants: { bench: endpoint.facet(1n, 1n) },
      program: (port) => {
        parties.push(new Party(port));
      },
    });
    this.#kernel.step();
    this.#client = parties[0]!;
    this.#capId = this.#client.words[(this.#client.port.capSetOffset + 16) >> 2]!;
  }

  /** Nanoseconds per call. */
  run(calls: number): number {
    const client = this.#client;
    const { submissions, completions } = client.ring;
    const completed = client.completed;
    const start = cpuNs();
    for (let round = 0; round < calls; round++) {
      const pushed = submissions.call(this.#capId, 0, 0, client.message, MESSAGE, client.buffer, 128, 0);
      if (pushed !== PUSHED) throw new Error('full');
      client.ring.submit();
      client.port.enter();
      completions.drain(client);
      // The embedder's loop steps now and then; so do we.
      if ((round & 0x3fff) === 0) this.#kernel.step();
    }
    const ns = (cpuNs() - start) / calls;
    if (client.completed - completed !== calls) throw new Error('an answer is missing');
    return ns;
  }
}
