// Parts of a round as lengths of turns.
import { describe, expect, it } from 'vitest';
import { sharesOf } from '../src/index.ts';

describe('slices', () => {
  it('are parts of a round by weight, shared within a group', () => {
    const demands = [
      { contextId: 1n, group: 'a', weight: 1 },
      { contextId: 2n, group: 'b', weight: 1 },
      { contextId: 3n, group: 'b', weight: 1 },
    ];
    expect([...sharesOf(demands, 4_000_000)]).toEqual([
      [1n, 2_000_000n],
      [2n, 1_000_000n],
      [3n, 1_000_000n],
    ]);
  });

  it('keep their proportions when there are too many for a round', () => {
    const demands = Array.from({ length: 1000 }, (_, index) => ({
      contextId: BigInt(index),
      group: index === 0 ? 'a' : 'b',
      weight: 1,
    }));
    const slices = sharesOf(demands, 4_000_000);
    expect(Number(slices.get(0n)) / Number(slices.get(1n))).toBeCloseTo(999, -1);
    expect(slices.get(1n)).toBe(50_000n);
    expect(sharesOf([], 4_000_000).size).toBe(0);
  });
});
