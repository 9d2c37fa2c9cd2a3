// The default system on this terminal: machine, kernel, init, and the shell as its main service.

import { createPosixPersonality } from '@capos/capos-posix';
import { initProgram } from '@capos/init';
import { createKernel } from '@capos/kernel';
import { nodeClock, nodeConsole, nodeEntropy, nodeEventLoop, nodeWallClock } from '@capos/kernel/host-node';
import { shellProgram } from '@capos/shell';
import { createNamespaceDirectoryProgram, createStoreProgram, memoryEngine } from '@capos/store';
import { createMachine } from '@capos/x86-machine';
import { system } from './system.ts';

const console = nodeConsole();
const loop = nodeEventLoop();
const machine = createMachine({ clock: nodeClock, entropy: nodeEntropy });
const kernel = createKernel({
  machine,
  console,
  wallClock: nodeWallClock,
  personalities: [createPosixPersonality()],
  onWork: loop.onWork,
});
kernel.registerProgram('shell', shellProgram);
kernel.registerProgram('store', createStoreProgram({ engine: memoryEngine() }));
kernel.registerProgram('files', createNamespaceDirectoryProgram({ wallClock: nodeWallClock }));
const init = kernel.boot({ ...system, init: initProgram });
const status = await loop.run(kernel, init, nodeClock.nowNs);
console.close();
process.exitCode = status.which === 'exited' ? status.exited : 1;
