// The service in a Worker of Node.
import { runProgram } from '@capos/runtime/host-node';
import { clockProgram } from '../clock-program.ts';

runProgram(clockProgram);
