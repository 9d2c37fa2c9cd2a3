// Calls `getSize` over a link and blocks for each answer; posts bytes of garbage a call on its own heap.
import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { capOf, openLink } from '@capos/runtime';
import { garbageOf } from './garbage-rounds.ts';

const environment = openLink(workerData.link, { cpus: availableParallelism() });
const cap = capOf(environment.capSet.get('service', Console));
const into = { columns: 0, rows: 0, isTerminal: false };
const nothing = {};

parentPort!.postMessage(
  await garbageOf((calls) => {
    for (let call = 0; call < calls; call += 1) {
      const { rows } = environment.callSync(cap, Console.methods.getSize, nothing, undefined, into);
      if (rows !== 50) throw new Error('a wrong answer');
    }
  }),
);
