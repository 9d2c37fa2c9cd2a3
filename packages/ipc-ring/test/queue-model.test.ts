// A ring behaves as two plain arrays with a credit count, under any sequence of operations of both sides.
import { describe, expect, test } from 'vitest';
import { checkAgainstModel } from './model/ring-commands.ts';

describe('a ring behaves as two arrays and a credit count', () => {
  test('in an ArrayBuffer', () => {
    expect(checkAgainstModel((bytes) => new ArrayBuffer(bytes), 300, 120)).toBeGreaterThan(5_000);
  });
  test('in a SharedArrayBuffer', () => {
    expect(checkAgainstModel((bytes) => new SharedArrayBuffer(bytes), 300, 120)).toBeGreaterThan(5_000);
  });
});
