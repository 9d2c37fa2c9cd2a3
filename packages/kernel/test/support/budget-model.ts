// A budget, as a specification: everything that was ever used is remembered, and looked at through a window.
//
//   no unit comes back before a period is over          available ≤ amount − used in the last period
//   every unit is back a sixteenth of a period later    available ≥ amount − used in the last period and a sixteenth
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { Budget } from '../../src/scheduling/budget.ts';

const PERIOD_NS = 16_000;
const LATEST_NS = PERIOD_NS + PERIOD_NS / 16;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('use' as const), amount: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('time' as const), ns: fc.integer({ min: 0, max: 3000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const), ns: fc.integer({ min: 0, max: 60_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('limit' as const), amount: fc.integer({ min: 1, max: 5000 }) }),
  },
);

export function budgetProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(step, { minLength: 10, maxLength: length, size: 'max' }), (steps) => {
    const budget = new Budget();
    let amount = 1000;
    let nowNs = 0;
    let uses: { atNs: number; amount: number }[] = [];
    budget.configure(amount, PERIOD_NS);
    const usedSince = (ns: number): number => uses.reduce((sum, use) => (use.atNs > ns ? sum + use.amount : sum), 0);
    for (const next of steps) {
      if (next.kind === 'time') nowNs += next.ns;
      else if (next.kind === 'limit') {
        amount = next.amount;
        budget.configure(amount, PERIOD_NS);
      } else if (budget.available(nowNs) > 0) {
        // As the scheduler uses it: no more than there is, but for what a block of instructions is longer.
        uses.push({ atNs: nowNs, amount: next.amount });
        budget.use(next.amount, nowNs);
      }
      const available = budget.available(nowNs);
      expect(available).toBeLessThanOrEqual(amount - usedSince(nowNs - PERIOD_NS));
      expect(available).toBeGreaterThanOrEqual(amount - usedSince(nowNs - LATEST_NS));
      if (available < amount) expect(budget.nextReturnNs).toBeLessThanOrEqual(nowNs + LATEST_NS);
      uses = uses.filter((use) => use.atNs > nowNs - LATEST_NS);
    }
  });
}
