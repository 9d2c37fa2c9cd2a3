// A machine and a kernel on it, fed by Node: what every command that runs programs starts from.
import { setFlagsFromString } from 'node:v8';
import { createKernel, type EventLoop, type Kernel, type KernelOptions } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWallClock } from '@capos/kernel/host-node';
import { createMachine, type Machine, type MachineOptions } from '@capos/x86-machine';
import { journalOptions } from '@capos/x86-machine/replay';
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
  tuneEngine();
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

/**
 * Flags of V8 13; others may know no such flags. Branch hints are read only when that is asked for. What was translated is hot already, so it
 * is to be optimised sooner than other code: after 2 of the 13 MB that it usually runs through before (docs/decisions/0035).
 */
function tuneEngine(): void {
  if (!process.versions.v8.startsWith('13.')) return;
  setFlagsFromString('--experimental-wasm-branch-hinting');
  setFlagsFromString('--wasm-tiering-budget=2000000');
}
