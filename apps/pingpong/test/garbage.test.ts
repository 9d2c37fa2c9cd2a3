// A typed call in steady state leaves nothing behind. Each way of calling runs in a process of its own, where nothing else allocates.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { FLAGS } from '../bench/garbage-rounds.ts';

/** Bytes a call on each heap: of the samples the one nearest to none, for a collection within a round makes one far from it. */
async function garbage(child: string, ...args: string[]): Promise<number[]> {
  const file = fileURLToPath(new URL(`../bench/${child}-garbage-child.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, file, ...args]);
  return stdout.split('/').map((heap) => Math.min(...heap.trim().split(' ').map(Number).map(Math.abs)));
}

const TIMEOUT = 600_000;

describe('a typed call between hosted programs leaves no garbage', () => {
  test.each([
    ['by callback, to a handler without a context', 'callback'],
    ['that waits for its answer', 'sync'],
    ['to a handler with a context, of a service that reuses it', 'reused'],
    ['with params, of a service that reuses them', 'params'],
  ])(
    '%s',
    async (_, kind) => {
      const [heap] = await garbage('hosted', kind);
      expect(heap).toBeLessThan(1);
    },
    TIMEOUT,
  );

  test('but what it is asked for: a context that its handler may keep, a promise', { timeout: TIMEOUT }, async () => {
    const [context] = await garbage('hosted', 'context');
    expect(context).toBeLessThan(150);
    const [promise] = await garbage('hosted', 'promise');
    expect(promise).toBeLessThan(600);
  });
});

test('a typed call between two Workers leaves no garbage on either heap', { timeout: TIMEOUT }, async () => {
  const [client, server] = await garbage('link');
  expect(client).toBeLessThan(1);
  expect(server).toBeLessThan(1);
});

// What is left goes by slices of the processor; one number made on the heap for each call would be 16 bytes.
test('a call between native programs leaves none on the kernel’s heap', { timeout: TIMEOUT }, async () => {
  const [kernel] = await garbage('elf');
  expect(kernel).toBeLessThan(4);
});
