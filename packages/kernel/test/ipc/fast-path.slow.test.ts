// The fast path against the general one, for longer.
import { describe, expect, it } from 'vitest';
import { compareFastPath } from '../support/fast-path-differential.ts';
import { compareRingFastPath } from '../support/hosted-differential.ts';

describe('the fast path', () => {
  it('in registers can not be told from the general one in four thousand random systems', () => {
    expect(compareFastPath(4000)).toBeGreaterThan(4000);
  }, 1_800_000);

  it('of rings can not be told from the general one in four thousand random systems', () => {
    const { calls, returns } = compareRingFastPath(4000);
    expect(calls).toBeGreaterThan(4000);
    expect(returns).toBeGreaterThan(4000);
  }, 1_800_000);
});
