// Debug session: one process under a debugger. The session freezes threads, the scheduler passes frozen ones over, and everything
// else goes on: other processes, services, and the time.
//
//   all frozen ── resume ──▶ those named run ── breakpoint, watchpoint, step, fault, interrupt ──▶ all frozen, event
//
// A debugger is the embedder's power over the system, like stepping the kernel at all: no capability of any process leads here.
// A fault is held at its instruction, which has had no effect; going on runs the instruction again, and with a signal the
// fault then takes its course. A signal is held before it takes effect; going on with a signal delivers it, without one it is gone. Events are told between two runs of the processor, so that states are where they belong.

import { REGISTER, type SignalVerdict } from '@capos/abi';
import {
  type DebugEvent,
  type DebugTarget,
  type DebugThread,
  type DebugTraps,
  FRAME_BYTES,
  findWatched,
  type ResumeAction,
  type StopCause,
  sameWatchpoint,
  type TracedAccess,
  TrapFrame,
  type Watchpoint,
} from '../arch/debugging.ts';
import { ACCESS } from '../memory/user-memory.ts';
import type { ElfBody } from '../processes/elf-process.ts';
import type { ExitStatus, Process } from '../processes/process.ts';
import type { Thread } from '../processes/thread.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { readAuxiliaryVector } from './auxiliary-vector.ts';
import { signalOfFault } from './fault-signal.ts';
import { type DebuggedThread, type ProcessDebugger, STEPPING } from './process-debugger.ts';

/** CS SS DS ES FS GS of every thread in ring 3. */
const SELECTORS: readonly number[] = [0x33, 0x2b, 0, 0, 0, 0];
const USER_END = 2n ** 47n;
const SIGKILL = 9;

export interface DebugOptions {
  /** The program's path in its own world, for debuggers that look for its symbols. */
  readonly executablePath?: string;
}

/** What a session asks of whoever keeps it, and all others. */
export interface SessionKeeper {
  readonly traps: DebugTraps;
  /** Has the session's debugger told, once the processor is at rest. */
  tell(session: DebugSession, event: DebugEvent): void;
  end(process: Process, status: ExitStatus): void;
  release(process: Process): void;
}

export class DebugSession implements DebugTarget, ProcessDebugger {
  onEvent: (event: DebugEvent) => void = () => {};
  readonly selectors: readonly number[] = SELECTORS;
  readonly processId: number;
  executablePath?: string;
  auxiliaryVector?: Uint8Array;
  stopsAtPrograms = false;
  readonly #process: Process;
  readonly #body: ElfBody;
  readonly #scheduler: Scheduler;
  readonly #keeper: SessionKeeper;
  readonly #breakpoints = new Set<bigint>();
  #watchpoints: Watchpoint[] = [];
  /** By thread: where it goes past a breakpoint that it was stopped at. */
  readonly #passes = new Map<number, bigint>();
  /** Numbers of threads whose next fault or signal takes its course. */
  readonly #delivers = new Set<number>();
  /** Numbers of threads before whose next instruction a signal is asked about again; true: the debugger has been told of it. */
  readonly #signalled = new Map<number, boolean>();
  #isStopped = true;
  freezesNew = false;
  #isDone = false;

  constructor(process: Process, body: ElfBody, scheduler: Scheduler, keeper: SessionKeeper, options: DebugOptions) {
    this.#process = process;
    this.#body = body;
    this.#scheduler = scheduler;
    this.#keeper = keeper;
    this.processId = process.id;
    if (options.executablePath !== undefined) this.executablePath = options.executablePath;
    process.debugger = this;
    process.ended.push((status) => this.#ended(status));
    for (const thread of body.threads) scheduler.freeze(thread);
    const [first] = body.threads;
    // Before its first instruction the stack is as it was built.
    if (first !== undefined && process.instructions === 0) {
      this.#readAuxiliaryVector(new TrapFrame(first.frame).register(REGISTER.RSP));
    }
  }

  #readAuxiliaryVector(stackPointer: bigint): void {
    const vector = readAuxiliaryVector(stackPointer, (address, into) => this.readMemory(address, into));
    if (vector !== undefined) this.auxiliaryVector = vector;
  }

