import * as fc from 'fast-check';
import { it } from 'vitest';
import { accountingProperty } from '../support/accounting-model.ts';

it('accounts hold what the model says, for a million random steps', { timeout: 1_800_000 }, () => {
  fc.assert(accountingProperty(500), { numRuns: 5000 });
});
