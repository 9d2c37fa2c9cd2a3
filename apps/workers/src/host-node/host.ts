// Node's part: worker_threads.
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWorkers } from '@capos/kernel/host-node';
import type { Host } from '../run.ts';

export const nodeHost = (): Host => ({
  clock: nodeClock,
  entropy: nodeEntropy,
  workers: nodeWorkers,
  loop: nodeEventLoop(),
  modules: { clock: new URL('./clock.ts', import.meta.url), client: new URL('./client.ts', import.meta.url) },
  log: (line) => process.stderr.write(`${line}\n`),
});
