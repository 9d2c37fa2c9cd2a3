// Every row of the instruction set, a few random cases each, against this host's processor.
import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../src/isa/instruction-set.ts';
import { judgeRows } from './judge.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();

describe.skipIf(!oracle.available)(
  `the machine does what the processor does ${oracle.available ? '' : `(${oracle.reason})`}`,
  () => {
    test.each(Object.keys(FAMILIES))('%s', (family) => {
      if (!oracle.available) return;
      const { failures } = judgeRows(FAMILIES[family]!, oracle, 12, 20_261_122);
      expect(failures).toEqual([]);
    });
  },
);
