// The names of many inodes bound as one transaction: written down whole, then in steps.
//
//   j ─▶ all the changes, as a blob     the transaction has happened
//   step · step · last step and j gone  each a commit of the namespace
//
// A log keeps the order of its commits, so a crash leaves no journal (nothing has happened, or all of it), or a journal, and whoever
// mounts the tree next goes on from there.
//
//   blob:  u8 version · u32 count · count × (u64 inode · u8 bytes of the id (0: unbind) · id)      little-endian
import { type BlobId, sameBytes } from '../blob-id.ts';
import { type CommitOutcome, MAX_LIST_ENTRIES, type RefChange } from '../engine.ts';
import type { BlobStore, Namespace } from '../namespace/namespace.ts';
import { StoreError } from '../store-error.ts';

export const INODE_PREFIX = 'i/';
export const inodeName = (inode: number): string => INODE_PREFIX + inode;
/** NaN, or another name's, for what is no name of an inode. */
export const inodeNumber = (name: string): number => Number(name.slice(INODE_PREFIX.length));

const JOURNAL = 'j';
/** Names in one commit: what a message to a store elsewhere holds. */
const STEP = 500;
const VERSION = 1;
const HEAD_BYTES = 5;
const COMMITTED = { outcome: 'committed' } as const;

type Binding = BlobId | null;

export class TreeJournal {
  readonly #blobs: BlobStore;
  readonly #namespace: Namespace;
  /** What the journal's name is bound to: a transaction that is under way, or was when something failed. */
  #bound: Binding = null;

  constructor(blobs: BlobStore, namespace: Namespace) {
    this.#blobs = blobs;
    this.#namespace = namespace;
  }

  /**
   * Makes all changes to names of inodes or none, whatever happens meanwhile. A transaction that failed before is given up for this one.
   * @param took is told of each step that has been made
   */
  async commit(changes: readonly RefChange[], took: (changes: readonly RefChange[]) => void): Promise<CommitOutcome> {
    if (changes.length > STEP) {
      const conflict = await this.#changedElsewhere(changes);
      if (conflict !== undefined) return { outcome: 'conflict', name: conflict };
      const begun = await this.#step([], await this.#blobs.put(encodeJournal(changes)));
      if (begun.outcome !== 'committed') return begun;
    }
    let at = 0;
    do {
      const step = changes.slice(at, at + STEP);
      at += STEP;
      const outcome = await this.#step(step, at < changes.length ? this.#bound : null);
      if (outcome.outcome !== 'committed') {
        // The rest would overwrite what somebody else has written.
        await this.#step([], null);
        return outcome;
      }
      took(step);
    } while (at < changes.length);
    return COMMITTED;
  }

  /**
   * Completes what a crash left half done.
   * @throws {StoreError} `corrupt` when the journal is none; `full`, `io`, `read-only` when it can't be done
   */
  async finish(): Promise<void> {
    const id = await this.#namespace.resolve(JOURNAL);
    if (id === undefined) return;
    this.#bound = id;
    const content = await this.#blobs.get(id);
    const wanted = content && decodeJournal(content);
    if (wanted === undefined) throw noJournal();
    const changes: RefChange[] = [];
    for (const { inode, target } of wanted) {
      const name = inodeName(inode);
      const expected = (await this.#namespace.resolve(name)) ?? null;
      if (!isSame(target, expected)) changes.push({ name, id: target, expected });
    }
    try {
      const { outcome } = await this.commit(changes, () => {});
      if (outcome !== 'committed') throw noJournal();
    } catch (error) {
      const code = error instanceof StoreError ? error.code : undefined;
      throw code === 'invalid-id' || code === 'unknown-algorithm' ? noJournal(error) : error;
    }
  }

  /** Commits a step, and what the journal is bound to from then on. */
  async #step(changes: readonly RefChange[], journal: Binding): Promise<CommitOutcome> {
    const expected = this.#bound;
    const all = isSame(journal, expected) ? changes : [...changes, { name: JOURNAL, id: journal, expected }];
    if (all.length === 0) return COMMITTED;
    const outcome = await this.#namespace.commit(all);
    if (outcome.outcome === 'committed') this.#bound = journal;
    return outcome;
  }

  /** The first name that is not bound as a change expects. */
  async #changedElsewhere(changes: readonly RefChange[]): Promise<string | undefined> {
    const expectations = new Map(changes.map(({ name, expected = null }) => [name, expected]));
    for (let after = '', more = true; more; ) {
      const page = await this.#namespace.list({ prefix: INODE_PREFIX, after, limit: MAX_LIST_ENTRIES });
      for (const { name, id } of page.refs) {
        const expected = expectations.get(name);
        if (expected !== undefined && !isSame(expected, id)) return name;
        expectations.delete(name);
      }
      more = page.more;
      after = page.refs.at(-1)?.name ?? '';
    }
    return [...expectations].find(([, expected]) => expected !== null)?.[0];
  }
}

const isSame = (one: Binding, other: Binding): boolean =>
  one === null || other === null ? one === other : sameBytes(one, other);

const noJournal = (cause?: unknown): StoreError =>
  new StoreError('corrupt', 'The namespace holds no file system that can be read: its journal is none.', { cause });

function encodeJournal(changes: readonly RefChange[]): Uint8Array {
  const length = changes.reduce((sum, { id }) => sum + 9 + (id?.length ?? 0), HEAD_BYTES);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  view.setUint32(1, changes.length, true);
  let at = HEAD_BYTES;
  for (const { name, id } of changes) {
    view.setBigUint64(at, BigInt(inodeNumber(name)), true);
    bytes[at + 8] = id?.length ?? 0;
    if (id !== null) bytes.set(id, at + 9);
    at += 9 + (id?.length ?? 0);
  }
  return bytes;
}

/** The changes, or undefined when the bytes are not exactly such a list. */
function decodeJournal(bytes: Uint8Array): readonly { readonly inode: number; readonly target: Binding }[] | undefined {
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const changes: { inode: number; target: Binding }[] = [];
  const inodes = new Set<number>();
  let at = HEAD_BYTES;
  for (let left = view.getUint32(1, true); left > 0; left--) {
    if (bytes.length < at + 9 || bytes.length < at + 9 + bytes[at + 8]!) return undefined;
    const inode = Number(view.getBigUint64(at, true));
    const end = at + 9 + bytes[at + 8]!;
    if (!Number.isSafeInteger(inode) || inodes.has(inode)) return undefined;
    inodes.add(inode);
    changes.push({ inode, target: end === at + 9 ? null : bytes.slice(at + 9, end) });
    at = end;
  }
  return at === bytes.length ? changes : undefined;
}
