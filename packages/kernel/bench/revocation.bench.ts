// Revoking what 100,000 references lead to, and what one does: the same step. The holders' tables are not looked at.
import { area } from '@capos/tooling/bench';
import { Ledger } from '../src/accounting/ledger.ts';
import { CapTable } from '../src/capabilities/cap-table.ts';
import { ORIGIN, TRANSFER_MODE } from '../src/capabilities/kernel-object.ts';
import { EndpointObject } from '../src/objects/endpoint.ts';
import { cpuNs } from './party.ts';

const BADGE = 7n;
const HOLDERS_A_TABLE = 100;
/** A hundred milliseconds and more: processor time moves in steps of one. */
const REVOCATIONS = 2_000_000;

/** An endpoint with one facet that so many table entries refer to; answers nanoseconds a revocation of its badge. */
function revoking(holders: number): () => number {
  const endpoint = new EndpointObject(4);
  const facet = endpoint.facet(BADGE, 5n);
  const tables = Array.from({ length: Math.ceil(holders / HOLDERS_A_TABLE) }, () => new CapTable(new Ledger()));
  for (let holder = 0; holder < holders; holder++) {
    const table = tables[Math.floor(holder / HOLDERS_A_TABLE)]!;
    table.insert(facet, facet.epoch, TRANSFER_MODE.COPY, ORIGIN.TRANSFER);
  }
  if (facet.holders !== holders) throw new Error(`${facet.holders} of ${holders} hold the facet`);
  return () => {
    const start = cpuNs();
    for (let revocation = 0; revocation < REVOCATIONS; revocation++) endpoint.revokeBadge(BADGE);
    return (cpuNs() - start) / REVOCATIONS;
  };
}

area('kernel', async (suite) => {
  await suite.compare({
    name: 'revoke-100000-holders',
    unit: 'ns',
    ours: revoking(100_000),
    rival: { name: 'one holder', run: revoking(1) },
    rounds: 9,
  });
});
