// The client of the service in a Worker of Node.
import { runProgram } from '@capos/runtime/host-node';
import { clientProgram } from '../client-program.ts';

runProgram(clientProgram);
