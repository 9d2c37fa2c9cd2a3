// The payload of a refs record: one transaction, exactly as it was committed.
//
//   u32 count, then for each change: u16 name bytes · u8 id bytes (0: unbind) · u8 zero · name · id
import { decodeUtf8, encodeUtf8, utf8Length } from '@capos/abi';
import type { RefChange } from '../engine.ts';

export function encodeRefs(changes: readonly RefChange[]): Uint8Array {
  let size = 4;
  for (const { name, id } of changes) size += 4 + utf8Length(name) + (id?.length ?? 0);
  const payload = new Uint8Array(size);
  const view = new DataView(payload.buffer);
  view.setUint32(0, changes.length, true);
  let at = 4;
  for (const { name, id } of changes) {
    const end = encodeUtf8(name, payload, at + 4);
    view.setUint16(at, end - at - 4, true);
    payload[at + 2] = id?.length ?? 0;
    if (id !== null) payload.set(id, end);
    at = end + (id?.length ?? 0);
  }
  return payload;
}

/** The changes, or undefined when the bytes are not exactly one such payload. */
export function decodeRefs(payload: Uint8Array): RefChange[] | undefined {
  if (payload.length < 4) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const count = view.getUint32(0, true);
  const changes: RefChange[] = [];
  let at = 4;
  for (let i = 0; i < count; i++) {
    if (at + 4 > payload.length) return undefined;
    const nameBytes = view.getUint16(at, true);
    const idBytes = payload[at + 2]!;
    const end = at + 4 + nameBytes + idBytes;
    if (end > payload.length || payload[at + 3] !== 0) return undefined;
    const name = decodeUtf8(payload, at + 4, nameBytes);
    changes.push({ name, id: idBytes === 0 ? null : payload.slice(end - idBytes, end) });
    at = end;
  }
  return at === payload.length ? changes : undefined;
}
