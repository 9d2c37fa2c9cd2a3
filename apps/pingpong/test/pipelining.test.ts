// Calls on capabilities that have yet to come, as a typed client makes them: what awaiting each answer would give, with one entry.
import { CapError, MemoryObject } from '@capos/abi';
import { createKernel, type Kernel } from '@capos/kernel';
import { adopt, type CallContext, type Client, capOf, type Environment, serve } from '@capos/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startHosted } from './support/hosted-environment.ts';
import { settle } from './support/settle.ts';

const NODES = 8;

/** Rejections that nobody took, which would end a program of Node. */
const unhandled: unknown[] = [];
const keep = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', keep);
});
afterEach(() => {
  process.off('unhandledRejection', keep);
});

interface Tree {
  readonly kernel: Kernel;
  readonly client: Environment;
  readonly root: Client<typeof MemoryObject>;
  /** Methods that the server was asked, in order: badge and offset. */
  readonly asked: string[];
  /** Calls that the server holds until the test answers them. */
  readonly held: (() => void)[];
}

/**
 * A server of NODES nodes that all lead to one another: `createChild({ offset: n })` answers node n. Length 1 is answered later,
 * length 2 not before the test says so; offset NODES and more are refused.
 */
function boot(): Tree {
  const kernel = createKernel({ clock: { nowNs: () => 1000 }, entropy: { fill: (bytes) => void bytes.fill(4) } });
  const endpoint = kernel.createEndpoint();
  const nodes = Object.fromEntries(
    Array.from({ length: NODES }, (_, badge) => [`node${badge}`, endpoint.facet(BigInt(badge), MemoryObject.id)]),
  );
  const server = startHosted(kernel, 'server', { endpoint: endpoint.owner, ...nodes });
  const asked: string[] = [];
  const held: (() => void)[] = [];
  const child = (offset: bigint, context: CallContext<{ child: number }>): { child: number } => {
    if (offset >= NODES) throw new CapError('invalidArgument', `there is no node ${offset}`);
    return { child: context.give(server.capSet.cap(`node${offset}`)) };
  };
  serve(server, server.capSet.cap('endpoint'), MemoryObject, {
    createChild: ({ offset, length }, context) => {
      asked.push(`${context.badge}→${offset}`);
      if (length === 0n) return child(offset, context);
      if (length === 1n) return Promise.resolve().then(() => child(offset, context));
      held.push(() => context.reply(child(offset, context)));
      return context.later();
    },
    getSize: (_params, { badge }) => {
      asked.push(`${badge}?`);
      return { size: badge };
    },
    read: () => ({ data: new Uint8Array(0) }),
    write: () => {},
  });
  const client = startHosted(kernel, 'client', { root: endpoint.facet(0n, MemoryObject.id) });
  return { kernel, client, root: client.capSet.get('root', MemoryObject), asked, held };
}

/** Follows `path`, waiting for each answer. */
async function awaited(
  root: Client<typeof MemoryObject>,
  path: readonly (readonly [bigint, bigint])[],
): Promise<bigint> {
  let node = root;
  try {
    for (const [offset, length] of path) {
      const answer = await node.createChild({ offset, length });
      if (node !== root) capOf(node).release();
      node = clientOf(answer, answer.child);
    }
    return (await node.getSize()).size;
  } finally {
    if (node !== root) capOf(node).release();
  }

  function clientOf(answer: object, field: number): Client<typeof MemoryObject> {
    return environmentOf(root).client(adopt(answer, field, MemoryObject), MemoryObject);
  }
}

/** Follows `path` without waiting for anything. */
function ahead(
  root: Client<typeof MemoryObject>,
  path: readonly (readonly [bigint, bigint])[],
): Promise<{ size: bigint }> {
  let node = root;
  for (const [offset, length] of path) {
    const next = node.createChild({ offset, length }).pipelined(MemoryObject);
    if (node !== root) capOf(node).release();
    node = next;
  }
  const size = node.getSize();
  if (node !== root) capOf(node).release();
  return size;
}

const environments = new WeakMap<object, Environment>();
const environmentOf = (client: object): Environment => environments.get(client)!;

