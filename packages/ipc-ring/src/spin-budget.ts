// How long a waiter spins before it blocks: learned from what spinning brought so far.
//
//   hit  at spin i ─▶ budget follows 8 × the usual i: an answer that comes soon is worth a little patience
//   miss           ─▶ the next 2^misses − 1 waits (at most 255) block at once, then one tries again with 4 × the budget
//
// Waking another CPU costs some 45 µs and noticing an answer while spinning 0.5 µs; spinning where the other side has no
// CPU to run on costs a whole time slice. So misses are rationed exponentially: where spinning never helps it costs one
// spin in 256 waits, and where it always helps it is all that happens. With one CPU the budget is 0.

const MIN_SPINS = 256;
const MAX_SKIP = 255;
const PATIENCE = 8;

export class SpinBudget {
  private readonly max: number;
  private spins: number;
  private usual: number;
  private misses = 0;
  private skip = 0;

  /** `max` spins at most, 0 to never spin. */
  constructor(max: number) {
    this.max = max;
    this.spins = max;
    this.usual = max / PATIENCE;
  }

  /** Spins to try in the wait that begins now. */
  take(): number {
    if (this.skip === 0) return this.spins;
    this.skip -= 1;
    return 0;
  }

  /** The word changed after `spins`. */
  hit(spins: number): void {
    this.misses = 0;
    this.usual += (spins - this.usual) / 8;
    this.spins = Math.min(this.max, Math.max(MIN_SPINS, PATIENCE * this.usual) | 0);
  }

  /** The budget that was taken ran out. */
  miss(): void {
    this.misses += 1;
    this.spins = Math.min(this.max, this.spins * 4);
    this.skip = this.misses >= 8 ? MAX_SKIP : (1 << this.misses) - 1;
  }
}
