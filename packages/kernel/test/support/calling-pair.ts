// Two hosted programs of which one calls the other, with the least that such programs can do.
import type { HostedPort } from '@capos/abi';
import { type CompletionEntry, RingClient } from '@capos/ipc-ring';
import type { Kernel } from '../../src/index.ts';

class Party {
  readonly ring: RingClient;
  readonly port: HostedPort;
  readonly capId: number;
  readonly message: number;
  token = 0;

  constructor(port: HostedPort) {
    this.port = port;
    this.ring = new RingClient(port.arena, port.ringOffset);
    this.capId = new Int32Array(port.arena)[(port.capSetOffset + 16) >> 2]!;
    this.message = port.heapOffset;
  }

  complete(entry: CompletionEntry): void {
    this.token = entry.token;
  }

  enter(): void {
    this.ring.submit();
    this.port.enter();
  }
}

/** Starts the two; the result makes that many calls of 64 bytes, with answers as long. */
export function callingPair(kernel: Kernel): (calls: number) => void {
  const endpoint = kernel.createEndpoint();
  kernel.spawn({
    name: 'server',
    grants: { bench: endpoint.owner },
    program: (port) => {
      const server = new Party(port);
      const { submissions, completions } = server.ring;
      port.onCompletion(() => {
        completions.drain(server);
        submissions.returnQuietly(server.token, 0, server.message, 64, 0);
        submissions.receive(server.capId, 0, server.message, 128);
        server.enter();
      });
      submissions.receive(server.capId, 0, server.message, 128);
      server.enter();
    },
  });
  const clients: Party[] = [];
  kernel.spawn({
    name: 'client',
    grants: { bench: endpoint.facet(1n, 1n) },
    program: (port) => {
      clients.push(new Party(port));
    },
  });
  kernel.step();
  const client = clients[0]!;
  const { submissions, completions } = client.ring;
  return (calls) => {
    for (let call = 0; call < calls; call++) {
      submissions.call(client.capId, 0, 0, client.message, 64, client.message + 64, 128, 0);
      client.enter();
      completions.drain(client);
    }
    kernel.step();
  };
}
