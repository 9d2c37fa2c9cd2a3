// Prints, as JSON, what a chain of calls takes in a process that does nothing else.
import { measureChain } from './chain-system.ts';

process.stdout.write(JSON.stringify(await measureChain()));
