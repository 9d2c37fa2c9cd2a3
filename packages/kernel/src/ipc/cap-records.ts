// Capability records and transfer descriptors as they lie in user memory beside a payload (layout: ipc-ring).

import type { CapId } from '@capos/abi';
import {
  CAP_RECORD_CAP_ID,
  CAP_RECORD_INTERFACE_ID,
  CAP_RECORD_SIZE,
  TRANSFER_CAP_ID,
  TRANSFER_MODE,
  TRANSFER_SIZE,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_MALFORMED,
  TRANSPORT_NOT_PERMITTED,
} from '@capos/ipc-ring';
import type { CapTable } from '../capabilities/cap-table.ts';
import type { KernelObject } from '../capabilities/kernel-object.ts';
import { GATHER, MAX_TRANSFERS, type Transfer } from '../capabilities/transfer.ts';
import { ACCESS, copyIn, copyOut, type UserMemory } from '../memory/user-memory.ts';

const descriptors: Uint8Array = new Uint8Array(MAX_TRANSFERS * TRANSFER_SIZE);
const descriptorWords: Int32Array = new Int32Array(descriptors.buffer);
const record: Uint8Array = new Uint8Array(CAP_RECORD_SIZE);
const recordWords: Int32Array = new Int32Array(record.buffer);

/** Where descriptors or records lie after a payload that ends at `end`. */
export function afterPayload(end: number): number {
  return end % 8 === 0 ? end : end + 8 - (end % 8);
}

/**
 * Copies the descriptors in (each shared word is read once), checks all of them and fills `transfer`; nothing is locked
 * yet. Answers 0 or a positive transport error.
 */
export function gatherTransfers(
  transfer: Transfer,
  sender: CapTable,
  memory: UserMemory,
  payloadEnd: number,
  count: number,
): number {
  if (count > MAX_TRANSFERS) return TRANSPORT_MALFORMED;
  const length = count * TRANSFER_SIZE;
  const offset = memory.locate(afterPayload(payloadEnd), length, ACCESS.READ);
  let words = memory.words;
  let at = offset >> 2;
  // Scattered over pages, or not word-aligned: brought together first.
  if (offset < 0 || (offset & 3) !== 0) {
    if (!copyIn(memory, afterPayload(payloadEnd), descriptors, 0, length)) return TRANSPORT_BAD_ADDRESS;
    words = descriptorWords;
    at = 0;
  }
  transfer.begin(sender);
  for (let index = 0; index < count; index++, at += TRANSFER_SIZE / 4) {
    const code = transfer.add(words[at + TRANSFER_CAP_ID / 4]! >>> 0, words[at + TRANSFER_MODE / 4]! & 0xff);
    if (code !== GATHER.OK) {
      transfer.rollback();
      return transportErrorOf(code);
    }
  }
  return 0;
}

/** The transport error for a {@link GATHER} code. */
export function transportErrorOf(code: number): number {
  if (code === GATHER.BAD_CAP) return TRANSPORT_BAD_CAP;
  return code === GATHER.NOT_PERMITTED ? TRANSPORT_NOT_PERMITTED : TRANSPORT_MALFORMED;
}

/** Writes one record; the place has been found writable before. */
export function writeCapRecord(memory: UserMemory, address: number, capId: CapId, object: KernelObject): void {
  const offset = memory.locate(address, CAP_RECORD_SIZE, ACCESS.WRITE);
  if (offset >= 0 && (offset & 3) === 0) {
    writeRecordWords(memory.words, offset >> 2, capId, object);
    memory.written(offset, CAP_RECORD_SIZE);
  } else {
    writeRecordWords(recordWords, 0, capId, object);
    copyOut(memory, address, record, 0, CAP_RECORD_SIZE);
  }
}

function writeRecordWords(words: Int32Array, at: number, capId: CapId, object: KernelObject): void {
  const { interfaceWords } = object;
  words[at + CAP_RECORD_CAP_ID / 4] = capId;
  words[at + 1] = 0;
  words[at + CAP_RECORD_INTERFACE_ID / 4] = interfaceWords[0]!;
  words[at + CAP_RECORD_INTERFACE_ID / 4 + 1] = interfaceWords[1]!;
}
