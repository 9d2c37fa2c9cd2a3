// The kernel as an embedder meets it: made over a machine, given programs, stepped.
//
//   createKernel ─▶ registerProgram… ─▶ boot | spawn ─▶ loop { step }       the embedder owns the loop and the clock
//
// `step` always returns: guest code is preempted by budget, timers and callbacks are bounded per step. Whatever arrives from
// outside (input, an answer of an asynchronous hosted program) takes effect at once and calls `onWork`, so that the embedder
// knows to step again.

import type { HostedProgram, MappedFile, PersonalityFactory, ProcessInfo } from '@capos/abi';
import type { LedgerCounts, LedgerLimits } from './accounting/ledger.ts';
import type { DebugTarget } from './arch/debugging.ts';
import { DeviceBus } from './arch/device-bus.ts';
import { INTERRUPT_LINES, Interrupts } from './arch/interrupts.ts';
import { type Machine, machineClock, machineMemory, Processor, supervise } from './arch/processor.ts';
import { ReferenceSystem } from './arch/reference-system.ts';
import { KernelSupervisor } from './arch/supervisor.ts';
import { type BootOptions, bootGrants } from './boot.ts';
import { capabilityOf, type KernelObject } from './capabilities/kernel-object.ts';
import type { DebugOptions } from './debugging/debug-session.ts';
import { DebuggedProcesses } from './debugging/debugged-processes.ts';
import { type ProcessReference, processReference } from './embedding/process-reference.ts';
import { FastPath } from './ipc/fast-path-switch.ts';
import { KernelError } from './kernel-error.ts';
import { KernelObjects } from './kernel-object-set.ts';
import type { KernelObjectName } from './kernel-objects.ts';
import { FramePool } from './memory/frame-pool.ts';
import { plainMemory } from './memory/physical-memory.ts';
import { type EntropyFill, Nucleus } from './nucleus.ts';
import type { ClientFacet } from './objects/client-facet.ts';
import type { ConsoleBackend } from './objects/console.ts';
import { DeviceMmioObject } from './objects/device-mmio.ts';
import { EndpointObject } from './objects/endpoint.ts';
import { InterruptObject } from './objects/interrupt.ts';
import { IoPortsObject } from './objects/io-ports.ts';
import { processInfo } from './objects/process-handle.ts';
import { ProcessLauncher } from './processes/elf-launcher.ts';
import { ElfBody } from './processes/elf-process.ts';
import { DEFAULT_ARENA_BYTES } from './processes/hosted-process.ts';
import { type RegisteredProgram, SpawnService } from './processes/spawn.ts';
import type { WorkerHost, WorkerProgram } from './processes/worker-host.ts';
import { limitToShare } from './scheduling/processor-share.ts';
import { Scheduler } from './scheduling/scheduler.ts';
import type { MonotonicClock } from './time/monotonic-clock.ts';

const MIB = 0x10_0000;
const DEFAULT_MEMORY_BYTES = 16 * MIB;
const MIN_ARENA_BYTES = 0x1_0000;
/** Timers that one step fires at most. */
const TIMERS_PER_STEP = 4096;

/** What every process may use unless it is spawned with limits of its own. */
const DEFAULT_LIMITS: LedgerLimits = {
  capSlots: 65_536,
  areas: 65_536,
  pendingOperations: 16_384,
  inFlightBytes: 256 * MIB,
  timers: 65_536,
  threads: 4096,
  arenaBytes: 1024 * MIB,
  objects: 65_536,
  processes: 1024,
  // 16 TiB of address space: foreign runtimes reserve by the gigabyte.
  reservedPages: 2 ** 32,
};

