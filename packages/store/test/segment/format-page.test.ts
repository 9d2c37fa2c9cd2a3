// The reference page says what the tables say, and the tables cover their headers byte for byte.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { segmentFormatPage } from '../../scripts/segment-format.ts';
import {
  decodeRecordHeader,
  decodeSegmentHeader,
  encodeRecordHeader,
  encodeSegmentHeader,
  RECORD_HEADER_BYTES,
  recordHeaderFields,
  SEGMENT_HEADER_BYTES,
  segmentHeaderFields,
} from '../../src/segment/record.ts';

test('docs/reference/segment-format.md is up to date', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/reference/segment-format.md'), 'utf8');
  expect(page, 'run `pnpm generate` and commit what it writes').toBe(segmentFormatPage());
});

test.each([
  ['segment', segmentHeaderFields, SEGMENT_HEADER_BYTES],
  ['record', recordHeaderFields, RECORD_HEADER_BYTES],
] as const)('the fields of the %s header follow one another without gap or overlap', (_name, fields, bytes) => {
  let at = 0;
  for (const field of fields) {
    expect(field.offset).toBe(at);
    at += field.size;
  }
  expect(at).toBe(bytes);
});

test('the codec puts each field where its row says', () => {
  const block = encodeSegmentHeader({
    segment: 0x01020304,
    firstSequence: 2 ** 40 + 5,
    marker: 0xa1b2c3d4,
    seed: 0x0badcafe,
  });
  const view = new DataView(block.buffer);
  const row = (name: string) => segmentHeaderFields.find((field) => field.name === name)!.offset;
  expect(view.getUint32(row('segment'), true)).toBe(0x01020304);
  expect(view.getBigUint64(row('firstSequence'), true)).toBe(2n ** 40n + 5n);
  expect(view.getUint32(row('marker'), true)).toBe(0xa1b2c3d4);
  expect(view.getUint32(row('seed'), true)).toBe(0x0badcafe);
  expect(decodeSegmentHeader(block)).toMatchObject({ segment: 0x01020304, marker: 0xa1b2c3d4 });

  const bytes = new Uint8Array(RECORD_HEADER_BYTES + 8);
  const header = {
    type: 2,
    segment: 0xfedcba,
    offset: 8 * 0xf0f0f0f0,
    length: 77,
    payloadChecksum: 0xdeadbeef,
    sequence: 2 ** 33 + 1,
  };
  encodeRecordHeader(bytes, 8, header, 0xa1b2c3d4, 5);
  const record = new DataView(bytes.buffer, 8);
  const at = (name: string) => recordHeaderFields.find((field) => field.name === name)!.offset;
  expect(record.getUint32(at('marker'), true)).toBe(0xa1b2c3d4);
  expect(record.getUint8(at('type'))).toBe(2);
  expect(record.getUint32(at('segment') - 1, true) >>> 8).toBe(0xfedcba);
  expect(record.getUint32(at('place'), true)).toBe(0xf0f0f0f0);
  expect(record.getUint32(at('length'), true)).toBe(77);
  expect(record.getUint32(at('payloadChecksum'), true)).toBe(0xdeadbeef);
  expect(record.getBigUint64(at('sequence'), true)).toBe(2n ** 33n + 1n);
  expect(decodeRecordHeader(bytes, 8, 0xa1b2c3d4, 5)).toEqual(header);
  expect(decodeRecordHeader(bytes, 8, 0xa1b2c3d4, 6)).toBeUndefined();
  expect(decodeRecordHeader(bytes, 8, 0xa1b2c3d5, 5)).toBeUndefined();
});
