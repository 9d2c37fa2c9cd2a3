// A machine whose kernel's time stands still unless a test moves it, and a program that decides about scheduling.
import { type ContextInfo, type ProcessInfo, ProcessList, SchedulingPolicy } from '@capos/abi';
import { createMachine } from '@capos/x86-machine';
import {
  createKernel,
  type EmbedderSpawn,
  type Kernel,
  type KernelOptions,
  type ProcessReference,
} from '../../src/index.ts';
import { program, SPIN } from './elf-builder.ts';
import { TestClient } from './test-client.ts';
import { type TestConsole, testConsole } from './test-kernel.ts';

const MIB = 2 ** 20;
/** A spinner's instruction is a jump to itself; a turn is a hundred thousand of them. */
export const SLICE = 100_000;

export interface Decision {
  priority?: number;
  budgetNs?: bigint;
  periodNs?: bigint;
  sliceNs?: bigint;
  processors?: bigint;
}

export interface ScheduledMachine {
  kernel: Kernel;
  console: TestConsole;
  clock: { ns: number; nowNs(): number };
  log: string[];
  /** Holds SchedulingPolicy as "scheduling", ProcessList as "processes" and NotificationFactory as "notifications". */
  scheduler: TestClient & { process: ProcessReference };
  client(name: string, grants?: EmbedderSpawn['grants']): TestClient & { process: ProcessReference };
  spinner(name: string): ProcessReference;
  /** The context a process runs on. */
  contextOf(process: ProcessReference): ContextInfo;
  info(process: ProcessReference): ProcessInfo;
  configure(process: ProcessReference, decision: Decision): void;
  bind(process: ProcessReference, contextId: bigint): void;
  /** Runs about so many instructions. */
  run(instructions: number): void;
}

export const parameters = (decision: Decision) => ({
  priority: 128,
  budgetNs: 0n,
  periodNs: 0n,
  sliceNs: 0n,
  processors: 2n ** 64n - 1n,
  ...decision,
});

export function scheduledMachine(options: Partial<KernelOptions> = {}): ScheduledMachine {
  const clock = {
    ns: 1_000_000,
    nowNs() {
      return this.ns;
    },
  };
  const console = testConsole();
  const log: string[] = [];
  const machine = createMachine({
    ramBytes: 32 * MIB,
    decodedBytes: 4 * MIB,
    clock,
    entropy: { fill: (bytes) => bytes.fill(0x5a) },
  });
  const kernel = createKernel({ machine, console, log: (line) => log.push(line), ...options });
  const client = (name: string, grants: EmbedderSpawn['grants'] = {}) => {
    let made: TestClient | undefined;
    const process = kernel.spawn({
      name,
      program: (port) => {
        made = new TestClient(port);
      },
      grants,
    });
    kernel.step(0);
    if (made === undefined) throw new Error(`${name} was not started`);
    return Object.assign(made, { process });
  };
  const { notificationFactory: notifications, processList: processes, schedulingPolicy: scheduling } = kernel.objects;
  const scheduler = client('scheduler', { notifications, processes, scheduling });
  const policy = scheduler.cap('scheduling');
  const contextOf = (process: ProcessReference): ContextInfo => {
    const { contexts } = scheduler.call(policy, SchedulingPolicy.methods.list, {}).value;
    const context = contexts.find(({ processes: ids }) => ids.includes(process.processId));
    if (context === undefined) throw new Error(`${process.name} has no context`);
    return context;
  };
  return {
    kernel,
    console,
    clock,
    log,
    scheduler,
    client,
    contextOf,
    spinner: (name) => kernel.spawn({ name, image: program(SPIN) }),
    info: (process) =>
      scheduler
        .call(scheduler.cap('processes'), ProcessList.methods.list, {})
        .value.processes.find(({ processId }) => processId === process.processId)!,
    configure(process, decision) {
      const { contextId } = contextOf(process);
      const configured = { contextId, parameters: parameters(decision) };
      scheduler.call(policy, SchedulingPolicy.methods.configure, configured).value;
    },
    bind(process, contextId) {
      const { processId } = process;
      scheduler.call(policy, SchedulingPolicy.methods.bind, { processId, contextId }).value;
    },
    run: (instructions) => void kernel.step(instructions),
  };
}
