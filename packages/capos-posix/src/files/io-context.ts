// Asynchronous I/O context (io_setup(2)): what was submitted and has been done waits here to be told of.
//
//   io_submit ─▶ done at once, in order ─▶ completions ─▶ io_getevents        at most `capacity` of them untold
//
// Linux does buffered files' requests within io_submit too; only O_DIRECT makes them overlap.

import { WaitQueue } from '../waiting.ts';

/** struct io_event: what is told of one request. */
export interface Completion {
  /** `aio_data`: the program's own. */
  readonly data: bigint;
  /** Where the request's iocb is. */
  readonly request: number;
  /** Bytes, or minus an error number. */
  readonly result: number;
}

/** Requests of all contexts of a process (/proc/sys/fs/aio-max-nr). */
export const MOST_REQUESTS = 65_536;

/** Completions that there is room for in the page that Linux makes at least. */
const PAGE_OF_COMPLETIONS = 127;

export class IoContext {
  /** Requests that were asked for; and that are let be untold, which may be more. */
  readonly asked: number;
  readonly capacity: number;
  readonly changed: WaitQueue = new WaitQueue();
  /** Nobody may use it any more, nor wait for it. */
  destroyed = false;
  readonly #completions: Completion[] = [];

  constructor(asked: number) {
    this.asked = asked;
    this.capacity = Math.max(asked, PAGE_OF_COMPLETIONS);
  }

  get untold(): number {
    return this.#completions.length;
  }

  complete(completion: Completion): void {
    this.#completions.push(completion);
    this.changed.notify();
  }

  /** The first of them, at most `count`. */
  take(count: number): Completion[] {
    return this.#completions.splice(0, count);
  }

  destroy(): void {
    this.destroyed = true;
    this.changed.notify();
  }
}
