// POST: a completion for the process's own event loop; result and badge are whatever the process says.

import { DEFERRED, type SubmissionEntry } from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import type { RingOperation } from './operation.ts';

export const post: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  ring.completeEntry(entry, entry.aux | 0, 0, entry.paramsAddressLow | 0, entry.paramsAddressHigh | 0);
  return DEFERRED;
};
