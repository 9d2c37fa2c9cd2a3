// A share of the processor's time: what a process and its children have of it, and what is left to others.
import { type ForeignPersonality, type ForkedProcess, REGISTER } from '@capos/abi';
import { createMachine, type Machine } from '@capos/x86-machine';
import { describe, expect, it } from 'vitest';
import { createKernel, type Kernel, type ProcessReference } from '../../src/index.ts';
import { movEax, program, SPIN, SYSCALL } from '../support/elf-builder.ts';
import { testPersonality } from '../support/test-personality.ts';

const MILLISECOND = 1_000_000;
const NS_PER_INSTRUCTION = 2;
const PERIOD_MS = 20;
const FORK = 57;

/** Time goes by instructions, by what a test says calls take, and where everybody waits. */
class TimedMachine {
  readonly kernel: Kernel;
  readonly #machine: Machine;
  passedNs = 0;

  constructor() {
    const nowNs = (): number => this.passedNs + this.#machine.cpu.instructions * NS_PER_INSTRUCTION;
    this.#machine = createMachine({
      ramBytes: 32 << 20,
      decodedBytes: 4 << 20,
      clock: { nowNs: () => 0 },
      entropy: { fill: (bytes) => bytes.fill(1) },
    });
    this.kernel = createKernel({ machine: this.#machine, clock: { nowNs } });
  }

  get nowMs(): number {
    return (this.passedNs + this.#machine.cpu.instructions * NS_PER_INSTRUCTION) / MILLISECOND;
  }

  /** Lets so much time go by. */
  run(milliseconds: number): void {
    const end = this.nowMs + milliseconds;
    while (this.nowMs < end) {
      const { state, nextWakeNs } = this.kernel.step(20_000);
      if (state !== 'busy')
        this.passedNs += Math.max(0, Math.min(nextWakeNs / MILLISECOND, end) - this.nowMs) * 1e6 + 1;
    }
  }

  /** Milliseconds that a process has had of the processor, by its instructions. */
  usedMs({ processId }: ProcessReference): number {
    const info = this.kernel.processes().find((process) => process.processId === processId)!;
    return (Number(info.instructions) * NS_PER_INSTRUCTION) / MILLISECOND;
  }
}

const spinning = (name: string, share?: number) => ({
  name,
  image: program(SPIN),
  ...(share === undefined ? {} : { processorShare: share }),
});

describe('a share of the processor', () => {
  it('is all that a program has of the time, though nobody else wants it', () => {
    const machine = new TimedMachine();
    const limited = machine.kernel.spawn(spinning('limited', 0.25));
    machine.run(1000);
    expect(machine.usedMs(limited)).toBeLessThan(250 + PERIOD_MS);
    expect(machine.usedMs(limited)).toBeGreaterThan(225);
  });

  it('leaves all of the rest to others', () => {
    const machine = new TimedMachine();
    const [limited, other] = [machine.kernel.spawn(spinning('limited', 0.1)), machine.kernel.spawn(spinning('other'))];
    machine.run(1000);
    expect(machine.usedMs(limited)).toBeLessThan(100 + PERIOD_MS);
    expect(machine.usedMs(limited)).toBeGreaterThan(85);
    expect(machine.usedMs(other)).toBeGreaterThan(900 - PERIOD_MS);
  });

  it('takes system calls into account for as long as they take', () => {
    const machine = new TimedMachine();
    let calls = 0;
    const { factory } = testPersonality({
      syscall() {
        calls++;
        machine.passedNs += MILLISECOND;
      },
    });
    // again: mov eax, 7; syscall; jmp again
    const image = program([...movEax(7), ...SYSCALL, 0xeb, 0xf7]);
    machine.kernel.spawn({ name: 'caller', image, personality: factory, processorShare: 0.25 });
    machine.run(2000);
    expect(calls).toBeLessThan(500 + PERIOD_MS);
    expect(calls).toBeGreaterThan(300);
  });

  it('is one share for a program and all that it forks', () => {
    const machine = new TimedMachine();
    const children: ForkedProcess[] = [];
    const silent: ForeignPersonality = { start() {}, syscall() {}, fault: () => false, exited() {} };
    const { factory } = testPersonality({
      syscall(thread, number, _argument, process) {
        if (number !== FORK) return;
        thread.registers[REGISTER.RAX] = 0n;
        for (let child = 0; child < 3; child++) children.push(process.fork(thread, silent, [])!);
      },
    });
    // mov eax, FORK; syscall; jmp itself
    const image = program([...movEax(FORK), ...SYSCALL, ...SPIN]);
    const parent = machine.kernel.spawn({ name: 'parent', image, personality: factory, processorShare: 0.4 });
    machine.run(1000);
    const processes = machine.kernel.processes();
    expect(children).toHaveLength(3);
    expect(processes).toHaveLength(4);
    const used = processes.map(({ instructions }) => (Number(instructions) * NS_PER_INSTRUCTION) / MILLISECOND);
    expect(used.reduce((sum, each) => sum + each, 0)).toBeLessThan(400 + PERIOD_MS);
    for (const each of used) expect(each).toBeGreaterThan(80);
    expect(machine.usedMs(parent)).toBeLessThan(125);
  });

  it('of all of it is no limit', () => {
    const machine = new TimedMachine();
    const whole = machine.kernel.spawn(spinning('whole', 1));
    machine.run(100);
    expect(machine.usedMs(whole)).toBeGreaterThan(99);
  });

  it.each([0, -1, 1.5, Number.NaN])('of %s is refused, and nothing is left of the program', (share) => {
    const { kernel } = new TimedMachine();
    expect(() => kernel.spawn(spinning('limited', share))).toThrow('a share of');
    kernel.runUntilIdle();
    expect(kernel.processes()).toEqual([]);
  });

  it('is refused to a program in the kernel’s own thread', () => {
    const { kernel } = new TimedMachine();
    expect(() => kernel.spawn({ name: 'hosted', program: () => {}, processorShare: 0.5 })).toThrow('on the machine');
  });
});
