// What every engine promises, as cases that any test framework can run.
import { type BlobId, formatBlobId } from '../blob-id.ts';
import { BLAKE3, SHA_256 } from '../content-hash.ts';
import { type Engine, MAX_NAME_BYTES } from '../engine.ts';
import { type ConformanceCase, check, equal, refuses } from './assertion.ts';

export interface EngineHarness {
  /** A new, empty engine with bounds of at least 1 MiB a blob, 10,000 blobs and 10,000 names. */
  create(): Promise<Engine>;
  /** Closes `engine` and opens what it kept again. Left out by engines that keep nothing. */
  reopen?(engine: Engine): Promise<Engine>;
}

const bytes = (length: number, salt: number = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 7 + salt) & 0xff);
const names = (engine: Engine, prefix: string): string[] => engine.list({ prefix }).refs.map((ref) => ref.name);
const join = (pieces: Iterable<Uint8Array>): Uint8Array => Uint8Array.from([...pieces].flatMap((piece) => [...piece]));

const promises: Record<string, (engine: Engine) => void | Promise<void>> = {
  'what was put comes back under an id that names its hash'(engine) {
    const id = engine.put(bytes(1000));
    equal([id[0], id[1], id.length], [SHA_256, 32, 34], 'the id is a SHA-256');
    equal(engine.get(id), bytes(1000), 'the content');
    equal(engine.size(id), 1000, 'the size');
  },
  'the id of "abc" is that of FIPS 180-4'(engine) {
    equal(
      formatBlobId(engine.put(Uint8Array.of(0x61, 0x62, 0x63))),
      '1220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      'SHA-256 of abc',
    );
  },
  'a blob may be named by BLAKE3 as well, and is then another blob'(engine) {
    const id = engine.put(bytes(100), BLAKE3);
    equal(id[0], BLAKE3, 'the algorithm');
    equal(engine.get(id), bytes(100), 'the content');
    check(formatBlobId(id) !== formatBlobId(engine.put(bytes(100))), 'two algorithms give two ids');
  },
  'the empty blob is a blob'(engine) {
    const id = engine.put(new Uint8Array());
    equal(engine.size(id), 0, 'its size');
    equal(engine.get(id), new Uint8Array(), 'its content');
    equal(join(engine.stream(id)!), new Uint8Array(), 'its stream');
  },
  'the same content twice is one blob'(engine) {
    engine.put(bytes(64));
    engine.put(bytes(64));
    equal(engine.status().blobs, 1, 'blobs');
  },
  'a blob that was never put is not there'(engine) {
    const id = engine.put(bytes(10)).slice();
    id[33]! ^= 1;
    equal([engine.get(id), engine.size(id), engine.stream(id)], [undefined, undefined, undefined], 'get, size, stream');
  },
  'neither the caller nor the reader can change what is stored'(engine) {
    const mine = bytes(256);
    const id = engine.put(mine);
    mine.fill(0);
    engine.get(id)!.fill(0);
    engine.get(id, 0, 10)!.fill(0);
    equal(engine.get(id), bytes(256), 'the content');
    const bound = engine.put(bytes(3));
    engine.commit([{ name: 'n', id: bound }]);
    bound.fill(0);
    engine.resolve('n')!.fill(0);
    equal(engine.resolve('n'), engine.put(bytes(3)), 'the binding');
  },
  'a range is clamped to the blob'(engine) {
    const id = engine.put(bytes(1000));
    equal(engine.get(id, 10, 5), bytes(1000).slice(10, 15), 'within');
    equal(engine.get(id, 990, 100), bytes(1000).slice(990), 'over the end');
    equal(engine.get(id, 5000, 1), new Uint8Array(), 'behind the end');
    equal(engine.get(id, 3, 0), new Uint8Array(), 'of length zero');
    refuses(() => engine.get(id, -1, 5), 'too-large');
  },
  'a stream delivers the blob in order in pieces of the size asked for'(engine) {
    const id = engine.put(bytes(100_000));
    const pieces = [...engine.stream(id, 4096)!];
    check(
      pieces.slice(0, -1).every((piece) => piece.length === 4096),
      'all but the last piece are full',
    );
    equal(join(pieces), bytes(100_000), 'the content');
  },
  'a blob of a mebibyte comes back whole'(engine) {
    equal(engine.get(engine.put(bytes(1 << 20))), bytes(1 << 20), 'the content');
  },
  'bytes that are no id are refused'(engine) {
    refuses(() => engine.get(new Uint8Array()), 'invalid-id');
    refuses(() => engine.get(new Uint8Array(100)), 'invalid-id');
    refuses(() => engine.size(Uint8Array.of(SHA_256, 31, ...bytes(31))), 'invalid-id');
    refuses(() => engine.size(Uint8Array.of(SHA_256, 32, ...bytes(31))), 'invalid-id');
    refuses(() => engine.size(Uint8Array.of(0x11, 20, ...bytes(20))), 'unknown-algorithm');
    refuses(() => engine.put(bytes(1), 0x11), 'unknown-algorithm');
  },
  'a name resolves to what it was last bound to'(engine) {
    const [first, second] = [engine.put(bytes(1)), engine.put(bytes(2))];
    equal(engine.resolve('a'), undefined, 'before');
    equal(engine.commit([{ name: 'a', id: first }]), { outcome: 'committed' }, 'bind');
    equal(engine.commit([{ name: 'a', id: second }]), { outcome: 'committed' }, 'bind again');
    equal(engine.resolve('a'), second, 'after');
  },
  'compare-and-bind binds only over what was expected'(engine) {
    const [first, second] = [engine.put(bytes(1)), engine.put(bytes(2))];
    equal(
      engine.commit([{ name: 'a', id: first, expected: first }]).outcome,
      'conflict',
      'expected a binding, found none',
    );
    equal(engine.commit([{ name: 'a', id: first, expected: null }]).outcome, 'committed', 'expected none, found none');
    equal(
      engine.commit([{ name: 'a', id: second, expected: null }]),
      { outcome: 'conflict', name: 'a' },
      'expected none',
    );
    equal(engine.commit([{ name: 'a', id: second, expected: second }]).outcome, 'conflict', 'expected another');
    equal(engine.commit([{ name: 'a', id: second, expected: first }]).outcome, 'committed', 'expected the right one');
    equal(engine.resolve('a'), second, 'the binding');
  },
  'an unbound name is gone, and unbinding it again finds nothing'(engine) {
    const id = engine.put(bytes(1));
    engine.commit([{ name: 'a', id }]);
    equal(engine.commit([{ name: 'a', id: null, expected: id }]).outcome, 'committed', 'unbind');
    equal(engine.resolve('a'), undefined, 'resolve');
    equal(engine.commit([{ name: 'a', id: null }]), { outcome: 'missing', name: 'a' }, 'unbind again');
  },
  'a name is not bound to a blob that is not there'(engine) {
    const id: BlobId = engine.put(bytes(1)).slice();
    id[10]! ^= 0xff;
    equal(engine.commit([{ name: 'a', id }]), { outcome: 'missing', name: 'a' }, 'bind');
    equal(engine.resolve('a'), undefined, 'resolve');
  },
  'a transaction binds all its names or none'(engine) {
    const id = engine.put(bytes(1));
    engine.commit([{ name: 'b', id }]);
    const all = ['a', 'b', 'c'].map((name) => ({ name, id, expected: null }));
    equal(engine.commit(all), { outcome: 'conflict', name: 'b' }, 'a conflict in the middle');
    equal(names(engine, ''), ['b'], 'nothing else was bound');
    equal(
      engine.commit([
        { name: 'a', id },
        { name: 'b', id: null },
      ]).outcome,
      'committed',
      'bind one, unbind another',
    );
    equal(names(engine, ''), ['a'], 'both happened');
  },
  'a transaction that makes no sense is refused'(engine) {
    const id = engine.put(bytes(1));
    refuses(() => engine.commit([]), 'invalid-transaction');
    refuses(
      () =>
        engine.commit([
          { name: 'a', id },
          { name: 'a', id: null },
        ]),
      'invalid-transaction',
    );
    refuses(() => engine.commit([{ name: 'a', id: new Uint8Array(3) }]), 'unknown-algorithm');
    equal(engine.status().refs, 0, 'names');
  },
  'names are bounded and well-formed'(engine) {
    const id = engine.put(bytes(1));
    for (const name of ['', 'a\0b', 'x'.repeat(MAX_NAME_BYTES + 1), '€'.repeat(400), '\ud800', 'a\udc00b']) {
      refuses(() => engine.commit([{ name, id }]), 'invalid-name');
    }
    for (const name of ['x'.repeat(MAX_NAME_BYTES), '../..', ' ', '😀', 'é']) {
      equal(engine.commit([{ name, id }]).outcome, 'committed', `binding ${name}`);
      equal(engine.resolve(name), id, `resolving ${name}`);
    }
  },
  'names list in the order of their UTF-8 bytes, also above the basic plane'(engine) {
    const id = engine.put(bytes(1));
    const ordered = ['B', 'a', 'aa', 'b', 'é', '€', '\ue000', '\uffee', '😀', '😁'];
    engine.commit([...ordered].reverse().map((name) => ({ name, id })));
    equal(names(engine, ''), ordered, 'the order');
  },
  'a listing pages through exactly the names with a prefix'(engine) {
    const id = engine.put(bytes(1));
    const wanted = Array.from({ length: 1234 }, (_, i) => `dir/${String(i).padStart(5, '0')}`);
    engine.commit([...wanted, 'dir', 'dis', 'a', 'z'].map((name) => ({ name, id })));
    const found: string[] = [];
    for (let after = '', more = true; more; ) {
      const page = engine.list({ prefix: 'dir/', after, limit: 100 });
      check(page.refs.length <= 100, 'no page is longer than asked for');
      found.push(...page.refs.map((ref) => ref.name));
      more = page.more;
      after = found.at(-1)!;
    }
    equal(found, wanted, 'all pages');
    equal(engine.list({ prefix: 'dir/', after: 'e' }), { refs: [], more: false }, 'after the run of the prefix');
    equal(
      engine.list({ prefix: 'dir/', after: 'b', limit: 1 }).refs[0]!.name,
      'dir/00000',
      'after something before it',
    );
    equal(
      engine.list({ after: 'dis' }).refs.map((ref) => ref.name),
      ['z'],
      'without a prefix',
    );
  },
  'a sync with nothing to do resolves, and so do many at once'(engine) {
    engine.put(bytes(1));
    return Promise.all(Array.from({ length: 20 }, () => engine.sync())).then(() => engine.sync());
  },
  async 'a closed engine says so'(engine) {
    const id = engine.put(bytes(1));
    await engine.close();
    await engine.close();
    refuses(() => engine.put(bytes(2)), 'closed');
    refuses(() => engine.get(id), 'closed');
    refuses(() => engine.resolve('a'), 'closed');
    refuses(() => engine.commit([{ name: 'a', id }]), 'closed');
    let code: unknown;
    await engine.sync().catch((error) => {
      code = error.code;
    });
    equal(code, 'closed', 'sync');
  },
};

