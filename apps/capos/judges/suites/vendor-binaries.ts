// Binaries that vendors publish on npm, at real work on this repository: what they print and write is what they do on Linux.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { debianRoot } from '../debian-root.ts';
import { rootWithScratch, staticBusybox } from '../guest-root.ts';
import { type Judge, type JudgeUnit, Unavailable } from '../judge.ts';
import { sameOutput } from '../same-output.ts';

const TIMEOUT_SECONDS = 900;
const REPOSITORY = join(import.meta.dirname, '../../../..');
/** TypeScript 7's compiler, a Go program. */
const TSC = '@typescript/typescript-linux-x64/package.json';

/** Shell commands; `sums` prints what was written. */
const WORK: readonly (readonly [name: string, command: string])[] = [
  ['esbuild bundles the command', '/esbuild/bin/esbuild apps/capos/src/bin.ts --bundle --platform=node --format=esm'],
  [
    'esbuild minifies with a source map',
    '/esbuild/bin/esbuild packages/kernel/src/index.ts --bundle --minify --sourcemap --outdir=/tmp/out --platform=neutral 2>/dev/null && sums',
  ],
  ['tsc 7 type-checks abi', 'cd packages/abi && /tsc/lib/tsc -p tsconfig.json --listFiles'],
  [
    'tsc 7 emits image',
    'cd packages/image && /tsc/lib/tsc -p tsconfig.json --noEmit false --declaration --rootDir src --outDir /tmp/out --rewriteRelativeImportExtensions && sums',
  ],
  ['biome lints and checks formatting', '/biome/biome ci --colors=off packages/abi/src packages/image 2>&1'],
  [
    'biome formats standard input',
    '/biome/biome format --colors=off --stdin-file-path=x.ts < packages/kernel/src/kernel.ts',
  ],
  ['turbo lists packages', '/turbo/bin/turbo ls --no-color'],
  ['turbo checks boundaries', '/turbo/bin/turbo boundaries --no-color'],
];

export const vendorBinaries: Judge = {
  name: 'vendor',
  title: 'npm vendor binaries',
  async load(cache) {
    const root = await debianRoot(cache, 'vendor', ['libgcc-s1', 'git']);
    for (const name of ['repository', 'esbuild', 'tsc', 'biome', 'turbo'])
      mkdirSync(join(root, name), { recursive: true });
    const busybox = staticBusybox();
    const tools = {
      '/esbuild': packageFolder('@esbuild/linux-x64/package.json'),
      '/biome': packageFolder('@biomejs/cli-linux-x64/package.json', '.', '@biomejs/biome/package.json'),
      '/turbo': packageFolder('@turbo/linux-64/package.json', '.', 'turbo/package.json'),
      '/tsc': packageFolder(TSC, 'apps/self-host'),
    };
    const units = WORK.map(([name, command]): JudgeUnit => {
      return {
        name,
        run: (scratch) => ({
          program: busybox,
          path: '/bin/sh',
          arguments: ['-c', `sums() { find /tmp/out -type f | sort | xargs sha256sum; }; cd /repository && ${command}`],
          environment: [
            'PATH=/usr/bin:/bin',
            'HOME=/tmp',
            'LC_ALL=C',
            'TURBO_TELEMETRY_DISABLED=1',
            'TURBO_CACHE_DIR=/tmp/turbo',
            'NO_COLOR=1',
          ],
          workingDirectory: '/tmp',
          mounts: [
            ...rootWithScratch(root, scratch),
            { guest: '/repository', host: REPOSITORY, readOnly: true },
            ...Object.entries(tools).map(([guest, host]) => ({ guest, host, readOnly: true })),
          ],
          timeoutSeconds: TIMEOUT_SECONDS,
          memoryMiB: 2048,
        }),
        verdicts: sameOutput(name, withoutTimes),
      };
    });
    return {
      version: `of the lockfile: ${Object.values(tools).map(versionOf).join(', ')}`,
      units,
      readsThisRepository: true,
    };
  },
};

/** The folder of an installed package, as `folder` of the repository sees it, or a package that it depends on. */
function packageFolder(name: string, folder: string = '.', of?: string): string {
  const require = createRequire(join(REPOSITORY, folder, 'package.json'));
  const from = of === undefined ? require : createRequire(require.resolve(of));
  try {
    return dirname(from.resolve(name));
  } catch {
    throw new Unavailable(`npm has not installed ${dirname(name)}`);
  }
}

/** Name and version of an installed package. */
function versionOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  return `${name} ${version}`;
}

function withoutTimes(output: string): string {
  return output.replace(/\d+(\.\d+)? ?(µs|ms|s)\b/g, 'T');
}
