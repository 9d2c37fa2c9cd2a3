// The same as manifest-difference.test.ts, for a million systems that are changed into one another.
import { assertMillionSteps } from '@capos/tooling/million-steps';
import { test } from 'vitest';
import { changeProperty } from './support/manifest-model.ts';

test('a system that is changed a million times is always as if it had been booted', { timeout: 1_800_000 }, () => {
  assertMillionSteps(changeProperty({ minLength: 100, maxLength: 400, size: 'max' }), { numRuns: 4500 });
});
