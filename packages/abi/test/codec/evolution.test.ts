import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newLists, newPerson, oldLists, oldPerson } from '../generated/codecs/index.ts';
import { capnpIsHere, frame, toText } from './capnp-program.ts';
import { encodeDirty, people } from './specimen-values.ts';

const unsetPerson = newPerson.decode(new Uint8Array(0));

describe('a struct that gained fields', () => {
  it('read by an old program loses only the new fields', () => {
    fc.assert(
      fc.property(people, (person) => {
        expect(oldPerson.decode(encodeDirty(newPerson, person))).toStrictEqual({ name: person.name, age: person.age });
      }),
    );
  });

  it('sent by an old program has the defaults of the new fields', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 65535 }), (name, age) => {
        expect(newPerson.decode(encodeDirty(oldPerson, { name, age }))).toStrictEqual({ ...unsetPerson, name, age });
      }),
    );
    expect(unsetPerson).toMatchObject({ height: 1.75, email: 'none', colour: 'green' });
  });
});

describe('a list whose elements became structs', () => {
  const old = { bytes: [1, 0, 255], words: [5n, 0n, 2n ** 64n - 1n], texts: ['a', '', 'ü'], wide: [1, 70000, 65535] };

  it('sent by an old program has the old element as each struct’s first field', () => {
    const read = newLists.decode(encodeDirty(oldLists, old));
    expect(read.bytes).toStrictEqual(old.bytes.map((value) => ({ value, more: 7 })));
    expect(read.words).toStrictEqual(old.words.map((value) => ({ value, note: '' })));
    expect(read.texts).toStrictEqual(old.texts.map((value) => ({ value, count: 0 })));
    expect(read.wide).toStrictEqual(old.wide.map((value) => value & 0xffff));
  });

  it('sent by a new program is read by an old one as the first fields', () => {
    const message = encodeDirty(newLists, {
      bytes: old.bytes.map((value) => ({ value, more: 9 })),
      words: old.words.map((value) => ({ value, note: 'n' })),
      texts: old.texts.map((value) => ({ value, count: 3 })),
      wide: [],
    });
    expect(oldLists.decode(message)).toStrictEqual({ ...old, wide: [] });
  });

  it.skipIf(!capnpIsHere)('is read by the capnp program the same way', () => {
    const [text] = toText([frame(encodeDirty(oldLists, old))], 'NewLists');
    expect(text).toContain('bytes = [(value = 1, more = 7), (value = 0, more = 7), (value = 255, more = 7)]');
    expect(text).toContain('wide = [1, 4464, 65535]');
  });
});

it('numbers are not read as lists of larger numbers', () => {
  // wide: UInt16 elements where an old program expects UInt32.
  const message = encodeDirty(newLists, { bytes: [], words: [], texts: [], wide: [1, 2, 3] });
  expect(() => oldLists.decode(message)).toThrow(expect.objectContaining({ code: 'wrongPointer' }));
});
