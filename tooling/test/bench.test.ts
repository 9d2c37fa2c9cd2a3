import { describe, expect, test } from 'vitest';
import { terminalTable } from '../src/bench/report.ts';
import { quantile } from '../src/bench/statistics.ts';
import { measure } from '../src/bench/suite.ts';

describe('a benchmark row', () => {
  test('states the median of paired ratios and their spread', async () => {
    let round = 0;
    const rows = await measure('area', {
      name: 'row',
      unit: 'ns',
      rounds: 11,
      ours: () => 10 + round++,
      rival: { name: 'rival', run: () => 20 },
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ rival: 'rival', rivalP50: 20, n: 11, p50: 16, ratio: 0.8 });
    expect(rows[0]!.spread![0]).toBeLessThan(rows[0]!.ratio!);
  });

  test('takes ours and the rival in turn, swapping who goes first', async () => {
    const order: string[] = [];
    await measure('area', {
      name: 'row',
      unit: 'ns',
      rounds: 2,
      ours: () => order.push('a'),
      rival: { name: 'b', run: () => order.push('b') },
    });
    expect(order.join('')).toBe('baabba');
  });

  test('beside several rivals is measured once a round', async () => {
    const order: string[] = [];
    const rival = (name: string) => ({ name, run: () => order.push(name) });
    const ours = (): number => order.push('a');
    const rows = await measure('area', { name: 'row', unit: 'ns', rounds: 2, ours, rival: [rival('b'), rival('c')] });
    expect(order.join('')).toBe('bcaabcbca');
    expect(rows.map((row) => row.rival)).toEqual(['b', 'c']);
  });

  test('without a rival has no ratio', async () => {
    const [row] = await measure('area', { name: 'alone', unit: 'ms', rounds: 3, ours: () => [1, 2, 3] });
    expect(row).toMatchObject({ rival: null, ratio: null, spread: null, n: 9, p50: 2 });
    expect(terminalTable([row!])).toContain('alone');
  });
});

test('quantiles interpolate between neighbours', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2], 1)).toBe(2);
});
