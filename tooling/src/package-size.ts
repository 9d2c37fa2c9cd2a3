// What a package costs who imports it: minified and gzipped kilobytes of an entry, without the packages it depends on.
//
// A README states sizes in a line of its own, which a test holds to the measure:   Size: `.` 48 kB, `./codec` 4.7 kB, …
// `{ name }` in place of an entry is what an import of that name alone takes from `.`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Sizes in kilobytes that a README states, by entry. */
export function statedSizes(readme: string): Map<string, number> {
  const [line] = readme.match(/^Size: .*(?:\n(?!\n).*)*/m) ?? [''];
  const stated = [...line.matchAll(/`([^`]+)` ([\d.]+) kB/g)];
  return new Map(stated.map(([, entry, kilobytes]) => [entry!, Number(kilobytes)]));
}

/** The entries of a package that are code, with the files behind them. */
export function codeEntries(packageFolder: string): Map<string, string> {
  const { exports = {} } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    readonly exports?: Readonly<Record<string, string>>;
  };
  return new Map(Object.entries(exports).filter(([entry, path]) => path.endsWith('.ts') && !entry.includes('*')));
}

/** Kilobytes of an entry, or of `{ name }` imported from `.`. */
export async function measuredSize(packageFolder: string, entry: string): Promise<number> {
  const entries = codeEntries(packageFolder);
  const path = entries.get(entry) ?? entries.get('.');
  if (path === undefined) throw new Error(`${packageFolder} has no entry ${entry}`);
  const { outputFiles } = await build({
    stdin: {
      contents: entries.has(entry) ? `export * from '${path}';` : `export ${entry} from '${path}';`,
      resolveDir: packageFolder,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    packages: 'external',
    external: ['node:*'],
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000;
}
