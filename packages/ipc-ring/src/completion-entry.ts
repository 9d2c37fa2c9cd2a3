// A completion as its client sees it: a private copy of the 32 bytes.
import {
  CQE_BADGE_HIGH_WORD,
  CQE_BADGE_LOW_WORD,
  CQE_FLAGS_WORD,
  CQE_METHOD_ID_WORD,
  CQE_RESULT_WORD,
  CQE_TOKEN_WORD,
  CQE_USER_DATA_HIGH_WORD,
  CQE_USER_DATA_LOW_WORD,
  CQE_WORDS,
} from './generated/layout-constants.ts';

/** One completion. The same object is reused: read what is needed before draining or entering again. */
export class CompletionEntry {
  /** The copied words, in layout order. */
  readonly words: Int32Array = new Int32Array(CQE_WORDS);

  /** The submission's user data; exact below 2^53. */
  get userData(): number {
    const high = this.words[CQE_USER_DATA_HIGH_WORD]!;
    const low = this.words[CQE_USER_DATA_LOW_WORD]!;
    return high === 0 ? low >>> 0 : (high >>> 0) * 0x1_0000_0000 + (low >>> 0);
  }
  get userDataLow(): number {
    return this.words[CQE_USER_DATA_LOW_WORD]! >>> 0;
  }
  get userDataHigh(): number {
    return this.words[CQE_USER_DATA_HIGH_WORD]! >>> 0;
  }
  /** ≥ 0: success; < 0: the negated transport error. */
  get result(): number {
    return this.words[CQE_RESULT_WORD]!;
  }
  get flags(): number {
    return this.words[CQE_FLAGS_WORD]! >>> 0;
  }
  get badgeLow(): number {
    return this.words[CQE_BADGE_LOW_WORD]! >>> 0;
  }
  get badgeHigh(): number {
    return this.words[CQE_BADGE_HIGH_WORD]! >>> 0;
  }
  get token(): number {
    return this.words[CQE_TOKEN_WORD]! >>> 0;
  }
  get methodId(): number {
    return this.words[CQE_METHOD_ID_WORD]! & 0xffff;
  }
  get capCount(): number {
    return this.words[CQE_METHOD_ID_WORD]! >>> 16;
  }
}
