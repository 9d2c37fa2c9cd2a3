// RETURN_RECV: answers one call and receives the next. What a server does between two calls, in one entry.

import { CQE_FLAG_RETURN_FAILED, DEFERRED, type SubmissionEntry } from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import type { RingOperation } from './operation.ts';
import { receive } from './receive.ts';
import { returnCall } from './return.ts';

export const returnReceive: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const returned = returnCall(ring, entry);
  if (returned < 0) {
    ring.completeEntry(entry, returned, CQE_FLAG_RETURN_FAILED, 0, 0);
    return DEFERRED;
  }
  // Calls that waited for this answer have been sent on: one of them may have ended the process.
  return !ring.isOpen || ring.process.isDying ? DEFERRED : receive(ring, entry);
};
