// The area map against a model of single pages.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AreaMap } from '../../src/memory/area-map.ts';

const PAGE = 4096;
const BASE = 0x10_0000;
const PAGES = 40;

const range = fc.tuple(fc.nat(PAGES - 1), fc.integer({ min: 1, max: 10 })).map(([first, count]) => ({
  start: BASE + first * PAGE,
  end: BASE + Math.min(PAGES, first + count) * PAGE,
}));
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), range, protection: fc.nat(3) }),
  fc.record({ kind: fc.constant('remove' as const), range, protection: fc.constant(0) }),
  fc.record({ kind: fc.constant('protect' as const), range, protection: fc.nat(3) }),
);

describe('the area map', () => {
  it('agrees with single pages after any sequence of maps, unmaps and protections', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), range, fc.integer({ min: 1, max: 12 }), (steps, probe, wanted) => {
        const map = new AreaMap();
        const model = new Map<number, number>();
        for (const { kind, range: at, protection } of steps) {
          const pages = Array.from({ length: (at.end - at.start) / PAGE }, (_, index) => at.start + index * PAGE);
          if (kind === 'set') {
            map.set({ ...at, protection, shared: false, backing: undefined, name: '' });
            for (const page of pages) model.set(page, protection);
          } else if (kind === 'remove') {
            map.remove(at.start, at.end);
            for (const page of pages) model.delete(page);
          } else {
            map.protect(at.start, at.end, protection);
            for (const page of pages) if (model.has(page)) model.set(page, protection);
          }
        }
        expect(map.total).toBe(model.size * PAGE);
        for (let page = BASE; page < BASE + PAGES * PAGE; page += PAGE)
          expect(map.at(page)?.protection).toBe(model.get(page));
        // Sorted, disjoint, and joined wherever neighbours are alike.
        for (let index = 1; index < map.areas.length; index++) {
          const [before, after] = [map.areas[index - 1]!, map.areas[index]!];
          expect(before.end).toBeLessThanOrEqual(after.start);
          if (before.end === after.start) expect(before.protection).not.toBe(after.protection);
        }
        const pages = Array.from(
          { length: (probe.end - probe.start) / PAGE },
          (_, index) => probe.start + index * PAGE,
        );
        expect(map.isFree(probe.start, probe.end)).toBe(!pages.some((page) => model.has(page)));
        expect(map.covers(probe.start, probe.end)).toBe(pages.every((page) => model.has(page)));
        const limit = BASE + PAGES * PAGE;
        const placed = map.place(wanted * PAGE, limit)!;
        expect(map.isFree(placed, placed + wanted * PAGE)).toBe(true);
        // No higher place would have done.
        for (let higher = placed + PAGE; higher + wanted * PAGE <= limit; higher += PAGE)
          expect(map.isFree(higher, higher + wanted * PAGE)).toBe(false);
      }),
    );
  });
});
