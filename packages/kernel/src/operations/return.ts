// RETURN: answers a received call with a payload or an exception, and with capabilities.
//
// Nothing is transferred unless everything is: a result buffer too small, or a caller whose table is full, fails the call with
// that error, and the server keeps what it wanted to move. A caller that has gone, or whose buffer has, makes RETURN succeed
// without effect, which its result tells.

import { type CapException, type CapId, capException } from '@capos/abi';
import {
  CAP_RECORD_SIZE,
  CQE_FLAG_EXCEPTION,
  RETURN_AUX_EXCEPTION,
  RETURN_REACHED_NOBODY,
  type SubmissionEntry,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TOO_LARGE,
} from '@capos/ipc-ring';
import { type KernelObject, ORIGIN } from '../capabilities/kernel-object.ts';
import { type EdgeListener, Transfer } from '../capabilities/transfer.ts';
import { afterPayload, gatherTransfers, writeCapRecord } from '../ipc/cap-records.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ORPHANED } from '../ipc/received-calls.ts';
import { ACCESS, copyAcross, copyIn, INACCESSIBLE, isAccessible, type UserMemory } from '../memory/user-memory.ts';
import { MAX_MESSAGE_BYTES, type RingOperation } from './operation.ts';

/** As much of an exception as is read for calls that depend on it. */
const MAX_EXCEPTION_BYTES = 1024;

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
    return RETURN_REACHED_NOBODY;
  }
  const flags = (entry.aux & RETURN_AUX_EXCEPTION) !== 0 ? CQE_FLAG_EXCEPTION : 0;
  if (length > call.payloadRoom(count)) {
    call.endpoint!.landed(call);
    call.completeError(TRANSPORT_BUFFER_TOO_SMALL);
    return -TRANSPORT_BUFFER_TOO_SMALL;
  }
  return perform(server.memory, address, length, count, flags, call);
};

function perform(
  memory: UserMemory,
  address: number,
  length: number,
  count: number,
  flags: number,
  call: PendingOperation,
): number {
  const endpoint = call.endpoint!;
  const target = call.memory!;
  if (count > 0) {
    // The records must be writable before anything moves.
    if (!isAccessible(target, call.resultAddress, call.resultLength, ACCESS.WRITE)) {
      endpoint.landed(call);
      call.completeError(TRANSPORT_BAD_ADDRESS);
      return RETURN_REACHED_NOBODY;
    }
    if (!call.reserveResults(results, count)) {
      endpoint.landed(call);
      call.completeError(TRANSPORT_NO_MEMORY);
      return -TRANSPORT_NO_MEMORY;
    }
  }
  const copied = copyAcross(memory, address, target, call.resultAddress, length);
  endpoint.landed(call);
  if (!copied) {
    if (count > 0) call.cancelResults(results, count);
    call.completeError(TRANSPORT_BAD_ADDRESS);
    return RETURN_REACHED_NOBODY;
  }
  if (count > 0) {
    deliver(call, target, afterPayload(call.resultAddress + length));
  }
  if (flags !== 0 && call.answer !== undefined) {
    const { kind, reason } = readException(memory, address, length);
    // A kind that this schema does not know is a number: whoever depends on the call can only report it.
    call.answer.breakWith(typeof kind === 'number' ? 'failed' : kind, reason);
  }
  call.completeResult(length, flags, count);
  return 0;
}

/** Result capabilities go to the caller's table, to the answer it named, or to both. Room was made for them. */
function deliver(call: PendingOperation, target: UserMemory, records: number): void {
  const { answer } = call;
  results.hold();
  if (answer !== undefined && call.keepsCaps) {
    results.surrender(answer);
    return;
  }
  results.commit(call.table, ORIGIN.RESULT, resultRecords.begin(call, target, records));
  resultRecords.end();
}

/** Writes the record of each result capability, and lets the answer hold it too. One serves all, as `results` does. */
class ResultRecords implements EdgeListener {
  #call: PendingOperation | undefined;
  #memory: UserMemory | undefined;
  #address = 0;

  begin(call: PendingOperation, memory: UserMemory, address: number): this {
    this.#call = call;
    this.#memory = memory;
    this.#address = address;
    return this;
  }

  received(index: number, capId: CapId, object: KernelObject, epoch: number): void {
    const { answer, table } = this.#call!;
    writeCapRecord(this.#memory!, this.#address + index * CAP_RECORD_SIZE, capId, object);
    answer?.holdToo(table, capId, object, epoch);
  }

  /** Nothing of a process that ends stays reachable from here. */
  end(): void {
    this.#call = undefined;
    this.#memory = undefined;
  }
}

const resultRecords: ResultRecords = new ResultRecords();

/** What a server says went wrong, for calls that depend on this one; its own words when they make sense. */
function readException(memory: UserMemory, address: number, length: number): Pick<CapException, 'kind' | 'reason'> {
  const copy = new Uint8Array(Math.min(length, MAX_EXCEPTION_BYTES));
  try {
    if (copyIn(memory, address, copy, 0, copy.length)) return capException.decode(copy, 0, copy.length);
  } catch {
    // Nonsense, to be reported below.
  }
  return { kind: 'failed', reason: 'the server answered with a broken exception' };
}
