// A process of its own for one sample of first-moments.bench.ts: what a program costs that has only just been started.
//
//   node first-moments.ts ELF translate-after instructions    prints {"toFirstCall": ms, "toFirstCallAgain": ms, "cpu": ms}
//
// The machine is made before the clock starts: an embedder has one. Everything else is cold, as it is for a program's first moments;
// `again` is the same program in a second machine of the process.
import { readFileSync } from 'node:fs';
import { loadProgram } from '../test/support/bare-loader.ts';

const [path, translateAfter, instructions] = process.argv.slice(2) as [string, string, string];

/** A program, ready to run, and the milliseconds that `run` takes to get to its first system call. */
function load(): { run: () => void; toFirstCall: () => number | null } {
  let [start, firstCall] = [0, 0];
  const { machine } = loadProgram(readFileSync(path), {
    translateAfter: translateAfter === 'never' ? Number.POSITIVE_INFINITY : Number(translateAfter),
    onSyscall: () => {
      firstCall ||= performance.now();
    },
  });
  const run = (): void => {
    start = performance.now();
    machine.run(Number(instructions));
  };
  return { run, toFirstCall: () => (firstCall === 0 ? null : firstCall - start) };
}

const first = load();
const before = process.cpuUsage();
first.run();
// What the engine still compiles for this program on other threads belongs to it: give it the time to.
await new Promise((resolve) => setTimeout(resolve, 200));
const { user, system } = process.cpuUsage(before);
const toFirstCall = first.toFirstCall();
let toFirstCallAgain: number | null = null;
if (toFirstCall !== null) {
  const second = load();
  second.run();
  toFirstCallAgain = second.toFirstCall();
}
console.log(JSON.stringify({ toFirstCall, toFirstCallAgain, cpu: (user + system) / 1000 }));
process.exit(0);
