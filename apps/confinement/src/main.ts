// `node src/main.ts`: a program of somebody else's works on a secret, and is certified to have nobody to tell it to.
import { nodeConsole } from '@capos/kernel/host-node';
import { run } from './run.ts';

const console = nodeConsole();
const status = await run(console);
console.close();
process.exitCode = status.which === 'exited' ? status.exited : 1;
