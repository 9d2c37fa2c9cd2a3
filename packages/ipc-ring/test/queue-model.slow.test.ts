// The same as queue-model.test.ts, for more than a million steps.
import { expect, test } from 'vitest';
import { explore } from './model/explorer.ts';
import { checkAgainstModel } from './model/ring-commands.ts';
import { clientStep, initialState, isEnd, serverStep } from './model/ring-model.ts';

test('a ring behaves as two arrays and a credit count for a million steps', () => {
  expect(checkAgainstModel((bytes) => new ArrayBuffer(bytes), 8_000, 400)).toBeGreaterThan(1_000_000);
});

test('every interleaving of a larger ring with deferred completions ends well', () => {
  const model = { sqEntries: 4, cqEntries: 4, operations: 9, defers: true };
  const { states } = explore(initialState(model), [clientStep(model), serverStep(model)], isEnd(model));
  expect(states).toBeGreaterThan(5_000);
});
