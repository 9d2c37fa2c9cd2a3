// C programs of programs/linux, each compiled here and judged by Linux: it says the same inside as on the host.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { expectSameAsOnLinux, hasCompiler } from './support/beside-linux.ts';

const SOURCES = join(import.meta.dirname, 'programs/linux');
const WORLD = ['--timeout', '90', '--tmpfs', '/files', '--cwd', '/files'];
const scratch = mkdtempSync(join(tmpdir(), 'capos-linux-sources-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasCompiler())('a C program says the same as on Linux (skipped where there is no musl-gcc)', () => {
  test.for(readdirSync(SOURCES))('%s', { timeout: 120_000 }, async (source) => {
    const program = join(scratch, basename(source, '.c'));
    await expectSameAsOnLinux(join(SOURCES, source), program, () => WORLD);
  });
});
