// CALL: sends params and capabilities to the object behind a capability; the completion carries its answer.
//
//   decode   capability live? lengths sane? params readable, result buffer writable? descriptors all valid?
//   perform  take an operation, hold the capabilities, hand both to the object      objects/… or ipc/endpoint-queues.ts

import {
  DEFERRED,
  SQE_FLAG_PIPELINED,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BAD_OPERATION,
  TRANSPORT_MALFORMED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TIMED_OUT,
  TRANSPORT_TOO_LARGE,
} from '@capos/ipc-ring';
import { gatherTransfers } from '../ipc/cap-records.ts';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ACCESS, INACCESSIBLE } from '../memory/user-memory.ts';
import { MAX_MESSAGE_BYTES, type RingOperation } from './operation.ts';

export const call: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const { process } = ring;
  const { memory, table, nucleus } = process;
  // Promise pipelining is a flag of the layout that this kernel does not offer yet: it must not be mistaken for a plain call.
  if ((entry.flags & SQE_FLAG_PIPELINED) !== 0) return -TRANSPORT_BAD_OPERATION;
  const slot = table.slotOf(entry.capId);
  if (slot < 0) return -TRANSPORT_BAD_CAP;
  const paramsAddress = entry.paramsAddress;
  const paramsLength = entry.paramsLength;
  const resultAddress = entry.resultAddress;
  const resultLength = entry.resultLength;
  if (paramsLength > MAX_MESSAGE_BYTES || resultLength > MAX_MESSAGE_BYTES) return -TRANSPORT_TOO_LARGE;
  if (paramsLength !== 0 && memory.locate(paramsAddress, paramsLength, ACCESS.READ) === INACCESSIBLE) {
    return -TRANSPORT_BAD_ADDRESS;
  }
  if (resultLength !== 0 && memory.locate(resultAddress, resultLength, ACCESS.WRITE) === INACCESSIBLE) {
    return -TRANSPORT_BAD_ADDRESS;
  }
  const answerId = entry.answerId;
  if (answerId !== 0 && ring.answers.has(answerId)) return -TRANSPORT_MALFORMED;
  const deadlineNs = entry.deadlineNs;
  if (deadlineNs !== 0 && deadlineNs <= nucleus.clock.nowNs()) return -TRANSPORT_TIMED_OUT;
  const operation = nucleus.operations.acquire(process, memory);
  if (operation === undefined) return -TRANSPORT_NO_MEMORY;
  const transferCount = entry.transferCount;
  if (transferCount > 0) {
    const error = gatherTransfers(operation.transfer, table, memory, paramsAddress + paramsLength, transferCount);
    if (error !== 0) {
      nucleus.operations.giveBack(operation);
      return -error;
    }
    operation.transfer.hold();
    operation.transferCount = transferCount;
  }

  operation.ring = ring;
  operation.userDataLow = entry.userDataLow;
  operation.userDataHigh = entry.userDataHigh;
  operation.methodId = entry.methodId;
  operation.paramsAddress = paramsAddress;
  operation.paramsLength = paramsLength;
  operation.resultAddress = resultAddress;
  operation.resultLength = resultLength;
  if (answerId !== 0) {
    operation.answerId = answerId;
    ring.answers.set(answerId, operation);
  }
  if (deadlineNs !== 0) operation.setDeadline(deadlineNs);
  const object = table.objectAt(slot);
  if (object === undefined) operation.completeException('disconnected', 'the capability was revoked');
  else object.call(operation);
  return DEFERRED;
};
