// An inode as a blob: what a file system over a store keeps of each file, directory and link. Little-endian.
//
//   u8 version · u8 kind · u16 zero · u32 mode · u32 uid · u32 gid · i64 accessed · i64 modified · i64 changed
//   file       u64 size · u32 count · count × (u32 index · u8 id bytes · id)
//   directory  u32 count · count × (u64 inode · u8 name bytes · name)
//   symlink    u16 length · target
import type { BlobId } from '../blob-id.ts';
import { fileNameErrno } from './file-name.ts';
import { MAX_FILE_NAME_BYTES, MAX_SYMLINK_BYTES } from './file-system.ts';

const VERSION = 1;
const KINDS = ['file', 'directory', 'symlink'] as const;
const HEAD_BYTES = 40;

export interface InodeRecord {
  readonly kind: (typeof KINDS)[number];
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly accessedNs: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  readonly size: number;
  readonly chunks: readonly { readonly index: number; readonly id: BlobId }[];
  readonly entries: readonly { readonly inode: number; readonly name: Uint8Array }[];
  readonly target: Uint8Array;
}

export function encodeInode(record: InodeRecord): Uint8Array {
  let length = HEAD_BYTES;
  if (record.kind === 'file') length += 12 + record.chunks.reduce((sum, chunk) => sum + 5 + chunk.id.length, 0);
  else if (record.kind === 'directory')
    length += 4 + record.entries.reduce((sum, entry) => sum + 9 + entry.name.length, 0);
  else length += 2 + record.target.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  bytes[1] = KINDS.indexOf(record.kind);
  view.setUint32(4, record.mode, true);
  view.setUint32(8, record.uid, true);
  view.setUint32(12, record.gid, true);
  view.setBigInt64(16, record.accessedNs, true);
  view.setBigInt64(24, record.modifiedNs, true);
  view.setBigInt64(32, record.changedNs, true);
  let at = HEAD_BYTES;
  if (record.kind === 'file') {
    view.setBigUint64(at, BigInt(record.size), true);
    view.setUint32(at + 8, record.chunks.length, true);
    at += 12;
    for (const { index, id } of record.chunks) {
      view.setUint32(at, index, true);
      bytes[at + 4] = id.length;
      bytes.set(id, at + 5);
      at += 5 + id.length;
    }
  } else if (record.kind === 'directory') {
    view.setUint32(at, record.entries.length, true);
    at += 4;
    for (const { inode, name } of record.entries) {
      view.setBigUint64(at, BigInt(inode), true);
      bytes[at + 8] = name.length;
      bytes.set(name, at + 9);
      at += 9 + name.length;
    }
  } else {
    view.setUint16(at, record.target.length, true);
    bytes.set(record.target, at + 2);
  }
  return bytes;
}

/** The record, or undefined when the bytes are not exactly one. */
export function decodeInode(bytes: Uint8Array): InodeRecord | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = bytes.length > HEAD_BYTES && bytes[0] === VERSION ? KINDS[bytes[1]!] : undefined;
  if (kind === undefined) return undefined;
  const chunks: { index: number; id: BlobId }[] = [];
  const entries: { inode: number; name: Uint8Array }[] = [];
  let size = 0;
  let target: Uint8Array = new Uint8Array();
  let at = HEAD_BYTES;
  const left = (): number => bytes.length - at;
  if (kind === 'file') {
    if (left() < 12) return undefined;
    size = Number(view.getBigUint64(at, true));
    const count = view.getUint32(at + 8, true);
    at += 12;
    for (let i = 0; i < count; i++) {
      if (left() < 5 || left() < 5 + bytes[at + 4]!) return undefined;
      const index = view.getUint32(at, true);
      if (i > 0 && index <= chunks[i - 1]!.index) return undefined;
      chunks.push({ index, id: bytes.slice(at + 5, at + 5 + bytes[at + 4]!) });
      at += 5 + bytes[at + 4]!;
    }
  } else if (kind === 'directory') {
    if (left() < 4) return undefined;
    const count = view.getUint32(at, true);
    at += 4;
    for (let i = 0; i < count; i++) {
      if (left() < 9 || left() < 9 + bytes[at + 8]!) return undefined;
      const name = bytes.slice(at + 9, at + 9 + bytes[at + 8]!);
      const inode = Number(view.getBigUint64(at, true));
      if (fileNameErrno(name) !== 0 || name.length > MAX_FILE_NAME_BYTES || !Number.isSafeInteger(inode))
        return undefined;
      entries.push({ inode, name });
      at += 9 + name.length;
    }
  } else {
    if (left() < 2) return undefined;
    const length = view.getUint16(at, true);
    if (length > MAX_SYMLINK_BYTES || left() < 2 + length) return undefined;
    target = bytes.slice(at + 2, at + 2 + length);
    at += 2 + length;
  }
  if (left() !== 0 || !Number.isSafeInteger(size)) return undefined;
  return {
    kind,
    mode: view.getUint32(4, true) & 0o7777,
    uid: view.getUint32(8, true),
    gid: view.getUint32(12, true),
    accessedNs: view.getBigInt64(16, true),
    modifiedNs: view.getBigInt64(24, true),
    changedNs: view.getBigInt64(32, true),
    size,
    chunks,
    entries,
    target,
  };
}
