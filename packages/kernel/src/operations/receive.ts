// RECV: receives one call at an endpoint. Only the owner's capability may; a client facet may only CALL.

import {
  DEFERRED,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_NOT_PERMITTED,
  TRANSPORT_TIMED_OUT,
  TRANSPORT_TOO_LARGE,
  TRANSPORT_WRONG_INTERFACE,
} from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ACCESS, INACCESSIBLE } from '../memory/user-memory.ts';
import { ClientFacet } from '../objects/client-facet.ts';
import { EndpointObject } from '../objects/endpoint.ts';
import { MAX_MESSAGE_BYTES, type RingOperation } from './operation.ts';

export const receive: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { process } = ring;
  const { memory, nucleus, table } = process;
  const slot = table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  const endpoint = table.objectAt(slot);
  if (endpoint === undefined) return -TRANSPORT_DISCONNECTED;
  if (!(endpoint instanceof EndpointObject)) {
    return endpoint instanceof ClientFacet ? -TRANSPORT_NOT_PERMITTED : -TRANSPORT_WRONG_INTERFACE;
  }
  const resultAddress = entry.resultAddress;
  const resultLength = entry.resultLength;
  if (resultLength > MAX_MESSAGE_BYTES) return -TRANSPORT_TOO_LARGE;
  if (resultLength !== 0 && memory.locate(resultAddress, resultLength, ACCESS.WRITE) === INACCESSIBLE) {
    return -TRANSPORT_BAD_ADDRESS;
  }
  const deadlineNs = entry.deadlineNs;
  if (deadlineNs !== 0 && deadlineNs <= nucleus.clock.nowNs()) return -TRANSPORT_TIMED_OUT;
  const operation = nucleus.operations.acquire(process, memory);
  if (operation === undefined) return -TRANSPORT_NO_MEMORY;

  operation.answers(ring, entry);
  operation.resultAddress = resultAddress;
  operation.resultLength = resultLength;
  operation.wordLow = entry.flags;
  operation.wordHigh = entry.capId;
  if (deadlineNs !== 0) operation.setDeadline(deadlineNs);
  endpoint.receive(operation);
  return DEFERRED;
};
