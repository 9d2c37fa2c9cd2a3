// What is in a segment file: a header in two copies, then records, each with a checked header of its own.
//
//   0      segment header, 64 bytes          the second copy lies in another sector, so that one bad sector
//   512    segment header again              does not cost the segment
//   1024   record · record · record …        each starts at a multiple of 8; zero bytes pad the one before
//
// `marker` and `seed` are drawn once a store and known to no client. A reader that lost its place looks for the marker and
// a header checksum that starts from the seed, so bytes that a client put into a blob never pass for a record.
import { crc32c } from '../crc32c.ts';

export const SEGMENT_VERSION = 1;
export const SEGMENT_HEADER_BYTES = 64;
export const SEGMENT_HEADER_COPIES: readonly number[] = [0, 512];
export const FIRST_RECORD_OFFSET = 1024;
export const RECORD_HEADER_BYTES = 32;
export const RECORD_ALIGNMENT = 8;
/** Offsets are kept in units of RECORD_ALIGNMENT in 32 bits; a segment ends well before that. */
export const MAX_SEGMENT_BYTES: number = 16 * 1024 ** 3;
/** Segment numbers take three bytes of a record header. */
export const MAX_SEGMENTS = 0xff_ffff;

export const RECORD_BLOB = 1;
export const RECORD_REFS = 2;

/** One field of a header, for the codec's reader and for the reference page. All numbers are little-endian. */
export interface FieldRow {
  readonly offset: number;
  readonly size: number;
  readonly name: string;
  readonly meaning: string;
}

export const segmentHeaderFields: readonly FieldRow[] = [
  { offset: 0, size: 8, name: 'magic', meaning: 'the ASCII bytes `capOSseg`' },
  { offset: 8, size: 4, name: 'version', meaning: `${SEGMENT_VERSION}` },
  { offset: 12, size: 4, name: 'segment', meaning: 'number of the segment, from 1; also in the file name' },
  { offset: 16, size: 8, name: 'firstSequence', meaning: 'sequence number of the first record' },
  { offset: 24, size: 4, name: 'marker', meaning: 'first word of every record header of this store, drawn at random' },
  {
    offset: 28,
    size: 4,
    name: 'seed',
    meaning: 'what the checksum of every record header starts from, drawn at random',
  },
  { offset: 32, size: 28, name: 'reserved', meaning: 'zero' },
  { offset: 60, size: 4, name: 'checksum', meaning: 'CRC-32C of bytes 0–59' },
];

export const recordHeaderFields: readonly FieldRow[] = [
  { offset: 0, size: 4, name: 'marker', meaning: "the store's marker" },
  { offset: 4, size: 1, name: 'type', meaning: 'a row of the table of record types' },
  { offset: 5, size: 3, name: 'segment', meaning: 'number of the segment that it lies in' },
  { offset: 8, size: 4, name: 'length', meaning: 'bytes of payload, padding not counted' },
  { offset: 12, size: 4, name: 'payloadChecksum', meaning: 'CRC-32C of the part of the payload that the type names' },
  { offset: 16, size: 8, name: 'sequence', meaning: 'one more than that of the record before, across segments' },
  { offset: 24, size: 4, name: 'place', meaning: 'where in the segment it lies, in units of 8 bytes' },
  { offset: 28, size: 4, name: 'checksum', meaning: 'CRC-32C of bytes 0–27, started from the seed' },
];

export interface RecordTypeRow {
  readonly type: number;
  readonly name: string;
  readonly payload: string;
  readonly checked: string;
}

export const recordTypes: readonly RecordTypeRow[] = [
  {
    type: RECORD_BLOB,
    name: 'blob',
    payload: 'the id (algorithm byte, length byte, digest), then the content',
    checked: 'the checksum covers the id; the id itself checks the content',
  },
  {
    type: RECORD_REFS,
    name: 'refs',
    payload:
      'u32 number of changes, then for each: u16 bytes of the name, u8 bytes of the id (0: unbind), u8 zero, the name in UTF-8, the id',
    checked: 'the checksum covers the whole payload',
  },
];

export interface SegmentHeader {
  readonly segment: number;
  readonly firstSequence: number;
  readonly marker: number;
  readonly seed: number;
}

