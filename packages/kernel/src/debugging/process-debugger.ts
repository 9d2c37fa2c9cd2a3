// What the kernel's paths ask of whoever debugs a process; debug-session.ts is the answer. Every process has at most one.

import type { Thread } from '../processes/thread.ts';

/** Whether a thread is to be stopped after its next instruction. */
export const STEPPING = {
  NO: 0,
  /** It runs one instruction as soon as it is in the processor. */
  WANTED: 1,
  /** It ran: the debugger hears of it before the next, which may be after a system call has ended. */
  DONE: 2,
} as const;

export type Stepping = (typeof STEPPING)[keyof typeof STEPPING];

export interface ProcessDebugger {
  /** A fault that the kernel cannot resolve. True: the debugger holds the thread at it, and the program does not learn of it now. */
  faulted(thread: Thread, vector: number): boolean;
  /** A thread was made, and is not runnable yet. */
  threadStarted(thread: Thread): void;
  /** The process holds another program now, which the thread is about to begin with its stack at `stackPointer`. */
  executed(thread: Thread, path: string, stackPointer: bigint): void;
  /** A step is done, and the thread is about to go on. */
  stepped(thread: Thread): void;
}