describe('calls on capabilities that have yet to come', () => {
  test('answer what waiting for each answer would, in whatever way they are answered', async () => {
    const step = fc.tuple(fc.bigInt({ min: 0n, max: BigInt(NODES) }), fc.constantFrom(0n, 0n, 1n));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 10 }), { minLength: 1, maxLength: 5 }), async (paths) => {
        const outcome = async (follow: (tree: Tree) => Promise<readonly PromiseSettledResult<bigint>[]>) => {
          const tree = boot();
          environments.set(tree.root, tree.client);
          const ends = await settle(tree.kernel, follow(tree));
          tree.kernel.step();
          return {
            ends: ends.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason))),
            asked: tree.asked.toSorted(),
            held: tree.kernel.ledgers().total,
          };
        };
        const one = await outcome(({ root }) => Promise.allSettled(paths.map((path) => awaited(root, path))));
        const other = await outcome(({ root }) =>
          Promise.allSettled(paths.map(async (path) => (await ahead(root, path)).size)),
        );
        expect(other).toEqual(one);
        expect(unhandled).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('fail as the call fails that was to bring it, and only they need to be looked at', async () => {
    const { kernel, root, asked } = boot();
    const size = ahead(root, [
      [1n, 0n],
      [99n, 0n],
      [2n, 0n],
    ]);
    await expect(settle(kernel, size)).rejects.toMatchObject({
      kind: 'invalidArgument',
      message: 'there is no node 99',
    });
    expect(asked).toEqual(['0→1', '1→99']);
    expect(unhandled).toEqual([]);
  });

  test('a call whose failure nobody looks at, and on whose answer nothing was called, is still told of', async () => {
    const { kernel, root } = boot();
    void root.createChild({ offset: 99n, length: 0n });
    await settle(kernel, root.getSize());
    await settle(kernel, root.getSize());
    expect(unhandled).toMatchObject([{ message: 'there is no node 99' }]);
  });

  test('a capability given up before it came is released when it comes, and what was called on it is answered', async () => {
    const { kernel, client, root, held } = boot();
    const before = client.driver.allocator.freeBytes;
    const first = root.createChild({ offset: 3n, length: 2n });
    const node = first.pipelined(MemoryObject);
    const size = node.getSize();
    capOf(node).release();
    kernel.step();
    held[0]!();
    expect(await settle(kernel, size)).toEqual({ size: 3n });
    await settle(kernel, first);
    kernel.step();
    expect(client.driver.allocator.freeBytes).toBe(before);
    await expect(node.getSize()).rejects.toMatchObject({ code: 'CAP_GONE' });
  });

  test('aborting the call that was to bring it ends what was called on it', async () => {
    const { kernel, root, held } = boot();
    const controller = new AbortController();
    const node = root.createChild({ offset: 3n, length: 2n }, { signal: controller.signal }).pipelined(MemoryObject);
    const size = node.getSize();
    kernel.step();
    expect(held).toHaveLength(1);
    controller.abort(new Error('enough'));
    await expect(settle(kernel, size)).rejects.toThrow();
    await expect(node.getSize()).rejects.toThrow('enough');
    expect(unhandled).toEqual([]);
  });

  test('a capability that comes as another interface than it was promised as is not taken', async () => {
    const { kernel, root } = boot();
    const first = root.createChild({ offset: 3n, length: 0n });
    const second = first.pipelined(MemoryObject, 1);
    await expect(settle(kernel, second.getSize())).rejects.toThrow();
    await settle(kernel, first);
    await expect(second.getSize()).rejects.toThrow(/was promised as interface .*; 1 came/);
    expect(unhandled).toEqual([]);
  });

  test('a promised capability can be called, not passed on', async () => {
    const { kernel, root } = boot();
    const node = root.createChild({ offset: 3n, length: 2n }).pipelined(MemoryObject);
    await expect(settle(kernel, root.getSize({}, { transfers: [capOf(node)] }))).rejects.toMatchObject({
      code: 'CAP_PENDING',
    });
  });
});

