// Builds lib/: every source of library/ compiled and archived. Same compiler, same sources: same bytes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Compiler } from '../src/host-node/compiler.ts';
import { COMPILE_FLAGS, DEFAULT_MARCH, includeFlags, packagePath } from '../src/host-node/flags.ts';
import { LibcaposError } from '../src/libcapos-error.ts';

/** Runs a tool to its end; a failure carries what it printed. */
export function runTool(command: string, argumentList: readonly string[], cwd: string): void {
  const result = spawnSync(command, argumentList, { cwd, encoding: 'utf8' });
  if (result.status !== 0) {
    throw new LibcaposError(
      'compilationFailed',
      `${command} ${argumentList.join(' ')} failed: ${result.error?.message ?? result.stderr}`,
    );
  }
}

/** Flags of every library source, besides those of all code. Position independent, so that one archive serves both images. */
export const LIBRARY_FLAGS: readonly string[] = [
  '-std=c11',
  '-O2',
  '-Wall',
  '-Wextra',
  '-fPIE',
  '-fno-tree-loop-distribute-patterns', // the loop of memcpy must not become a call of memcpy
];

/** Objects that are linked by name instead of out of the archive. */
const STANDALONE = new Set(['crt0', 'note']);

/**
 * Compiles the library with `compiler` into `target`: libcapos.a, crt0.o, note.o. `warnings` are errors for the compiler that
 * makes what is committed; another one may know more of them.
 */
export function buildLibrary(compiler: Compiler, target: string, warnings: readonly string[] = ['-Werror']): void {
  const folder = mkdtempSync(join(tmpdir(), 'libcapos-'));
  try {
    mkdirSync(target, { recursive: true });
    const members: string[] = [];
    for (const source of readdirSync(packagePath('library')).sort()) {
      const match = /^(.+)\.[cS]$/.exec(source);
      if (!match) continue;
      const name = match[1]!;
      const object = STANDALONE.has(name) ? join(target, `${name}.o`) : join(folder, `${name}.o`);
      const flags = [...LIBRARY_FLAGS, ...warnings, DEFAULT_MARCH, ...COMPILE_FLAGS];
      runTool(compiler.command, [...flags, ...includeFlags(), '-c', source, '-o', object], packagePath('library'));
      if (!STANDALONE.has(name)) members.push(`${name}.o`);
    }
    const archive = join(target, 'libcapos.a');
    rmSync(archive, { force: true });
    // D: no dates, no owners.
    runTool('ar', ['rcsD', archive, ...members], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
