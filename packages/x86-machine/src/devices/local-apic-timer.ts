// The local APIC's timer: one-shot and periodic on a divided bus clock, or a deadline on the time-stamp counter (SDM 3A §11.5.4).
//
// Nothing counts: the count is derived from the clock when it is read, and one scheduled event stands for the next expiry.
import type { Board, EventHandle } from './device.ts';

/** Bus cycles a second before the divider: one a nanosecond, so that counts read as time. */
const APIC_BUS_FREQUENCY_HZ = 1_000_000_000;

const TIMER_MODE = { ONE_SHOT: 0, PERIODIC: 1, TSC_DEADLINE: 2 } as const;

export class LocalApicTimer {
  readonly #board: Board;
  readonly #expire: () => void;
  #mode: number = TIMER_MODE.ONE_SHOT;
  #divideConfiguration = 0;
  #initialCount = 0;
  /** When the current run began and how many counts it started with; a count of 0 is a stopped timer. */
  #startNs = 0;
  #startCount = 0;
  #deadline = 0n;
  #event: EventHandle = 0;

  /** `expire` is called at each expiry, masked or not: masking is the LVT entry's affair. */
  constructor(board: Board, expire: () => void) {
    this.#board = board;
    this.#expire = expire;
  }

  /** LVT bits 18:17. Entering or leaving deadline mode disarms the timer (SDM 3A §11.5.4.1). */
  set mode(mode: number) {
    if (mode === this.#mode) return;
    const crossesDeadline = mode === TIMER_MODE.TSC_DEADLINE || this.#mode === TIMER_MODE.TSC_DEADLINE;
    this.#mode = mode;
    if (crossesDeadline) this.stop();
  }

  get divideConfiguration(): number {
    return this.#divideConfiguration;
  }

  /** Changing the divider in mid-count goes on from the count reached. */
  set divideConfiguration(value: number) {
    const count = this.currentCount;
    this.#divideConfiguration = value & 0b1011;
    if (count !== 0) this.#start(count, this.#board.events.nowNs());
  }

  get initialCount(): number {
    return this.#initialCount;
  }

  /** Writing starts the timer, 0 stops it; in deadline mode the write is ignored. */
  set initialCount(value: number) {
    if (this.#mode === TIMER_MODE.TSC_DEADLINE) return;
    this.#initialCount = value >>> 0;
    this.#start(this.#initialCount, this.#board.events.nowNs());
  }

  get currentCount(): number {
    if (this.#startCount === 0) return 0;
    const elapsed = Math.floor((this.#board.events.nowNs() - this.#startNs) / this.#periodNs);
    if (elapsed < this.#startCount) return this.#startCount - elapsed;
    // The event is due but has not been called yet.
    return this.#mode === TIMER_MODE.PERIODIC
      ? this.#initialCount - ((elapsed - this.#startCount) % this.#initialCount)
      : 0;
  }

  get deadline(): bigint {
    return this.#mode === TIMER_MODE.TSC_DEADLINE ? this.#deadline : 0n;
  }

  /** Arms for a time-stamp value; 0 disarms, one already past expires at once; ignored in the other modes. */
  set deadline(timeStamp: bigint) {
    if (this.#mode !== TIMER_MODE.TSC_DEADLINE) return;
    this.#cancel();
    this.#deadline = timeStamp;
    if (timeStamp === 0n) return;
    const { events, timeStampFrequencyHz } = this.#board;
    const cycles = timeStamp - this.#board.timeStamp();
    const delayNs = cycles <= 0n ? 0 : Math.ceil((Number(cycles) * 1e9) / timeStampFrequencyHz);
    this.#event = events.at(events.nowNs() + delayNs, () => {
      this.#event = 0;
      this.#deadline = 0n;
      this.#expire();
    });
  }

  stop(): void {
    this.#cancel();
    this.#startCount = 0;
    this.#initialCount = 0;
    this.#deadline = 0n;
  }

  /** Divide configuration bits 3, 1, 0: 000 divides by 2, doubling up to 110 by 128; 111 divides by 1 (SDM 3A figure 11-10). */
  get #periodNs(): number {
    const exponent = ((this.#divideConfiguration & 0b1000) >> 1) | (this.#divideConfiguration & 0b11);
    const divider = exponent === 0b111 ? 1 : 2 << exponent;
    return (divider * 1e9) / APIC_BUS_FREQUENCY_HZ;
  }

  #cancel(): void {
    if (this.#event !== 0) this.#board.events.cancel(this.#event);
    this.#event = 0;
  }

  #start(count: number, startNs: number): void {
    this.#cancel();
    this.#startCount = count;
    this.#startNs = startNs;
    if (count === 0) return;
    const dueNs = startNs + count * this.#periodNs;
    this.#event = this.#board.events.at(dueNs, () => {
      this.#event = 0;
      this.#startCount = 0;
      // A periodic timer reloads from when it was due, not from when it was noticed: it does not drift. Periods that
      // passed unnoticed collapse into one interrupt, as they would in the request register.
      if (this.#mode === TIMER_MODE.PERIODIC && this.#initialCount !== 0) {
        const cycleNs = this.#initialCount * this.#periodNs;
        const missed = Math.max(0, Math.floor((this.#board.events.nowNs() - dueNs) / cycleNs));
        this.#start(this.#initialCount, dueNs + missed * cycleNs);
      }
      this.#expire();
    });
  }
}
