// The registry of hashes that can name a blob: one row an algorithm, and the host may supply a faster one of the same code.
import { blake3 } from '@noble/hashes/blake3.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { StoreError } from './store-error.ts';

/** A hash in progress, for content that arrives in pieces. */
export interface IncrementalHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

export interface HashAlgorithm {
  readonly name: string;
  /** Code in the multihash table, below 0x80. */
  readonly code: number;
  readonly digestBytes: number;
  hash(content: Uint8Array): Uint8Array;
  create(): IncrementalHash;
}

export interface HashRegistry {
  readonly algorithms: readonly HashAlgorithm[];
  /** The algorithm of new blobs. */
  readonly preferred: HashAlgorithm;
  byCode(code: number): HashAlgorithm | undefined;
}

export const SHA_256 = 0x12;
export const BLAKE3 = 0x1e;

/** Both algorithms in portable JavaScript: what a browser uses, since its own digest is asynchronous. */
export const portableAlgorithms: readonly HashAlgorithm[] = [
  {
    name: 'SHA-256',
    code: SHA_256,
    digestBytes: 32,
    hash: (content) => sha256(content),
    create: () => sha256.create(),
  },
  {
    name: 'BLAKE3',
    code: BLAKE3,
    digestBytes: 32,
    hash: (content) => blake3(content),
    create: () => blake3.create({}),
  },
];

/**
 * A registry of the portable algorithms, with `replacements` put in the place of those with the same code or added.
 * @throws {StoreError} `unknown-algorithm` when `preferred` is not among them.
 */
export function hashRegistry(replacements: readonly HashAlgorithm[] = [], preferred: number = SHA_256): HashRegistry {
  const table = new Map<number, HashAlgorithm>();
  for (const algorithm of [...portableAlgorithms, ...replacements]) {
    if (!Number.isInteger(algorithm.code) || algorithm.code < 1 || algorithm.code > 0x7f) {
      throw new StoreError(
        'unknown-algorithm',
        `${algorithm.name} has the code ${algorithm.code}; codes are 1 to 127.`,
      );
    }
    if (algorithm.digestBytes < 16 || algorithm.digestBytes > 64) {
      throw new StoreError('unknown-algorithm', `${algorithm.name} must have a digest of 16 to 64 bytes.`);
    }
    table.set(algorithm.code, algorithm);
  }
  const chosen = table.get(preferred);
  if (chosen === undefined) {
    throw new StoreError('unknown-algorithm', `No hash with the code 0x${preferred.toString(16)} is registered.`);
  }
  return { algorithms: [...table.values()], preferred: chosen, byCode: (code) => table.get(code) };
}
