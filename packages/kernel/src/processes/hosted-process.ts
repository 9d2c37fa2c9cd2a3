// Hosted process: a TypeScript program in the kernel's own thread. Its memory is an arena of its own, never the machine's.
//
//   arena:  0 ring (one page, as every process has) │ 4096 CapSet │ heap … end
//
// It is confined as far as JavaScript confines it: it names capabilities only through its ring, but it is trusted not to
// loop for ever. A program that is not goes into a Worker (worker-process.ts).

import { capSetSize, type HostedPort, type HostedProgram, writeCapSet } from '@capos/abi';
import { initializeRing, PROCESS_RING_CQ_ENTRIES, PROCESS_RING_SQ_ENTRIES, RingServer } from '@capos/ipc-ring';
import { RESOURCE } from '../accounting/ledger.ts';
import { drainRing } from '../ipc/drain.ts';
import { type CompletionWaiter, ProcessRing } from '../ipc/process-ring.ts';
import { ArenaMemory } from '../memory/arena-memory.ts';
import type { Notifiable } from './notifier.ts';
import { PROGRAM_THREW, type Process, type ProcessBody, type ProcessState } from './process.ts';
import { ProcedureTurns, type TurnTaker } from './protected-procedure.ts';

/** Bytes of an arena unless the program was registered with another size. */
export const DEFAULT_ARENA_BYTES = 0x10_0000;
const CAP_SET_OFFSET = 4096;
const ALIGNMENT = 64;
const SAMPLING = 32;
const NO_CALLBACK = (): void => {};

/** The body of a hosted process. */
export class HostedBody implements ProcessBody, CompletionWaiter, Notifiable, TurnTaker {
  readonly kind = 'hosted';
  readonly space = undefined;
  readonly threadCount = 1;
  readonly memory: ArenaMemory;
  readonly ring: ProcessRing;
  readonly #process: Process;
  readonly #arena: ArrayBuffer;
  #callback: () => void = NO_CALLBACK;
  #inside = false;
  /** The program runs because the kernel called it. */
  #called = false;
  #queued = false;
  #stopped = false;
  #cpuTimeNs = 0;
  #callbacks = 0;

  private constructor(process: Process, arena: ArrayBuffer) {
    this.#process = process;
    this.#arena = arena;
    this.memory = new ArenaMemory(arena);
    const size = { sqEntries: PROCESS_RING_SQ_ENTRIES, cqEntries: PROCESS_RING_CQ_ENTRIES };
    initializeRing(arena, 0, size);
    this.ring = new ProcessRing(process, new RingServer(arena, 0, size), this);
  }

  /** Makes the arena; undefined when the ledger has no room for it. */
  static create(process: Process, arenaBytes: number): HostedBody | undefined {
    if (!process.ledger.reserve(RESOURCE.ARENA_BYTES, arenaBytes)) return undefined;
    if (!process.ledger.reserve(RESOURCE.THREADS, 1)) {
      process.ledger.release(RESOURCE.ARENA_BYTES, arenaBytes);
      return undefined;
    }
    return new HostedBody(process, new ArrayBuffer(arenaBytes));
  }

  get state(): ProcessState {
    return this.#inside || this.#queued ? 'running' : 'blocked';
  }

  get cpuTimeNs(): number {
    return this.#cpuTimeNs;
  }

  /** Writes the CapSet and calls the program. */
  start(program: HostedProgram, args: readonly string[], environment: readonly string[]): void {
    const process = this.#process;
    const entries = [...process.names].map(([name, capId]) => ({
      name,
      capId,
      interfaceId: process.table.referentAt(process.table.slotOf(capId)).interfaceId,
    }));
    writeCapSet(entries, this.memory.bytes, CAP_SET_OFFSET);
    const heapOffset = Math.ceil((CAP_SET_OFFSET + capSetSize(entries.length)) / ALIGNMENT) * ALIGNMENT;
    const port: HostedPort = {
      arena: this.#arena,
      ringOffset: 0,
      capSetOffset: CAP_SET_OFFSET,
      heapOffset,
      processId: BigInt(process.id),
      enter: () => this.#enter(),
      onCompletion: (callback) => {
        this.#callback = callback;
      },
      onCall: (procedure) => {
        this.ring.turns = new ProcedureTurns(this.ring, this, procedure);
      },
      exit: (code) => {
        process.nucleus.notifier.begin();
        process.end({ which: 'exited', exited: code & 0xff });
        process.nucleus.notifier.flush();
        process.nucleus.notifier.end();
      },
    };
    this.#guard(() => program(port, args, environment));
  }

  completionsPosted(): void {
    if (this.#inside || this.#queued || this.#stopped) return;
    this.#queued = true;
    this.#process.nucleus.notifier.push(this);
  }

  notified(): void {
    this.#queued = false;
    if (!this.#stopped) this.#guard(this.#callback);
  }

  get isIdle(): boolean {
    return !this.#called && !this.#inside && !this.#queued && !this.#stopped;
  }

  takeTurn(run: () => void): boolean {
    this.#guard(run);
    return !this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    this.#callback = NO_CALLBACK;
    this.ring.turns = undefined;
  }

  destroy(): void {
    this.#process.ledger.release(RESOURCE.ARENA_BYTES, this.#arena.byteLength);
    this.#process.ledger.release(RESOURCE.THREADS, 1);
  }

  #enter(): void {
    // A program that enters from inside its own drain gets what it added drained by the outer one.
    if (this.#stopped || this.#inside) return;
    const { notifier } = this.#process.nucleus;
    this.#inside = true;
    notifier.begin();
    try {
      drainRing(this.ring);
      notifier.flush();
    } finally {
      this.#inside = false;
      notifier.end();
    }
  }

  #guard(run: () => void): void {
    const { nucleus } = this.#process;
    // Two looks at the clock cost a tenth of a call between programs: one callback in SAMPLING is timed and stands for all.
    // For a caller whose processor time is limited it is measured exactly: it pays for what it has others do.
    const payer = nucleus.scheduler?.payer;
    const sampled = (this.#callbacks++ & (SAMPLING - 1)) === 0;
    const before = sampled || payer !== undefined ? nucleus.clock.nowNs() : 0;
    const outer = this.#called;
    this.#called = true;
    try {
      run();
    } catch (error) {
      nucleus.log(`${this.#process.name} (process ${this.#process.id}) threw: ${describe(error)}`);
      this.#process.end({
        which: 'faulted',
        faulted: { vector: PROGRAM_THREW, errorCode: 0, address: 0n, instruction: 0n, addressClass: 'none' },
      });
    }
    this.#called = outer;
    if (!sampled && payer === undefined) return;
    const spent = nucleus.clock.nowNs() - before;
    if (sampled) this.#cpuTimeNs += spent * SAMPLING;
    payer?.chargeNs(spent);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
