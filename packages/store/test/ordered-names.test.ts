// Names stay sorted as their UTF-8 bytes are, whatever comes and goes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedNames } from '../src/ordered-names.ts';
import { compareNames } from '../src/ref-name.ts';

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('a', 'aa', '\ue000', '\uffff', '😀', '\ud7ff'),
);
const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

test('names compare as their UTF-8 bytes do', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(bytewise(a, b));
    }),
  );
});

test('a set of names lists like a sorted array, from any place', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), name), { maxLength: 100 }),
      name,
      fc.boolean(),
      (steps, from, inclusive) => {
        const names = new OrderedNames();
        const model = new Set<string>();
        for (const [add, each] of steps) {
          if (add) {
            names.add(each);
            model.add(each);
          } else {
            names.delete(each);
            model.delete(each);
          }
        }
        const expected = [...model].sort(bytewise).filter((each) => bytewise(each, from) > (inclusive ? -1 : 0));
        expect([...names.from(from, inclusive)]).toEqual(expected);
      },
    ),
  );
});

test('thousands of names split into chunks and come out in order', () => {
  const names = new OrderedNames();
  const all = Array.from({ length: 5000 }, (_, i) => `n${(i * 7919) % 5000}`);
  for (const each of all) names.add(each);
  for (const each of all) names.add(each);
  expect([...names.from('', true)]).toEqual([...new Set(all)].sort());
  for (const each of all.slice(0, 4990)) names.delete(each);
  expect([...names.from('', true)]).toEqual(all.slice(4990).sort());
});
