// Restart intensity: how many restarts a supervisor allows within a period before it takes the trouble to be somewhere else.
// Erlang/OTP's rule: a restart counts as long as it is at most a period old, the one about to happen included.

/** Restarts of one supervisor. */
export class RestartIntensity {
  private readonly intensity: number;
  private readonly periodNs: bigint;
  private times: bigint[] = [];

  /** At most `intensity` restarts within `periodNs`. */
  constructor(intensity: number, periodNs: bigint) {
    this.intensity = intensity;
    this.periodNs = periodNs;
  }

  /** Restarts within the period that ends at `nowNs`. */
  recent(nowNs: bigint): number {
    this.times = this.times.filter((time) => nowNs - time <= this.periodNs);
    return this.times.length;
  }

  /** Counts a restart at `nowNs`; false when it is one too many. */
  admit(nowNs: bigint): boolean {
    this.times.push(nowNs);
    return this.recent(nowNs) <= this.intensity;
  }
}
