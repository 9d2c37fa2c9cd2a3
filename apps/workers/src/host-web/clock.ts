// The service in a Worker of a page.
import { runProgram } from '@capos/runtime/host-web';
import { clockProgram } from '../clock-program.ts';

runProgram(clockProgram);
