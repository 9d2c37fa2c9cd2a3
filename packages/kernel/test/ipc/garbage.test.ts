import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** The least of the rounds that the child prints. A collection inside a round makes it negative: that one says nothing. */
function garbageOf(child: string, ...flags: string[]): number {
  const file = fileURLToPath(new URL(`../support/${child}.ts`, import.meta.url));
  const output = execFileSync(process.execPath, [...flags, '--no-warnings', file], { encoding: 'utf8' });
  const rounds = output.split(' ').map(Number);
  return Math.min(...rounds.filter((bytes) => bytes >= 0));
}

// What is left over is the measuring itself, and code that V8 compiles. One number made on the heap for each call would be 16 bytes.

it('a call between hosted programs and its answer leave no garbage', () => {
  expect(garbageOf('garbage-child', '--min-semi-space-size=64', '--max-semi-space-size=64')).toBeLessThan(2);
}, 120_000);

it('a call between native programs and its answer leave none either, whatever the kernel did before', () => {
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];
  expect(garbageOf('elf-garbage-child', ...flags)).toBeLessThan(4);
}, 240_000);
