// The bounds and hashes every engine takes, and the checks they share.
import { type BlobId, checkBlobId, makeBlobId } from './blob-id.ts';
import { type HashRegistry, hashRegistry } from './content-hash.ts';
import { DEFAULT_MAX_BLOB_BYTES } from './engine.ts';
import { StoreError } from './store-error.ts';

export interface EngineOptions {
  /** Hashes that may name a blob. Default: portable SHA-256 (for new blobs) and BLAKE3. */
  readonly hashes?: HashRegistry;
  /** Largest blob, in bytes. Default 64 MiB. */
  readonly maxBlobBytes?: number;
  /** Blobs the index may hold. Default 4 Mi. */
  readonly maxBlobs?: number;
  /** Names that may be bound at one time. Default 1 Mi. */
  readonly maxRefs?: number;
}

export interface EngineBounds {
  readonly hashes: HashRegistry;
  readonly maxBlobBytes: number;
  readonly maxBlobs: number;
  readonly maxRefs: number;
}

export function engineBounds(options: EngineOptions): EngineBounds {
  return {
    hashes: options.hashes ?? hashRegistry(),
    maxBlobBytes: options.maxBlobBytes ?? DEFAULT_MAX_BLOB_BYTES,
    maxBlobs: options.maxBlobs ?? 4 * 1024 * 1024,
    maxRefs: options.maxRefs ?? 1024 * 1024,
  };
}

/** The id that `content` gets, after checking that the engine may hold it. */
export function identify(content: Uint8Array, algorithm: number | undefined, bounds: EngineBounds): BlobId {
  if (content.length > bounds.maxBlobBytes) {
    throw new StoreError(
      'too-large',
      `A blob of ${content.length} bytes is over this engine's limit of ${bounds.maxBlobBytes}. Split it, or raise maxBlobBytes.`,
    );
  }
  const hash = algorithm === undefined ? bounds.hashes.preferred : bounds.hashes.byCode(algorithm);
  if (hash === undefined) {
    throw new StoreError('unknown-algorithm', `No hash with the code 0x${algorithm?.toString(16)} is registered.`);
  }
  return makeBlobId(hash.code, hash.hash(content));
}

/** Whether `content` is what `id` names. */
export function matches(id: BlobId, content: Uint8Array, hashes: HashRegistry): boolean {
  checkBlobId(id, hashes);
  const digest = hashes.byCode(id[0]!)!.hash(content);
  for (let i = 0; i < digest.length; i++) if (digest[i] !== id[i + 2]) return false;
  return true;
}

export function fullError(maxBlobs: number): StoreError {
  return new StoreError('full', `The store holds its limit of ${maxBlobs} blobs. Open it with a larger maxBlobs.`);
}

/** The bytes `[offset, offset + length)` of a blob of `size` bytes, clamped to it. */
export function clampRange(
  size: number,
  offset: number,
  length: number,
): { readonly from: number; readonly to: number } {
  if (!(offset >= 0) || !(length >= 0)) {
    throw new StoreError(
      'too-large',
      `A blob is read at an offset and length of 0 or more; asked was ${offset} and ${length}.`,
    );
  }
  const from = Math.min(size, offset);
  return { from, to: Math.min(size, from + length) };
}
