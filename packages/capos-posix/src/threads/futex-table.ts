// Futex table: who sleeps on which word (futex(2)).
//
//   address ─▶ [waiter, waiter, …] by realtime priority, then in the order in which they came; a waiter has a bit set it can
//              be woken by
//
// The emulated processor runs one thread at a time and no call is interrupted by another, so "compare, then sleep" needs no
// lock. Keys are addresses of this address space, or of what several processes share.

import { HandedLocks } from './handed-locks.ts';

export interface FutexWaiter {
  readonly bits: number;
  /** 1 to 99 in the realtime classes, else 0. */
  readonly priority: number;
  key: string | number;
  wake: () => void;
}

export class FutexTable {
  /** Of FUTEX_LOCK_PI. */
  readonly locks: HandedLocks = new HandedLocks();
  readonly #queues = new Map<string | number, Set<FutexWaiter>>();

  add(waiter: FutexWaiter): void {
    let queue = this.#queues.get(waiter.key);
    if (queue === undefined) {
      queue = new Set();
      this.#queues.set(waiter.key, queue);
    }
    queue.add(waiter);
  }

  remove(waiter: FutexWaiter): void {
    const queue = this.#queues.get(waiter.key);
    if (queue?.delete(waiter) && queue.size === 0) this.#queues.delete(waiter.key);
  }

  /** Wakes at most `count` waiters that share a bit with `bits`; answers how many. */
  wake(key: string | number, count: number, bits: number): number {
    const queue = this.#queues.get(key);
    if (queue === undefined || count <= 0) return 0;
    let woken = 0;
    for (const waiter of byPriority(queue)) {
      if ((waiter.bits & bits) === 0) continue;
      this.remove(waiter);
      waiter.wake();
      if (++woken >= count) break;
    }
    return woken;
  }

  /** Moves at most `count` waiters to another word; answers how many. */
  requeue(from: string | number, to: string | number, count: number): number {
    const queue = this.#queues.get(from);
    if (queue === undefined || count <= 0) return 0;
    let moved = 0;
    for (const waiter of byPriority(queue)) {
      if (moved >= count) break;
      this.remove(waiter);
      waiter.key = to;
      this.add(waiter);
      moved++;
    }
    return moved;
  }

  waiting(key: string | number): number {
    return this.#queues.get(key)?.size ?? 0;
  }
}

/** The waiters as they are to be woken. Sorting is stable: equals stay in their order. */
function byPriority(queue: ReadonlySet<FutexWaiter>): FutexWaiter[] {
  const waiters = [...queue];
  return waiters.some(({ priority }) => priority !== 0) ? waiters.sort((a, b) => b.priority - a.priority) : waiters;
}
