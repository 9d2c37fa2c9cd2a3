// Prints nanoseconds of a call between hosted programs, in a process that does nothing else.
import { HOSTED_CALLS, HostedPair } from './hosted-pair.ts';

const pair = new HostedPair();
pair.run(HOSTED_CALLS * 2);
process.stdout.write(String(pair.run(HOSTED_CALLS)));
