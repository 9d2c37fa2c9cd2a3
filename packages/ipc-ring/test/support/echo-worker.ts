// The serving half of a test: answers each NOP with its user data until it has seen `quit` of them.
import { workerData } from 'node:worker_threads';
import { RingServer, RingWaiter } from '../../src/index.ts';

const { buffer, size, cpus, quit } = workerData;
const server = new RingServer(buffer, 0, size);
const waiter = new RingWaiter(buffer, 0, 'server', { cpus });
let seen = 0;
while (seen < quit) {
  server.drain({ submit: (entry) => entry.userDataLow });
  seen += server.taken;
  if (seen < quit) waiter.wait(server.submissionHead, 20_000);
}
