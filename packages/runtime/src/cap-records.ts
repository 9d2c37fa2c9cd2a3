// Capability records after a payload in a result or receive buffer (ring-operations.md, capos_cap_record).
import {
  CAP_RECORD_CAP_ID_WORD,
  CAP_RECORD_INTERFACE_ID_HIGH_WORD,
  CAP_RECORD_INTERFACE_ID_LOW_WORD,
  CAP_RECORD_WORDS,
} from '@capos/ipc-ring';
import type { CapHolder } from './cap.ts';
import { ReceivedCaps } from './received-caps.ts';

/** Reads `count` records at the first multiple of 8 from `end`, the byte after the payload. */
export function readCapRecords(holder: CapHolder, words: Int32Array, end: number, count: number): ReceivedCaps {
  const capIds: number[] = [];
  const interfaceIds: bigint[] = [];
  let word = ((end + 7) & ~7) >> 2;
  for (let index = 0; index < count; index += 1, word += CAP_RECORD_WORDS) {
    capIds.push((words[word + CAP_RECORD_CAP_ID_WORD] ?? 0) >>> 0);
    const low = (words[word + CAP_RECORD_INTERFACE_ID_LOW_WORD] ?? 0) >>> 0;
    const high = (words[word + CAP_RECORD_INTERFACE_ID_HIGH_WORD] ?? 0) >>> 0;
    interfaceIds.push((BigInt(high) << 32n) | BigInt(low));
  }
  return new ReceivedCaps(holder, capIds, interfaceIds);
}
