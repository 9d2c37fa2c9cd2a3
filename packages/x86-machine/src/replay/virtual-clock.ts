// A clock that goes by the instructions a machine has executed: time is the same in every run.
//
//   now = start + instructions × nanoseconds each + what was skipped while nothing could run

import type { Clock } from '../board/event-scheduler.ts';
import { MachineError } from '../machine-error.ts';

export interface VirtualClockOptions {
  /** What it shows before the first instruction, in nanoseconds. Default 0. */
  readonly startNs?: number;
  /** How long an instruction takes, in whole nanoseconds. Default 1. */
  readonly nsPerInstruction?: number;
}

export class VirtualClock implements Clock {
  readonly nsPerInstruction: number;
  #counter: { readonly instructions: number } = { instructions: 0 };
  #offsetNs: number;

  /** @throws MachineError `badConfiguration` */
  constructor({ startNs = 0, nsPerInstruction = 1 }: VirtualClockOptions = {}) {
    if (!Number.isSafeInteger(nsPerInstruction) || nsPerInstruction < 1 || !Number.isSafeInteger(startNs)) {
      throw new MachineError(
        'badConfiguration',
        `a clock of ${nsPerInstruction} ns an instruction from ${startNs} ns on: whole nanoseconds are wanted, 1 or more each`,
      );
    }
    this.nsPerInstruction = nsPerInstruction;
    this.#offsetNs = startNs;
  }

  /** Goes by a CPU from now on: to be called once the machine with this clock is made. */
  follow(cpu: { readonly instructions: number }): void {
    this.#offsetNs -= cpu.instructions * this.nsPerInstruction;
    this.#counter = cpu;
  }

  nowNs(): number {
    return this.#offsetNs + this.#counter.instructions * this.nsPerInstruction;
  }

  instructionsUntil(timeNs: number): number {
    return Math.ceil((timeNs - this.nowNs()) / this.nsPerInstruction);
  }

  /** Skips time, as a halted processor does; without effect on a time that is past. */
  advanceTo(timeNs: number): void {
    const skipped = Math.ceil(timeNs) - this.nowNs();
    if (skipped > 0) this.#offsetNs += skipped;
  }
}
