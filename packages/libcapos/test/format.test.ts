// capos_format prints what the host's C library prints.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runTool } from '../scripts/build-library.ts';
import { findCompiler } from '../src/host-node/compiler.ts';
import { includeFlags, packagePath } from '../src/host-node/flags.ts';
import { temporaryFolder } from './support/native-program.ts';

const compiler = findCompiler();
const folder = temporaryFolder();
afterAll(() => folder.remove());

test.runIf(compiler)('integers, strings and doubles print as the C library of the host prints them', () => {
  const sources = ['test/native/format-differential.c', 'library/format.c', 'library/format-double.c'];
  const flags = ['-std=gnu11', '-O1', '-fno-builtin', '-w', '-o', 'format', ...includeFlags()];
  runTool(compiler!.command, [...flags, ...sources.map(packagePath)], folder.path);
  const { status, stdout } = spawnSync(join(folder.path, 'format'), { encoding: 'utf8', timeout: 60_000 });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
