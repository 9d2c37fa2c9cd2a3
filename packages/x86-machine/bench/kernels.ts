// The kernels that processors are compared on, how they are compiled, and how CPU time is taken.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How often a kernel runs natively and here, and under qemu-user, whose floats are slow. */
interface Runs {
  readonly many: number;
  readonly qemu: number;
}

/** Natively a tenth of a second or more; a quarter of that is 300 million instructions at least, by when nothing is made anew any more. */
export const KERNELS: Readonly<Record<string, Runs>> = {
  // Integers
  branchy: { many: 120, qemu: 120 },
  sha256: { many: 200, qemu: 200 },
  sort: { many: 180, qemu: 60 },
  chase: { many: 320, qemu: 60 },
  hash: { many: 160, qemu: 120 },
  vm: { many: 240, qemu: 120 },
  recursion: { many: 400, qemu: 200 },
  memory: { many: 240, qemu: 120 },
  // Doubles
  nbody: { many: 200, qemu: 30 },
  matmul: { many: 240, qemu: 40 },
  // Vectors
  packed: { many: 320, qemu: 30 },
  // Extended precision
  x87: { many: 100, qemu: 40 },
};
/** Runs of the kernel that are not yet steady state: this part of all. */
export const WARM_UP_PART = 4;

const folder = mkdtempSync(join(tmpdir(), 'x86-machine-bench-'));

const FLAGS = '-O2 -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie -fno-tree-vectorize';
/** The same source for i386, as a multiboot kernel (programs/start.h); doubles in SSE registers there, too. */
const FLAGS_I386 = '-m32 -msse2 -mfpmath=sse -D_MM_MALLOC_H_INCLUDED -Wl,-Ttext-segment=0x100000';

/** Compiles a kernel for so many runs; the path of the executable. */
export function compile(kernel: string, repeat: number, target: 'x86-64' | 'i386' = 'x86-64'): string {
  const source = fileURLToPath(new URL(`programs/${kernel}.c`, import.meta.url));
  const path = join(folder, `${kernel}-${repeat}-${target}`);
  const flags = target === 'i386' ? `${FLAGS} ${FLAGS_I386}` : FLAGS;
  execFileSync('gcc', [...flags.split(' '), `-DREPEAT=${repeat}`, '-o', path, source]);
  return path;
}

/** User and system time of this process, background compilation included: the machines are shared, wall time says little. */
export function cpuMilliseconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The same of a child, as the shell's `times` tells it. */
export function childMilliseconds(command: readonly string[], status: number): number {
  const result = spawnSync('bash', ['-c', '"$@"; status=$?; times; exit $status', 'bash', ...command]);
  if (result.status !== status)
    throw new Error(`${command.join(' ')} ended with ${result.status}, the machine with ${status}`);
  const children = result.stdout.toString().trim().split('\n').at(-1)!;
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return seconds.reduce((sum, one) => sum + one, 0) * 1000;
}

/** Time of one run, from a process that does `runs` and one that does a single one. */
export function perRun(many: readonly string[], single: readonly string[], runs: number, status: number): number {
  return Math.max((childMilliseconds(many, status) - childMilliseconds(single, status)) / (runs - 1), 1e-3);
}

/** The exit status of a single run, as the host's processor has it: what everybody must agree on. */
export function nativeStatus(kernel: string): number {
  return spawnSync(compile(kernel, 1)).status ?? -1;
}
