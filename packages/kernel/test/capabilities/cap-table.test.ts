import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/accounting/ledger.ts';
import { CapTable } from '../../src/capabilities/cap-table.ts';
import { ORIGIN, TRANSFER_MODE } from '../../src/capabilities/kernel-object.ts';
import { capTableProperty, Thing } from '../support/cap-table-model.ts';

describe('capability tables', () => {
  it('hold what the model says, after any sequence of grants, transfers, revocations and failures', () => {
    fc.assert(capTableProperty(100), { numRuns: 200 });
  });

  it('notice an id whose slot has been used again', () => {
    const each = new CapTable(new Ledger());
    const thing = new Thing();
    const first = each.insert(thing, 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL);
    each.remove(each.slotOf(first));
    expect(thing.ended).toBe(true);
    const again = new Thing();
    const second = each.insert(again, 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL);
    expect(each.slotOf(first)).toBe(-1);
    expect(each.slotOf(second)).toBeGreaterThanOrEqual(0);
  });

  it('retire a slot whose generations are used up, rather than let an old id come back to life', () => {
    const each = new CapTable(new Ledger());
    const ids = new Set<number>();
    for (let round = 0; round < 10_000; round++) {
      const capId = each.insert(new Thing(), 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL);
      expect(ids.has(capId)).toBe(false);
      ids.add(capId);
      each.remove(each.slotOf(capId));
    }
  });

  it('revoke a hundred thousand holders with one increment', () => {
    const each = new CapTable(new Ledger());
    const thing = new Thing();
    const ids = Array.from({ length: 100_000 }, () =>
      each.insert(thing, thing.epoch, TRANSFER_MODE.COPY, ORIGIN.KERNEL),
    );
    thing.revoke();
    expect(each.objectAt(each.slotOf(ids[99_999]!))).toBeUndefined();
    expect(each.objectAt(each.slotOf(ids[0]!))).toBeUndefined();
  });
});
