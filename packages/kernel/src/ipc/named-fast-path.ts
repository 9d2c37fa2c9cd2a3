// Fast path of calls that are more than plain: those of chains, and those that carry a capability.
//
//   CALL    named; PIPELINED on an answer that is there; unnamed also with one capability that may be copied
//   RETURN  to a call like that: nothing queued for the answer; no capability, or one that the answer keeps (KEEP_CAPS) and that may
//           be copied
//
// Rule and reasons are those of ring-fast-path.ts, which sends them here: true, or nothing has happened. Two things can happen between
// check and effect, and are looked at again: the answer that had the name before may hold the last reference to a facet, and its end
// may take away the very RECV that the call was for; and calls that wait for an answer are sent on before the server receives, so such
// answers stay with the general path.

import { SQE_FLAG_KEEP_CAPS, SQE_FLAG_PIPELINED, TRANSFER_SIZE } from '@capos/ipc-ring';
import type { CapTable } from '../capabilities/cap-table.ts';
import { type KernelObject, ORIGIN, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import { TRANSFER_BY } from '../capabilities/transfer.ts';
import { ACCESS, INACCESSIBLE, type UserMemory } from '../memory/user-memory.ts';
import { ClientFacet } from '../objects/client-facet.ts';
import { MAX_MESSAGE_BYTES } from '../operations/operation.ts';
import { afterPayload, writeCapRecord } from './cap-records.ts';
import type { PendingOperation } from './pending-operation.ts';
import type { ProcessRing } from './process-ring.ts';
import { copyWords, isShort, locateWords } from './short-message.ts';

// Constants of this module, which V8 folds (see ipc-ring/src/ring-server.ts).
const [KEEP_CAPS, PIPELINED] = [SQE_FLAG_KEEP_CAPS << 8, SQE_FLAG_PIPELINED << 8];
const [READ, WRITE] = [ACCESS.READ, ACCESS.WRITE];

/** CALL, with high address words, behalf and deadline known to be 0. */
export function namedCall(ring: ProcessRing, words: Int32Array, flags: number): boolean {
  const answerId = words[10]! >>> 0;
  const count = words[12]! >>> 16;
  if ((flags & ~(KEEP_CAPS | PIPELINED)) !== 0 || (count !== 0 && (count !== 1 || answerId !== 0))) return false;
  const { answers, process } = ring;
  const { memory, table } = process;
  let facet: KernelObject | undefined;
  if ((flags & PIPELINED) === 0) {
    const slot = table.slotOf(words[1]!);
    if (slot < 0) return false;
    facet = table.objectAt(slot);
  } else {
    const dependency = words[11]! >>> 0;
    if (dependency !== answerId) facet = answers.get(dependency)?.resultWithoutDeadline(words[12]!);
  }
  if (!(facet instanceof ClientFacet) || !facet.isCurrent) return false;
  const { queues } = facet.endpoint;
  const receive = queues.readyFor(facet);
  const length = words[6]! >>> 0;
  const resultLength = words[7]! >>> 0;
  if (receive === undefined || length > receive.resultLength) return false;
  if (!isShort(length) || resultLength > MAX_MESSAGE_BYTES) return false;
  const source = locateWords(memory, words[4]!, 0, length, READ);
  if (source < 0) return false;
  if (resultLength !== 0 && memory.locateAt(words[8]!, 0, resultLength, WRITE) === INACCESSIBLE) return false;
  const receiver = receive.process!;
  const buffer = receive.memory!;
  const target = locateWords(buffer, receive.resultLow, receive.resultHigh, length, WRITE);
  if (target < 0 || !receiver.received.hasRoom) return false;
  if (answerId === 0 ? flags !== 0 && flags !== PIPELINED : !answers.isFree(answerId)) return false;
  let given = -1;
  let place = -1;
  if (count !== 0) {
    given = slotGiven(memory, words[4]!, length, table);
    if (given < 0 || length > receive.payloadRoom(1)) return false;
    if (buffer.locateAt(receive.resultLow, receive.resultHigh, receive.resultLength, WRITE) === INACCESSIBLE) {
      return false;
    }
    place = receiver.table.reserve();
    if (place < 0) return false;
  }
  const operation = process.nucleus.operations.acquire(process, memory);
  if (operation === undefined) {
    if (place >= 0) receiver.table.cancelReservation(place);
    return false;
  }
  if (answerId !== 0) {
    const answer = answers.open(answerId, operation);
    if (answer === undefined) {
      operation.discard();
      return false;
    }
    operation.answer = answer;
    operation.keepsCaps = (flags & KEEP_CAPS) !== 0;
  }
  operation.takeCall(ring, words, facet);
  if (answerId !== 0 && queues.readyFor(facet) !== receive) {
    facet.call(operation);
    return true;
  }
  copyWords(memory, source, buffer, target, length);
  if (place >= 0) {
    const object = table.referentAt(given);
    object.retain();
    const capId = receiver.table.fill(place, object, table.epochAt(given), TRANSFER_MODE.COPY, ORIGIN.TRANSFER);
    writeCapRecord(buffer, afterPayload(receive.resultAddress + length), capId, object);
  }
  queues.handOver(operation, receive, facet, length, count);
  return true;
}

/** The RETURN of a RETURN_RECV to a call of the server's own endpoint, with no flag that concerns it. */
export function namedReturn(ring: ProcessRing, words: Int32Array, answered: PendingOperation): boolean {
  const count = words[12]! >>> 16;
  const { answer } = answered;
  if (count > 1 || (answer !== undefined && answer.waiting !== 0)) return false;
  const { memory, table } = ring.process;
  const length = words[6]! >>> 0;
  if (!isShort(length) || length > answered.resultLength) return false;
  const source = locateWords(memory, words[4]!, 0, length, READ);
  if (source < 0) return false;
  const target = locateWords(answered.memory!, answered.resultLow, answered.resultHigh, length, WRITE);
  if (target < 0) return false;
  if (count !== 0) {
    if (answer === undefined || !answered.keepsCaps) return false;
    const { resultLow, resultHigh, resultLength } = answered;
    if (resultLength !== 0 && answered.memory!.locateAt(resultLow, resultHigh, resultLength, WRITE) === INACCESSIBLE) {
      return false;
    }
    const given = slotGiven(memory, words[4]!, length, table);
    if (given < 0 || !answer.reserve(1)) return false;
    const object = table.referentAt(given);
    object.retain();
    answer.hold(object, table.epochAt(given));
  }
  copyWords(memory, source, answered.memory!, target, length);
  answered.endpoint!.landed(answered);
  answered.completeResult(length, 0, count);
  return true;
}

/** The slot of the capability that the descriptor behind a payload gives a copy of; negative when there is anything else to say about it. */
function slotGiven(memory: UserMemory, low: number, length: number, table: CapTable): number {
  const address = afterPayload((low >>> 0) + length);
  const offset = locateWords(memory, address | 0, address < 2 ** 32 ? 0 : 1, TRANSFER_SIZE, READ);
  if (offset < 0) return -1;
  const capId = memory.words[offset >> 2]! >>> 0;
  const mode = memory.words[(offset >> 2) + 1]! & 0xff;
  const slot = table.slotOf(capId);
  return mode === TRANSFER_BY.COPY && slot >= 0 && table.transferModeAt(slot) === TRANSFER_MODE.COPY ? slot : -1;
}
