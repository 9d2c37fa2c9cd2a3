// Protected procedures: that they can't be told from callbacks, but by time.
import { describe, expect, it } from 'vitest';
import { compareProcedure } from '../support/hosted-differential.ts';

describe('a protected procedure', () => {
  it.each([
    ['with the fast path', true],
    ['without it', false],
  ])('can not be told from the callback that it stands for, whatever programs submit, %s', (_, fastPath) => {
    expect(compareProcedure(150, fastPath)).toBeGreaterThan(100);
  });
});
