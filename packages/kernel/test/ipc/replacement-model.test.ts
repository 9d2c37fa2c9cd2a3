import * as fc from 'fast-check';
import { it } from 'vitest';
import { replacementProperty } from '../support/replacement-model.ts';

it('servers that are replaced lose no call and answer none twice', () => {
  fc.assert(replacementProperty(100), { numRuns: 60 });
});
