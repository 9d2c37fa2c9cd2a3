// What is there for speed against what it stands for, for longer.
import { describe, expect, it } from 'vitest';
import { compareFastPath } from '../support/fast-path-differential.ts';
import { compareProcedure, compareRingFastPath } from '../support/hosted-differential.ts';

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

describe('a protected procedure', () => {
  it('can not be told from a callback in four thousand random systems, half of them without the fast path', () => {
    for (const fastPath of [true, false]) expect(compareProcedure(2000, fastPath)).toBeGreaterThan(2000);
  }, 1_800_000);
});
