// Two native programs on this terminal: typed calls, a badge, a moved capability, a revoked one.
import { initProgram } from '@capos/init';
import { createKernel } from '@capos/kernel';
import { nodeClock as clock, nodeEntropy as entropy, nodeConsole, nodeEventLoop } from '@capos/kernel/host-node';
import { createMachine } from '@capos/x86-machine';
import { ping } from './generated/programs/ping.ts';
import { pong } from './generated/programs/pong.ts';
import { system } from './system.ts';

const console = nodeConsole();
const loop = nodeEventLoop();
const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
const kernel = createKernel({ machine, console, onWork: loop.onWork });
const blobs = new Map([ping, pong].map(({ name, bytes }) => [`${name}.elf`, bytes]));
const init = kernel.boot({ manifest: system.manifest, blobs, init: initProgram });
const status = await loop.run(kernel, init, clock.nowNs);
console.close();
process.exitCode = status.which === 'exited' ? status.exited : 1;
