// Documents are checked artefacts: what they point at exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.turbo']);

function documents(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return documents(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Targets of Markdown links that are paths. */
function linkedPaths(document: string): string[] {
  const prose = readFileSync(document, 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

test.each(documents(ROOT).map((path) => relative(ROOT, path)))('%s links to what exists', (name) => {
  const document = join(ROOT, name);
  const broken = linkedPaths(document).filter((target) => !existsSync(join(dirname(document), target)));
  expect(broken).toEqual([]);
});

test('every decision has a number of its own', () => {
  const numbers = readdirSync(join(ROOT, 'docs/decisions')).map((name) => name.slice(0, 4));
  expect(numbers).toEqual([...new Set(numbers)]);
});

test('every package has a front page with a runnable example', () => {
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    const readme = join(ROOT, 'packages', name, 'README.md');
    expect(existsSync(readme), readme).toBe(true);
    expect(readFileSync(readme, 'utf8'), readme).toMatch(/^```ts\n/m);
  }
});
