// AVX state belongs to its thread: a C program that uses it says the same inside as on the host.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { capos, execute } from './support/capos.ts';

const scratch = mkdtempSync(join(tmpdir(), 'capos-upper-halves-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const source = fileURLToPath(new URL('support/upper-halves.c', import.meta.url));
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;
const hostHasAvx2 = (): boolean => / avx2 /.test(readFileSync('/proc/cpuinfo', 'utf8'));

test.skipIf(!hasCompiler || !hostHasAvx2())(
  'the upper halves of YMM survive signals, forks and other threads (skipped where gcc or the host lacks AVX2)',
  async () => {
    const program = join(scratch, 'upper-halves');
    execFileSync('gcc', ['-static', '-O1', '-mavx2', '-pthread', '-w', source, '-o', program]);
    const outside = await execute(program, []);
    const inside = await capos(['run', '--timeout', '60', '--', program]);
    expect(inside.stdout.toString()).toBe(outside.stdout.toString());
    expect(inside.stdout.toString()).toContain('kept 1');
    expect([inside.status, inside.stderr]).toEqual([0, '']);
  },
);
