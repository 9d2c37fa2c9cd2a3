// The protocol has no data race, in any interleaving of the two sides of a small ring: so there is nothing but interleavings.
import { describe, expect, test } from 'vitest';
import { explore, violationOf } from './model/explorer.ts';
import { initialKnowing, isKnowingEnd, knowingClient, knowingServer, type RaceModel } from './model/race-model.ts';

const run = (model: RaceModel) =>
  explore(initialKnowing(model), [knowingClient(model), knowingServer(model)], isKnowingEnd(model));

describe('whatever a slot holds was written before it is read, and read before it is written again', () => {
  test.each<RaceModel>([
    { sqEntries: 1, cqEntries: 1, operations: 4 },
    { sqEntries: 1, cqEntries: 2, operations: 4 },
    { sqEntries: 2, cqEntries: 2, operations: 4 },
    { sqEntries: 2, cqEntries: 4, operations: 5 },
    { sqEntries: 2, cqEntries: 2, operations: 4, defers: true },
    { sqEntries: 2, cqEntries: 2, operations: 4, ignoresCredit: true },
    { sqEntries: 2, cqEntries: 2, operations: 4, ignoresCredit: true, defers: true },
  ])('%o', (model) => {
    const { states, ends } = run(model);
    expect(ends).toBeGreaterThan(0);
    expect(states).toBeGreaterThan(200);
  });
});

describe('the exploration finds a race when this is no atomic access', () => {
  test.each([
    ['sqTail', {}, /server races with the client for sq/],
    // With more credits than slots: with as many, consuming is what lets the client push.
    ['sqHead', { cqEntries: 4 }, /client races with the server for sq/],
    ['cqTail', {}, /client races with the server for cq/],
    // A client that keeps within its credit tells that it has consumed by pushing on.
    ['cqHead', { ignoresCredit: true }, /server races with the client for cq/],
  ] as const)('%s', (plain, options, message) => {
    const model: RaceModel = { sqEntries: 2, cqEntries: 2, operations: 5, ...options, plain };
    expect(violationOf(() => run(model)).message).toMatch(message);
  });
});
