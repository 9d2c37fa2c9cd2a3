// Capability table: a flat array of hold edges, one per slot, found by CapId in O(1).
//
//            insert / fill                      remove
//   FREE ───────────────────▶ LIVE ─────────────────────────▶ FREE (generation + 1; RETIRED after the last generation)
//    │ reserve        fill ▲   │ lock (a move under way) ▲ unlock
//    └───────▶ RESERVED ───┘   └────────▶ MOVING ────────┘ ──▶ takeMoved ──▶ FREE
//
// A slot is charged to the ledger from the moment it leaves FREE. A CapId names slot and generation, so an id that outlived
// its edge is always noticed. Columns are typed arrays where the value is a number; they grow by doubling.

import { CAP_SLOT_BITS, type CapId, MAX_CAP_GENERATION, MAX_CAP_SLOTS, makeCapId, type ServerEnding } from '@capos/abi';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { assertInvariant } from '../kernel-error.ts';
import type { KernelObject, Origin, TransferMode } from './kernel-object.ts';

const FREE = 0;
const LIVE = 1;
const RESERVED = 2;
const MOVING = 3;
const RETIRED = 4;

const FIRST_CAPACITY = 16;
const SLOT_MASK = MAX_CAP_SLOTS - 1;
const NONE = -1;

/** What a process holds. */
export class CapTable {
  readonly #ledger: Ledger;
  #capacity = 0;
  #objects: (KernelObject | undefined)[] = [];
  #epochs: Uint32Array = new Uint32Array(0);
  #generations: Uint16Array = new Uint16Array(0);
  #states: Uint8Array = new Uint8Array(0);
  #transferModes: Uint8Array = new Uint8Array(0);
  #origins: Uint8Array = new Uint8Array(0);
  #nextFree: Int32Array = new Int32Array(0);
  #firstFree = NONE;
  #live = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Slots there is memory for; it doubles when they are all used, at most to what the ledger bears. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Live edges, those being moved included. */
  get size(): number {
    return this.#live;
  }

