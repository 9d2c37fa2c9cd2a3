// A namespace as an object: names bound to blob ids, whether in an engine here or behind a capability.
import type { BlobId } from '../blob-id.ts';
import type { CommitOutcome, Engine, ListQuery, RefChange, RefPage } from '../engine.ts';
import { checkRefName } from '../ref-name.ts';

export type MaybePromise<T> = T | Promise<T>;

export interface Namespace {
  resolve(name: string): MaybePromise<BlobId | undefined>;
  /** Makes all changes or none. */
  commit(changes: readonly RefChange[]): MaybePromise<CommitOutcome>;
  list(query?: ListQuery): MaybePromise<RefPage>;
  sync(): MaybePromise<void>;
}

/** Content-addressed blobs, in an engine here or behind a capability. */
export interface BlobStore {
  put(content: Uint8Array): MaybePromise<BlobId>;
  get(id: BlobId): MaybePromise<Uint8Array | undefined>;
}

/**
 * The part of `engine` below `prefix`, as a namespace of its own. Names are put behind the prefix and mean nothing more:
 * there is no way up.
 *
 * @param prefix Empty for all of it; otherwise a name, to which a slash is added where it has none.
 * @throws {StoreError} `invalid-name`.
 */
export function engineNamespace(engine: Engine, prefix: string = ''): Namespace {
  if (prefix !== '') checkRefName(prefix);
  const base = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const inner = (name: string): string => {
    checkRefName(name);
    return base + name;
  };
  return {
    resolve: (name) => engine.resolve(inner(name)),
    commit(changes) {
      const outcome = engine.commit(changes.map((change) => ({ ...change, name: inner(change.name) })));
      return outcome.outcome === 'committed' ? outcome : { ...outcome, name: outcome.name.slice(base.length) };
    },
    list({ prefix: below = '', after = '', ...rest } = {}) {
      // Before the first name of this part lies its base itself, which is no name within.
      const page = engine.list({ ...rest, prefix: base + below, after: after === '' ? base : base + after });
      return { more: page.more, refs: page.refs.map(({ name, id }) => ({ name: name.slice(base.length), id })) };
    },
    sync: () => engine.sync(),
  };
}
