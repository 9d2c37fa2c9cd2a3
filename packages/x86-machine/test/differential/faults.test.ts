// Every form of every row against every way to fault, once each; faults.slow.test.ts counts that none is left out.
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { translateAfter } from '../support/tier.ts';
import { judgeFaults } from './fault-kinds.ts';
import { comparedForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();

// Translating 33,000 cases is for the slow suite.
describe.skipIf(!oracle.available || translateAfter !== Number.POSITIVE_INFINITY)('faults', () => {
  test('are those of the processor, on every form of every row', () => {
    if (!oracle.available) return;
    const forms = comparedForms(INSTRUCTION_SET, oracle);
    const { failures } = judgeFaults(forms, new RandomSource(20_261_123), oracle, new MachineRunner());
    expect(failures).toEqual([]);
  });
});
