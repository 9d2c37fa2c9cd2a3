import { assertMillionSteps } from '@capos/tooling/million-steps';
import { describe, it } from 'vitest';
import { capTableProperty } from '../support/cap-table-model.ts';

describe('capability tables under a million random operations', () => {
  it('hold what the model says', { timeout: 1_800_000 }, () => {
    assertMillionSteps(capTableProperty(500), { numRuns: 5000 });
  });
});
