// Process: what is the same for every kind of program. What differs is its body.
//
//   Process = cap table + user memory + rings + ledger + operations under way + calls received
//   body    = elf (address space, threads on the processor) | hosted (arena, callback) | worker (arena in a Worker)
//
//   RUNNING ── exit, fault, kill, last thread ──▶ DYING ── everything given back ──▶ DEAD (only handles remember it)

import type { AddressClass, CapId, MappedFile, ServerEnding } from '@capos/abi';
import { Ledger, type LedgerLimits } from '../accounting/ledger.ts';
import { CapTable } from '../capabilities/cap-table.ts';
import type { ProcessDebugger } from '../debugging/process-debugger.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { ReceivedCalls } from '../ipc/received-calls.ts';
import type { AddressSpace } from '../memory/address-space.ts';
import type { UserMemory } from '../memory/user-memory.ts';
import type { Nucleus } from '../nucleus.ts';
import type { SchedulingContext } from '../scheduling/scheduling-context.ts';
import type { ControlledThread, ThreadStart } from './controlled-thread.ts';

/** How a process ended; the shape of process.capnp's ExitStatus. */
export type ExitStatus =
  | { readonly which: 'exited'; readonly exited: number }
  | { readonly which: 'faulted'; readonly faulted: FaultReport }
  | { readonly which: 'killed'; readonly killed: number };

/** The exception that ended a process. */
export interface FaultReport {
  /** Vector of the processor; {@link PROGRAM_THREW} for a hosted or worker program that threw. */
  readonly vector: number;
  readonly errorCode: number;
  /** CR2 for a page fault, else 0. */
  readonly address: bigint;
  /** RIP. */
  readonly instruction: bigint;
  /** What kind of place `address` is. */
  readonly addressClass: AddressClass;
}

/** What may be told of an ending to those who only called the process: how, but neither where nor with what. */
function endingForCallers(status: ExitStatus): ServerEnding {
  switch (status.which) {
    case 'exited':
      return { which: 'exited', code: status.exited & 0xff, addressClass: 'none' };
    case 'killed':
      return { which: 'killed', code: status.killed & 0xffff, addressClass: 'none' };
    case 'faulted':
      return { which: 'faulted', code: status.faulted.vector, addressClass: status.faulted.addressClass };
  }
}

/** `vector` of a hosted or worker program that ended in a JavaScript exception: no vector of the processor. */
export const PROGRAM_THREW = 255;

/** What a process is underneath. */
export type ProcessKind = 'elf' | 'hosted' | 'worker' | 'foreign';
/** What a process is doing, by its threads. */
export type ProcessState = 'running' | 'ready' | 'blocked' | 'dead';

/** The part of a process that differs by kind. */
export interface ProcessBody {
  readonly kind: ProcessKind;
  readonly memory: UserMemory;
  /** The address space of an `elf` or `foreign` process. */
  readonly space: AddressSpace | undefined;
  /** What the threads of an `elf` or `foreign` process start on; undefined also when its threads are passive. */
  readonly context?: SchedulingContext | undefined;
  /** What they started on at first. */
  readonly ownContext?: SchedulingContext;
  /** Puts every thread there is and will be on a context, or on none. */
  bind?(context: SchedulingContext | undefined): void;
  readonly threadCount: number;
  readonly state: ProcessState;
  /** Of a foreign process: what answers its system calls, as far as others may ask it. */
  readonly personality?: { mappedFiles(): readonly MappedFile[] } | undefined;
  /** Nanoseconds on the processor. */
  readonly cpuTimeNs: number;
  /** Starts another thread, where the kind of program has threads. @throws CapError */
  startThread?(start: ThreadStart): ControlledThread;
  /** Nothing of the program runs from now on. */
  stop(): void;
  /** Gives memory, rings and threads back. After `stop`, with no operation left. */
  destroy(): void;
}

