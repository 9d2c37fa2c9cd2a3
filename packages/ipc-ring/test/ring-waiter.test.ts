// Waiting: the ring chooses the mode, learns from it, and never sleeps through a wake-up.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { initializeRing, RingClient, RingServer, RingWaiter, ringBytes } from '../src/index.ts';
import { SpinBudget } from '../src/spin-budget.ts';

const size = { sqEntries: 4, cqEntries: 8 };

function ring(shared: boolean) {
  const buffer = shared ? new SharedArrayBuffer(ringBytes(size)) : new ArrayBuffer(ringBytes(size));
  initializeRing(buffer, 0, size);
  return { buffer, client: new RingClient(buffer, 0), server: new RingServer(buffer, 0, size) };
}

describe('a waiter', () => {
  test('in the same thread runs the other side instead of waiting', () => {
    const { buffer, client, server } = ring(false);
    const waiter = new RingWaiter(buffer, 0, 'client', { cpus: 2, drain: () => server.drain({ submit: () => 0 }) });
    client.submissions.nop(1);
    client.submit();
    expect(waiter.wait(client.completions.consumed)).toBe('changed');
    expect([waiter.drained, waiter.spun, waiter.blocked]).toEqual([1, 0, 0]);
    client.completions.drain({ complete: () => {} });
    expect(waiter.wait(client.completions.consumed)).toBe('timed-out');
  });

  test('of memory that nobody shares has nothing to wait for', () => {
    const { buffer } = ring(false);
    expect(() => new RingWaiter(buffer, 0, 'client', { cpus: 2 })).toThrow(/give a drain to run/);
  });

  test('with one CPU blocks without spinning, and its time limit holds', () => {
    const { buffer } = ring(true);
    const waiter = new RingWaiter(buffer, 0, 'server', { cpus: 1 });
    expect(waiter.wait(0, 5)).toBe('timed-out');
    expect(waiter.wait(1, 5)).toBe('changed');
    expect([waiter.blocked, waiter.spun]).toEqual([1, 1]);
    expect(new Int32Array(buffer)[18]).toBe(0);
  });

  test('without blocking is woken by a submission', async () => {
    const { buffer, client, server } = ring(true);
    const waiter = new RingWaiter(buffer, 0, 'server', { cpus: 1 });
    expect(await waiter.waitAsync(server.submissionHead, 5)).toBe('timed-out');
    const waiting = waiter.waitAsync(server.submissionHead);
    client.submissions.nop(1);
    client.submit();
    expect(await waiting).toBe('changed');
    expect(server.drain({ submit: () => 0 })).toBe('empty');
  });

  test('for credit is woken by a client that consumes', async () => {
    const { buffer, client, server } = ring(true);
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 4; n += 1) client.submissions.nop(n);
      client.submissions.publish();
      server.drain({ submit: () => 0 });
    }
    for (let n = 0; n < 8; n += 1) client.submissions.restoreCredit();
    client.submissions.nop(8);
    client.submissions.publish();
    expect(server.drain({ submit: () => 0 })).toBe('no-credit');
    const worker = new Worker(
      `const { workerData: { buffer } } = require('node:worker_threads');
       const words = new Int32Array(buffer);
       while ((Atomics.load(words, 18) & 2) === 0);
       Atomics.store(words, 7, 3);
       Atomics.notify(words, 7);`,
      { eval: true, workerData: { buffer } },
    );
    const waiter = new RingWaiter(buffer, 0, 'server', { cpus: 1 });
    expect(waiter.waitForCredit(server.completionHead, 20_000)).toBe('changed');
    await worker.terminate();
    expect(server.drain({ submit: () => 0 })).toBe('empty');
  });

  test('sleeps through no wake-up in ten thousand round trips with another thread', async () => {
    const { buffer, client } = ring(true);
    const worker = new Worker(new URL('./support/echo-worker.ts', import.meta.url), {
      workerData: { buffer, size, cpus: availableParallelism(), quit: 10_000 },
    });
    // Blocking every time is the hardest on wake-ups.
    const waiter = new RingWaiter(buffer, 0, 'client', { cpus: 1 });
    let last = -1;
    for (let n = 0; n < 10_000; n += 1) {
      client.submissions.nop(n);
      client.submit();
      while (client.submissions.outstanding > 0) {
        client.completions.drain({
          complete: ({ userData, result }) => {
            expect(userData).toBe(last + 1);
            expect(result).toBe(userData);
            last = userData;
          },
        });
        if (client.submissions.outstanding > 0) {
          expect(waiter.wait(client.completions.consumed, 20_000), `round trip ${n}`).toBe('changed');
        }
      }
    }
    expect(last).toBe(9_999);
    await worker.terminate();
  });
});

describe('the spin budget', () => {
  test('is nothing with one CPU', () => {
    const budget = new SpinBudget(0);
    expect(Array.from({ length: 10 }, () => budget.take())).toEqual(new Array(10).fill(0));
  });

  test('follows how soon answers come', () => {
    const budget = new SpinBudget(20_000);
    for (let n = 0; n < 200; n += 1) {
      expect(budget.take()).toBeGreaterThan(0);
      budget.hit(100);
    }
    expect(budget.take()).toBeLessThan(1_600);
    for (let n = 0; n < 200; n += 1) budget.hit(1_500);
    expect(budget.take()).toBeGreaterThan(5_000);
  });

  test('is spent in one wait of 256 where spinning never helps, and all there again when it does', () => {
    const budget = new SpinBudget(20_000);
    let tried = 0;
    for (let n = 0; n < 10_000; n += 1) {
      if (budget.take() === 0) continue;
      tried += 1;
      budget.miss();
    }
    expect(tried).toBeLessThan(50);
    while (budget.take() === 0);
    budget.hit(50);
    expect(Array.from({ length: 100 }, () => budget.take() > 0)).toEqual(new Array(100).fill(true));
  });
});
