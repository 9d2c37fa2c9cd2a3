// What a browser lends a program in a Worker.
export { runProgram } from './run-program.ts';
