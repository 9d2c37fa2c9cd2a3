// Entrances in the middle of loops: whoever enters goes where he would have gone, and the loop goes round without him.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseFlow } from '../../src/translator/flow-graph.ts';
import type { RegionBlock } from '../../src/translator/region-block.ts';
import { writeWaysIn } from '../../src/translator/region-ways-in.ts';

const LIMIT = 600;

function waysIn(graph: readonly (readonly number[])[], enterable: readonly number[]) {
  const block = { instructions: new Array(4) } as unknown as RegionBlock;
  const targets = [...graph] as number[][];
  const original = [...targets.keys()];
  const blocks = targets.map(() => block);
  const entries = writeWaysIn({ blocks, original, targets, unexpected: new Map() }, enterable, LIMIT);
  return { blocks, original, targets, entries };
}

const goesThroughDispatch = (targets: readonly (readonly number[])[], entries: readonly number[]): boolean => {
  const flow = analyseFlow(targets, entries);
  return targets.some((all, from) => all.some((to) => flow.goesThroughDispatch(from + 1, to + 1)));
};

describe('ways in', () => {
  test('lead where the blocks they are copies of lead', () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((count) => {
      const block = fc.nat(count - 1);
      return fc.record({
        targets: fc.array(fc.array(block, { maxLength: 2 }), { minLength: count, maxLength: count }),
        others: fc.uniqueArray(block, { maxLength: 4 }),
      });
    });
    fc.assert(
      fc.property(graph, ({ targets, others }) => {
        const enterable = [...new Set([0, ...others])];
        const ways = waysIn(targets, enterable);
        const originals = (blocks: readonly unknown[]): unknown[] => blocks.map((one) => ways.original[one as number]);
        expect(originals(ways.entries)).toEqual(enterable);
        for (const [block, all] of ways.targets.entries())
          expect(originals(all)).toEqual(targets[ways.original[block]!]);
      }),
    );
  });

  test('end at the head of the outermost loop that is near enough', () => {
    // 0 ─▶ 1 ─▶ 2 ─▶ 3 ─▶ 2 or 1 or 4: an inner loop of 2 and 3, which is entered at 3
    const targets = [[1], [2], [3], [2, 1, 4], []];
    const ways = waysIn(targets, [0, 3]);
    expect(ways.original.slice(targets.length).sort()).toEqual([2, 3]);
    expect(goesThroughDispatch(targets, [0, 3])).toBe(true);
    expect(goesThroughDispatch(ways.targets, ways.entries)).toBe(false);
  });

  test('end at the head of an inner loop where the outer one, which may be a function that calls itself, is long', () => {
    // 0 ─▶ 1 ⇄ 2, 1 ─▶ 3 ─▶ … ─▶ 20 ─▶ 0
    const targets = [[1], [2, 3], [1], ...Array.from({ length: 18 }, (_, index) => [(index + 4) % 21])];
    expect(waysIn(targets, [0, 2]).original.slice(targets.length)).toEqual([2]);
  });

  test('are not made where they would be long', () => {
    const long = Array.from({ length: 20 }, (_, block) => [(block + 1) % 20]);
    expect(waysIn([[1], ...long.slice(1).map(([next]) => [Math.max(1, next!)])], [0, 2]).blocks).toHaveLength(20);
  });
});
