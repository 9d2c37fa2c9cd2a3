// `node src/host-node/main.ts`: a service and its client, each in a Worker of its own.
import { nodeConsole } from '@capos/kernel/host-node';
import { run } from '../run.ts';
import { nodeHost } from './host.ts';

const console = nodeConsole();
const status = await run(nodeHost(), console);
console.close();
process.exitCode = status.which === 'exited' ? status.exited : 1;
