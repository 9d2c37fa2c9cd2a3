// The arena's allocator against a plain list of taken ranges, under any sequence of requests.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArenaAllocator } from '../src/index.ts';

describe('the arena allocator', () => {
  test('never hands out the same byte twice, stays inside its heap, and gets everything back', () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.array(
          fc.oneof(
            { weight: 3, arbitrary: fc.nat(5000) },
            { weight: 2, arbitrary: fc.integer({ min: -100, max: -1 }) },
          ),
        ),
        (heap, requests) => {
          const start = 128;
          const end = start + heap * 16;
          const allocator = new ArenaAllocator(start, end);
          const whole = allocator.totalBytes;
          const taken: { offset: number; bytes: number }[] = [];
          for (const request of requests) {
            if (request < 0) {
              if (taken.length === 0) continue;
              const [range] = taken.splice(-request % taken.length, 1);
              allocator.free(range!.offset);
              continue;
            }
            const offset = allocator.allocate(request);
            if (offset < 0) continue;
            expect(offset % 64).toBe(0);
            expect(offset).toBeGreaterThanOrEqual(start);
            expect(offset + request).toBeLessThanOrEqual(end);
            for (const other of taken) {
              expect(offset + request <= other.offset || other.offset + other.bytes <= offset).toBe(true);
            }
            taken.push({ offset, bytes: Math.max(1, request) });
          }
          for (const { offset } of taken) allocator.free(offset);
          expect(allocator.freeBytes).toBe(whole);
          // All of it joined again: the largest block there can be is there.
          const largest = 2 ** Math.floor(Math.log2(whole / 64)) * 64;
          if (whole > 0) expect(allocator.allocate(largest)).toBe(start);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('refuses to free what is not taken', () => {
    const allocator = new ArenaAllocator(0, 4096);
    const offset = allocator.allocate(100);
    allocator.free(offset);
    expect(() => allocator.free(offset)).toThrow(/no allocated block/);
    expect(() => allocator.free(64)).toThrow(/no allocated block/);
    expect(() => allocator.free(1 << 20)).toThrow(/no allocated block/);
  });
});
