// What the kernel's paths ask of whoever debugs a process; debug-session.ts is the answer. Every process has at most one.

import type { SignalVerdict } from '@capos/abi';

/** Whether a thread is to be stopped after its next instruction. */
export const STEPPING = {
  NO: 0,
  /** It runs one instruction as soon as it is in the processor. */
  WANTED: 1,
  /** It ran: the debugger hears of it before the next, which may be after a system call has ended. */
  DONE: 2,
} as const;

export type Stepping = (typeof STEPPING)[keyof typeof STEPPING];

/** A thread, as far as its debugger is told. */
export interface DebuggedThread {
  readonly id: number;
  stepping: Stepping;
  /** Its personality is asked before its next instruction. */
  interrupted: boolean;
}

export interface ProcessDebugger {
  /** Threads made from now on are not to run yet. */
  readonly freezesNew: boolean;
  /** A fault that the kernel cannot resolve. True: the debugger holds the thread at it, and the program does not learn of it now. */
  faulted(thread: DebuggedThread, vector: number): boolean;
  /** A signal is about to take effect. Held: the thread is stopped before it, and it is asked about again when the thread goes on. */
  signalled(thread: DebuggedThread, signal: number): SignalVerdict;
  /** The process holds another program now, which the thread is about to begin with its stack at `stackPointer`. */
  executed(thread: DebuggedThread, path: string, stackPointer: bigint): void;
  /** A step is done, and the thread is about to go on. */
  stepped(thread: DebuggedThread): void;
}
