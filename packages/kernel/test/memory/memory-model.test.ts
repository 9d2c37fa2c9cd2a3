import * as fc from 'fast-check';
import { it } from 'vitest';
import { memoryProperty } from '../support/memory-model.ts';

it('memory holds byte for byte what the model says, through nested snapshots, sharing and forks; so do TLB and decoded code', () => {
  fc.assert(memoryProperty(200), { numRuns: 600 });
});
