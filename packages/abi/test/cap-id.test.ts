import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  capGeneration,
  capSlot,
  formatCapId,
  MAX_CAP_GENERATION,
  MAX_CAP_SLOTS,
  makeCapId,
  NULL_CAP_ID,
} from '../src/index.ts';

it('a CapId is a slot and a generation, whatever they are', () => {
  fc.assert(
    fc.property(fc.nat({ max: MAX_CAP_SLOTS - 1 }), fc.nat({ max: MAX_CAP_GENERATION }), (slot, generation) => {
      const capId = makeCapId(slot, generation);
      expect(capSlot(capId)).toBe(slot);
      expect(capGeneration(capId)).toBe(generation);
      expect(capId).toBe(generation * 2 ** 20 + slot);
    }),
  );
});

it('no live CapId is null: generation 0 is never given out', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: MAX_CAP_SLOTS - 1 }),
      fc.integer({ min: 1, max: MAX_CAP_GENERATION }),
      (slot, generation) => {
        expect(makeCapId(slot, generation)).not.toBe(NULL_CAP_ID);
      },
    ),
  );
});

it('tools print slot and generation', () => {
  expect(formatCapId(makeCapId(17, 4095))).toBe('17.4095');
});
