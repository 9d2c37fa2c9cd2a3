// Blocks of everything mixed end as they end on this host's processor, faults on the way included.
import { describe, expect, test } from 'vitest';
import { judgeBlocks } from './blocks.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();

describe.skipIf(!oracle.available)('blocks', () => {
  test('of up to 40 integer, vector, x87 and MMX instructions', () => {
    if (!oracle.available) return;
    const failures = judgeBlocks(2000, new RandomSource(20_261_122), oracle, new MachineRunner());
    expect(failures.map(({ text }) => text)).toEqual([]);
  });
});
