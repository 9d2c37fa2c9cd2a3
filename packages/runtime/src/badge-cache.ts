// Badges as bigints. A bigint is an object, so the ones asked for lately are kept: a server whose clients call again and again
// makes none in steady state.

const ENTRIES = 64;

/** The badges asked for last, one for each value of their low six bits. */
export class BadgeCache {
  private readonly low: Int32Array = new Int32Array(ENTRIES);
  private readonly high: Int32Array = new Int32Array(ENTRIES);
  private readonly badges: bigint[] = new Array<bigint>(ENTRIES).fill(0n);

  /** The badge whose halves these are, signed or not. */
  get(low: number, high: number): bigint {
    const at = low & (ENTRIES - 1);
    if (this.low[at] !== (low | 0) || this.high[at] !== (high | 0)) {
      this.low[at] = low;
      this.high[at] = high;
      this.badges[at] = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    }
    return this.badges[at]!;
  }
}
