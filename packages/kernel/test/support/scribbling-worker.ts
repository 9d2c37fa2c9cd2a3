// A Worker that rewrites submissions, header and payloads while the kernel reads them, beside a program that must not notice.
import { Timer, type WorkerStart } from '@capos/abi';
import { HEADER_SQ_HEAD_WORD } from '@capos/ipc-ring';
import { expect } from 'vitest';
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWorkers } from '../../src/host-node/index.ts';
import { createKernel, type WorkerHost } from '../../src/index.ts';
import { TestClient } from './test-client.ts';
import { isEmpty } from './test-kernel.ts';

const PROGRAM = { module: new URL('./worker-program.ts', import.meta.url) };

/** How far it has come. */
export interface Scribbling {
  /** Turns of the event loop. */
  turns: number;
  /** Submissions that the kernel took. */
  taken: number;
  /** Submissions that the Worker rewrote, with their payloads, as it says itself. */
  rewritten: number;
  /** Workers that came to an end of their own, and were followed by another. */
  ended: number;
}

/** Lets a kernel serve such Workers until `isEnough`; then everybody ends, and nothing may be left. */
export async function scribble(isEnough: (so: Scribbling) => boolean): Promise<Scribbling> {
  const loop = nodeEventLoop();
  const log: string[] = [];
  let arena: SharedArrayBuffer | undefined;
  // The kernel's own words in the header say what it took.
  const workers: WorkerHost = {
    start(module, start: WorkerStart, events) {
      arena = start.arena;
      return nodeWorkers.start(module, start, events);
    },
  };
  const kernel = createKernel({
    clock: nodeClock,
    entropy: nodeEntropy,
    workers,
    onWork: loop.onWork,
    log: (line) => log.push(line),
  });
  const endpoint = kernel.createEndpoint(64);
  let bystander: TestClient | undefined;
  kernel.spawn({
    name: 'bystander',
    grants: { endpoint: endpoint.owner, timer: kernel.objects.timer },
    program: (port) => {
      const client = new TestClient(port);
      bystander = client;
      const again = (): unknown => client.receive(client.cap('endpoint'), { hold: true });
      client.onCall = (call) => {
        again();
        client.return(call.token, new Uint8Array(8));
      };
      again();
      client.enter();
    },
  });
  const { console: _none, ...objects } = kernel.objects;
  const so: Scribbling = { turns: 0, taken: 0, rewritten: 0, ended: 0 };
  let seed = 0;
  let before: { rounds: number; words: Int32Array; head: number } = { rounds: 0, words: new Int32Array(0), head: 0 };
  const begin = () => {
    seed += 1;
    const process = kernel.spawn({
      name: 'scribble',
      program: PROGRAM,
      arguments: ['scribble', String(seed)],
      grants: { ...objects, facet: endpoint.facet(1n, 1n) },
    });
    before = { rounds: 0, words: new Int32Array(arena!), head: 0 };
    return process;
  };
  loop.start(kernel, nodeClock.nowNs);
  let hostile = begin();
  while (!isEnough(so)) {
    await new Promise((resolve) => setImmediate(resolve));
    so.turns += 1;
    if (hostile.status !== undefined) {
      so.ended += 1;
      hostile = begin();
    }
    const { words } = before;
    const head = Atomics.load(words, HEADER_SQ_HEAD_WORD);
    // The Worker writes noise over that word too, now and then: a turn takes a queue full at most a few times.
    const moved = (head - before.head) | 0;
    if (moved >= 0 && moved <= 1024) so.taken += moved;
    before.head = head;
    // The arena's last word is where the Worker counts. A result may have been written there, at an address made of noise.
    const rounds = Atomics.load(words, words.length - 1);
    if (rounds > before.rounds && rounds - before.rounds < 10_000_000) {
      so.rewritten += rounds - before.rounds;
      before.rounds = rounds;
    }
    if (bystander === undefined || (so.turns & 63) !== 0) continue;
    const now = bystander.call(bystander.cap('timer'), Timer.methods.now, {});
    expect(now.value.monotonicNs).toBeGreaterThan(0n);
  }
  hostile.kill(9);
  bystander!.port.exit(0);
  while (!isEmpty(kernel)) await new Promise((resolve) => setImmediate(resolve));
  loop.stop();
  expect(log.filter((line) => /defect|invariant|kernel object failed/.test(line))).toEqual([]);
  return so;
}
