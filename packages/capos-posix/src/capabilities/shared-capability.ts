// Shared capability: one capability behind an open file description that several processes of a domain may hold.
//
//   description ─▶ SharedCapability ─┬▶ parent's table, id 17         fork copies the capability into the child's table;
//                                    └▶ child's table, id 5           a process's end takes its holding away
//
// A call goes through the table of the process on whose behalf it is made, so that what comes back lands there. A process
// of the domain that comes to use the description without holding the capability is given a copy then.

import type { CapId, CapTableView } from '@capos/abi';

interface Holding {
  readonly caps: CapTableView;
  readonly capId: CapId;
  /** The id came from a call or a fork, so it is given back; a CapSet's own stays. */
  readonly owned: boolean;
}

/** On whose behalf calls are made just now. */
export interface Acting {
  currentCaps: CapTableView | undefined;
  /** Capabilities that more than one process holds. */
  readonly sharedCapabilities: Set<SharedCapability>;
  /** Number of the memory object made last. */
  lastPieceId: number;
}

export class SharedCapability {
  readonly acting: Acting;
  #holdings: readonly Holding[];
  /** Told when a process that held it has ended. */
  onHolderLost: (caps: CapTableView) => void = () => {};

  constructor(acting: Acting, caps: CapTableView, capId: CapId, owned: boolean) {
    this.acting = acting;
    this.#holdings = [{ caps, capId, owned }];
  }

  #findHolding(): Holding | undefined {
    const { currentCaps } = this.acting;
    const first = this.#holdings[0];
    if (currentCaps === undefined || first === undefined || first.caps === currentCaps) return first;
    return this.#holdings.find((holding) => holding.caps === currentCaps) ?? this.#copyTo(currentCaps) ?? first;
  }

  #copyTo(caps: CapTableView): Holding | undefined {
    for (const holding of this.#holdings) {
      const capId = caps.copyFrom(holding.caps, holding.capId);
      if (capId === undefined) continue;
      this.addHolder(caps, capId);
      return this.#holdings.at(-1);
    }
    return undefined;
  }

  /** The table to call through, and the id there; undefined when nobody holds it any more. */
  get reference(): { readonly caps: CapTableView; readonly capId: CapId } | undefined {
    return this.#findHolding();
  }

  /**
   * The same for a call that nobody in particular makes: through the table of whoever acts just now if that holds it, else of the
   * first holder. Who merely brought it about, as a client does that connects, is given no copy, and may end without harm.
   */
  get ownReference(): { readonly caps: CapTableView; readonly capId: CapId } | undefined {
    const { currentCaps } = this.acting;
    return this.#holdings.find((holding) => holding.caps === currentCaps) ?? this.#holdings[0];
  }

  /** Whether nobody but this table holds it. */
  isOnlyWith(caps: CapTableView): boolean {
    return this.#holdings.length === 1 && this.#holdings[0]!.caps === caps;
  }

  /** Its id in a given table, copied there if need be. */
  idIn(caps: CapTableView): CapId | undefined {
    return (this.#holdings.find((holding) => holding.caps === caps) ?? this.#copyTo(caps))?.capId;
  }

  addHolder(caps: CapTableView, capId: CapId): void {
    this.#holdings = [...this.#holdings, { caps, capId, owned: true }];
    this.acting.sharedCapabilities.add(this);
  }

  removeHolder(caps: CapTableView): void {
    const remaining = this.#holdings.filter((holding) => holding.caps !== caps);
    if (remaining.length === this.#holdings.length) return;
    this.#holdings = remaining;
    this.onHolderLost(caps);
  }

  release(): void {
    const holdings = this.#holdings;
    this.#holdings = [];
    this.acting.sharedCapabilities.delete(this);
    for (const { caps, capId, owned } of holdings) if (owned) caps.release(capId);
  }
}
