// The system: two programs in Workers, a service and its client, wired by hand.
import { Timer } from '@capos/abi';
import { type ConsoleBackend, createKernel, type ExitStatus } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWorkers } from '@capos/kernel/host-node';

/** Runs the client to its end. */
export async function run(console: ConsoleBackend): Promise<ExitStatus> {
  const loop = nodeEventLoop();
  const kernel = createKernel({
    clock: nodeClock,
    entropy: nodeEntropy,
    workers: nodeWorkers,
    console,
    onWork: loop.onWork,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  kernel.registerProgram('clock', { module: new URL('./clock.ts', import.meta.url) });
  kernel.registerProgram('client', { module: new URL('./client.ts', import.meta.url) });
  const endpoint = kernel.createEndpoint();
  const clock = kernel.spawn({ name: 'clock', program: 'clock', grants: { clock: endpoint.owner } });
  const { console: terminal, notificationFactory } = kernel.objects;
  const grants = { clock: endpoint.facet(21n, Timer.id), console: terminal, notifications: notificationFactory };
  const client = kernel.spawn({ name: 'client', program: 'client', grants });
  const status = await loop.run(kernel, client, nodeClock.nowNs);
  clock.kill(9);
  return status;
}
