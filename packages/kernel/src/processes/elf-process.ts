// ELF process: ring 3 of the machine. An address space, and threads that the scheduler runs in it.

import { CapError, type MappedFile, PAGE_SIZE, REGISTER } from '@capos/abi';
import { initializeRing, PROCESS_RING_CQ_ENTRIES, PROCESS_RING_SQ_ENTRIES, RingServer } from '@capos/ipc-ring';
import { RESOURCE } from '../accounting/ledger.ts';
import { initialFrame, TrapFrame } from '../arch/trap-frame.ts';
import { ProcessRing } from '../ipc/process-ring.ts';
import { KernelError } from '../kernel-error.ts';
import { AddressSpace } from '../memory/address-space.ts';
import { ACCESS } from '../memory/user-memory.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { DEFAULT_PARAMETERS, type SchedulingContext } from '../scheduling/scheduling-context.ts';
import { THREAD } from '../scheduling/thread-state.ts';
import type { ThreadStart } from './controlled-thread.ts';
import type { Process, ProcessBody, ProcessState } from './process.ts';
import { Thread } from './thread.ts';

const RING_SIZE = { sqEntries: PROCESS_RING_SQ_ENTRIES, cqEntries: PROCESS_RING_CQ_ENTRIES } as const;
const USER_END = 2n ** 47n;
const INITIAL_FRAME: Uint8Array = initialFrame();

/** What a foreign process has for its system calls and faults, as its body knows it. */
export interface ProcessPersonality {
  mappedFiles(): readonly MappedFile[];
  /** The process has ended. */
  exited(): void;
}

/** The body of a process that runs on the machine. */
export class ElfBody implements ProcessBody {
  space: AddressSpace;
  readonly threads: Set<Thread> = new Set();
  personality: ProcessPersonality | undefined;
  /** Where the image of a native process is. */
  image: { readonly start: number; readonly end: number } | undefined;
  readonly #process: Process;
  readonly ownContext: SchedulingContext;
  context: SchedulingContext | undefined;
  readonly #scheduler: Scheduler;
  #lastThreadId = 0;

  private constructor(process: Process, scheduler: Scheduler, space: AddressSpace, context: SchedulingContext) {
    this.#process = process;
    this.#scheduler = scheduler;
    this.space = space;
    this.ownContext = context;
    this.context = context;
    // Once as its own, and once as what its threads start on.
    context.references += 2;
  }

  /** @throws KernelError when there is no frame for the page tables */
  static create(
    process: Process,
    scheduler: Scheduler,
    tag: number,
    foreign: boolean,
    spawner?: SchedulingContext | undefined,
  ): ElfBody {
    const { nucleus, ledger } = process;
    const { processor: holder } = scheduler;
    const space = AddressSpace.create({ pool: nucleus.pool, ledger, holder, tag, allowWriteExecute: foreign });
    if (space === undefined) throw new KernelError('cannotSpawn', `can't start ${process.name}: no memory left`);
    return new ElfBody(process, scheduler, space, contextOfChild(process, scheduler, spawner));
  }

