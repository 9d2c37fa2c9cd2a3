// The server of a ring that another thread scribbles over, watched: what it takes, where it writes, what it owes.
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { initializeRing, RingServer, ringBytes, SQE_WORDS } from '../../src/index.ts';

const size = { sqEntries: 8, cqEntries: 16 };
const GUARD_WORDS = 64;

/** What came of it. */
export interface Scribbled {
  taken: number;
  outcomes: Record<string, number>;
  /** Words that the other thread wrote meanwhile, give or take a few thousand. */
  written: number;
}

/** Serves until `isEnough`, and checks after each drain. */
export async function serveScribbled(isEnough: (so: Scribbled) => boolean): Promise<Scribbled> {
  const ringWords = ringBytes(size) / 4;
  const buffer = new SharedArrayBuffer((GUARD_WORDS + ringWords + GUARD_WORDS + 4) * 4);
  const all = new Int32Array(buffer);
  const stopWord = GUARD_WORDS + ringWords + GUARD_WORDS;
  all.fill(0x5a5a5a5a, 0, stopWord);
  initializeRing(buffer, GUARD_WORDS * 4, size);
  const server = new RingServer(buffer, GUARD_WORDS * 4, size);
  const worker = new Worker(new URL('./scribbler.ts', import.meta.url), {
    workerData: { buffer, from: GUARD_WORDS, words: ringWords, stopWord, seed: 42 },
  });
  const so: Scribbled = { taken: 0, outcomes: {}, written: 0 };
  let deferred = 0;
  const copy = new Int32Array(SQE_WORDS);
  const handler = {
    submit: (entry: { words: Int32Array; flags: number; aux: number }): number => {
      // The copy holds still, whatever happens to the slot.
      copy.set(entry.words);
      for (let word = 0; word < copy.length; word += 1) check(entry.words[word] === copy[word], 'the copy holds still');
      if (so.taken % 3 === 0 && (entry.flags & 2) === 0) {
        deferred += 1;
        return -0x80000000;
      }
      return entry.aux & 0x7fff_ffff;
    },
  };
  while (!isEnough(so)) {
    const outcome = server.drain(handler);
    so.outcomes[outcome] = (so.outcomes[outcome] ?? 0) + 1;
    check(server.taken <= size.sqEntries, 'a drain takes at most a queue full');
    so.taken += server.taken;
    const unread = server.unread();
    Atomics.store(all, stopWord + 2, server.submissionHead);
    Atomics.store(all, stopWord + 3, server.completionHead + unread);
    if (deferred > 0 && (so.taken % 2 === 0 || deferred > 12)) {
      server.complete(0, 0, 0, 0, 0);
      server.publish();
      deferred -= 1;
    }
    check(server.reserved === deferred, 'who has not completed has a slot');
    check(unread <= size.cqEntries, 'there is never more to read than slots');
    so.written = Atomics.load(all, stopWord + 1);
    // Let the writer in where there is one CPU.
    if (outcome === 'corrupt') await new Promise((resolve) => setImmediate(resolve));
  }
  Atomics.store(all, stopWord, 1);
  await worker.terminate();
  expect(all.subarray(0, GUARD_WORDS).every((word) => word === 0x5a5a5a5a)).toBe(true);
  expect(all.subarray(GUARD_WORDS + ringWords, stopWord).every((word) => word === 0x5a5a5a5a)).toBe(true);
  return so;
}

// Millions of times: `expect` would be most of the run.
function check(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}
