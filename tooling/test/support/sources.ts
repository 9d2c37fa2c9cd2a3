// The repository's TypeScript as text: which files there are, and what each of them names in its imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../../..');

/** Every TypeScript file below a folder. */
export const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

const named = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match[1]!);

/** Packages of the workspace that a file imports. */
export const packageImports = (file: string): string[] =>
  named(file, /(?:from|import)\s*\(?\s*'(@capos\/[a-z0-9-]+)[^']*'/g);

/** Files beside it that a file imports, be it only for their types. */
export const fileImports = (file: string): string[] =>
  named(file, /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g).map((path) => join(dirname(file), path));
