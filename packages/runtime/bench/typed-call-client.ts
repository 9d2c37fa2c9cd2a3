// Calls `getSize` over a link, a MessagePort, Comlink or Cap'n Web, and posts nanoseconds a call.
import { parentPort, workerData } from 'node:worker_threads';
import { Console, type ConsoleGetSizeResults } from '@capos/abi';
import { newMessagePortRpcSession } from 'capnweb';
import * as Comlink from 'comlink';
import { capOf, openLink } from '../src/index.ts';

const CALLS = 2000;
const environment = openLink(workerData.link, { cpus: workerData.cpus });
const target = capOf(environment.capSet.get('service', Console));
const { getSize } = Console.methods;
const into: ConsoleGetSizeResults = { columns: 0, rows: 0, isTerminal: false };
const nothing = {};
const remote = Comlink.wrap<{ getSize(): ConsoleGetSizeResults }>(workerData.comlink);
const stub = newMessagePortRpcSession<{ getSize(): ConsoleGetSizeResults }>(workerData.capnweb);
const { channel } = workerData;

function check({ columns, rows }: ConsoleGetSizeResults): void {
  if (columns !== 132 || rows !== 50) throw new Error('a wrong answer');
}

async function once(kind: string): Promise<void> {
  if (kind === 'comlink') {
    check(await remote.getSize());
    return;
  }
  if (kind === 'capnweb') {
    check(await stub.getSize());
    return;
  }
  const answer = new Promise<ConsoleGetSizeResults>((resolve) => channel.once('message', resolve));
  channel.postMessage(null);
  check(await answer);
}

async function sample(kind: string): Promise<number[]> {
  const samples: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const start = process.hrtime.bigint();
    if (kind === 'link') check(environment.callSync(target, getSize, nothing, undefined, into));
    else await once(kind);
    samples.push(Number(process.hrtime.bigint() - start));
  }
  return samples.sort((a, b) => a - b);
}

const warm = new Set<string>();
parentPort!.on('message', async (kind: string) => {
  if (!warm.has(kind)) for (let round = 0; round < 8; round += 1) await sample(kind);
  warm.add(kind);
  // Every 10th of the sorted samples stands for its neighbours.
  parentPort!.postMessage((await sample(kind)).filter((_, index) => index % 10 === 5));
});
