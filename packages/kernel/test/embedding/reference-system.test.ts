import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('objects of kernels that follow one another, each collected before the next is made, never become dictionaries', () => {
  const file = fileURLToPath(new URL('../support/shapes-child.ts', import.meta.url));
  const flags = ['--expose-gc', '--allow-natives-syntax', '--no-warnings'];
  expect(execFileSync(process.execPath, [...flags, file], { encoding: 'utf8' })).toBe('');
}, 120_000);
