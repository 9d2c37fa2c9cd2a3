// Segment files that were cut, flipped, swapped or made up: what is left is right, and what is not is said.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatBlobId } from '../../src/blob-id.ts';
import { type Engine, memoryEngine, StoreError, segmentEngine } from '../../src/index.ts';
import { entropy } from '../support/entropy.ts';
import { FaultFiles } from '../support/fault-files.ts';

const options = { entropy, segmentBytes: 8192, bufferBytes: 4096 };
const content = (i: number): Uint8Array => Uint8Array.from({ length: (i * 37) % 700 }, (_, at) => (at * i) & 0xff);

/** A store of 60 blobs and as many names in several segments, closed. */
async function sample(): Promise<FaultFiles> {
  const files = new FaultFiles();
  const engine = await segmentEngine(files, options);
  for (let i = 0; i < 60; i++) engine.commit([{ name: `n${i}`, id: engine.put(content(i)) }]);
  await engine.close();
  return files;
}

/** Whatever the engine still gives must be exactly what was put; returns how many blobs and names that is. */
function survivors(engine: Engine): { blobs: number; names: number } {
  const model = memoryEngine();
  let blobs = 0;
  let names = 0;
  for (let i = 0; i < 60; i++) {
    const id = model.put(content(i));
    let found: Uint8Array | undefined;
    try {
      found = engine.get(id);
    } catch (error) {
      expect((error as StoreError).code).toBe('corrupt');
    }
    if (found !== undefined) {
      expect([...found]).toEqual([...content(i)]);
      blobs++;
    }
    const bound = engine.resolve(`n${i}`);
    if (bound !== undefined) {
      expect(formatBlobId(bound)).toBe(formatBlobId(id));
      names++;
    }
  }
  return { blobs, names };
}

const reopen = (files: FaultFiles): Promise<Awaited<ReturnType<typeof segmentEngine>>> => segmentEngine(files, options);

test('a store cut at any byte keeps every whole record before the cut and takes new ones', async () => {
  const whole = await sample();
  const last = [...whole.list()].sort().at(-1)!;
  const bytes = whole.get(last);
  let before = survivors(await reopen(whole.copy()));
  expect(before).toEqual({ blobs: 60, names: 60 });
  for (let size = bytes.length; size >= 0; size -= size > 2200 ? 61 : 27) {
    const files = whole.copy();
    files.set(last, bytes.subarray(0, size));
    const engine = await reopen(files);
    const now = survivors(engine);
    expect(now.blobs).toBeLessThanOrEqual(before.blobs);
    expect(now.names).toBeLessThanOrEqual(now.blobs);
    expect(engine.status().damage).toEqual([]);
    before = now;
    const id = engine.put(Uint8Array.of(1, 2, 3));
    engine.commit([{ name: 'new', id }]);
    await engine.close();
    const again = await reopen(files);
    expect(survivors(again)).toEqual(now);
    expect(again.resolve('new')).toEqual(id);
    expect(again.status()).toMatchObject({ damage: [], truncatedBytes: 0 });
    await again.close();
  }
});

test('a flipped bit anywhere costs at most the records it lies in, and is reported unless it is in the last one', async () => {
  const whole = await sample();
  const names = [...whole.list()].sort();
  await fc.assert(
    fc.asyncProperty(fc.nat(names.length - 1), fc.nat(), fc.nat(7), async (which, where, bit) => {
      const files = whole.copy();
      const name = names[which]!;
      const bytes = files.get(name);
      const at = where % bytes.length;
      bytes[at]! ^= 1 << bit;
      files.set(name, bytes);
      const engine = await reopen(files);
      const { blobs, names: bound } = survivors(engine);
      expect(blobs).toBeGreaterThanOrEqual(59);
      expect(bound).toBeGreaterThanOrEqual(59);
      expect(blobs + bound).toBeGreaterThanOrEqual(119);
      const { damage, truncatedBytes } = engine.status();
      const lost = blobs + bound < 120;
      if (lost && damage.length === 0 && truncatedBytes === 0) {
        // A sealed segment's contents are looked at when they are read, and then the read says so.
        expect(bound).toBe(60);
      }
      await engine.close();
    }),
    { numRuns: 150 },
  );
});

