// A medium that fails: nothing is called durable that is not, and what is there stays readable.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Engine, segmentEngine } from '../../src/index.ts';
import { entropy } from '../support/entropy.ts';
import { FaultFiles } from '../support/fault-files.ts';

const options = { entropy, segmentBytes: 16384, bufferBytes: 4096 };
const readOnly = expect.objectContaining({ code: 'read-only' });

async function withBlobs(count: number): Promise<{ files: FaultFiles; engine: Engine }> {
  const files = new FaultFiles();
  const engine = await segmentEngine(files, options);
  for (let i = 0; i < count; i++) engine.commit([{ name: `n${i}`, id: engine.put(new Uint8Array(i).fill(i)) }]);
  await engine.sync();
  return { files, engine };
}

test('writes that the platform takes in small pieces lose nothing', async () => {
  const { files, engine } = await withBlobs(10);
  files.largestWrite = 7;
  const id = engine.put(new Uint8Array(30_000).fill(1));
  await engine.close();
  files.largestWrite = Number.POSITIVE_INFINITY;
  const again = await segmentEngine(files, options);
  expect(again.get(id)).toEqual(new Uint8Array(30_000).fill(1));
  expect(again.status()).toMatchObject({ refs: 10, damage: [], truncatedBytes: 0 });
});

describe.each([
  ['a full medium', { room: 100 }],
  ['a failing flush', { failSync: true }],
] as const)('%s', (_name, fault) => {
  test('makes the engine read-only with a typed error that carries the cause, and reads go on', async () => {
    const { files, engine } = await withBlobs(10);
    Object.assign(files, fault);
    const id = engine.put(new Uint8Array(3000).fill(9));
    await expect(engine.sync()).rejects.toMatchObject({ code: 'read-only', cause: expect.any(Error) });
    await expect(engine.sync()).rejects.toMatchObject({ code: 'read-only' });
    expect(() => engine.put(Uint8Array.of(1, 2))).toThrowError(readOnly);
    expect(() => engine.commit([{ name: 'n1', id: null }])).toThrowError(readOnly);
    expect(engine.status().writable).toBe(false);
    expect(engine.resolve('n1')).toBeDefined();
    for (let i = 0; i < 10; i++) expect(engine.get(engine.resolve(`n${i}`)!)).toHaveLength(i);
    expect(engine.get(id)).toHaveLength(3000);
    await engine.close();
    expect(files.open_).toBe(0);

    // The medium recovers: every synced name and blob is there, and writing goes on.
    files.room = Number.POSITIVE_INFINITY;
    files.failSync = false;
    const again = await segmentEngine(files, options);
    for (let i = 0; i < 10; i++) expect(again.get(again.resolve(`n${i}`)!)).toHaveLength(i);
    again.put(Uint8Array.of(1, 2));
    await again.sync();
    await again.close();
  });
});

test('a commit that the log could not take changes no name', async () => {
  const { files, engine } = await withBlobs(3);
  const before = engine.resolve('n1');
  files.room = 0;
  // Larger than the buffer, so that the log meets the medium at once.
  expect(() => engine.put(new Uint8Array(9000))).toThrowError(readOnly);
  expect(() => engine.commit([{ name: 'n1', id: null }])).toThrowError(readOnly);
  expect(engine.resolve('n1')).toEqual(before);
  expect(engine.status().blobs).toBe(3);
});

test('a segment that can not be created makes the engine read-only', async () => {
  const { files, engine } = await withBlobs(3);
  files.failCreate = true;
  expect(() => {
    for (let i = 0; i < 100; i++) engine.put(new Uint8Array(1000).fill(i));
  }).toThrowError(readOnly);
  expect(engine.get(engine.resolve('n2')!)).toHaveLength(2);
});

test('syncs that are asked for together share a flush', async () => {
  const { files, engine } = await withBlobs(1);
  const before = files.syncs;
  const waiting: Promise<void>[] = [];
  for (let i = 0; i < 50; i++) {
    engine.put(new Uint8Array(100).fill(i));
    waiting.push(engine.sync());
  }
  await Promise.all(waiting);
  expect(files.syncs - before).toBeLessThanOrEqual(2 + 1); // the first, the rest, and a segment that was completed
});

test('after a power failure everything synced is there, at whatever moment it comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ size: fc.nat(9000), sync: fc.nat(3) }), { minLength: 1, maxLength: 30 }),
      async (steps) => {
        const files = new FaultFiles();
        const engine = await segmentEngine(files, options);
        const synced: { id: Uint8Array; name: string; size: number }[] = [];
        let accepted: typeof synced = [];
        for (const [i, { size, sync }] of steps.entries()) {
          const id = engine.put(new Uint8Array(size).fill(i));
          engine.commit([{ name: `n${i}`, id }]);
          accepted.push({ id, name: `n${i}`, size });
          if (sync === 0) {
            await engine.sync();
            synced.push(...accepted);
            accepted = [];
          }
        }
        const again = await segmentEngine(files.afterPowerFailure(), options);
        for (const { id, name, size } of synced) {
          expect(again.get(id)).toHaveLength(size);
          expect(again.resolve(name)).toEqual(id);
        }
        await engine.close();
      },
    ),
    { numRuns: 100 },
  );
});
