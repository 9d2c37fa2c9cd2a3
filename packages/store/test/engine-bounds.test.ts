// What an engine may hold is bounded, and being full is an answer that leaves everything as it was.
import { describe, expect, test } from 'vitest';
import { type Engine, type EngineOptions, memoryEngine, segmentEngine } from '../src/index.ts';
import { entropy } from './support/entropy.ts';
import { FaultFiles } from './support/fault-files.ts';

const engines: [string, (options: EngineOptions) => Promise<Engine>][] = [
  ['memory', async (options) => memoryEngine(options)],
  ['segment', (options) => segmentEngine(new FaultFiles(), { entropy, ...options })],
];
const code = (expected: string) => expect.objectContaining({ code: expected });

describe.each(engines)('the %s engine', (_name, open) => {
  test('refuses a blob over its limit', async () => {
    const engine = await open({ maxBlobBytes: 100 });
    engine.put(new Uint8Array(100));
    expect(() => engine.put(new Uint8Array(101))).toThrowError(code('too-large'));
    expect(engine.status().blobs).toBe(1);
  });

  test('refuses blobs and names past their number, takes what it has, and goes on when names are freed', async () => {
    const engine = await open({ maxBlobs: 3, maxRefs: 2 });
    const ids = [1, 2, 3].map((value) => engine.put(Uint8Array.of(value)));
    expect(() => engine.put(Uint8Array.of(4))).toThrowError(code('full'));
    expect(engine.put(Uint8Array.of(3))).toEqual(ids[2]);
    engine.commit([
      { name: 'a', id: ids[0]! },
      { name: 'b', id: ids[1]! },
    ]);
    expect(() => engine.commit([{ name: 'c', id: ids[2]! }])).toThrowError(code('full'));
    expect(engine.commit([{ name: 'a', id: ids[2]! }]).outcome).toBe('committed');
    engine.commit([{ name: 'b', id: null }]);
    expect(engine.commit([{ name: 'c', id: ids[2]! }]).outcome).toBe('committed');
    expect(engine.list().refs.map((ref) => ref.name)).toEqual(['a', 'c']);
  });

  test('refuses a transaction of too many names', async () => {
    const engine = await open({});
    const id = engine.put(Uint8Array.of(1));
    const changes = Array.from({ length: 10_001 }, (_, i) => ({ name: `n${i}`, id }));
    expect(() => engine.commit(changes)).toThrowError(code('invalid-transaction'));
    expect(engine.commit(changes.slice(1)).outcome).toBe('committed');
    expect(engine.list({ limit: 5000 }).refs).toHaveLength(1000);
  });
});

test('an engine whose log holds more than its bounds still opens and reads', async () => {
  const files = new FaultFiles();
  const first = await segmentEngine(files, { entropy });
  const ids = Array.from({ length: 10 }, (_, i) => first.put(Uint8Array.of(i)));
  first.commit(ids.map((id, i) => ({ name: `n${i}`, id })));
  await first.close();
  const again = await segmentEngine(files, { entropy, maxBlobs: 2, maxRefs: 2, maxBlobBytes: 1 });
  expect(ids.map((id) => again.get(id)?.[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(again.status().refs).toBe(10);
  expect(() => again.put(Uint8Array.of(99))).toThrowError(code('full'));
});