test('a damaged blob is repaired by putting it again, for good', async () => {
  const files = await sample();
  const name = [...files.list()].sort()[0]!;
  const bytes = files.get(name);
  const needle = content(5);
  const at = Buffer.from(bytes).indexOf(needle);
  bytes[at + 9]! ^= 0x40;
  files.set(name, bytes);
  const engine = await reopen(files);
  const id = memoryEngine().put(needle);
  expect(() => engine.get(id)).toThrowError(expect.objectContaining({ code: 'corrupt' }));
  expect(engine.size(id)).toBeUndefined();
  expect(engine.commit([{ name: 'x', id }]).outcome).toBe('missing');
  expect([...engine.put(needle)]).toEqual([...id]);
  expect(engine.get(id)).toEqual(needle);
  await engine.close();
  const again = await reopen(files);
  expect(again.get(id)).toEqual(needle);
});

test('a stream of a damaged blob ends in an error before its last piece', async () => {
  const files = new FaultFiles();
  const engine = await segmentEngine(files, { ...options, segmentBytes: 1 << 20 });
  const big = new Uint8Array(50_000).fill(7);
  const id = engine.put(big);
  await engine.sync();
  const bytes = files.get('00000001.seg');
  bytes[30_000]! ^= 1;
  files.contents.get('00000001.seg')!.bytes.set(bytes);
  let received = 0;
  expect(() => {
    for (const piece of engine.stream(id, 8192)!) received += piece.length;
  }).toThrowError(expect.objectContaining({ code: 'corrupt' }));
  expect(received).toBeLessThan(big.length);
});

test('both copies of a segment header may be lost without losing a record', async () => {
  const whole = await sample();
  for (const name of whole.list()) {
    const files = whole.copy();
    const bytes = files.get(name);
    bytes.fill(0xee, 0, 1024);
    files.set(name, bytes);
    const engine = await reopen(files);
    expect(survivors(engine)).toEqual({ blobs: 60, names: 60 });
    expect(engine.status().damage).toHaveLength(1);
    // and what is written now does not go behind an unreadable header
    engine.put(new Uint8Array(3000));
    await engine.close();
    expect((await reopen(files)).get(memoryEngine().put(new Uint8Array(3000)))).toHaveLength(3000);
  }
});

test('a segment that went missing is reported and the others are read', async () => {
  const whole = await sample();
  const names = [...whole.list()].sort();
  expect(names.length).toBeGreaterThan(2);
  for (const gone of names.slice(0, -1)) {
    const files = whole.copy();
    files.contents.delete(gone);
    const engine = await reopen(files);
    expect(engine.status().damage.length).toBeGreaterThan(0);
    expect(survivors(engine).blobs).toBeGreaterThan(10);
  }
});

test('a segment that was cut in the middle of the chain is reported', async () => {
  const files = await sample();
  const first = [...files.list()].sort()[0]!;
  const bytes = files.get(first);
  files.set(first, bytes.subarray(0, bytes.length >> 1));
  const engine = await reopen(files);
  expect(
    engine
      .status()
      .damage.map((each) => each.reason)
      .join(),
  ).toContain('records');
  expect(survivors(engine).blobs).toBeGreaterThan(20);
});

test('a record that a misdirected write put elsewhere is not read there, and costs no other', async () => {
  const whole = await sample();
  const names = [...whole.list()].sort();
  const records = (bytes: Uint8Array): number[] => {
    const marker = bytes.slice(1024, 1028);
    return Array.from({ length: (bytes.length - 1024) / 8 }, (_, i) => 1024 + i * 8).filter((at) =>
      marker.every((byte, i) => bytes[at + i] === byte),
    );
  };
  for (const [from, to] of [
    [3, 3],
    [3, 1],
    [1, 3],
    [2, 2],
  ] as const) {
    const source = whole.get(names[from]!);
    const starts = records(source);
    const [start, end] = starts.slice(-2) as [number, number];
    const files = whole.copy();
    const target = files.get(names[to]!);
    target.set(source.subarray(start, end), 1024);
    files.set(names[to]!, target);
    const engine = await reopen(files);
    const found = survivors(engine);
    expect(found.blobs + found.names).toBeGreaterThanOrEqual(116);
    expect(engine.status().damage).not.toEqual([]);
    for (let i = 0; i < 30; i++) engine.put(new Uint8Array(500).fill(i));
    await engine.close();
    expect(survivors(await reopen(files))).toEqual(found);
  }
});

