// Answers `getSize` over a link, and looks at its own heap whenever a round has gone by: bytes of garbage a call.
import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { type LinkHandlers, serveLink } from '@capos/runtime';
import { CALLS, heapBytes, ROUNDS, WARM_ROUNDS } from './garbage-rounds.ts';

const heaps: Float64Array = workerData.heaps;
const size = { columns: 132, rows: 50, isTerminal: true };
let calls = -WARM_ROUNDS * CALLS;
let before = 0;

function count(): void {
  if (calls >= 0 && calls % CALLS === 0) before = heapBytes(true);
  calls += 1;
  // The last call of a round, so that nothing but calls lies between.
  if (calls > 0 && calls % CALLS === 0 && calls / CALLS <= ROUNDS) {
    heaps[calls / CALLS - 1] = (heapBytes(false) - before) / CALLS;
  }
}

const unserved = (): never => {
  throw new Error('not served here');
};
const handlers: LinkHandlers<typeof Console> = {
  getSize: () => {
    count();
    return size;
  },
  read: unserved,
  setMode: unserved,
  waitInterrupt: unserved,
  waitResize: unserved,
  write: unserved,
};
serveLink(workerData.link, Console, handlers, { cpus: availableParallelism() }).run();
