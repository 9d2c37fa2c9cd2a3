// A machine, a kernel, and one program of ours: the client, which has a stranger's program constructed.
import { type ConsoleBackend, createKernel } from '@capos/kernel';
import { nodeClock as clock, nodeEntropy as entropy, nodeEventLoop } from '@capos/kernel/host-node';
import { createMachine } from '@capos/x86-machine';
import { clientProgram } from './client.ts';

/** @returns how the client ended */
export async function run(console: ConsoleBackend): ReturnType<ReturnType<typeof nodeEventLoop>['run']> {
  const loop = nodeEventLoop();
  const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
  const kernel = createKernel({ machine, console, onWork: loop.onWork });
  const { objects } = kernel;
  const client = kernel.spawn({
    name: 'client',
    program: clientProgram,
    grants: {
      console: objects.console,
      spawner: objects.processSpawner,
      frames: objects.frameAllocator,
      timer: objects.timer,
    },
  });
  return loop.run(kernel, client, () => clock.nowNs());
}
