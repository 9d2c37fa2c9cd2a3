// Builds C test programs with the host's compiler, for the machine and for the host at once.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAMS = fileURLToPath(new URL('../programs/', import.meta.url));

export function hasCompiler(): boolean {
  return process.arch === 'x64' && process.platform === 'linux' && spawnSync('gcc', ['--version']).status === 0;
}

export interface Compiled {
  readonly path: string;
  readonly elf: Uint8Array;
}

/** Compiles test/programs/NAME.c, freestanding and without vector instructions unless flags say otherwise. */
export function compileProgram(name: string, flags: readonly string[] = ['-mgeneral-regs-only']): Compiled {
  const path = join(mkdtempSync(join(tmpdir(), 'x86-machine-')), name);
  const base = [
    '-O2',
    '-static',
    '-nostdlib',
    '-ffreestanding',
    '-fno-stack-protector',
    '-fno-asynchronous-unwind-tables',
    '-fno-pie',
    '-no-pie',
  ];
  execFileSync('gcc', [...base, ...flags, '-o', path, join(PROGRAMS, `${name}.c`)]);
  return { path, elf: readFileSync(path) };
}

/** What the host prints and exits with. */
export function runNatively(program: Compiled): { output: string; status: number } {
  const { stdout, status } = spawnSync(program.path);
  return { output: stdout.toString(), status: status ?? -1 };
}
