// A union of namespaces behaves as a small model says, and a part of a namespace stays within itself.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CommitOutcome, memoryEngine, type RefPage } from '../../src/index.ts';
import { engineNamespace } from '../../src/namespace/namespace.ts';
import { type UnionMode, unionNamespace } from '../../src/namespace/union-namespace.ts';

const names = ['a', 'b', 'b/c', 'd', 'é', '😀'];
const modes: readonly UnionMode[] = ['before', 'after', 'replace'];

test('what a union resolves and lists is what the first member that binds a name says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...modes),
      fc.array(fc.record({ member: fc.nat(1), name: fc.constantFrom(...names), value: fc.nat(3) }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (mode, bindings, limit) => {
        const engine = memoryEngine();
        const [base, added] = [engineNamespace(engine, 'base'), engineNamespace(engine, 'added')];
        const models = [new Map<string, number>(), new Map<string, number>()];
        const ids = [0, 1, 2, 3].map((value) => engine.put(Uint8Array.of(value)));
        for (const { member, name, value } of bindings) {
          await [base, added][member]!.commit([{ name, id: ids[value]! }]);
          models[member]!.set(name, value);
        }
        const order = mode === 'replace' ? [models[1]!] : mode === 'before' ? [models[1]!, models[0]!] : models;
        const expected = new Map<string, number>();
        for (const model of [...order].reverse()) for (const [name, value] of model) expected.set(name, value);
        const union = unionNamespace(base, added, mode);
        for (const name of names) {
          const value = expected.get(name);
          expect(await union.resolve(name)).toEqual(value === undefined ? undefined : ids[value]);
        }
        const listed: [string, Uint8Array][] = [];
        for (let after = '', more = true; more; ) {
          const page = await union.list({ after, limit });
          expect(page.refs.length).toBeLessThanOrEqual(limit);
          listed.push(...page.refs.map(({ name, id }): [string, Uint8Array] => [name, id]));
          more = page.more;
          after = listed.at(-1)?.[0] ?? '';
        }
        expect(listed).toEqual(
          names.filter((name) => expected.has(name)).map((name) => [name, ids[expected.get(name)!]]),
        );
      },
    ),
  );
});

test('writes go to the writable member, and never where they could not be seen', async () => {
  const engine = memoryEngine();
  const [base, added] = [engineNamespace(engine, 'base'), engineNamespace(engine, 'added')];
  const [one, two] = [engine.put(Uint8Array.of(1)), engine.put(Uint8Array.of(2))];
  await base.commit([{ name: 'b', id: one }]);
  const over = unionNamespace(base, added, 'before');
  expect(await over.commit([{ name: 'b', id: two, expected: two }])).toEqual({ outcome: 'conflict', name: 'b' });
  expect(await over.commit([{ name: 'b', id: two, expected: null }])).toEqual({ outcome: 'conflict', name: 'b' });
  expect(await over.commit([{ name: 'b', id: two, expected: one }])).toEqual({ outcome: 'committed' });
  expect([await base.resolve('b'), await added.resolve('b')]).toEqual([one, two]);
  expect(await over.commit([{ name: 'b', id: null, expected: two }])).toEqual({ outcome: 'committed' });
  expect(await over.resolve('b')).toEqual(one);
  const under = unionNamespace(base, added, 'after');
  expect(await under.commit([{ name: 'b', id: two }])).toEqual({ outcome: 'conflict', name: 'b' });
  expect(await under.commit([{ name: 'new', id: two, expected: null }])).toEqual({ outcome: 'committed' });
  expect(await added.resolve('new')).toEqual(two);
  const lower = unionNamespace(base, added, 'before', 'base');
  expect(await lower.commit([{ name: 'lower', id: one }])).toEqual({ outcome: 'committed' });
  expect(await base.resolve('lower')).toEqual(one);
  await over.sync();
});

test('whatever is asked of a part of a namespace, nothing outside it is read or changed', () => {
  const part = fc.constantFrom('a', 'a/', 'a/b', '..', '.', 'x');
  const any = fc.oneof(
    fc.constantFrom('', '/', '..', '../x', '../../secret', 'a/../..', '\0', '\udc00', 'n'.repeat(2000)),
    fc.string(),
  );
  fc.assert(
    fc.property(part, any, any, any, (prefix, name, below, after) => {
      const engine = memoryEngine();
      const id = engine.put(Uint8Array.of(1));
      const outside = ['secret', 'x', 'a', 'ab', 'zz', '..x'].map((each) => ({ name: each, id }));
      engine.commit(outside);
      const view = engineNamespace(engine, prefix);
      const before = engine.list().refs.map((ref) => ref.name);
      const base = prefix.endsWith('/') ? prefix : `${prefix}/`;
      for (const act of [
        () => view.resolve(name),
        () => (view.list({ prefix: below, after }) as RefPage).refs[0],
        () => (view.commit([{ name, id: null }]) as CommitOutcome).outcome === 'committed' || undefined,
      ]) {
        try {
          expect(act()).toBeUndefined();
        } catch (error) {
          expect((error as { code: unknown }).code).toBe('invalid-name');
        }
      }
      try {
        view.commit([{ name, id }]);
      } catch (error) {
        expect((error as { code: unknown }).code).toBe('invalid-name');
      }
      const added = engine
        .list()
        .refs.map((ref) => ref.name)
        .filter((each) => !before.includes(each));
      expect(added.every((each) => each.startsWith(base))).toBe(true);
      for (const each of outside) expect(engine.resolve(each.name)).toEqual(id);
    }),
  );
});
