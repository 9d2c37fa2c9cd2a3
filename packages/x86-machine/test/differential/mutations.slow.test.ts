// Half a million encodings that no table lists, another seed every day.
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { comparedForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { judgeMutations } from './mutations.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const seed = Math.floor(Date.now() / 86_400_000);
const BATCHES = 50;
const BATCH = 10_000;

describe.skipIf(!oracle.available)(`mutated encodings, seed ${seed}`, () => {
  const runner = oracle.available ? new MachineRunner(Number.POSITIVE_INFINITY) : undefined;
  test.each(Array.from({ length: BATCHES }, (_, batch) => batch))('batch %i', (batch) => {
    if (!oracle.available || !runner) return;
    const random = new RandomSource(seed * BATCHES + batch);
    expect(judgeMutations(comparedForms(INSTRUCTION_SET, oracle), BATCH, random, oracle, runner)).toEqual([]);
  });
});
