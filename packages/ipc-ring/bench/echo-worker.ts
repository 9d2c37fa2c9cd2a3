// The other end of the round-trip benches: answers NOPs of a ring, or messages of a port.
import { workerData } from 'node:worker_threads';
import { RingServer, RingWaiter, type SubmissionEntry } from '../src/index.ts';
import { REST } from './rest.ts';

const { buffer, port, size, cpus, spins } = workerData;
if (port !== undefined) port.on('message', (message: unknown) => port.postMessage(message));
else {
  const server = new RingServer(buffer, 0, size);
  const waiter = new RingWaiter(buffer, 0, 'server', { cpus });
  let resting = false;
  const handler = {
    submit: (entry: SubmissionEntry): number => {
      resting = entry.userDataLow === REST;
      return 0;
    },
  };
  for (;;) {
    server.drain(handler);
    // A spinner rests between runs, or it would take a CPU from whatever is measured next.
    if (server.taken === 0 && (!spins || resting)) waiter.wait(server.submissionHead);
  }
}
