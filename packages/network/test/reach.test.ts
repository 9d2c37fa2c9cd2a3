// Narrowing never widens.
import { networkRule, Reach, type Wish } from '@capos/network';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const address = fc.constantFrom(
  Uint8Array.of(127, 0, 0, 1),
  Uint8Array.of(10, 0, 0, 1),
  Uint8Array.of(10, 0, 0, 2),
  Uint8Array.of(0, 0, 0, 0),
  new Uint8Array(16),
);
const port = fc.constantFrom(0, 1, 80, 443, 8080, 65_535);
const action = fc.constantFrom('connect' as const, 'listen' as const);
const protocol = fc.constantFrom('tcp' as const, 'udp' as const);
const rule = fc
  .record({
    action,
    protocol,
    address: fc.oneof(fc.constant(new Uint8Array()), address),
    bits: fc.nat(128),
    first: port,
    last: port,
  })
  .map(({ bits, first, last, ...rest }) =>
    networkRule({
      ...rest,
      prefixLength: Math.min(bits, rest.address.length * 8),
      firstPort: Math.min(first, last),
      lastPort: Math.max(first, last),
    }),
  );
const wish: fc.Arbitrary<Wish> = fc.record({ action, protocol, address, port });

test('a restricted reach allows only what the wider one does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(rule, { maxLength: 4 }), { maxLength: 3 }),
      fc.array(rule),
      wish,
      (layers, more, asked) => {
        const wider = new Reach(layers);
        const narrower = wider.narrowedBy(more);
        if (narrower.allows(asked)) {
          expect(wider.allows(asked)).toBe(true);
          expect(new Reach([more]).allows(asked)).toBe(true);
        }
      },
    ),
  );
});

test('without restriction everything is allowed, with no rules nothing', () => {
  fc.assert(
    fc.property(wish, (asked) => {
      expect(Reach.ALL.allows(asked)).toBe(true);
      expect(Reach.ALL.narrowedBy([]).allows(asked)).toBe(false);
    }),
  );
});

test('a free port may be had only where every port may', () => {
  const some = new Reach([[networkRule({ action: 'listen', protocol: 'tcp', firstPort: 80, lastPort: 90 })]]);
  const asked = { action: 'listen', protocol: 'tcp', address: Uint8Array.of(127, 0, 0, 1) } as const;
  expect(some.allows({ ...asked, port: 85 })).toBe(true);
  expect(some.allows({ ...asked, port: 0 })).toBe(false);
  expect(some.allows({ ...asked, port: 91 })).toBe(false);
});
