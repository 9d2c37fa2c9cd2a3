// What it takes to build this repository: each package type-checked, and the `capos` command bundled.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from './side-by-side.ts';
import { REPOSITORY } from './tools.ts';

/** Names of the packages that have something to check. */
export function packageNames(): readonly string[] {
  const folder = join(REPOSITORY, 'packages');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'tsconfig.json')));
}

/** Complaints and the list of every file that was read, in the order the compiler took them. */
export function typeCheck(tool: string, name: string): Job {
  return {
    name: `tsc checks ${name}`,
    tool,
    arguments: () => ['-p', `packages/${name}/tsconfig.json`, '--listFiles', '--pretty', 'false'],
  };
}

/** One file of an entry and everything it imports, with a map back to the sources. */
export function bundle(tool: string, entry: string, name: string): Job {
  return {
    name: `esbuild bundles ${name}`,
    tool,
    arguments: (out) => [
      entry,
      '--bundle',
      '--platform=node',
      '--format=esm',
      // CommonJS modules in the bundle ask for Node's own.
      `--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
      `--outfile=${out}/${name}.js`,
      '--log-level=warning',
    ],
  };
}

export const COMMAND_ENTRY = 'apps/capos/src/bin.ts';
