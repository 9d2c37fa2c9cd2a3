// A machine and a kernel on it, fed by Node: what every command that runs programs starts from.
import { setFlagsFromString } from 'node:v8';
import { createKernel, type EventLoop, type Kernel, type KernelOptions } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWallClock } from '@capos/kernel/host-node';
import { createMachine, journalOptions, type Machine, type MachineOptions } from '@capos/x86-machine';
import type { JournaledRun } from './replay/journaled-run.ts';

const MIB = 0x10_0000;

export interface HostSystem {
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly loop: Pick<EventLoop, 'run'>;
}

/** Makes a machine with so much RAM and a kernel on it. What kernel and programs want logged goes to standard error. */
export function createHostSystem(
  memoryMiB: number,
  options: Pick<KernelOptions, 'console' | 'personalities'>,
  tiers: Pick<MachineOptions, 'translateAfter' | 'statistics'> = {},
  journaled?: JournaledRun,
): HostSystem {
  readBranchHints();
  const loop = journaled !== undefined ? journaled.loop : nodeEventLoop();
  const machine = createMachine({
    ramBytes: Math.floor(memoryMiB) * MIB,
    clock: nodeClock,
    entropy: nodeEntropy,
    ...(journaled && journalOptions(journaled.journal)),
    ...tiers,
  });
  journaled?.journal.clock.follow(machine.cpu);
  const kernel = createKernel({
    machine,
    wallClock: journaled?.wallClock ?? nodeWallClock,
    onWork: loop.onWork,
    log: (line) => process.stderr.write(`capos: ${line}\n`),
    ...options,
  });
  return { machine, kernel, loop };
}

/** V8 13 reads what translated code says of its branches only when told to (WebAssembly branch hinting); others know no such flag. */
function readBranchHints(): void {
  if (process.versions.v8.startsWith('13.')) setFlagsFromString('--experimental-wasm-branch-hinting');
}
