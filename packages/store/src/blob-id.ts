// Self-describing blob ids: which hash, how long, and the digest, so a store can change its hash without ambiguity.
//
//   byte 0   algorithm code (multihash table: 0x12 SHA-256, 0x1e BLAKE3)
//   byte 1   digest length in bytes
//   byte 2…  digest
//
// The codes are those of the multiformats multihash table, all below 0x80, where its varint is one byte.
import type { HashRegistry } from './content-hash.ts';
import { StoreError } from './store-error.ts';

/** Algorithm byte, length byte, digest. Treat it as immutable. */
export type BlobId = Uint8Array;

/** The longest id that any registered algorithm may have, in bytes. */
export const MAX_BLOB_ID_BYTES = 66;

export function makeBlobId(code: number, digest: Uint8Array): BlobId {
  const id = new Uint8Array(2 + digest.length);
  id[0] = code;
  id[1] = digest.length;
  id.set(digest, 2);
  return id;
}

/**
 * Checks that `id` is exactly one id of a registered algorithm.
 * @throws {StoreError} `invalid-id` when its shape is wrong, `unknown-algorithm` when its hash is not registered.
 */
export function checkBlobId(id: Uint8Array, hashes: HashRegistry): void {
  if (id.length < 2 || id.length > MAX_BLOB_ID_BYTES) {
    throw new StoreError('invalid-id', `A blob id has 3 to ${MAX_BLOB_ID_BYTES} bytes; this one has ${id.length}.`);
  }
  const algorithm = hashes.byCode(id[0]!);
  if (algorithm === undefined) {
    const known = hashes.algorithms.map((each) => `0x${each.code.toString(16)} ${each.name}`).join(', ');
    throw new StoreError(
      'unknown-algorithm',
      `A blob id names the hash 0x${id[0]!.toString(16)}, which is not registered. Registered are ${known}.`,
    );
  }
  if (id[1] !== algorithm.digestBytes || id.length !== 2 + algorithm.digestBytes) {
    throw new StoreError(
      'invalid-id',
      `A ${algorithm.name} id has a digest of ${algorithm.digestBytes} bytes; this one says ${id[1]} and carries ${id.length - 2}.`,
    );
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const HEX = '0123456789abcdef';

/** The id as lower-case hexadecimal, algorithm and length bytes included: `1220…`. Also its key in maps. */
export function formatBlobId(id: BlobId): string {
  let text = '';
  for (let i = 0; i < id.length; i++) text += HEX[id[i]! >> 4]! + HEX[id[i]! & 15]!;
  return text;
}

/**
 * The inverse of {@link formatBlobId}.
 * @throws {StoreError} `invalid-id` when the text is not an even number of hexadecimal digits.
 */
export function parseBlobId(text: string): BlobId {
  if (!/^(?:[0-9a-f]{2}){3,66}$/.test(text)) {
    throw new StoreError(
      'invalid-id',
      'A blob id in text is lower-case hexadecimal, two digits a byte, 3 to 66 bytes.',
    );
  }
  const id = new Uint8Array(text.length / 2);
  for (let i = 0; i < id.length; i++) id[i] = HEX.indexOf(text[2 * i]!) * 16 + HEX.indexOf(text[2 * i + 1]!);
  return id;
}
