// The machine: memory, one CPU, buses, a schedule; devices and the supervisor come from outside, and so do clock and entropy.
//
//   run(budget)   due events ▸ interrupt, if allowed ▸ a slice of instructions ▸ …
//
// A slice ends early when a device signals an interrupt or an event becomes due sooner, so that neither waits for the clock.

import { type Clock, EventScheduler } from './board/event-scheduler.ts';
import { Mmio } from './board/mmio-bus.ts';
import { Msrs } from './board/msr-bus.ts';
import { PhysicalMemory } from './board/physical-memory.ts';
import { Ports } from './board/port-bus.ts';
import { Cpu, type FloatExceptions } from './cpu/cpu.ts';
import { cpuIdLeaves } from './cpu/cpu-id.ts';
import { type BoardAccess, ExitCompletion, resetCpu } from './cpu/exit-completion.ts';
import type { Supervisor } from './cpu/supervisor.ts';
import type { Board, Device, InterruptController } from './devices/device.ts';
import { type FeatureLevel, INSTRUCTION_SETS } from './isa/instruction-set.ts';
import { MachineError } from './machine-error.ts';
import { CPU_STATE, MAXIMUM_RAM_BYTES, memoryMap } from './state/cpu-state.ts';
import { RFLAGS } from './state/frame-layout.ts';
import type { Stopwatch, TierStatistics } from './translator/tier-statistics.ts';
import { engine } from './wasm/engine.ts';

/** Random bytes, from outside. */
export interface Entropy {
  fill(bytes: Uint8Array): void;
}

export interface MachineOptions {
  /** RAM in bytes, a multiple of 4,096; the host commits it as it is touched. Default 256 MiB, at most 3.5 GiB. */
  readonly ramBytes?: number;
  /** Bytes for decoded instructions, 32 each; when they are used up everything is decoded anew. Default 32 MiB. */
  readonly decodedBytes?: number;
  /**
   * How often a block is entered before the region around it is translated to WebAssembly, which costs some milliseconds; entries
   * count once a machine has run for 50 ms, and translating takes at most a third of all time. Default 10,000. Infinity: never;
   * below 200: without waiting, be it worth it or not, as tests want it.
   */
  readonly translateAfter?: number;
  /** What the processor is, by the levels of the x86-64 psABI; CPUID offers it and nothing else is executed. Default v3. */
  readonly features?: FeatureLevel;
  /** Makes `machine.statistics` complete, at a cost of a few percent; the stopwatch tells how long translation took. */
  readonly statistics?: Stopwatch;
  /**
   * When the flags that SSE arithmetic leaves in MXCSR are those of silicon. `observed`, the default: once the program has stored or
   * loaded MXCSR (STMXCSR, LDMXCSR, FXSAVE, XSAVE and their kin; but not where only the rounding mode is looked at, or XRSTOR brings back what
   * XSAVEC has stored), where before hot code records the inexact exception alone. `always`: from the first instruction on, which costs hot scalar code twice the time; runs that are to be repeated bit by bit want it. Results of
   * operations are the same either way.
   */
  readonly floatExceptions?: FloatExceptions;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Ring 0 in TypeScript; without one the machine is bare, and guest code owns every ring. */
  readonly supervisor?: Supervisor;
}

/** Why `run` returned. */
export const STOP = {
  /** The budget is used up. */
  budget: 0,
  /** HLT: nothing happens before an interrupt; `nextEventNs` says when one may come. */
  halted: 1,
  /** `stop` was called: by the supervisor, a device or the embedder. */
  stopped: 2,
  /** A fault while delivering a double fault (bare mode). */
  shutdown: 3,
} as const;

export type StopReason = (typeof STOP)[keyof typeof STOP];

/** Cycles of the time-stamp counter in a second: it counts the clock's nanoseconds. */
const TIME_STAMP_FREQUENCY_HZ = 1_000_000_000;
/** Instructions between two looks at the clock, at most: about 0.2 ms. Code that has settled runs faster, and for longer. */
const SLICE = 50_000;
/** Instructions that are taken to last a nanosecond, when an event is nearer than a slice. */
const INSTRUCTIONS_PER_NS = 0.25;
const SHORTEST_SLICE = 200;
/** What is entered less often does not earn back what translating it costs; docs/decisions has what other thresholds gave. */
export const TRANSLATE_AFTER = 10_000;

export class Machine implements Board {
  readonly cpu: Cpu;
  readonly memory: PhysicalMemory;
  readonly ports: Ports = new Ports();
  readonly mmio: Mmio;
  readonly msrs: Msrs = new Msrs();
  readonly events: EventScheduler;
  readonly entropy: Entropy;
  readonly timeStampFrequencyHz: number = TIME_STAMP_FREQUENCY_HZ;
  /** The code that `stop` was last called with. */
  stopCode = 0;
  readonly #exits: ExitCompletion;
  readonly #access: { supervisor: Supervisor | undefined; readonly features: FeatureLevel };
  readonly #clock: Clock;
  readonly #isExact: boolean;
  #controller: InterruptController | undefined;
  #interruptRequested = false;
  #stopped = false;
  #shutdown = false;
  #running = false;
  #sampler: ((cpu: Cpu) => void) | undefined;
  #samplePeriod = 0;
  #untilSample = 0;
  #sampleNoise = 1;

