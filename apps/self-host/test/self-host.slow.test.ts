// The whole of it, as the command does: every package, the bundle, and the bundle at work.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageNames } from '../src/jobs.ts';
import { BUNDLER, findTool, REPOSITORY, TYPE_CHECKER } from '../src/tools.ts';

const installed = findTool(TYPE_CHECKER) !== undefined && findTool(BUNDLER) !== undefined;

test.skipIf(!installed)(
  'this repository is checked and bundled inside as on the host, and what was bundled inside runs programs',
  () => {
    const main = join(REPOSITORY, 'apps/self-host/src/main.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).not.toContain('NO');
    expect(stdout.match(/ {3}yes /g)).toHaveLength(packageNames().length + 1);
    expect(stdout).toMatch(/the bundle made inside runs esbuild --version: \d+\.\d+\.\d+\n$/);
    expect(status).toBe(0);
  },
  3_600_000,
);
