// Received calls: the calls a process has taken from its endpoints and not yet answered, by token.
//
//   token = generation (15 bits, never 0) << 16 | index.  A token answers once; an old one is noticed.
//
// When the caller gives up, the entry stays as an orphan until the server returns it: the server may still be at work.

const INDEX_BITS = 16;
const MAX_ENTRIES = 1 << INDEX_BITS;
/** Keeps a token below 2^31: a larger one is a number on the heap, made anew for each call. */
const MAX_GENERATION = 0x7fff;

/** Counts the calls that one client has at a server. */
export interface Admission {
  openCalls: number;
}

/** What a token stands for. */
export const ORPHANED = null;

/** One per process. */
export class ReceivedCalls<Call extends object> {
  readonly #calls: (Call | null | undefined)[] = [];
  readonly #generations: number[] = [];
  /** Keeps its length: an array that is emptied throws its storage away, which every call would make anew. */
  readonly #free: number[] = [];
  #freeCount = 0;
  /** Of orphans: whose they were. They count there until the server is done with them. */
  readonly #admissions: Map<number, Admission> = new Map();

  /** Whether another call can be received. */
  get hasRoom(): boolean {
    return this.#freeCount > 0 || this.#calls.length < MAX_ENTRIES;
  }

  /** A token for a delivered call, or 0 when there are 65,536 already. */
  add(call: Call): number {
    let index = 0;
    if (this.#freeCount > 0) index = this.#free[--this.#freeCount]!;
    else {
      index = this.#calls.length;
      if (index >= MAX_ENTRIES) return 0;
      this.#calls.push(undefined);
      this.#generations.push(1);
    }
    this.#calls[index] = call;
    return ((this.#generations[index]! << INDEX_BITS) | index) >>> 0;
  }

  /** The call of a token, {@link ORPHANED} when its caller has gone, undefined for a token that is not one. */
  find(token: number): Call | null | undefined {
    const index = token & (MAX_ENTRIES - 1);
    return this.#generations[index] === token >>> INDEX_BITS ? this.#calls[index] : undefined;
  }

  /** The caller gave up; the token stays valid for one RETURN. */
  orphan(token: number, admission: Admission | undefined): void {
    const index = token & (MAX_ENTRIES - 1);
    this.#calls[index] = ORPHANED;
    if (admission !== undefined) this.#admissions.set(index, admission);
  }

  /** The call was answered. */
  remove(token: number): void {
    const index = token & (MAX_ENTRIES - 1);
    if (this.#calls[index] === ORPHANED) {
      const admission = this.#admissions.get(index);
      if (admission !== undefined) admission.openCalls--;
      this.#admissions.delete(index);
    }
    this.#calls[index] = undefined;
    this.#generations[index] = (this.#generations[index]! % MAX_GENERATION) + 1;
    this.#free[this.#freeCount++] = index;
  }

  /** The server has ended: nobody is at work on them any more. */
  forgetOrphans(): void {
    for (const admission of this.#admissions.values()) admission.openCalls--;
    this.#admissions.clear();
  }

  /** Every call still open; for the server's death. */
  *open(): Generator<Call> {
    for (const call of this.#calls) if (call !== undefined && call !== ORPHANED) yield call;
  }
}
