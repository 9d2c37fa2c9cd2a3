// Processor: the little that the scheduler and the personalities need of the machine's CPU.

import type { Cpu, Machine, Supervisor } from '@capos/x86-machine';
import type { AddressSpace, TranslationHolder } from '../memory/address-space.ts';
import { FRAME_SIZE, type PhysicalMemory } from '../memory/physical-memory.ts';
import { initialFrame, TrapFrame } from './trap-frame.ts';

/** Interrupts taken in a row before threads have their turn: a device must not keep a step from ending. */
const MOST_INTERRUPTS = 64;

/** The machine's processor under the kernel. */
export class Processor implements TranslationHolder {
  readonly cpu: Cpu;
  readonly liveFrame: TrapFrame;
  readonly #machine: Machine;
  #space: AddressSpace | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.cpu = machine.cpu;
    this.liveFrame = new TrapFrame(machine.cpu.frame);
  }

  /** Puts a thread's state in, in ring 3; `steps` has its next instruction told of. */
  load(frame: Uint8Array, space: AddressSpace, steps = false): void {
    const { cpu } = this;
    this.enter(space);
    if (cpu.cpl !== 3) cpu.setPrivilege(3);
    cpu.loadFrame(frame);
    cpu.singleSteps = steps;
  }

  /** What runs from now on is in this space. */
  enter(space: AddressSpace): void {
    if (space === this.#space) return;
    this.#space = space;
    this.cpu.setAddressSpace(space.root, space.tag);
  }

  /** Takes the running thread's state out. */
  save(frame: Uint8Array): void {
    this.cpu.saveFrame(frame);
    this.cpu.singleSteps = false;
  }

  /** Runs guest code until the budget is used up or `stop`; answers the instructions executed. */
  run(budget: number): number {
    const before = this.cpu.instructions;
    this.#machine.run(budget);
    return this.cpu.instructions - before;
  }

  /** Lets the processor take what interrupts are pending while no thread is in it. `wasTaken` tells whether one was. */
  takeInterrupts(wasTaken: () => boolean): void {
    const { cpu } = this;
    let rounds = 0;
    do {
      // A halted processor with interrupts enabled, as an idle thread would leave it: it executes nothing of anybody's.
      cpu.loadFrame(initialFrame());
      cpu.interruptShadow = false;
      cpu.halted = true;
      this.#machine.run(1);
    } while (wasTaken() && ++rounds < MOST_INTERRUPTS);
    cpu.halted = false;
  }

  /** Instructions executed since the machine was made. */
  get instructions(): number {
    return this.cpu.instructions;
  }

  /** Makes `run` return: nothing is runnable. */
  stop(): void {
    this.#machine.stop(0);
  }

  /** When a device of the machine wants to be looked at. */
  get nextEventNs(): number {
    return this.#machine.nextEventNs();
  }

  /** Gives devices their turn while no guest code runs. */
  runDueEvents(): void {
    this.#machine.events.runDue();
  }

  invalidatePage(space: AddressSpace, vpn: number): void {
    this.cpu.invalidatePage(BigInt(vpn) << 12n, space.tag);
  }

  invalidatePages(space: AddressSpace, vpn: number, pages: number): void {
    this.cpu.invalidatePages(BigInt(vpn) << 12n, pages, space.tag);
  }

  invalidateAll(space: AddressSpace): void {
    this.cpu.invalidateAddressSpace(space.tag);
  }

  /** The space is gone and its tag is not used again. */
  releaseSpace(space: AddressSpace): void {
    this.cpu.releaseAddressSpace(space.tag);
    // Its page tables are free memory now: nothing may run on them.
    if (this.#space === space) this.#space = undefined;
  }
}

/** Makes the kernel the machine's ring 0. */
export function supervise(machine: Machine, supervisor: Supervisor): void {
  machine.supervise(supervisor);
}

/** The machine's clock. */
export function machineClock(machine: Machine): { nowNs(): number } {
  const { events } = machine;
  return { nowNs: () => events.nowNs() };
}

/** The machine's RAM as the kernel's physical memory. */
export function machineMemory(machine: Machine): PhysicalMemory {
  const { buffer, ramBytes, ramOffset } = machine.memory;
  const size = Math.floor(ramBytes / FRAME_SIZE) * FRAME_SIZE;
  return {
    bytes: new Uint8Array(buffer, ramOffset, size),
    words: new Int32Array(buffer, ramOffset, size >>> 2),
    view: new DataView(buffer, ramOffset, size),
    size,
    invalidateCode: (physical, length) => machine.cpu.invalidateCode(physical, length),
  };
}

export type { Machine };
