import { describe, it } from 'vitest';
import { endpointProperty } from '../support/endpoint-model.ts';
import { assertMillionSteps } from '../support/million-steps.ts';

describe('an endpoint under a million random operations', () => {
  it('serves in order, completes everything once, and keeps every capability in one place', {
    timeout: 1_800_000,
  }, () => {
    assertMillionSteps(endpointProperty(400), { numRuns: 6000 });
  });
});
