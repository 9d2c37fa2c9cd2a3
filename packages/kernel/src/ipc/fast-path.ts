// Fast path: a call and its answer between two threads that meet in registers.
//
//   CALL         client ─▶ server waits in a RECV      ≤ 64 bytes, no capabilities, no name, nothing unusual about the endpoint
//   RETURN_RECV  server ─▶ client waits in its CALL    ≤ 64 bytes, no capabilities, no exception, no name
//
// It is the general path (operations/call.ts, return-receive.ts, endpoint-queues.ts) with every question left out whose answer the
// conditions give: each buffer is looked up once instead of twice, nothing is queued, no entry is copied. Everything is checked before
// anything changes; when a condition does not hold, it answers false, nothing has happened, and the general path decides. So errors
// have one home, and whether this file exists can't be observed (test/ipc/register-entry.test.ts runs random programs with and without it).
//
// Bench `ipc`, row `elf-call-64`; what was measured is in docs/decisions/0020-an-entry-may-come-in-registers.md.

import { OP_CALL, OP_RETURN_RECV, type SubmissionEntry, TRANSPORT_NO_MEMORY } from '@capos/ipc-ring';
import { FRAME_WORD } from '../arch/trap-frame.ts';
import { ACCESS, INACCESSIBLE } from '../memory/user-memory.ts';
import { ClientFacet } from '../objects/client-facet.ts';
import { EndpointObject } from '../objects/endpoint.ts';
import { MAX_MESSAGE_BYTES } from '../operations/operation.ts';
import type { FastPath } from './fast-path-switch.ts';
import type { ProcessRing } from './process-ring.ts';
import { callFromRing, GENERAL, returnReceiveFromRing } from './ring-fast-path.ts';
import { copyWords, isShort, locateWords } from './short-message.ts';

// Constants of this module, which V8 folds (see ipc-ring/src/ring-server.ts).
const { RDI, RSI, RDX, R8, R9, R10 } = FRAME_WORD;
const { READ, WRITE } = ACCESS;

/** Performs the entry in the registers of the ring's thread, if it is one for here. */
export function performInRegisters(fastPath: FastPath, ring: ProcessRing, registers: Uint32Array): boolean {
  if (!fastPath.isOn) return false;
  const opAndFlags = registers[RDI]! & 0xffff;
  if (opAndFlags === OP_CALL) {
    if (!call(ring, registers)) return false;
    fastPath.calls++;
    return true;
  }
  if (opAndFlags !== OP_RETURN_RECV || !returnReceive(ring, registers)) return false;
  fastPath.returns++;
  return true;
}

/** Performs an entry of the ring, if it is one for here: its result, or `GENERAL`. */
export function performFromRing(fastPath: FastPath, ring: ProcessRing, entry: SubmissionEntry): number {
  if (!fastPath.isOn) return GENERAL;
  const op = entry.words[0]! & 0xff;
  if (op === OP_CALL) {
    const result = callFromRing(ring, entry);
    if (result !== GENERAL) fastPath.calls++;
    return result;
  }
  if (op !== OP_RETURN_RECV) return GENERAL;
  const result = returnReceiveFromRing(ring, entry);
  if (result !== GENERAL) fastPath.returns++;
  return result;
}

