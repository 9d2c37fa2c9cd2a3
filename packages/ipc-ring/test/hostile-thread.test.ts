// A thread that rewrites header, entries and completions while the server reads them.
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { initializeRing, RingServer, ringBytes } from '../src/index.ts';

const size = { sqEntries: 8, cqEntries: 16 };
const GUARD_WORDS = 64;
const RUN_MS = 400;
const LIMIT_MS = 20_000;
const ENOUGH = 500;

test('a server keeps its bounds, its credits and its neighbours’ memory while another thread scribbles', async () => {
  const ringWords = ringBytes(size) / 4;
  const buffer = new SharedArrayBuffer((GUARD_WORDS + ringWords + GUARD_WORDS + 4) * 4);
  const all = new Int32Array(buffer);
  const stopWord = GUARD_WORDS + ringWords + GUARD_WORDS;
  all.fill(0x5a5a5a5a, 0, stopWord);
  initializeRing(buffer, GUARD_WORDS * 4, size);
  const server = new RingServer(buffer, GUARD_WORDS * 4, size);
  const worker = new Worker(new URL('./support/scribbler.ts', import.meta.url), {
    workerData: { buffer, from: GUARD_WORDS, words: ringWords, stopWord, seed: 42 },
  });
  const outcomes: Record<string, number> = {};
  let taken = 0;
  let deferred = 0;
  const handler = {
    submit: (entry: { words: Int32Array; flags: number; aux: number }): number => {
      // The copy holds still, whatever happens to the slot.
      const first = entry.words.join();
      for (let n = 0; n < 20; n += 1) expect(entry.words[n % 16]).toBe(entry.words[n % 16]);
      expect(entry.words.join()).toBe(first);
      if (taken % 3 === 0 && (entry.flags & 2) === 0) {
        deferred += 1;
        return -0x80000000;
      }
      return entry.aux & 0x7fff_ffff;
    },
  };
  const start = Date.now();
  // Busy machines schedule the writer seldom: what counts is what it got through.
  for (let now = start; now < start + RUN_MS || (taken < ENOUGH && now < start + LIMIT_MS); now = Date.now()) {
    const outcome = server.drain(handler);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    expect(server.taken).toBeLessThanOrEqual(size.sqEntries);
    taken += server.taken;
    const unread = server.unread();
    Atomics.store(all, stopWord + 2, server.submissionHead);
    Atomics.store(all, stopWord + 3, server.completionHead + unread);
    if (deferred > 0 && (taken % 2 === 0 || deferred > 12)) {
      server.complete(0, 0, 0, 0, 0);
      server.publish();
      deferred -= 1;
    }
    expect(server.reserved).toBe(deferred);
    expect(unread).toBeLessThanOrEqual(size.cqEntries);
    // Let the writer in where there is one CPU.
    if (outcome === 'corrupt') await new Promise((resolve) => setImmediate(resolve));
  }
  Atomics.store(all, stopWord, 1);
  await worker.terminate();
  expect(outcomes['corrupt']).toBeGreaterThan(0);
  expect(taken).toBeGreaterThanOrEqual(ENOUGH);
  expect(all.subarray(0, GUARD_WORDS).every((word) => word === 0x5a5a5a5a)).toBe(true);
  expect(all.subarray(GUARD_WORDS + ringWords, stopWord).every((word) => word === 0x5a5a5a5a)).toBe(true);
});
