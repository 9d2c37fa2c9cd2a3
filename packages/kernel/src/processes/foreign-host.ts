// Foreign host: one process under a foreign personality. This hook is all that the kernel knows of any other system.
//
//   guest `syscall` ─▶ personality.syscall(thread) ─▶ result in a register │ parked │ ended
//   exception       ─▶ personality.fault(…)         ─▶ handled │ the process ends as faulted
//   before an instruction, when asked for            ─▶ personality.interrupted(thread)
//
// A personality is code of the embedder, trusted like a hosted program: if it throws, its process ends, and nothing else does.
// Its methods never nest, so an exit asked for inside one takes effect when it has returned.

import {
  CapError,
  type CapId,
  type ExitStatusLike,
  type ForeignPersonality,
  type ForeignProcess,
  type ForeignThread,
  type ForeignThreadInit,
  type ForkedProcess,
  type MappedFile,
  REGISTER,
  WELL_KNOWN_CAP,
} from '@capos/abi';
import { KernelError } from '../kernel-error.ts';
import { TimerObject } from '../objects/timer.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { ProcessCapTableView } from './cap-table-view.ts';
import type { ElfBody, ProcessPersonality } from './elf-process.ts';
import { ForeignMemoryView } from './foreign-memory.ts';
import { type ForeignThreadEvents, ForeignThreadView } from './foreign-thread.ts';
import { type ExitStatus, PROGRAM_THREW, type Process } from './process.ts';
import type { SpawnRequest } from './spawn.ts';
import type { Thread } from './thread.ts';

/** Makes children of one foreign process. */
export interface Forker {
  /** Undefined when memory, threads or processes do not suffice; then nothing has changed. */
  fork(
    frame: Uint8Array,
    host: ForeignHost,
    personality: ForeignPersonality,
    capIds: readonly CapId[],
    sharesMemory: boolean,
  ): ForkedProcess | undefined;
  /** See {@link ElfBody.leaveMemory}. */
  leaveMemory(): boolean;
}

export class ForeignHost implements ProcessPersonality, ForeignProcess, ForeignThreadEvents {
  readonly processId: bigint;
  readonly imageBytes: Uint8Array;
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
  readonly memory: ForeignMemoryView;
  readonly caps: ProcessCapTableView;
  readonly #process: Process;
  readonly #body: ElfBody;
  readonly #scheduler: Scheduler;
  readonly #personality: ForeignPersonality;
  readonly #forker: Forker;
  /** The processor time last told, of the process and of its threads. */
  readonly #told = new WeakMap<object, number>();
  #timer: CapId | undefined;
  #depth = 0;
  /** The thread that the personality is at work for: its calls are that thread's. */
  #acting: Thread | undefined;
  #exitStatus: ExitStatus | undefined;
  #startError: unknown;

  constructor(
    process: Process,
    body: ElfBody,
    scheduler: Scheduler,
    image: Uint8Array,
    request: SpawnRequest,
    forker: Forker,
  ) {
    this.processId = BigInt(process.id);
    this.imageBytes = image;
    this.arguments = request.arguments;
    this.environment = request.environment;
    this.memory = new ForeignMemoryView(body.space, process.table, process.nucleus.images);
    this.caps = new ProcessCapTableView(process, this);
    this.#process = process;
    this.#body = body;
    this.#scheduler = scheduler;
    this.#forker = forker;
    this.#personality = request.personality!.create(request.personalityOptions);
  }

  /** @throws KernelError when the personality refuses the image */
  start(): void {
    this.#depth++;
    try {
      this.#personality.start(this);
    } catch (error) {
      this.#startError = error;
    }
    this.#depth--;
    if (this.#startError instanceof CapError) {
      throw new KernelError('cannotSpawn', `can't start ${this.#process.name}: ${this.#startError.reason}`);
    }
    if (this.#startError !== undefined) {
      this.#process.nucleus.log(`personality of ${this.#process.name}: ${describe(this.#startError)}`);
      throw new KernelError('cannotSpawn', `can't start ${this.#process.name}: its personality failed`);
    }
    this.#endIfAsked();
  }

  // ---- from the kernel