  constructor(options: MachineOptions) {
    const {
      ramBytes = 256 * 2 ** 20,
      decodedBytes = 32 * 2 ** 20,
      translateAfter = TRANSLATE_AFTER,
      floatExceptions = 'observed',
      features = 'x86-64-v3',
      clock,
      entropy,
      supervisor,
    } = options;
    if (ramBytes % 4096 !== 0 || ramBytes < 4096 || ramBytes > MAXIMUM_RAM_BYTES) {
      throw new MachineError(
        'badConfiguration',
        `ramBytes is ${ramBytes}: a multiple of 4096 up to ${MAXIMUM_RAM_BYTES} is wanted`,
      );
    }
    if (decodedBytes % 4096 !== 0 || decodedBytes < 65_536 || decodedBytes > 2 ** 28) {
      throw new MachineError(
        'badConfiguration',
        `decodedBytes is ${decodedBytes}: a multiple of 4096 from 65536 to ${2 ** 28} is wanted`,
      );
    }
    if (translateAfter !== Number.POSITIVE_INFINITY && !(Number.isInteger(translateAfter) && translateAfter >= 1)) {
      throw new MachineError(
        'badConfiguration',
        `translateAfter is ${translateAfter}: a whole number of entries from 1 on, or Infinity, is wanted`,
      );
    }
    const instructionSet = INSTRUCTION_SETS[features];
    if (instructionSet === undefined) {
      throw new MachineError('badConfiguration', `features is ${features}: x86-64-v2 or x86-64-v3 is wanted`);
    }
    // Nothing of the platform is reached for, so whoever does without a type checker must be told.
    if (typeof clock?.nowNs !== 'function' || typeof entropy?.fill !== 'function') {
      throw new MachineError(
        'badConfiguration',
        `clock is ${typeof clock} and entropy ${typeof entropy}: { clock: { nowNs(): number }, entropy: { fill(bytes): void } } are wanted`,
      );
    }
    const map = memoryMap(ramBytes, decodedBytes);
    const memory = new engine.Memory({ initial: map.totalPages, maximum: map.totalPages });
    const linear = new Uint8Array(memory.buffer);
    const physical = (low: number, high: number): number => (high >>> 0) * 2 ** 32 + (low >>> 0);
    this.#clock = clock;
    this.entropy = entropy;
    this.mmio = new Mmio(ramBytes);
    this.events = new EventScheduler(clock, () => this.cpu.leave());
    this.cpu = new Cpu(
      memory,
      map,
      {
        mmioRead: (low, high, destination, bytes) =>
          this.mmio.read(physical(low, high), linear.subarray(destination, destination + bytes)),
        mmioWrite: (low, high, source, bytes) => {
          this.mmio.write(physical(low, high), linear.subarray(source, source + bytes));
          this.#mirrorTaskPriority();
        },
      },
      translateAfter,
      floatExceptions,
      instructionSet,
      options.statistics,
    );
    this.memory = new PhysicalMemory(memory.buffer, map, (at, length) => this.cpu.invalidateCode(at, length));
    const access: { -readonly [Key in keyof BoardAccess]: BoardAccess[Key] } = {
      supervisor,
      features,
      cpuId: cpuIdLeaves(instructionSet, () => this.#controller !== undefined, this.cpu),
      timeStamp: () => Math.floor(this.#clock.nowNs()),
      randomBytes: (into) => entropy.fill(into),
      readPort: (port, size) => this.ports.read(port, size),
      writePort: (port, size, value) => this.ports.write(port, size, value),
      readMsr: (index) => this.msrs.read(index),
      writeMsr: (index, value) => this.msrs.write(index, value),
      setTaskPriority: (priorityClass) => {
        if (this.#controller) this.#controller.taskPriorityClass = priorityClass;
      },
      shutdown: () => {
        this.#shutdown = true;
        this.cpu.leave();
      },
    };
    this.#access = access;
    this.#exits = new ExitCompletion(this.cpu, access);
    this.cpu.connect(this.#exits);
    resetCpu(this.cpu, supervisor !== undefined, features);
    this.#isExact = clock.instructionsUntil !== undefined;
    if (this.#isExact) this.cpu.keepExact();
  }

  /**
   * Gives the machine its ring 0, as the option of the same name does, for a supervisor that is made over the machine.
   * @throws MachineError `badConfiguration` when it has one
   */
  supervise(supervisor: Supervisor): void {
    if (this.#access.supervisor) {
      throw new MachineError('badConfiguration', 'this machine has a supervisor already: make another machine');
    }
    this.#access.supervisor = supervisor;
    resetCpu(this.cpu, true, this.#access.features);
  }

  // ---- board

  attach(device: Device): void {
    device.attach(this);
  }

  timeStamp(): bigint {
    return BigInt(Math.floor(this.#clock.nowNs()));
  }

  connectInterruptController(controller: InterruptController): void {
    if (this.#controller)
      throw new MachineError('controllerTaken', 'connecting an interrupt controller: there is one already');
    this.#controller = controller;
  }

  signalInterrupt(requested: boolean): void {
    this.#interruptRequested = requested;
    if (requested) this.cpu.leave();
  }

  setInterruptLine(line: number, asserted: boolean): void {
    this.#controller?.setLine(line, asserted);
  }

  #mirrorTaskPriority(): void {
    if (this.#controller) this.cpu.state.setUint32(CPU_STATE.cr8, this.#controller.taskPriorityClass, true);
  }

  /** Makes `run` return `STOP.stopped` after the current instruction. */
  stop(code: number): void {
    this.stopCode = code;
    this.#stopped = true;
    this.cpu.leave();
  }

  /** What interpreter and translator did so far. Without the option `statistics` what regions count is 0. */
  get statistics(): TierStatistics {
    return this.cpu.statistics;
  }

  /** When something may happen that ends a halt, on the machine's clock; Infinity for never. */
  nextEventNs(): number {
    return this.events.nextEventNs();
  }

  // ---- running

  /**
   * Runs until the budget is used up or something else is worth telling; give or take one basic block, or region, unless the clock
   * counts instructions.
   * @param budget instructions
   */
  run(budget: number = Number.MAX_SAFE_INTEGER): StopReason {
    return this.#run(budget, this.#isExact);
  }

  /** As run, but stops after exactly `budget` instructions. */
  runExactly(budget: number): StopReason {
    return this.#run(budget, true);
  }

  #run(budget: number, exactly: boolean): StopReason {
    if (this.#running)
      throw new MachineError('nested', 'running a machine from within its own run: return to it instead');
    if (Number.isNaN(budget))
      throw new MachineError('badConfiguration', 'running a machine for NaN instructions: a number of them is wanted');
    this.#running = true;
    this.#stopped = false;
    try {
      return this.#loop(budget, exactly);
    } finally {
      this.#running = false;
    }
  }

  #loop(budget: number, exactly: boolean): StopReason {
    const { cpu, events } = this;
    let left = budget;
    while (left > 0) {
      events.runDue();
      this.#takeInterrupt();
      if (this.#shutdown) return STOP.shutdown;
      if (this.#stopped) return STOP.stopped;
      if (cpu.halted) return STOP.halted;
      const before = left;
      if (cpu.singleSteps || (cpu.rflags & (RFLAGS.tf | RFLAGS.rf)) !== 0) left -= cpu.step();
      else {
        let slice = Math.min(left, this.#slice());
        if (this.#sampler !== undefined) slice = Math.min(slice, Math.max(1, this.#untilSample));
        if (!exactly) left -= cpu.execute(slice);
        else left -= slice > cpu.longestRun ? cpu.execute(slice - cpu.longestRun) : cpu.executeAtMost(slice);
      }
      if (this.#shutdown) return STOP.shutdown;
      if (this.#stopped) return STOP.stopped;
      if (this.#sampler === undefined) continue;
      this.#untilSample -= before - left;
      if (this.#untilSample <= 0) this.#sample(this.#sampler);
    }
    return STOP.budget;
  }

  /**
   * Has the CPU looked at about every so many instructions (at random, from half of that to one and a half), between two of them.
   * @param take is told; undefined: no more
   */
  sampleEvery(instructions: number, take: ((cpu: Cpu) => void) | undefined): void {
    this.#sampler = take;
    this.#samplePeriod = instructions;
    this.#untilSample = instructions;
  }

  #sample(take: (cpu: Cpu) => void): void {
    // A linear congruential generator does: all that is wanted is to keep out of step with loops.
    this.#sampleNoise = (Math.imul(this.#sampleNoise, 1_664_525) + 1_013_904_223) >>> 0;
    this.#untilSample = Math.max(1, Math.floor(this.#samplePeriod * (0.5 + this.#sampleNoise / 2 ** 32)));
    if (!this.cpu.halted) take(this.cpu);
  }

  #slice(): number {
    const longest = SLICE * this.cpu.patience;
    const next = this.events.nextEventNs();
    if (next === Number.POSITIVE_INFINITY) return longest;
    if (this.#isExact) return Math.max(1, Math.min(longest, this.#clock.instructionsUntil!(next)));
    const ns = next - this.#clock.nowNs();
    return Math.max(SHORTEST_SLICE, Math.min(longest, Math.floor(ns * INSTRUCTIONS_PER_NS)));
  }

  #takeInterrupt(): void {
    const { cpu } = this;
    if (!this.#interruptRequested || !this.#controller || cpu.interruptShadow) return;
    if ((cpu.rflags & RFLAGS.if) === 0 || this.#controller.pendingVector() < 0) return;
    cpu.halted = false;
    this.#exits.interrupt(this.#controller.acknowledge());
  }
}

/** A machine with no devices. */
export function createMachine(options: MachineOptions): Machine {
  return new Machine(options);
}
