// Keeps a tree in a store: each inode a blob under a name of its own, each changed chunk a blob, one transaction a sync.
//
//   i/1      the root directory's record           sync:  changed chunks ─► blobs ─► records ─► blobs
//   i/2 …    every other inode's record                   ─► one commit of all names ─► durable
//   j        a commit that takes several steps
//
// More names than fit a transaction are written down first (tree-journal.ts): from then on the sync has happened, and who finds
// the journal makes good what is left of it. So what a crash leaves is the tree as of the last sync. A commit expects each name as
// it was left, so a second file system that writes the same names is found out at once.
import { type BlobId, sameBytes } from '../blob-id.ts';
import { MAX_LIST_ENTRIES, type RefChange } from '../engine.ts';
import type { BlobStore, Namespace } from '../namespace/namespace.ts';
import { StoreError } from '../store-error.ts';
import { CHUNK_BYTES, type Chunk } from './chunked-content.ts';
import { ERRNO } from './errno.ts';
import { nameKey, nameOfKey } from './file-name.ts';
import { decodeInode, encodeInode, type InodeRecord } from './inode-record.ts';
import { type Inode, Tree, type TreeBacking, type TreeOptions } from './tree.ts';
import { INODE_PREFIX, inodeName, inodeNumber, TreeJournal } from './tree-journal.ts';

const ROOT = 1;

export class NamespaceBacking implements TreeBacking {
  readonly #tree: Tree;
  readonly #blobs: BlobStore;
  readonly #namespace: Namespace;
  /** What each inode's name is bound to. */
  readonly #bound = new Map<number, BlobId>();
  readonly #dirty = new Set<Inode>();
  readonly #gone = new Set<number>();
  /** Chunks that are loaded and stored, least recently loaded first. Some may have changed since. */
  readonly #clean = new Set<Chunk>();
  readonly #journal: TreeJournal;
  /** Chunks of the calls that are being prepared: dropping those would have them loaded for ever. */
  readonly #needed = new Set<ReadonlySet<Chunk>>();
  #flight: Promise<{ readonly errno: number }> | undefined;
  #nextFlight: Promise<{ readonly errno: number }> | undefined;
  /** Set once by a failure after which what is stored can't be known: nothing more is written. */
  #failed = false;
  /** The last sync failed: another would not make room either. */
  #stuck = false;

  private constructor(tree: Tree, blobs: BlobStore, namespace: Namespace) {
    this.#tree = tree;
    this.#blobs = blobs;
    this.#namespace = namespace;
    this.#journal = new TreeJournal(blobs, namespace);
  }

