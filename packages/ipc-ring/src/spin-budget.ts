// Whether the two sides of a ring spin for one another or block: learned by the client, followed by the server.
//
//          4 misses in a row            looks used up
//   SPIN ────────────────────▶ TRIAL ──────────────────▶ BLOCK
//    ▲                        │  ▲                         │
//    └────────────────────────┘  └─────────────────────────┘
//      100 quick hits in a row     period over; the next is 8 × as long
//
//   hit: the word changed while looking at it    miss: the budget of looks ran out
//
// Blocking costs 2–45 µs a wake-up here, noticing an answer while spinning 0.3 µs; but spinning where the other side has
// no CPU to run on only keeps it from running. Which of the two it is can't be told from one side alone: Linux puts two
// threads that wake one another by turns on the same CPU and leaves them there, and no spin hits however long. Only when
// both want to run for some milliseconds does it move one of them away; then a round trip takes 0.4 µs instead of 6. So
// trials are long (some 50 ms), announced in the header's flags so that both sides spin at once, and rationed: a trial
// costs its 50 ms, and the next comes after 64, 512, … 524,288 waits. With one CPU there are none.
// Guarded by the bench rows `adaptive-wait-2-cpus` and `adaptive-wait-1-cpu`.

/** What a waiter is doing, as announced in the client's header flags. */
export type SpinMode = 'spin' | 'block' | 'trial';

const MISSES_TO_DOUBT = 4;
const HITS_TO_SPIN = 100;
/** A wait of a trial looks this many times as often as another. */
export const TRIAL_FACTOR = 30;
const TRIAL_WAITS = 10;
const FIRST_PERIOD = 64;
const PERIOD_FACTOR = 8;
const LAST_PERIOD = 1 << 19;

/** The client's budget. */
export class SpinBudget {
  mode: SpinMode;
  private readonly spins: number;
  private misses = 0;
  private streak = 0;
  private period = FIRST_PERIOD;
  private waits = 0;
  private looks = 0;

  /** `spins` looks a wait, 0 to never spin. */
  constructor(spins: number) {
    this.spins = spins;
    this.mode = spins > 0 ? 'trial' : 'block';
  }

  /** Looks to take in the wait that begins now. */
  take(): number {
    if (this.spins === 0) return 0;
    if (this.mode === 'block') {
      this.waits += 1;
      if (this.waits < this.period) return 0;
      this.period = Math.min(LAST_PERIOD, this.period * PERIOD_FACTOR);
      this.try();
    }
    return this.mode === 'trial' ? this.spins * TRIAL_FACTOR : this.spins;
  }

  /** The word changed at look number `looks`. */
  hit(looks: number): void {
    this.misses = 0;
    if (this.mode !== 'trial') return;
    this.streak = looks <= this.spins ? this.streak + 1 : 0;
    if (this.streak >= HITS_TO_SPIN) {
      this.mode = 'spin';
      this.period = FIRST_PERIOD;
      return;
    }
    this.charge(looks);
  }

  /** The budget that was taken ran out. */
  miss(): void {
    if (this.mode === 'trial') {
      this.charge(this.spins * TRIAL_FACTOR);
      return;
    }
    this.misses += 1;
    if (this.misses >= MISSES_TO_DOUBT) this.try();
  }

  private charge(looks: number): void {
    this.looks += looks;
    if (this.looks >= this.spins * TRIAL_FACTOR * TRIAL_WAITS) this.block();
  }

  private try(): void {
    this.mode = 'trial';
    this.misses = 0;
    this.looks = 0;
    this.streak = 0;
  }

  private block(): void {
    this.mode = 'block';
    this.waits = 0;
  }
}

/**
 * The server's budget: what its client does, but where the client spins and then has nothing to ask for, spinning for it
 * is rationed to one wait in 256.
 */
export class FollowingSpinBudget {
  private readonly spins: number;
  private misses = 0;
  private skip = 0;

  constructor(spins: number) {
    this.spins = spins;
  }

  /** Looks to take in the wait that begins now, with the client in `mode`. */
  take(mode: SpinMode): number {
    if (mode === 'block') return 0;
    if (mode === 'trial') return this.spins * TRIAL_FACTOR;
    if (this.skip === 0) return this.spins;
    this.skip -= 1;
    return 0;
  }

  hit(): void {
    this.misses = 0;
  }

  miss(): void {
    this.misses = Math.min(this.misses + 1, MISSES_TO_DOUBT + 8);
    if (this.misses > MISSES_TO_DOUBT) this.skip = (1 << (this.misses - MISSES_TO_DOUBT)) - 1;
  }
}
