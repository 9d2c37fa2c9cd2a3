// Namespace as capability calls on an engine. A facet's badge says which part of the names it is; `sub` mints a new one.
//
//   badges minted elsewhere (init, the embedder)   all names, or the part that `partOf` gives them
//   FIRST_LENT_BADGE and up, minted here           the part below a prefix; forgotten when nobody holds the facet
import { CapError, type NamespaceChange, Namespace as NamespaceInterface, type NamespaceOutcome } from '@capos/abi';
import {
  type Cap,
  type Environment,
  FIRST_LENT_BADGE,
  facetService,
  type Implementation,
  LentObjects,
  type Service,
  serveFacets,
} from '@capos/runtime';
import type { CommitOutcome, Engine, RefChange } from '../engine.ts';
import { engineNamespace, type Namespace } from '../namespace/namespace.ts';
import { checkRefName } from '../ref-name.ts';
import { answering, storeFailure } from './store-failure.ts';

/** Bytes of entries in a listing whose caller names no limit: within the results a client expects by default. */
const LISTING_BYTES = 12_000;
const ENTRY_BYTES = 64;

export interface NamespaceServiceOptions {
  /** The part of the names that a facet minted elsewhere stands for: a prefix, empty for all. Default: all. */
  readonly partOf?: (badge: bigint) => string;
  /** Sub-namespaces held at one time. Default 4,096. */
  readonly maxSubNamespaces?: number;
  readonly receives?: number;
  readonly bufferSize?: number;
  readonly onError?: (error: unknown) => void;
}

interface Part {
  readonly prefix: string;
  readonly names: Namespace;
}

/** Serves `engine` as Namespace at `endpoint`. */
export function serveNamespace(
  environment: Environment,
  endpoint: Cap,
  engine: Engine,
  options: NamespaceServiceOptions = {},
): Service {
  const { partOf = () => '', maxSubNamespaces = 4096, ...serving } = options;
  const parts = new Map<bigint, Part>();
  const subs = new LentObjects<Part>(environment, endpoint, maxSubNamespaces);

  const partFor = (badge: bigint): Part => {
    const known = subs.get(badge) ?? parts.get(badge);
    if (known !== undefined) return known;
    const prefix = partOf(badge);
    const part = { prefix, names: engineNamespace(engine, prefix) };
    parts.set(badge, part);
    return part;
  };
  const namesOf = (context: { readonly badge: bigint }): Namespace => partFor(context.badge).names;
  const commit = (context: { readonly badge: bigint }, changes: readonly RefChange[]): CommitOutcome =>
    namesOf(context).commit(changes) as CommitOutcome;

  const implementation: Implementation<typeof NamespaceInterface> = {
    resolve: ({ name }, context) =>
      answering(() => {
        const id = namesOf(context).resolve(name) as Uint8Array | undefined;
        return { binding: id === undefined ? { which: 'missing' } : { which: 'id', id } };
      }),
    bind: (change, context) => answering(() => ({ outcome: outcomeOf(commit(context, [boundChange(change)])) })),
    unbind: ({ name }, context) => answering(() => ({ outcome: outcomeOf(commit(context, [{ name, id: null }])) })),
    list: ({ prefix, after, limit }, context) =>
      answering(() => {
        const page = namesOf(context).list({ prefix, after, ...(limit > 0 ? { limit } : {}) }) as {
          refs: readonly { name: string; id: Uint8Array }[];
          more: boolean;
        };
        if (limit > 0) return { entries: page.refs, more: page.more };
        let count = 0;
        for (let bytes = 0; count < page.refs.length; count++) {
          const { name, id } = page.refs[count]!;
          bytes += ENTRY_BYTES + name.length * 3 + id.length;
          if (count > 0 && bytes > LISTING_BYTES) break;
        }
        return { entries: page.refs.slice(0, count), more: page.more || count < page.refs.length };
      }),
    sub: ({ prefix }, context) => {
      answering(() => checkRefName(prefix));
      if (subs.isFull) throw new CapError('overloaded', 'too many namespaces are held');
      const outer = partFor(context.badge).prefix;
      const inner = outer === '' ? prefix : `${outer}${outer.endsWith('/') ? '' : '/'}${prefix}`;
      const part = answering(() => ({ prefix: inner, names: engineNamespace(engine, inner) }));
      return subs.lend(
        context,
        NamespaceInterface.id,
        () => part,
        (namespace) => ({ namespace }),
      );
    },
    sync: () =>
      engine.sync().catch((error: unknown) => {
        throw storeFailure(error);
      }),
    commit: ({ changes }, context) =>
      answering(() => {
        const outcome = commit(
          context,
          changes.map((change) => (change.id.length === 0 ? unboundChange(change) : boundChange(change))),
        );
        return { outcome: outcomeOf(outcome), name: outcome.outcome === 'committed' ? '' : outcome.name };
      }),
  };
  const service = facetService(NamespaceInterface, implementation);
  return serveFacets(
    environment,
    endpoint,
    (badge) => (badge < FIRST_LENT_BADGE || subs.get(badge) ? service : undefined),
    {
      ...serving,
      gone: (badge) => {
        parts.delete(badge);
        subs.gone(badge);
      },
    },
  );
}

function outcomeOf({ outcome }: CommitOutcome): NamespaceOutcome {
  return outcome === 'committed' ? 'ok' : outcome;
}

const expectation = ({
  ifMatch,
  conditional,
}: Omit<NamespaceChange, 'name' | 'id'>): { expected?: Uint8Array | null } =>
  conditional ? { expected: ifMatch.length === 0 ? null : ifMatch } : {};

function boundChange(change: NamespaceChange): RefChange {
  return { name: change.name, id: change.id, ...expectation(change) };
}

function unboundChange(change: NamespaceChange): RefChange {
  return { name: change.name, id: null, ...expectation(change) };
}
