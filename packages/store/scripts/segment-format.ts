// The reference page of the segment format, from the tables that the codec is written after.
import {
  FIRST_RECORD_OFFSET,
  type FieldRow,
  RECORD_ALIGNMENT,
  RECORD_HEADER_BYTES,
  recordHeaderFields,
  recordTypes,
  SEGMENT_HEADER_BYTES,
  SEGMENT_HEADER_COPIES,
  SEGMENT_VERSION,
  segmentHeaderFields,
} from '../src/segment/record.ts';

const fields = (rows: readonly FieldRow[]): string =>
  [
    '| offset | bytes | field | meaning |',
    '|---:|---:|---|---|',
    ...rows.map(({ offset, size, name, meaning }) => `| ${offset} | ${size} | ${name} | ${meaning} |`),
  ].join('\n');

export function segmentFormatPage(): string {
  const types = recordTypes.map(
    ({ type, name, payload, checked }) => `| ${type} | ${name} | ${payload} | ${checked} |`,
  );
  return `# Segment format, version ${SEGMENT_VERSION}

Generated from the tables in \`packages/store/src/segment/record.ts\` by \`pnpm generate\`. All numbers are little-endian.

A store is a directory of segments named \`00000001.seg\`, \`00000002.seg\`, … in the order in which they were begun. Only the last
one grows. When it is full it is flushed and the next one begins, so every segment but the last is durable as a whole.

| at byte | what |
|---:|---|
${SEGMENT_HEADER_COPIES.map((at, i) => `| ${at} | segment header${i === 0 ? '' : ', the same again'}: ${SEGMENT_HEADER_BYTES} bytes |`).join('\n')}
| ${FIRST_RECORD_OFFSET} | records, one after the other, each at a multiple of ${RECORD_ALIGNMENT} with zero bytes before the next |

## Segment header

${fields(segmentHeaderFields)}

Either copy will do. Where both are unreadable, marker and seed are taken from another segment of the store.

## Record header

${RECORD_HEADER_BYTES} bytes, then the payload.

${fields(recordHeaderFields)}

## Record types

| type | name | payload | what is checked |
|---:|---|---|---|
${types.join('\n')}

A refs record is one transaction: all its changes are made or none. It comes after the blobs that it names.

## Reading a store back

1. A record counts if its header's checksum is right, it lies where it says, its payload is within the file, its sequence number
   is above that of the record before, and its payload is what the type says. In the last segment the content of each blob is hashed as well;
   elsewhere that is done when the blob is read.
2. Bytes that are no record are searched, ${RECORD_ALIGNMENT} by ${RECORD_ALIGNMENT}, for the next header. If one follows, what lies between is reported as damage and
   reading goes on there. If none follows, the rest of the last segment is a torn tail and is cut off; in any other segment
   it is damage.
3. A gap in the sequence numbers where no bytes are damaged is reported too: records, or a whole segment, went missing.
4. The index (where each blob lies, what each name is bound to) is made anew from this each time and is kept nowhere.
`;
}
