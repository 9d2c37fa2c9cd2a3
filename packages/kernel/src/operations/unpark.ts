// UNPARK: wakes sleepers of a word, in the order they went to sleep.

import {
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_WRONG_INTERFACE,
} from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ParkSpaceObject } from '../objects/park-space.ts';
import type { RingOperation } from './operation.ts';

export const unpark: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { process } = ring;
  const slot = process.table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  const space = process.table.objectAt(slot);
  if (space === undefined) return -TRANSPORT_DISCONNECTED;
  if (!(space instanceof ParkSpaceObject)) return -TRANSPORT_WRONG_INTERFACE;
  if (ParkSpaceObject.word(process.memory, entry.paramsAddress) < 0) return -TRANSPORT_BAD_ADDRESS;
  return space.unpark(process, entry.paramsAddress, entry.aux);
};
