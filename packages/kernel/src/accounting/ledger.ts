// Ledger: what a process makes the kernel hold, one count per resource class.
//
//   root ledger  (the whole system; limits = the machine)
//     └─ process ledger …  every reservation counts in both
//
// Rule: reserve before any side effect, release on every path, death included. A ledger outlives its process as long as
// something charged to it does (a MemoryObject that another process still holds), so the root's sums are exact.

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

  constructor(limits: LedgerLimits = {}, parent?: Ledger) {
    this.#parent = parent;
    for (let resource = 0; resource < RESOURCE_NAMES.length; resource++) {
      const limit = limits[RESOURCE_NAMES[resource]!];
      if (limit !== undefined) this.#limits[resource] = limit;
    }
  }

  /** Takes `amount` here and in the root, or nothing anywhere. */
  reserve(resource: Resource, amount: number): boolean {
    const used = this.#used[resource]! + amount;
    if (used > this.#limits[resource]!) return false;
    const parent = this.#parent;
    if (parent !== undefined && !parent.reserve(resource, amount)) return false;
    this.#used[resource] = used;
    return true;
  }

  release(resource: Resource, amount: number): void {
    const left = this.#used[resource]! - amount;
    assertInvariant(left >= 0, `a ledger released more ${RESOURCE_NAMES[resource]} than it had reserved`);
    this.#used[resource] = left;
    this.#parent?.release(resource, amount);
  }

  used(resource: Resource): number {
    return this.#used[resource]!;
  }

  /** How much more can be reserved here, the parents included. */
  available(resource: Resource): number {
    const own = this.#limits[resource]! - this.#used[resource]!;
    return this.#parent === undefined ? own : Math.min(own, this.#parent.available(resource));
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
