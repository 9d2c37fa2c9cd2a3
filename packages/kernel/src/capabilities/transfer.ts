// Transfer: capabilities that travel with one message, as reserve → commit | rollback.
//
//   gather    all descriptors checked, nothing changed          any fault: nothing happened
//   hold      moved edges locked, copied objects retained       rollback undoes it
//   reserve   a slot in the receiver's table for each           fails: nothing changed, still held
//   commit    edges appear at the receiver, moved ones leave the sender; cannot fail
//
// Between hold and commit either side may die: rollback then puts moved edges back (or the sender's death drops them) and
// forgets the copies. An authority is at every moment in exactly the tables it should be in.

import type { CapId } from '@capos/abi';
import type { Ledger } from '../accounting/ledger.ts';
import { assertInvariant } from '../kernel-error.ts';
import type { CapTable } from './cap-table.ts';
import { type Capability, type KernelObject, type Origin, TRANSFER_MODE, type TransferMode } from './kernel-object.ts';

/** The most capabilities one message may carry. */
export const MAX_TRANSFERS = 64;

/** How a descriptor wants a capability to travel. */
export const TRANSFER_BY = { COPY: 0, MOVE: 1 } as const;

/** Why descriptors were refused. */
export const GATHER = {
  OK: 0,
  /** A null, stale or already moving id. */
  BAD_CAP: 1,
  /** The edge may not travel that way. */
  NOT_PERMITTED: 2,
  /** Unknown mode, the same edge moved twice, or too many. */
  MALFORMED: 3,
} as const;

/** Hears of each edge that a commit makes. */
export interface EdgeListener {
  received(index: number, capId: CapId, object: KernelObject, epoch: number): void;
}

/** Takes capabilities without a table. */
export interface CapabilityHolder {
  /** The caller passes on a reference of `object` that it holds. */
  hold(object: KernelObject, epoch: number): void;
}

/**
 * The capabilities of one message. Reused: `gather` starts anew. Arrays keep their length, and listeners are objects made once:
 * a call with a capability leaves no garbage (bench `ipc`, rows `chain-8` and `memory-object-1mib`).
 */
export class Transfer {
  count = 0;
  #sender: CapTable | undefined;
  #held = false;
  readonly #slots: number[] = [];
  readonly #moves: boolean[] = [];
  readonly #objects: (KernelObject | undefined)[] = [];
  readonly #epochs: number[] = [];
  readonly #modes: TransferMode[] = [];
  readonly #reserved: number[] = [];
  /** Objects whose charge follows the move, and who was charged before. */
  readonly #recharged: { object: KernelObject; before: Ledger }[] = [];

