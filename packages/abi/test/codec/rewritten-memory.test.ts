import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError } from '../../src/index.ts';
import { encodeDirty, specimens } from './specimen-values.ts';

/** A buffer that a neighbour rewrites between any two loads: `load` decides what each load of a byte sees. */
function watched(bytes: Uint8Array, load: (index: number, value: number) => number): Uint8Array {
  return new Proxy(bytes, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) {
        const index = Number(key);
        return index < target.length ? load(index, target[index]!) : undefined;
      }
      if (key === 'subarray') {
        return (from: number, to: number) =>
          Uint8Array.from({ length: to - from }, (_, at) => load(from + at, target[from + at]!));
      }
      return Reflect.get(target, key, target);
    },
  });
}

// A list whose type has a default in the schema is looked at twice before it is followed; either look is checked.
const readOnce = specimens.filter(({ name }) => name !== 'Defaults');

describe.each(readOnce)('a $name in shared memory', ({ codec, values }) => {
  it('is read byte by byte, none of them twice', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encodeDirty(codec, value);
        const loads = new Uint8Array(bytes.length);
        const result = codec.decode(
          watched(bytes, (index, byte) => {
            loads[index]!++;
            return byte;
          }),
        );
        expect(result).toStrictEqual(value);
        expect(Math.max(...loads)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(specimens)('a $name that is rewritten while it is read', ({ codec, values }) => {
  it('is some value of its type or a CodecError', () => {
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat()), (value, stream) => {
        const bytes = encodeDirty(codec, value);
        const shifting = watched(bytes, (_, byte) => {
          const random = stream.next().value!;
          return random % 5 === 0 ? (random >>> 8) & 0xff : byte;
        });
        let result: unknown;
        try {
          result = codec.decode(shifting);
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
          return;
        }
        // What came out is a value of the type: it can be sent again.
        expect(() => encodeDirty(codec, result)).not.toThrow();
      }),
      { numRuns: 150 },
    );
  });

  it('is never read back while it is written', () => {
    fc.assert(
      fc.property(values, (value) => {
        const plain = encodeDirty(codec, value);
        const target = new Uint8Array(plain.length);
        const writeOnly = new Proxy(target, {
          get(bytes, key) {
            if (typeof key === 'string' && /^\d+$/.test(key)) throw new Error(`byte ${key} was read back`);
            const member = Reflect.get(bytes, key, bytes);
            return typeof member === 'function' ? member.bind(bytes) : member;
          },
          set: (bytes, key, byte) => Reflect.set(bytes, key, byte),
        });
        codec.encode(value, writeOnly);
        expect(target).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });
});
