// Fast path of a ring: a call and its answer as hosted programs and Workers make them, entry for entry.
//
//   CALL         client ─▶ server waits in a RECV     ≤ 64 bytes; named or not; PIPELINED on an answer that is there; unnamed also with one
//                                                     capability that may be copied
//   RETURN_RECV  server ─▶ client waits for its CALL  ≤ 64 bytes, no exception; nothing queued for the answer; no capability, or one that the
//                                                     answer keeps (KEEP_CAPS) and that may be copied
//
// The rule is that of fast-path.ts, whose other half this is: everything is checked before anything changes; when a condition does not
// hold, nothing has happened and the general path decides. test/ipc/ring-fast-path.test.ts runs random programs with it and without.
//
// What it saves is not steps but instructions: each function reads its entry once and calls little, so that V8 need not choose what
// to inline. Bench `ipc`, rows `hosted-call` and `chain-8`; measured in docs/decisions/0026-rings-have-a-fast-path-too.md.

import {
  DEFERRED,
  SQE_FLAG_KEEP_CAPS,
  SQE_FLAG_PIPELINED,
  SQE_FLAG_WANT_GONE,
  type SubmissionEntry,
  TRANSFER_SIZE,
  TRANSPORT_NO_MEMORY,
} from '@capos/ipc-ring';
import { type KernelObject, ORIGIN, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import { TRANSFER_BY } from '../capabilities/transfer.ts';
import { ACCESS, INACCESSIBLE, type UserMemory } from '../memory/user-memory.ts';
import { ClientFacet } from '../objects/client-facet.ts';
import { EndpointObject } from '../objects/endpoint.ts';
import { MAX_MESSAGE_BYTES } from '../operations/operation.ts';
import { afterPayload, writeCapRecord } from './cap-records.ts';
import type { ProcessRing } from './process-ring.ts';
import { copyWords, isShort, locateWords } from './short-message.ts';

/** The entry is not one for here. No completion has this result. */
export const GENERAL = -0x7fff_ffff;

// Constants of this module, which V8 folds (see ipc-ring/src/ring-server.ts).
const [KEEP_CAPS, PIPELINED, WANT_GONE] = [SQE_FLAG_KEEP_CAPS << 8, SQE_FLAG_PIPELINED << 8, SQE_FLAG_WANT_GONE << 8];
const [READ, WRITE] = [ACCESS.READ, ACCESS.WRITE];

/** CALL. Word n of the entry is the SQE's bytes 4n to 4n + 3 (ipc-ring/src/layout.ts). */
export function callFromRing(ring: ProcessRing, entry: SubmissionEntry): number {
  const { words } = entry;
  // Addresses below 4 GiB, on nobody's behalf, no deadline.
  if ((words[5]! | words[9]! | words[13]! | words[14]! | words[15]!) !== 0) return GENERAL;
  const first = words[0]!;
  const flags = first & 0xff00;
  const answerId = words[10]! >>> 0;
  const count = words[12]! >>> 16;
  if ((flags & ~(KEEP_CAPS | PIPELINED)) !== 0 || (count !== 0 && (count !== 1 || answerId !== 0))) return GENERAL;
  const { answers, process } = ring;
  const { memory, table } = process;
  let facet: KernelObject | undefined;
  if ((flags & PIPELINED) === 0) {
    const slot = table.slotOf(words[1]!);
    if (slot < 0) return GENERAL;
    facet = table.objectAt(slot);
  } else {
    const dependency = words[11]! >>> 0;
    if (dependency !== answerId) facet = answers.get(dependency)?.resultWithoutDeadline(words[12]!);
  }
  if (!(facet instanceof ClientFacet) || !facet.isCurrent) return GENERAL;
  const { queues } = facet.endpoint;
  const receive = queues.readyFor(facet);
  const paramsLow = words[4]!;
  const length = words[6]! >>> 0;
  const resultLow = words[8]!;
  const resultLength = words[7]! >>> 0;
  if (receive === undefined || length > receive.resultLength) return GENERAL;
  if (!isShort(length) || resultLength > MAX_MESSAGE_BYTES) return GENERAL;
  const source = locateWords(memory, paramsLow, 0, length, READ);
  if (source < 0) return GENERAL;
  if (resultLength !== 0 && memory.locateAt(resultLow, 0, resultLength, WRITE) === INACCESSIBLE) return GENERAL;
  const receiver = receive.process!;
  const buffer = receive.memory!;
  const target = locateWords(buffer, receive.resultLow, receive.resultHigh, length, WRITE);
  if (target < 0 || !receiver.received.hasRoom) return GENERAL;
  if (answerId === 0 ? flags !== 0 && flags !== PIPELINED : !answers.isFree(answerId)) return GENERAL;
  let given = -1;
  let place = -1;
  if (count !== 0) {
    given = slotGiven(memory, paramsLow, length, table);
    if (given < 0 || length > receive.payloadRoom(1)) return GENERAL;
    if (buffer.locateAt(receive.resultLow, receive.resultHigh, receive.resultLength, WRITE) === INACCESSIBLE)
      return GENERAL;
    place = receiver.table.reserve();
    if (place < 0) return GENERAL;
  }
  const operation = process.nucleus.operations.acquire(process, memory);
  if (operation === undefined) {
    if (place >= 0) receiver.table.cancelReservation(place);
    return GENERAL;
  }
  if (answerId !== 0) {
    const answer = answers.open(answerId, operation);
    if (answer === undefined) {
      process.nucleus.operations.giveBack(operation);
      return GENERAL;
    }
    operation.answer = answer;
    operation.keepsCaps = (flags & KEEP_CAPS) !== 0;
  }

  operation.ring = ring;
  operation.userDataLow = words[2]!;
  operation.userDataHigh = words[3]!;
  operation.methodId = first >>> 16;
  operation.paramsLow = paramsLow;
  operation.paramsHigh = 0;
  operation.paramsLength = length;
  operation.resultLow = resultLow;
  operation.resultHigh = 0;
  operation.resultLength = resultLength;
  operation.wordLow = facet.badgeLow;
  operation.wordHigh = facet.badgeHigh;
  operation.detail = facet;
  // The answer that had this name before may have held the last reference of something, whose end took the receive away.
  if (answerId !== 0 && queues.readyFor(facet) !== receive) {
    facet.call(operation);
    return DEFERRED;
  }
  copyWords(memory, source, buffer, target, length);
  if (place >= 0) {
    const object = table.referentAt(given);
    object.retain();
    const capId = receiver.table.fill(place, object, table.epochAt(given), TRANSFER_MODE.COPY, ORIGIN.TRANSFER);
    writeCapRecord(buffer, afterPayload(receive.resultAddress + length), capId, object);
  }
  queues.handOver(operation, receive, facet, length, count);
  return DEFERRED;
}

/** RETURN_RECV. */
export function returnReceiveFromRing(ring: ProcessRing, entry: SubmissionEntry): number {
  const { words } = entry;
  // Addresses below 4 GiB, no exception, no deadline.
  if ((words[5]! | words[9]! | words[13]! | words[14]! | words[15]!) !== 0) return GENERAL;
  const flags = words[0]! & 0xff00;
  const count = words[12]! >>> 16;
  if ((flags & ~WANT_GONE) !== 0 || count > 1) return GENERAL;
  const { process } = ring;
  const { memory, table } = process;
  const answered = process.received.find(words[10]! >>> 0);
  if (answered == null || answered.ring === undefined) return GENERAL;
  const { answer } = answered;
  // Calls that wait for this answer are sent on before anything is received: they may do anything.
  if (answer !== undefined && answer.waiting !== 0) return GENERAL;
  const slot = table.slotOf(words[1]!);
  const endpoint = slot < 0 ? undefined : table.objectAt(slot);
  if (!(endpoint instanceof EndpointObject)) return GENERAL;
  const { queues } = endpoint;
  const low = words[4]!;
  const length = words[6]! >>> 0;
  const bufferLow = words[8]!;
  const bufferLength = words[7]! >>> 0;
  if (answered.endpoint !== queues || bufferLength > MAX_MESSAGE_BYTES) return GENERAL;
  if (!isShort(length) || length > answered.resultLength) return GENERAL;
  const source = locateWords(memory, low, 0, length, READ);
  if (source < 0) return GENERAL;
  const target = locateWords(answered.memory!, answered.resultLow, answered.resultHigh, length, WRITE);
  if (target < 0) return GENERAL;
  if (bufferLength !== 0 && memory.locateAt(bufferLow, 0, bufferLength, WRITE) === INACCESSIBLE) return GENERAL;
  let given = -1;
  if (count !== 0) {
    if (answer === undefined || !answered.keepsCaps) return GENERAL;
    const { resultLow, resultHigh, resultLength } = answered;
    if (resultLength !== 0 && answered.memory!.locateAt(resultLow, resultHigh, resultLength, WRITE) === INACCESSIBLE) {
      return GENERAL;
    }
    given = slotGiven(memory, low, length, table);
    if (given < 0 || !answer.reserve(1)) return GENERAL;
  }

  copyWords(memory, source, answered.memory!, target, length);
  queues.landed(answered);
  if (given >= 0) {
    const object = table.referentAt(given);
    object.retain();
    answer!.hold(object, table.epochAt(given));
  }
  answered.completeResult(length, 0, count);
  const receive = process.nucleus.operations.acquire(process, memory);
  if (receive === undefined) return -TRANSPORT_NO_MEMORY;
  receive.ring = ring;
  receive.userDataLow = words[2]!;
  receive.userDataHigh = words[3]!;
  receive.resultLow = bufferLow;
  receive.resultHigh = 0;
  receive.resultLength = bufferLength;
  receive.wordLow = flags >>> 8;
  endpoint.receive(receive);
  return DEFERRED;
}

/** The slot of the capability that the descriptor behind a payload gives a copy of; negative when there is anything else to say about it. */
function slotGiven(memory: UserMemory, low: number, length: number, table: ProcessRing['process']['table']): number {
  const address = afterPayload((low >>> 0) + length);
  const offset = locateWords(memory, address | 0, address < 2 ** 32 ? 0 : 1, TRANSFER_SIZE, READ);
  if (offset < 0) return -1;
  const capId = memory.words[offset >> 2]! >>> 0;
  const mode = memory.words[(offset >> 2) + 1]! & 0xff;
  const slot = table.slotOf(capId);
  return mode === TRANSFER_BY.COPY && slot >= 0 && table.transferModeAt(slot) === TRANSFER_MODE.COPY ? slot : -1;
}
