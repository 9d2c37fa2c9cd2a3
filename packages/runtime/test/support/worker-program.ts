// A program in a Worker: calls its console with and without blocking, passes a capability back, and ends.
import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Console, Timer } from '@capos/abi';
import { capOf, openEnvironment, workerPort } from '../../src/index.ts';

// Node does not count Atomics.waitAsync as work: without this the Worker would end while it waits.
parentPort!.ref();
parentPort!.on('message', () => {});
const port = workerPort(workerData, {
  cpus: availableParallelism(),
  exit: (code) => {
    parentPort!.postMessage({ exited: code });
    parentPort!.close();
  },
});
const environment = openEnvironment(port);
const console = environment.capSet.get('console', Console);

const report: unknown[] = [];
const { columns } = environment.callSync(capOf(console), Console.methods.getSize, {});
report.push(columns);
for (let n = 0; n < 500; n += 1) {
  const { written } = environment.callSync(capOf(console), Console.methods.write, { data: new Uint8Array(n) });
  if (written !== n) throw new Error(`wrote ${n}, answered ${written}`);
}
const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => console.write({ data: new Uint8Array(n) })));
report.push(answers.reduce((sum, { written }) => sum + written, 0));
const controller = new AbortController();
const reading = console.read({ maxLength: 1 }, { signal: controller.signal });
controller.abort(new Error('enough'));
report.push(await reading.catch((error: Error) => error.message));
report.push(await console.setMode({ raw: true }).catch((error: { kind: string }) => error.kind));
environment.capSet.cap('timer', Timer).release();
await console.getSize();
report.push(environment.driver.allocator.freeBytes === environment.driver.allocator.totalBytes);
parentPort!.postMessage({ report });
environment.exit(3);
