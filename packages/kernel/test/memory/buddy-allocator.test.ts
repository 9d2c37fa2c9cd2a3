// Against a model: a frame is free or belongs to one allocation.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BuddyAllocator, MAX_ORDER } from '../../src/memory/buddy-allocator.ts';

const FRAMES = 1000;

function allFree(): BuddyAllocator {
  const buddy = new BuddyAllocator(FRAMES);
  buddy.release(0, FRAMES);
  return buddy;
}

const operation = fc.oneof(
  fc.record({ kind: fc.constant('block' as const), order: fc.integer({ min: 0, max: 8 }) }),
  fc.record({ kind: fc.constant('run' as const), count: fc.integer({ min: 1, max: 300 }) }),
  fc.record({
    kind: fc.constant('claim' as const),
    frame: fc.integer({ min: -5, max: FRAMES + 5 }),
    count: fc.integer({ min: 1, max: 100 }),
  }),
  fc.record({ kind: fc.constant('release' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('part' as const), which: fc.nat(), cut: fc.nat() }),
);

describe('the buddy allocator', () => {
  it('gives out every frame at most once, and knows which are free', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120, size: 'max' }), (operations) => {
        const buddy = allFree();
        const owner = new Int32Array(FRAMES).fill(0);
        const runs: { frame: number; count: number; id: number }[] = [];
        let id = 0;
        const take = (frame: number, count: number): void => {
          id++;
          for (let at = frame; at < frame + count; at++) {
            expect(owner[at]).toBe(0);
            owner[at] = id;
          }
          runs.push({ frame, count, id });
        };
        for (const action of operations) {
          if (action.kind === 'block') {
            const frame = buddy.allocate(action.order);
            if (frame >= 0) {
              expect(frame % 2 ** action.order).toBe(0);
              take(frame, 2 ** action.order);
            }
          } else if (action.kind === 'run') {
            const frame = buddy.allocateRun(action.count);
            if (frame >= 0) take(frame, action.count);
          } else if (action.kind === 'claim') {
            const { frame, count } = action;
            const possible =
              frame >= 0 && frame + count <= FRAMES && owner.subarray(frame, frame + count).every((held) => held === 0);
            expect(buddy.claim(frame, count)).toBe(possible);
            if (possible) take(frame, count);
          } else if (runs.length > 0) {
            const [run] = runs.splice(action.which % runs.length, 1);
            const keep = action.kind === 'part' ? action.cut % run!.count : 0;
            buddy.release(run!.frame + keep, run!.count - keep);
            owner.fill(0, run!.frame + keep, run!.frame + run!.count);
            if (keep > 0) runs.push({ ...run!, count: keep });
          }
          expect(buddy.free).toBe(owner.filter((held) => held === 0).length);
        }
        for (let frame = 0; frame < FRAMES; frame++) expect(buddy.isFree(frame)).toBe(owner[frame] === 0);
      }),
      { numRuns: 60 },
    );
  });

  it('joins buddies again, so that everything freed is as large as at first', () => {
    const whole = allFree().freeBlocks();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60, size: 'max' }),
        fc.infiniteStream(fc.nat()),
        (counts, picks) => {
          const buddy = allFree();
          const runs = counts
            .map((count) => ({ frame: buddy.allocateRun(count), count }))
            .filter(({ frame }) => frame >= 0);
          for (const pick of picks) {
            if (runs.length === 0) break;
            const [run] = runs.splice(pick % runs.length, 1);
            buddy.release(run!.frame, run!.count);
          }
          expect(buddy.freeBlocks()).toEqual(whole);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has no block beyond its largest order', () => {
    expect(allFree().allocateRun(2 ** MAX_ORDER + 1)).toBe(-1);
    expect(allFree().allocate(10)).toBe(-1);
  });
});
