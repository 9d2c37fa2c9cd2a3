// WAIT: takes bits of a Notification, waiting until there is one under the mask. The completion's badge holds them.

import {
  DEFERRED,
  type SubmissionEntry,
  TRANSPORT_BAD_CAP,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TIMED_OUT,
  TRANSPORT_WRONG_INTERFACE,
} from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { NotificationObject } from '../objects/notification.ts';
import type { RingOperation } from './operation.ts';

export const wait: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { process } = ring;
  const { memory, nucleus, table } = process;
  const slot = table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  const notification = table.objectAt(slot);
  if (notification === undefined) return -TRANSPORT_DISCONNECTED;
  if (!(notification instanceof NotificationObject)) return -TRANSPORT_WRONG_INTERFACE;
  const deadlineNs = entry.deadlineNs;
  if (deadlineNs !== 0 && deadlineNs <= nucleus.clock.nowNs()) return -TRANSPORT_TIMED_OUT;
  const operation = nucleus.operations.acquire(process, memory);
  if (operation === undefined) return -TRANSPORT_NO_MEMORY;

  operation.answers(ring, entry);
  operation.wordLow = entry.paramsAddressLow;
  operation.wordHigh = entry.paramsAddressHigh;
  if (deadlineNs !== 0) operation.setDeadline(deadlineNs);
  notification.wait(operation);
  return DEFERRED;
};
