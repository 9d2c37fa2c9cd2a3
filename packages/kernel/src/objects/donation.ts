// Donation: a part of one process's account that another spends: what a client brings for the session it opens.
//
//   OPEN ── accept ──▶ ACCEPTED ── close (by who accepted), its end, nobody holds it ──▶ CLOSED
//    └───────── close (by the donor), nobody holds it, ──────────────────────────────────▲
//
//   set aside: counts as used on the donor's ledger from the beginning to CLOSED, the donor's death included
//   accepted:  the acceptor's ledger may use that much more, and that much of what it uses counts nowhere else
//
// A client that has died can't be asked for more, so what it set aside stays set aside until the server has cleaned up after it.
// It can't take back what is being spent on it either: the server would be left to pay. The server is told that the session's
// facet has gone (FACET_GONE), frees what it kept, and closes.

import { Accounts, CapError, Donation, type ResourceAmount, type Resource as ResourceName } from '@capos/abi';
import { type Ledger, RESOURCE_NAMES, type Resource } from '../accounting/ledger.ts';
import type { Process } from '../processes/process.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** Amounts beyond this are no longer exact as numbers, and beyond every machine. */
const MAX_AMOUNT = 2n ** 52n;
const UNLIMITED = 2n ** 64n - 1n;

function resourceOf(name: ResourceName): Resource {
  if (typeof name === 'number') throw new CapError('invalidArgument', `no resource has number ${name}`);
  return RESOURCE_NAMES.indexOf(name) as Resource;
}

class DonationObject extends ServedObject {
  readonly #donorId: number;
  readonly #donor: Ledger;
  readonly #amounts: ReadonlyMap<Resource, number>;
  #acceptor: Process | undefined;
  #isClosed = false;

  /** `amounts` are reserved at `donor` already. */
  constructor(donorId: number, donor: Ledger, amounts: ReadonlyMap<Resource, number>) {
    super();
    this.#donorId = donorId;
    this.#donor = donor;
    this.#amounts = amounts;
  }

  protected get served(): ServedInterface {
    return donationInterface;
  }

  get amounts(): ResourceAmount[] {
    return [...this.#amounts].map(([resource, amount]) => ({
      resource: RESOURCE_NAMES[resource]!,
      amount: BigInt(amount),
    }));
  }

  get isAccepted(): boolean {
    return this.#acceptor !== undefined;
  }

  accept(process: Process): void {
    if (this.#isClosed) throw new CapError('invalidArgument', 'the donation is closed');
    if (this.#acceptor !== undefined) throw new CapError('invalidArgument', 'the donation is accepted already');
    this.#acceptor = process;
    process.donations.add(this);
    for (const [resource, amount] of this.#amounts) process.ledger.addCredit(resource, amount);
  }

  close({ id }: Process): void {
    if (this.#isClosed) return;
    if (id !== (this.#acceptor?.id ?? this.#donorId)) {
      throw new CapError('invalidArgument', 'who accepted a donation closes it; before that, who made it');
    }
    this.giveBack();
  }

  giveBack(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const acceptor = this.#acceptor;
    acceptor?.donations.delete(this);
    for (const [resource, amount] of this.#amounts) {
      this.#donor.release(resource, amount);
      acceptor?.ledger.removeCredit(resource, amount);
    }
  }

  /** It is the donor's, wherever it goes: whoever receives it pays nothing for being given something. */
  override rechargeTo(): boolean {
    return true;
  }

  protected override unreferenced(): void {
    this.giveBack();
  }
}

const donationInterface: ServedInterface = serve<DonationObject, typeof Donation>(Donation, {
  read: (donation) => ({ amounts: donation.amounts, accepted: donation.isAccepted }),
  accept: (donation, _params, { process }) => {
    donation.accept(process);
    return {};
  },
  close: (donation, _params, { process }) => {
    donation.close(process);
    return {};
  },
});

/** The account of whoever calls. */
export class AccountsObject extends ServedObject {
  protected get served(): ServedInterface {
    return accountsInterface;
  }
}

const accountsInterface: ServedInterface = serve<AccountsObject, typeof Accounts>(Accounts, {
  used: (_accounts, _params, { process: { ledger } }) => ({
    amounts: RESOURCE_NAMES.map((resource, index) => ({
      resource,
      amount: BigInt(Math.trunc(ledger.used(index as Resource))),
    })),
  }),
  available: (_accounts, _params, { process: { ledger } }) => ({
    amounts: RESOURCE_NAMES.map((resource, index) => {
      const left = ledger.available(index as Resource);
      return { resource, amount: Number.isFinite(left) ? BigInt(Math.trunc(left)) : UNLIMITED };
    }),
  }),
  donate: (_accounts, { amounts }, call) => {
    call.requireRoom(24, 1);
    const { ledger, id } = call.process;
    const wanted = new Map<Resource, number>();
    for (const { resource, amount } of amounts) {
      const which = resourceOf(resource);
      if (amount === 0n || amount > MAX_AMOUNT || wanted.has(which)) {
        throw new CapError(
          'invalidArgument',
          'a donation names each resource once, with an amount that can be counted',
        );
      }
      wanted.set(which, Number(amount));
    }
    if (wanted.size === 0) throw new CapError('invalidArgument', 'a donation of nothing');
    const taken: [Resource, number][] = [];
    const undo = (): void => {
      for (const [resource, amount] of taken) ledger.release(resource, amount);
    };
    for (const each of wanted) {
      if (!ledger.reserve(...each)) {
        undo();
        throw new CapError('overloaded', `the account has not so many ${RESOURCE_NAMES[each[0]]} left`);
      }
      taken.push(each);
    }
    const donation = new DonationObject(id, ledger, wanted);
    if (!donation.chargeTo(ledger)) {
      undo();
      throw new CapError('overloaded', 'no kernel object left in the ledger');
    }
    donation.makerId = id;
    return { donation: call.addCapability(donation) };
  },
});
