import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWithCapnpEs, encodeWithCapnpEs, hasEmptyMember } from './capnp-es-values.ts';
import { canonical, capnpIsHere, frame } from './capnp-program.ts';
import { encodeDirty, specimens } from './specimen-values.ts';

// Lists of lists and defaults of pointers are beyond capnp-es 0.0.16; the capnp program judges those.
const COMPARED = ['Numbers', 'Point', 'Pointers', 'Shape', 'Tree', 'Reading', 'NamedReading'];

describe.each(specimens.filter(({ name, capabilities }) => !capabilities && COMPARED.includes(name)))(
  'a $name',
  ({ name, codec, values }) => {
    it('written by capnp-es is read as the same value', () => {
      fc.assert(
        fc.property(values, (value) => {
          const framed = encodeWithCapnpEs(name, value);
          expect(codec.decode(framed, 8)).toStrictEqual(value);
        }),
        { numRuns: 100 },
      );
    });

    it.skipIf(!capnpIsHere)('written by capnp-es and made canonical is byte for byte what the codec writes', () => {
      const samples = fc.sample(values, { numRuns: 150, seed: 20 }).filter((value) => !hasEmptyMember(value));
      const theirs = canonical(samples.map((value) => encodeWithCapnpEs(name, value)));
      const ours = Buffer.concat(samples.map((value) => encodeDirty(codec, value)));
      // A struct field is always written, even when capnp-es was given nothing to put there.
      expect(ours.equals(theirs)).toBe(true);
    });
  },
);

it('a message without trailing zeros is byte for byte what capnp-es writes', () => {
  const { codec } = specimens.find(({ name }) => name === 'NamedReading')!;
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), fc.string({ minLength: 1 }), (takenAtNs, name) => {
      const value = { sensor: 5, name, takenAtNs };
      expect(frame(encodeDirty(codec, value))).toEqual(encodeWithCapnpEs('NamedReading', value));
    }),
  );
});

it('capnp-es reads every field of a message of ours', () => {
  const { codec } = specimens.find(({ name }) => name === 'Numbers')!;
  fc.assert(
    fc.property(specimens.find(({ name }) => name === 'Numbers')!.values, (value) => {
      const read = decodeWithCapnpEs('Numbers', frame(encodeDirty(codec, value)));
      for (const key of Object.keys(value)) {
        if (key !== 'colour') expect(read[key]).toStrictEqual(value[key]);
      }
    }),
    { numRuns: 100 },
  );
});
