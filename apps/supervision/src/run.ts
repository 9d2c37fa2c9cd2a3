// Boots the system over a console and runs it to its end.
import { initProgram } from '@capos/init';
import { type ConsoleBackend, createKernel } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop } from '@capos/kernel/host-node';
import { countProgram } from './count.ts';
import { system } from './system.ts';
import { tallyProgram } from './tally.ts';

/** @returns init's exit status: how the main service ended */
export async function run(console: ConsoleBackend): ReturnType<ReturnType<typeof nodeEventLoop>['run']> {
  const loop = nodeEventLoop();
  const kernel = createKernel({ clock: nodeClock, entropy: nodeEntropy, console, onWork: loop.onWork });
  kernel.registerProgram('tally', tallyProgram(1));
  kernel.registerProgram('next-tally', tallyProgram(2));
  kernel.registerProgram('count', countProgram);
  const init = kernel.boot({ manifest: system.manifest, blobs: new Map(), init: initProgram });
  return loop.run(kernel, init, () => nodeClock.nowNs());
}
