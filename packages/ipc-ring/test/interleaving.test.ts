// Every interleaving of the two sides of a small ring: nothing is lost, overwritten or read early, nobody sleeps for ever.
import { describe, expect, test } from 'vitest';
import { explore, violationOf } from './model/explorer.ts';
import { clientStep, initialState, isEnd, type Model, type Mutant, serverStep } from './model/ring-model.ts';

const run = (model: Model) => explore(initialState(model), [clientStep(model), serverStep(model)], isEnd(model));

const models: readonly Model[] = [
  { sqEntries: 1, cqEntries: 1, operations: 4 },
  { sqEntries: 1, cqEntries: 2, operations: 5 },
  { sqEntries: 2, cqEntries: 2, operations: 5 },
  { sqEntries: 2, cqEntries: 4, operations: 6 },
  { sqEntries: 2, cqEntries: 2, operations: 5, defers: true },
  { sqEntries: 2, cqEntries: 4, operations: 5, defers: true },
  { sqEntries: 2, cqEntries: 2, operations: 5, ignoresCredit: true },
  { sqEntries: 1, cqEntries: 1, operations: 4, ignoresCredit: true },
  { sqEntries: 2, cqEntries: 2, operations: 5, ignoresCredit: true, defers: true },
];

describe('every interleaving of client and server', () => {
  test.each(models)('ends well with %o', (model) => {
    const { states, ends } = run(model);
    expect(ends).toBeGreaterThan(0);
    expect(states).toBeGreaterThan(200);
  });
});

describe('the exploration finds the bug when', () => {
  const mutants: readonly (readonly [Mutant, Partial<Model>, RegExp])[] = [
    ['tail before entry', {}, /not there/],
    ['flag before tail', {}, /everybody sleeps/],
    ['sleep without looking again', {}, /everybody sleeps/],
    ['no credit check', { ignoresCredit: true }, /wrote over a completion/],
    // With as many credits as submission slots, credit alone would hide it.
    ['head before copy', { cqEntries: 4 }, /wrote over a submission/],
    ['no credit wake-up', { ignoresCredit: true }, /everybody sleeps/],
  ];
  test.each(mutants)('%s', (mutant, options, message) => {
    const model = { sqEntries: 2, cqEntries: 2, operations: 5, ...options, mutant };
    const violation = violationOf(() => run(model));
    expect(violation.message).toMatch(message);
    expect(violation.trace.length).toBeGreaterThan(1);
  });
});
