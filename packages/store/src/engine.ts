// What holds the bytes: blobs named by their content, and refs that bind names to blobs. Every backend is one of these.
//
//   put ─┐                        ┌─ resolve, list
//        ├─► accepted ── sync ──► durable
// commit ─┘   (readable at once)      (survives the death of the process and of the machine)
//
// Operations are synchronous, so a service answers within its caller's own call; only `sync` and `close` wait for the disk.
import type { BlobId } from './blob-id.ts';

/** One name of a transaction. */
export interface RefChange {
  readonly name: string;
  /** What the name is bound to from now on; `null` unbinds it. */
  readonly id: BlobId | null;
  /** Only if the name is bound to exactly this (`null`: only if it is unbound). Left out: whatever it is bound to. */
  readonly expected?: BlobId | null;
}

/**
 * What became of a transaction. Anything but `committed` changed nothing.
 *
 * - `conflict`: `name` is not bound as `expected` says.
 * - `missing`: `name` was to be unbound and is not bound, or was to be bound to a blob that is not in the store.
 */
export type CommitOutcome =
  | { readonly outcome: 'committed' }
  | { readonly outcome: 'conflict' | 'missing'; readonly name: string };

export interface Ref {
  readonly name: string;
  readonly id: BlobId;
}

export interface ListQuery {
  /** Only names that begin with this. Default: all. */
  readonly prefix?: string;
  /** Only names after this one in the order of their UTF-8 bytes. Default: from the first. */
  readonly after?: string;
  /** At most so many, 1 to {@link MAX_LIST_ENTRIES}. Default: that. */
  readonly limit?: number;
}

export interface RefPage {
  readonly refs: readonly Ref[];
  /** More names follow: ask again with `after` the last one. */
  readonly more: boolean;
}

/** Bytes of the log that no longer hold what was written there, found when opening. */
export interface Damage {
  readonly segment: number;
  /** First and one-past-last byte in the segment's file; equal when only the order of the log shows that records are gone. */
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

export interface EngineStatus {
  readonly blobs: number;
  readonly refs: number;
  /** False once a write failed: reads still work, and why is in the error of every write. */
  readonly writable: boolean;
  readonly damage: readonly Damage[];
}

export const MAX_LIST_ENTRIES = 1000;
/** A name has 1 to this many bytes in UTF-8. */
export const MAX_NAME_BYTES = 1024;
/** Names that one transaction may change. */
export const MAX_TRANSACTION_CHANGES = 10_000;
/** The default bound on one blob, in bytes. */
export const DEFAULT_MAX_BLOB_BYTES: number = 64 * 1024 * 1024;

export interface Engine {
  /**
   * Accepts a blob and returns its id. Content that is already there is not written again.
   * @param algorithm code of a registered hash; default: the registry's preferred one.
   * @throws {StoreError} `too-large`, `unknown-algorithm`, `full`, `read-only`, `closed`.
   */
  put(content: Uint8Array, algorithm?: number): BlobId;
  /**
   * A copy of `length` bytes from `offset` on (fewer at the end), or undefined when there is no such blob. What is
   * returned was checked against the id.
   * @throws {StoreError} `corrupt` when the stored bytes are not the blob's; `invalid-id`, `unknown-algorithm`, `io`, `closed`.
   */
  get(id: BlobId, offset?: number, length?: number): Uint8Array | undefined;
  /** The blob's size in bytes, or undefined when it is not here. */
  size(id: BlobId): number | undefined;
  /**
   * The blob in pieces of at most `chunkBytes` (default 64 KiB). The last piece comes only after the whole was checked, so
   * who consumes all of it holds the right content or an error.
   */
  stream(id: BlobId, chunkBytes?: number): IterableIterator<Uint8Array> | undefined;
  resolve(name: string): BlobId | undefined;
  /**
   * Makes all changes or none. No name may occur twice.
   * @throws {StoreError} `invalid-name`, `invalid-transaction`, `invalid-id`, `full`, `read-only`, `closed`.
   */
  commit(changes: readonly RefChange[]): CommitOutcome;
  list(query?: ListQuery): RefPage;
  /**
   * Resolves when everything accepted before the call is durable. Calls made meanwhile share one flush.
   * @throws {StoreError} `read-only` when it can't be made durable: nothing since the last successful sync is promised.
   */
  sync(): Promise<void>;
  status(): EngineStatus;
  /** Syncs and releases the files. Later operations throw `closed`. */
  close(): Promise<void>;
}
