import { assertMillionSteps } from '@capos/tooling/million-steps';
import { it } from 'vitest';
import { memoryProperty } from '../support/memory-model.ts';

it('memory holds byte for byte what the model says, for a million random steps', { timeout: 1_800_000 }, () => {
  assertMillionSteps(memoryProperty(500), { numRuns: 4500 });
});
