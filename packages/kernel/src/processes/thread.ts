// Thread: a saved frame, a ring of its own, and what it is waiting for.
//
//            dispatched                    its context's turn is over
//   READY ───────────────▶ RUNNING ────────────────────────────────────▶ READY
//     ▲                       │ cap_enter waits, park
//     └──────── woken ─── BLOCKED                          any ── exit, death of the process ──▶ DEAD
//
// While a thread is RUNNING its state is in the processor and `frame` is stale; otherwise `frame` is its state.
// A thread runs on the scheduling context it is bound to, or on that of a thread that waits for it (scheduling/donation.ts).

import { RESOURCE } from '../accounting/ledger.ts';
import { FRAME_BYTES, FRAME_WORD, type TrapFrame } from '../arch/trap-frame.ts';
import { STEPPING, type Stepping } from '../debugging/process-debugger.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import type { CompletionWaiter, ProcessRing } from '../ipc/process-ring.ts';
import type { AddressSpace } from '../memory/address-space.ts';
import type { SchedulingContext } from '../scheduling/scheduling-context.ts';
import { THREAD, type ThreadState } from '../scheduling/thread-state.ts';
import type { TimerNode } from '../time/timer-queue.ts';
import type { ControlledThread } from './controlled-thread.ts';
import type { Process } from './process.ts';

// Constants of this module, which V8 folds (see ipc-ring/src/ring-server.ts).
const { RAX, RDX, R8, R9 } = FRAME_WORD;

/** Not waiting in cap_enter. */
const NOT_WAITING = -1;

/** What a foreign personality adds to a thread. */
export interface ThreadGuest {
  /** The thread executed `syscall`. */
  syscall(): void;
  /** The thread raised an exception; whether it was handled. */
  fault(vector: number, errorCode: number, address: bigint): boolean;
  /** Runs with the thread's state live, before its next instruction, when it asked for that. */
  beforeResume(): void;
  /** The deadline of a park has passed. */
  deadlinePassed(): void;
}

/** What a thread asks of whoever runs it. */
export interface ThreadScheduler {
  /** It can run from now on. */
  ready(thread: Thread): void;
  /** It is blocked, and whom it waits for may have changed. */
  reconsider(thread: Thread): void;
  /** A link of some chain has changed: a thread that runs on what it was lent may have to stop. */
  loanChanged(): void;
  /** Forgets it, wherever it is. Its state is not kept. */
  remove(thread: Thread): void;
  /** Binds it to a context, or to none: then it is passive. */
  bind(thread: Thread, context: SchedulingContext | undefined): void;
  /** Its live or saved registers, as low and high halves in hardware order. */
  registersOf(thread: Thread): Int32Array | Uint32Array;
  /** Changes its state; it may be the running one. */
  editFrame(thread: Thread, edit: (frame: TrapFrame) => void): void;
}

export class Thread implements CompletionWaiter, ControlledThread, TimerNode {
  readonly id: number;
  readonly process: Process;
  readonly frame: Uint8Array = new Uint8Array(FRAME_BYTES);
  readonly frameWords: Int32Array = new Int32Array(this.frame.buffer);
  state: ThreadState = THREAD.BLOCKED;
  /** Executed so far. */
  instructions = 0;
  ring: ProcessRing | undefined;
  /** Of its process; a field of its own because every switch needs it. */
  space: AddressSpace;
  /** Frame of a ring page that the thread's own process provided; kept from reuse until the thread ends. */
  ringFrame = -1;
  guest: ThreadGuest | undefined;
  /** `guest.beforeResume` is wanted. */
  interrupted = false;
  /** A debugger keeps it from running, whatever its state. */
  isFrozen = false;
  /** What a debugger wants of its next instruction. */
  stepping: Stepping = STEPPING.NO;
  /** What it runs on; undefined for a passive thread, which runs only on what others lend it. */
  context: SchedulingContext | undefined;
  // Its place among the threads of its context.
  next: Thread | undefined;
  previous: Thread | undefined;
  isListed = false;
  // Donation: the call it made last and the one it works on, which are links of the chain; and who waits for whom.
  latestCall: PendingOperation | undefined;
  working: PendingOperation | undefined;
  lentTo: Thread | undefined;
  firstLender: Thread | undefined;
  lenderNext: Thread | undefined;
  lenderPrevious: Thread | undefined;
  deadlineNs = 0;
  heapIndex = -1;
  sequence = 0;
  readonly #scheduler: ThreadScheduler;
  #waitingFor = NOT_WAITING;
  /** A register entry of it is under way (ipc/register-entry.ts). */
  awaitsRegisters = false;
  #onEnd: (() => void)[] = [];

