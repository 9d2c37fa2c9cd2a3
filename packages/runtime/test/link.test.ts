// A link: two ends of one typed service. In one thread with the server draining by hand, and with a Worker at the other end.
import { Worker } from 'node:worker_threads';
import { CapError, Console } from '@capos/abi';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capOf, createLink, type LinkHandlers, openLink, serveLink } from '../src/index.ts';

const handlers: LinkHandlers<typeof Console> = {
  getSize: () => ({ columns: 132, rows: 50, isTerminal: true }),
  write: async ({ data }) => ({ written: data.length }),
  read: () => ({ data: new Uint8Array(64) }),
  setMode: () => {
    throw new CapError('unimplemented', 'no modes');
  },
  waitResize: () => ({}),
  waitInterrupt: () => {
    throw new Error('a defect nobody is told of');
  },
};

describe('a link', () => {
  test('brings typed calls over and results, promises and exceptions back', async () => {
    const link = createLink(Console);
    const served = serveLink(link, Console, handlers, { cpus: 1 }).listen();
    const environment = openLink(link, { cpus: 1 });
    const console = environment.capSet.get('service', Console);
    expect(await console.getSize()).toEqual({ columns: 132, rows: 50, isTerminal: true });
    expect(await console.write({ data: new Uint8Array(9) })).toEqual({ written: 9 });
    expect((await console.read({ maxLength: 64 })).data).toHaveLength(64);
    await expect(console.setMode({ raw: true })).rejects.toMatchObject({ kind: 'unimplemented', reason: 'no modes' });
    await expect(console.waitInterrupt()).rejects.toMatchObject({ reason: 'the server failed in waitInterrupt' });
    await expect(console.read({ maxLength: 1 }, { resultCapacity: 16 })).rejects.toThrow(/BUFFER_TOO_SMALL/);
    const many = await Promise.all(Array.from({ length: 500 }, (_, n) => console.write({ data: new Uint8Array(n) })));
    expect(many.map(({ written }) => written)).toEqual(Array.from({ length: 500 }, (_, n) => n));
    environment.exit(0);
    await served;
  });

  test('keeps answers apart that come in the same turn', async () => {
    const link = createLink(Console, { arenaBytes: 0x10_0000 });
    const answers: (() => void)[] = [];
    const server = serveLink(
      link,
      Console,
      {
        ...handlers,
        read: ({ maxLength }) =>
          new Promise((resolve, reject) => {
            answers.push(() =>
              maxLength % 3 === 0
                ? reject(new CapError('failed', `no ${maxLength}`))
                : resolve({ data: new Uint8Array(maxLength).fill(maxLength) }),
            );
            if (answers.length === 8) for (const answer of answers) answer();
          }),
      },
      { cpus: 1 },
    );
    const served = server.listen();
    const environment = openLink(link, { cpus: 1 });
    const console = environment.capSet.get('service', Console);
    const outcomes = await Promise.all(
      [1, 2, 3, 40, 50, 60, 70, 80].map((maxLength) =>
        console.read({ maxLength }).then(
          ({ data }) => data,
          (error: CapError) => error.reason,
        ),
      ),
    );
    expect(outcomes).toEqual(
      [1, 2, 3, 40, 50, 60, 70, 80].map((n) => (n % 3 === 0 ? `no ${n}` : new Uint8Array(n).fill(n))),
    );
    environment.exit(0);
    await served;
  });

  test('blocks for an answer from a Worker, and the Worker ends when the link is closed', async () => {
    const link = createLink(Console);
    const worker = new Worker(new URL('./support/link-server.ts', import.meta.url), { workerData: link });
    const ended = new Promise((resolve) => worker.on('exit', resolve));
    const environment = openLink(link, { cpus: 1 });
    const target = capOf(environment.capSet.get('service', Console));
    for (let n = 0; n < 300; n += 1) {
      expect(environment.callSync(target, Console.methods.write, { data: new Uint8Array(n) })).toEqual({ written: n });
    }
    environment.exit(0);
    expect(await ended).toBe(0);
  });

  test('survives whatever its client writes into the arena', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 4000 }), fc.integer()), { maxLength: 60 }), (scribbles) => {
        const link = createLink(Console, { arenaBytes: 0x1_0000 });
        // No promise: what it would complete has no place in the ring either, and nobody here to say so.
        const sync = { ...handlers, write: ({ data }: { data: Uint8Array }) => ({ written: data.length }) };
        const server = serveLink(link, Console, sync, { cpus: 1 });
        const words = new Int32Array(link.arena);
        for (const [index, value] of scribbles) words[index] = value;
        words[6] = words[16]! + (scribbles.length % 64);
        Atomics.store(words, link.capSetOffset >> 2, 0);
        const entry = { op: 1, flags: 0, transferCount: 0, capId: 1, methodId: scribbles.length % 8 };
        for (const [paramsAddress, paramsLength] of scribbles) {
          const submission = {
            ...entry,
            paramsAddress,
            paramsLength: paramsLength >>> 0,
            resultAddress: Math.abs(paramsLength),
            resultLength: paramsAddress,
            userDataLow: 0,
            userDataHigh: 0,
          };
          // What is completed here has no place in the ring: the answer itself may be refused, never worse.
          try {
            expect(server.submit(submission as never)).toBeLessThanOrEqual(0);
          } catch (error) {
            expect((error as Error).message).toMatch(/nothing is pending/);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