export interface KernelOptions {
  /** What ELF programs run on. The kernel becomes its ring 0 and owner of all its RAM. Without it, hosted programs only. */
  readonly machine?: Machine;
  /**
   * Period in nanoseconds of the local APIC's timer as preemption timer, for a machine that has one attached. Without it turns end
   * by their number of instructions alone, and a run can be repeated.
   */
  readonly preemptionTimerNs?: number;
  /** RAM of a kernel without a machine, in bytes; 16 MiB unless given. */
  readonly memoryBytes?: number;
  /** Monotonic nanoseconds; the machine's clock unless given. */
  readonly clock?: MonotonicClock;
  /** The machine's source unless given. */
  readonly entropy?: EntropyFill;
  readonly console?: ConsoleBackend;
  /** Nanoseconds since 1970. Without it `Timer.wallClock` is unimplemented. */
  readonly wallClock?: () => bigint;
  readonly personalities?: readonly PersonalityFactory[];
  /** Threads for worker processes (`nodeWorkers`, `webWorkers`). Without it there are none. */
  readonly workers?: WorkerHost;
  /** One line for whoever runs the system: a hosted program that threw, a defect. Never guest data. */
  readonly log?: (line: string) => void;
  /** There is something to do that `step` does not know of yet. May be called at any time, also from inside the kernel. */
  readonly onWork?: () => void;
  /** Limits of each process. */
  readonly limits?: LedgerLimits;
  /** The switch and the counters of the fast path, for those who compare: it changes nothing else. */
  readonly fastPath?: FastPath;
}

/** What to start without an init. */
export interface EmbedderSpawn {
  readonly name: string;
  /** An ELF64 file, */
  readonly image?: Uint8Array;
  /** or the name of a registered program, or the program itself. */
  readonly program?: string | HostedProgram | WorkerProgram;
  readonly arguments?: readonly string[];
  readonly environment?: readonly string[];
  /** What it holds, by name. */
  readonly grants?: Readonly<Record<string, KernelObject>>;
  /** Name of a personality the kernel was made with, or one for this process alone. */
  readonly personality?: string | PersonalityFactory;
  readonly personalityOptions?: unknown;
  readonly limits?: LedgerLimits;
  /**
   * The part of the processor's time that it and what it starts have together at most, above 0 to 1, measured by the kernel's clock
   * over 20 ms. ELF programs only.
   */
  readonly processorShare?: number;
}

/** How a step ended. */
export interface StepResult {
  /** busy: step again · idle: wait for `nextWakeNs` or for onWork · done: no process is left. */
  readonly state: 'busy' | 'idle' | 'done';
  /** Monotonic time of the next timer; +Infinity when only outside events can go on. */
  readonly nextWakeNs: number;
}

/** An endpoint made by the embedder, to connect programs without an init. */
export interface EmbedderEndpoint {
  /** For the server's grants. */
  readonly owner: KernelObject;
  /** For a client's grants. */
  facet(badge: bigint, interfaceId: bigint): KernelObject;
}

export class Kernel {
  /** The kernel's own objects, to grant. */
  readonly objects: Readonly<Record<Exclude<KernelObjectName, 'bootPackage'>, KernelObject>>;
  readonly #nucleus: Nucleus;
  readonly #programs: Map<string, RegisteredProgram> = new Map();
  readonly #personalities: Map<string, PersonalityFactory> = new Map();
  readonly #set: KernelObjects;
  readonly #spawner: SpawnService;
  readonly #scheduler: Scheduler | undefined;
  readonly #machine: Machine | undefined;
  #interrupts: Interrupts | undefined;
  #supervisor: KernelSupervisor | undefined;
  #debugged: DebuggedProcesses | undefined;
  readonly #limits: LedgerLimits | undefined;
  #stepping = false;
  #blobs: ReadonlyMap<string, Uint8Array> = new Map();