  /** A body for `process` over a snapshot of this one's memory; undefined when there is no memory for it. */
  snapshot(process: Process, tag: number): ElfBody | undefined {
    const space = this.space.snapshot({
      pool: process.nucleus.pool,
      ledger: process.ledger,
      holder: this.#scheduler.processor,
      tag,
      allowWriteExecute: true,
    });
    return space && new ElfBody(process, this.#scheduler, space, this.context ?? this.ownContext);
  }

  /** A body for `process` in the same memory. */
  sharing(process: Process): ElfBody {
    return new ElfBody(process, this.#scheduler, this.space.retain(), this.context ?? this.ownContext);
  }

  /** Gives the memory up for an empty one of its own; false when there is no frame for it, and nothing has changed. */
  leaveMemory(tag: number): boolean {
    const { nucleus, ledger } = this.#process;
    const { processor: holder, current } = this.#scheduler;
    const space = AddressSpace.create({ pool: nucleus.pool, ledger, holder, tag, allowWriteExecute: true });
    if (space === undefined) return false;
    this.#releaseSpace();
    this.space = space;
    this.#process.memory = space;
    for (const thread of this.threads) {
      thread.space = space;
      if (thread === current) holder.enter(space);
    }
    return true;
  }

  #releaseSpace(): void {
    const { space } = this;
    if (space.release()) this.#scheduler.processor.releaseSpace(space);
  }

  get kind(): 'elf' | 'foreign' {
    return this.personality === undefined ? 'elf' : 'foreign';
  }

  get memory(): AddressSpace {
    return this.space;
  }

  get threadCount(): number {
    return this.threads.size;
  }

  get state(): ProcessState {
    let best: ProcessState = 'blocked';
    for (const { state } of this.threads) {
      if (state === THREAD.RUNNING) return 'running';
      if (state === THREAD.READY) best = 'ready';
    }
    return best;
  }

  get cpuTimeNs(): number {
    return this.#scheduler.cpuTimeOf(this.#process);
  }

  /** A thread that is not runnable yet; undefined when the ledger has none left. */
  newThread(): Thread | undefined {
    if (!this.#process.ledger.reserve(RESOURCE.THREADS, 1)) return undefined;
    const thread = new Thread(++this.#lastThreadId, this.#process, this.#scheduler, this.space);
    thread.frame.set(INITIAL_FRAME);
    this.threads.add(thread);
    this.#scheduler.bind(thread, this.context);
    thread.onEnd(() => this.threads.delete(thread));
    if (this.#process.debugger?.freezesNew === true) this.#scheduler.freeze(thread);
    return thread;
  }

  bind(context: SchedulingContext | undefined): void {
    if (context !== undefined) context.references++;
    if (this.context !== undefined) this.#scheduler.release(this.context);
    this.context = context;
    for (const thread of this.threads) this.#scheduler.bind(thread, context);
  }

  makeReady(thread: Thread): void {
    this.#scheduler.ready(thread);
  }

  /** Makes the page at `physical` a thread's ring. */
  openRing(thread: Thread, physical: number): void {
    const { bytes } = this.space;
    const offset = bytes.byteOffset + physical;
    const buffer = bytes.buffer as ArrayBuffer;
    initializeRing(buffer, offset, RING_SIZE);
    const ring = new ProcessRing(this.#process, new RingServer(buffer, offset, RING_SIZE), thread);
    ring.endThread = () => this.endThread(thread);
    thread.ring = ring;
    ring.thread = thread;
    const frame = physical / PAGE_SIZE;
    this.#process.nucleus.pool.retain(frame);
    thread.ringFrame = frame;
  }

  startThread(start: ThreadStart): Thread {
    if (start.entry >= USER_END || start.stack > USER_END || start.fsBase >= USER_END || start.ring >= USER_END) {
      throw new CapError('invalidArgument', 'an address is outside the user half');
    }
    const ringAddress = Number(start.ring);
    let physical = -1;
    if (ringAddress !== 0) {
      physical = ringAddress % PAGE_SIZE === 0 ? this.space.locate(ringAddress, PAGE_SIZE, ACCESS.WRITE) : -1;
      if (physical < 0) throw new CapError('invalidArgument', 'a ring needs a writable page of its own');
    }
    const thread = this.newThread();
    if (thread === undefined) throw new CapError('overloaded', 'no thread left in the ledger');
    if (physical >= 0) this.openRing(thread, physical);
    const frame = new TrapFrame(thread.frame);
    frame.setRip(start.entry);
    frame.setRegister(REGISTER.RSP, start.stack);
    frame.setRegister(REGISTER.RDI, start.ring);
    frame.setRegister(REGISTER.RSI, BigInt(thread.id));
    frame.setRegister(REGISTER.RDX, start.argument);
    frame.setFsBase(start.fsBase);
    this.makeReady(thread);
    return thread;
  }

  /** Ends one thread; the process with its last. */
  endThread(thread: Thread): void {
    thread.end();
    if (this.threads.size === 0) this.#process.end({ which: 'exited', exited: 0 });
  }

  stop(): void {
    for (const thread of this.threads) {
      thread.stop();
      if (thread.ring !== undefined) thread.ring.isOpen = false;
    }
  }

  destroy(): void {
    this.personality?.exited();
    for (const thread of [...this.threads]) thread.release();
    this.#releaseSpace();
    this.#scheduler.release(this.ownContext);
    if (this.context !== undefined) this.#scheduler.release(this.context);
  }
}

/**
 * What a limited process starts runs within its limit, or spawning would be a way around it. Any other child has a context of
 * its own, of its spawner's priority.
 */
function contextOfChild({ name }: Process, scheduler: Scheduler, spawner?: SchedulingContext): SchedulingContext {
  if (spawner?.budget.isLimited === true || spawner?.rests === true) return spawner;
  return scheduler.createContext(name, { ...DEFAULT_PARAMETERS, ...(spawner && { priority: spawner.priority }) });
}
