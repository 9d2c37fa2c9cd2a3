import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { endpointProperty } from '../support/endpoint-model.ts';

describe('an endpoint under a quarter of a million random operations', () => {
  it('serves in order, completes everything once, and keeps every capability in one place', {
    timeout: 600_000,
  }, () => {
    fc.assert(endpointProperty(400), { numRuns: 1200 });
  });
});
