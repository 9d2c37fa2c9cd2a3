// Thousands of random programs of loops, switches, calls and returns, others every day.
import { describe, expect, test } from 'vitest';
import { FLOW_INSTRUCTIONS, judgeFlows } from './flow.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();
const BATCHES = 10;
const BATCH = 100;
const first = Math.floor(Date.now() / 86_400_000) * 10_000;

describe.skipIf(!oracle.available).each([1, 3, 30, Number.POSITIVE_INFINITY])(
  `control flow from seed ${first} on, translated after %s`,
  (translateAfter) => {
    const runner = oracle.available ? new MachineRunner(translateAfter, FLOW_INSTRUCTIONS) : undefined;
    test.each(Array.from({ length: BATCHES }, (_, batch) => batch))('batch %i', (batch) => {
      if (!oracle.available || !runner) return;
      expect(judgeFlows(first + batch * BATCH, BATCH, oracle, runner).failures).toEqual([]);
    });
  },
);
