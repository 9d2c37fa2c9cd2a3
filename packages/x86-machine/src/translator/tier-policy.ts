// When hot code is translated: late enough that short programs don't pay for it, and never faster than the program pays.
//
//   interpreted only ──INTERPRETED_FIRST instructions──▶ blocks are counted ──translateAfter entries──▶ hot ──credit──▶ translated
//
// Translating is paid for in advance, by instructions executed: what it costs is at most a part of what the program has run for,
// however little comes of it. What does come of it brings credit sooner. All of it counts instructions, never time, so that a run
// that is repeated is the same run.

/** Below this threshold nobody wants to wait, neither for others nor for credit: tests do. */
export const LEAST_FOR_PATIENCE = 200;
/** A program that is over after so many instructions, 50 to 80 ms, is not even counted: translating would not be earned back. */
const INTERPRETED_FIRST = 16_000_000;
/** Translation may take one part in so many of all time. */
const PARTS = 3;
/** What translating one instruction costs, in instructions interpreted: 60 µs of exploring, writing and two compilers against 7.5 ns. */
const COST_OF_INSTRUCTION = 8000;
/** Instructions whose translation stays paid for, for what becomes hot, while regions are only made better. */
const RESERVE = 2000;
/** A program of which so many instructions were translated has much code, each part of which runs less often: half as often is hot there. */
const LARGE = 5000;

export class TranslationBudget {
  readonly #isPatient: boolean;
  #untilCounting: number;
  #credit = 0;
  #translated = 0;

  /** @param translateAfter how often a block is entered before it is translated; Infinity for never */
  constructor(translateAfter: number) {
    this.#isPatient = translateAfter >= LEAST_FOR_PATIENCE;
    this.#untilCounting = this.#isPatient ? INTERPRETED_FIRST : 0;
    if (translateAfter === Number.POSITIVE_INFINITY) this.#untilCounting = Number.POSITIVE_INFINITY;
  }

  /** Whether it is time to find out what is hot. */
  get isCounting(): boolean {
    return this.#untilCounting <= 0;
  }

  /** Whether translating is paid for. */
  get isOpen(): boolean {
    return !this.#isPatient || this.#credit >= 0;
  }

  /** Whether enough is left over for what can wait. */
  get isAmple(): boolean {
    return !this.#isPatient || this.#credit >= RESERVE * COST_OF_INSTRUCTION * PARTS;
  }

  /** Whether there is so much hot code that its parts are to be translated sooner. */
  get isLarge(): boolean {
    return this.#isPatient && this.#translated >= LARGE;
  }

  /**
   * Whether a region loads and stores registers where it uses them, not all where it is entered and left: of many regions each runs but a
   * few blocks at a time. Where nobody waits every other one does, so that tests see both.
   */
  isLazy(region: number): boolean {
    return this.#isPatient ? this.isLarge : region % 2 === 1;
  }

  executed(instructions: number): void {
    if (this.isCounting) this.#credit += instructions;
    else this.#untilCounting -= instructions;
  }

  translated(instructions: number): void {
    this.#translated += instructions;
    this.#credit -= instructions * COST_OF_INSTRUCTION * PARTS;
  }
}
