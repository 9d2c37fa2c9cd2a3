// Every row of the instruction set in every operand form, a few random cases each, against this host's processor.
import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../src/isa/instruction-set.ts';
import { comparedForms, judgeForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();
const runner = oracle.available ? new MachineRunner() : undefined;

describe.skipIf(!oracle.available)(
  `the machine does what the processor does ${oracle.available ? '' : oracle.reason}`,
  () => {
    test.each(Object.keys(FAMILIES))('%s', (family) => {
      if (!oracle.available) return;
      const { failures } = judgeForms(comparedForms(FAMILIES[family]!, oracle), oracle, 12, 20_261_122, runner);
      expect(failures).toEqual([]);
    });
  },
);
