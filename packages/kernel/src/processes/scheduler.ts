// Scheduler: who runs next. Round robin over one run queue; a thread woken by IPC goes to its head.
//
//   CALL wakes the server ─▶ head of the queue ─▶ the client blocks ─▶ the head runs: a direct handoff, without a choice.
//   The slice is the pair's, not the thread's: when it is over, the running thread goes to the tail, so two programs that hand
//   the processor back and forth for ever starve nobody.

import type { FrameEditor, Processor } from '../arch/processor.ts';
import type { MonotonicClock } from '../nucleus.ts';
import type { Process } from './process.ts';
import { THREAD, type Thread } from './thread.ts';

/** Instructions a thread runs before the next one's turn. About half a millisecond. */
const SLICE_INSTRUCTIONS = 100_000;

export class Scheduler {
  readonly processor: Processor;
  /** The thread whose state is in the processor. */
  current: Thread | undefined;
  #head: Thread | undefined;
  #tail: Thread | undefined;
  readonly #workArrived: () => void;
  readonly #clock: MonotonicClock;
  #stepping = false;
  #chargedUpTo = 0;
  #runNs = 0;
  #instructions = 0;

  constructor(processor: Processor, clock: MonotonicClock, workArrived: () => void) {
    this.processor = processor;
    this.#clock = clock;
    this.#workArrived = workArrived;
  }

  get hasReady(): boolean {
    return this.#head !== undefined;
  }

  /** To the tail of the run queue. */
  ready(thread: Thread): void {
    thread.state = THREAD.READY;
    thread.isQueued = true;
    thread.next = undefined;
    thread.previous = this.#tail;
    if (this.#tail === undefined) this.#head = thread;
    else this.#tail.next = thread;
    this.#tail = thread;
    if (!this.#stepping) this.#workArrived();
  }

  /** To the head of the run queue. */
  readyFirst(thread: Thread): void {
    // A thread woken while its own state is still in the processor just goes on.
    if (thread === this.current) {
      thread.state = THREAD.RUNNING;
      return;
    }
    thread.state = THREAD.READY;
    thread.isQueued = true;
    thread.previous = undefined;
    thread.next = this.#head;
    if (this.#head === undefined) this.#tail = thread;
    else this.#head.previous = thread;
    this.#head = thread;
    if (!this.#stepping) this.#workArrived();
  }

  /** Takes a thread out of the run queue, if it is there. */
  unqueue(thread: Thread): void {
    if (thread.isQueued) this.#unlink(thread);
  }

  /** Forgets a thread, wherever it is. Its state is not kept. */
  remove(thread: Thread): void {
    if (thread.isQueued) this.#unlink(thread);
    if (this.current !== thread) return;
    this.#charge(thread);
    this.current = undefined;
  }

  /** Nanoseconds that a process has had of the processor, by its share of all instructions. */
  cpuTimeNs(process: Process): number {
    return this.#instructions === 0 ? 0 : (process.instructions / this.#instructions) * this.#runNs;
  }

  /** Changes the state of a thread that may be the running one. */
  editFrame(thread: Thread, edit: (frame: FrameEditor) => void): void {
    edit(thread === this.current ? this.processor.liveFrame : this.processor.savedFrame(thread.frame));
  }

  /**
   * After anything that may have blocked, ended or woken threads: makes sure that a runnable thread is in the processor, or
   * stops it. To be called at the end of each supervisor callback.
   */
  settle(): void {
    let interrupted: Thread | undefined;
    for (;;) {
      const current = this.current;
      if (current !== undefined) {
        if (current.state === THREAD.RUNNING) {
          if (!current.interrupted || current === interrupted) return;
          current.interrupted = false;
          // Asked for again from inside, it comes after an instruction: otherwise the thread would never run one.
          interrupted = current;
          current.guest?.beforeResume();
          continue;
        }
        // Blocked: its state leaves the processor only now, so that whoever blocked it could still write its registers.
        this.processor.save(current.frame);
        this.#charge(current);
        this.current = undefined;
      }
      const next = this.#head;
      if (next === undefined) {
        this.processor.stop();
        return;
      }
      this.#unlink(next);
      this.#load(next);
    }
  }

  /** Takes the running thread off; the next one in the queue gets its turn. */
  preempt(): void {
    const { current } = this;
    if (current === undefined) return;
    if (current.state === THREAD.RUNNING) {
      this.processor.save(current.frame);
      this.#charge(current);
      this.current = undefined;
      this.ready(current);
    } else {
      this.settle();
    }
  }

  /** Runs threads for about `budget` instructions; answers how many ran. */
  run(budget: number): number {
    let used = 0;
    if (this.#head === undefined) return used;
    const before = this.#clock.nowNs();
    this.#stepping = true;
    while (used < budget && (this.#head !== undefined || this.current !== undefined)) {
      if (this.current === undefined) this.settle();
      if (this.current === undefined) break;
      // Some way is always made: a step ends even if no instruction completes.
      used += Math.max(1, this.processor.run(Math.min(SLICE_INSTRUCTIONS, budget - used)));
      this.preempt();
    }
    this.#stepping = false;
    this.#runNs += this.#clock.nowNs() - before;
    this.#instructions += used;
    return used;
  }

  #charge(thread: Thread): void {
    const now = this.processor.instructions;
    thread.process.instructions += now - this.#chargedUpTo;
    this.#chargedUpTo = now;
  }

  #load(thread: Thread): void {
    this.#chargedUpTo = this.processor.instructions;
    thread.state = THREAD.RUNNING;
    this.current = thread;
    this.processor.load(thread.frame, thread.space);
  }

  #unlink(thread: Thread): void {
    const { next, previous } = thread;
    if (previous === undefined) this.#head = next;
    else previous.next = next;
    if (next === undefined) this.#tail = previous;
    else next.previous = previous;
    thread.next = undefined;
    thread.previous = undefined;
    thread.isQueued = false;
  }
}
