// Answers `getSize` over a link, and looks at its own heap whenever a round has gone by: bytes of garbage a call.
import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { type LinkHandlers, serveLink } from '@capos/runtime';
import { bytesPerCall, heapBytes, ROUNDS } from './garbage-rounds.ts';

const heaps: Float64Array = workerData.heaps;
const size = { columns: 132, rows: 50, isTerminal: true };
let round = 0;
let calls = 0;
let before = 0;
const left: number[] = [];

function count(): void {
  if (calls === 0) before = heapBytes(true);
  calls += 1;
  // The last call of a round, so that nothing but calls lies between.
  if (calls !== ROUNDS[round]) return;
  left.push(heapBytes(false) - before);
  calls = 0;
  round += 1;
  if (round === ROUNDS.length) heaps.set(bytesPerCall(left));
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
