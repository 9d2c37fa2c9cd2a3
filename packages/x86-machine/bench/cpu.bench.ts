// The interpreter against the host's own processor, and against qemu-user where it is installed, on kernels of our own.
//
// Each kernel is compiled here by gcc, once for a single run (machine, qemu) and once for many (native), so that starting a
// process does not count. A sample is milliseconds of CPU time for one run of the kernel; the exit statuses must agree.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { loadProgram, runProgram } from '../test/support/bare-loader.ts';
import { hasCompiler } from '../test/support/compile.ts';

const KERNELS = ['branchy', 'sha256', 'sort', 'nbody'] as const;
const NATIVE_RUNS = 200;
const QEMU_RUNS = 20;
const ROUNDS = 7;

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
    const [once, often, some] = [compile(kernel, 1), compile(kernel, NATIVE_RUNS), compile(kernel, QEMU_RUNS)];
    const elf = readFileSync(once);
    let status = 0;
    let mips = 0;
    const ours = (): number => {
      const program = loadProgram(elf);
      const time = cpuMilliseconds(() => {
        status = runProgram(program);
      });
      mips = program.machine.cpu.instructions / time / 1000;
      return time;
    };
    ours();
    const rivals = [{ name: 'native', run: () => perRun([often], [once], NATIVE_RUNS, status) }];
    if (hasQemu) {
      rivals.push({
        name: 'qemu-user',
        run: () => perRun(['qemu-x86_64', some], ['qemu-x86_64', once], QEMU_RUNS, status),
      });
    }
    await suite.compare({ name: kernel, unit: 'ms', rounds: ROUNDS, ours, rival: rivals });
    const speed = (): number => {
      ours();
      return mips;
    };
    await suite.compare({ name: `${kernel} speed`, unit: 'MIPS', rounds: ROUNDS, ours: speed });
  }
});
