// The fast path against the general one, for longer.
import { describe, expect, it } from 'vitest';
import { compareFastPath } from '../support/fast-path-differential.ts';

describe('the fast path', () => {
  it('can not be told from the general one in four thousand random systems', () => {
    expect(compareFastPath(4000)).toBeGreaterThan(4000);
  }, 1_800_000);
});
