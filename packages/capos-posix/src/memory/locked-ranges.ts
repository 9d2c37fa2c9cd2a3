// Which pages a process has locked (mlock(2)): disjoint ranges in order.

interface Range {
  readonly start: number;
  readonly end: number;
}

export class LockedRanges {
  #ranges: readonly Range[] = [];
  /** mlockall's MCL_FUTURE: what is mapped from now on is locked. */
  isFuture = false;

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

  /** A range cut up where pages that are locked begin and end. */
  pieces(start: number, end: number): readonly Range[] {
    const cuts = this.#ranges.flatMap((range) => [range.start, range.end]).filter((at) => at > start && at < end);
    const edges = [start, ...new Set(cuts), end];
    return edges.slice(1).map((to, index) => ({ start: edges[index]!, end: to }));
  }

  overlaps(start: number, end: number): boolean {
    return this.#ranges.some((range) => range.start < end && start < range.end);
  }
}
