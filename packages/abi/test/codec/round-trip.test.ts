import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDirty, specimens } from './specimen-values.ts';

describe.each(specimens)('a $name', ({ codec, values }) => {
  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(codec.decode(encodeDirty(codec, value))).toStrictEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('takes exactly the measured size, anywhere in a buffer, and touches nothing around it', () => {
    fc.assert(
      fc.property(values, fc.nat({ max: 40 }), (value, offset) => {
        const size = codec.measure(value);
        const bytes = new Uint8Array(offset + size + 16).fill(0x5a);
        expect(codec.encode(value, bytes, offset, size)).toBe(size);
        expect(bytes.subarray(offset, offset + size)).toEqual(encodeDirty(codec, value));
        expect(bytes.subarray(0, offset).every((byte) => byte === 0x5a)).toBe(true);
        expect(bytes.subarray(offset + size).every((byte) => byte === 0x5a)).toBe(true);
        expect(codec.decode(bytes, offset, size)).toStrictEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  it('does not fit in one word less', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = new Uint8Array(codec.measure(value) - 8);
        expect(() => codec.encode(value, bytes)).toThrow(
          expect.objectContaining({ name: 'CodecError', code: 'noRoom' }),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is decoded into an object of before, whatever that held', () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const into = codec.decode(encodeDirty(codec, first));
        const result = codec.decode(encodeDirty(codec, second), 0, undefined, into);
        expect(result).toStrictEqual(second);
      }),
      { numRuns: 100 },
    );
  });

  it('is read from memory that threads share', () => {
    const value = fc.sample(values, { numRuns: 1, seed: 7 })[0];
    const size = codec.measure(value);
    const shared = new Uint8Array(new SharedArrayBuffer(size + 8));
    codec.encode(value, shared, 8);
    expect(codec.decode(shared, 8)).toStrictEqual(value);
  });
});

it('an empty message is a struct of defaults', () => {
  for (const { codec } of specimens) {
    const byLength = codec.decode(new Uint8Array(0));
    expect(byLength).toStrictEqual(codec.decode(new Uint8Array(8)));
    expect(codec.decode(encodeDirty(codec, byLength))).toStrictEqual(byLength);
  }
});

it('decoding into an object keeps that object and the structs in it', () => {
  const { codec } = specimens.find(({ name }) => name === 'NewPerson')!;
  const into = codec.decode(new Uint8Array(0));
  const home = into.home;
  const bytes = encodeDirty(codec, { ...into, age: 7, home: { x: 1, y: 2 } });
  expect(codec.decode(bytes, 0, bytes.length, into)).toBe(into);
  expect(into.home).toBe(home);
  expect(home).toEqual({ x: 1, y: 2 });
});
