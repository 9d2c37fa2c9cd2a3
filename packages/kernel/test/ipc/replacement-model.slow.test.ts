import { assertMillionSteps } from '@capos/tooling/million-steps';
import { describe, it } from 'vitest';
import { replacementProperty } from '../support/replacement-model.ts';

describe('servers that are replaced under a million random operations', () => {
  it('lose no call, answer none twice, and serve in order wherever a facet leads', { timeout: 1_800_000 }, () => {
    assertMillionSteps(replacementProperty(400), { numRuns: 6000 });
  });
});
