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

import { OP_CALL, OP_RETURN_RECV, TRANSPORT_NO_MEMORY } from '@capos/ipc-ring';
import { FRAME_WORD } from '../arch/trap-frame.ts';
import { ACCESS, INACCESSIBLE, type UserMemory } from '../memory/user-memory.ts';
import { ClientFacet } from '../objects/client-facet.ts';
import { EndpointObject } from '../objects/endpoint.ts';
import { MAX_MESSAGE_BYTES } from '../operations/operation.ts';
import type { ProcessRing } from './process-ring.ts';

/** The longest message that goes this way, in bytes. */
export const FAST_MESSAGE_BYTES = 64;

/** How often it was taken; and the switch, for those who compare. */
export class FastPath {
  isOn = true;
  calls = 0;
  returns = 0;

  /** Performs the entry in the registers of the ring's thread, if it is one for here. */
  perform(ring: ProcessRing, registers: Uint32Array): boolean {
    if (!this.isOn) return false;
    const opAndFlags = registers[FRAME_WORD.RDI]! & 0xffff;
    if (opAndFlags === OP_CALL) {
      if (!call(ring, registers)) return false;
      this.calls++;
      return true;
    }
    if (opAndFlags !== OP_RETURN_RECV || !returnReceive(ring, registers)) return false;
    this.returns++;
    return true;
  }
}

function call(ring: ProcessRing, registers: Uint32Array): boolean {
  // No name, no dependency, no capabilities, on nobody's behalf.
  if ((registers[FRAME_WORD.R8]! | registers[FRAME_WORD.R9]! | registers[FRAME_WORD.R9 + 1]!) !== 0) return false;
  const { process } = ring;
  const { memory, table } = process;
  const slot = table.slotOf(registers[FRAME_WORD.RDI + 1]!);
  const facet = slot < 0 ? undefined : table.objectAt(slot);
  if (!(facet instanceof ClientFacet) || !facet.isCurrent) return false;
  const { queues } = facet.endpoint;
  const receive = queues.readyFor(facet);
  const length = registers[FRAME_WORD.RDX]!;
  const resultLength = registers[FRAME_WORD.RDX + 1]!;
  if (receive === undefined || !receive.inRegisters || length > receive.resultLength) return false;
  if (!isShort(length) || resultLength > MAX_MESSAGE_BYTES) return false;
  const source = locate(memory, addressIn(registers, FRAME_WORD.RSI), length, ACCESS.READ);
  if (source < 0) return false;
  const resultAddress = addressIn(registers, FRAME_WORD.R10);
  if (resultLength !== 0 && memory.locate(resultAddress, resultLength, ACCESS.WRITE) === INACCESSIBLE) return false;
  const target = locate(receive.memory!, receive.resultAddress, length, ACCESS.WRITE);
  if (target < 0 || !receive.process!.received.hasRoom) return false;
  const operation = process.nucleus.operations.acquire(process, memory);
  if (operation === undefined) return false;

  operation.ring = ring;
  operation.userDataLow = 0;
  operation.userDataHigh = 0;
  operation.inRegisters = true;
  operation.methodId = registers[FRAME_WORD.RDI]! >>> 16;
  // The endpoint's owner may hand the call back, and it is delivered again from where it lies.
  operation.paramsAddress = addressIn(registers, FRAME_WORD.RSI);
  operation.paramsLength = length;
  operation.resultAddress = resultAddress;
  operation.resultLength = resultLength;
  operation.wordLow = facet.badgeLow;
  operation.wordHigh = facet.badgeHigh;
  operation.detail = facet;
  copyWords(memory, source, receive.memory!, target, length);
  queues.handOver(operation, receive, facet, length);
  return true;
}

function returnReceive(ring: ProcessRing, registers: Uint32Array): boolean {
  // No capabilities, no exception.
  if (registers[FRAME_WORD.R9]! >>> 16 !== 0 || registers[FRAME_WORD.R9 + 1] !== 0) return false;
  const { process } = ring;
  const { memory, table } = process;
  const answered = process.received.find(registers[FRAME_WORD.R8]!);
  if (answered == null || !answered.inRegisters || answered.answer !== undefined) return false;
  const slot = table.slotOf(registers[FRAME_WORD.RDI + 1]!);
  const endpoint = slot < 0 ? undefined : table.objectAt(slot);
  if (!(endpoint instanceof EndpointObject)) return false;
  const { queues } = endpoint;
  if (answered.endpoint !== queues) return false;
  const length = registers[FRAME_WORD.RDX]!;
  const bufferLength = registers[FRAME_WORD.RDX + 1]!;
  if (!isShort(length) || length > answered.resultLength || bufferLength > MAX_MESSAGE_BYTES) return false;
  const source = locate(memory, addressIn(registers, FRAME_WORD.RSI), length, ACCESS.READ);
  if (source < 0) return false;
  const target = locate(answered.memory!, answered.resultAddress, length, ACCESS.WRITE);
  if (target < 0) return false;
  const buffer = addressIn(registers, FRAME_WORD.R10);
  if (bufferLength !== 0 && memory.locate(buffer, bufferLength, ACCESS.WRITE) === INACCESSIBLE) return false;

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
  receive.resultAddress = buffer;
  receive.resultLength = bufferLength;
  receive.wordLow = 0;
  endpoint.receive(receive);
  return true;
}

/** Copied as whole words, and few of them. */
function isShort(length: number): boolean {
  return length <= FAST_MESSAGE_BYTES && (length & 3) === 0;
}

function addressIn(registers: Uint32Array, word: number): number {
  const high = registers[word + 1]!;
  return high === 0 ? registers[word]! : high * 2 ** 32 + registers[word]!;
}

/** Offset of a buffer that is accessible, in one piece and word-aligned; negative else. */
function locate(memory: UserMemory, address: number, length: number, access: 0 | 1): number {
  if (length === 0) return 0;
  const offset = memory.locate(address, length, access);
  return (offset & 3) === 0 ? offset : -1;
}

function copyWords(from: UserMemory, source: number, to: UserMemory, target: number, length: number): void {
  if (length === 0) return;
  const read = from.words;
  const write = to.words;
  const delta = (target - source) >> 2;
  for (let word = source >> 2, end = (source + length) >> 2; word < end; word++) write[word + delta] = read[word]!;
  to.written(target, length);
}
