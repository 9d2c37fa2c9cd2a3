// In a process of its own, with a young generation that holds a whole round: prints bytes of garbage a call, one number a round.
import type { HostedPort } from '@capos/abi';
import { type CompletionEntry, RingClient } from '@capos/ipc-ring';
import { createKernel } from '../../src/index.ts';

const CALLS = 20_000;
const ROUNDS = 12;

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

const kernel = createKernel({ clock: { nowNs: () => performance.now() * 1e6 }, entropy: { fill: () => {} } });
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

function round(): void {
  for (let call = 0; call < CALLS; call++) {
    submissions.call(client.capId, 0, 0, client.message, 64, client.message + 64, 128, 0);
    client.enter();
    completions.drain(client);
  }
  kernel.step();
}

for (let warm = 0; warm < 6; warm++) round();
const samples: number[] = [];
for (let index = 0; index < ROUNDS; index++) {
  const before = process.memoryUsage().heapUsed;
  round();
  samples.push((process.memoryUsage().heapUsed - before) / CALLS);
}
process.stdout.write(samples.join(' '));
