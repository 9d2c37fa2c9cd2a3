import { assertMillionSteps } from '@capos/tooling/million-steps';
import { describe, it } from 'vitest';
import { endpointProperty } from '../support/endpoint-model.ts';

describe('an endpoint under a million random operations', () => {
  it('serves in order, completes everything once, and keeps every capability in one place', {
    timeout: 1_800_000,
  }, () => {
    assertMillionSteps(endpointProperty(400), { numRuns: 6000 });
  });
});
