// Waiting: how a call that can't answer yet is written.
//
// A handler that may wait is a generator. What it yields is *what it waits for*; what `yield` gives back is why it goes on:
//
//   handler ── yields Wait ─▶ driver parks the thread, wait.begin(wake)
//      ▲                          │ wake()            → 'ready'
//      └──────── WakeReason ◀─────┤ deadline passed   → 'deadline'
//                                 │ signal to handle  → 'interrupted'   (only if wait.interruptible)
//                                 └ thread killed     → generator.return(): `finally` blocks undo what was begun
//
// A capability call that completes at once never yields, so most file calls run straight through.

/** Why a wait ended. */
export type WakeReason = 'ready' | 'deadline' | 'interrupted';

/** Something that ends: a capability call, a change of readiness, a futex, a deadline. */
export interface Wait {
  /** Starts waiting. `wake` may be called at once; later calls than the first are ignored. Answers how to stop waiting. */
  begin(wake: () => void): (() => void) | undefined;
  /** Monotonic time at which the wait ends by itself. */
  readonly deadlineNs?: number | undefined;
  /** Whether a signal ends it. */
  readonly interruptible: boolean;
}

/** A computation that may wait. */
export type Blocking<T> = Generator<Wait, T, WakeReason>;

/** Either an answer or a computation that will have one. */
export type MaybeBlocking<T> = T | Blocking<T>;

/** Tells the two apart. */
export function isBlocking<T>(value: MaybeBlocking<T>): value is Blocking<T> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { readonly next?: unknown }).next === 'function'
  );
}

/** The answer, waiting for it if need be. */
export function* settle<T>(value: MaybeBlocking<T>): Blocking<T> {
  return isBlocking(value) ? yield* value : value;
}

/** Those who want to know that something changed. Notified in the order in which they subscribed. */
export class WaitQueue {
  readonly #subscribers = new Set<() => void>();

  get empty(): boolean {
    return this.#subscribers.size === 0;
  }

  /** Calls `callback` on every change until the answer is called. */
  subscribe(callback: () => void): () => void {
    // A fresh function: the same callback may subscribe twice.
    const subscriber = (): void => callback();
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Something changed: everybody looks again. */
  notify(): void {
    if (this.#subscribers.size === 0) return;
    for (const subscriber of [...this.#subscribers]) if (this.#subscribers.has(subscriber)) subscriber();
  }
}

/** Waits until one of `queues` changes. */
export function waitForChange(queues: readonly WaitQueue[], deadlineNs?: number): Wait {
  return {
    interruptible: true,
    deadlineNs,
    begin(wake) {
      const cancels = queues.map((queue) => queue.subscribe(wake));
      return () => {
        for (const cancel of cancels) cancel();
      };
    },
  };
}

/** Waits for time alone. */
export function waitUntil(deadlineNs: number): Wait {
  return { interruptible: true, deadlineNs, begin: () => undefined };
}

/** Waits for nothing but a signal. */
export const WAIT_FOR_SIGNAL: Wait = { interruptible: true, begin: () => undefined };
