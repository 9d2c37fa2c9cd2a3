// Every form of every row against every way to fault, in both tiers, and the count that none of them is left out.
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { FAULT_KINDS, judgeFaults, mustFault } from './fault-kinds.ts';
import { comparedForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';

const oracle = nativeOracle();
const seed = Math.floor(Date.now() / 86_400_000);
/** A register that holds the operand's address may be the operand, and a pending x87 exception come first: not each case faults. */
const ROUNDS = 6;

describe.skipIf(!oracle.available)(`faults, seed ${seed}`, () => {
  const faulted = new Map<string, Set<string>>();

  test.each([
    ...Array.from({ length: ROUNDS }, (_, round) => ({ tier: 'interpreted', after: Number.POSITIVE_INFINITY, round })),
    { tier: 'translated', after: 1, round: ROUNDS },
  ])('$tier, round $round', ({ after, round }) => {
    if (!oracle.available) return;
    const forms = comparedForms(INSTRUCTION_SET, oracle);
    const verdict = judgeFaults(forms, new RandomSource(seed * 100 + round), oracle, new MachineRunner(after));
    for (const [kind, names] of verdict.faulted) {
      faulted.set(kind, new Set([...(faulted.get(kind) ?? []), ...names]));
    }
    expect(verdict.failures).toEqual([]);
  });

  test.each(FAULT_KINDS.map((kind) => [kind.name, kind] as const))(
    '%s: every form that can has faulted',
    (name, kind) => {
      if (!oracle.available) return;
      const wanted = comparedForms(INSTRUCTION_SET, oracle).filter((form) => mustFault(form, kind));
      expect(wanted.length).toBeGreaterThan(200);
      expect(wanted.filter((form) => !faulted.get(name)!.has(form.name)).map((form) => form.name)).toEqual([]);
    },
  );
});
