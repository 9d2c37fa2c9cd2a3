// Listing directories: getdents.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { CHANGE } from '../files/change-watches.ts';
import { bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { ENTRY_TYPE } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';

const { EFAULT, EINVAL } = ERRNO;

/** getdents64: 0 inode, 8 offset of the next, 16 length, 18 type, 19 name, NUL; multiples of 8. */
function* getdents64(call: Call): Blocking<number> {
  return yield* listing(
    call,
    (name) => 19 + name.length + 1,
    (view, bytes, at, entry, next, length) => {
      view.setBigUint64(at, entry.inode, true);
      view.setBigInt64(at + 8, BigInt(next), true);
      view.setUint16(at + 16, length, true);
      view.setUint8(at + 18, entry.type);
      bytes.set(bytesOf(entry.name), at + 19);
    },
  );
}

/** getdents: as getdents64 without the type byte, which is the record's last byte instead. */
function* getdents(call: Call): Blocking<number> {
  return yield* listing(
    call,
    (name) => 18 + name.length + 2,
    (view, bytes, at, entry, next, length) => {
      view.setBigUint64(at, entry.inode, true);
      view.setBigInt64(at + 8, BigInt(next), true);
      view.setUint16(at + 16, length, true);
      bytes.set(bytesOf(entry.name), at + 18);
      view.setUint8(at + length - 1, entry.type);
    },
  );
}

type EntryWriter = (
  view: DataView,
  bytes: Uint8Array,
  at: number,
  entry: { readonly name: string; readonly type: number; readonly inode: bigint },
  next: number,
  length: number,
) => void;

function* listing(call: Call, lengthOf: (name: string) => number, put: EntryWriter): Blocking<number> {
  const file = call.file(0);
  if (typeof file === 'number') return file;
  call.hold(file);
  const size = Math.min(call.unsigned(2), 1 << 20);
  const entries = yield* settle(file.entries(Math.max(1, Math.floor(size / 24))));
  if (typeof entries === 'number') return entries;
  file.watched?.happened(CHANGE.ACCESS);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let taken = 0;
  const { specialFiles } = call.process.domain;
  for (const listed of entries) {
    const entry = specialFiles.mayBe(listed.inode) ? { ...listed, type: ENTRY_TYPE.UNKNOWN } : listed;
    const length = Math.ceil(lengthOf(entry.name) / 8) * 8;
    if (at + length > size) break;
    put(view, bytes, at, entry, file.offset + taken + 1, length);
    at += length;
    taken++;
  }
  if (taken === 0) return entries.length === 0 ? 0 : -EINVAL;
  if (!call.memory.write(call.word(1), bytes.subarray(0, at))) return -EFAULT;
  file.offset += taken;
  return at;
}

export const listingCalls = {
  getdents: { support: 'full', arguments: ['descriptor', 'address', 'size'], handler: getdents },
  getdents64: { support: 'full', arguments: ['descriptor', 'address', 'size'], handler: getdents64 },
} as const satisfies Record<string, CallRow>;
