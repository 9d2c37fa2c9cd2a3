import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { decodeUtf8, encodeUtf8, fromUtf8, toUtf8, utf8Length } from '../src/index.ts';

// The platform's own encoder and decoder are the oracle; the library can't use them.
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

// Any 16-bit units at all: paired, unpaired and swapped surrogates included.
const units = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd7f0, max: 0xe010 }),
      fc.integer({ min: 0, max: 0x900 }),
    ),
  )
  .map((codes) => String.fromCharCode(...codes));

it('text is written as the platform writes it', () => {
  fc.assert(
    fc.property(units, (text) => {
      const expected = encoder.encode(text);
      expect(utf8Length(text)).toBe(expected.length);
      const bytes = new Uint8Array(expected.length + 3);
      expect(encodeUtf8(text, bytes, 2)).toBe(expected.length + 2);
      expect(bytes.subarray(2, -1)).toEqual(expected);
      expect(toUtf8(text)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

it('well-formed bytes are read as the platform reads them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
      const bytes = encoder.encode(text);
      expect(fromUtf8(bytes)).toBe(text);
    }),
  );
});

it('ill-formed bytes give the same replacement characters as on the platform', () => {
  const byte = fc.oneof(
    fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xa0, 0x9f, 0xf0, 0x90, 0x8f, 0xf4, 0xf5, 0xff),
    fc.nat({ max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (list) => {
      const bytes = Uint8Array.from(list);
      expect(fromUtf8(bytes)).toBe(decoder.decode(bytes));
    }),
    { numRuns: 20_000 },
  );
});

it('a text longer than any batch is read whole', () => {
  const text = 'aü€😀'.repeat(5000);
  expect(fromUtf8(toUtf8(text))).toBe(text);
});

it('text is read from the middle of a buffer and from shared memory', () => {
  const bytes = new Uint8Array(new SharedArrayBuffer(16));
  encodeUtf8('grüße', bytes, 4);
  expect(decodeUtf8(bytes, 4, utf8Length('grüße'))).toBe('grüße');
});

it('is the same where the platform has no decoder', async () => {
  vi.stubGlobal('TextDecoder', undefined);
  vi.resetModules();
  const alone = await import('../src/utf8.ts');
  vi.unstubAllGlobals();
  expect(alone.fromUtf8).not.toBe(fromUtf8);
  const byte = fc.oneof(fc.constantFrom(0xc2, 0xe0, 0xed, 0xa0, 0x9f, 0xf0, 0x90, 0xf4), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 40, maxLength: 2000, size: 'max' }), (list) => {
      const bytes = Uint8Array.from(list);
      expect(alone.fromUtf8(bytes)).toBe(decoder.decode(bytes));
    }),
    { numRuns: 300 },
  );
  const text = 'aü€😀'.repeat(5000);
  expect(alone.fromUtf8(toUtf8(text))).toBe(text);
});