/** A program under way. */
export class Process {
  readonly id: number;
  readonly name: string;
  readonly nucleus: Nucleus;
  readonly ledger: Ledger;
  readonly limits: LedgerLimits;
  readonly table: CapTable;
  readonly received: ReceivedCalls<PendingOperation> = new ReceivedCalls();
  /** The body's; a field of its own because every ring operation needs it. */
  memory!: UserMemory;
  /** Those that are open; one for each thread that has one. */
  readonly rings: Set<ProcessRing> = new Set();
  /** The names of its CapSet. */
  readonly names: Map<string, CapId> = new Map();
  isDying = false;
  /** Who debugs it. */
  debugger: ProcessDebugger | undefined;
  /** Everything has been given back. */
  isBuried = false;
  status: ExitStatus | undefined;
  /** Runs once, after everything was given back. */
  ended: ((status: ExitStatus) => void)[] = [];
  /** What others have set aside for it: goes back when it ends. */
  readonly donations: Set<{ giveBack(): void }> = new Set();
  /** Executed by its threads so far. */
  instructions = 0;
  /** Drains of this process's rings under way: its memory must outlive them. */
  draining = 0;
  #body: ProcessBody | undefined;
  #firstOperation: PendingOperation | undefined;

  /** `account`: the ledger of whoever starts it; everything it uses counts there too. */
  constructor(nucleus: Nucleus, id: number, name: string, limits: LedgerLimits, account: Ledger = nucleus.ledger) {
    this.nucleus = nucleus;
    this.id = id;
    this.name = name;
    this.limits = limits;
    this.ledger = new Ledger(limits, account);
    this.table = new CapTable(this.ledger);
  }

  get body(): ProcessBody {
    return this.#body!;
  }

  /** Set once, while the process is made. */
  set body(body: ProcessBody) {
    this.#body = body;
    this.memory = body.memory;
  }

  /** Whether the process got as far as having a body. */
  get hasBody(): boolean {
    return this.#body !== undefined;
  }

  get state(): ProcessState {
    return this.isDying ? 'dead' : (this.#body?.state ?? 'blocked');
  }

  rememberOperation(operation: PendingOperation): void {
    const first = this.#firstOperation;
    operation.processPrevious = undefined;
    operation.processNext = first;
    if (first !== undefined) first.processPrevious = operation;
    this.#firstOperation = operation;
  }

  forgetOperation(operation: PendingOperation): void {
    const { processNext, processPrevious } = operation;
    if (processPrevious === undefined) this.#firstOperation = processNext;
    else processPrevious.processNext = processNext;
    if (processNext !== undefined) processNext.processPrevious = processPrevious;
    operation.processNext = undefined;
    operation.processPrevious = undefined;
  }

  /** Forgets every operation that the predicate picks; for the death of the process, or of one of its rings. */
  abandonOperations(isAffected: (operation: PendingOperation) => boolean): void {
    for (let operation = this.#firstOperation; operation !== undefined; ) {
      const next: PendingOperation | undefined = operation.processNext;
      if (isAffected(operation)) operation.abandon();
      operation = next;
    }
  }

  /** Ends the process. Without effect on one that has ended. */
  end(status: ExitStatus): void {
    if (this.isDying) return;
    this.isDying = true;
    this.status = status;
    this.#body?.stop();
    for (const ring of this.rings) ring.isOpen = false;
    this.abandonOperations(() => true);
    // Those who wait for an answer from here learn that none will come, and why.
    const ending = endingForCallers(status);
    for (const call of [...this.received.open()]) {
      call.completeException('disconnected', 'the server has ended', ending);
    }
    this.received.forgetOrphans();
    this.table.clear(ending);
    if (this.draining === 0) this.bury();
  }

  /** The second half of the end: gives memory back and tells those who wait for it. */
  bury(): void {
    this.#body?.destroy();
    for (const donation of [...this.donations]) donation.giveBack();
    this.isBuried = true;
    const status = this.status!;
    this.nucleus.processEnded(this);
    const ended = this.ended;
    this.ended = [];
    for (const callback of ended) callback(status);
  }
}
