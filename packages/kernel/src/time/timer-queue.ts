// Timer queue: a binary heap of deadlines. Adding and cancelling cost O(log n); tens of thousands are ordinary.
//
// A timer is a node that its owner keeps (no allocation per deadline) and that knows its place in the heap. Equal deadlines
// fire in the order they were set: a run can be repeated.

/** A deadline that somebody may set. Reusable once it has fired or been cancelled. */
export interface TimerNode {
  /** Monotonic nanoseconds. */
  deadlineNs: number;
  /** Place in the heap, −1 outside. */
  heapIndex: number;
  /** Tie-breaker, set by the queue. */
  sequence: number;
  expired(): void;
}

/** Deadlines of the whole kernel. */
export class TimerQueue {
  /** Told when a deadline was added that comes before all others: whoever waits for the next one waits too long now. */
  onEarlier: () => void = () => {};
  readonly #heap: TimerNode[] = [];
  #sequence = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** The next deadline, or +Infinity. */
  get nextNs(): number {
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0]!.deadlineNs;
  }

  /** Sets a node's deadline; one that it had already is replaced. */
  add(node: TimerNode, deadlineNs: number): void {
    // Twice in the heap it would be found at the top for ever, and be nowhere to be taken out from.
    this.cancel(node);
    node.deadlineNs = deadlineNs;
    node.sequence = this.#sequence++;
    this.#heap.push(node);
    this.#up(this.#heap.length - 1, node);
    if (node.heapIndex === 0) this.onEarlier();
  }

  /** Without effect on a node that is not in the queue. */
  cancel(node: TimerNode): void {
    const index = node.heapIndex;
    if (index < 0) return;
    node.heapIndex = -1;
    const last = this.#heap.pop()!;
    if (last === node) return;
    this.#up(index, last);
    if (last.heapIndex === index) this.#down(index, last);
  }

  /** Fires what was due at `nowNs`, but nothing that is added meanwhile for the same moment; at most `limit`. */
  expire(nowNs: number, limit: number = Number.POSITIVE_INFINITY): number {
    const before = this.#sequence;
    let fired = 0;
    while (fired < limit && this.#heap.length > 0) {
      const node = this.#heap[0]!;
      if (node.deadlineNs > nowNs || node.sequence >= before) break;
      this.cancel(node);
      fired++;
      node.expired();
    }
    return fired;
  }

  #up(from: number, node: TimerNode): void {
    const heap = this.#heap;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent]!;
      if (!isBefore(node, above)) break;
      heap[index] = above;
      above.heapIndex = index;
      index = parent;
    }
    heap[index] = node;
    node.heapIndex = index;
  }

  #down(from: number, node: TimerNode): void {
    const heap = this.#heap;
    let index = from;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      const below = heap[child]!;
      if (!isBefore(below, node)) break;
      heap[index] = below;
      below.heapIndex = index;
      index = child;
    }
    heap[index] = node;
    node.heapIndex = index;
  }
}

function isBefore(a: TimerNode, b: TimerNode): boolean {
  return a.deadlineNs < b.deadlineNs || (a.deadlineNs === b.deadlineNs && a.sequence < b.sequence);
}
