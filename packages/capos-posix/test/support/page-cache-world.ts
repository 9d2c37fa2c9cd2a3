// A page cache without a kernel, and a file of a server that tells how often it is asked.

import type { FileBackend } from '../../src/files/backend.ts';
import type { CachedFile } from '../../src/files/cached-file.ts';
import { type FileStatus, syntheticStatus } from '../../src/files/file-status.ts';
import { PageCache } from '../../src/files/page-cache.ts';
import type { SharedMemoryMaker } from '../../src/memory/shared-memory.ts';
import { now } from './synchronous-directory.ts';
import { TestCapabilities } from './test-capabilities.ts';
import { TestMemory } from './test-memory.ts';

/** A file of the server's, which tells how often it is asked. */
export class ServerFile implements FileBackend {
  bytes = new Uint8Array();
  changes = 0n;
  reads = 0;
  /** Most bytes of one answer. */
  readonly message: number;

  constructor(message: number = 1 << 20) {
    this.message = message;
  }

  read(offset: number, length: number): Uint8Array {
    this.reads++;
    return this.bytes.slice(offset, offset + Math.min(length, this.message));
  }

  write(offset: number, data: Uint8Array, append: boolean): { count: number; offset: number } {
    const at = append ? this.bytes.length : offset;
    if (at + data.length > this.bytes.length) this.resize(at + data.length);
    this.bytes.set(data, at);
    this.changes++;
    return { count: data.length, offset: at + data.length };
  }

  resize(size: number): void {
    const other = new Uint8Array(size);
    other.set(this.bytes.subarray(0, size));
    this.bytes = other;
    this.changes++;
  }

  truncate(size: number): number {
    this.resize(size);
    return 0;
  }

  status(): FileStatus {
    return { ...syntheticStatus(0o100644, 7n), size: this.bytes.length, modifiedNs: this.changes };
  }

  sync(): number {
    return 0;
  }

  setAttributes(): number {
    return 0;
  }

  release(): void {}
}

export interface World {
  readonly cache: PageCache;
  readonly memory: TestMemory;
  readonly maker: SharedMemoryMaker;
  open(file: ServerFile): CachedFile;
}

export function world(): World {
  const caps = new TestCapabilities({});
  const memory = new TestMemory();
  memory.onShared = (bytes) =>
    caps.insert({ descriptor: { id: 0n, name: 'MemoryObject', methods: {} }, bytes, methods: {} });
  memory.objects = { get: (capId) => caps.objects.get(capId)?.bytes };
  const maker = { caps, memory };
  const cache = new PageCache({
    currentCaps: caps,
    sharedCapabilities: new Set(),
    lastPieceId: 0,
    currentMaker: maker,
  });
  return {
    cache,
    memory,
    maker,
    open(file) {
      const cached = cache.file('mount', file.status()).retain();
      now(cached.opened(file.status(), file));
      return cached;
    },
  };
}
