// A submission as its server sees it: a private copy of the 64 bytes, so nothing the client writes later can change it.
import {
  SQE_ANSWER_ID_WORD,
  SQE_AUX_WORD,
  SQE_CAP_ID_WORD,
  SQE_DEADLINE_NS_HIGH_WORD,
  SQE_DEADLINE_NS_LOW_WORD,
  SQE_DEPENDENCY_CAP_WORD,
  SQE_DEPENDENCY_WORD,
  SQE_OP_WORD,
  SQE_PARAMS_ADDRESS_HIGH_WORD,
  SQE_PARAMS_ADDRESS_LOW_WORD,
  SQE_PARAMS_LENGTH_WORD,
  SQE_RESULT_ADDRESS_HIGH_WORD,
  SQE_RESULT_ADDRESS_LOW_WORD,
  SQE_RESULT_LENGTH_WORD,
  SQE_USER_DATA_HIGH_WORD,
  SQE_USER_DATA_LOW_WORD,
  SQE_WORDS,
} from './generated/layout-constants.ts';

/**
 * One submission. The same object is reused for every entry of a ring: read what is needed before returning to the
 * drain. 64-bit fields are two u32 halves, or a Number that is exact below 2^53 (above it, rounded to something that is
 * no valid user address either).
 */
export class SubmissionEntry {
  /** The copied words, in layout order. */
  readonly words: Int32Array = new Int32Array(SQE_WORDS);

  get op(): number {
    return this.words[SQE_OP_WORD]! & 0xff;
  }
  get flags(): number {
    return (this.words[SQE_OP_WORD]! >>> 8) & 0xff;
  }
  get methodId(): number {
    return this.words[SQE_OP_WORD]! >>> 16;
  }
  get capId(): number {
    return this.words[SQE_CAP_ID_WORD]! >>> 0;
  }
  get userDataLow(): number {
    return this.words[SQE_USER_DATA_LOW_WORD]! >>> 0;
  }
  get userDataHigh(): number {
    return this.words[SQE_USER_DATA_HIGH_WORD]! >>> 0;
  }
  get paramsAddress(): number {
    return u64(this.words[SQE_PARAMS_ADDRESS_LOW_WORD]!, this.words[SQE_PARAMS_ADDRESS_HIGH_WORD]!);
  }
  /** SIGNAL and WAIT keep 64 bits here that are no address: low half. */
  get paramsAddressLow(): number {
    return this.words[SQE_PARAMS_ADDRESS_LOW_WORD]! >>> 0;
  }
  get paramsAddressHigh(): number {
    return this.words[SQE_PARAMS_ADDRESS_HIGH_WORD]! >>> 0;
  }
  get paramsLength(): number {
    return this.words[SQE_PARAMS_LENGTH_WORD]! >>> 0;
  }
  get resultLength(): number {
    return this.words[SQE_RESULT_LENGTH_WORD]! >>> 0;
  }
  get resultAddress(): number {
    return u64(this.words[SQE_RESULT_ADDRESS_LOW_WORD]!, this.words[SQE_RESULT_ADDRESS_HIGH_WORD]!);
  }
  get answerId(): number {
    return this.words[SQE_ANSWER_ID_WORD]! >>> 0;
  }
  get dependency(): number {
    return this.words[SQE_DEPENDENCY_WORD]! >>> 0;
  }
  get dependencyCap(): number {
    return this.words[SQE_DEPENDENCY_CAP_WORD]! & 0xffff;
  }
  get transferCount(): number {
    return this.words[SQE_DEPENDENCY_CAP_WORD]! >>> 16;
  }
  get aux(): number {
    return this.words[SQE_AUX_WORD]! >>> 0;
  }
  /** Absolute monotonic nanoseconds, 0 none. Exact below 2^53 ns (104 days of uptime), rounded to 2 ns and up after. */
  get deadlineNs(): number {
    return u64(this.words[SQE_DEADLINE_NS_LOW_WORD]!, this.words[SQE_DEADLINE_NS_HIGH_WORD]!);
  }
}

// The small case stays in integers: V8 keeps it off the heap and out of floating point.
function u64(low: number, high: number): number {
  return high === 0 ? low >>> 0 : (high >>> 0) * 0x1_0000_0000 + (low >>> 0);
}
