// The index finds exactly what was added, also where eight bytes of digest are not enough to tell two blobs apart.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlobIndex } from '../../src/segment/blob-index.ts';

/** An id whose digest begins with `low` repeated and ends with `tail`: equal `low` means an equal fingerprint. */
function id(low: number, tail: number): Uint8Array {
  const bytes = new Uint8Array(34).fill(low, 2, 10);
  bytes.set([0x12, 0x20]);
  bytes[33] = tail;
  return bytes;
}

test('blobs with one fingerprint are told apart by whoever confirms', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(255)), { selector: String, maxLength: 200 }), (ids) => {
      const index = new BlobIndex();
      const at = new Map<number, string>();
      ids.forEach(([low, tail], i) => {
        index.add(id(low, tail), 1 + (i % 3), 1024 + i * 8, i);
        at.set(1024 + i * 8, `${low},${tail}`);
      });
      expect(index.count).toBe(ids.length);
      for (let low = 0; low < 5; low++) {
        for (const tail of [0, 1, 128, 255]) {
          const found = index.find(id(low, tail), (location) => at.get(location.offset) === `${low},${tail}`);
          const i = ids.findIndex((each) => each[0] === low && each[1] === tail);
          expect(found && [found.segment, found.offset, found.size, found.damaged]).toEqual(
            i < 0 ? undefined : [1 + (i % 3), 1024 + i * 8, i, false],
          );
        }
      }
    }),
  );
});

test('growing to many thousands of entries loses none, and takes 20 bytes a slot', () => {
  const index = new BlobIndex();
  const digest = (i: number): Uint8Array => {
    const bytes = new Uint8Array(34);
    new DataView(bytes.buffer).setUint32(2, Math.imul(i, 0x9e3779b1) >>> 0);
    new DataView(bytes.buffer).setUint32(6, i);
    return bytes;
  };
  for (let i = 1; i <= 50_000; i++) index.add(digest(i), 1, i * 8, i);
  for (let i = 1; i <= 50_000; i += 7) expect(index.find(digest(i), () => true)?.size).toBe(i);
  expect(index.find(digest(50_001), () => true)).toBeUndefined();
});

test('a damaged entry stays marked when the table grows', () => {
  const index = new BlobIndex();
  index.add(id(1, 1), 0x7fffffff, 1024, 5);
  index.markDamaged(index.find(id(1, 1), () => true)!);
  for (let i = 0; i < 5000; i++) index.add(id(i & 255, i >> 8), 1, 2048 + i * 8, 1);
  const found = index.find(id(1, 1), (location) => location.offset === 1024);
  expect(found).toMatchObject({ segment: 0x7fffffff, damaged: true, size: 5 });
});
