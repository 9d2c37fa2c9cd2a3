// Ledger: what a process makes the kernel hold, one count per resource class.
//
//   root ledger  (the whole system; limits = the machine)
//     └─ process's ledger
//          └─ ledgers of the processes it started …      every reservation counts in all of them up to the root
//
//   donation     donor ──set aside──▶ counts as used there, and so up to the root
//                acceptor ◀──credit── its first `credit` units count nowhere else: the donor has paid for them
//
// Rule: reserve before any side effect, release on every path, death included. A ledger outlives its process as long as
// something charged to it does (a MemoryObject that another process still holds), so the root's sums are exact, and a
// process that starts others can't escape its own limits by it.

import { assertInvariant } from '../kernel-error.ts';

/** Resource classes, as columns of a ledger. */
export const RESOURCE = {
  /** Slots of the capability table. */
  CAP_SLOTS: 0,
  /** Physical frames of 4 KiB: memory, page tables, rings. */
  FRAMES: 1,
  /** Pages of address space with an area, backed or not. */
  RESERVED_PAGES: 2,
  /** Areas of the address space. */
  AREAS: 3,
  /** Calls and other operations that wait for something. */
  PENDING_OPERATIONS: 4,
  /** Bytes of messages that the kernel keeps for the process. */
  IN_FLIGHT_BYTES: 5,
  /** Timers that have not fired. */
  TIMERS: 6,
  THREADS: 7,
  /** Bytes of a hosted process's arena. */
  ARENA_BYTES: 8,
  /** Kernel objects made on the process's behalf: endpoints, facets, notifications, memory objects. */
  OBJECTS: 9,
  PROCESSES: 10,
} as const;

/** A resource class. */
export type Resource = (typeof RESOURCE)[keyof typeof RESOURCE];

/** What a ledger holds, by resource, in camelCase. */
export interface LedgerCounts {
  readonly capSlots: number;
  readonly frames: number;
  readonly reservedPages: number;
  readonly areas: number;
  readonly pendingOperations: number;
  readonly inFlightBytes: number;
  readonly timers: number;
  readonly threads: number;
  readonly arenaBytes: number;
  readonly objects: number;
  readonly processes: number;
}

/** The names of {@link LedgerCounts} in the order of {@link RESOURCE}. */
export const RESOURCE_NAMES: readonly (keyof LedgerCounts)[] = [
  'capSlots',
  'frames',
  'reservedPages',
  'areas',
  'pendingOperations',
  'inFlightBytes',
  'timers',
  'threads',
  'arenaBytes',
  'objects',
  'processes',
];

/** Limits of a ledger; what is not named is unlimited but for the parent's limit. */
export type LedgerLimits = Partial<LedgerCounts>;

/** Counts of one holder. */
export class Ledger {
  readonly #used: Float64Array = new Float64Array(RESOURCE_NAMES.length);
  readonly #limits: Float64Array = new Float64Array(RESOURCE_NAMES.length).fill(Number.POSITIVE_INFINITY);
  readonly #parent: Ledger | undefined;
  /** Of what is used, the part of ledgers below. */
  readonly #below: Float64Array = new Float64Array(RESOURCE_NAMES.length);
  /** What others have set aside for this one; made with the first donation. */
  #credits: Float64Array | undefined;

  constructor(limits: LedgerLimits = {}, parent?: Ledger) {
    this.#parent = parent;
    for (let resource = 0; resource < RESOURCE_NAMES.length; resource++) {
      const limit = limits[RESOURCE_NAMES[resource]!];
      if (limit !== undefined) this.#limits[resource] = limit;
    }
  }

