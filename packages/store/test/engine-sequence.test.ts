// Random sequences of operations give the same answers from every engine, with SQLite as the judge.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Engine, memoryEngine, type RefChange, StoreError, segmentEngine } from '../src/index.ts';
import { entropy } from './support/entropy.ts';
import { FaultFiles } from './support/fault-files.ts';
import { SqliteEngine } from './support/sqlite-engine.ts';

const root = mkdtempSync(join(tmpdir(), 'store-sequence-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const contents = Array.from({ length: 8 }, (_, i) => new Uint8Array(i * i * 90).fill(i));
const ids = contents.map((content) => memoryEngine().put(content));
const nameArbitrary = fc.constantFrom('', 'a', 'a/', 'a/b', 'a/c', 'ab', 'b', 'é', '\ufffd', '😀', '\udc00');
const content = fc.nat(contents.length - 1);
const change = fc.record(
  { name: nameArbitrary, id: fc.option(content), expected: fc.option(content) },
  { requiredKeys: ['name', 'id'] },
);

type Step =
  | { kind: 'put' | 'get' | 'size' | 'stream'; content: number }
  | { kind: 'commit'; changes: { name: string; id: number | null; expected?: number | null }[] }
  | { kind: 'resolve'; name: string }
  | { kind: 'list'; prefix: string; after: string; limit: number }
  | { kind: 'sync' | 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('put' as const, 'put' as const, 'get' as const, 'size' as const, 'stream' as const),
    content,
  }),
  fc.record({ kind: fc.constant('commit' as const), changes: fc.array(change, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('resolve' as const), name: nameArbitrary }),
  fc.record({
    kind: fc.constant('list' as const),
    prefix: nameArbitrary,
    after: nameArbitrary,
    limit: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constantFrom('sync' as const, 'reopen' as const) }),
) as fc.Arbitrary<Step>;

function perform(engine: Engine, step: Step): unknown {
  const bound = (index: number | null): Uint8Array | null => (index === null ? null : ids[index]!);
  try {
    switch (step.kind) {
      case 'put':
        return engine.put(contents[step.content]!);
      case 'get':
        return engine.get(ids[step.content]!, step.content, 100 * step.content);
      case 'size':
        return engine.size(ids[step.content]!);
      case 'stream': {
        const stream = engine.stream(ids[step.content]!, 1000);
        return stream && [...stream];
      }
      case 'commit':
        return engine.commit(
          step.changes.map(
            ({ name, id, expected }): RefChange => ({
              name,
              id: bound(id),
              ...(expected === undefined ? {} : { expected: bound(expected) }),
            }),
          ),
        );
      case 'resolve':
        return engine.resolve(step.name);
      case 'list':
        return engine.list(step);
      default:
        return undefined;
    }
  } catch (error) {
    return error instanceof StoreError ? error.code : error;
  }
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (each instanceof Uint8Array ? [...each] : each));

let count = 0;

test('memory, segment and SQLite engines answer every sequence of operations alike, reopened or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const files = new FaultFiles();
      const options = { entropy, segmentBytes: 8192, bufferBytes: 4096, maxOpenFiles: 2 };
      const path = join(root, `${count++}.db`);
      const memory = memoryEngine();
      let segment: Engine = await segmentEngine(files, options);
      let sqlite = new SqliteEngine(path);
      for (const each of steps) {
        if (each.kind === 'reopen') {
          await segment.close();
          expect(files.open_).toBe(0);
          segment = await segmentEngine(files, options);
          await sqlite.close();
          sqlite = new SqliteEngine(path);
        } else if (each.kind === 'sync') {
          await Promise.all([memory.sync(), segment.sync(), sqlite.sync()]);
        } else {
          const judged = plain(perform(sqlite, each));
          expect(plain(perform(memory, each))).toBe(judged);
          expect(plain(perform(segment, each))).toBe(judged);
        }
        const { blobs, refs, damage } = segment.status();
        expect({ blobs, refs, damage }).toEqual({
          blobs: sqlite.status().blobs,
          refs: sqlite.status().refs,
          damage: [],
        });
      }
      await segment.close();
      await sqlite.close();
      rmSync(path);
    }),
    { numRuns: 60 },
  );
});
