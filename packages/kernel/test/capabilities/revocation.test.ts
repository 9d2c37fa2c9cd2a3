// Revocation is one step, however many hold what is revoked.
import { Endpoint } from '@capos/abi';
import { expect, it } from 'vitest';
import { Ledger } from '../../src/accounting/ledger.ts';
import { CapTable } from '../../src/capabilities/cap-table.ts';
import { ORIGIN, TRANSFER_MODE } from '../../src/capabilities/kernel-object.ts';
import { EndpointObject } from '../../src/objects/endpoint.ts';
import { testKernel } from '../support/test-kernel.ts';

const HOLDERS = 100_000;

it('an object with 100,000 holders is revoked by one change, and no holder’s table is touched', () => {
  const endpoint = new EndpointObject(4);
  const facet = endpoint.facet(7n, 5n);
  const tables = Array.from({ length: HOLDERS / 100 }, () => new CapTable(new Ledger()));
  const slots = tables.map((table) =>
    Array.from({ length: 100 }, () =>
      table.slotOf(table.insert(facet, facet.epoch, TRANSFER_MODE.COPY, ORIGIN.TRANSFER)),
    ),
  );
  expect(facet.holders).toBe(HOLDERS);
  const epochs = tables.map((table, index) => slots[index]!.map((slot) => table.epochAt(slot)));
  endpoint.revokeBadge(7n);
  expect(tables.every((table, index) => slots[index]!.every((slot) => table.objectAt(slot) === undefined))).toBe(true);
  // What the holders have is what they had: the one word that changed is the object's.
  expect(tables.map((table, index) => slots[index]!.map((slot) => table.epochAt(slot)))).toEqual(epochs);
  expect(facet.holders).toBe(HOLDERS);
  for (const table of tables) table.clear();
});

it('a caretaker that is revoked disconnects every later use of what it handed out, and of nothing else', () => {
  const test = testKernel();
  const endpoint = test.kernel.createEndpoint();
  const owner = test.client('owner', { endpoint: endpoint.owner });
  const holders = [1n, 2n].map((badge) => test.client(`holder ${badge}`, { facet: endpoint.facet(badge, 5n) }));
  owner.call(owner.cap('endpoint'), Endpoint.methods.revoke, { badge: 1n });
  for (let use = 0; use < 3; use += 1) {
    const [revoked, kept] = holders.map((holder) =>
      holder.callRaw<unknown>(holder.cap('facet'), 0, holder.allocate(), 0),
    );
    expect(revoked!.exception?.kind).toBe('disconnected');
    expect(kept!.done).toBe(false);
  }
});
