// An open directory: a node of the mount table with a listing position.
//
// The offset is an ordinal: 0 is `.`, 1 is `..`, then what the backend lists, then mount points that it does not list
// itself. What has been fetched is kept until the next rewind, so that any `d_off` a program was given can be sought.

import type { SharedCapability } from '../capabilities/shared-capability.ts';
import type { ByteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { ENTRY_TYPE, SEEK } from '../linux/file-flags.ts';
import { type Blocking, type MaybeBlocking, settle } from '../waiting.ts';
import type { DirectoryNode } from './directory-node.ts';
import {
  type AttributeChange,
  entryType,
  type FileStatus,
  type FileSystemStatus,
  type ListedEntry,
} from './file-status.ts';
import { OpenFile } from './open-file.ts';

/** Entries asked of the backend at once. */
const BATCH = 256;

export class DirectoryFile extends OpenFile {
  readonly node: DirectoryNode;
  #fetched: ListedEntry[] = [];
  #cookie = 0n;
  #complete = false;

  constructor(node: DirectoryNode, statusFlags: number) {
    super(statusFlags);
    this.node = node;
    node.retain();
  }

  override get description(): string {
    return this.node.path();
  }

  /** Its own and those above it, which `..` needs. */
  override get capabilities(): readonly SharedCapability[] {
    const found: SharedCapability[] = [];
    for (let node: DirectoryNode | undefined = this.node; node !== undefined; node = node.parent)
      if (node.backend.capability !== undefined) found.push(node.backend.capability);
    return found;
  }

  override get pollable(): boolean {
    return false;
  }

  override get seekable(): boolean {
    return true;
  }

  override read(): number {
    return -ERRNO.EISDIR;
  }

  override write(): number {
    return -ERRNO.EBADF;
  }

  override seek(offset: number, whence: number): number {
    const target = whence === SEEK.CUR ? this.offset + offset : offset;
    if ((whence !== SEEK.SET && whence !== SEEK.CUR) || target < 0) return -ERRNO.EINVAL;
    this.offset = target;
    if (target === 0) this.#rewind();
    return target;
  }

  #rewind(): void {
    this.#fetched = [];
    this.#cookie = 0n;
    this.#complete = false;
  }

  override status(): MaybeBlocking<FileStatus | number> {
    return this.node.backend.status();
  }

  override sync(): MaybeBlocking<number> {
    return this.node.backend.sync();
  }

  override setAttributes(change: AttributeChange): MaybeBlocking<number> {
    return this.node.setAttributes(change);
  }

  override fileSystemStatus(): MaybeBlocking<FileSystemStatus | number> {
    return this.node.backend.fileSystemStatus();
  }

  /** At most `limit` entries from the offset on. The caller moves the offset by as many as it took. */
  override *entries(limit: number): Blocking<readonly ListedEntry[] | number> {
    while (!this.#complete && this.#fetched.length < this.offset + limit) {
      const failed = yield* this.#fetch();
      if (failed < 0) return failed;
    }
    return this.#fetched.slice(this.offset, this.offset + limit);
  }

  *#fetch(): Blocking<number> {
    if (this.#fetched.length === 0) {
      const own = yield* settle(this.node.backend.status());
      if (typeof own === 'number') return own;
      const above = yield* settle((this.node.parent ?? this.node).backend.status());
      this.#fetched.push(
        { name: '.', type: ENTRY_TYPE.DIRECTORY, inode: own.inode },
        { name: '..', type: ENTRY_TYPE.DIRECTORY, inode: typeof above === 'number' ? own.inode : above.inode },
      );
    }
    const listing = yield* settle(this.node.backend.list(this.#cookie, BATCH));
    if (typeof listing === 'number') return listing;
    this.#cookie = listing.next;
    for (const entry of listing.entries)
      this.#fetched.push(this.node.mountPoint(entry.name) ? { ...entry, type: ENTRY_TYPE.DIRECTORY } : entry);
    if (listing.end || listing.entries.length === 0) {
      this.#complete = true;
      yield* this.#addMountPoints();
    }
    return 0;
  }

  *#addMountPoints(): Blocking<void> {
    const listed = new Set<ByteString>(this.#fetched.map((entry) => entry.name));
    for (const name of this.node.mountPointNames()) {
      if (listed.has(name)) continue;
      const status = yield* settle(this.node.mountPoint(name)!.backend.status());
      if (typeof status !== 'number') this.#fetched.push({ name, type: entryType(status.mode), inode: status.inode });
    }
  }

  protected override close(): void {
    this.node.release();
  }
}
