// Builds C sources with the library for the host's own processor and Linux, so that a test can play kernel to them.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../scripts/build-library.ts';
import type { Compiler } from '../../src/host-node/compiler.ts';
import { COMPILE_FLAGS, includeFlags, packagePath } from '../../src/host-node/flags.ts';

/** Sources that the host's shim stands in for. */
const REPLACED = new Set(['crt0.S', 'note.S', 'system-call.S']);

/** A folder for executables that goes away with the test file. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'libcapos-native-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** Builds objects of the library and the shim once, for several programs. Answers the object files. */
export function buildHostLibrary(compiler: Compiler, folder: string): string[] {
  const sources = readdirSync(packagePath('library'))
    .filter((name) => name.endsWith('.c') && !REPLACED.has(name))
    .map((name) => packagePath(`library/${name}`));
  sources.push(packagePath('test/native/host.c'));
  // Its guard makes the library's own system call vanish.
  const standIn = ['-include', packagePath('test/native/register-enter.h')];
  runTool(
    compiler.command,
    ['-c', '-std=c11', '-O1', '-g', '-fno-pie', ...COMPILE_FLAGS, ...includeFlags(), ...standIn, ...sources],
    folder,
  );
  return readdirSync(folder)
    .filter((name) => name.endsWith('.o'))
    .map((name) => join(folder, name));
}

/** Links one program source with those objects. Answers the executable. */
export function buildHostProgram(
  compiler: Compiler,
  objects: readonly string[],
  source: string,
  folder: string,
  name: string,
): string {
  const executable = join(folder, name);
  const compile = ['-std=c11', '-O1', '-fno-pie', ...COMPILE_FLAGS, ...includeFlags()];
  runTool(
    compiler.command,
    [...compile, source, '-o', executable, '-static', '-no-pie', '-nostdlib', '-Wl,--gc-sections', ...objects],
    folder,
  );
  return executable;
}