  constructor(id: number, process: Process, scheduler: ThreadScheduler, space: AddressSpace) {
    this.id = id;
    this.process = process;
    this.space = space;
    this.#scheduler = scheduler;
  }

  get isDead(): boolean {
    return this.state === THREAD.DEAD;
  }

  /** Waits in cap_enter until `completions` are readable or `deadlineNs` has come. The thread is the running one. */
  waitForCompletions(completions: number, deadlineNs: number): void {
    this.#waitingFor = completions;
    this.block(deadlineNs);
  }

  /** Leaves the processor; the caller dispatches another. +Infinity is no deadline. */
  block(deadlineNs: number): void {
    const { timers } = this.process.nucleus;
    this.state = THREAD.BLOCKED;
    // It may have waited already, for something else: that deadline is none any more.
    if (deadlineNs === Number.POSITIVE_INFINITY) timers.cancel(this);
    else timers.add(this, deadlineNs);
  }

  /** Becomes runnable: what it waited for was just done for it. */
  wake(): void {
    if (this.state !== THREAD.BLOCKED) return;
    this.process.nucleus.timers.cancel(this);
    this.#waitingFor = NOT_WAITING;
    this.#scheduler.ready(this);
  }

  completionsPosted(ring: ProcessRing): void {
    if (this.#waitingFor === NOT_WAITING) {
      if (this.awaitsRegisters) this.reconsider();
      return;
    }
    const available = ring.server.unread();
    if (available < this.#waitingFor) {
      this.reconsider();
      return;
    }
    this.#answer(available);
    this.wake();
  }

  /** The end of its register entry: writes the completion to its registers, and wakes it if it waits. */
  completeInRegisters(
    result: number,
    flags: number,
    badgeLow: number,
    badgeHigh: number,
    token: number,
    methodAndCaps: number,
  ): void {
    const words = this.#scheduler.registersOf(this);
    words[RAX] = result;
    words[RAX + 1] = result < 0 ? -1 : 0;
    words[RDX] = flags;
    words[RDX + 1] = 0;
    words[R8] = badgeLow;
    words[R8 + 1] = badgeHigh;
    words[R9] = token;
    words[R9 + 1] = methodAndCaps;
    this.awaitsRegisters = false;
    this.wake();
  }

  /** Whom it waits for may have changed. */
  reconsider(): void {
    if (this.state === THREAD.BLOCKED) this.#scheduler.reconsider(this);
  }

  /** Whom it works for has changed. */
  loanChanged(): void {
    this.#scheduler.loanChanged();
  }

  expired(): void {
    if (this.guest !== undefined) this.guest.deadlinePassed();
    else {
      this.#answer(this.ring?.server.unread() ?? 0);
      this.wake();
    }
  }

  onEnd(callback: () => void): void {
    if (this.isDead) callback();
    else this.#onEnd.push(callback);
  }

  bind(context: SchedulingContext | undefined): void {
    if (!this.isDead) this.#scheduler.bind(this, context);
  }

  setFsBase(fsBase: bigint): void {
    this.#scheduler.editFrame(this, (frame) => frame.setFsBase(fsBase));
  }

  /** Ends the thread alone. The process ends with its last. */
  end(): void {
    if (this.isDead) return;
    const { process } = this;
    this.stop();
    const { ring } = this;
    if (ring !== undefined) {
      ring.isOpen = false;
      process.abandonOperations((operation) => operation.ring === ring);
      for (const call of [...process.received.open()]) {
        if (call.serverRing === ring) call.serverRing = undefined;
      }
    }
    this.release();
  }

  /** Never runs again. */
  stop(): void {
    if (this.isDead) return;
    this.process.nucleus.timers.cancel(this);
    this.#scheduler.remove(this);
    this.latestCall = undefined;
    this.state = THREAD.DEAD;
    this.#waitingFor = NOT_WAITING;
  }

  /** Gives back what the thread holds, once, after `stop`. */
  release(): void {
    const { ledger, nucleus } = this.process;
    ledger.release(RESOURCE.THREADS, 1);
    if (this.ringFrame >= 0) nucleus.pool.release(this.ringFrame);
    this.ringFrame = -1;
    const callbacks = this.#onEnd;
    this.#onEnd = [];
    for (const callback of callbacks) callback();
  }

  /** RAX of the blocked thread. */
  #answer(value: number): void {
    this.frameWords[FRAME_WORD.RAX] = value;
    this.frameWords[FRAME_WORD.RAX + 1] = value < 0 ? -1 : 0;
  }
}
