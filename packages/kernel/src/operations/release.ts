// RELEASE: gives up a capability. Its id is stale from now on; the last holder's release ends the object.

import { type SubmissionEntry, TRANSPORT_BAD_CAP } from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import type { RingOperation } from './operation.ts';

export const release: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { table } = ring.process;
  const slot = table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  table.remove(slot);
  return 0;
};
