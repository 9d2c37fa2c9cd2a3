import * as fc from 'fast-check';
import { it } from 'vitest';
import { accountingProperty } from '../support/accounting-model.ts';

it('accounts hold what the model says, through limits, processes started by processes, and donations', () => {
  fc.assert(accountingProperty(100), { numRuns: 300 });
});
