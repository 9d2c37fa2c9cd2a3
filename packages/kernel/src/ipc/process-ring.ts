// Process ring: the kernel's end of one ring of a process, and who to wake when completions appear in it.
//
//   elf      the thread that waits in cap_enter          scheduling/scheduler.ts
//   hosted   the program's onCompletion callback          processes/hosted-process.ts
//   worker   whoever waits on the ring's own words        processes/worker-process.ts, ipc-ring

import type { RingServer, SubmissionEntry, SubmissionHandler } from '@capos/ipc-ring';
import type { Process } from '../processes/process.ts';
import type { Thread } from '../processes/thread.ts';
import { Answers } from './answer.ts';
import type { PendingOperation } from './pending-operation.ts';
import { registerEntry } from './register-entry.ts';

/** Learns that completions were posted to a ring. */
export interface CompletionWaiter {
  completionsPosted(ring: ProcessRing): void;
}

/** What could not be posted. */
export interface Owed {
  /** There may be room now. */
  retry(): void;
}

/** Answers calls in their caller's turn, without entries of the ring (processes/protected-procedure.ts). */
export interface TurnServer {
  /** Whether the call that meets this RECV may be answered so now. */
  isReadyFor(receive: PendingOperation): boolean;
  /**
   * Completes the RECV, which is in no queue any more, by an answer or otherwise. The call is in flight, its params and `methodAndCaps >> 16`
   * capabilities are with the server.
   */
  serve(call: PendingOperation, receive: PendingOperation, length: number, token: number, methodAndCaps: number): void;
}

/** One ring. Threads of a process have one each; a hosted process has one. */
export class ProcessRing {
  readonly process: Process;
  readonly server: RingServer;
  /** What calls that carry an answer id have come to. */
  readonly answers: Answers;
  /** Set by ipc/drain.ts at the first drain. */
  drain: SubmissionHandler | undefined;
  /** Run after the next drain: what could not be posted for want of a completion slot. */
  readonly owed: Set<Owed> = new Set();
  /** The thread on the machine that it belongs to, if it does. */
  thread: Thread | undefined;
  /** Ends the thread the ring belongs to; undefined where programs have no threads. */
  endThread: (() => void) | undefined;
  /** Of a program that has a protected procedure. */
  turns: TurnServer | undefined = undefined;
  readonly #waiter: CompletionWaiter;
  #isOpen = true;

  constructor(process: Process, server: RingServer, waiter: CompletionWaiter) {
    this.process = process;
    this.server = server;
    this.#waiter = waiter;
    this.answers = new Answers(process.ledger, process.nucleus.operations.landings);
    process.rings.add(this);
  }

  /** False once its thread has ended: nothing is written to its memory any more. Never true again. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  set isOpen(isOpen: false) {
    this.#isOpen = isOpen;
    this.answers.close();
    this.process.rings.delete(this);
  }

  /**
   * Makes what was completed visible, and wakes who waits for it. Whoever is being drained sees it when that ends: one wake-up
   * for all that a chain of calls completed.
   */
  posted(): void {
    if (!this.server.isDraining) this.server.publish();
    this.#waiter.completionsPosted(this);
  }

  /** Completes the entry being performed, wherever it came from, with more than a result; its handler then answers DEFERRED. */
  completeEntry(entry: SubmissionEntry, result: number, flags: number, badgeLow: number, badgeHigh: number): void {
    if (entry === registerEntry) this.thread!.completeInRegisters(result, flags, badgeLow, badgeHigh, 0, 0);
    else this.server.completeWith(entry.userDataLow, entry.userDataHigh, result, flags, badgeLow, badgeHigh, 0, 0);
  }
}
