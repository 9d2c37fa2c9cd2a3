// Thousands of scenarios of address spaces that share memory, others every day.
import { describe, expect, test } from 'vitest';
import { judgeScenario, planned } from './shared-memory-judge.ts';

const SCENARIOS = 3000;
const BATCH = 100;
const first = Math.floor(Date.now() / 86_400_000) * SCENARIOS;

describe.each([1, 50])(`scenarios from seed ${first} on, translated after %i`, (translateAfter) => {
  test.each(Array.from({ length: SCENARIOS / BATCH / 2 }, (_, batch) => batch))('batch %i', (batch) => {
    const differences: string[] = [];
    for (let seed = first + batch * BATCH; seed < first + (batch + 1) * BATCH; seed++) {
      const { difference } = judgeScenario(planned(seed), seed, translateAfter);
      if (difference !== undefined) differences.push(`seed ${seed}: ${difference}`);
    }
    expect(differences).toEqual([]);
  });
});
