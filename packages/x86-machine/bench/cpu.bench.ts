// The machine against the host's own processor, and against qemu-user where it is installed, on kernels of our own.
//
// Each kernel is compiled here by gcc, once for a single run and once for many, and the one is taken from the other, so that
// starting a process and translating do not count. A sample is milliseconds of CPU time for one run of the kernel; the exit
// statuses must agree. A single run, all included, and the interpreter alone stand in rows of their own.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { TRANSLATE_AFTER } from '../src/machine.ts';
import { loadProgram, runProgram } from '../test/support/bare-loader.ts';
import { hasCompiler } from '../test/support/compile.ts';

// biome-ignore format: integers, doubles, vectors, extended precision
const KERNELS = [
  'branchy', 'sha256', 'sort', 'chase', 'hash', 'vm', 'recursion', 'memory',
  'nbody', 'matmul',
  'packed',
  'x87',
] as const;
const NATIVE_RUNS = 200;
const EMULATED_RUNS = 20;
const ROUNDS = 5;

const folder = mkdtempSync(join(tmpdir(), 'x86-machine-bench-'));

function compile(kernel: string, repeat: number): string {
  const source = fileURLToPath(new URL(`programs/${kernel}.c`, import.meta.url));
  const path = join(folder, `${kernel}-${repeat}`);
  const flags = [
    '-O2',
    '-static',
    '-nostdlib',
    '-ffreestanding',
    '-fno-stack-protector',
    '-fno-pie',
    '-no-pie',
    '-fno-tree-vectorize',
  ];
  execFileSync('gcc', [...flags, `-DREPEAT=${repeat}`, '-o', path, source]);
  return path;
}

/** User and system time of this process, background compilation included: the machines are shared, wall time says little. */
function cpuMilliseconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The same of a child, as the shell's `times` tells it. */
function childMilliseconds(command: readonly string[], status: number): number {
  const result = spawnSync('bash', ['-c', '"$@"; status=$?; times; exit $status', 'bash', ...command]);
  if (result.status !== status)
    throw new Error(`${command.join(' ')} ended with ${result.status}, the machine with ${status}`);
  const children = result.stdout.toString().trim().split('\n').at(-1)!;
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return seconds.reduce((sum, one) => sum + one, 0) * 1000;
}

/** Time of one run, from a process that does `runs` less one that does a single one. */
function perRun(many: readonly string[], single: readonly string[], runs: number, status: number): number {
  return Math.max((childMilliseconds(many, status) - childMilliseconds(single, status)) / (runs - 1), 1e-3);
}

area('cpu', async (suite) => {
  if (!hasCompiler()) {
    suite.skip('kernels', 'gcc on Linux x86-64 is needed to build them');
    return;
  }
  const hasQemu = spawnSync('qemu-x86_64', ['--version']).status === 0;
  if (!hasQemu) suite.skip('kernels against qemu-user', 'qemu-x86_64 is not installed');
  for (const kernel of KERNELS) {
    const [once, often, some] = [compile(kernel, 1), compile(kernel, NATIVE_RUNS), compile(kernel, EMULATED_RUNS)];
    const [single, repeated] = [readFileSync(once), readFileSync(some)];
    let status = 0;
    let mips = 0;
    const time = (elf: Uint8Array, translateAfter = TRANSLATE_AFTER): number => {
      const program = loadProgram(elf, { translateAfter });
      const milliseconds = cpuMilliseconds(() => {
        status = runProgram(program);
      });
      mips = program.machine.cpu.instructions / milliseconds / 1000;
      return milliseconds;
    };
    const interpreted = (): number => time(single, Number.POSITIVE_INFINITY);
    const ours = (): number => {
      const first = time(single);
      const rest = Math.max(time(repeated) - first, 1e-3);
      return rest / (EMULATED_RUNS - 1);
    };
    interpreted();
    const rivals = [{ name: 'native', run: () => perRun([often], [once], NATIVE_RUNS, status) }];
    if (hasQemu) {
      rivals.push({
        name: 'qemu-user',
        run: () => perRun(['qemu-x86_64', some], ['qemu-x86_64', once], EMULATED_RUNS, status),
      });
    }
    await suite.compare({ name: kernel, unit: 'ms', rounds: ROUNDS, ours, rival: rivals });
    await suite.compare({
      name: `${kernel}, a single run`,
      unit: 'ms',
      rounds: ROUNDS,
      ours: () => time(single),
      rival: { name: 'interpreter only', run: interpreted },
    });
    const speed = (): number => {
      interpreted();
      return mips;
    };
    await suite.compare({ name: `${kernel}, interpreter only`, unit: 'MIPS', rounds: ROUNDS, ours: speed });
  }
});
