// Locks that are handed over (futex(2), "Priority-inheritance futexes"): whoever waits for one is its owner when it goes on.
//
//   word: owner's thread number, bit 30 an owner has died, bit 31 somebody waits
//
//   lock ── somebody owns it ─▶ waits, by realtime priority ── the owner unlocks or ends ─▶ the word is the waiter's
//
// Nobody inherits a priority: threads run by turns.

import { FUTEX } from '../linux/thread-flags.ts';

export interface LockWaiter {
  readonly tid: number;
  /** 1 to 99 in the realtime classes, else 0. */
  readonly priority: number;
  /** The word, in the waiter's own memory; undefined when that is not there. */
  read(): number | undefined;
  write(value: number): void;
  /** It is the owner now. */
  wake(): void;
}

interface LockQueue {
  owner: number;
  readonly waiters: Set<LockWaiter>;
}

export class HandedLocks {
  readonly #queues = new Map<string | number, LockQueue>();

  add(key: string | number, owner: number, waiter: LockWaiter): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, { owner, waiters: new Set([waiter]) });
    else queue.waiters.add(waiter);
  }

  remove(key: string | number, waiter: LockWaiter): void {
    const queue = this.#queues.get(key);
    if (queue?.waiters.delete(waiter) === true && queue.waiters.size === 0) this.#queues.delete(key);
  }

  /** Makes the waiter whose turn it is the owner. False when nobody waits. */
  handOver(key: string | number): boolean {
    const queue = this.#queues.get(key);
    if (queue === undefined) return false;
    let [next] = queue.waiters as Iterable<LockWaiter> as [LockWaiter];
    for (const waiter of queue.waiters) if (waiter.priority > next.priority) next = waiter;
    this.remove(key, next);
    queue.owner = next.tid;
    const died = (next.read() ?? 0) & FUTEX.OWNER_DIED;
    next.write((FUTEX.WAITERS | died | next.tid) >>> 0);
    next.wake();
    return true;
  }

  /** A thread has ended: what it owned goes to those who wait. */
  ownerEnded(tid: number): void {
    for (const [key, { owner }] of [...this.#queues]) if (owner === tid) this.handOver(key);
  }
}
