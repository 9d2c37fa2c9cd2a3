// The other end of the round-trip benches: answers NOPs of a ring, or messages of a port.
import { workerData } from 'node:worker_threads';
import { RingServer, RingWaiter } from '../src/index.ts';

const { buffer, port, size, cpus, spins } = workerData;
if (port !== undefined) port.on('message', (message: unknown) => port.postMessage(message));
else {
  const server = new RingServer(buffer, 0, size);
  const waiter = new RingWaiter(buffer, 0, 'server', { cpus });
  const handler = { submit: () => 0 };
  for (;;) {
    server.drain(handler);
    if (server.taken === 0 && !spins) waiter.wait(server.submissionHead);
  }
}
