// Ids say which hash made them, and every implementation of one hash agrees.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBlobId, parseBlobId } from '../src/blob-id.ts';
import { BLAKE3, hashRegistry, SHA_256 } from '../src/content-hash.ts';
import { nodeHashes } from '../src/host-node/index.ts';
import { StoreError } from '../src/store-error.ts';

test("the host's SHA-256 and the portable one agree, at once and in pieces", () => {
  const native = nodeHashes().preferred;
  const portable = hashRegistry().preferred;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(500), (content, cut) => {
      const digest = [...portable.hash(content)];
      expect([...native.hash(content)]).toEqual(digest);
      for (const algorithm of [native, portable]) {
        const hash = algorithm.create();
        hash.update(content.subarray(0, cut));
        hash.update(content.subarray(cut));
        expect([...hash.digest()]).toEqual(digest);
      }
    }),
  );
});

test('BLAKE3 gives the vector of its specification for empty input', () => {
  const digest = hashRegistry().byCode(BLAKE3)!.hash(new Uint8Array());
  expect(formatBlobId(digest)).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262');
});

test('a registry may prefer another hash, and refuses one it does not have', () => {
  expect(hashRegistry([], BLAKE3).preferred.name).toBe('BLAKE3');
  expect(hashRegistry().preferred.code).toBe(SHA_256);
  expect(() => hashRegistry([], 0x11)).toThrow(StoreError);
  expect(() => hashRegistry([{ ...hashRegistry().preferred, code: 0x80 }])).toThrow(StoreError);
});

test('an id in text comes back as the same bytes, and anything else is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3, maxLength: 66 }), (id) => {
      expect([...parseBlobId(formatBlobId(id))]).toEqual([...id]);
    }),
  );
  for (const text of ['', '12', '1220zz', '12201', 'AB12CD']) expect(() => parseBlobId(text)).toThrow(StoreError);
});
