// Names and what they are bound to, in memory. Decide, then apply: `evaluate` changes nothing, `apply` can't fail.
import { type BlobId, sameBytes } from './blob-id.ts';
import {
  type CommitOutcome,
  type ListQuery,
  MAX_LIST_ENTRIES,
  MAX_TRANSACTION_CHANGES,
  type Ref,
  type RefChange,
  type RefPage,
} from './engine.ts';
import { OrderedNames } from './ordered-names.ts';
import { checkRefName, compareNames } from './ref-name.ts';
import { StoreError } from './store-error.ts';

const COMMITTED: CommitOutcome = { outcome: 'committed' };

export class RefTable {
  readonly #bindings = new Map<string, BlobId>();
  readonly #order = new OrderedNames();
  readonly #maxRefs: number;

  constructor(maxRefs: number) {
    this.#maxRefs = maxRefs;
  }

  get count(): number {
    return this.#bindings.size;
  }

  resolve(name: string): BlobId | undefined {
    return this.#bindings.get(name)?.slice();
  }

  /**
   * What a transaction would do, without doing it.
   * @param present whether a blob is in the store; also checks the id's shape.
   */
  evaluate(changes: readonly RefChange[], present: (id: BlobId) => boolean): CommitOutcome {
    if (changes.length === 0 || changes.length > MAX_TRANSACTION_CHANGES) {
      throw new StoreError(
        'invalid-transaction',
        `A transaction changes 1 to ${MAX_TRANSACTION_CHANGES} names; this one changes ${changes.length}.`,
      );
    }
    const seen = new Set<string>();
    let added = 0;
    for (const { name, id } of changes) {
      checkRefName(name);
      if (seen.has(name)) {
        throw new StoreError(
          'invalid-transaction',
          `The name ${JSON.stringify(name)} occurs twice in one transaction.`,
        );
      }
      seen.add(name);
      if (id !== null && !this.#bindings.has(name)) added++;
    }
    for (const { name, expected } of changes) {
      if (expected === undefined) continue;
      const bound = this.#bindings.get(name);
      const holds = expected === null ? bound === undefined : bound !== undefined && sameBytes(bound, expected);
      if (!holds) return { outcome: 'conflict', name };
    }
    for (const { name, id } of changes) {
      const there = id === null ? this.#bindings.has(name) : present(id);
      if (!there) return { outcome: 'missing', name };
    }
    if (this.#bindings.size + added > this.#maxRefs) {
      throw new StoreError(
        'full',
        `The store holds its limit of ${this.#maxRefs} names. Unbind some, or open it with a larger maxRefs.`,
      );
    }
    return COMMITTED;
  }

  apply(changes: readonly RefChange[]): void {
    for (const { name, id } of changes) {
      if (id === null) {
        if (this.#bindings.delete(name)) this.#order.delete(name);
      } else {
        if (!this.#bindings.has(name)) this.#order.add(name);
        this.#bindings.set(name, id.slice());
      }
    }
  }

  list(query: ListQuery = {}): RefPage {
    const { prefix = '', after = '' } = query;
    const limit = Math.min(
      MAX_LIST_ENTRIES,
      Math.max(1, Math.trunc(query.limit ?? MAX_LIST_ENTRIES) || MAX_LIST_ENTRIES),
    );
    const refs: Ref[] = [];
    // Names with the prefix are one run: start where it begins, or right after `after` where that comes later.
    const resume = after !== '' && compareNames(after, prefix) >= 0;
    for (const name of this.#order.from(resume ? after : prefix, !resume)) {
      if (!name.startsWith(prefix)) break;
      if (refs.length === limit) return { refs, more: true };
      refs.push({ name, id: this.#bindings.get(name)!.slice() });
    }
    return { refs, more: false };
  }
}
