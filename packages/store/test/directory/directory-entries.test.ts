// A listing that goes on while names come and go gives each name that stays exactly once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DirectoryEntries } from '../../src/directory/directory-entries.ts';

test('entries behave as a map in order of arrival, and pages meet without gap or overlap', () => {
  const step = fc.record({
    kind: fc.constantFrom('add', 'add', 'delete', 'page'),
    key: fc.nat(80),
    limit: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const entries = new DirectoryEntries<number>();
      const model = new Map<string, number>();
      let cookie = 0;
      let seen: string[] = [];
      /** What was there when the listing began and was not removed since. */
      let steady = new Set<string>();
      for (const [i, { kind, key, limit }] of steps.entries()) {
        const name = String(key);
        if (kind === 'add' && !model.has(name)) {
          entries.add(name, i);
          model.set(name, i);
        } else if (kind === 'delete') {
          entries.delete(name);
          model.delete(name);
          steady.delete(name);
        } else if (kind === 'page') {
          if (cookie === 0) {
            seen = [];
            steady = new Set(model.keys());
          }
          const page = entries.after(cookie, limit);
          seen.push(...page.entries.map((entry) => entry.key));
          cookie = page.entries.at(-1)?.cookie ?? cookie;
          if (page.end) {
            for (const each of steady) expect(seen.filter((other) => other === each)).toEqual([each]);
            cookie = 0;
          }
        }
        expect(entries.size).toBe(model.size);
        expect(entries.get(name)).toBe(model.get(name));
      }
      expect([...entries].map((entry) => [entry.key, entry.node])).toEqual([...model]);
    }),
  );
});
