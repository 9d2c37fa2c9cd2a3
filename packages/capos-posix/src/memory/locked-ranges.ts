// Which pages a process has locked (mlock(2)): disjoint ranges in order.

interface Range {
  readonly start: number;
  readonly end: number;
}

export class LockedRanges {
  #ranges: readonly Range[] = [];

  add(start: number, end: number): void {
    this.remove(start, end);
    this.#ranges = [...this.#ranges, { start, end }].sort((a, b) => a.start - b.start);
  }

  remove(start: number, end: number): void {
    this.#ranges = this.#ranges.flatMap((range) => {
      if (range.end <= start || range.start >= end) return [range];
      const parts: Range[] = [];
      if (range.start < start) parts.push({ start: range.start, end: start });
      if (range.end > end) parts.push({ start: end, end: range.end });
      return parts;
    });
  }

  /** How many bytes of a range are locked. */
  within(start: number, end: number): number {
    return this.#ranges.reduce(
      (sum, range) => sum + Math.max(0, Math.min(range.end, end) - Math.max(range.start, start)),
      0,
    );
  }

  overlaps(start: number, end: number): boolean {
    return this.#ranges.some((range) => range.start < end && start < range.end);
  }
}
