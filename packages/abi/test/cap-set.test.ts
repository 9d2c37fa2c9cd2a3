import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AbiError, type CapSetEntry, capSetSize, readCapSet, toUtf8, writeCapSet } from '../src/index.ts';

const entries = fc.uniqueArray(
  fc.record(
    {
      name: fc
        .string({ unit: 'binary', minLength: 1, maxLength: 15 })
        .filter((name) => !name.includes('\0') && toUtf8(name).length <= 31),
      capId: fc.nat({ max: 2 ** 31 }),
      interfaceId: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      flags: fc.nat({ max: 255 }),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ name }) => name, maxLength: 20 },
);

it('what the kernel writes the program reads', () => {
  fc.assert(
    fc.property(entries, fc.nat({ max: 20 }), (list, offset) => {
      const bytes = new Uint8Array(offset + capSetSize(list.length)).fill(0xff);
      expect(writeCapSet(list, bytes, offset)).toBe(capSetSize(list.length));
      expect(readCapSet(bytes, offset)).toEqual(list);
    }),
  );
});

it('lies as the layout says', () => {
  const bytes = new Uint8Array(64);
  writeCapSet([{ name: 'console', capId: 0x00100002, interfaceId: 0x1122334455667788n }], bytes);
  expect(Buffer.from(bytes.subarray(0, 16)).toString('latin1')).toBe('CAPS\x01\0\0\0\0\0\0\0\0\0\0\0');
  const view = new DataView(bytes.buffer);
  expect(view.getUint32(16, true)).toBe(0x00100002);
  expect(view.getBigUint64(24, true)).toBe(0x1122334455667788n);
  expect(Buffer.from(bytes.subarray(32, 40)).toString('latin1')).toBe('console\0');
});

it.each([
  ['an empty name', ['']],
  ['a name of 32 bytes', ['x'.repeat(32)]],
  ['a name that is too long only in UTF-8', ['ü'.repeat(16)]],
  ['a name with a NUL', ['a\0b']],
  ['one name twice', ['a', 'a']],
])('%s is refused', (_, names) => {
  const list: CapSetEntry[] = names.map((name) => ({ name, capId: 1, interfaceId: 0n }));
  expect(() => writeCapSet(list, new Uint8Array(4096))).toThrow(expect.objectContaining({ code: 'badCapName' }));
});

it('a set that does not fit is refused', () => {
  const list: CapSetEntry[] = [{ name: 'a', capId: 1, interfaceId: 0n }];
  expect(() => writeCapSet(list, new Uint8Array(63))).toThrow(expect.objectContaining({ code: 'capSetTooLarge' }));
});

it('random memory is no CapSet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, magic) => {
      if (magic) bytes.set([0x43, 0x41, 0x50, 0x53].slice(0, bytes.length));
      try {
        for (const entry of readCapSet(bytes)) expect(toUtf8(entry.name).length).toBeLessThanOrEqual(96);
      } catch (error) {
        expect(error).toBeInstanceOf(AbiError);
      }
    }),
  );
});
