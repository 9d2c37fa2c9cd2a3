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
  /** Ends the process with `code & 255`. Nothing the program does afterwards has an effect. */
  exit(code: number): void;
}

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
