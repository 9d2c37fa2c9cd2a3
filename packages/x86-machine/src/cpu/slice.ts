// A slice of the budget: how many instructions run before the host looks around, and how many have run.
//
//   begin(limit) ─▶ generated code counts CPU_STATE.countdown down, and leaves below zero ─▶ end(): what is taken off the budget
//
// The count is exact at every exit: what `leave` and pieces decoded aside take out of the countdown is remembered in `taken`.

import { CPU_STATE } from '../state/cpu-state.ts';

/** Exceptions in a row that cost nothing: a page fault, its double fault, a retry. */
const FREE_STREAK = 8;

export class Slice {
  readonly #state: DataView;
  #before = 0;
  #limit = 0;
  #taken = 0;
  /** Exceptions since an instruction was last executed, and those of them that were charged to the slice. */
  #streak = 0;
  #streakStart = 0;
  #charged = 0;
  /** Set once the slice is to end. */
  isLeft = false;

  constructor(state: DataView) {
    this.#state = state;
  }

  /** Instructions executed since creation. */
  get instructions(): number {
    return this.#before + this.#executed();
  }

  /** Whether the countdown has not run out. */
  get lasts(): boolean {
    return !this.isLeft && this.#state.getInt32(CPU_STATE.countdown, true) >= 0;
  }

  #executed(): number {
    return this.#limit - this.#taken - this.#charged - this.#state.getInt32(CPU_STATE.countdown, true);
  }

  begin(limit: number): void {
    this.isLeft = false;
    this.#taken = 0;
    this.#charged = 0;
    // Generated code leaves when the countdown falls below zero.
    this.#limit = limit - 1;
    this.#state.setInt32(CPU_STATE.countdown, limit - 1, true);
  }

  /** @returns instructions executed, and what was charged beside them */
  end(): number {
    const executed = this.#executed();
    const charged = this.#charged;
    this.#before += executed;
    this.#limit = 0;
    this.#taken = 0;
    this.#charged = 0;
    this.#state.setInt32(CPU_STATE.countdown, 0, true);
    return executed + charged;
  }

  /** Generated code leaves at the next block boundary. */
  leave(): void {
    this.isLeft = true;
    this.exhaust();
  }

  /** Takes what is left out of the countdown. */
  exhaust(): void {
    this.#taken += this.#state.getInt32(CPU_STATE.countdown, true);
    this.#state.setInt32(CPU_STATE.countdown, 0, true);
  }

  /** So many instructions have run that generated code did not count. */
  count(instructions: number): void {
    this.#state.setInt32(CPU_STATE.countdown, this.#state.getInt32(CPU_STATE.countdown, true) - instructions, true);
  }

  /** A fault that leads to the next without an instruction in between would never use up a budget: it is charged. */
  chargeException(): void {
    const executed = this.instructions;
    if (executed !== this.#streakStart) {
      this.#streakStart = executed;
      this.#streak = 0;
    }
    if (++this.#streak <= FREE_STREAK) return;
    this.#charged++;
    this.count(1);
  }
}
