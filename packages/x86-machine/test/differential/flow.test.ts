// Random programs of loops, switches, calls and returns end as they do on this host's processor, whenever they are translated.
import { describe, expect, test } from 'vitest';
import { FLOW_INSTRUCTIONS, judgeFlows } from './flow.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();

describe.skipIf(!oracle.available)('control flow', () => {
  test.each([
    { translateAfter: Number.POSITIVE_INFINITY, first: 1, programs: 40 },
    { translateAfter: 1, first: 1001, programs: 6 },
    // Soon enough for regions to be left for one another, and so to be joined.
    { translateAfter: 3, first: 2001, programs: 12 },
    { translateAfter: 30, first: 3001, programs: 20 },
  ])('is the same when translated after $translateAfter', ({ translateAfter, first, programs }) => {
    if (!oracle.available) return;
    const runner = new MachineRunner(translateAfter, FLOW_INSTRUCTIONS);
    const { failures, decided, instructions } = judgeFlows(first, programs, oracle, runner);
    expect(failures).toEqual([]);
    expect(decided).toBeGreaterThan(programs / 2);
    expect(instructions).toBeGreaterThan(programs * 1000);
  });
});