function call(ring: ProcessRing, registers: Uint32Array): boolean {
  // No name, no dependency, no capabilities, on nobody's behalf.
  if ((registers[R8]! | registers[R9]! | registers[R9 + 1]!) !== 0) return false;
  const { process } = ring;
  const { memory, table } = process;
  const slot = table.slotOf(registers[RDI + 1]! | 0);
  const facet = slot < 0 ? undefined : table.objectAt(slot);
  if (!(facet instanceof ClientFacet) || !facet.isCurrent) return false;
  const { queues } = facet.endpoint;
  const receive = queues.readyFor(facet);
  const length = registers[RDX]!;
  const resultLength = registers[RDX + 1]!;
  if (receive === undefined || !receive.inRegisters || length > receive.resultLength) return false;
  if (!isShort(length) || resultLength > MAX_MESSAGE_BYTES) return false;
  const paramsLow = registers[RSI]! | 0;
  const paramsHigh = registers[RSI + 1]! | 0;
  const source = locateWords(memory, paramsLow, paramsHigh, length, READ);
  if (source < 0) return false;
  const resultLow = registers[R10]! | 0;
  const resultHigh = registers[R10 + 1]! | 0;
  if (resultLength !== 0 && memory.locateAt(resultLow, resultHigh, resultLength, WRITE) === INACCESSIBLE) return false;
  const target = locateWords(receive.memory!, receive.resultLow, receive.resultHigh, length, WRITE);
  if (target < 0 || !receive.process!.received.hasRoom) return false;
  const operation = process.nucleus.operations.acquire(process, memory);
  if (operation === undefined) return false;

  operation.ring = ring;
  operation.userDataLow = 0;
  operation.userDataHigh = 0;
  operation.inRegisters = true;
  operation.methodId = registers[RDI]! >>> 16;
  // The endpoint's owner may hand the call back, and it is delivered again from where it lies.
  operation.paramsLow = paramsLow;
  operation.paramsHigh = paramsHigh;
  operation.paramsLength = length;
  operation.resultLow = resultLow;
  operation.resultHigh = resultHigh;
  operation.resultLength = resultLength;
  operation.wordLow = facet.badgeLow;
  operation.wordHigh = facet.badgeHigh;
  operation.detail = facet;
  copyWords(memory, source, receive.memory!, target, length);
  queues.handOver(operation, receive, facet, length, 0);
  return true;
}

function returnReceive(ring: ProcessRing, registers: Uint32Array): boolean {
  // No capabilities, no exception.
  if (registers[R9]! >>> 16 !== 0 || registers[R9 + 1] !== 0) return false;
  const { process } = ring;
  const { memory, table } = process;
  const answered = process.received.find(registers[R8]! | 0);
  if (answered == null || !answered.inRegisters || answered.answer !== undefined) return false;
  const slot = table.slotOf(registers[RDI + 1]! | 0);
  const endpoint = slot < 0 ? undefined : table.objectAt(slot);
  if (!(endpoint instanceof EndpointObject)) return false;
  const { queues } = endpoint;
  if (answered.endpoint !== queues) return false;
  const length = registers[RDX]!;
  const bufferLength = registers[RDX + 1]!;
  if (!isShort(length) || length > answered.resultLength || bufferLength > MAX_MESSAGE_BYTES) return false;
  const source = locateWords(memory, registers[RSI]! | 0, registers[RSI + 1]! | 0, length, READ);
  if (source < 0) return false;
  const target = locateWords(answered.memory!, answered.resultLow, answered.resultHigh, length, WRITE);
  if (target < 0) return false;
  const bufferLow = registers[R10]! | 0;
  const bufferHigh = registers[R10 + 1]! | 0;
  if (bufferLength !== 0 && memory.locateAt(bufferLow, bufferHigh, bufferLength, WRITE) === INACCESSIBLE) return false;

  copyWords(memory, source, answered.memory!, target, length);
  queues.landed(answered);
  answered.completeResult(length, 0, 0);
  const receive = process.nucleus.operations.acquire(process, memory);
  if (receive === undefined) {
    ring.thread!.completeInRegisters(-TRANSPORT_NO_MEMORY, 0, 0, 0, 0, 0);
    return true;
  }
  receive.ring = ring;
  receive.userDataLow = 0;
  receive.userDataHigh = 0;
  receive.inRegisters = true;
  receive.resultLow = bufferLow;
  receive.resultHigh = bufferHigh;
  receive.resultLength = bufferLength;
  receive.wordLow = 0;
  endpoint.receive(receive);
  return true;
}
