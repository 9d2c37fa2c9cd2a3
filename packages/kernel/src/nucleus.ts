// Nucleus: the state that every part of the kernel shares, handed in rather than global, so that two kernels can live side by
// side in one JavaScript realm.

import { Ledger, type LedgerLimits } from './accounting/ledger.ts';
import type { FastPath } from './ipc/fast-path-switch.ts';
import { OperationPool } from './ipc/pending-operation.ts';
import { ResultBuffers } from './ipc/result-buffers.ts';
import type { FramePool } from './memory/frame-pool.ts';
import { ImageCache } from './memory/image-cache.ts';
import { Notifier } from './processes/notifier.ts';
import type { Process } from './processes/process.ts';
import type { MonotonicClock } from './time/monotonic-clock.ts';
import { TimerQueue } from './time/timer-queue.ts';

/** Random bytes, from wherever the embedder takes them. */
export interface EntropyFill {
  fill(bytes: Uint8Array): void;
}

export interface NucleusOptions {
  readonly pool: FramePool;
  readonly clock: MonotonicClock;
  readonly entropy: EntropyFill;
  /** The clock is the machine's, whose time-stamp counter counts its nanoseconds. */
  readonly timeStampIsClock: boolean;
  readonly log: (line: string) => void;
  readonly workArrived: () => void;
  readonly fastPath: FastPath;
}

const GIB = 2 ** 30;

/** What all processes together may make the host's own memory hold, beside the frames of the machine. */
const SYSTEM_LIMITS: LedgerLimits = {
  processes: 8192,
  arenaBytes: 4 * GIB,
  inFlightBytes: GIB,
  pendingOperations: 2 ** 20,
};

/** A program that submits without entering the kernel. */
export interface Polled {
  /** Takes a bounded part of what was submitted; whether there is more. */
  poll(): boolean;
}

/** Pays for what the kernel does on somebody's behalf. */
export interface Payer {
  chargeNs(nanoseconds: number): void;
}

/** What the parts of one kernel share. */
export class Nucleus {
  readonly pool: FramePool;
  /** Pages of program files, which processes share. */
  readonly images: ImageCache;
  readonly clock: MonotonicClock;
  readonly entropy: EntropyFill;
  readonly timeStampIsClock: boolean;
  readonly log: (line: string) => void;
  readonly workArrived: () => void;
  readonly ledger: Ledger;
  readonly timers: TimerQueue = new TimerQueue();
  readonly buffers: ResultBuffers = new ResultBuffers();
  readonly operations: OperationPool;
  readonly notifier: Notifier;
  readonly fastPath: FastPath;
  readonly processes: Map<number, Process> = new Map();
  /** Programs in other threads, looked at in every step. */
  readonly polled: Set<Polled> = new Set();
  /** Who divides the processor; undefined in a kernel without a machine. */
  scheduler: { readonly payer: Payer | undefined } | undefined;
  #lastProcessId = 0;

  constructor(options: NucleusOptions) {
    this.pool = options.pool;
    this.images = new ImageCache(options.pool);
    this.clock = options.clock;
    this.entropy = options.entropy;
    this.timeStampIsClock = options.timeStampIsClock;
    this.log = options.log;
    this.workArrived = options.workArrived;
    this.fastPath = options.fastPath;
    this.ledger = new Ledger({ ...SYSTEM_LIMITS, frames: options.pool.total });
    this.operations = new OperationPool(this.timers, (memory) => this.buffers.release(memory));
    this.notifier = new Notifier(options.workArrived);
  }

  nextProcessId(): number {
    return ++this.#lastProcessId;
  }

  processEnded(process: Process): void {
    this.processes.delete(process.id);
  }
}
