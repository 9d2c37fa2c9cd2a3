// Foreign thread: a thread as its personality sees it. Reads and writes the processor while the thread is in it, the saved frame
// otherwise, so a personality never needs to know where the state is.

import type { ForeignThread, SignalVerdict } from '@capos/abi';
import { TrapFrame } from '../arch/trap-frame.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { THREAD } from '../scheduling/thread-state.ts';
import type { Thread, ThreadGuest } from './thread.ts';

/** What a thread tells its process's personality. */
export interface ForeignThreadEvents {
  syscall(thread: ForeignThreadView): void;
  fault(thread: ForeignThreadView, vector: number, errorCode: number, address: bigint): boolean;
  /** Before the thread's next instruction. */
  beforeResume(thread: ForeignThreadView): void;
  ended(thread: ForeignThreadView): void;
  /** Runs code of the personality for a thread. */
  guard(run: () => void, acting: Thread): void;
}

export class ForeignThreadView implements ForeignThread, ThreadGuest {
  readonly thread: Thread;
  readonly #scheduler: Scheduler;
  readonly #events: ForeignThreadEvents;
  readonly #savedRegisters: BigUint64Array;
  readonly #savedFrame: TrapFrame;
  #onWake: ((reason: 'unparked' | 'deadline') => void) | undefined;

  constructor(thread: Thread, scheduler: Scheduler, events: ForeignThreadEvents) {
    this.thread = thread;
    this.#scheduler = scheduler;
    this.#events = events;
    this.#savedRegisters = new BigUint64Array(thread.frame.buffer, 0, 16);
    this.#savedFrame = new TrapFrame(thread.frame);
    thread.guest = this;
  }

  get id(): number {
    return this.thread.id;
  }

  get registers(): BigUint64Array {
    return this.#isLive() ? this.#scheduler.processor.cpu.registers : this.#savedRegisters;
  }

  get extendedState(): Uint8Array {
    return this.#isLive() ? this.#scheduler.processor.cpu.frame : this.thread.frame;
  }

  get rip(): bigint {
    return this.#liveOrSavedFrame().rip;
  }
  set rip(value: bigint) {
    this.#liveOrSavedFrame().setRip(value);
  }
  get rflags(): bigint {
    return this.#liveOrSavedFrame().rflags;
  }
  set rflags(value: bigint) {
    this.#liveOrSavedFrame().setRflags(value);
  }
  get fsBase(): bigint {
    return this.#liveOrSavedFrame().fsBase;
  }
  set fsBase(value: bigint) {
    this.#liveOrSavedFrame().setFsBase(value);
  }
  get gsBase(): bigint {
    return this.#liveOrSavedFrame().gsBase;
  }
  set gsBase(value: bigint) {
    this.#liveOrSavedFrame().setGsBase(value);
  }

  get parked(): boolean {
    return this.thread.state === THREAD.BLOCKED;
  }

  park(onWake?: (reason: 'unparked' | 'deadline') => void, deadlineNs?: bigint): void {
    if (this.thread.isDead) return;
    this.#onWake = onWake;
    this.thread.block(deadlineNs === undefined ? Number.POSITIVE_INFINITY : Number(deadlineNs));
  }

  unpark(): void {
    this.#wake('unparked');
  }

  deadlinePassed(): void {
    this.#wake('deadline');
  }

  exit(): void {
    if (this.thread.isDead) return;
    this.thread.end();
    this.#events.ended(this);
  }

  interruptAtNextInstruction(): void {
    this.thread.interrupted = true;
  }

  signalled(signal: number): SignalVerdict {
    return this.thread.process.debugger?.signalled(this.thread, signal) ?? 'delivered';
  }

  syscall(): void {
    this.#events.syscall(this);
  }

  fault(vector: number, errorCode: number, address: bigint): boolean {
    return this.#events.fault(this, vector, errorCode, address);
  }

  beforeResume(): void {
    this.#events.beforeResume(this);
  }

  #isLive(): boolean {
    return this.#scheduler.current === this.thread;
  }

  #liveOrSavedFrame(): TrapFrame {
    return this.#isLive() ? this.#scheduler.processor.liveFrame : this.#savedFrame;
  }

  #wake(reason: 'unparked' | 'deadline'): void {
    if (this.thread.state !== THREAD.BLOCKED) return;
    const onWake = this.#onWake;
    this.#onWake = undefined;
    this.thread.interrupted = true;
    this.thread.wake();
    // May park the thread again: then it has not become runnable after all.
    if (onWake !== undefined) this.#events.guard(() => onWake(reason), this.thread);
  }
}
