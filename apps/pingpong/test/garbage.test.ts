// A typed call in steady state leaves nothing behind. Each way of calling runs in a process of its own, where nothing else allocates.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { FLAGS } from '../bench/garbage-rounds.ts';

/** Bytes a call, one number a round, least first. A collection inside a round would make it negative. */
async function garbage(child: string, ...args: string[]): Promise<number[][]> {
  const file = fileURLToPath(new URL(`../bench/${child}-garbage-child.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, file, ...args]);
  return stdout.split('/').map((heap) =>
    heap
      .trim()
      .split(' ')
      .map(Number)
      .filter((bytes) => bytes >= 0)
      .sort((a, b) => a - b),
  );
}

const TIMEOUT = 300_000;

describe('a typed call between hosted programs leaves no garbage', () => {
  test.each([
    ['by callback, to a handler without a context', 'callback'],
    ['that waits for its answer', 'sync'],
    ['to a handler with a context, of a service that reuses it', 'reused'],
    ['with params, of a service that reuses them', 'params'],
  ])(
    '%s',
    async (_, kind) => {
      const [rounds] = await garbage('hosted', kind);
      expect(rounds![0]).toBeLessThan(1);
    },
    TIMEOUT,
  );

  test('but what it is asked for: a context that its handler may keep, a promise', { timeout: TIMEOUT }, async () => {
    const [context] = await garbage('hosted', 'context');
    expect(context![0]).toBeLessThan(150);
    const [promise] = await garbage('hosted', 'promise');
    expect(promise![0]).toBeLessThan(600);
  });
});

test('a typed call between two Workers leaves no garbage on either heap', { timeout: TIMEOUT }, async () => {
  const [client, server] = await garbage('link');
  expect(client![0]).toBeLessThan(1);
  expect(server![0]).toBeLessThan(1);
});

// Two heap numbers at most: whether V8 puts `AddressSpace.locate` in place at each of its callers differs from run to run.
test('a call between native programs leaves next to none on the kernel’s heap', { timeout: TIMEOUT }, async () => {
  const [kernel] = await garbage('elf');
  expect(kernel![0]).toBeLessThan(40);
});
