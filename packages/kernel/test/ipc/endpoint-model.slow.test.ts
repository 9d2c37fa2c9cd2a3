import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { endpointProperty } from '../support/endpoint-model.ts';

describe('an endpoint under a million random operations', () => {
  it('serves in order, completes everything once, and keeps every capability in one place', {
    timeout: 1_800_000,
  }, () => {
    fc.assert(endpointProperty(400), { numRuns: 5200 });
  });
});
