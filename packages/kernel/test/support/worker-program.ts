// Programs for worker processes, the first argument says which. They know their ring and nothing else of capOS.
import { parentPort, workerData } from 'node:worker_threads';
import { readCapSet, Timer, type WorkerStart } from '@capos/abi';
import { type CompletionEntry, RingClient, RingWaiter } from '@capos/ipc-ring';

const start = workerData as WorkerStart;
const ring = new RingClient(start.arena, start.ringOffset);
const waiter = new RingWaiter(start.arena, start.ringOffset, 'client', { cpus: 1 });
const words = new Int32Array(start.arena);
const bytes = new Uint8Array(start.arena);
const caps = new Map(readCapSet(bytes, start.capSetOffset).map(({ name, capId }) => [name, capId]));
const MESSAGE = start.heapOffset;
const RESULT = start.heapOffset + 4096;
let seed = start.heapOffset ^ Number(start.arguments[1] ?? 1);

function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) | 0;
  return (seed >>> 8) ^ (seed << 16);
}

/** Submits what was pushed and blocks until it has completed. */
function enter(): { result: number; flags: number } {
  const last = { result: 0, flags: 0 };
  ring.submit();
  while (ring.submissions.outstanding > 0) {
    const handled = ring.completions.drain({
      complete: (entry: CompletionEntry) => {
        last.result = entry.result;
        last.flags = entry.flags;
      },
    });
    if (handled === 0) waiter.wait(ring.completions.consumed);
  }
  return last;
}

const programs: Record<string, () => void> = {
  /** Adds up what the timer says, and ends with the number of answers. */
  ask() {
    let answers = 0;
    for (let round = 0; round < 50; round += 1) {
      ring.submissions.call(caps.get('timer')!, Timer.methods.now.ordinal, round, MESSAGE, 0, RESULT, 64, 0);
      const { result } = enter();
      if (result > 0 && Timer.methods.now.results.decode(bytes, RESULT, result).monotonicNs > 0n) answers += 1;
    }
    exit(answers);
  },

  /** Submits a call and exits without waiting: the call was made all the same. */
  leave() {
    ring.submissions.call(caps.get('endpoint')!, 7, 0, MESSAGE, 8, RESULT, 64, 0);
    ring.submit();
    exit(4);
  },

  spin() {
    for (;;);
  },

  throw() {
    throw new Error('a program gone wrong');
  },

  /** Submits as fast as it can, and never looks at a completion. */
  flood() {
    for (;;) {
      ring.submissions.nop(0);
      ring.submit();
      Atomics.store(words, (start.ringOffset + 28) >> 2, Atomics.load(words, (start.ringOffset + 68) >> 2));
    }
  },

  /** Writes noise over submissions, header and payloads while the kernel reads them. */
  scribble() {
    const first = (start.ringOffset + 128) >> 2;
    const header = start.ringOffset >> 2;
    const targets = [...caps.values(), 0, -1];
    for (let round = 0; ; round += 1) {
      const slot = first + (round & 63) * 16;
      // A submission that makes sense, rewritten word by word after it was published.
      words[slot] = (random() & 0xf) | ((random() & 3) === 0 ? random() & 0xff00 : 0) | ((random() & 7) << 16);
      words[slot + 1] = targets[Math.abs(random()) % targets.length]!;
      words[slot + 4] = (random() & 1) === 0 ? MESSAGE : random();
      words[slot + 5] = 0;
      words[slot + 6] = (random() & 1) === 0 ? 64 : random() & 0xffff;
      words[slot + 7] = (random() & 1) === 0 ? 4096 : random();
      words[slot + 8] = (random() & 1) === 0 ? RESULT : random();
      words[slot + 9] = 0;
      words[slot + 10] = random() & 7;
      words[slot + 11] = random() & 7;
      words[slot + 12] = (random() & 3) === 0 ? (random() & 3) | ((random() & 3) << 16) : 0;
      words[slot + 13] = random() & 1;
      words[slot + 14] = 0;
      words[slot + 15] = 0;
      for (let at = 0; at < 16; at += 1) words[(MESSAGE >> 2) + at] = (random() & 3) === 0 ? random() : at;
      if ((round & 0xfff) === 0xfff) Atomics.store(words, header + Math.abs(random() % 32), random());
      const tail = Atomics.load(words, header + 16) + 64;
      Atomics.store(words, header + 6, (round & 15) === 0 ? tail : Atomics.load(words, header + 6) + 1);
      Atomics.store(words, header + 7, Atomics.load(words, header + 17));
      Atomics.notify(words, header + 6);
      words[slot + 1] = random();
      words[slot + 4] = random();
      words[slot + 6] = random();
      words[slot] = random();
      words[MESSAGE >> 2] = random();
      // Its rounds, for the test: scribbling-worker.ts.
      if ((round & 0xff) === 0) Atomics.store(words, words.length - 1, round);
    }
  },
};

function exit(code: number): void {
  parentPort!.postMessage({ exited: code });
}

programs[start.arguments[0]!]!();
