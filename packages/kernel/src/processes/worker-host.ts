// What an embedder lends the kernel for `worker` processes: threads that run a program's module over a shared arena.
//
//   start ─▶ the thread runs ─┬─ exited(code)   the program called exit
//                             ├─ failed(error)  an exception left it, or its module could not be loaded
//                             └─ ended()        the thread is gone, by itself or terminated: always comes, always last
//
// host-node and host-web have one each.

import type { WorkerStart } from '@capos/abi';

/** What a thread tells the kernel. Calls after `ended` are ignored. */
export interface WorkerEvents {
  exited(code: number): void;
  failed(error: unknown): void;
  ended(): void;
}

/** A thread under way. */
export interface WorkerThread {
  /** Stops it wherever it is, in an endless loop as well. `ended` follows. */
  terminate(): void;
}

/** A module's place: what `new Worker` takes. A URL is one. */
export type WorkerModule = string | { readonly href: string };

/** Makes threads. */
export interface WorkerHost {
  /** Starts `module` in a thread of its own and hands it `start`. No event comes before this returns. */
  start(module: WorkerModule, start: WorkerStart, events: WorkerEvents): WorkerThread;
}

/** A program in a module of its own. */
export interface WorkerProgram {
  /** The module that the Worker loads; it calls `runProgram` of `@capos/runtime/host-node` or `/host-web`. */
  readonly module: WorkerModule;
}
