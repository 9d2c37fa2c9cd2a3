import { assertMillionSteps } from '@capos/tooling/million-steps';
import { describe, it } from 'vitest';
import { pipelineProperty } from '../support/pipeline-model.ts';

describe('promise pipelining under a million random operations', () => {
  it('sends calls on in order, fails them as their dependency failed, and holds exactly what the model holds', {
    timeout: 1_800_000,
  }, () => {
    assertMillionSteps(pipelineProperty(400), { numRuns: 6000 });
  });
});
