// Half a million encodings that no table lists, another seed every day, interpreted and, fewer of them, translated.
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { comparedForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { judgeMutations } from './mutations.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const seed = Math.floor(Date.now() / 86_400_000);

describe.skipIf(!oracle.available).each([
  { tier: 'interpreter', translateAfter: Number.POSITIVE_INFINITY, batches: 50, size: 10_000 },
  { tier: 'translator', translateAfter: 1, batches: 10, size: 2000 },
])(`mutated encodings, seed ${seed}, $tier`, ({ translateAfter, batches, size }) => {
  const runner = oracle.available ? new MachineRunner(translateAfter) : undefined;
  test.each(Array.from({ length: batches }, (_, batch) => batch))('batch %i', (batch) => {
    if (!oracle.available || !runner) return;
    const random = new RandomSource(seed * 100 + batch);
    expect(judgeMutations(comparedForms(INSTRUCTION_SET, oracle), size, random, oracle, runner)).toEqual([]);
  });
});
