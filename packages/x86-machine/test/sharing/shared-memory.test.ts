// Programs over shared, copied, remapped and rewritten pages of several address spaces, translated and interpreted.
import { expect, test } from 'vitest';
import { judgeScenario, planned } from './shared-memory-judge.ts';

/**
 * 68 found code that is mapped twice; 90, 148 and 313 find a store that goes through a window of another address space; 62340878 one into
 * code that is decoded for the occasion, in a page whose other code the store before it was into.
 */
const SEEDS = [68, 90, 148, 313, 62340878, ...Array.from({ length: 6 }, (_, index) => index + 1)];

test.for([1, 50, Number.POSITIVE_INFINITY])(
  'are in the state that interpreting gives when nothing is remembered (translated after %s)',
  { timeout: 300_000 },
  (translateAfter) => {
    const differences: unknown[] = [];
    const seen = { faults: 0, regions: 0, instructions: 0 };
    for (const seed of SEEDS) {
      const { difference, ...counts } = judgeScenario(planned(seed), seed, translateAfter);
      if (difference !== undefined) differences.push(`seed ${seed}: ${difference}`);
      for (const name of ['faults', 'regions', 'instructions'] as const) seen[name] += counts[name];
    }
    expect(differences).toEqual([]);
    expect(seen.faults).toBeGreaterThan(500);
    expect(seen.instructions).toBeGreaterThan(1_000_000);
    expect(seen.regions > 10).toBe(translateAfter !== Number.POSITIVE_INFINITY);
  },
);
