// Generated from src/layout.ts by scripts/slot-access.ts. Do not edit.

/**
 * A submission as its server sees it: a private copy, so nothing the client writes later can change it.
 * The same object is reused for every entry of a ring: read what is needed before returning to the drain.
 */
export class SubmissionEntry {
  /** The copied words, in layout order. */
  readonly words: Int32Array = new Int32Array(16);

  /** operation number */
  get op(): number {
    return this.words[0]! & 0xff;
  }

  /** SQE flags */
  get flags(): number {
    return (this.words[0]! >>> 8) & 0xff;
  }

  /** CALL: method ordinal within the interface of the capability */
  get methodId(): number {
    return this.words[0]! >>> 16;
  }

  /** capability operated on */
  get capId(): number {
    return this.words[1]! >>> 0;
  }

  /** copied to the completion, never looked at. Exact below 2^53, rounded above */
  get userData(): number {
    return unsigned64(this.words[2]!, this.words[3]!);
  }

  /** Its low half. */
  get userDataLow(): number {
    return this.words[2]! >>> 0;
  }

  /** Its high half. */
  get userDataHigh(): number {
    return this.words[3]! >>> 0;
  }

  /** payload sent; transfer descriptors follow it, 8-aligned. Exact below 2^53, rounded above */
  get paramsAddress(): number {
    return unsigned64(this.words[4]!, this.words[5]!);
  }

  /** Its low half. */
  get paramsAddressLow(): number {
    return this.words[4]! >>> 0;
  }

  /** Its high half. */
  get paramsAddressHigh(): number {
    return this.words[5]! >>> 0;
  }

  /** bytes of payload sent */
  get paramsLength(): number {
    return this.words[6]! >>> 0;
  }

  /** capacity of the result or receive buffer in bytes */
  get resultLength(): number {
    return this.words[7]! >>> 0;
  }

  /** result or receive buffer. Exact below 2^53, rounded above */
  get resultAddress(): number {
    return unsigned64(this.words[8]!, this.words[9]!);
  }

  /** Its low half. */
  get resultAddressLow(): number {
    return this.words[8]! >>> 0;
  }

  /** Its high half. */
  get resultAddressHigh(): number {
    return this.words[9]! >>> 0;
  }

  /** CALL: names its answer (0 none); FINISH: that answer; RETURN, RETURN_RECV: call token */
  get answerId(): number {
    return this.words[10]! >>> 0;
  }

  /** PIPELINED: answer whose result capability is the target */
  get dependency(): number {
    return this.words[11]! >>> 0;
  }

  /** PIPELINED: ordinal of that result capability */
  get dependencyCap(): number {
    return this.words[12]! & 0xffff;
  }

  /** transfer descriptors after the payload */
  get transferCount(): number {
    return this.words[12]! >>> 16;
  }

  /** operation-specific */
  get aux(): number {
    return this.words[13]! >>> 0;
  }

  /** absolute monotonic nanoseconds, 0 none. Exact below 2^53, rounded above */
  get deadlineNs(): number {
    return unsigned64(this.words[14]!, this.words[15]!);
  }

  /** Its low half. */
  get deadlineNsLow(): number {
    return this.words[14]! >>> 0;
  }

  /** Its high half. */
  get deadlineNsHigh(): number {
    return this.words[15]! >>> 0;
  }
}

// Small values (nearly all) stay integers: V8 keeps them out of floating point.
function unsigned64(low: number, high: number): number {
  return high === 0 ? low >>> 0 : (high >>> 0) * 0x1_0000_0000 + (low >>> 0);
}
