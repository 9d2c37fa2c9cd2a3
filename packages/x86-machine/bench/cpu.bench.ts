// The machine against the host's own processor, and against qemu-user where it is installed, on kernels of our own.
//
// Each kernel is compiled here by gcc for several numbers of runs: many (about a tenth of a second of native work), a quarter of
// that, and one. A sample is milliseconds of CPU time for one run: many less the quarter, so that starting, translating and the
// engine's optimising compiler do not count; of native processes, which have no such start, many less one. The exit statuses must
// agree. A program's first moments and the interpreter alone are in files of their own, and so are other emulators.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { area } from '@capos/tooling/bench';
import { TRANSLATE_AFTER } from '../src/machine.ts';
import { loadProgram, runProgram } from '../test/support/bare-loader.ts';
import { hasCompiler } from '../test/support/compile.ts';
import { compile, cpuMilliseconds, KERNELS, perRun, WARM_UP_PART } from './kernels.ts';

const ROUNDS = 7;
const NO_BUDGET = 2 ** 50;

area('cpu', async (suite) => {
  if (!hasCompiler()) {
    suite.skip('kernels', 'gcc on Linux x86-64 is needed to build them');
    return;
  }
  const hasQemu = spawnSync('qemu-x86_64', ['--version']).status === 0;
  if (!hasQemu) suite.skip('kernels against qemu-user', 'qemu-x86_64 is not installed');
  for (const [kernel, { many, qemu }] of Object.entries(KERNELS)) {
    const few = many / WARM_UP_PART;
    const [once, often, some] = [compile(kernel, 1), compile(kernel, many), compile(kernel, qemu)];
    const [repeated, warmUp] = [readFileSync(often), readFileSync(compile(kernel, few))];
    let status = 0;
    const time = (elf: Uint8Array): number => {
      const program = loadProgram(elf, { translateAfter: TRANSLATE_AFTER });
      return cpuMilliseconds(() => {
        status = runProgram(program, NO_BUDGET);
      });
    };
    const ours = (): number => {
      const first = time(warmUp);
      return Math.max(time(repeated) - first, 1e-3) / (many - few);
    };
    time(readFileSync(once));
    const rivals = [{ name: 'native', run: () => perRun([often], [once], many, status) }];
    if (hasQemu) {
      rivals.push({
        name: 'qemu-user',
        run: () => perRun(['qemu-x86_64', some], ['qemu-x86_64', once], qemu, status),
      });
    }
    await suite.compare({ name: kernel, unit: 'ms', rounds: ROUNDS, ours, rival: rivals });
  }
});
