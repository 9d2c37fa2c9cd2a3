// Tens of thousands of random blocks, another seed every day.
import { describe, expect, test } from 'vitest';
import { judgeBlocks } from './blocks.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const seed = Math.floor(Date.now() / 86_400_000);
const BATCHES = 10;
const BATCH = 5000;

describe.skipIf(!oracle.available)(`blocks, seed ${seed}`, () => {
  const runner = oracle.available ? new MachineRunner() : undefined;
  test.each(Array.from({ length: BATCHES }, (_, batch) => batch))('batch %i', (batch) => {
    if (!oracle.available || !runner) return;
    const failures = judgeBlocks(BATCH, new RandomSource(seed * BATCHES + batch), oracle, runner);
    expect(failures.map(({ text }) => text)).toEqual([]);
  });
});
