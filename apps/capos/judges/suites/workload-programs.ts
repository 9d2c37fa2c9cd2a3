// Programs of the workloads that Debian has no binary of: npm's, and those built from a source. Each is a folder of the cache.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { debianSource, hostTool } from '../debian-source.ts';
import type { JudgeCache } from '../judge-cache.ts';
import { madeUpLines } from './script-unit.ts';

/** Makes, once, the folder that a workload finds its tools in. @throws Unavailable saying what is missing */
export type Builder = (cache: JudgeCache) => Promise<string>;

const REPOSITORY = join(import.meta.dirname, '../../../..');
const BIOME = '@biomejs/cli-linux-x64-musl@2.6.6';
/** QuickJS 2021-03-27 comes as the source of this add-on. */
const QUICKJS = { package: 'qjsc@0.3.0', source: 'deps/quickjs_2021_03_27' };

function withWords(name: string, make: (folder: string, cache: JudgeCache) => void | Promise<void>): Builder {
  return (cache) =>
    cache.once(`workload-${name}`, async (folder) => {
      writeFileSync(join(folder, 'words'), madeUpLines(20_000));
      await make(folder, cache);
    });
}

export function goProgram(name: string, source: string): Builder {
  return withWords(name, (folder, cache) => {
    hostTool('go', ['version']);
    writeFileSync(join(folder, 'program.go'), source);
    const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOCACHE: join(cache.folder, 'go-build') };
    execFileSync('go', ['build', '-o', 'program', 'program.go'], { cwd: folder, env: environment, stdio: 'ignore' });
  });
}

/** Static, at an address of its own choosing: what Rust's target with a static C library gives. */
export function rustProgram(name: string, source: string): Builder {
  return withWords(name, (folder) => {
    writeFileSync(join(folder, 'program.rs'), source);
    hostTool('rustc', ['-O', '-C', 'target-feature=+crt-static', '-o', 'program', 'program.rs'], folder);
  });
}

export const quickjs: Builder = withWords('quickjs', (folder) => {
  packed(QUICKJS.package, folder);
  const source = join(folder, 'package', QUICKJS.source);
  hostTool('make', ['CONFIG_LTO=', 'LDFLAGS=-static', 'qjs'], source);
  copyFileSync(join(source, 'qjs'), join(folder, 'qjs'));
  hostTool('rm', ['-rf', 'package'], folder);
});

/** Debian's busybox source with its default configuration, all applets, against musl. */
export const busyboxWithMusl: Builder = withWords('busybox-musl', async (folder, cache) => {
  const { folder: source } = await debianSource(cache, 'busybox');
  hostTool('musl-gcc', ['--version']);
  // The kernel's headers, without the C library's that lie beside them.
  const headers = join(folder, 'headers');
  mkdirSync(headers);
  for (const name of ['linux', 'asm-generic', 'mtd', 'scsi']) symlinkSync(`/usr/include/${name}`, join(headers, name));
  symlinkSync('/usr/include/x86_64-linux-gnu/asm', join(headers, 'asm'));
  const build = join(folder, 'build');
  hostTool('cp', ['-r', source, build]);
  for (const target of ['mrproper', 'defconfig']) hostTool('make', [target], build);
  const configuration = join(build, '.config');
  const options = readFileSync(configuration, 'utf8').replace('# CONFIG_STATIC is not set', 'CONFIG_STATIC=y');
  writeFileSync(configuration, options);
  hostTool('make', [`CC=musl-gcc -idirafter ${headers}`, 'busybox'], build);
  copyFileSync(join(build, 'busybox'), join(folder, 'busybox'));
  hostTool('rm', ['-rf', build, headers]);
});

export const esbuild: Builder = withWords('esbuild', (folder) => {
  packed(`@esbuild/linux-x64@${installedVersion('esbuild/package.json')}`, folder);
  hostTool('sh', ['-c', 'mv package/bin bin && rm -r package'], folder);
});

/** The static one; the repository itself installs the one of glibc, in a version that this is not always published for. */
export const biome: Builder = withWords('biome', (folder) => {
  packed(BIOME, folder);
  hostTool('sh', ['-c', 'mv package/biome biome && rm -r package'], folder);
});

/** Unpacks a package of npm into `folder`/package. */
function packed(name: string, folder: string): void {
  hostTool('npm', ['pack', '--silent', name], folder);
  hostTool('sh', ['-c', 'tar -xzf *.tgz && rm *.tgz'], folder);
}

function installedVersion(name: string): string {
  const require = createRequire(join(REPOSITORY, 'package.json'));
  return (JSON.parse(readFileSync(require.resolve(name), 'utf8')) as { version: string }).version;
}
