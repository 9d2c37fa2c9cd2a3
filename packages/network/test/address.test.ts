// Addresses as Node reads and writes them.
import { isIP, isIPv6, SocketAddress } from 'node:net';
import { formatAddress, hasPrefix, parseAddress } from '@capos/network';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const bytes = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  // Runs of zeros, which text forms leave out.
  fc
    .array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 })
    .map((values) => Uint8Array.from(values)),
);

describe('addresses', () => {
  test('come back from their text as they were', () => {
    fc.assert(
      fc.property(bytes, (address) => {
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  test('have the text that Node gives them', () => {
    fc.assert(
      fc.property(bytes, (address) => {
        const text = formatAddress(address);
        expect(isIP(text)).toBe(address.length === 4 ? 4 : 6);
        if (!isIPv6(text) || text.includes('.')) return;
        // Node writes ::a.b.c.d for addresses that begin with 96 zero bits, as inet_ntop does; both read alike.
        const node = new SocketAddress({ address: text, family: 'ipv6' }).address;
        expect(parseAddress(node)).toEqual(address);
      }),
    );
  });

  test('are parsed exactly where Node takes them', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'f', ':', '::', '.', '255'), maxLength: 12 }),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0);
      }),
    );
  });

  test('share a prefix when their leading bits agree', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(32), fc.nat(31), (address, length, flipped) => {
        const other = address.slice();
        other[flipped >> 3]! ^= 0x80 >> (flipped & 7);
        expect(hasPrefix(address, other, length)).toBe(flipped >= length);
        expect(hasPrefix(address, address, length)).toBe(true);
      }),
    );
  });
});
