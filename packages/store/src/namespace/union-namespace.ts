// Several namespaces seen as one: the first that binds a name decides it, and exactly one takes what is written.
//
//   union(base, added, 'before')   added, base      what is added hides what was there
//   union(base, added, 'after')    base, added      what is added shows where there was nothing
//   union(base, added, 'replace')  added            what was there is not seen at all
import { sameBytes } from '../blob-id.ts';
import {
  type CommitOutcome,
  type ListQuery,
  MAX_LIST_ENTRIES,
  type Ref,
  type RefChange,
  type RefPage,
} from '../engine.ts';
import { compareNames } from '../ref-name.ts';
import type { Namespace } from './namespace.ts';

export type UnionMode = 'replace' | 'before' | 'after';

/**
 * `added` put over, under or in the place of `base`.
 *
 * Writes go to the `writable` member only. A name that a member in front of it binds can't be changed through the union:
 * that is a `conflict`. Unbinding a name lets the binding of a member behind show again. A compare-and-bind compares with
 * what is seen; members behind the writable one are looked at just before, not within the transaction.
 *
 * @param writable Default: `added`. With `replace` there is no other.
 */
export function unionNamespace(
  base: Namespace,
  added: Namespace,
  mode: UnionMode,
  writable: 'base' | 'added' = 'added',
): Namespace {
  if (mode === 'replace') return added;
  const members = mode === 'before' ? [added, base] : [base, added];
  return new UnionNamespace(members, members.indexOf(writable === 'added' ? added : base));
}

class UnionNamespace implements Namespace {
  readonly #members: readonly Namespace[];
  readonly #writable: number;

  constructor(members: readonly Namespace[], writable: number) {
    this.#members = members;
    this.#writable = writable;
  }

  async resolve(name: string): Promise<Uint8Array | undefined> {
    for (const member of this.#members) {
      const id = await member.resolve(name);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  async commit(changes: readonly RefChange[]): Promise<CommitOutcome> {
    const own: RefChange[] = [];
    for (const change of changes) {
      const { name, expected } = change;
      for (const front of this.#members.slice(0, this.#writable)) {
        if ((await front.resolve(name)) !== undefined) return { outcome: 'conflict', name };
      }
      const bound = expected === undefined ? undefined : await this.#members[this.#writable]!.resolve(name);
      if (expected === undefined || bound !== undefined) {
        own.push(change);
        continue;
      }
      // Not bound in the writable member: what was expected must be seen through it.
      const behind = await this.#behind(name);
      const holds = expected === null ? behind === undefined : behind !== undefined && sameBytes(behind, expected);
      if (!holds) return { outcome: 'conflict', name };
      own.push({ ...change, expected: null });
    }
    return this.#members[this.#writable]!.commit(own);
  }

  async list({ prefix = '', after = '', limit = MAX_LIST_ENTRIES }: ListQuery = {}): Promise<RefPage> {
    const wanted = Math.min(MAX_LIST_ENTRIES, Math.max(1, limit));
    const pages = await Promise.all(this.#members.map((member) => member.list({ prefix, after, limit: wanted })));
    // A member with more names says nothing about those behind its last one: the page ends there.
    const ends = pages.filter((page) => page.more).map((page) => page.refs.at(-1)!.name);
    const end = ends.sort(compareNames)[0];
    const seen = new Map<string, Ref>();
    for (const { refs } of pages) for (const ref of refs) if (!seen.has(ref.name)) seen.set(ref.name, ref);
    const merged = [...seen.values()].sort((a, b) => compareNames(a.name, b.name));
    const whole = end === undefined ? merged : merged.filter((ref) => compareNames(ref.name, end) <= 0);
    return { refs: whole.slice(0, wanted), more: end !== undefined || whole.length > wanted };
  }

  async sync(): Promise<void> {
    await this.#members[this.#writable]!.sync();
  }

  async #behind(name: string): Promise<Uint8Array | undefined> {
    for (const member of this.#members.slice(this.#writable + 1)) {
      const id = await member.resolve(name);
      if (id !== undefined) return id;
    }
    return undefined;
  }
}
