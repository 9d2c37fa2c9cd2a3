// Notifier: runs the completion callbacks of hosted programs, at points where the kernel's own state is whole.
//
//   completion posted ─▶ body queued (unless the program is inside `enter`, where it sees completions on return) ─▶ flush
//
// A flush happens after each ring operation, so a CALL to a hosted server that answers at once is complete before the caller's
// `enter` returns. Callbacks nest (a server calls its own servers); beyond MAX_DEPTH, and beyond a fair number between two steps
// of the embedder, the rest waits for its next step. So programs that call one another for ever starve nobody.

/** Something with a callback to run. */
export interface Notifiable {
  /** Runs the callback. Must not throw. */
  notified(): void;
}

const MAX_DEPTH = 24;
/** Callbacks that run at most between two steps of the embedder. */
const FAIR_ROUND = 65_536;

/** Callbacks that are due. */
export class Notifier {
  /** Keeps its length: emptying an array throws its storage away, which every call would make anew. */
  readonly #queue: (Notifiable | undefined)[] = [];
  #next = 0;
  #end = 0;
  #depth = 0;
  #budget = FAIR_ROUND;
  readonly #workArrived: () => void;

  /** `workArrived` is called when a callback becomes due while nobody will flush. */
  constructor(workArrived: () => void) {
    this.#workArrived = workArrived;
  }

  get isPending(): boolean {
    return this.#next < this.#end;
  }

  push(notifiable: Notifiable): void {
    this.#queue[this.#end++] = notifiable;
    if (this.#depth === 0) this.#workArrived();
  }

  /** A step of the embedder begins. */
  replenish(): void {
    this.#budget = FAIR_ROUND;
  }

  /** Brackets everything that ends in a flush, so that `push` need not call for one. */
  begin(): void {
    this.#depth++;
  }

  /** Whether something may run now that would be next; it counts as a callback. */
  takesTurn(): boolean {
    if (this.#next < this.#end || this.#depth > MAX_DEPTH || this.#budget <= 0) return false;
    this.#budget--;
    return true;
  }

  /** Runs what is due as far as depth and fairness allow. Inside `begin` … `end`. */
  flush(): void {
    if (this.#depth > MAX_DEPTH) return;
    while (this.#next < this.#end && this.#budget > 0) {
      this.#budget--;
      const notifiable = this.#queue[this.#next]!;
      this.#queue[this.#next++] = undefined;
      if (this.#next === this.#end) {
        this.#next = 0;
        this.#end = 0;
      }
      notifiable.notified();
    }
  }

  end(): void {
    this.#depth--;
    if (this.#depth === 0 && this.isPending) {
      if (this.#next > 1024) {
        this.#queue.splice(0, this.#next);
        this.#end -= this.#next;
        this.#next = 0;
      }
      this.#workArrived();
    }
  }
}
