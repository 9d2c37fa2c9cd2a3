// Hundreds of thousands of random blocks, another seed every day, interpreted and translated.
import { describe, expect, test } from 'vitest';
import { judgeBlocks } from './blocks.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const seed = Math.floor(Date.now() / 86_400_000);
const BATCH = 5000;

describe.skipIf(!oracle.available).each([
  { tier: 'interpreter', translateAfter: Number.POSITIVE_INFINITY, batches: 60 },
  { tier: 'translator', translateAfter: 1, batches: 6 },
  { tier: 'both tiers', translateAfter: 3, batches: 10 },
])(`blocks, seed ${seed}, $tier`, ({ translateAfter, batches }) => {
  const runner = oracle.available ? new MachineRunner(translateAfter) : undefined;
  test.each(Array.from({ length: batches }, (_, batch) => batch))('batch %i', (batch) => {
    if (!oracle.available || !runner) return;
    const failures = judgeBlocks(BATCH, new RandomSource(seed * 100 + batch), oracle, runner);
    expect(failures.map(({ text }) => text)).toEqual([]);
  });
});
