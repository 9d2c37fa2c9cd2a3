// A program of nine megabytes with threads of its own, esbuild, is recorded and replayed to the same state in every tier.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { replayedRun } from './support/replayed-run.ts';

const ROOT = join(import.meta.dirname, '../../..');
// The package of the binary lies beside esbuild's own, where there is one for this host.
const ESBUILD = join(
  dirname(createRequire(join(ROOT, 'package.json')).resolve('esbuild/package.json')),
  '../@esbuild/linux-x64/bin/esbuild',
);

test.skipIf(!existsSync(ESBUILD))(
  'esbuild, recorded while it bundles a package, is replayed in every tier',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'capos-replay-esbuild-'));
    try {
      const grants = ['--mount', `/src=${join(ROOT, 'packages/ipc-ring/src')}:ro`, '--cwd', '/src'];
      const program = ['--', ESBUILD, 'index.ts', '--bundle'];
      const recorded = await replayedRun(folder, ['--record', 'log', ...grants, ...program]);
      expect([recorded.status, recorded.stdout.length > 10_000]).toEqual([0, true]);
      const hash = /to state ([0-9a-f]{32})/.exec(recorded.stderr)![1]!;
      for (const tier of [[], ['--translate-after', '300'], ['--translate-after', 'never']]) {
        const replayed = await replayedRun(folder, ['--replay', 'log', ...tier, ...grants, ...program]);
        expect(replayed.stderr).toContain(`replayed to the same state, ${hash}`);
        expect(replayed.stdout.equals(recorded.stdout)).toBe(true);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
