// Threads as ThreadSpawner and ThreadControl know them: what one starts with, and what can be done to it.

import type { SchedulingContext } from '../scheduling/scheduling-context.ts';

/** What a new thread of a native process starts with. */
export interface ThreadStart {
  readonly entry: bigint;
  readonly stack: bigint;
  readonly argument: bigint;
  readonly fsBase: bigint;
  /** Address of the page that becomes its ring; 0 for none. */
  readonly ring: bigint;
}

/** Is what thread.ts has. */
export interface ControlledThread {
  readonly id: number;
  readonly isDead: boolean;
  /** Runs when the thread has ended. */
  onEnd(callback: () => void): void;
  setFsBase(fsBase: bigint): void;
  /** Runs on that context from now on, or on none of its own. */
  bind(context: SchedulingContext | undefined): void;
  readonly context: SchedulingContext | undefined;
  readonly instructions: number;
}
