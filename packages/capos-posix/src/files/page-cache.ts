// Page cache: what programs of a domain have read of files, in memory objects that reads, writes and mappings share.
//
//   read  ─▶ chunk there ─▶ object's pages ──copy──▶ the program's memory       no message, nothing allocated
//         └▶ not there ──▶ File.read ─▶ chunk
//   write ─▶ File.write (write-through: what was written is with the server when the call returns) ─▶ chunk, where there is one
//   mmap(MAP_SHARED) ─▶ the same objects ─▶ pinned: they stay as long as the domain lives
//
// Whose changes are seen: those of the domain's own programs at once, in every direction. Those of others (the host, another
// domain) at the next open, which compares size and times with what was cached (close-to-open, as NFS has it), and beyond what
// was the end of the file at every read. A file with a writable shared mapping is not read anew: its pages are the truth.
//
// Chunks that are not pinned are bounded in number; the one not used since the hand of a clock came by is dropped. When memory
// runs short all of them are.

import type { Acting } from '../capabilities/shared-capability.ts';
import { SharedCapability } from '../capabilities/shared-capability.ts';
import { newPieceId, type SharedMemoryMaker } from '../memory/shared-memory.ts';
import { type CachePiece, CHUNK, type Chunk } from './cache-chunk.ts';
import { CachedFile, type ChunkStore } from './cached-file.ts';
import type { FileStatus } from './file-status.ts';

/** Chunks that are kept beside the pinned ones: 32 MiB. */
const MOST_CHUNKS = 512;
/** Files of which something may be known. */
const MOST_FILES = 4096;

export class PageCache implements ChunkStore {
  readonly #acting: Acting & { readonly currentMaker: SharedMemoryMaker | undefined };
  readonly #files = new Map<string, CachedFile>();
  readonly #chunks = new Set<Chunk>();

  constructor(acting: Acting & { readonly currentMaker: SharedMemoryMaker | undefined }) {
    this.#acting = acting;
  }

  get maker(): SharedMemoryMaker | undefined {
    return this.#acting.currentMaker;
  }

  /** What is known of a file; `source` is the mount it was reached through, whose server's word its numbers are. */
  file(source: string, { device, inode }: FileStatus): CachedFile {
    const key = `${source}|${device}:${inode}`;
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    if (this.#files.size >= MOST_FILES) this.#forgetFiles();
    const made = new CachedFile(this, key);
    this.#files.set(key, made);
    return made;
  }

  /** What is known of a file, if anything is. */
  known(source: string, { device, inode }: FileStatus): CachedFile | undefined {
    return this.#files.get(`${source}|${device}:${inode}`);
  }

  #forgetFiles(): void {
    for (const [key, file] of this.#files) if (file.isUnused) this.#files.delete(key);
  }

  allocate(count: number): CachePiece | undefined {
    const { maker } = this;
    if (maker === undefined) return undefined;
    let capId = maker.memory.createShared(BigInt(count * CHUNK));
    if (typeof capId !== 'number') {
      if (!this.dropAll()) return undefined;
      capId = maker.memory.createShared(BigInt(count * CHUNK));
      if (typeof capId !== 'number') return undefined;
    }
    const capability = new SharedCapability(this.#acting, maker.caps, capId, true);
    this.#acting.sharedCapabilities.add(capability);
    return { id: newPieceId(this.#acting), capability, chunks: 0 };
  }

  added(chunk: Chunk): void {
    chunk.piece.chunks++;
    if (chunk.pinned) return;
    this.#keep(chunk);
  }

  unpin(chunk: Chunk): void {
    chunk.pinned = false;
    this.#keep(chunk);
  }

  #keep(chunk: Chunk): void {
    this.#chunks.add(chunk);
    for (const oldest of this.#chunks) {
      if (this.#chunks.size <= MOST_CHUNKS) return;
      this.#chunks.delete(oldest);
      if (oldest.used && oldest !== chunk) {
        oldest.used = false;
        this.#chunks.add(oldest);
      } else oldest.file.drop(oldest);
    }
  }

  /** What mappings do about a file that ends at `size` now. */
  onCut: ((file: CachedFile, size: number) => void) | undefined;

  cut(file: CachedFile, size: number): void {
    this.onCut?.(file, size);
  }

  pin(chunk: Chunk): void {
    chunk.pinned = true;
    this.#chunks.delete(chunk);
  }

  removed(chunk: Chunk): void {
    this.#chunks.delete(chunk);
    if (--chunk.piece.chunks === 0) chunk.piece.capability.release();
  }

  /** Gives back all memory that no mapping shows; whether there was any. */
  dropAll(): boolean {
    const any = this.#chunks.size > 0;
    for (const chunk of [...this.#chunks]) chunk.file.drop(chunk);
    return any;
  }

  /** The domain has come to its end. */
  release(): void {
    for (const file of this.#files.values()) file.dropEverything();
    this.#files.clear();
  }
}
