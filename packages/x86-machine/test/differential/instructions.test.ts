// Every row of the instruction set in every operand form, a few random cases each, against this host's processor.
import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../src/isa/instruction-set.ts';
import { translateAfter } from '../support/tier.ts';
import { comparedForms, judgeForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();
/** Translating a case costs more than running it. */
const CASES_PER_FORM = translateAfter === Number.POSITIVE_INFINITY ? 12 : 4;
const runner = oracle.available ? new MachineRunner() : undefined;

describe.skipIf(!oracle.available)(
  `the machine does what the processor does ${oracle.available ? '' : oracle.reason}`,
  () => {
    test.each(Object.keys(FAMILIES))('%s', (family) => {
      if (!oracle.available) return;
      const { failures } = judgeForms(
        comparedForms(FAMILIES[family]!, oracle),
        oracle,
        CASES_PER_FORM,
        20_261_122,
        runner,
      );
      expect(failures).toEqual([]);
    });
  },
);
