// `node src/main.ts`: a server crashes, and nobody but init notices for long.
import { nodeConsole } from '@capos/kernel/host-node';
import { run } from './run.ts';

const console = nodeConsole();
const status = await run(console);
console.close();
process.exitCode = status.which === 'exited' ? status.exited : 1;
