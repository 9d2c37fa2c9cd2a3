import { assertMillionSteps } from '@capos/tooling/million-steps';
import { it } from 'vitest';
import { accountingProperty } from '../support/accounting-model.ts';

it('accounts hold what the model says, for a million random steps', { timeout: 1_800_000 }, () => {
  assertMillionSteps(accountingProperty(500), { numRuns: 5000 });
});
