// Generated from src/layout.ts by scripts/slot-access.ts. Do not edit.

/**
 * A completion as its client sees it: a private copy.
 * The same object is reused: read what is needed before draining or entering again.
 */
export class CompletionEntry {
  /** The copied words, in layout order. */
  readonly words: Int32Array = new Int32Array(8);

  /** of the submission. Exact below 2^53, rounded above */
  get userData(): number {
    return unsigned64(this.words[0]!, this.words[1]!);
  }

  /** Its low half. */
  get userDataLow(): number {
    return this.words[0]! >>> 0;
  }

  /** Its high half. */
  get userDataHigh(): number {
    return this.words[1]! >>> 0;
  }

  /** ≥ 0: success, usually bytes of payload; < 0: −transport error */
  get result(): number {
    return this.words[2]!;
  }

  /** CQE flags */
  get flags(): number {
    return this.words[3]! >>> 0;
  }

  /** RECV: badge of the caller; WAIT: bits taken; POST: value. Exact below 2^53, rounded above */
  get badge(): number {
    return unsigned64(this.words[4]!, this.words[5]!);
  }

  /** Its low half. */
  get badgeLow(): number {
    return this.words[4]! >>> 0;
  }

  /** Its high half. */
  get badgeHigh(): number {
    return this.words[5]! >>> 0;
  }

  /** RECV: names the call to RETURN */
  get token(): number {
    return this.words[6]! >>> 0;
  }

  /** RECV: method ordinal called */
  get methodId(): number {
    return this.words[7]! & 0xffff;
  }

  /** capability records after the payload, 8-aligned */
  get capCount(): number {
    return this.words[7]! >>> 16;
  }
}

// Small values (nearly all) stay integers: V8 keeps them out of floating point.
function unsigned64(low: number, high: number): number {
  return high === 0 ? low >>> 0 : (high >>> 0) * 0x1_0000_0000 + (low >>> 0);
}
