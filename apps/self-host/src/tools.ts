// The programs that build this repository, as the lockfile pins them: TypeScript 7's native compiler and esbuild, both of Go.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const REPOSITORY: string = join(import.meta.dirname, '../../..');
/** The command that runs them inside. */
export const COMMAND: string = join(REPOSITORY, 'apps/capos/src/bin.ts');

export const TYPE_CHECKER = { package: '@typescript/typescript-linux-x64', program: 'lib/tsc' } as const;
export const BUNDLER = { package: '@esbuild/linux-x64', program: 'bin/esbuild' } as const;

/** Path of the program; undefined where npm has not installed it, as on other systems than Linux on x86-64. */
export function findTool(tool: { readonly package: string; readonly program: string }): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${tool.package}/package.json`)), tool.program);
  } catch {
    return undefined;
  }
}