  /** Begins with an empty list of what `sender` gives. */
  begin(sender: CapTable): void {
    assertInvariant(!this.#held, 'a transfer is begun anew only after it was committed or rolled back');
    this.#sender = sender;
    this.count = 0;
  }

  /** Checks and lists one descriptor; changes nothing in the table. Answers a {@link GATHER} code. */
  add(capId: CapId, by: number): number {
    const sender = this.#sender!;
    if (this.count >= MAX_TRANSFERS || (by !== TRANSFER_BY.COPY && by !== TRANSFER_BY.MOVE)) return GATHER.MALFORMED;
    const slot = sender.slotOf(capId);
    if (slot < 0) return GATHER.BAD_CAP;
    const mode = sender.transferModeAt(slot);
    const move = by === TRANSFER_BY.MOVE;
    if (mode === TRANSFER_MODE.NON_TRANSFERABLE || (mode === TRANSFER_MODE.MOVE && !move)) return GATHER.NOT_PERMITTED;
    for (let other = 0; other < this.count; other++) {
      // Copy-and-move or move twice of one edge has no meaning both sides could agree on.
      if (this.#slots[other] === slot && (move || this.#moves[other])) return GATHER.MALFORMED;
    }
    const index = this.count++;
    this.#slots[index] = slot;
    this.#moves[index] = move;
    this.#objects[index] = sender.referentAt(slot);
    this.#epochs[index] = sender.epochAt(slot);
    this.#modes[index] = mode;
    return GATHER.OK;
  }

  /** Locks what moves and keeps what is copied alive. Cannot fail. */
  hold(): void {
    assertInvariant(!this.#held, 'a transfer is held once');
    this.#held = true;
    for (let index = 0; index < this.count; index++) {
      if (this.#moves[index]) this.#sender!.lock(this.#slots[index]!);
      else this.#objects[index]!.retain();
    }
  }

  get held(): boolean {
    return this.#held;
  }

  /** What capability `index` is; for kernel objects that are given capabilities as parameters. */
  capability(index: number): Capability {
    return { object: this.#objects[index]!, epoch: this.#epochs[index]!, transferMode: this.#modes[index]! };
  }

  /** Makes room for all in the receiver's table, or for none. */
  reserve(receiver: CapTable): boolean {
    for (let index = 0; index < this.count; index++) {
      const slot = receiver.reserve();
      if (slot < 0) {
        while (--index >= 0) receiver.cancelReservation(this.#reserved[index]!);
        return false;
      }
      this.#reserved[index] = slot;
    }
    if (this.#recharge(receiver.ledger)) return true;
    for (let index = 0; index < this.count; index++) receiver.cancelReservation(this.#reserved[index]!);
    return false;
  }

  /** Who moves the only reference to an object away no longer pays for it: the receiver does. */
  #recharge(ledger: Ledger): boolean {
    for (let index = 0; index < this.count; index++) {
      const object = this.#objects[index]!;
      const before = object.chargedTo;
      if (!this.#moves[index] || object.holders !== 1 || before === undefined || before === ledger) continue;
      if (!object.rechargeTo(ledger)) {
        this.#undoRecharge();
        return false;
      }
      this.#recharged.push({ object, before });
    }
    return true;
  }

  #undoRecharge(): void {
    for (const { object, before } of this.#recharged.splice(0)) {
      const restored = object.rechargeTo(before);
      assertInvariant(restored, 'a ledger can take back what it gave up a moment ago');
    }
  }

  /** Undoes {@link reserve}. */
  cancelReservation(receiver: CapTable): void {
    this.#undoRecharge();
    for (let index = 0; index < this.count; index++) receiver.cancelReservation(this.#reserved[index]!);
  }

  /** Moves everything into the reserved slots; `listener` hears of each new edge in order. Cannot fail. */
  commit(receiver: CapTable, origin: Origin, listener: EdgeListener): void {
    assertInvariant(this.#held, 'only a held transfer can be committed');
    this.#held = false;
    this.#forgetRecharged();
    for (let index = 0; index < this.count; index++) {
      const object = this.#objects[index]!;
      // A moved edge's reference goes along; a copy uses the one that hold() took.
      if (this.#moves[index]) this.#sender!.takeMoved(this.#slots[index]!);
      const capId = receiver.fill(this.#reserved[index]!, object, this.#epochs[index]!, this.#modes[index]!, origin);
      listener.received(index, capId, object, this.#epochs[index]!);
    }
    this.#forget();
  }

  /** Hands everything to a holder that is no table. Cannot fail. */
  surrender(holder: CapabilityHolder): void {
    assertInvariant(this.#held, 'only a held transfer can be surrendered');
    this.#held = false;
    this.#forgetRecharged();
    for (let index = 0; index < this.count; index++) {
      if (this.#moves[index]) this.#sender!.takeMoved(this.#slots[index]!);
      holder.hold(this.#objects[index]!, this.#epochs[index]!);
    }
    this.#forget();
  }

  /** Ends a call whose capabilities were parameters only: what moved is gone from the sender, copies are forgotten. */
  consume(): void {
    assertInvariant(this.#held, 'only a held transfer can be consumed');
    this.#held = false;
    for (let index = 0; index < this.count; index++) {
      if (this.#moves[index]) this.#sender!.takeMoved(this.#slots[index]!);
      this.#objects[index]!.release();
    }
    this.#forget();
  }

  /** The sender has everything again. */
  rollback(): void {
    if (this.#held) {
      this.#held = false;
      for (let index = 0; index < this.count; index++) {
        if (this.#moves[index]) this.#sender!.unlock(this.#slots[index]!);
        else this.#objects[index]!.release();
      }
    }
    this.#forget();
  }

  #forget(): void {
    for (let index = 0; index < this.count; index++) this.#objects[index] = undefined;
    this.count = 0;
    this.#sender = undefined;
  }

  #forgetRecharged(): void {
    if (this.#recharged.length > 0) this.#recharged.length = 0;
  }
}
