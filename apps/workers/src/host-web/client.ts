// The client of the service in a Worker of a page.
import { runProgram } from '@capos/runtime/host-web';
import { clientProgram } from '../client-program.ts';

runProgram(clientProgram);
