// A sample of the confinement judge (`pnpm judge confinement`), and a control that shows it would notice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeArena } from '../judges/confinement/arena.ts';
import { findProgram } from '../judges/confinement/guests.ts';
import { capos, execute, ROOT } from './support/capos.ts';

const LIMIT = 240_000;
const compiler = findProgram('musl-gcc');

describe.skipIf(compiler === undefined)('a program that tries to get out (skipped where musl-gcc is missing)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capos-escape-'));
  const program = join(folder, 'escape');
  beforeAll(async () => {
    const source = join(ROOT, 'apps/capos/judges/confinement/escape.c');
    const { stderr } = await execute(compiler!, ['-static', '-O1', '-w', '-o', program, source]);
    expect(stderr).toBe('');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    'finds nothing but what was mounted, and changes nothing outside it',
    async () => {
      const arena = await makeArena();
      const { granted, readOnly, port, token } = arena;
      const mounts = ['--mount', `/w=${granted}`, '--mount', `/r=${readOnly}:ro`, '--net', 'loopback'];
      const { stdout, stderr, status } = await capos(['run', ...mounts, '--', program, '7', '15', String(port), token]);
      expect(stdout.toString('latin1')).not.toContain('ESCAPED');
      expect(stdout.toString('latin1')).toMatch(/done\n$/);
      expect(stderr).not.toMatch(/personality of|\n\s+at /);
      expect(status).toBe(0);
      expect(arena.violations()).toEqual([]);
      arena.close();
    },
    LIMIT,
  );

  test(
    'would be noticed: given the folder above, it finds the token',
    async () => {
      const arena = await makeArena();
      const { folder: all, port, token } = arena;
      const { stdout } = await capos(['run', '--mount', `/w=${all}`, '--', program, '7', '15', String(port), token]);
      expect(stdout.toString('latin1')).toMatch(/^ESCAPED /m);
      arena.close();
    },
    LIMIT,
  );
});
