// A contest for the processor: one program alone against a crowd of others, all of which never stop.
import { createKernel, type Kernel, type ProcessReference } from '@capos/kernel';
import { spinner } from '@capos/libcapos/programs/spinner';
import { createFairShareProgram, type ShareGroup } from '@capos/services';
import { createMachine } from '@capos/x86-machine';

const CROWD = 9;
const EPOCH_NS = 5_000_000;
/** Instructions that stand for an epoch. */
const EPOCH_INSTRUCTIONS = 1_000_000;
/** Turns of the event loop in which the scheduler's promises come to rest. */
const REST = 200;
const MEASURED_EPOCHS = 10;

export class Contest {
  readonly kernel: Kernel;
  readonly #alone: ProcessReference[];
  readonly #crowd: ProcessReference[];
  #nowNs = 1_000_000;

  constructor(log: (line: string) => void) {
    const clock = { nowNs: () => this.#nowNs };
    const entropy = { fill: (bytes: Uint8Array) => bytes.fill(1) };
    const machine = createMachine({ ramBytes: 32 * 2 ** 20, decodedBytes: 4 * 2 ** 20, clock, entropy });
    this.kernel = createKernel({ machine, log });
    this.#alone = [this.#spin('alone')];
    this.#crowd = Array.from({ length: CROWD }, () => this.#spin('crowd'));
  }

  /** Starts a scheduler to which `alone` is worth so much, and the whole crowd 1. */
  schedule(weightOfAlone: number): ProcessReference {
    const { schedulingPolicy: scheduling, timer } = this.kernel.objects;
    const groupOf = (group: string): ShareGroup => ({ group, weight: group === 'alone' ? weightOfAlone : 1 });
    const program = createFairShareProgram({ epochNs: EPOCH_NS, groupOf });
    return this.kernel.spawn({ name: `scheduler ${weightOfAlone}:1`, program, grants: { scheduling, timer } });
  }

  /** The part of the processor that `alone` gets over some epochs. */
  async part(): Promise<number> {
    await this.#epoch();
    await this.#epoch();
    const before = [this.#executed(this.#alone), this.#executed(this.#crowd)];
    for (let count = 0; count < MEASURED_EPOCHS; count++) await this.#epoch();
    const [one, many] = [this.#executed(this.#alone) - before[0]!, this.#executed(this.#crowd) - before[1]!];
    return one / (one + many);
  }

  #spin(name: string): ProcessReference {
    return this.kernel.spawn({ name, image: spinner.bytes });
  }

  #executed(group: readonly ProcessReference[]): number {
    const ids = new Set(group.map(({ processId }) => processId));
    return this.kernel
      .processes()
      .filter(({ processId }) => ids.has(processId))
      .reduce((sum, { instructions }) => sum + Number(instructions), 0);
  }

  async #epoch(): Promise<void> {
    for (let turn = 0; turn < REST; turn++) {
      await Promise.resolve();
      this.kernel.step(0);
    }
    this.kernel.step(EPOCH_INSTRUCTIONS);
    this.#nowNs += EPOCH_NS;
  }
}
