// Files refer to one another in one direction, types included: who reads a file needs to know only what it imports.
//
// The linter refuses circles of what runs. A circle of types runs, too, but nothing in it can be understood or tested alone.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileImports, ROOT, sources } from './support/sources.ts';

/** Files in circles there still are at the most. */
const IN_CIRCLES: Record<string, number> = {
  // Who runs, what was asked for and where the answer goes: cap table, kernel object, transfer, answer, operation queue, pending
  // operation, process ring, nucleus, process, controlled thread, thread, scheduling context.
  'packages/kernel': 12,
  // call, posix-domain, posix-process, posix-thread: one record of who runs and what each is at.
  'packages/capos-posix': 4,
};

const folders = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`))
  .filter((name) => existsSync(join(ROOT, name, 'src')));

/** The strongly connected components of more than one node (Tarjan, 1972). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const numbers = new Map<string, number>();
  const path: string[] = [];
  const found: string[][] = [];
  /** Answers the lowest number on the path that `node` leads back to. */
  const visit = (node: string): number => {
    const own = numbers.size;
    numbers.set(node, own);
    path.push(node);
    let lowest = own;
    for (const next of graph.get(node) ?? []) {
      if (!numbers.has(next)) lowest = Math.min(lowest, visit(next));
      else if (path.includes(next)) lowest = Math.min(lowest, numbers.get(next)!);
    }
    if (lowest === own) {
      const component = path.splice(path.indexOf(node));
      if (component.length > 1) found.push(component);
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!numbers.has(node)) visit(node);
  return found;
}

test('a circle is found, with those in it and nobody else', () => {
  const graph = new Map([
    ['main', ['a']],
    ['a', ['b', 'leaf']],
    ['b', ['c', 'leaf']],
    ['c', ['a']],
    ['leaf', []],
  ]);
  expect(circles(graph).map((circle) => circle.sort())).toEqual([['a', 'b', 'c']]);
});

test.each(folders)('the files of %s refer to one another in one direction', (name) => {
  const files = sources(join(ROOT, name, 'src')).filter((file) => !file.includes('/generated/'));
  const inCircles = circles(new Map(files.map((file) => [file, fileImports(file)]))).flat();
  const allowed = IN_CIRCLES[name] ?? 0;
  expect(inCircles.length, inCircles.sort().join('\n')).toBeLessThanOrEqual(allowed);
});
