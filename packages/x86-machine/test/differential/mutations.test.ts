// Encodings that no table lists are instructions, or none, as this host's processor has it.
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { translateAfter } from '../support/tier.ts';
import { comparedForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { judgeMutations } from './mutations.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const COUNT = translateAfter === Number.POSITIVE_INFINITY ? 6000 : 500;

describe.skipIf(!oracle.available)('mutated encodings', () => {
  test('are decoded, refused and executed alike', () => {
    if (!oracle.available) return;
    const forms = comparedForms(INSTRUCTION_SET, oracle);
    const random = new RandomSource(20_261_122);
    expect(judgeMutations(forms, COUNT, random, oracle, new MachineRunner())).toEqual([]);
  });
});
