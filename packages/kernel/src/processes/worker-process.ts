// Worker process: a TypeScript program in a thread of its own, over an arena that it and the kernel both see.
//
//   arena:  0 ring (64 submissions, 128 completions) │ 12288 CapSet │ heap … end
//
//   Worker                                   kernel's thread
//   publishes submissions ── Atomics.notify ─▶ waitAsync settles ─▶ onWork ─▶ step ─▶ poll: drain at most a queue full
//   Atomics.wait(Async) on cqTail ◀── notify ── completions published
//
// Nothing that the Worker can write is trusted: the ring's own copies rule (ipc-ring), every submission is copied before it is
// looked at, every message is copied before it is decoded (ipc/object-call.ts). A Worker that publishes for ever gets one queue
// full a step, like everybody.

import { capSetSize, type WorkerStart, writeCapSet } from '@capos/abi';
import { type DrainOutcome, initializeRing, RingServer, RingWaiter } from '@capos/ipc-ring';
import { RESOURCE } from '../accounting/ledger.ts';
import { drainRing } from '../ipc/drain.ts';
import { type CompletionWaiter, ProcessRing } from '../ipc/process-ring.ts';
import { ArenaMemory } from '../memory/arena-memory.ts';
import { PROGRAM_THREW, type Process, type ProcessBody, type ProcessState } from './process.ts';
import type { WorkerEvents, WorkerHost, WorkerModule, WorkerThread } from './worker-host.ts';

const RING_SIZE = { sqEntries: 64, cqEntries: 128 } as const;
const CAP_SET_OFFSET = 12_288;
const ALIGNMENT = 64;
/** Drains of what a program had submitted when it called exit; a ring holds one queue full. */
const LAST_DRAINS = 2;

/** The body of a process in a Worker. */
export class WorkerBody implements ProcessBody, CompletionWaiter, WorkerEvents {
  readonly kind = 'worker';
  readonly space = undefined;
  readonly threadCount = 1;
  /** Processor time in another thread is not the kernel's to measure. */
  readonly cpuTimeNs = 0;
  readonly memory: ArenaMemory;
  readonly ring: ProcessRing;
  readonly #process: Process;
  readonly #arena: SharedArrayBuffer;
  readonly #waiter: RingWaiter;
  #thread: WorkerThread | undefined;
  #isListening = false;
  #isStopped = false;
  #hasEnded = false;
  #isDestroyed = false;
  #outcome: DrainOutcome = 'empty';

  private constructor(process: Process, arena: SharedArrayBuffer) {
    this.#process = process;
    this.#arena = arena;
    this.memory = new ArenaMemory(arena);
    initializeRing(arena, 0, RING_SIZE);
    this.ring = new ProcessRing(process, new RingServer(arena, 0, RING_SIZE), this);
    // One CPU: the kernel's thread never spins for one of its programs.
    this.#waiter = new RingWaiter(arena, 0, 'server', { cpus: 1 });
  }

  /** Makes the arena; undefined when the ledger has no room for it. */
  static create(process: Process, arenaBytes: number): WorkerBody | undefined {
    if (!process.ledger.reserve(RESOURCE.ARENA_BYTES, arenaBytes)) return undefined;
    if (!process.ledger.reserve(RESOURCE.THREADS, 1)) {
      process.ledger.release(RESOURCE.ARENA_BYTES, arenaBytes);
      return undefined;
    }
    return new WorkerBody(process, new SharedArrayBuffer(arenaBytes));
  }

  get state(): ProcessState {
    return this.#isStopped ? 'dead' : 'running';
  }

  /** Writes the CapSet and starts the thread. What the host throws goes to the caller. */
  start(host: WorkerHost, module: WorkerModule, args: readonly string[], environment: readonly string[]): void {
    const { id, names, nucleus, table } = this.#process;
    const entries = [...names].map(([name, capId]) => ({
      name,
      capId,
      interfaceId: table.referentAt(table.slotOf(capId)).interfaceId,
    }));
    writeCapSet(entries, this.memory.bytes, CAP_SET_OFFSET);
    const start: WorkerStart = {
      arena: this.#arena,
      ringOffset: 0,
      capSetOffset: CAP_SET_OFFSET,
      heapOffset: Math.ceil((CAP_SET_OFFSET + capSetSize(entries.length)) / ALIGNMENT) * ALIGNMENT,
      processId: BigInt(id),
      arguments: [...args],
      environment: [...environment],
    };
    this.#thread = host.start(module, start, this);
    nucleus.polled.add(this);
    this.#listen();
  }

  completionsPosted(): void {}

  /** Takes what was submitted, at most a queue full; whether there is more to take at once. Inside a step. */
  poll(): boolean {
    if (this.#isStopped) return false;
    if (this.ring.server.pending) {
      this.#outcome = drainRing(this.ring);
      if (this.#isStopped) return false;
      if (this.#outcome === 'limit' || (this.#outcome === 'empty' && this.ring.server.pending)) return true;
    }
    this.#listen();
    return false;
  }

  exited(code: number): void {
    this.#fromOutside(() => {
      for (let round = 0; round < LAST_DRAINS && !this.#isStopped; round++) drainRing(this.ring);
      this.#process.end({ which: 'exited', exited: code & 0xff });
    });
  }

  failed(error: unknown): void {
    const { id, name, nucleus } = this.#process;
    nucleus.log(
      `${name} (process ${id}) failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    this.#fromOutside(() =>
      this.#process.end({
        which: 'faulted',
        faulted: { vector: PROGRAM_THREW, errorCode: 0, address: 0n, instruction: 0n, addressClass: 'none' },
      }),
    );
  }

  ended(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#giveBack();
    this.#fromOutside(() => this.#process.end({ which: 'exited', exited: 0 }));
  }

  stop(): void {
    this.#isStopped = true;
    this.ring.isOpen = false;
    this.#process.nucleus.polled.delete(this);
    this.#thread?.terminate();
  }

  destroy(): void {
    this.#isDestroyed = true;
    if (this.#thread === undefined) this.#hasEnded = true;
    this.#giveBack();
  }

  /** The memory is the thread's until that is really gone: only then it stops counting. */
  #giveBack(): void {
    if (!this.#isDestroyed || !this.#hasEnded) return;
    const { ledger } = this.#process;
    ledger.release(RESOURCE.ARENA_BYTES, this.#arena.byteLength);
    ledger.release(RESOURCE.THREADS, 1);
  }

  /** Asks to be told of the next submission. A drain that met no credit, or nonsense, waits until something changes. */
  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    const { server } = this.ring;
    const changed =
      this.#outcome === 'no-credit'
        ? this.#waiter.waitForCreditAsync(server.completionHead)
        : this.#waiter.waitAsync(this.#outcome === 'corrupt' ? server.submissionTail : server.submissionHead);
    void changed.then(() => {
      this.#isListening = false;
      if (!this.#isStopped) this.#process.nucleus.workArrived();
    });
  }

  /** Something happened outside of any step. */
  #fromOutside(act: () => void): void {
    if (this.#process.isDying) return;
    const { notifier } = this.#process.nucleus;
    notifier.begin();
    act();
    notifier.flush();
    notifier.end();
    this.#process.nucleus.workArrived();
  }
}
