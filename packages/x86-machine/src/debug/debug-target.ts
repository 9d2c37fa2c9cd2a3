// Debug target: what a debugger can do to a program, whoever runs it: a bare machine (machine-target.ts), or a kernel's process.
//
//   stopped ── resume ──▶ running ── breakpoint, watchpoint, step, fault, interrupt ──▶ stopped       all threads together
//                            └── exit, kill ──▶ gone
//
// Events come through `onEvent`, possibly from within the call that caused them.

import type { TracedAccess } from '../cpu/debug-traps.ts';

/** Why a program stopped. */
export type StopCause =
  | { readonly which: 'breakpoint'; readonly address: bigint }
  /** `address`: the first watched byte that was touched. */
  | { readonly which: 'watchpoint'; readonly watchpoint: Watchpoint; readonly address: bigint }
  | { readonly which: 'step' }
  /** The process holds another program now, and is about to begin it; breakpoints and watchpoints are gone. */
  | { readonly which: 'executed'; readonly path: string }
  /** Asked for from outside. */
  | { readonly which: 'interrupt' }
  /** A signal of Linux's numbering, before the program learns of it: a fault is one too. */
  | { readonly which: 'signal'; readonly signal: number };

export type DebugEvent =
  | { readonly which: 'stopped'; readonly threadId: number; readonly cause: StopCause }
  | { readonly which: 'exited'; readonly code: number }
  | { readonly which: 'killed'; readonly signal: number };

/** Bytes whose accesses stop the program, after the instruction that made them. */
export interface Watchpoint {
  readonly kind: 'write' | 'read' | 'access';
  readonly address: bigint;
  /** Bytes. */
  readonly length: number;
}

export interface DebugThread {
  /** Above 0. */
  readonly id: number;
  readonly name: string;
}

/** What a thread does when its program is resumed. */
export interface ResumeAction {
  readonly which: 'continue' | 'step';
  /** Has the signal that the thread stopped with delivered; without it the thread goes on as if there had been none. */
  readonly signal?: number;
}

/** A program under a debugger. Everything but `interrupt` and `kill` wants it stopped. */
export interface DebugTarget {
  readonly threads: readonly DebugThread[];
  /** Selectors of CS SS DS ES FS GS. */
  readonly selectors: readonly number[];
  /** A copy of a thread's state (FRAME in state/frame-layout.ts); undefined when there is no such thread. */
  readFrame(threadId: number): Uint8Array | undefined;
  /** False when there is no such thread. */
  writeFrame(threadId: number, frame: Uint8Array): boolean;
  /** Copies out of the program's memory, whatever its rights. @returns bytes copied, fewer where a page is missing */
  readMemory(address: bigint, into: Uint8Array): number;
  /** Copies into the program's memory, read-only pages included. @returns bytes copied */
  writeMemory(address: bigint, bytes: Uint8Array): number;
  /** Adding what is there, and removing what is not, has no effect. */
  addBreakpoint(address: bigint): void;
  removeBreakpoint(address: bigint): void;
  addWatchpoint(watchpoint: Watchpoint): void;
  removeWatchpoint(watchpoint: Watchpoint): void;
  /** Goes on. Threads that are in neither stay as they are. */
  resume(actions: ReadonlyMap<number, ResumeAction>, others: ResumeAction | undefined): void;
  /** Stops a running program soon; the event tells. */
  interrupt(): void;
  kill(): void;
  /** Lets go: breakpoints and watchpoints are removed, and the program runs. */
  detach(): void;
  /** Told what happens; set by whoever debugs. */
  onEvent: (event: DebugEvent) => void;
  /** Of a process. */
  readonly processId?: number;
  /** Set by a debugger that wants to be stopped when the process becomes another program. */
  stopsAtPrograms?: boolean;
  /** Path of its program, for debuggers to find symbols by. */
  readonly executablePath?: string;
  /** The auxiliary vector that it was started with. */
  readonly auxiliaryVector?: Uint8Array;
}

/** The first access that a watchpoint waits for. */
export function findWatched(
  watchpoints: Iterable<Watchpoint>,
  accesses: readonly TracedAccess[],
): Extract<StopCause, { which: 'watchpoint' }> | undefined {
  for (const access of accesses) {
    for (const watchpoint of watchpoints) {
      const { kind, address, length } = watchpoint;
      if ((kind === 'write' && !access.writes) || (kind === 'read' && !access.reads)) continue;
      const first = later(access.address, address);
      if (first < address + BigInt(length) && first < access.address + BigInt(access.length)) {
        return { which: 'watchpoint', watchpoint, address: first };
      }
    }
  }
  return undefined;
}

const later = (one: bigint, other: bigint): bigint => (one < other ? other : one);

export const sameWatchpoint = (one: Watchpoint, other: Watchpoint): boolean =>
  one.kind === other.kind && one.address === other.address && one.length === other.length;
