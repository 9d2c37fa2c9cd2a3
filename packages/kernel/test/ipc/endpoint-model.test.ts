import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { endpointProperty } from '../support/endpoint-model.ts';

describe('an endpoint under random operations', () => {
  it('serves in order, completes everything once, and keeps every capability in one place', () => {
    fc.assert(endpointProperty(120), { numRuns: 60 });
  });
});
