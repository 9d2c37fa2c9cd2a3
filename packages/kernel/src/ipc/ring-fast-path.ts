// Fast path of a ring: a call and its answer as hosted programs and Workers make them, entry for entry.
//
//   CALL         client ─▶ server waits in a RECV     ≤ 64 bytes; plain, or what named-fast-path.ts says
//   RETURN_RECV  server ─▶ client waits for its CALL  ≤ 64 bytes, no exception; plain, or what named-fast-path.ts says
//
// Plain is without a name and without capabilities.
//
// The rule is that of fast-path.ts, whose other half this is: everything is checked before anything changes; when a condition does not
// hold, nothing has happened and the general path decides. test/ipc/ring-fast-path.test.ts runs random programs with it and without.
//
// What it saves is not steps but instructions: each function reads its entry once and calls little, so that V8 need not choose what
// to inline. That is also why plain calls have functions of their own: once a process has made one named call, code that serves both
// is compiled for both, and a plain call took a quarter longer. Bench `ipc`, rows `hosted-call` and `chain-8`; measured in
// docs/decisions/0026-rings-have-a-fast-path-too.md.

import { DEFERRED, SQE_FLAG_WANT_GONE, type SubmissionEntry, TRANSPORT_NO_MEMORY } from '@capos/ipc-ring';
import { ACCESS, INACCESSIBLE } from '../memory/user-memory.ts';
import { ClientFacet } from '../objects/client-facet.ts';
import { EndpointObject } from '../objects/endpoint.ts';
import { MAX_MESSAGE_BYTES } from '../operations/operation.ts';
import { namedCall, namedReturn } from './named-fast-path.ts';
import type { PendingOperation } from './pending-operation.ts';
import type { ProcessRing } from './process-ring.ts';
import { copyWords, isShort, locateWords } from './short-message.ts';

/** The entry is not one for here. No completion has this result. */
export const GENERAL = -0x7fff_ffff;

// Constants of this module, which V8 folds (see ipc-ring/src/ring-server.ts).
const WANT_GONE = SQE_FLAG_WANT_GONE << 8;
const [READ, WRITE] = [ACCESS.READ, ACCESS.WRITE];
/** Of word 12: how many capabilities come along. */
const COUNT_SHIFT = 16;

/** CALL. Word n of the entry is the SQE's bytes 4n to 4n + 3 (ipc-ring/src/layout.ts). */
export function callFromRing(ring: ProcessRing, entry: SubmissionEntry): number {
  const { words } = entry;
  // Addresses below 4 GiB, on nobody's behalf, no deadline.
  if ((words[5]! | words[9]! | words[13]! | words[14]! | words[15]!) !== 0) return GENERAL;
  const flags = words[0]! & 0xff00;
  if ((flags | words[10]! | (words[12]! >>> COUNT_SHIFT)) === 0) return plainCall(ring, words);
  return namedCall(ring, words, flags) ? DEFERRED : GENERAL;
}

function plainCall(ring: ProcessRing, words: Int32Array): number {
  const { process } = ring;
  const { memory, table } = process;
  const slot = table.slotOf(words[1]!);
  const facet = slot < 0 ? undefined : table.objectAt(slot);
  if (!(facet instanceof ClientFacet) || !facet.isCurrent) return GENERAL;
  const { queues } = facet.endpoint;
  const receive = queues.readyFor(facet);
  const length = words[6]! >>> 0;
  const resultLength = words[7]! >>> 0;
  if (receive === undefined || length > receive.resultLength) return GENERAL;
  if (!isShort(length) || resultLength > MAX_MESSAGE_BYTES) return GENERAL;
  const source = locateWords(memory, words[4]!, 0, length, READ);
  if (source < 0) return GENERAL;
  if (resultLength !== 0 && memory.locateAt(words[8]!, 0, resultLength, WRITE) === INACCESSIBLE) return GENERAL;
  const buffer = receive.memory!;
  const target = locateWords(buffer, receive.resultLow, receive.resultHigh, length, WRITE);
  if (target < 0 || !receive.process!.received.hasRoom) return GENERAL;
  const operation = process.nucleus.operations.acquire(process, memory);
  if (operation === undefined) return GENERAL;
  operation.takeCall(ring, words, facet);
  copyWords(memory, source, buffer, target, length);
  queues.handOver(operation, receive, facet, length, 0);
  return DEFERRED;
}

/** RETURN_RECV. */
export function returnReceiveFromRing(ring: ProcessRing, entry: SubmissionEntry): number {
  const { words } = entry;
  // Addresses below 4 GiB, no exception, no deadline.
  if ((words[5]! | words[9]! | words[13]! | words[14]! | words[15]!) !== 0) return GENERAL;
  if ((words[0]! & 0xff00 & ~WANT_GONE) !== 0) return GENERAL;
  const { process } = ring;
  const { table } = process;
  const answered = process.received.find(words[10]!);
  if (answered == null || answered.ring === undefined) return GENERAL;
  const slot = table.slotOf(words[1]!);
  const endpoint = slot < 0 ? undefined : table.objectAt(slot);
  if (!(endpoint instanceof EndpointObject)) return GENERAL;
  const bufferLength = words[7]! >>> 0;
  if (bufferLength > MAX_MESSAGE_BYTES) return GENERAL;
  if (bufferLength !== 0 && process.memory.locateAt(words[8]!, 0, bufferLength, WRITE) === INACCESSIBLE) return GENERAL;
  const isPlain = answered.answer === undefined && words[12]! >>> COUNT_SHIFT === 0;
  if (!(isPlain ? plainReturn(ring, words, answered) : namedReturn(ring, words, answered))) return GENERAL;
  const receive = process.nucleus.operations.acquire(process, process.memory);
  if (receive === undefined) return -TRANSPORT_NO_MEMORY;
  receive.takeReceive(ring, words);
  endpoint.receive(receive);
  return DEFERRED;
}

/** The RETURN of a RETURN_RECV to a call without a name; no capability comes along. */
export function plainReturn(ring: ProcessRing, words: Int32Array, answered: PendingOperation): boolean {
  const { memory } = ring.process;
  const length = words[6]! >>> 0;
  if (!isShort(length) || length > answered.resultLength) return false;
  const source = locateWords(memory, words[4]!, 0, length, READ);
  if (source < 0) return false;
  const target = locateWords(answered.memory!, answered.resultLow, answered.resultHigh, length, WRITE);
  if (target < 0) return false;
  copyWords(memory, source, answered.memory!, target, length);
  answered.endpoint!.landed(answered);
  answered.completeResult(length, 0, 0);
  return true;
}
