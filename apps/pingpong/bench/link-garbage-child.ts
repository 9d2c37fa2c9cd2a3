// Prints bytes of garbage a typed call between two Workers over a link: the client's heap, then "/", then the server's.
import { Worker } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { createLink } from '@capos/runtime';
import { bytesPerCall } from './garbage-rounds.ts';

const link = createLink(Console);
const heaps = new Float64Array(new SharedArrayBuffer(8 * bytesPerCall([]).length));
const part = (name: string): Worker =>
  new Worker(new URL(`./link-garbage-${name}.ts`, import.meta.url), { workerData: { link, heaps } });
part('server').unref();
part('client').on('message', (samples: number[]) => {
  process.stdout.write(`${samples.join(' ')} / ${heaps.join(' ')}`);
  process.exit(0);
});
