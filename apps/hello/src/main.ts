// The smallest whole capOS system on this terminal: a machine, a kernel, go.
import { initProgram } from '@capos/init';
import { createKernel } from '@capos/kernel';
import { nodeClock as clock, nodeEntropy as entropy, nodeConsole, nodeEventLoop } from '@capos/kernel/host-node';
import { hello } from '@capos/libcapos/programs/hello';
import { createMachine } from '@capos/x86-machine';
import { system } from './system.ts';

const console = nodeConsole();
const loop = nodeEventLoop();
const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
const kernel = createKernel({ machine, console, onWork: loop.onWork });
const blobs = new Map([['hello.elf', hello.bytes]]);
const init = kernel.boot({ manifest: system.manifest, blobs, init: initProgram });
const status = await loop.run(kernel, init, clock.nowNs);
console.close();
process.exitCode = status.which === 'exited' ? status.exited : 1;
