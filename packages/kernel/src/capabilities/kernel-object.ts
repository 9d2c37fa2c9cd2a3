// KernelObject: what a capability refers to. It lives while somebody holds it.
//
//   holders   hold edges in tables plus references the kernel keeps (queued transfers, mappings); 0 ends the object
//   epoch     a hold edge is live while its epoch equals this one, so a bump revokes every edge in O(1)

import type { ServerEnding } from '@capos/abi';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import { assertInvariant } from '../kernel-error.ts';

/** How a hold edge may travel. */
export const TRANSFER_MODE = { COPY: 0, MOVE: 1, NON_TRANSFERABLE: 2 } as const;
/** A value of {@link TRANSFER_MODE}, the ordinals of capability.capnp's TransferMode. */
export type TransferMode = (typeof TRANSFER_MODE)[keyof typeof TRANSFER_MODE];

/** Where a hold edge came from; the ordinals of capability.capnp's Origin. */
export const ORIGIN = { KERNEL: 0, SPAWN_GRANT: 1, TRANSFER: 2, RESULT: 3 } as const;
/** A value of {@link ORIGIN}. */
export type Origin = (typeof ORIGIN)[keyof typeof ORIGIN];

/** Epochs stop here: an object revoked this often stays revoked rather than wrap and come back to life. */
const LAST_EPOCH = 0xffff_ffff;

/** Anything a capability can refer to. */
export abstract class KernelObject {
  /** The interface its callers speak. */
  abstract readonly interfaceId: bigint;
  /** For people and traces. */
  abstract readonly label: string;
  epoch = 0;
  /** The process that had it made, if one did: only it may revoke the object through CapabilityManager. */
  makerId = 0;
  #holders = 0;
  #ledger: Ledger | undefined;
  #interfaceWords: Int32Array | undefined;

  /**
   * Answers a CALL, now or later: exactly one of the operation's `complete…` runs. Everything in the operation has been
   * checked: the params are readable, the result buffer is writable, and capabilities that travel along are held.
   */
  abstract call(operation: PendingOperation): void;

  /** The number an endpoint's owner gave this facet; 0 for every other object. */
  get badge(): bigint {
    return 0n;
  }

  /** The interface id as it lies in memory; a bigint taken apart once, not for each capability record. */
  get interfaceWords(): Int32Array {
    this.#interfaceWords ??= new Int32Array(BigUint64Array.of(this.interfaceId).buffer);
    return this.#interfaceWords;
  }

  get holders(): number {
    return this.#holders;
  }

  retain(): void {
    this.#holders++;
  }

  /** `ending`: how the process ended whose death this is. */
  release(ending?: ServerEnding): void {
    if (this.#holders <= 0) assertInvariant(false, `${this.label} was released more often than it was retained`);
    if (--this.#holders > 0) return;
    this.unreferenced(ending);
    this.handOverCharge()?.release(RESOURCE.OBJECTS, 1);
  }

  /** Whoever asks answers for the charge from now on, and releases it in the end. */
  handOverCharge(): Ledger | undefined {
    const ledger = this.#ledger;
    this.#ledger = undefined;
    return ledger;
  }

  /** Charges the object to whoever had it made; false when the ledger has none left. */
  chargeTo(ledger: Ledger): boolean {
    if (!ledger.reserve(RESOURCE.OBJECTS, 1)) return false;
    this.#ledger = ledger;
    return true;
  }

  /** The only reference was moved to another holder, and the charge follows; false when that ledger can't bear it. */
  rechargeTo(ledger: Ledger): boolean {
    if (this.#ledger === undefined || this.#ledger === ledger) return true;
    if (!ledger.reserve(RESOURCE.OBJECTS, 1)) return false;
    this.#ledger.release(RESOURCE.OBJECTS, 1);
    this.#ledger = ledger;
    return true;
  }

  /** The ledger the object is charged to, if any. */
  get chargedTo(): Ledger | undefined {
    return this.#ledger;
  }

  /** Disconnects every hold edge that exists now. */
  revoke(): void {
    if (this.epoch < LAST_EPOCH) this.epoch++;
  }

  /** The last holder has gone. */
  protected unreferenced(_ending?: ServerEnding): void {}
}

/** An authority outside any table: what a grant or a result hands over. */
export interface Capability {
  readonly object: KernelObject;
  /** The object's epoch when the authority was given. */
  readonly epoch: number;
  readonly transferMode: TransferMode;
}

/** The capability for an object as it is now. */
export function capabilityOf(object: KernelObject, transferMode: TransferMode = TRANSFER_MODE.COPY): Capability {
  return { object, epoch: object.epoch, transferMode };
}