  /** The slot of a live edge, or −1 for a null, stale, forged or moving id. Says nothing of revocation. */
  slotOf(capId: CapId): number {
    const slot = capId & SLOT_MASK;
    if (slot >= this.#capacity) return NONE;
    if (this.#generations[slot] !== capId >>> CAP_SLOT_BITS || this.#states[slot] !== LIVE) return NONE;
    return slot;
  }

  /** The object behind a slot that {@link slotOf} answered; undefined when the edge has been revoked. */
  objectAt(slot: number): KernelObject | undefined {
    const object = this.#objects[slot]!;
    return this.#epochs[slot] === object.epoch ? object : undefined;
  }

  /** The object behind a slot, revoked or not. */
  referentAt(slot: number): KernelObject {
    return this.#objects[slot]!;
  }

  epochAt(slot: number): number {
    return this.#epochs[slot]!;
  }

  transferModeAt(slot: number): TransferMode {
    return this.#transferModes[slot] as TransferMode;
  }

  originAt(slot: number): Origin {
    return this.#origins[slot] as Origin;
  }

  capIdAt(slot: number): CapId {
    return makeCapId(slot, this.#generations[slot]!);
  }

  /** A new edge, or 0 when the ledger or the table has no slot left. Retains the object. */
  insert(object: KernelObject, epoch: number, mode: TransferMode, origin: Origin): CapId {
    const slot = this.reserve();
    if (slot === NONE) return 0;
    object.retain();
    return this.fill(slot, object, epoch, mode, origin);
  }

  /** Takes a slot without an edge yet, or −1. */
  reserve(): number {
    // Charged before it is made: a table that its ledger does not bear does not grow either.
    if (!this.#ledger.reserve(RESOURCE.CAP_SLOTS, 1)) return NONE;
    if (this.#firstFree === NONE && !this.#grow()) {
      this.#ledger.release(RESOURCE.CAP_SLOTS, 1);
      return NONE;
    }
    const slot = this.#firstFree;
    this.#firstFree = this.#nextFree[slot]!;
    this.#states[slot] = RESERVED;
    return slot;
  }

  cancelReservation(slot: number): void {
    assertInvariant(this.#states[slot] === RESERVED, 'only a reserved slot can be given back');
    this.#ledger.release(RESOURCE.CAP_SLOTS, 1);
    this.#putBack(slot);
  }

  /** Puts an edge into a reserved slot. Cannot fail. The caller passes on a reference of `object` that it holds. */
  fill(slot: number, object: KernelObject, epoch: number, mode: TransferMode, origin: Origin): CapId {
    assertInvariant(this.#states[slot] === RESERVED, 'only a reserved slot can be filled');
    this.#objects[slot] = object;
    this.#epochs[slot] = epoch;
    this.#transferModes[slot] = mode;
    this.#origins[slot] = origin;
    this.#states[slot] = LIVE;
    this.#live++;
    return makeCapId(slot, this.#generations[slot]!);
  }

  /** Hides a live edge while a move is under way. */
  lock(slot: number): void {
    assertInvariant(this.#states[slot] === LIVE, 'only a live edge can be moved');
    this.#states[slot] = MOVING;
  }

  /** The move did not happen: the edge is live again under the same id. */
  unlock(slot: number): void {
    assertInvariant(this.#states[slot] === MOVING, 'only a moving edge can be unlocked');
    this.#states[slot] = LIVE;
  }

  /** The move happened: empties the slot and leaves the object's reference to the caller. */
  takeMoved(slot: number): KernelObject {
    assertInvariant(this.#states[slot] === MOVING, 'only a moving edge can leave');
    return this.#empty(slot);
  }

  /** Drops a live edge. */
  remove(slot: number): void {
    assertInvariant(this.#states[slot] === LIVE, 'only a live edge can be removed');
    this.#empty(slot).release();
  }

  /** Brings an edge up to its object's present epoch; for the owner, after a revocation. */
  renew(slot: number): void {
    this.#epochs[slot] = this.#objects[slot]!.epoch;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Drops every edge; for death. Moves and reservations under way have been rolled back before. */
  clear(ending?: ServerEnding): void {
    for (let slot = 0; slot < this.#capacity; slot++) {
      const state = this.#states[slot]!;
      assertInvariant(state !== MOVING && state !== RESERVED, 'a table dies only when no transfer is under way');
      if (state === LIVE) this.#empty(slot).release(ending);
    }
  }

  /** Calls back for every live edge, in slot order. */
  forEach(callback: (slot: number) => void): void {
    for (let slot = 0; slot < this.#capacity; slot++) if (this.#states[slot] === LIVE) callback(slot);
  }

  #empty(slot: number): KernelObject {
    const object = this.#objects[slot]!;
    this.#objects[slot] = undefined;
    this.#live--;
    this.#ledger.release(RESOURCE.CAP_SLOTS, 1);
    if (this.#generations[slot]! >= MAX_CAP_GENERATION) {
      this.#states[slot] = RETIRED;
    } else {
      this.#generations[slot]!++;
      this.#putBack(slot);
    }
    return object;
  }

  #putBack(slot: number): void {
    this.#states[slot] = FREE;
    this.#nextFree[slot] = this.#firstFree;
    this.#firstFree = slot;
  }

  #grow(): boolean {
    const old = this.#capacity;
    const capacity = old === 0 ? FIRST_CAPACITY : Math.min(old * 2, MAX_CAP_SLOTS);
    if (capacity === old) return false;
    this.#epochs = grown(this.#epochs, new Uint32Array(capacity));
    this.#generations = grown(this.#generations, new Uint16Array(capacity));
    this.#states = grown(this.#states, new Uint8Array(capacity));
    this.#transferModes = grown(this.#transferModes, new Uint8Array(capacity));
    this.#origins = grown(this.#origins, new Uint8Array(capacity));
    this.#nextFree = grown(this.#nextFree, new Int32Array(capacity));
    for (let slot = capacity - 1; slot >= old; slot--) {
      this.#objects[slot] = undefined;
      this.#generations[slot] = 1;
      this.#putBack(slot);
    }
    this.#capacity = capacity;
    return true;
  }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(old: T, bigger: T): T {
  bigger.set(old);
  return bigger;
}
