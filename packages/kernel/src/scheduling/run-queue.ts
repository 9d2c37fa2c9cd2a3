// Run queue: contexts by priority, first come first served among equals. Every operation is O(1): a bit per level, and a bit
// per word of bits.

import { MAX_PRIORITY, type SchedulingContext } from './scheduling-context.ts';

const LEVELS = MAX_PRIORITY + 1;
const WORD_BITS = 32;

export class RunQueue {
  readonly #heads: (SchedulingContext | undefined)[] = new Array(LEVELS).fill(undefined);
  readonly #tails: (SchedulingContext | undefined)[] = new Array(LEVELS).fill(undefined);
  readonly #levels: Int32Array = new Int32Array(LEVELS / WORD_BITS);
  #words = 0;

  get isEmpty(): boolean {
    return this.#words === 0;
  }

  /** The one that came first among those of the highest priority. */
  get first(): SchedulingContext | undefined {
    if (this.#words === 0) return undefined;
    const word = WORD_BITS - 1 - Math.clz32(this.#words);
    return this.#heads[word * WORD_BITS + WORD_BITS - 1 - Math.clz32(this.#levels[word]!)];
  }

  /** Last among its equals. Not for a context that is queued. */
  push(context: SchedulingContext): void {
    const { priority } = context;
    const tail = this.#tails[priority];
    context.isQueued = true;
    context.next = undefined;
    context.previous = tail;
    if (tail === undefined) {
      this.#heads[priority] = context;
      this.#levels[priority >>> 5]! |= 1 << (priority & 31);
      this.#words |= 1 << (priority >>> 5);
    } else {
      tail.next = context;
    }
    this.#tails[priority] = context;
  }

  /** Without effect on a context that is not queued. Its priority is the one it was queued with. */
  remove(context: SchedulingContext): void {
    if (!context.isQueued) return;
    const { next, previous, priority } = context;
    if (previous === undefined) this.#heads[priority] = next;
    else previous.next = next;
    if (next === undefined) this.#tails[priority] = previous;
    else next.previous = previous;
    context.isQueued = false;
    context.next = undefined;
    context.previous = undefined;
    if (this.#heads[priority] !== undefined) return;
    const word = priority >>> 5;
    this.#levels[word]! &= ~(1 << (priority & 31));
    if (this.#levels[word] === 0) this.#words &= ~(1 << word);
  }

  /** Its turn is over: the next of its equals comes first. */
  moveToEnd(context: SchedulingContext): void {
    if (context.next === undefined) return;
    this.remove(context);
    this.push(context);
  }
}