export interface RecordHeader {
  readonly type: number;
  /** Where it says it lies. A record that a misdirected write put elsewhere is none there. */
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  readonly payloadChecksum: number;
  readonly sequence: number;
}

/** `capOSseg` */
export const SEGMENT_MAGIC: readonly number[] = [0x63, 0x61, 0x70, 0x4f, 0x53, 0x73, 0x65, 0x67];

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Bytes a record with a payload of `length` takes in the file. */
export function recordSpan(length: number): number {
  return Math.ceil((RECORD_HEADER_BYTES + length) / RECORD_ALIGNMENT) * RECORD_ALIGNMENT;
}

/** The header block of a segment: both copies, zero between and after. */
export function encodeSegmentHeader(header: SegmentHeader): Uint8Array {
  const block = new Uint8Array(FIRST_RECORD_OFFSET);
  const view = viewOf(block);
  block.set(SEGMENT_MAGIC);
  view.setUint32(8, SEGMENT_VERSION, true);
  view.setUint32(12, header.segment, true);
  view.setBigUint64(16, BigInt(header.firstSequence), true);
  view.setUint32(24, header.marker, true);
  view.setUint32(28, header.seed, true);
  view.setUint32(60, crc32c(block, 0, 60), true);
  for (const copy of SEGMENT_HEADER_COPIES) block.copyWithin(copy, 0, SEGMENT_HEADER_BYTES);
  return block;
}

/** The header in `block` (the first bytes of a file, whichever copy is whole), its version if that is a later one, or undefined. */
export function decodeSegmentHeader(block: Uint8Array): SegmentHeader | { readonly version: number } | undefined {
  const view = viewOf(block);
  for (const at of SEGMENT_HEADER_COPIES) {
    if (at + SEGMENT_HEADER_BYTES > block.length) continue;
    if (SEGMENT_MAGIC.some((byte, i) => block[at + i] !== byte)) continue;
    if (view.getUint32(at + 60, true) !== crc32c(block, at, at + 60)) continue;
    const version = view.getUint32(at + 8, true);
    if (version !== SEGMENT_VERSION) return { version };
    const firstSequence = Number(view.getBigUint64(at + 16, true));
    if (!Number.isSafeInteger(firstSequence)) continue;
    return {
      segment: view.getUint32(at + 12, true),
      firstSequence,
      marker: view.getUint32(at + 24, true),
      seed: view.getUint32(at + 28, true),
    };
  }
  return undefined;
}

/** Writes a record header at `at`, where RECORD_HEADER_BYTES are free. */
export function encodeRecordHeader(
  target: Uint8Array,
  at: number,
  header: RecordHeader,
  marker: number,
  seed: number,
): void {
  const view = viewOf(target);
  view.setUint32(at, marker, true);
  view.setUint32(at + 4, (header.type | (header.segment << 8)) >>> 0, true);
  view.setUint32(at + 8, header.length, true);
  view.setUint32(at + 12, header.payloadChecksum, true);
  view.setUint32(at + 16, header.sequence % 2 ** 32, true);
  view.setUint32(at + 20, Math.floor(header.sequence / 2 ** 32), true);
  view.setUint32(at + 24, header.offset / RECORD_ALIGNMENT, true);
  view.setUint32(at + 28, crc32c(target, at, at + 28, seed), true);
}

/** The record header at `at`, or undefined when those bytes are none. The caller checks that its payload fits the file. */
export function decodeRecordHeader(
  bytes: Uint8Array,
  at: number,
  marker: number,
  seed: number,
): RecordHeader | undefined {
  const view = viewOf(bytes);
  if (view.getUint32(at, true) !== marker) return undefined;
  if (view.getUint32(at + 28, true) !== crc32c(bytes, at, at + 28, seed)) return undefined;
  const typeAndSegment = view.getUint32(at + 4, true);
  const type = typeAndSegment & 0xff;
  const sequence = view.getUint32(at + 16, true) + view.getUint32(at + 20, true) * 2 ** 32;
  if ((type !== RECORD_BLOB && type !== RECORD_REFS) || !Number.isSafeInteger(sequence)) return undefined;
  return {
    type,
    segment: typeAndSegment >>> 8,
    offset: view.getUint32(at + 24, true) * RECORD_ALIGNMENT,
    length: view.getUint32(at + 8, true),
    payloadChecksum: view.getUint32(at + 12, true),
    sequence,
  };
}
