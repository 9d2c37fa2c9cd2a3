// Prints nanoseconds of a NOP in batches of so many, in a process that does nothing else.
import { warmLoops } from './nop-loop.ts';

process.stdout.write(String(warmLoops().plain.run(Number(process.argv[2]))));
