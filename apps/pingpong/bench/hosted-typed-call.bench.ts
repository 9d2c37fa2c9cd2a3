// Typed calls of a hosted program on the kernel: to another hosted program and back, and to an object of the kernel.
import { Timer } from '@capos/abi';
import { createKernel } from '@capos/kernel';
import { serve } from '@capos/runtime';
import { area } from '@capos/tooling/bench';
import { startHosted } from '../test/support/hosted-environment.ts';

const CALLS = 10_000;
// The kernel gives its embedder a turn after this many handoffs at the latest; the bench takes it oftener.
const CALLS_A_STEP = 1_000;

area('ipc', async (suite) => {
  const kernel = createKernel({ clock: { nowNs: () => 1 }, entropy: { fill: () => {} } });
  const endpoint = kernel.createEndpoint();
  const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
  const now = { monotonicNs: 5n };
  serve(server, server.capSet.cap('endpoint'), Timer, {
    now: () => now,
    sleepUntil: () => {},
    wallClock: () => ({ unixNs: 0n }),
  });
  const client = startHosted(kernel, 'client', { service: endpoint.facet(0n, Timer.id), kernel: kernel.objects.timer });
  const into = { monotonicNs: 0n };
  let answers = 0;
  const count = (error: Error | null): void => {
    if (error !== null) throw error;
    answers += 1;
  };
  const run = (name: string): number => {
    const cap = client.capSet.cap(name, Timer);
    answers = 0;
    const begin = process.hrtime.bigint();
    for (let n = 0; n < CALLS; n += 1) {
      client.callThen(cap, Timer.methods.now, {}, count, undefined, into);
      if (n % CALLS_A_STEP === 0) kernel.step();
    }
    const ns = Number(process.hrtime.bigint() - begin) / CALLS;
    if (answers !== CALLS) throw new Error(`${answers} of ${CALLS} calls were answered`);
    return ns;
  };
  for (let warm = 0; warm < 10; warm += 1) for (const name of ['service', 'kernel']) run(name);
  await suite.compare({ name: 'hosted-typed-call', unit: 'ns', ours: () => run('service') });
  await suite.compare({ name: 'hosted-kernel-object-call', unit: 'ns', ours: () => run('kernel') });
});
