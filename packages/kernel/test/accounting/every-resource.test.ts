// For each resource class: a program that takes all it can get is refused, typed, at its own limit; what it starts counts too;
// another program does not notice; and everything is back when it is gone.
import {
  Accounts,
  CapabilityManager,
  FrameAllocator,
  MemoryObject,
  NotificationFactory,
  PROTECTION,
  ProcessSpawner,
  type Resource,
  Timer,
} from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/accounting/ledger.ts';
import type { LedgerCounts } from '../../src/index.ts';
import { AddressSpace } from '../../src/memory/address-space.ts';
import { FramePool } from '../../src/memory/frame-pool.ts';
import { plainMemory } from '../../src/memory/physical-memory.ts';
import { program as elfProgram, SPIN } from '../support/elf-builder.ts';
import { type Submitted, TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';
import { machineKernel } from '../support/test-machine.ts';
import { testPersonality } from '../support/test-personality.ts';

const ARENA = 0x10_0000;
const FAR = 10n ** 15n;

const notification = (program: TestClient): Submitted =>
  program.call(program.cap('notificationFactory'), NotificationFactory.methods.create, {}) as Submitted;
const sleep = (program: TestClient): Submitted =>
  program.call(program.cap('timer'), Timer.methods.sleepUntil, { monotonicNs: FAR }) as Submitted;
const memory = (program: TestClient): Submitted =>
  program.call(program.cap('frameAllocator'), FrameAllocator.methods.allocate, {
    size: 4096n,
    contiguous: false,
  }) as Submitted;
const child = (program: TestClient, limits: { resource: Resource; amount: bigint }[] = []): Submitted =>
  program.call(program.cap('processSpawner'), ProcessSpawner.methods.spawn, {
    name: 'child',
    image: new Uint8Array(0),
    program: 'idle',
    arguments: [],
    environment: [],
    grants: [],
    limits,
  }) as Submitted;
const refused = (call: Submitted): boolean => call.done && (call.result < 0 || call.exception !== undefined);

const OBJECTS = [
  'timer',
  'endpointFactory',
  'notificationFactory',
  'frameAllocator',
  'processSpawner',
  'accounts',
  'capabilityManager',
] as const;

function scene(limits: Partial<LedgerCounts>) {
  const test = testKernel();
  test.kernel.registerProgram('idle', () => {});
  const grants = Object.fromEntries(OBJECTS.map((name) => [name, test.kernel.objects[name]]));
  return {
    ...test,
    greedy: test.client('greedy', grants, { limits }),
    bystander: test.client('bystander', grants),
  };
}

/** How often `take` works before it is refused. */
function takeAll(program: TestClient, take: (program: TestClient) => Submitted): number {
  for (let count = 0; count < 100; count++) if (refused(take(program))) return count;
  throw new Error('it was never refused');
}

function byCall(limits: Partial<LedgerCounts>, take: (program: TestClient) => Submitted, expected: number): void {
  const { kernel, greedy, bystander } = scene(limits);
  expect(takeAll(greedy, take)).toBe(expected);
  expect(refused(take(bystander))).toBe(false);
  // It stays refused, and the bystander is still served.
  expect(refused(take(greedy))).toBe(true);
  expect(refused(take(bystander))).toBe(false);
  for (const process of [greedy, bystander]) process.process.kill(9);
  kernel.runUntilIdle();
  for (const { processId } of kernel.processes()) expect(processId).toBeGreaterThan(2n); // orphans of the spawner
}

function bySpace(limits: Partial<LedgerCounts>, take: (space: AddressSpace, count: number) => unknown): number {
  const pool = new FramePool(plainMemory(2 ** 22));
  const root = new Ledger();
  const ledger = new Ledger(limits, root);
  const space = AddressSpace.create({
    pool,
    ledger,
    tag: 1,
    allowWriteExecute: false,
    holder: { invalidatePage: () => {}, invalidatePages: () => {}, invalidateAll: () => {} },
  })!;
  let count = 0;
  while (take(space, count) !== 'noMemory') count++;
  space.destroy();
  expect(ledger.isEmpty && root.isEmpty).toBe(true);
  expect(pool.free).toBe(pool.total);
  return count;
}

const attacks = {
  capSlots: () => byCall({ capSlots: OBJECTS.length + 4 }, notification, 4),
  frames: () => byCall({ frames: 5 }, memory, 5),
  pendingOperations: () => byCall({ pendingOperations: 3 }, sleep, 3),
  timers: () => byCall({ timers: 2 }, sleep, 2),
  objects: () => byCall({ objects: 3 }, notification, 3),
  processes: () => byCall({ processes: 3 }, child, 3),
  // Its own arena is one of three.
  arenaBytes: () => byCall({ arenaBytes: 3 * ARENA }, child, 2),
  // Every hosted program is a thread; so is the greedy one.
  threads: () => byCall({ threads: 3 }, child, 2),
  reservedPages: () =>
    expect(bySpace({ reservedPages: 64 }, (space) => space.map(0, 8 * 4096, PROTECTION.READ, false))).toBe(8),
  areas: () =>
    expect(
      // Neighbours would be one area: every other one has another protection.
      bySpace({ areas: 6 }, (space, count) =>
        space.map(0, 4096, count % 2 === 0 ? PROTECTION.READ : PROTECTION.WRITE | PROTECTION.READ, false),
      ),
    ).toBe(6),
  inFlightBytes: () => {
    // What the kernel keeps of messages: here the image of a foreign process, which its personality may read for ever.
    const { kernel } = machineKernel();
    const image = elfProgram(SPIN);
    const spawn = (limits: Partial<LedgerCounts>) =>
      kernel.spawn({ name: 'foreign', image, personality: testPersonality().factory, limits });
    expect(() => spawn({ inFlightBytes: image.length - 1 })).toThrow(/beyond its ledger/);
    const process = spawn({ inFlightBytes: image.length });
    process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
  },
} satisfies Record<keyof LedgerCounts, () => unknown>;

describe('whoever takes all there is of', () => {
  it.each(Object.entries(attacks))('%s takes only its own', (_resource, attack) => {
    attack();
  });
});

describe('what a program starts', () => {
  it('counts on its account, however deep: a fork bomb stops at the limit of who lit it', () => {
    const { kernel, greedy, bystander } = scene({ processes: 12, arenaBytes: 100 * ARENA });
    let bombs = 0;
    kernel.registerProgram('bomb', (port) => {
      bombs++;
      // Each starts two more, which do the same.
      const self = new TestClient(port);
      for (let count = 0; count < 2; count++) spawnBomb(self);
    });
    const spawnBomb = (self: TestClient): Submitted =>
      self.call(
        self.cap('processSpawner'),
        ProcessSpawner.methods.spawn,
        {
          name: 'bomb',
          image: new Uint8Array(0),
          program: 'bomb',
          arguments: [],
          environment: [],
          grants: [{ name: 'processSpawner', cap: 0, transferMode: 'copy' }],
          limits: [],
        },
        { transfers: [{ capId: self.cap('processSpawner'), mode: 'copy' }] },
      ) as Submitted;
    spawnBomb(greedy);
    for (let step = 0; step < 50; step++) kernel.step();
    expect(bombs).toBe(12);
    expect(refused(spawnBomb(greedy))).toBe(true);
    expect(refused(child(bystander))).toBe(false);
  });

  it('may be given less than its starter has', () => {
    const { kernel, greedy } = scene({ objects: 50 });
    let made = 0;
    kernel.registerProgram('maker', (port) => {
      const self = new TestClient(port);
      made = takeAll(self, notification);
    });
    greedy.call(
      greedy.cap('processSpawner'),
      ProcessSpawner.methods.spawn,
      {
        name: 'maker',
        image: new Uint8Array(0),
        program: 'maker',
        arguments: [],
        environment: [],
        grants: [{ name: 'notificationFactory', cap: 0, transferMode: 'copy' }],
        limits: [{ resource: 'objects', amount: 7n }],
      },
      { transfers: [{ capId: greedy.cap('notificationFactory'), mode: 'copy' }] },
    );
    kernel.step();
    expect(made).toBe(7);
    // They count above as well: 7 of the child, and the handle of it.
    const used = greedy.call(greedy.cap('accounts'), Accounts.methods.used, {});
    expect(used.value.amounts.find(({ resource }) => resource === 'objects')?.amount).toBe(8n);
    expect(takeAll(greedy, notification)).toBe(42);
  });
});

describe('memory that others hold', () => {
  it('is paid for by who made it, who can take it back at any time', () => {
    const { kernel, greedy, bystander } = scene({ frames: 5 });
    const made = memory(greedy);
    const object = made.caps[0]!.capId;
    expect(kernel.ledgers().byProcess.get(greedy.process.processId)!.frames).toBe(1);
    greedy.call(object, MemoryObject.methods.write, { offset: 0n, data: new Uint8Array(8).fill(7) });
    const snapshotOf = greedy.call(object, MemoryObject.methods.createChild, { offset: 0n, length: 4096n });
    const revoked = greedy.call(greedy.cap('capabilityManager'), CapabilityManager.methods.revoke, { cap: object });
    expect(revoked.value).toEqual({});
    expect(kernel.ledgers().byProcess.get(greedy.process.processId)!.frames).toBe(1); // the snapshot’s
    const read = greedy.call(object, MemoryObject.methods.read, { offset: 0n, length: 8 });
    expect(read.exception?.kind).toBe('disconnected');
    const snapshot = greedy.call(snapshotOf.caps[0]!.capId, MemoryObject.methods.read, { offset: 0n, length: 8 });
    expect([...snapshot.value.data]).toEqual([7, 7, 7, 7, 7, 7, 7, 7]);
    for (const process of [greedy, bystander]) process.process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });
});