describe('a capability released while what names it waits its turn', () => {
  const MORE_THAN_THE_RING_TAKES = 500;
  const CALLS = 14;

  test('is given up after the calls on it', async () => {
    const { kernel, client, root } = boot();
    const answer = await settle(kernel, root.createChild({ offset: 5n, length: 0n }));
    const node = client.client(adopt(answer, answer.child, MemoryObject), MemoryObject);
    const { capSlots } = kernel.ledgers().total;
    const sizes = client.batch(() => {
      const calls = Array.from({ length: MORE_THAN_THE_RING_TAKES }, () => node.getSize());
      expect(client.driver.waiting).toBeGreaterThan(0);
      capOf(node).release();
      return calls;
    });
    await expect(node.getSize()).rejects.toMatchObject({ code: 'CAP_GONE' });
    expect(await settle(kernel, Promise.all(sizes))).toEqual(sizes.map(() => ({ size: 5n })));
    kernel.step();
    expect(kernel.ledgers().total.capSlots).toBe(capSlots - 1);
  });

  test('is given up after the calls that pass it on', async () => {
    const { kernel, client, root } = boot();
    const answer = await settle(kernel, root.createChild({ offset: 5n, length: 0n }));
    const node = adopt(answer, answer.child, MemoryObject);
    const { capSlots } = kernel.ledgers().total;
    const calls = client.batch(() => {
      const passing = Array.from({ length: MORE_THAN_THE_RING_TAKES }, () => root.getSize({}, { transfers: [node] }));
      expect(client.driver.waiting).toBeGreaterThan(0);
      node.release();
      return passing;
    });
    expect(await settle(kernel, Promise.all(calls))).toEqual(calls.map(() => ({ size: 0n })));
    kernel.step();
    expect(kernel.ledgers().total.capSlots).toBe(capSlots - 1);
  });

  test('is given up when the call is aborted that waited', async () => {
    const { kernel, client, root } = boot();
    const answer = await settle(kernel, root.createChild({ offset: 5n, length: 0n }));
    const node = client.client(adopt(answer, answer.child, MemoryObject), MemoryObject);
    const { capSlots } = kernel.ledgers().total;
    const controller = new AbortController();
    const ahead = client.batch(() => {
      const calls = Array.from({ length: MORE_THAN_THE_RING_TAKES }, () => root.getSize());
      const late = node.getSize({}, { signal: controller.signal });
      capOf(node).release();
      controller.abort(new Error('enough'));
      return [...calls, expect(late).rejects.toThrow('enough')];
    });
    await settle(kernel, Promise.all(ahead));
    kernel.step();
    expect(kernel.ledgers().total.capSlots).toBe(capSlots - 1);
  });

  test('is given up after the answers that give it', async () => {
    const kernel = createKernel({ clock: { nowNs: () => 1000 }, entropy: { fill: (bytes) => void bytes.fill(4) } });
    const endpoint = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', {
      endpoint: endpoint.owner,
      given: endpoint.facet(7n, MemoryObject.id),
    });
    const given = server.capSet.cap('given');
    const held: (() => void)[] = [];
    serve(
      server,
      server.capSet.cap('endpoint'),
      MemoryObject,
      {
        createChild: (_params, context) => {
          held.push(() => context.reply({ child: context.give(given) }));
          return context.later();
        },
        getSize: (_params, { badge }) => ({ size: badge }),
        read: () => ({ data: new Uint8Array(0) }),
        write: () => {},
      },
      { maxConcurrent: MORE_THAN_THE_RING_TAKES },
    );
    // One client's ring takes fewer calls than the server's takes answers.
    const sizes = ['one', 'two', 'three'].flatMap((name) => {
      const client = startHosted(kernel, name, { root: endpoint.facet(0n, MemoryObject.id) });
      const root = client.capSet.get('root', MemoryObject);
      return Array.from({ length: CALLS }, () =>
        root.createChild({ offset: 0n, length: 0n }).pipelined(MemoryObject).getSize(),
      );
    });
    kernel.step();
    expect(held).toHaveLength(sizes.length);
    const { capSlots } = kernel.ledgers().total;
    server.batch(() => {
      for (const answer of held) answer();
      expect(server.driver.waiting).toBeGreaterThan(0);
      given.release();
    });
    expect(await settle(kernel, Promise.all(sizes))).toEqual(sizes.map(() => ({ size: 7n })));
    kernel.step();
    expect(given.live).toBe(false);
    expect(kernel.ledgers().total.capSlots).toBe(capSlots - 1 + sizes.length);
  });
});
