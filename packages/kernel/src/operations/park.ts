// PARK: sleeps while a 32-bit word of the process's memory holds the expected value. One word is compared, and nothing can
// change it between the comparison and the sleep: the kernel is one thread.

import {
  DEFERRED,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TIMED_OUT,
  TRANSPORT_WRONG_INTERFACE,
} from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ParkSpaceObject } from '../objects/park-space.ts';
import type { RingOperation } from './operation.ts';

/** The completion's result when the word held something else. */
const PARK_DIFFERED = 1;

export const park: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { process } = ring;
  const { memory, nucleus, table } = process;
  const slot = table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  const space = table.objectAt(slot);
  if (space === undefined) return -TRANSPORT_DISCONNECTED;
  if (!(space instanceof ParkSpaceObject)) return -TRANSPORT_WRONG_INTERFACE;
  const word = ParkSpaceObject.word(memory, entry.paramsAddress);
  if (word < 0) return -TRANSPORT_BAD_ADDRESS;
  if (memory.words[word]! >>> 0 !== entry.aux) return PARK_DIFFERED;
  const deadlineNs = entry.deadlineNs;
  if (deadlineNs !== 0 && deadlineNs <= nucleus.clock.nowNs()) return -TRANSPORT_TIMED_OUT;
  const operation = nucleus.operations.acquire(process, memory);
  if (operation === undefined) return -TRANSPORT_NO_MEMORY;

  operation.answers(ring, entry);
  if (deadlineNs !== 0) operation.setDeadline(deadlineNs);
  space.park(operation, entry.paramsAddress);
  return DEFERRED;
};
