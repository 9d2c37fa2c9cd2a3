// A second thread that writes all over a ring, as fast as it can, until its stop word is set. Most of its counters are
// plausible (the test tells it the true ones), so that the server goes on past the header.
import { workerData } from 'node:worker_threads';
import { HEADER_CQ_HEAD_WORD, HEADER_SQ_TAIL_WORD } from '../../src/index.ts';

const { buffer, from, words: count, stopWord, seed } = workerData;
const words = new Int32Array(buffer);
let state: number = seed;
const random = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return state >>> 8;
};
let written = 0;
while (Atomics.load(words, stopWord) === 0) {
  const choice = random() % 64;
  if (choice < 24) words[from + HEADER_SQ_TAIL_WORD] = words[stopWord + 2]! + (random() % 10);
  else if (choice < 34) words[from + HEADER_CQ_HEAD_WORD] = words[stopWord + 3]! - (random() % 3);
  else if (choice < 63) words[from + 32 + (random() % (count - 32))] = random() % 2 === 0 ? random() : random() % 12;
  else words[from + (random() % 32)] = random();
  written += 1;
  if ((written & 0xfff) === 0) Atomics.store(words, stopWord + 1, written);
}
