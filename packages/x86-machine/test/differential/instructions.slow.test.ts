// Every row, hundreds of random cases each, with a new seed every day so that the suite keeps looking elsewhere.
import { describe, expect, test } from 'vitest';
import { FAMILIES, INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { isComparable } from './case-generator.ts';
import { judgeRows } from './judge.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();
const seed = Math.floor(Date.now() / 86_400_000);
const CASES_PER_ROW = 400;

describe.skipIf(!oracle.available)(`the machine does what the processor does, seed ${seed}`, () => {
  test.each(Object.keys(FAMILIES))('%s', (family) => {
    if (!oracle.available) return;
    expect(judgeRows(FAMILIES[family]!, oracle, CASES_PER_ROW, seed).failures).toEqual([]);
  });

  test('over at least 200,000 cases', () => {
    expect(INSTRUCTION_SET.filter(isComparable).length * CASES_PER_ROW).toBeGreaterThan(200_000);
  });
});
