// A package README's runnable example: its first ```ts block.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The source of the example, or null when the README has none. */
export function readmeExample(packageFolder: string): string | null {
  const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
  return readme.match(/^```ts\n([\s\S]*?)^```$/m)?.[1] ?? null;
}
