// A difference is what it says: applied to a system as the first manifest has it, it gives the second, and touches no more than it must.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestDifference } from '../src/index.ts';
import { changeProperty, manifest } from './support/manifest-model.ts';

describe('the difference between two systems', () => {
  it('applied to the first gives the second, as often as one likes, and starts nothing again that is in both alike', () => {
    fc.assert(changeProperty({ minLength: 2, maxLength: 6 }), { numRuns: 600 });
  });

  it('names each service once, in the order in which they are started', () => {
    fc.assert(
      fc.property(manifest, manifest, (before, after) => {
        const { removed, added, restarted, upgraded, rewired, untouched } = manifestDifference(before, after);
        const moved = [...new Set(rewired.map(({ service: name }) => name))];
        const lists = [added, restarted, upgraded, moved, untouched];
        expect(lists.flat().sort()).toEqual([...after.services.keys()].sort());
        const order = after.startOrder.map(({ name }) => name);
        for (const list of lists) expect(list).toEqual(order.filter((name) => list.includes(name)));
        expect(removed).toEqual(before.startOrder.map(({ name }) => name).filter((name) => !after.services.has(name)));
      }),
    );
  });

  it('to itself is nothing, whatever the order of its services, policies and groups', () => {
    fc.assert(
      fc.property(manifest, (system) => {
        const { untouched, ...rest } = manifestDifference(system, system);
        expect(untouched).toEqual(system.startOrder.map(({ name }) => name));
        expect(Object.values(rest).flat()).toEqual([]);
      }),
    );
  });
});