  /**
   * The tree that is kept in `namespace`, or a new one.
   * @throws {StoreError} `corrupt` when the names there are no file system.
   */
  static async mount(blobs: BlobStore, namespace: Namespace, options: TreeOptions): Promise<Tree> {
    const tree = new Tree(options);
    const backing = new NamespaceBacking(tree, blobs, namespace);
    await backing.#load();
    tree.backing = backing;
    if (backing.#bound.size === 0) backing.touched(tree.root);
    return tree;
  }

  touched(inode: Inode): void {
    this.#dirty.add(inode);
  }

  gone(inode: Inode): void {
    this.#dirty.delete(inode);
    this.#gone.add(inode.number);
  }

  prepare(inode: Inode, offset: number, length: number): Promise<void> | undefined {
    const range = inode.content!.within(offset, length);
    if (range.some((chunk) => chunk.bytes === undefined)) return this.#loadChunks(range);
    const { usedBytes, maxBytes } = this.#tree;
    const needed = inode.content!.growth(offset, length);
    if (usedBytes + needed <= maxBytes || this.#dirty.size === 0 || this.#stuck) return undefined;
    // What changed fills the memory: once it is stored it can be dropped.
    return this.sync().then(() => undefined);
  }

  reclaim(bytes: number): boolean {
    for (const chunk of this.#clean) {
      if (this.#tree.usedBytes + bytes <= this.#tree.maxBytes) break;
      if ([...this.#needed].some((range) => range.has(chunk))) continue;
      this.#clean.delete(chunk);
      if (chunk.id === undefined || chunk.bytes === undefined) continue; // changed, or let go
      this.#tree.give(chunk.bytes.length);
      chunk.bytes = undefined;
    }
    return this.#tree.usedBytes + bytes <= this.#tree.maxBytes;
  }

  /** Calls that come during a sync share the next one. */
  sync(): Promise<{ readonly errno: number }> {
    if (this.#flight === undefined) return this.#takeOff();
    this.#nextFlight ??= this.#flight.then(() => this.#takeOff());
    return this.#nextFlight;
  }

  #takeOff(): Promise<{ readonly errno: number }> {
    this.#nextFlight = undefined;
    const flight = this.#store()
      .then(() => ({ errno: 0 }))
      .catch((error: unknown) => ({
        errno: error instanceof StoreError && error.code === 'full' ? ERRNO.ENOSPC : ERRNO.EIO,
      }))
      .finally(() => {
        this.#flight = undefined;
      });
    this.#flight = flight;
    return flight;
  }

  async #store(): Promise<void> {
    if (this.#failed) throw new StoreError('read-only', 'An earlier sync met names that somebody else had changed.');
    // Who is in which directory is of one moment, however long storing takes.
    const dirty = [...this.#dirty].filter(({ links }) => links > 0); // others live only in handles
    const entries = dirty.map(entriesOf);
    const gone = [...this.#gone];
    this.#dirty.clear();
    this.#gone.clear();
    try {
      const changes: RefChange[] = [];
      for (const [at, inode] of dirty.entries()) {
        const id = await this.#blobs.put(encodeInode(await this.#record(inode, entries[at]!)));
        const before = this.#bound.get(inode.number);
        if (before === undefined || !sameBytes(before, id)) changes.push(this.#change(inode.number, id));
      }
      for (const number of gone) if (this.#bound.has(number)) changes.push(this.#change(number, null));
      const outcome = await this.#journal.commit(changes, (step) => this.#took(step));
      if (outcome.outcome !== 'committed') {
        this.#failed = true;
        throw new StoreError(
          'read-only',
          `Another file system changed ${outcome.name} in the same namespace (${outcome.outcome}).`,
        );
      }
      await this.#namespace.sync();
    } catch (error) {
      for (const inode of dirty) if (inode.links > 0) this.#dirty.add(inode);
      for (const number of gone) this.#gone.add(number);
      throw error;
    }
  }

  #change(number: number, id: BlobId | null): RefChange {
    return { name: inodeName(number), id, expected: this.#bound.get(number) ?? null };
  }

  #took(changes: readonly RefChange[]): void {
    for (const { name, id } of changes) {
      if (id === null) this.#bound.delete(inodeNumber(name));
      else this.#bound.set(inodeNumber(name), id);
    }
  }

  /** The inode as it is kept, its changed chunks stored. */
  async #record(inode: Inode, entries: InodeRecord['entries']): Promise<InodeRecord> {
    const chunks: { index: number; id: BlobId }[] = [];
    for (const [index, chunk] of inode.content?.chunks() ?? []) {
      const { id, bytes, version } = chunk;
      if (id !== undefined) {
        chunks.push({ index, id });
        continue;
      }
      if (bytes === undefined) continue; // cut off meanwhile
      const stored = await this.#blobs.put(trimmed(bytes));
      chunks.push({ index, id: stored });
      if (chunk.version !== version) continue;
      chunk.id = stored;
      this.#clean.add(chunk);
    }
    const { kind, mode, uid, gid, accessedNs, modifiedNs, changedNs, content, target } = inode;
    return {
      kind,
      mode,
      uid,
      gid,
      accessedNs,
      modifiedNs,
      changedNs,
      size: content?.size ?? 0,
      chunks: chunks.filter(({ index }) => index * CHUNK_BYTES < content!.size).sort((a, b) => a.index - b.index),
      entries,
      target: target ?? new Uint8Array(),
    };
  }

  async #loadChunks(range: readonly Chunk[]): Promise<void> {
    const needed = new Set(range);
    this.#needed.add(needed);
    try {
      for (const chunk of range) {
        const { id, version } = chunk;
        if (id === undefined || chunk.bytes !== undefined) continue;
        const bytes = await this.#chunk(id);
        if (chunk.version !== version || chunk.bytes !== undefined) continue;
        this.reclaim(bytes.length);
        // One call may go over the bound by what it needs: it can't go ahead otherwise.
        this.#tree.usedBytes += bytes.length;
        chunk.bytes = bytes;
        this.#clean.add(chunk);
      }
    } finally {
      this.#needed.delete(needed);
    }
  }

  /** @throws {StoreError} `corrupt` when the id is none, or its blob is not there or no chunk. */
  async #chunk(id: BlobId): Promise<Uint8Array> {
    let cause: unknown;
    try {
      const bytes = await this.#blobs.get(id);
      if (bytes !== undefined && bytes.length <= CHUNK_BYTES) return bytes;
    } catch (error) {
      const code = error instanceof StoreError ? error.code : undefined;
      if (code !== 'invalid-id' && code !== 'unknown-algorithm') throw error;
      cause = error;
    }
    throw new StoreError('corrupt', 'The store does not have a chunk of this file (any more).', { cause });
  }

  async #load(): Promise<void> {
    await this.#journal.finish();
    const records = new Map<number, InodeRecord>();
    for (let after = '', more = true; more; ) {
      const page = await this.#namespace.list({ prefix: INODE_PREFIX, after, limit: MAX_LIST_ENTRIES });
      for (const { name, id } of page.refs) {
        const number = inodeNumber(name);
        const content = inodeName(number) === name && number > 0 ? await this.#blobs.get(id) : undefined;
        const record = content === undefined ? undefined : decodeInode(content);
        if (record !== undefined && record.size > this.#tree.maxFileBytes)
          throw corrupt(`${name} is larger than a file may be`);
        if (record === undefined) throw corrupt(`what ${name} is bound to is no inode`);
        records.set(number, record);
        this.#bound.set(number, id);
      }
      more = page.more;
      after = page.refs.at(-1)?.name ?? '';
    }
    if (records.size === 0) return;
    if (records.get(ROOT)?.kind !== 'directory') throw corrupt('there is no root directory');
    if (records.size > this.#tree.maxInodes)
      throw new StoreError('full', `The tree has ${records.size} inodes; maxInodes allows fewer.`);
    const placed = new Map<number, Inode>([[ROOT, this.#tree.root]]);
    applyAttributes(this.#tree.root, records.get(ROOT)!);
    this.#grow(ROOT, records, placed);
    for (const number of records.keys()) {
      this.#tree.nextInode = Math.max(this.#tree.nextInode, number + 1);
      if (!placed.has(number)) this.#gone.add(number); // held open when the last life ended
    }
  }

  /** Makes the tree from the root down; the records are a tree only if every directory is named once. */
  #grow(root: number, records: ReadonlyMap<number, InodeRecord>, placed: Map<number, Inode>): void {
    const waiting = [root];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const directory = placed.get(at)!;
      for (const { inode, name } of records.get(at)!.entries) {
        const record = records.get(inode);
        const key = nameKey(name);
        if (record === undefined) throw corrupt(`inode ${at} names inode ${inode}, which is not there`);
        if (directory.entries!.get(key) !== undefined) throw corrupt(`inode ${at} has a name twice`);
        let node = placed.get(inode);
        if (node !== undefined && record.kind === 'directory') throw corrupt(`directory ${inode} has two names`);
        if (node === undefined) {
          node = this.#tree.inode(
            record.kind,
            inode,
            record.mode,
            record.kind === 'symlink' ? record.target : undefined,
          );
          if (record.kind === 'directory') waiting.push(inode);
          placed.set(inode, node);
        }
        this.#tree.attach(directory, key, node);
      }
    }
    // Attaching set times, which the records know better.
    for (const [number, inode] of placed) applyAttributes(inode, records.get(number)!);
  }
}

const entriesOf = ({ entries }: Inode): InodeRecord['entries'] =>
  [...(entries ?? [])].map(({ key, node }) => ({ inode: node.number, name: nameOfKey(key) }));

function applyAttributes(inode: Inode, record: InodeRecord): void {
  inode.mode = record.mode;
  inode.uid = record.uid;
  inode.gid = record.gid;
  inode.accessedNs = record.accessedNs;
  inode.modifiedNs = record.modifiedNs;
  inode.changedNs = record.changedNs;
  if (inode.content === undefined || inode.content.size > 0) return;
  inode.content.size = record.size;
  for (const { index, id } of record.chunks) if (index * CHUNK_BYTES < record.size) inode.content.place(index, id);
}

/** Without the zeros at the end: a chunk's memory grows in powers of two. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return bytes.subarray(0, length);
}

function corrupt(what: string): StoreError {
  return new StoreError('corrupt', `The namespace holds no file system that can be read: ${what}.`);
}
