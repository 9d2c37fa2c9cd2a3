// Waiting: the ring chooses the mode, learns from it, and never sleeps through a wake-up.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { initializeRing, RingClient, RingServer, RingWaiter, ringBytes } from '../src/index.ts';
import { FollowingSpinBudget, SpinBudget, TRIAL_FACTOR } from '../src/spin-budget.ts';

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

  test('that blocks leaves the flag of one that waits without blocking', async () => {
    const { buffer, client, server } = ring(true);
    const waiter = new RingWaiter(buffer, 0, 'server', { cpus: 1 });
    const waiting = waiter.waitAsync(server.submissionHead);
    expect(waiter.wait(server.submissionHead, 2)).toBe('timed-out');
    client.submissions.nop(1);
    client.submit();
    expect(await waiting).toBe('changed');
    expect(new Int32Array(buffer)[18]).toBe(0);
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
  const SPINS = 1000;
  const learned = (): SpinBudget => {
    const budget = new SpinBudget(SPINS);
    for (let n = 0; n < 100; n += 1) {
      expect(budget.mode).toBe('trial');
      expect(budget.take()).toBe(SPINS * TRIAL_FACTOR);
      budget.hit(10);
    }
    expect(budget.mode).toBe('spin');
    return budget;
  };

  test('is nothing with one CPU', () => {
    const budget = new SpinBudget(0);
    expect(Array.from({ length: 1000 }, () => budget.take())).toEqual(new Array(1000).fill(0));
  });

  test('is there in every wait once a trial was hit quickly a hundred times in a row', () => {
    const budget = learned();
    for (let n = 0; n < 100; n += 1) {
      expect(budget.take()).toBe(SPINS);
      budget.hit(900);
    }
  });

  test('is doubted after four misses in a row, and kept when they were an accident', () => {
    const budget = learned();
    for (let n = 0; n < 4; n += 1) budget.miss();
    expect(budget.mode).toBe('trial');
    for (let n = 0; n < 100; n += 1) budget.hit(10);
    expect(budget.mode).toBe('spin');
  });

  test.each([
    ['never helps', (budget: SpinBudget) => budget.miss()],
    ['only helps when it is long', (budget: SpinBudget) => budget.hit(SPINS * 2)],
  ])('is spent ever more rarely where spinning %s', (_name, outcome) => {
    const budget = new SpinBudget(SPINS);
    const trials: number[] = [];
    for (let wait = 0; wait < 200_000; wait += 1) {
      if (budget.take() === 0) continue;
      if (trials.length === 0 || wait - trials[trials.length - 1]! > 1) trials.push(wait);
      trials[trials.length - 1] = wait;
      outcome(budget);
    }
    expect(trials).toHaveLength(5);
  });

  test('of a server is its client’s, and rationed when nothing comes', () => {
    const budget = new FollowingSpinBudget(SPINS);
    expect(budget.take('block')).toBe(0);
    expect(budget.take('trial')).toBe(SPINS * TRIAL_FACTOR);
    let tried = 0;
    for (let n = 0; n < 10_000; n += 1) {
      if (budget.take('spin') === 0) continue;
      tried += 1;
      budget.miss();
    }
    expect(tried).toBeLessThan(60);
    while (budget.take('spin') === 0);
    budget.hit();
    expect(Array.from({ length: 100 }, () => budget.take('spin'))).toEqual(new Array(100).fill(SPINS));
  });
});
