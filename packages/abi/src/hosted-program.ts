// How a program written in TypeScript meets the kernel. One ABI with ELF processes: a ring, a CapSet, and memory in which
// "addresses" are offsets. Kernel and runtime share this file instead of importing one another.
//
// Reentrancy: completions that the kernel posts while the program is inside `enter` are visible when `enter` returns, and
// `onCompletion`'s callback is not called for those. The kernel may call a server's callback synchronously out of another
// process's CALL (direct handoff), so a callback can run while its program is not on the top of the stack.

/** The kernel's side of a hosted program. */
export interface HostedPort {
  /** Everything the program can name by address: ring, CapSet, heap. Never the machine's memory. */
  readonly arena: ArrayBuffer | SharedArrayBuffer;
  /** Offset of the ring in the arena; 64-byte aligned. */
  readonly ringOffset: number;
  /** Offset of the CapSet in the arena. */
  readonly capSetOffset: number;
  /** First byte of the arena that the program may use as it likes; 64-byte aligned. The heap ends with the arena. */
  readonly heapOffset: number;
  readonly processId: bigint;
  /** The doorbell: the kernel drains this ring before it returns. */
  enter(): void;
  /** Sets the callback that runs once per batch of completions posted outside `enter`. The last one set counts. */
  onCompletion(callback: () => void): void;
  /**
   * Sets what answers calls in their caller's turn, past the ring (`ProtectedProcedure`). The last one set counts. Absent where
   * the kernel is in another thread.
   */
  onCall?(procedure: ProtectedProcedure): void;
  /** Ends the process with `code & 255`. Nothing the program does afterwards has an effect. */
  exit(code: number): void;
}

/** A call as the completion of the RECV that it met would tell it. The object is reused: read it before returning or entering. */
export interface ArrivedCall {
  /** User data of the RECV. */
  readonly userDataLow: number;
  readonly userDataHigh: number;
  /** Bytes of params in the RECV's buffer. */
  readonly result: number;
  readonly flags: number;
  readonly badgeLow: number;
  readonly badgeHigh: number;
  /** Names the call until it is answered. */
  readonly token: number;
  readonly methodId: number;
  /** Capability records behind the params. */
  readonly capCount: number;
}

/** The answer that a protected procedure gives. */
export interface ProcedureAnswer {
  /**
   * `length` bytes at `address` of the arena, behind which `capCount` transfer descriptors lie as they would for a RETURN; results, or
   * a `CapException`. Set last counts; never set, it is results of no bytes.
   */
  set(address: number, length: number, capCount: number, isException: boolean): void;
}

/** What a {@link ProtectedProcedure} has done with a call. */
export const CALL_OUTCOME = {
  /** Nothing: the call arrives by completion, as it would have without the procedure. */
  LEFT: 0,
  /** Taken, as if by completion: the RECV is used up, and the call is answered by RETURN. */
  TAKEN: 1,
  /** Answered, and the RECV waits for the next call: as if by RETURN_RECV at the same endpoint with the same buffer. */
  ANSWERED: 2,
} as const;
/** A value of {@link CALL_OUTCOME}. */
export type CallOutcomeCode = (typeof CALL_OUTCOME)[keyof typeof CALL_OUTCOME];

/**
 * Runs for a call that meets a RECV of the program while nothing else of the program is due: on the caller's time, before the
 * caller's `enter` returns. Nothing but speed depends on whether it is run, or is there at all. An answer that is refused completes
 * the RECV as it would a RETURN_RECV, with RETURN_FAILED. The name is that of seL4's Microkit.
 */
export type ProtectedProcedure = (call: ArrivedCall, answer: ProcedureAnswer) => CallOutcomeCode;

/**
 * A program. It runs until it returns to the event loop and lives on until `exit`; an exception that leaves it ends the
 * process as a fault.
 */
export type HostedProgram = (port: HostedPort, args: readonly string[], env: readonly string[]) => void;

/** What a kernel hands to the Worker that runs a program; can be cloned by `postMessage`. */
export interface WorkerStart {
  /** The program's memory, which the kernel sees too. */
  readonly arena: SharedArrayBuffer;
  readonly ringOffset: number;
  readonly capSetOffset: number;
  readonly heapOffset: number;
  readonly processId: bigint;
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
}

/** The one message that a Worker posts to its kernel's thread: the program ended with this code. */
export interface WorkerExit {
  readonly exited: number;
}
