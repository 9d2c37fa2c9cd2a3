// Capabilities that a program loses without releasing them.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Timer } from '@capos/abi';
import { expect, test } from 'vitest';
import { Cap, type CapHolder } from '../src/cap.ts';
import { openEnvironment, ReceivedCaps } from '../src/index.ts';
import { DoubleEndpoint, DoubleProcess } from './kernel-double.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('a received capability is released when the program has lost it, and not again when it was released', async () => {
  const process = new DoubleProcess({ timer: new DoubleEndpoint().facet(Timer.id, 1n) });
  const environment = openEnvironment(process);
  const holdAndLose = (): void => {
    const [lost, released] = [process.insert({ endpoint: undefined, interfaceId: 5n, badge: 0n }), 4711];
    new ReceivedCaps(environment, [lost], [5n]).adopt(0);
    new ReceivedCaps(environment, [released], [5n]).adopt(0).release();
  };
  const before = process.caps.size;
  holdAndLose();
  expect(process.caps.size).toBe(before + 1);
  while (process.caps.size > before) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  // What the CapSet names is the program's for life.
  expect(environment.capSet.cap('timer').live).toBe(true);
});

test('a capability leaves the net when it is released or moved', () => {
  const events: string[] = [];
  const holder: CapHolder = {
    releaseCapId: (capId) => events.push(`release ${capId}`),
    watch: (_cap, capId) => events.push(`watch ${capId}`),
    unwatch: () => events.push('unwatch'),
  };
  const caps = new ReceivedCaps(holder, [7, 8], [1n, 1n]);
  caps.adopt(0).release();
  caps.adopt(1).markMoved();
  expect(caps.adopt(1)).toBeInstanceOf(Cap);
  expect(events).toEqual(['watch 7', 'unwatch', 'release 7', 'watch 8', 'unwatch']);
});
