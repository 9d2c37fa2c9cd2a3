// What a program can make the kernel hold ends where its ledger does, and it alone hears of it.
import { Endpoint, EndpointFactory, FrameAllocator, NotificationFactory, Timer } from '@capos/abi';
import { TRANSPORT_NO_MEMORY } from '@capos/ipc-ring';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, RESOURCE, RESOURCE_NAMES } from '../../src/accounting/ledger.ts';
import type { LedgerLimits } from '../../src/index.ts';
import type { Submitted, TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const OBJECTS = ['timer', 'endpointFactory', 'notificationFactory', 'frameAllocator'] as const;

function greedy(limits: LedgerLimits) {
  const test = testKernel();
  const grants = Object.fromEntries(OBJECTS.map((name) => [name, test.kernel.objects[name]]));
  const program = test.client('greedy', grants, { limits });
  const bystander = test.client('bystander', grants);
  return { ...test, program, bystander };
}

function create(program: TestClient): Submitted {
  return program.call(program.cap('notificationFactory'), NotificationFactory.methods.create, {}) as Submitted;
}

describe('a ledger', () => {
  it('takes in itself and its parents, or nowhere', () => {
    const resource = fc.constantFrom(...Object.values(RESOURCE));
    const step = fc.record({
      child: fc.nat({ max: 1 }),
      resource,
      amount: fc.integer({ min: 0, max: 8 }),
      give: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const limit = Object.fromEntries(RESOURCE_NAMES.map((name) => [name, 20]));
        const root = new Ledger(limit);
        const children = [new Ledger({ ...limit, frames: 5 }, root), new Ledger({}, root)];
        const held = children.map(() => RESOURCE_NAMES.map(() => 0));
        for (const { child, resource: which, amount, give } of steps) {
          const own = held[child]!;
          if (give) {
            const back = Math.min(amount, own[which]!);
            children[child]!.release(which, back);
            own[which]! -= back;
          } else {
            const total = held[0]![which]! + held[1]![which]!;
            const fits =
              total + amount <= 20 && (child === 1 || which !== RESOURCE.FRAMES || own[which]! + amount <= 5);
            expect(children[child]!.reserve(which, amount)).toBe(fits);
            if (fits) own[which]! += amount;
          }
          expect(children[child]!.used(which)).toBe(own[which]);
          expect(root.used(which)).toBe(held[0]![which]! + held[1]![which]!);
        }
      }),
    );
  });
});

describe('a greedy program', () => {
  it('fills its own capability table, and no other', () => {
    const { program, bystander, kernel } = greedy({ capSlots: 10 });
    const made = Array.from({ length: 8 }, () => create(program));
    expect(made.map(({ result }) => result >= 0)).toEqual([true, true, true, true, true, true, false, false]);
    expect(made[7]!.result).toBe(-TRANSPORT_NO_MEMORY);
    expect(create(bystander).result).toBeGreaterThan(0);
    // What could not be handed over does not linger.
    expect(kernel.ledgers().byProcess.get(program.process.processId)?.objects).toBe(6);
  });

  it('makes as many objects as its ledger holds', () => {
    const { program, bystander } = greedy({ objects: 3 });
    const made = Array.from({ length: 4 }, () => create(program));
    expect(made[3]!.exception?.kind).toBe('overloaded');
    expect(create(bystander).result).toBeGreaterThan(0);
  });

  it('waits for as much as its ledger lets it', () => {
    const { program, bystander } = greedy({ pendingOperations: 3 });
    const sleep = (sleeper: TestClient) =>
      sleeper.call(sleeper.cap('timer'), Timer.methods.sleepUntil, { monotonicNs: 10n ** 15n });
    const sleeps = Array.from({ length: 4 }, () => sleep(program));
    expect(sleeps.map(({ result }) => result)).toEqual([0, 0, 0, -TRANSPORT_NO_MEMORY]);
    expect(sleep(bystander).done).toBe(false);
  });

  it('sets as many timers as its ledger holds', () => {
    const { program } = greedy({ timers: 2 });
    const sleeps = Array.from({ length: 3 }, () =>
      program.call(program.cap('timer'), Timer.methods.sleepUntil, { monotonicNs: 10n ** 15n }),
    );
    expect(sleeps[2]!.exception?.kind).toBe('overloaded');
  });

  it('is given as much memory as its ledger holds, and no contiguous memory beyond the machine', () => {
    const { program, kernel } = greedy({ frames: 64 });
    const allocate = (size: bigint, contiguous: boolean) =>
      program.call(program.cap('frameAllocator'), FrameAllocator.methods.allocate, { size, contiguous });
    expect(allocate(4096n * 60n, false).result).toBeGreaterThan(0);
    expect(allocate(4096n * 5n, false).exception?.kind).toBe('overloaded');
    expect(allocate(2n ** 62n, true).exception?.kind).toBe('overloaded');
    expect(allocate(4095n, true).exception?.kind).toBe('invalidArgument');
    program.process.kill(9);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('pays for the facets that it mints, until their holders let go', () => {
    const { program, kernel } = greedy({ objects: 4 });
    const made = program.call(program.cap('endpointFactory'), EndpointFactory.methods.create, { maxCalls: 4 });
    const endpoint = made.caps[0]!.capId;
    const mint = (badge: bigint) => program.call(endpoint, Endpoint.methods.mint, { badge, interfaceId: 1n });
    const facets = [1n, 2n, 3n].map((badge) => mint(badge).caps[0]!.capId);
    expect(mint(4n).exception?.kind).toBe('overloaded');
    program.operation((submissions, userData) => submissions.release(facets[0]!, userData));
    expect(mint(5n).result).toBeGreaterThan(0);
    program.process.kill(9);
    kernel.runUntilIdle();
    expect(kernel.processes()).toHaveLength(1);
  });

  it('cannot be started with a name that would drown the others', () => {
    const { kernel } = testKernel();
    expect(() => kernel.spawn({ name: 'x'.repeat(300), program: () => {} })).toThrow('more than 255 bytes');
    expect(isEmpty(kernel)).toBe(true);
  });
});
