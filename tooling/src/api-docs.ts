// `pnpm docs:api [PACKAGE…]`: pages of the public interface of every package (or of those named), made from its comments by TypeDoc.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = join(import.meta.dirname, '../../packages');

/** Packages with an interface to show. */
export function documentedPackages(): string[] {
  return readdirSync(PACKAGES).filter((name) => existsSync(join(PACKAGES, name, 'src/index.ts')));
}

/** Makes a package's pages in its folder `api-docs`, or with `emit` none only reads them; answers what TypeDoc said, if anything. */
export function makeApiDocs(name: string, emit: 'docs' | 'none' = 'docs'): string {
  const typedoc = join(dirname(createRequire(import.meta.url).resolve('typedoc/package.json')), 'bin/typedoc');
  const options = [
    '--emit',
    emit,
    '--entryPoints',
    'src/index.ts',
    '--tsconfig',
    'tsconfig.json',
    '--readme',
    'README.md',
  ];
  options.push('--out', 'api-docs', '--excludePrivate', '--excludeInternal', '--logLevel', 'Warn');
  options.push('--validation.notExported', 'false', '--validation.invalidPath', 'false');
  const { stdout, stderr } = spawnSync(process.execPath, [typedoc, ...options], {
    cwd: join(PACKAGES, name),
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !documentedPackages().includes(name));
  if (unknown.length > 0) throw new Error(`no package with an interface: ${unknown.join(', ')}`);
  for (const name of named.length > 0 ? named : documentedPackages()) {
    console.log(`${name}: ${makeApiDocs(name) || `packages/${name}/api-docs`}`);
  }
}