  syscall(thread: ForeignThreadView): void {
    this.#scheduler.chargeForeignCall();
    this.guard(() => this.#personality.syscall(thread), thread.thread);
  }

  fault(thread: ForeignThreadView, vector: number, errorCode: number, address: bigint): boolean {
    let handled = false;
    this.guard(() => {
      handled = this.#personality.fault(thread, vector, errorCode, address);
    }, thread.thread);
    return handled;
  }

  mappedFiles(): readonly MappedFile[] {
    return this.#personality.mappedFiles?.() ?? [];
  }

  exited(): void {
    try {
      this.#personality.exited();
    } catch (error) {
      this.#process.nucleus.log(`personality of ${this.#process.name}, at its end: ${describe(error)}`);
    }
  }

  beforeResume(thread: ForeignThreadView): void {
    if (this.#personality.interrupted !== undefined) {
      this.guard(() => this.#personality.interrupted!(thread), thread.thread);
    }
  }

  ended(): void {
    if (this.#body.threads.size === 0) this.exit({ which: 'exited', exited: 0 });
  }

  get acting(): Thread | undefined {
    return this.#acting;
  }

  /** Runs the personality's code, for one of its threads. */
  guard(run: () => void, acting: Thread | undefined): void {
    if (this.#process.isDying) return;
    this.#depth++;
    const before = this.#acting;
    this.#acting = acting;
    try {
      run();
    } catch (error) {
      this.#process.nucleus.log(`personality of ${this.#process.name} threw: ${describe(error)}`);
      this.#exitStatus ??= {
        which: 'faulted',
        faulted: { vector: PROGRAM_THREW, errorCode: 0, address: 0n, instruction: 0n, addressClass: 'none' },
      };
    }
    this.#acting = before;
    this.#depth--;
    this.#endIfAsked();
  }

  // ---- from the personality

  newThread({ rip, rsp, fsBase, copyFrom }: ForeignThreadInit): ForeignThread | undefined {
    const thread = this.#body.newThread();
    if (thread === undefined) return undefined;
    if (copyFrom !== undefined) thread.frame.set(copyFrom.extendedState.subarray(0, thread.frame.length));
    const view = new ForeignThreadView(thread, this.#scheduler, this);
    view.rip = rip;
    view.registers[REGISTER.RSP] = rsp;
    if (fsBase !== undefined) view.fsBase = fsBase;
    this.#body.makeReady(thread);
    return view;
  }

  fork(
    thread: ForeignThread,
    personality: ForeignPersonality,
    caps: readonly CapId[],
    sharesMemory = false,
  ): ForkedProcess | undefined {
    return this.#forker.fork(thread.extendedState, this, personality, caps, sharesMemory);
  }

  get sharesMemory(): boolean {
    return this.#body.space.isShared;
  }

  leaveMemory(): boolean {
    if (!this.#forker.leaveMemory()) return false;
    this.memory.enter(this.#body.space);
    return true;
  }

  exit(status: ExitStatusLike): void {
    this.#exitStatus ??= status;
    if (this.#depth === 0) this.#endIfAsked();
  }

  get timeStampIsTimer(): boolean {
    return this.#process.nucleus.timeStampIsClock;
  }

  nowNs(): number {
    this.#requireTimer();
    return this.#process.nucleus.clock.nowNs();
  }

  executed(thread: ForeignThread, path: string): void {
    this.#process.debugger?.executed((thread as ForeignThreadView).thread, path, thread.registers[REGISTER.RSP]!);
  }

  processorTimeNs(thread?: ForeignThread): number {
    this.#requireTimer();
    const counted = thread === undefined ? this.#process : (thread as ForeignThreadView).thread;
    // What an instruction took is an average over all of them: the figure is kept from going back.
    const before = this.#told.get(counted) ?? 0;
    const time = Math.max(before, this.#scheduler.cpuTimeOf(counted));
    this.#told.set(counted, time);
    return time;
  }

  #requireTimer(): void {
    const { table } = this.#process;
    // Names are given before the first instruction; what has one may be revoked at any time.
    this.#timer ??= this.#process.names.get(WELL_KNOWN_CAP.TIMER);
    const slot = table.slotOf(this.#timer ?? 0);
    if (slot < 0 || !(table.objectAt(slot) instanceof TimerObject)) {
      throw new CapError('failed', 'no Timer was granted under the name "timer"');
    }
  }

  #endIfAsked(): void {
    if (this.#depth === 0 && this.#exitStatus !== undefined) this.#process.end(this.#exitStatus);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
