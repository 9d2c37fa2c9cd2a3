// C programs of programs/linux, each compiled here and judged by Linux: it says the same inside as on the host.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { capos, execute } from './support/capos.ts';

const SOURCES = join(import.meta.dirname, 'programs/linux');
const scratch = mkdtempSync(join(tmpdir(), 'capos-linux-sources-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function hasCompiler(): boolean {
  try {
    execFileSync('musl-gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasCompiler())('a C program says the same as on Linux (skipped where there is no musl-gcc)', () => {
  test.for(readdirSync(SOURCES))('%s', { timeout: 120_000 }, async (source) => {
    const program = join(scratch, basename(source, '.c'));
    execFileSync('musl-gcc', ['-static', '-O1', '-w', join(SOURCES, source), '-o', program, '-lpthread']);
    const files = mkdtempSync(join(scratch, 'files-'));
    const outside = await execute(program, [], '', files);
    const inside = await capos(['run', '--timeout', '90', '--tmpfs', '/files', '--cwd', '/files', '--', program]);
    expect({ said: inside.stdout.toString(), status: inside.status, errors: inside.stderr }).toEqual({
      said: outside.stdout.toString(),
      status: outside.status,
      errors: '',
    });
  });
});
