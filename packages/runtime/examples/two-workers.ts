// Two Workers that call one another, typed, with nothing but shared memory between them: each serves Timer over one link and
// calls over the other, at the same time. Run it:
//   node examples/two-workers.ts
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Timer } from '@capos/abi';
import { createLink, type LinkStart, openLink, serveLink } from '../src/index.ts';

const cpus = availableParallelism();

if (isMainThread) {
  const [toAda, toEve] = [createLink(Timer), createLink(Timer)];
  const start = (name: string, serves: LinkStart, calls: LinkStart) =>
    new Worker(new URL(import.meta.url), { workerData: { name, serves, calls } }).on('message', (line: string) =>
      console.log(line),
    );
  start('Ada', toAda, toEve);
  start('Eve', toEve, toAda);
} else {
  // Node does not count a wait for shared memory as work; a listener keeps this thread going until it closes its port.
  parentPort!.on('message', () => {});
  const { name, serves, calls } = workerData as { name: string; serves: LinkStart; calls: LinkStart };
  let answered = 0n;
  const server = serveLink(
    serves,
    Timer,
    {
      now: () => {
        answered += 1n;
        return { monotonicNs: answered * 10n };
      },
      wallClock: async () => ({ unixNs: 0n }), // an answer may also be a promise
      sleepUntil: () => ({}),
    },
    { cpus },
  );
  const served = server.listen();
  const environment = openLink(calls, { cpus });
  const other = environment.capSet.get('service', Timer);
  const [first, second] = await Promise.all([other.now(), other.now()]);
  parentPort!.postMessage(`${name} heard ${first.monotonicNs} and ${second.monotonicNs}`);
  environment.exit(0);
  await served;
  parentPort!.close();
}
