// CALL: sends params and capabilities to the object behind a capability, or behind a result capability of an answer that has yet
// to come (PIPELINED); the completion carries its answer.
//
//   decode   target there? lengths sane? params readable, result buffer writable? descriptors all valid?
//   perform  take an operation, name its answer, hold the capabilities, hand all to the target     objects/…, ipc/endpoint-queues.ts

import {
  DEFERRED,
  SQE_FLAG_KEEP_CAPS,
  SQE_FLAG_PIPELINED,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_MALFORMED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TIMED_OUT,
  TRANSPORT_TOO_LARGE,
} from '@capos/ipc-ring';
import type { Answer } from '../ipc/answer.ts';
import { gatherTransfers } from '../ipc/cap-records.ts';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ACCESS, INACCESSIBLE } from '../memory/user-memory.ts';
import { MAX_MESSAGE_BYTES, type RingOperation } from './operation.ts';

export const call: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const result = decodeAndPerform(ring, entry);
  if (result !== DEFERRED && entry.answerId !== 0) refused(ring, entry.answerId, -result);
  return result;
};

function decodeAndPerform(ring: ProcessRing, entry: SubmissionEntry): number {
  const { process } = ring;
  const { memory, table, nucleus } = process;
  // Read in one go, before anything else is called: V8 then looks at the entry once (a tenth of a call between programs).
  const { answerId, flags, capId, paramsAddress, paramsLength, resultAddress, resultLength, methodId } = entry;
  const { transferCount, aux, deadlineNs: ownDeadlineNs } = entry;
  let slot = -1;
  let dependency: Answer | undefined;
  if ((flags & SQE_FLAG_PIPELINED) === 0) {
    slot = table.slotOf(capId);
    if (slot < 0) return -TRANSPORT_BAD_CAP;
  } else {
    if (entry.dependency === answerId) return -TRANSPORT_MALFORMED;
    dependency = ring.answers.get(entry.dependency);
    if (dependency === undefined) return -TRANSPORT_BAD_CAP;
  }
  if (paramsLength > MAX_MESSAGE_BYTES || resultLength > MAX_MESSAGE_BYTES) return -TRANSPORT_TOO_LARGE;
  if (paramsLength !== 0 && memory.locate(paramsAddress, paramsLength, ACCESS.READ) === INACCESSIBLE) {
    return -TRANSPORT_BAD_ADDRESS;
  }
  if (resultLength !== 0 && memory.locate(resultAddress, resultLength, ACCESS.WRITE) === INACCESSIBLE) {
    return -TRANSPORT_BAD_ADDRESS;
  }
  const keepsCaps = (flags & SQE_FLAG_KEEP_CAPS) !== 0;
  if (answerId === 0 ? keepsCaps : !ring.answers.isFree(answerId)) return -TRANSPORT_MALFORMED;
  const served = aux === 0 ? undefined : process.received.find(aux);
  const inheritedNs = served == null || served.heapIndex < 0 ? 0 : served.deadlineNs;
  const dependencyNs = dependency === undefined ? 0 : dependency.deadlineNs;
  let deadlineNs = ownDeadlineNs;
  if (dependencyNs !== 0 || inheritedNs !== 0) deadlineNs = earlier(ownDeadlineNs, dependencyNs, inheritedNs);
  if (deadlineNs !== 0 && deadlineNs <= nucleus.clock.nowNs()) return -TRANSPORT_TIMED_OUT;
  const operation = nucleus.operations.acquire(process, memory);
  if (operation === undefined) return -TRANSPORT_NO_MEMORY;
  if (transferCount > 0) {
    const error = gatherTransfers(operation.transfer, table, memory, paramsAddress + paramsLength, transferCount);
    if (error !== 0) {
      operation.discard();
      return -error;
    }
  }
  if (answerId !== 0) {
    const answer = ring.answers.open(answerId, operation);
    if (answer === undefined) {
      if (transferCount > 0) operation.transfer.rollback();
      operation.discard();
      return -TRANSPORT_NO_MEMORY;
    }
    answer.deadlineNs = deadlineNs;
    operation.answer = answer;
    operation.keepsCaps = keepsCaps;
  }

  if (transferCount > 0) {
    operation.transfer.hold();
    operation.transferCount = transferCount;
  }
  operation.answers(ring, entry);
  // A server that is no thread of the machine's: who waits for it waits for whom it calls now (scheduling/donation.ts).
  if (served != null) operation.caller = served.caller;
  operation.methodId = methodId;
  operation.paramsAddress = paramsAddress;
  operation.paramsLength = paramsLength;
  operation.resultAddress = resultAddress;
  operation.resultLength = resultLength;
  if (deadlineNs !== 0) operation.setDeadline(deadlineNs);
  if (dependency !== undefined) {
    dependency.pipeline(operation, entry.dependencyCap);
    return DEFERRED;
  }
  const object = table.objectAt(slot);
  if (object === undefined) operation.completeException('disconnected', 'the capability was revoked');
  else object.call(operation);
  return DEFERRED;
}

/** A call that was refused has an answer too: those that are PIPELINED on it end like it. */
function refused(ring: ProcessRing, answerId: number, code: number): void {
  if (!ring.answers.isFree(answerId)) return;
  ring.answers.open(answerId, undefined)?.breakWithError(code);
  ring.process.nucleus.operations.landings.settle();
}

function earlier(one: number, two: number, three: number): number {
  let first = one;
  if (two !== 0 && (first === 0 || two < first)) first = two;
  if (three !== 0 && (first === 0 || three < first)) first = three;
  return first;
}