  // ---- stopping

  #stop(threadId: number, cause: StopCause): void {
    this.#isStopped = true;
    this.freezesNew = true;
    for (const one of this.#body.threads) {
      one.stepping = STEPPING.NO;
      this.#scheduler.freeze(one);
    }
    this.#keeper.tell(this, { which: 'stopped', threadId, cause });
  }

  /** The process has come to an armed place. */
  breakpoint(thread: Thread, rip: bigint): boolean {
    const passes = this.#passes.get(thread.id) === rip;
    this.#passes.delete(thread.id);
    if (passes || !this.#breakpoints.has(rip)) return false;
    this.#passes.set(thread.id, rip);
    this.#stop(thread.id, { which: 'breakpoint', address: rip });
    return true;
  }

  accessed(thread: Thread, accesses: readonly TracedAccess[]): void {
    const found = findWatched(this.#watchpoints, accesses);
    if (found !== undefined) this.#stop(thread.id, found);
  }

  stepped(thread: DebuggedThread): void {
    thread.stepping = STEPPING.NO;
    this.#stop(thread.id, { which: 'step' });
  }

  faulted(thread: DebuggedThread, vector: number): boolean {
    if (this.#delivers.delete(thread.id)) {
      // What comes next is a handler's first instruction, if there is a handler: the step ends before it.
      if (thread.stepping === STEPPING.WANTED) thread.stepping = STEPPING.DONE;
      return false;
    }
    this.#stop(thread.id, { which: 'signal', signal: signalOfFault(vector) });
    return true;
  }

  signalled(thread: DebuggedThread, signal: number): SignalVerdict {
    if (this.#isStopped || this.#signalled.get(thread.id) !== true) {
      // While all are stopped one that was blocked may have a signal: it is told of when they go on.
      this.#signalled.set(thread.id, !this.#isStopped);
      if (!this.#isStopped) this.#stop(thread.id, { which: 'signal', signal });
      return 'held';
    }
    this.#signalled.delete(thread.id);
    if (!this.#delivers.delete(thread.id)) return 'discarded';
    // As with a fault: the step ends before a handler's first instruction.
    if (thread.stepping === STEPPING.WANTED) thread.stepping = STEPPING.DONE;
    return 'delivered';
  }

  executed(thread: DebuggedThread, path: string, stackPointer: bigint): void {
    this.executablePath = path;
    this.#readAuxiliaryVector(stackPointer);
    this.#passes.clear();
    this.#delivers.clear();
    if (!this.stopsAtPrograms) return;
    // They were places in the program before.
    for (const address of [...this.#breakpoints]) this.removeBreakpoint(address);
    for (const watchpoint of this.#watchpoints) this.removeWatchpoint(watchpoint);
    this.#stop(thread.id, { which: 'executed', path });
  }

  interrupt(): void {
    if (this.#isStopped || this.#isDone) return;
    const threads = [...this.#body.threads];
    const thread = threads.find((one) => one === this.#scheduler.current) ?? threads[0];
    if (thread !== undefined) this.#stop(thread.id, { which: 'interrupt' });
  }

  #ended(status: ExitStatus): void {
    this.#release();
    this.#keeper.tell(this, eventOf(status));
  }

  // ---- going on

  resume(actions: ReadonlyMap<number, ResumeAction>, others: ResumeAction | undefined): void {
    this.#isStopped = false;
    this.freezesNew = others === undefined;
    for (const thread of this.#body.threads) {
      const action = actions.get(thread.id) ?? others;
      if (action === undefined) continue;
      const passes = this.#passes.get(thread.id);
      if (passes !== undefined && passes !== new TrapFrame(thread.frame).rip) this.#passes.delete(thread.id);
      if (action.signal === undefined) this.#delivers.delete(thread.id);
      else this.#delivers.add(thread.id);
      thread.stepping = action.which === 'step' ? STEPPING.WANTED : STEPPING.NO;
      if (this.#signalled.has(thread.id)) thread.interrupted = true;
      this.#scheduler.thaw(thread);
    }
  }

  kill(): void {
    this.#keeper.end(this.#process, { which: 'killed', killed: SIGKILL });
  }

  detach(): void {
    this.#release();
    for (const thread of this.#body.threads) {
      thread.stepping = STEPPING.NO;
      if (this.#signalled.has(thread.id)) thread.interrupted = true;
      this.#scheduler.thaw(thread);
    }
  }

  #release(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    for (const address of [...this.#breakpoints]) this.removeBreakpoint(address);
    for (const watchpoint of this.#watchpoints) this.removeWatchpoint(watchpoint);
    this.#process.debugger = undefined;
    this.#keeper.release(this.#process);
  }

  // ---- state

  get threads(): readonly DebugThread[] {
    const { name } = this.#process;
    return [...this.#body.threads].map(({ id }) => ({ id, name: `${name} ${id}` }));
  }

  #thread(id: number): Thread | undefined {
    for (const thread of this.#body.threads) if (thread.id === id) return thread;
    return undefined;
  }

  readFrame(threadId: number): Uint8Array | undefined {
    return this.#thread(threadId)?.frame.slice(0, FRAME_BYTES);
  }

  writeFrame(threadId: number, frame: Uint8Array): boolean {
    const thread = this.#thread(threadId);
    thread?.frame.set(frame.subarray(0, FRAME_BYTES));
    return thread !== undefined;
  }

  readMemory(address: bigint, into: Uint8Array): number {
    const { space } = this.#body;
    if (this.#isDone || address >= USER_END) return 0;
    let done = 0;
    while (done < into.length) {
      const at = Number(address) + done;
      let physical = space.locatePage(at, ACCESS.READ);
      if (physical < 0) physical = space.locatePage(at, ACCESS.EXECUTE);
      if (physical < 0) break;
      const piece = Math.min(into.length - done, space.pieceLength(at));
      into.set(space.bytes.subarray(physical, physical + piece), done);
      done += piece;
    }
    return done;
  }

  writeMemory(address: bigint, bytes: Uint8Array): number {
    if (this.#isDone || address + BigInt(bytes.length) > USER_END) return 0;
    return this.#body.space.writeAsKernel(Number(address), bytes) ? bytes.length : 0;
  }

  addBreakpoint(address: bigint): void {
    if (this.#isDone || this.#breakpoints.has(address)) return;
    this.#breakpoints.add(address);
    this.#keeper.traps.addBreakpoint(address);
  }

  removeBreakpoint(address: bigint): void {
    if (this.#breakpoints.delete(address)) this.#keeper.traps.removeBreakpoint(address);
  }

  addWatchpoint(watchpoint: Watchpoint): void {
    if (this.#isDone || this.#watchpoints.some((other) => sameWatchpoint(other, watchpoint))) return;
    this.#watchpoints = [...this.#watchpoints, watchpoint];
    this.#keeper.traps.watch(watchpoint.address, watchpoint.length);
  }

  removeWatchpoint(watchpoint: Watchpoint): void {
    const kept = this.#watchpoints.filter((other) => !sameWatchpoint(other, watchpoint));
    if (kept.length === this.#watchpoints.length) return;
    this.#watchpoints = kept;
    this.#keeper.traps.unwatch(watchpoint.address, watchpoint.length);
  }
}

function eventOf(status: ExitStatus): DebugEvent {
  switch (status.which) {
    case 'exited':
      return { which: 'exited', code: status.exited };
    case 'killed':
      return { which: 'killed', signal: status.killed };
    case 'faulted':
      return { which: 'killed', signal: signalOfFault(status.faulted.vector) };
  }
}
