// CapSet: the read-only pages in which the kernel tells a new process what it holds, by name.
//
//   0  u32 magic 'CAPS'    4  u32 count    8  u64 reserved, 0
//  16  entries of 48 bytes: 0 u32 capId · 4 u32 flags · 8 u64 interfaceId · 16 char name[32], NUL-terminated UTF-8
//
// All little-endian. Written by the kernel before the first instruction, never changed afterwards.

import { AbiError } from './abi-error.ts';
import type { CapId } from './cap-id.ts';
import { decodeUtf8, encodeUtf8, utf8Length } from './utf8.ts';

/** 'CAPS', little-endian, in the first word. */
export const CAP_SET_MAGIC = 0x53504143;
/** Bytes before the first entry. */
export const CAP_SET_HEADER_SIZE = 16;
/** Bytes of an entry. */
export const CAP_SET_ENTRY_SIZE = 48;
/** Bytes of UTF-8 a name may have; a NUL follows it. */
export const MAX_CAP_NAME_LENGTH = 31;

/** One line of a CapSet. */
export interface CapSetEntry {
  readonly name: string;
  readonly capId: CapId;
  readonly interfaceId: bigint;
  /** Reserved; 0. */
  readonly flags?: number;
}

/** Bytes that a CapSet with `count` entries takes. */
export function capSetSize(count: number): number {
  return CAP_SET_HEADER_SIZE + count * CAP_SET_ENTRY_SIZE;
}

/**
 * Writes a CapSet at `offset` and answers its length in bytes.
 * @throws AbiError `badCapName` (empty, over 31 bytes, contains NUL, or a duplicate) or `capSetTooLarge`.
 */
export function writeCapSet(entries: readonly CapSetEntry[], bytes: Uint8Array, offset = 0): number {
  const size = capSetSize(entries.length);
  if (offset + size > bytes.length) {
    throw new AbiError(
      'capSetTooLarge',
      `a CapSet of ${entries.length} entries takes ${size} bytes and ${bytes.length - offset} are there: grant fewer capabilities`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, size);
  bytes.fill(0, offset, offset + size);
  view.setUint32(0, CAP_SET_MAGIC, true);
  view.setUint32(4, entries.length, true);
  const seen = new Set<string>();
  let at = CAP_SET_HEADER_SIZE;
  for (const entry of entries) {
    const length = utf8Length(entry.name);
    if (length === 0 || length > MAX_CAP_NAME_LENGTH || entry.name.includes('\0') || seen.has(entry.name)) {
      throw new AbiError(
        'badCapName',
        `"${entry.name}" can't name a capability in a CapSet: use 1 to ${MAX_CAP_NAME_LENGTH} bytes without NUL, each name once`,
      );
    }
    seen.add(entry.name);
    view.setUint32(at, entry.capId, true);
    view.setUint32(at + 4, entry.flags ?? 0, true);
    view.setBigUint64(at + 8, entry.interfaceId, true);
    encodeUtf8(entry.name, bytes, offset + at + 16);
    at += CAP_SET_ENTRY_SIZE;
  }
  return size;
}

/**
 * Reads the CapSet at `offset`.
 * @throws AbiError `badCapSet` when the magic is missing or an entry leaves the buffer.
 */
export function readCapSet(bytes: Uint8Array, offset = 0): CapSetEntry[] {
  if (offset < 0 || offset + CAP_SET_HEADER_SIZE > bytes.length) {
    throw new AbiError('badCapSet', `no CapSet at offset ${offset}: the memory ends at ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.length - offset);
  const magic = view.getUint32(0, true);
  const count = view.getUint32(4, true);
  if (magic !== CAP_SET_MAGIC || capSetSize(count) > view.byteLength) {
    throw new AbiError(
      'badCapSet',
      `no CapSet at offset ${offset}: magic 0x${magic.toString(16)}, ${count} entries in ${view.byteLength} bytes`,
    );
  }
  const entries: CapSetEntry[] = [];
  for (let index = 0, at = CAP_SET_HEADER_SIZE; index < count; index++, at += CAP_SET_ENTRY_SIZE) {
    let end = at + 16;
    while (end < at + CAP_SET_ENTRY_SIZE && view.getUint8(end) !== 0) end++;
    entries.push({
      name: decodeUtf8(bytes, offset + at + 16, end - at - 16),
      capId: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      interfaceId: view.getBigUint64(at + 8, true),
    });
  }
  return entries;
}
