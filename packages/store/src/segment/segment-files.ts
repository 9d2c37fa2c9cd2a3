// The only border between the segment engine and a platform: named files that are read and written at positions.

export interface SegmentFile {
  /** Bytes in the file now. */
  size(): number;
  /** Reads into `target` from `position` on; returns how many bytes there were, fewer than asked only at the end. */
  read(target: Uint8Array, position: number): number;
  /** Writes at `position`; returns how many bytes were taken, which may be fewer than given. Throws what the platform says. */
  write(bytes: Uint8Array, position: number): number;
  truncate(size: number): void;
  /** Resolves (or returns) when all that was written is durable. Throws or rejects when that can't be said. */
  sync(): Promise<void> | void;
  /** The same, before it returns. Used once a segment, when the next one begins. */
  syncNow(): void;
  close(): void;
}

export interface SegmentFiles {
  /** Names of the files there are, in any order. */
  list(): readonly string[];
  open(name: string): SegmentFile;
  /** A new, empty file, whose name is durable when this returns. Throws if it exists. */
  create(name: string): SegmentFile;
  /** Releases the directory and its lock; the files were closed before. */
  close(): void;
}
