// RETURN: answers a received call with a payload or an exception, and with capabilities.
//
// Nothing is transferred unless everything is: a result buffer too small, or a caller whose table is full, fails the call with
// that error, and the server keeps what it wanted to move. A caller that has gone makes RETURN succeed without effect.

import {
  CAP_RECORD_SIZE,
  CQE_FLAG_EXCEPTION,
  RETURN_AUX_EXCEPTION,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TOO_LARGE,
} from '@capos/ipc-ring';
import { ORIGIN } from '../capabilities/kernel-object.ts';
import { Transfer } from '../capabilities/transfer.ts';
import { afterPayload, gatherTransfers, writeCapRecord } from '../ipc/cap-records.ts';
import type { EndpointQueues } from '../ipc/endpoint-queues.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ORPHANED } from '../ipc/received-calls.ts';
import { ACCESS, copyAcross, INACCESSIBLE, isAccessible } from '../memory/user-memory.ts';
import { MAX_MESSAGE_BYTES, type RingOperation } from './operation.ts';

/** The capabilities of one RETURN; it is decoded and performed in one go, so one serves all. */
const results: Transfer = new Transfer();

export const returnCall: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const server = ring.process;
  const token = entry.answerId;
  const call = server.received.find(token);
  if (call === undefined) return -TRANSPORT_BAD_CAP;
  const address = entry.paramsAddress;
  const length = entry.paramsLength;
  if (length > MAX_MESSAGE_BYTES) return -TRANSPORT_TOO_LARGE;
  if (length !== 0 && server.memory.locate(address, length, ACCESS.READ) === INACCESSIBLE)
    return -TRANSPORT_BAD_ADDRESS;
  const count = entry.transferCount;
  if (count > 0) {
    const error = gatherTransfers(results, server.table, server.memory, address + length, count);
    if (error !== 0) return -error;
  }
  if (call === ORPHANED) {
    server.received.remove(token);
    return 0;
  }
  const flags = (entry.aux & RETURN_AUX_EXCEPTION) !== 0 ? CQE_FLAG_EXCEPTION : 0;
  const endpoint = call.endpoint!;
  if (length > call.payloadRoom(count)) {
    endpoint.landed(call);
    call.completeError(TRANSPORT_BUFFER_TOO_SMALL);
    return -TRANSPORT_BUFFER_TOO_SMALL;
  }
  return perform(server.memory, address, length, count, flags, call, endpoint);
};

function perform(
  memory: PendingOperationMemory,
  address: number,
  length: number,
  count: number,
  flags: number,
  call: PendingOperation,
  endpoint: EndpointQueues,
): number {
  const target = call.memory!;
  if (count > 0) {
    // The records must be writable before anything moves.
    if (!isAccessible(target, call.resultAddress, call.resultLength, ACCESS.WRITE)) {
      endpoint.landed(call);
      call.completeError(TRANSPORT_BAD_ADDRESS);
      return 0;
    }
    if (!results.reserve(call.table)) {
      endpoint.landed(call);
      call.completeError(TRANSPORT_NO_MEMORY);
      return -TRANSPORT_NO_MEMORY;
    }
  }
  const copied = copyAcross(memory, address, target, call.resultAddress, length);
  endpoint.landed(call);
  if (!copied) {
    if (count > 0) results.cancelReservation(call.table);
    call.completeError(TRANSPORT_BAD_ADDRESS);
    return 0;
  }
  if (count > 0) {
    const records = afterPayload(call.resultAddress + length);
    results.hold();
    results.commit(call.table, ORIGIN.RESULT, (index, capId, object) => {
      writeCapRecord(target, records + index * CAP_RECORD_SIZE, capId, object.interfaceId);
    });
  }
  call.completeResult(length, flags, count);
  return 0;
}

type PendingOperationMemory = NonNullable<PendingOperation['memory']>;
