// Chunk: a part of a file in the page cache, and the memory object that has its bytes.

import type { SharedCapability } from '../capabilities/shared-capability.ts';

/** Bytes of one chunk: what a miss reads at least. */
export const CHUNK = 65_536;
/** A memory object of the cache's, with one chunk or, for a mapping, many. */
export interface CachePiece {
  readonly id: number;
  readonly capability: SharedCapability;
  /** Chunks that are in it. */
  chunks: number;
}

/** The file that chunks are of. */
export interface ChunkOwner {
  /** Forgets a chunk. */
  drop(chunk: Chunk): void;
}

/** So many bytes of a file, from a multiple of {@link CHUNK} on. */
export interface Chunk {
  readonly file: ChunkOwner;
  readonly index: number;
  readonly piece: CachePiece;
  /** Where the chunk is in its piece. */
  readonly offset: number;
  /** Bytes from its beginning that are as in the file. */
  valid: number;
  /** A mapping shows it: it stays. */
  pinned: boolean;
  /** Used since the hand of the clock came by. */
  used: boolean;
}
