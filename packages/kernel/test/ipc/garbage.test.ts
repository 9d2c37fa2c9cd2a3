import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('a call between hosted programs and its answer leave no garbage', () => {
  const child = fileURLToPath(new URL('../support/garbage-child.ts', import.meta.url));
  const flags = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
  const output = execFileSync(process.execPath, [...flags, child], { encoding: 'utf8' });
  const samples = output.split(' ').map(Number);
  // A collection inside a round makes it negative. What is left over is the measuring itself, and code that V8 compiles.
  const rounds = samples.filter((bytes) => bytes >= 0).sort((a, b) => a - b);
  expect(rounds.length).toBeGreaterThan(0);
  expect(rounds[0]!).toBeLessThan(2);
}, 120_000);