  /** Takes `amount` here and in every ledger above, or nothing anywhere. */
  reserve(resource: Resource, amount: number): boolean {
    const above = this.#parent;
    // The common case, written out: one ledger above, no credits. Every operation comes by here several times.
    if (
      above === undefined ||
      above.#parent !== undefined ||
      this.#credits !== undefined ||
      above.#credits !== undefined
    ) {
      return this.#reserveAnywhere(resource, amount);
    }
    const used = this.#used[resource]! + amount;
    const usedAbove = above.#used[resource]! + amount;
    if (used > this.#limits[resource]!) return false;
    if (amount > 0) {
      if (usedAbove > above.#limits[resource]!) return false;
      above.#used[resource] = usedAbove;
      above.#below[resource]! += amount;
    }
    this.#used[resource] = used;
    return true;
  }

  #reserveAnywhere(resource: Resource, amount: number): boolean {
    if (this.#credits !== undefined) return this.#reserveWithCredit(resource, amount);
    const used = this.#used[resource]! + amount;
    if (used > this.#limits[resource]!) return false;
    const parent = this.#parent;
    if (parent !== undefined && amount > 0) {
      if (!parent.reserve(resource, amount)) return false;
      parent.#below[resource]! += amount;
    }
    this.#used[resource] = used;
    return true;
  }

  #reserveWithCredit(resource: Resource, amount: number): boolean {
    const used = this.#used[resource]! + amount;
    if (used > this.#limits[resource]! + this.#credit(resource)) return false;
    const share = this.#beyondCredit(resource, used) - this.#passedOn(resource);
    const parent = this.#parent;
    if (parent !== undefined && share > 0) {
      if (!parent.reserve(resource, share)) return false;
      parent.#below[resource]! += share;
    }
    this.#used[resource] = used;
    return true;
  }

  release(resource: Resource, amount: number): void {
    const above = this.#parent;
    if (
      above === undefined ||
      above.#parent !== undefined ||
      this.#credits !== undefined ||
      above.#credits !== undefined
    ) {
      this.#releaseAnywhere(resource, amount);
      return;
    }
    const left = this.#used[resource]! - amount;
    if (left < 0) overdrawn(resource);
    this.#used[resource] = left;
    if (amount <= 0) return;
    const leftAbove = above.#used[resource]! - amount;
    above.#below[resource]! -= amount;
    if (leftAbove < 0) overdrawn(resource);
    above.#used[resource] = leftAbove;
  }

  #releaseAnywhere(resource: Resource, amount: number): void {
    const left = this.#used[resource]! - amount;
    if (left < 0) overdrawn(resource);
    const share = this.#credits === undefined ? amount : this.#passedOn(resource) - this.#beyondCredit(resource, left);
    this.#used[resource] = left;
    this.#giveUp(resource, share);
  }

  /** Somebody has set `amount` aside for this ledger: that much of what it uses counts no further up. */
  addCredit(resource: Resource, amount: number): void {
    const before = this.#passedOn(resource);
    this.#credits ??= new Float64Array(RESOURCE_NAMES.length);
    this.#credits[resource]! += amount;
    this.#giveUp(resource, before - this.#passedOn(resource));
  }

  /**
   * The credit is over. What the ledger still uses of it counts as its own from now on, even beyond its limit: then it can
   * reserve nothing until it is within its limit again. To be called right after the donor released as much.
   */
  removeCredit(resource: Resource, amount: number): void {
    const before = this.#passedOn(resource);
    this.#credits![resource]! -= amount;
    this.#force(resource, this.#passedOn(resource) - before);
  }

  /** Counts `share` above, whatever the limits: it was counted there a moment ago. */
  #force(resource: Resource, share: number): void {
    const parent = this.#parent;
    if (parent === undefined || share <= 0) return;
    const before = parent.#passedOn(resource);
    parent.#used[resource]! += share;
    parent.#below[resource]! += share;
    parent.#force(resource, parent.#passedOn(resource) - before);
  }

  /** Used here and below. */
  used(resource: Resource): number {
    return this.#used[resource]!;
  }

  /** Used by this ledger's own process. */
  own(resource: Resource): number {
    return this.#used[resource]! - this.#below[resource]!;
  }

  /** How much more can be reserved here, the parents included. */
  available(resource: Resource): number {
    const used = this.#used[resource]!;
    const credit = this.#credit(resource);
    const own = Math.max(0, this.#limits[resource]! + credit - used);
    return this.#parent === undefined
      ? own
      : Math.min(own, Math.max(0, credit - used) + this.#parent.available(resource));
  }

  #credit(resource: Resource): number {
    return this.#credits === undefined ? 0 : this.#credits[resource]!;
  }

  #beyondCredit(resource: Resource, used: number): number {
    return Math.max(0, used - this.#credit(resource));
  }

  /** How much of what is used here the ledgers above know of. */
  #passedOn(resource: Resource): number {
    return this.#beyondCredit(resource, this.#used[resource]!);
  }

  #giveUp(resource: Resource, share: number): void {
    const parent = this.#parent;
    if (parent === undefined || share <= 0) return;
    parent.#below[resource]! -= share;
    parent.release(resource, share);
  }

  /** A copy of all counts. */
  counts(): LedgerCounts {
    const counts: Record<string, number> = {};
    for (let resource = 0; resource < RESOURCE_NAMES.length; resource++) {
      counts[RESOURCE_NAMES[resource]!] = this.#used[resource]!;
    }
    return counts as unknown as LedgerCounts;
  }

  /** Whether nothing at all is reserved. */
  get isEmpty(): boolean {
    return this.#used.every((used) => used === 0);
  }
}

/** A function of its own: the sentence is made only when it is needed. */
function overdrawn(resource: Resource): never {
  assertInvariant(false, `a ledger released more ${RESOURCE_NAMES[resource]} than it had reserved`);
}
