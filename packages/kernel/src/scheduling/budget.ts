// Budget: how much processor a scheduling context may use in any window of its period (a sporadic server; cf. seL4's MCS kernel).
//
//   available ── n used at time t ──▶ owed until t + period ──▶ available
//
//   available + everything owed = amount, always. A unit comes back one period after it was used, so no window of one period
//   sees more than `amount` used, wherever the window begins. What a run uses beyond what was available (the processor stops
//   at block boundaries) is a debt: `available` is negative until enough has come back.

/** Uses within this part of a period come back together, when the last of them is due: at most GRANULARITY + 1 wait. */
const GRANULARITY = 16;

interface Return {
  /** When the first use in it would be due. */
  readonly fromNs: number;
  atNs: number;
  amount: number;
}

/** An account of processor time, in instructions or in nanoseconds. Unlimited until it is configured. */
export class Budget {
  #amount = Number.POSITIVE_INFINITY;
  #periodNs = 0;
  #available = Number.POSITIVE_INFINITY;
  readonly #returns: Return[] = [];

  /** What there is per period; +Infinity without a limit. */
  get amount(): number {
    return this.#amount;
  }

  get periodNs(): number {
    return this.#periodNs;
  }

  get isLimited(): boolean {
    return this.#amount !== Number.POSITIVE_INFINITY;
  }

  /** When the next part of the budget comes back; +Infinity when all of it is there. */
  get nextReturnNs(): number {
    return this.#returns[0]?.atNs ?? Number.POSITIVE_INFINITY;
  }

  /** Changes the limit. What was used stays used, so configuring again is no way to a second helping. */
  configure(amount: number, periodNs: number): void {
    if (amount === Number.POSITIVE_INFINITY) {
      this.#returns.length = 0;
      this.#available = amount;
    } else {
      this.#available = this.isLimited ? this.#available + amount - this.#amount : amount;
    }
    this.#amount = amount;
    this.#periodNs = periodNs;
  }

  /** What may be used at `nowNs`; 0 or negative when the context must wait. */
  available(nowNs: number): number {
    const returns = this.#returns;
    while (returns.length > 0 && returns[0]!.atNs <= nowNs) this.#available += returns.shift()!.amount;
    return this.#available;
  }

  /** Records that `amount` was used, the last of it at `nowNs`. */
  use(amount: number, nowNs: number): void {
    if (!this.isLimited || amount === 0) return;
    this.#available -= amount;
    const returns = this.#returns;
    const atNs = nowNs + this.#periodNs;
    const last = returns.at(-1);
    if (last !== undefined && atNs - last.fromNs < this.#periodNs / GRANULARITY) {
      // Together and later: the window's promise holds.
      last.amount += amount;
      last.atNs = Math.max(last.atNs, atNs);
    } else {
      const dueNs = Math.max(atNs, last?.atNs ?? 0);
      returns.push({ fromNs: dueNs, atNs: dueNs, amount });
    }
  }
}