/** The promises of {@link Engine}. Each case opens an engine of its own and closes it. */
export function engineConformance(harness: EngineHarness): ConformanceCase[] {
  const cases = Object.entries(promises).map(([name, promise]) => ({
    name,
    async run() {
      const engine = await harness.create();
      try {
        await promise(engine);
      } finally {
        await engine.close();
      }
    },
  }));
  const { reopen } = harness;
  if (reopen === undefined) return cases;
  return [
    ...cases,
    {
      name: 'everything is there again after closing and opening',
      async run() {
        let engine = await harness.create();
        const ids = Array.from({ length: 300 }, (_, i) => engine.put(bytes(i * 17, i)));
        engine.commit(ids.map((id, i) => ({ name: `n/${i}`, id })));
        engine.commit([{ name: 'n/5', id: null }]);
        engine.commit([{ name: 'n/6', id: ids[7]! }]);
        for (let round = 0; round < 2; round++) {
          engine = await reopen(engine);
          ids.forEach((id, i) => {
            equal(engine.get(id), bytes(i * 17, i), `blob ${i}`);
          });
          equal(engine.status().refs, 299, 'names');
          equal([engine.resolve('n/5'), engine.resolve('n/6')], [undefined, ids[7]], 'the changed names');
          equal(engine.status().damage, [], 'damage');
          engine.put(bytes(99, round));
        }
        await engine.close();
      },
    },
  ];
}
