// Cold boot: from nothing to a prompt that answers, as a whole process, beside a bare Node start.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { area } from '@capos/tooling/bench';

const ROOT = join(import.meta.dirname, '../../..');
const CAPOS = join(ROOT, 'apps/capos/src/bin.ts');
const ESBUILD = join(ROOT, 'node_modules/@esbuild/linux-x64/bin/esbuild');

/** Wall-clock milliseconds of one run. */
function timed(program: string, args: readonly string[], input = ''): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd: ROOT, input, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: status ${status}\n${stderr}`);
  return performance.now() - started;
}

area('boot', async (suite) => {
  await suite.compare({
    name: 'boot-to-prompt',
    unit: 'ms',
    rounds: 7,
    ours: () => timed(process.execPath, [CAPOS, 'boot'], 'exit\n'),
    rival: { name: 'node -e 0', run: () => timed(process.execPath, ['-e', '0']) },
  });
  await suite.compare({
    name: 'esbuild-version',
    unit: 'ms',
    rounds: 7,
    ours: () => timed(process.execPath, [CAPOS, 'run', '--', ESBUILD, '--version']),
    rival: { name: 'native', run: () => timed(ESBUILD, ['--version']) },
  });
  const bundle = ['src/index.ts', '--bundle', '--format=esm', '--log-level=error'];
  await suite.compare({
    name: 'esbuild-bundle-abi',
    unit: 'ms',
    rounds: 5,
    ours: () =>
      timed(process.execPath, [
        CAPOS,
        'run',
        '--mount',
        `/r=${ROOT}:ro`,
        '--cwd',
        '/r/packages/abi',
        '--',
        ESBUILD,
        ...bundle,
      ]),
    rival: { name: 'native', run: () => timed(ESBUILD, ['packages/abi/src/index.ts', ...bundle.slice(1)]) },
  });
});
