// A queue of pending operations, linked through the operations themselves: no allocation, O(1) removal anywhere.

import type { PendingOperation } from './pending-operation.ts';

/** First in, first out. An operation is in at most one queue. */
export class OperationQueue {
  first: PendingOperation | undefined;
  #last: PendingOperation | undefined;
  length = 0;

  push(operation: PendingOperation): void {
    operation.queuePrevious = this.#last;
    operation.queueNext = undefined;
    if (this.#last === undefined) this.first = operation;
    else this.#last.queueNext = operation;
    this.#last = operation;
    this.length++;
  }

  pushFirst(operation: PendingOperation): void {
    const { first } = this;
    operation.queuePrevious = undefined;
    operation.queueNext = first;
    if (first === undefined) this.#last = operation;
    else first.queuePrevious = operation;
    this.first = operation;
    this.length++;
  }

  remove(operation: PendingOperation): void {
    const { queueNext, queuePrevious } = operation;
    if (queuePrevious === undefined) this.first = queueNext;
    else queuePrevious.queueNext = queueNext;
    if (queueNext === undefined) this.#last = queuePrevious;
    else queueNext.queuePrevious = queuePrevious;
    operation.queueNext = undefined;
    operation.queuePrevious = undefined;
    this.length--;
  }
}
