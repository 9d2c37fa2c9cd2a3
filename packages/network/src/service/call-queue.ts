// Call queue: calls that wait for the same thing (bytes, connections, datagrams), answered in the order in which they came.
import type { CallContext, Later } from '@capos/runtime';

interface Waiting<Results, Item> {
  readonly context: CallContext<Results>;
  readonly take: () => Item | undefined;
}

export class CallQueue<Results, Item> {
  readonly #waiting: Waiting<Results, Item>[] = [];
  #serving = false;
  #again = false;
  readonly #deliver: (context: CallContext<Results>, item: Item) => void;

  /** `deliver` answers a call with what it waited for. */
  constructor(deliver: (context: CallContext<Results>, item: Item) => void) {
    this.#deliver = deliver;
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  /** What `take` has, unless others wait for it: then the call does, too. */
  takeOrWait(context: CallContext<Results>, take: () => Item | undefined): Item | Later {
    return (this.empty ? take() : undefined) ?? this.wait(context, take);
  }

  /** Waits for `take` to have something; a caller that gives up leaves the queue, and nothing is taken for it. */
  wait(context: CallContext<Results>, take: () => Item | undefined): Later {
    const waiting = { context, take };
    this.#waiting.push(waiting);
    context.onCancel(() => {
      const index = this.#waiting.indexOf(waiting);
      if (index >= 0) this.#waiting.splice(index, 1);
    });
    return context.later();
  }

  /** Something may be there now. Taking may itself bring a change about, which is looked at when the taking is done. */
  serve(): void {
    this.#again = true;
    if (this.#serving) return;
    this.#serving = true;
    while (this.#again) {
      this.#again = false;
      for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
        const item = first.take();
        if (item === undefined) break;
        const index = this.#waiting.indexOf(first);
        if (index >= 0) this.#waiting.splice(index, 1);
        this.#deliver(first.context, item);
      }
    }
    this.#serving = false;
  }

  /** The object is gone: whoever waits is told so. */
  end(item: Item): void {
    for (const { context } of this.#waiting.splice(0)) this.#deliver(context, item);
  }
}