  constructor(options: KernelOptions) {
    const { machine } = options;
    this.#limits = options.limits;
    const clock = options.clock ?? (machine === undefined ? undefined : machineClock(machine));
    const entropy = options.entropy ?? machine?.entropy;
    if (clock === undefined || entropy === undefined) {
      throw new KernelError('badOption', 'a kernel without a machine needs a clock and an entropy source');
    }
    const memory =
      machine === undefined ? plainMemory(options.memoryBytes ?? DEFAULT_MEMORY_BYTES) : machineMemory(machine);
    this.#nucleus = new Nucleus({
      pool: new FramePool(memory),
      clock,
      entropy,
      timeStampIsClock: machine !== undefined && options.clock === undefined && machine.timeStampFrequencyHz === 1e9,
      log: options.log ?? (() => {}),
      workArrived: options.onWork ?? (() => {}),
      fastPath: options.fastPath ?? new FastPath(),
    });
    this.#machine = machine;
    this.#scheduler = machine === undefined ? undefined : this.#schedule(machine, options.preemptionTimerNs);
    // A program that goes on outside of a step (a promise of its own) may set a timer while the embedder sleeps until a later one.
    this.#nucleus.timers.onEarlier = () => {
      if (!this.#stepping) this.#nucleus.workArrived();
    };
    for (const personality of options.personalities ?? []) {
      if (this.#personalities.has(personality.name)) {
        throw new KernelError('duplicateName', `two personalities are named "${personality.name}": rename one`);
      }
      this.#personalities.set(personality.name, personality);
    }
    this.#set = new KernelObjects({
      nucleus: this.#nucleus,
      scheduler: this.#scheduler,
      console: options.console,
      wallClock: options.wallClock,
      personalities: this.#personalities,
    });
    this.#spawner = new SpawnService({
      nucleus: this.#nucleus,
      programs: this.#programs,
      blob: (name) => this.#blobs.get(name),
      launcher: this.#scheduler === undefined ? undefined : new ProcessLauncher(this.#scheduler),
      selfObjects: this.#set.selfObjects,
      workers: options.workers,
      limits: options.limits ?? DEFAULT_LIMITS,
      defaultArenaBytes: DEFAULT_ARENA_BYTES,
    });
    this.#set.setSpawner(this.#spawner);
    this.objects = this.#set.byName;
  }

  /**
   * Names a TypeScript program for ProcessSpawner and manifests: one that runs in the kernel's thread, or a module for a
   * Worker of its own. `arenaBytes`: its memory, 1 MiB unless given.
   * @throws KernelError duplicateName, badOption
   */
  registerProgram(
    name: string,
    program: HostedProgram | WorkerProgram,
    { arenaBytes = DEFAULT_ARENA_BYTES }: { readonly arenaBytes?: number } = {},
  ): void {
    if (this.#programs.has(name)) throw new KernelError('duplicateName', `a program "${name}" is registered already`);
    if (arenaBytes < MIN_ARENA_BYTES || arenaBytes % 64 !== 0) {
      throw new KernelError(
        'badOption',
        `an arena of ${arenaBytes} bytes: use at least ${MIN_ARENA_BYTES}, a multiple of 64`,
      );
    }
    this.#programs.set(name, { program, arenaBytes });
  }

  /** Starts init with the boot package, a process spawner, and every object of the kernel. @throws KernelError */
  boot(options: BootOptions): ProcessReference {
    this.#blobs = options.blobs;
    const grants = bootGrants(options, this.#set);
    return this.#start({
      name: 'init',
      // Everything is started from there: unless the embedder says otherwise, only the system's own limits hold.
      limits: this.#limits ?? {},
      ...(typeof options.init === 'function' ? { program: options.init } : { image: options.init }),
      ...(options.arguments === undefined ? {} : { arguments: options.arguments }),
      grants,
    });
  }

  /** Starts a program with exactly these grants. @throws KernelError */
  spawn(request: EmbedderSpawn): ProcessReference {
    return this.#start(request);
  }

  /** An endpoint that belongs to the embedder, to connect what it spawns. Lives as long as somebody holds its owner side. */
  createEndpoint(maxCalls = 256): EmbedderEndpoint {
    const endpoint = new EndpointObject(maxCalls);
    return {
      owner: endpoint,
      facet: (badge, interfaceId): ClientFacet => endpoint.facet(badge, interfaceId),
    };
  }

  /** A console beside the one the kernel was made with, to grant: a second terminal, or standard error on its own. */
  createConsole(backend: ConsoleBackend): KernelObject {
    return this.#set.createConsole(backend);
  }

  /** A range of the machine's I/O ports, to grant to a driver. @throws KernelError noMachine, badOption */
  createIoPorts(first: number, count: number): KernelObject {
    const bus = this.#bus();
    if (!(first >= 0 && count >= 1 && first + count <= 0x1_0000)) {
      throw new KernelError('badOption', `ports ${first} + ${count}: there are 65536`);
    }
    return new IoPortsObject(bus, first, count);
  }

  /** Registers at physical addresses outside RAM, to grant to a driver. @throws KernelError noMachine, badOption */
  createDeviceMmio(base: number, length: number): KernelObject {
    const bus = this.#bus();
    if (base < this.#machine!.memory.ramBytes || length < 1 || Interrupts.owns(base, length)) {
      throw new KernelError('badOption', `registers at ${base} + ${length}: outside RAM and the APIC is wanted`);
    }
    return new DeviceMmioObject(bus, base, length);
  }

  /**
   * A device's interrupt line, to grant to its driver: once, until nobody holds it. Step the kernel after what raises the line.
   * @throws KernelError noDevice, badOption
   */
  createInterrupt(line: number): KernelObject {
    if (!(line >= 0 && line < INTERRUPT_LINES)) {
      throw new KernelError('badOption', `interrupt line ${line}: there are ${INTERRUPT_LINES}`);
    }
    if (this.#interrupts === undefined) {
      throw new KernelError('noDevice', 'interrupts need a local APIC: attach one before the kernel is made');
    }
    if (!this.#interrupts.isFree(line)) {
      throw new KernelError('noDevice', `interrupt line ${line} has a driver already`);
    }
    return new InterruptObject(this.#interrupts, line);
  }

  /** The capability that makes a spawned process a foreign one. @throws KernelError unknownName */
  personality(name: string): KernelObject {
    return this.#set.personality(name);
  }

  /**
   * Runs what can be run: due timers, callbacks of hosted programs, and at most `budget` instructions of guest code.
   * Never throws, always returns.
   */
  step(budget = 1_000_000): StepResult {
    const { clock, notifier, polled, timers, processes } = this.#nucleus;
    // A program or a backend of the embedder that steps the kernel it is called from: the outer step goes on.
    if (this.#stepping) return { state: 'busy', nextWakeNs: clock.nowNs() };
    this.#stepping = true;
    notifier.replenish();
    notifier.begin();
    timers.expire(clock.nowNs(), TIMERS_PER_STEP);
    notifier.flush();
    let more = false;
    for (const program of polled) if (program.poll()) more = true;
    const scheduler = this.#scheduler;
    if (scheduler !== undefined) {
      scheduler.processor.runDueEvents();
      this.#takeInterrupts(scheduler);
      this.#interrupts?.setTicking(scheduler.hasReady);
      scheduler.run(budget);
      this.#interrupts?.setTicking(scheduler.hasReady);
    }
    notifier.flush();
    notifier.end();
    this.#stepping = false;
    this.#debugged?.deliver();
    const nextWakeNs = Math.min(timers.nextNs, scheduler?.processor.nextEventNs ?? Number.POSITIVE_INFINITY);
    if (more || notifier.isPending || scheduler?.hasReady === true || nextWakeNs <= clock.nowNs()) {
      return { state: 'busy', nextWakeNs };
    }
    return { state: processes.size === 0 ? 'done' : 'idle', nextWakeNs };
  }

  /** Steps until nothing can run without waiting, or `maxNs` of the clock have passed. */
  runUntilIdle(maxNs: number = Number.POSITIVE_INFINITY): StepResult {
    const end = this.#nucleus.clock.nowNs() + maxNs;
    for (;;) {
      const result = this.step();
      if (result.state !== 'busy' || this.#nucleus.clock.nowNs() >= end) return result;
    }
  }

  /**
   * Puts an ELF process under a debugger: a `GdbServer` of the machine's package, or a program of the embedder's. Its threads stop
   * where they are, or before the first instruction of a process just spawned, until the debugger resumes them.
   * @throws KernelError noMachine, cannotDebug
   */
  debug(processId: bigint, options: DebugOptions = {}): DebugTarget {
    if (this.#scheduler === undefined) {
      throw new KernelError('noMachine', 'a kernel without a machine has no ELF processes to debug');
    }
    this.#debugged ??= new DebuggedProcesses(this.#nucleus, this.#scheduler);
    return this.#debugged.open(processId, options);
  }

  /** The process in the processor now: for profilers, which look while the machine runs. */
  get runningProcess(): { readonly processId: bigint; readonly name: string } | undefined {
    const process = this.#scheduler?.current?.process;
    return process && { processId: BigInt(process.id), name: process.name };
  }

  /** What files an ELF process has mapped where, as far as it is known: for tools that name code. */
  mappedFiles(processId: bigint): readonly MappedFile[] {
    const process = this.#nucleus.processes.get(Number(processId));
    const body = process?.body;
    if (!(body instanceof ElfBody)) return [];
    if (body.personality !== undefined) return body.personality.mappedFiles();
    return body.image === undefined ? [] : [{ ...body.image, path: `/${process!.name}` }];
  }

  /** Every process, for looking. */
  processes(): ProcessInfo[] {
    return [...this.#nucleus.processes.values()].map(processInfo);
  }

  /** What all processes together hold; every count is 0 when none is left and nothing of theirs is. */
  ledgers(): { readonly total: LedgerCounts; readonly byProcess: ReadonlyMap<bigint, LedgerCounts> } {
    const byProcess = new Map<bigint, LedgerCounts>();
    for (const { id, ledger } of this.#nucleus.processes.values()) byProcess.set(BigInt(id), ledger.counts());
    return { total: this.#nucleus.ledger.counts(), byProcess };
  }

  /** Free and managed frames of 4 KiB. */
  frames(): { readonly free: number; readonly total: number } {
    const { free, total } = this.#nucleus.pool;
    return { free, total };
  }

  /** Interrupts that came while no guest code ran. */
  #takeInterrupts({ processor }: Scheduler): void {
    const supervisor = this.#supervisor;
    if (this.#interrupts === undefined || supervisor === undefined) return;
    let taken = supervisor.interruptsTaken;
    processor.takeInterrupts(() => {
      const wasTaken = supervisor.interruptsTaken !== taken;
      taken = supervisor.interruptsTaken;
      return wasTaken;
    });
  }

  #bus(): DeviceBus {
    if (this.#machine === undefined) {
      throw new KernelError('noMachine', 'a kernel without a machine has no devices: pass one to createKernel');
    }
    return new DeviceBus(this.#machine);
  }

  #schedule(machine: Machine, preemptionTimerNs = 0): Scheduler {
    const { clock, notifier, timers, workArrived } = this.#nucleus;
    const scheduler = new Scheduler({
      processor: new Processor(machine),
      clock,
      timers,
      workArrived,
      betweenRuns: () => {
        if (timers.nextNs <= clock.nowNs()) timers.expire(clock.nowNs(), TIMERS_PER_STEP);
        notifier.flush();
      },
    });
    this.#nucleus.scheduler = scheduler;
    this.#interrupts = Interrupts.find(machine, preemptionTimerNs);
    if (preemptionTimerNs !== 0 && this.#interrupts === undefined) {
      throw new KernelError('noDevice', 'a preemption timer needs a local APIC: attach one before the kernel is made');
    }
    this.#supervisor = new KernelSupervisor(this.#nucleus, scheduler, this.#interrupts);
    supervise(machine, this.#supervisor);
    return scheduler;
  }

  #start(request: EmbedderSpawn): ProcessReference {
    const { notifier } = this.#nucleus;
    const { personality, program } = request;
    const factory = typeof personality === 'string' ? this.#personalityFactory(personality) : personality;
    if (factory !== undefined) referenceSystem.personalityUsed(factory);
    notifier.begin();
    try {
      const process = this.#spawner.spawn({
        name: request.name,
        image: request.image,
        program: typeof program === 'string' ? program : undefined,
        hosted: typeof program === 'string' ? undefined : program,
        arguments: request.arguments ?? [request.name],
        environment: request.environment ?? [],
        grants: Object.entries(request.grants ?? {}).map(([name, object]) => ({
          name,
          capability: capabilityOf(object),
        })),
        personality: factory,
        personalityOptions: request.personalityOptions,
        limits: request.limits,
      });
      if (request.processorShare !== undefined) limitToShare(process, request.processorShare, this.#scheduler);
      return processReference(process);
    } finally {
      notifier.end();
    }
  }

  #personalityFactory(name: string): PersonalityFactory {
    const factory = this.#personalities.get(name);
    if (factory === undefined) {
      throw new KernelError('unknownName', `no personality "${name}": pass its factory to createKernel`);
    }
    return factory;
  }
}

/** Makes a kernel. Two kernels share nothing; what stands beside the second on a machine is said in arch/reference-system.ts. @throws KernelError badOption, duplicateName */
export function createKernel(options: KernelOptions): Kernel {
  if (options.machine !== undefined) {
    referenceSystem.kernelMade();
    for (const personality of options.personalities ?? []) referenceSystem.personalityUsed(personality);
  }
  return new Kernel(options);
}

const referenceSystem = new ReferenceSystem((machine) => new Kernel({ machine }));
