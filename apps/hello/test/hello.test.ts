// The smallest whole system boots, greets, and ends.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { manifest } from '@capos/abi';
import { expect, test } from 'vitest';
import { system } from '../src/system.ts';

test('the system boots, prints one line, and ends with 0', () => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8', timeout: 25_000 });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Hello, world! I am process \d+\.\n$/);
  expect(status).toBe(0);
});

test('the system is one program that holds a console and nothing else', () => {
  const { services } = manifest.decode(system.manifest);
  expect(services.map(({ name, imports }) => [name, imports.map((held) => held.name)])).toEqual([
    ['hello', ['console']],
  ]);
});