describe('records inside a blob', () => {
  test('a log record that a client put as content is never read as one, even when the record around it is damaged', async () => {
    // The most favourable case for a forger: a verbatim refs record of this very store.
    const files = new FaultFiles();
    const engine = await segmentEngine(files, { ...options, segmentBytes: 1 << 20 });
    const id = engine.put(Uint8Array.of(1));
    engine.commit([{ name: 'victim', id }]);
    await engine.sync();
    const other = new FaultFiles();
    const forger = await segmentEngine(other, { ...options, segmentBytes: 1 << 20 });
    forger.put(Uint8Array.of(1));
    forger.put(Uint8Array.of(2));
    for (let i = 0; i < 20; i++) forger.commit([{ name: 'victim', id: forger.put(Uint8Array.of(2)) }]);
    await forger.sync();
    const carrier = engine.put(other.get('00000001.seg'));
    engine.put(Uint8Array.of(9));
    await engine.close();
    const bytes = files.get('00000001.seg');
    const at = Buffer.from(bytes).indexOf(carrier) - 32;
    bytes[at + 20]! ^= 1; // the carrier's record header
    files.set('00000001.seg', bytes);
    const again = await reopen(files);
    expect(again.resolve('victim')).toEqual(id);
    expect(again.status().damage).toHaveLength(1);
    expect(again.get(memoryEngine().put(Uint8Array.of(9)))).toEqual(Uint8Array.of(9));
  });
});

describe('hostile files', () => {
  test('random bytes in the place of segments are refused or ignored, and left as they are when refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 5000 }), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (segments, begun) => {
          const files = new FaultFiles();
          segments.forEach((bytes, i) => {
            const file =
              begun && bytes.length > 8 ? Uint8Array.from([...Buffer.from('capOSseg'), ...bytes.subarray(8)]) : bytes;
            files.set(`0000000${i + 1}.seg`, file);
          });
          const before = files.copy();
          try {
            const engine = await reopen(files);
            expect(engine.status().refs).toBe(0);
            const id = engine.put(Uint8Array.of(5));
            await engine.close();
            expect((await reopen(files)).get(id)).toEqual(Uint8Array.of(5));
          } catch (error) {
            expect(error).toBeInstanceOf(StoreError);
            expect((error as StoreError).code).toBe('not-a-store');
            for (const name of before.list()) expect(files.get(name)).toEqual(before.get(name));
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  test('random edits of a real store never give a wrong blob, a crash or an untyped error', async () => {
    const whole = await sample();
    const names = [...whole.list()].sort();
    const edit = fc.record({
      which: fc.nat(names.length - 1),
      kind: fc.constantFrom('cut', 'fill', 'length', 'insert', 'copy'),
      at: fc.nat(16384),
      size: fc.nat(600),
      value: fc.nat(255),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
        const files = whole.copy();
        for (const { which, kind, at, size, value } of edits) {
          const name = names[which]!;
          let bytes = files.get(name);
          const from = Math.min(at, bytes.length);
          if (kind === 'cut') bytes = bytes.slice(0, from);
          else if (kind === 'fill') bytes.fill(value, from, from + size);
          else if (kind === 'length') bytes.fill(0xff, 1024 + 8, 1024 + 12);
          else if (kind === 'insert')
            bytes = Uint8Array.from([...bytes.subarray(0, from), ...new Uint8Array(size), ...bytes.subarray(from)]);
          else bytes.copyWithin(1024, from, from + size);
          files.set(name, bytes);
        }
        let engine: Awaited<ReturnType<typeof reopen>>;
        try {
          engine = await reopen(files);
        } catch (error) {
          expect((error as StoreError).code).toBe('not-a-store');
          return;
        }
        const found = survivors(engine);
        const id = engine.put(new Uint8Array(100).fill(3));
        engine.commit([{ name: 'after', id }]);
        await engine.close();
        const again = await reopen(files);
        expect(again.resolve('after')).toEqual(id);
        expect(survivors(again)).toEqual(found);
        await again.close();
      }),
      { numRuns: 80 },
    );
  });

  test('a store of a later format is refused by its number', async () => {
    const files = await sample();
    const { crc32c } = await import('../../src/crc32c.ts');
    const bytes = files.get('00000001.seg');
    bytes[8] = 2;
    new DataView(bytes.buffer).setUint32(60, crc32c(bytes, 0, 60), true);
    files.set('00000001.seg', bytes);
    await expect(reopen(files)).rejects.toMatchObject({ code: 'unsupported-version' });
  });

  test('names that are no segments are left alone', async () => {
    const files = await sample();
    files.set('lock', Uint8Array.of(1));
    files.set('00000000.seg', Uint8Array.of(1));
    files.set('../00000009.seg', Uint8Array.of(1));
    expect(survivors(await reopen(files))).toEqual({ blobs: 60, names: 60 });
  });
});
