// The specification of accounts: a tree of ledgers, what each process holds, and what one sets aside for another.
//
//   used(L)      = what L's process holds + what it has set aside + Σ over its children C of counted(C)
//   counted(L)   = max(0, used(L) − credit(L))          what its parent sees of it: not what somebody else has paid for
//   credit(L)    = Σ of the open donations that L's process accepted
//   reserve      succeeds exactly when afterwards no ledger whose count grew is beyond limit + credit
//   release, and the end of a donation, always succeed: a ledger may then be beyond its limit, and reserves nothing until it
//   is not. The root's count changes by what was donated, by no more.
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { Ledger, RESOURCE } from '../../src/accounting/ledger.ts';

const LEDGERS = 6;

interface Donation {
  readonly from: number;
  readonly amount: number;
  to: number | undefined;
}

class Model {
  readonly parents: readonly (number | undefined)[];
  readonly limits: readonly number[];
  readonly held: number[];
  donations: Donation[] = [];

  constructor(parents: readonly (number | undefined)[], limits: readonly number[]) {
    this.parents = parents;
    this.limits = limits;
    this.held = parents.map(() => 0);
  }

  credit(ledger: number): number {
    return this.donations.reduce((sum, { to, amount }) => (to === ledger ? sum + amount : sum), 0);
  }

  used(ledger: number): number {
    const aside = this.donations.reduce((sum, { from, amount }) => (from === ledger ? sum + amount : sum), 0);
    let used = this.held[ledger]! + aside;
    for (const [child, parent] of this.parents.entries()) if (parent === ledger) used += this.counted(child);
    return used;
  }

  /** The part that is not of ledgers below. */
  own(ledger: number): number {
    return this.parents.reduce<number>(
      (own, parent, child) => (parent === ledger ? own - this.counted(child) : own),
      this.used(ledger),
    );
  }

  counted(ledger: number): number {
    return Math.max(0, this.used(ledger) - this.credit(ledger));
  }

  /** Whether `change`, which lets counts grow, leaves every ledger that grew within its bounds; undone if not. */
  allows(change: () => void, undo: () => void): boolean {
    const before = this.parents.map((_, ledger) => this.used(ledger));
    change();
    const fine = this.parents.every(
      (_, ledger) =>
        this.used(ledger) <= before[ledger]! || this.used(ledger) <= this.limits[ledger]! + this.credit(ledger),
    );
    if (!fine) undo();
    return fine;
  }
}

const amount = fc.integer({ min: 1, max: 6 });
const ledger = fc.nat({ max: LEDGERS - 1 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('reserve' as const), ledger, amount }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('release' as const), ledger, amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('donate' as const), ledger, amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('accept' as const), ledger, pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), pick: fc.nat() }) },
);

/** One run: a random tree of ledgers and a random history, checked after every step. */
export function accountingProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  const shape = fc.array(fc.record({ parent: fc.nat(), limit: fc.integer({ min: 0, max: 20 }) }), {
    minLength: LEDGERS,
    maxLength: LEDGERS,
  });
  return fc.property(fc.array(step, { maxLength: length, size: 'max' }), shape, (steps, nodes) => {
    const parents = nodes.map(({ parent }, index) => (index === 0 ? undefined : parent % index));
    const limits = nodes.map(({ limit }, index) => (index === 0 ? limit * 2 : limit));
    const model = new Model(parents, limits);
    const ledgers: Ledger[] = [];
    for (const [index, parent] of parents.entries()) {
      ledgers.push(new Ledger({ objects: limits[index]! }, parent === undefined ? undefined : ledgers[parent]));
    }
    const { OBJECTS } = RESOURCE;
    for (const action of steps) {
      if (action.kind === 'reserve') {
        const expected = model.allows(
          () => {
            model.held[action.ledger]! += action.amount;
          },
          () => {
            model.held[action.ledger]! -= action.amount;
          },
        );
        const available = ledgers[action.ledger]!.available(OBJECTS);
        expect(ledgers[action.ledger]!.reserve(OBJECTS, action.amount)).toBe(expected);
        // What is said to be available can be had, and no more.
        expect(action.amount <= available).toBe(expected);
      } else if (action.kind === 'release') {
        const back = Math.min(action.amount, model.held[action.ledger]!);
        model.held[action.ledger]! -= back;
        ledgers[action.ledger]!.release(OBJECTS, back);
      } else if (action.kind === 'donate') {
        const donation: Donation = { from: action.ledger, amount: action.amount, to: undefined };
        const expected = model.allows(
          () => model.donations.push(donation),
          () => model.donations.pop(),
        );
        expect(ledgers[action.ledger]!.reserve(OBJECTS, action.amount)).toBe(expected);
      } else if (action.kind === 'accept') {
        // The root is nobody's account.
        const open = model.donations.filter(({ to }) => to === undefined);
        if (open.length === 0 || action.ledger === 0) continue;
        const donation = open[action.pick % open.length]!;
        donation.to = action.ledger;
        ledgers[action.ledger]!.addCredit(OBJECTS, donation.amount);
      } else {
        if (model.donations.length === 0) continue;
        const [donation] = model.donations.splice(action.pick % model.donations.length, 1);
        ledgers[donation!.from]!.release(OBJECTS, donation!.amount);
        if (donation!.to !== undefined) ledgers[donation!.to]!.removeCredit(OBJECTS, donation!.amount);
      }
      for (const [index, each] of ledgers.entries()) {
        expect([each.used(OBJECTS), each.own(OBJECTS)]).toEqual([model.used(index), model.own(index)]);
      }
    }
    for (const { from, to, amount: back } of model.donations) {
      ledgers[from]!.release(OBJECTS, back);
      if (to !== undefined) ledgers[to]!.removeCredit(OBJECTS, back);
    }
    for (const [index, each] of ledgers.entries()) each.release(OBJECTS, model.held[index]!);
    for (const each of ledgers) expect(each.isEmpty).toBe(true);
  }) as unknown as fc.IPropertyWithHooks<[unknown[]]>;
}
