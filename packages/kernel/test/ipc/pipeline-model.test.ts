import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { pipelineProperty } from '../support/pipeline-model.ts';

describe('promise pipelining under random operations', () => {
  it('sends calls on in order, fails them as their dependency failed, and holds exactly what the model holds', () => {
    fc.assert(pipelineProperty(150), { numRuns: 60 });
  });
});
