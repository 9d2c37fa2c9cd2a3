// SIGNAL: sets bits of a Notification; whoever waits for one of them wakes.

import {
  type SubmissionEntry,
  TRANSPORT_BAD_CAP,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_WRONG_INTERFACE,
} from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { NotificationObject } from '../objects/notification.ts';
import type { RingOperation } from './operation.ts';

export const signal: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { table } = ring.process;
  const slot = table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  const notification = table.objectAt(slot);
  if (notification === undefined) return -TRANSPORT_DISCONNECTED;
  if (!(notification instanceof NotificationObject)) return -TRANSPORT_WRONG_INTERFACE;
  notification.signal(entry.paramsAddressLow, entry.paramsAddressHigh);
  return 0;
};
