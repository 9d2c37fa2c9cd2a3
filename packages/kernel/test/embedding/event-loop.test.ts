import { describe, expect, test } from 'vitest';
import { EventLoop } from '../../src/embedding/event-loop.ts';
import { nodeClock, nodeEntropy, nodeEventLoop } from '../../src/host-node/index.ts';
import type { Kernel, ProcessReference, StepResult } from '../../src/index.ts';
import { createKernel } from '../../src/index.ts';

describe("the host's event loop", () => {
  test('runs a process to its end', async () => {
    const loop = nodeEventLoop();
    const kernel = createKernel({ clock: nodeClock, entropy: nodeEntropy, onWork: loop.onWork });
    const process = kernel.spawn({ name: 'leaver', program: (port) => void setImmediate(() => port.exit(7)) });
    expect(await loop.run(kernel, process, nodeClock.nowNs)).toEqual({ which: 'exited', exited: 7 });
  });

  /** A kernel that answers what it is told to, and a host whose time the test moves. */
  function scripted(states: StepResult[]) {
    const pending: (() => void)[] = [];
    const sleeps: number[] = [];
    let awake = () => {};
    const loop = new EventLoop({
      soon: (callback) => void pending.push(callback),
      later: (callback, milliseconds) => {
        sleeps.push(milliseconds);
        awake = callback;
        return () => {
          awake = () => {};
        };
      },
    });
    let steps = 0;
    const kernel = { step: () => states[steps++]! } as unknown as Kernel;
    void loop.run(kernel, { onExit: () => {} } as unknown as ProcessReference, () => 0);
    const turn = () => pending.splice(0).forEach((callback) => void callback());
    return { loop, turn, sleeps, wake: () => awake(), steps: () => steps, pending };
  }

  const busy: StepResult = { state: 'busy', nextWakeNs: 0 };
  const idle = (nextWakeNs = Number.POSITIVE_INFINITY): StepResult => ({ state: 'idle', nextWakeNs });

  test('steps again at once while the kernel is busy, and one step a turn', () => {
    const { turn, steps } = scripted([busy, busy, idle()]);
    turn();
    expect(steps()).toBe(1);
    turn();
    turn();
    expect(steps()).toBe(3);
    turn();
    expect(steps()).toBe(3);
  });

  test('sleeps until the next timer, and no longer than work arrives', () => {
    const { loop, turn, sleeps, steps } = scripted([idle(25_400_000), idle()]);
    turn();
    expect(sleeps).toEqual([25]);
    loop.onWork();
    turn();
    expect(steps()).toBe(2);
  });

  test('what is due within a millisecond is waited for by stepping', () => {
    const { turn, sleeps, steps } = scripted([idle(300_000), busy]);
    turn();
    turn();
    expect(sleeps).toEqual([]);
    expect(steps()).toBe(2);
  });

  test('while a process is awaited that waits for nothing due, the host has something left to wait for', () => {
    const { loop, turn, sleeps, steps } = scripted([idle(), idle()]);
    turn();
    expect(sleeps).toEqual([2 ** 31 - 1]);
    loop.onWork();
    turn();
    expect(steps()).toBe(2);
  });

  test('work that arrives many times in a turn is one step', () => {
    const { loop, turn, pending, steps } = scripted([idle(), idle()]);
    turn();
    for (let i = 0; i < 5; i++) loop.onWork();
    expect(pending).toHaveLength(1);
    turn();
    expect(steps()).toBe(2);
  });

  test('steps no more once stopped', () => {
    const { loop, turn, steps } = scripted([busy, busy]);
    turn();
    loop.stop();
    turn();
    loop.onWork();
    turn();
    expect(steps()).toBe(1);
  });
});
