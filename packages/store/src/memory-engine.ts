// The engine without files: the same rules over maps. For tests, temporary systems, and as the model of the durable ones.
import { type BlobId, checkBlobId, formatBlobId } from './blob-id.ts';
import type { CommitOutcome, Engine, EngineStatus, ListQuery, RefChange, RefPage } from './engine.ts';
import {
  clampRange,
  type EngineBounds,
  type EngineOptions,
  engineBounds,
  fullError,
  identify,
} from './engine-options.ts';
import { RefTable } from './ref-table.ts';
import { StoreError } from './store-error.ts';

class MemoryEngine implements Engine {
  readonly #bounds: EngineBounds;
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #refs: RefTable;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#bounds = engineBounds(options);
    this.#refs = new RefTable(this.#bounds.maxRefs);
  }

  put(content: Uint8Array, algorithm?: number): BlobId {
    this.#open();
    const id = identify(content, algorithm, this.#bounds);
    const key = formatBlobId(id);
    if (!this.#blobs.has(key)) {
      if (this.#blobs.size >= this.#bounds.maxBlobs) throw fullError(this.#bounds.maxBlobs);
      this.#blobs.set(key, content.slice());
    }
    return id;
  }

  get(id: BlobId, offset: number = 0, length: number = Number.MAX_SAFE_INTEGER): Uint8Array | undefined {
    const content = this.#find(id);
    if (content === undefined) return undefined;
    const { from, to } = clampRange(content.length, offset, length);
    return content.slice(from, to);
  }

  size(id: BlobId): number | undefined {
    return this.#find(id)?.length;
  }

  stream(id: BlobId, chunkBytes: number = 65536): IterableIterator<Uint8Array> | undefined {
    const content = this.#find(id);
    return content === undefined ? undefined : pieces(content, Math.max(1, Math.trunc(chunkBytes)));
  }

  resolve(name: string): BlobId | undefined {
    this.#open();
    return this.#refs.resolve(name);
  }

  commit(changes: readonly RefChange[]): CommitOutcome {
    this.#open();
    const outcome = this.#refs.evaluate(changes, (id) => this.#find(id) !== undefined);
    if (outcome.outcome === 'committed') this.#refs.apply(changes);
    return outcome;
  }

  list(query?: ListQuery): RefPage {
    this.#open();
    return this.#refs.list(query);
  }

  async sync(): Promise<void> {
    this.#open();
  }

  status(): EngineStatus {
    return { blobs: this.#blobs.size, refs: this.#refs.count, writable: !this.#closed, damage: [] };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #find(id: BlobId): Uint8Array | undefined {
    this.#open();
    checkBlobId(id, this.#bounds.hashes);
    return this.#blobs.get(formatBlobId(id));
  }

  #open(): void {
    if (this.#closed) throw new StoreError('closed', 'The engine was closed. Open it again to use it.');
  }
}

function* pieces(content: Uint8Array, chunkBytes: number): IterableIterator<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) yield content.slice(at, at + chunkBytes);
}

/** An engine in memory. Nothing outlives it; `sync` resolves at once. */
export function memoryEngine(options: EngineOptions = {}): Engine {
  return new MemoryEngine(options);
}
