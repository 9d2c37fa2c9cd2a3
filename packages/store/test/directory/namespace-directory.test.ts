// A file system in a store comes back as it was at its last sync, and damage in it is said.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenDirectory, OpenFile } from '../../src/directory/file-system.ts';
import { createNamespaceDirectory } from '../../src/directory/namespace-directory.ts';
import { type Engine, memoryEngine, segmentEngine } from '../../src/index.ts';
import { engineNamespace } from '../../src/namespace/namespace.ts';
import { entropy } from '../support/entropy.ts';
import { FaultFiles } from '../support/fault-files.ts';

let now = 0n;
const wallClock = (): bigint => now++;
const name = (text: string): Uint8Array => new TextEncoder().encode(text);
const mount = (engine: Engine, maxBytes?: number): Promise<OpenDirectory> =>
  createNamespaceDirectory(engine, engineNamespace(engine, 'fs'), {
    wallClock,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });

async function write(file: OpenFile, offset: number, data: Uint8Array): Promise<void> {
  for (let waiting = file.prepare?.(offset, data.length); waiting; waiting = file.prepare?.(offset, data.length))
    await waiting;
  expect(file.write(offset, data, false)).toMatchObject({ errno: 0, count: data.length });
}

async function read(file: OpenFile): Promise<Uint8Array> {
  const size = Math.min(1 << 20, Number(file.stat().stat.size)); // what is made up may claim any size
  for (let waiting = file.prepare?.(0, size); waiting; waiting = file.prepare?.(0, size)) await waiting;
  return file.read(0, size).data;
}

/** Everything below a directory: names, kinds, attributes, links, contents. */
async function picture(directory: OpenDirectory): Promise<unknown> {
  const all: Record<string, unknown> = {};
  for (const { name: bytes, kind } of directory.list(0, 10_000).entries) {
    const { stat } = directory.lookup(bytes);
    const attributes = [kind, stat.mode, stat.uid, stat.links, stat.modifiedNs, stat.inode];
    const key = String.fromCharCode(...bytes);
    if (kind === 'directory') {
      const inner = directory.openDirectory(bytes).directory!;
      all[key] = [...attributes, await picture(inner)];
      inner.close();
    } else if (kind === 'symlink') all[key] = [...attributes, [...directory.readLink(bytes).path]];
    else {
      const { file } = directory.openFile(bytes, 1, 0);
      all[key] = [...attributes, Buffer.from(await read(file!)).toString('base64')];
      file!.close();
    }
  }
  return all;
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('write'),
    name: fc.nat(5),
    at: fc.constantFrom(0, 10, 65530, 200000),
    size: fc.constantFrom(0, 5, 70000),
    fill: fc.nat(255),
  }),
  fc.record({ kind: fc.constant('truncate'), name: fc.nat(5), at: fc.constantFrom(0, 7, 65540) }),
  fc.record({ kind: fc.constantFrom('mkdir', 'enter', 'remove', 'symlink', 'mode'), name: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('rename', 'link'), name: fc.nat(5), to: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('sync', 'sync', 'up') }),
);

test('after a crash the tree is exactly what the last sync left, with little memory or much', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 40 }),
      fc.constantFrom(400_000, 10_000_000),
      async (steps, maxBytes) => {
        const files = new FaultFiles();
        const options = { entropy, segmentBytes: 1 << 20, bufferBytes: 65536 };
        const engine = await segmentEngine(files, options);
        const root = await mount(engine, maxBytes);
        await root.sync();
        let synced = await picture(root);
        let current = root;
        for (const each of steps) {
          const step = each as { kind: string; name: number; at: number; size: number; fill: number; to: number };
          const at = name(String(step.name));
          if (step.kind === 'write' || step.kind === 'truncate') {
            const { file } = current.openFile(at, 7, 0o644);
            if (file === undefined) continue;
            if (step.kind === 'write') await write(file, step.at, new Uint8Array(step.size).fill(step.fill));
            else {
              for (let waiting = file.prepare?.(step.at, 1); waiting; waiting = file.prepare?.(step.at, 1))
                await waiting;
              file.truncate(step.at);
            }
            file.close();
          } else if (step.kind === 'mkdir') current.makeDirectory(at, 0o755);
          else if (step.kind === 'enter') current = current.openDirectory(at).directory ?? current;
          else if (step.kind === 'up') current = root;
          else if (step.kind === 'remove') current.remove(at, step.name % 2 === 0);
          else if (step.kind === 'symlink') current.symlink(at, name('target'));
          else if (step.kind === 'mode')
            current.setAttributes(at, { mask: 1, mode: 0o700, uid: 0, gid: 0, accessedNs: 0n, modifiedNs: 0n });
          else if (step.kind === 'rename') current.rename(at, root, name(String(step.to)), 0);
          else if (step.kind === 'link') current.link(at, root, name(String(step.to)));
          else {
            expect(await current.sync()).toEqual({ errno: 0 });
            synced = await picture(root);
            const again = await segmentEngine(files.afterPowerFailure(), options);
            expect(await picture(await mount(again))).toEqual(synced);
          }
        }
        // Memory pressure may have synced since: then the last life is that later state, never a mixture.
        if (maxBytes > 1e6) {
          const again = await segmentEngine(files.afterPowerFailure(), options);
          expect(await picture(await mount(again))).toEqual(synced);
        }
        expect(await root.sync()).toEqual({ errno: 0 });
        expect(await picture(await mount(await segmentEngine(files.afterPowerFailure(), options)))).toEqual(
          await picture(root),
        );
      },
    ),
    { numRuns: 60 },
  );
});

/** Has a log die after so many commits to it, with all that it has written. */
function dyingAfter(engine: Engine, files: FaultFiles, commits: number): { readonly lost: FaultFiles[] } {
  const lost: FaultFiles[] = [];
  const { commit } = engine;
  let left = commits;
  engine.commit = (changes) => {
    const outcome = commit.call(engine, changes);
    if (--left === 0) lost.push(files.copy());
    return outcome;
  };
  return { lost };
}

test('a sync of more names than a transaction has is one all the same, wherever it ends', async () => {
  const options = { entropy, segmentBytes: 1 << 20, bufferBytes: 256 };
  const move = async (commits: number): Promise<void> => {
    const files = new FaultFiles();
    const engine = await segmentEngine(files, options);
    const root = await mount(engine);
    root.makeDirectory(name('a'), 0o755);
    root.makeDirectory(name('b'), 0o755);
    const a = root.openDirectory(name('a')).directory!;
    const b = root.openDirectory(name('b')).directory!;
    a.makeDirectory(name('moved'), 0o755);
    for (let i = 0; i < 600; i++) a.makeDirectory(name(`x${i}`), 0o755);
    await root.sync();
    const before = await picture(root);
    a.rename(name('moved'), b, name('moved'), 0);
    for (let i = 0; i < 600; i++) a.rename(name(`x${i}`), i % 2 === 0 ? b : a, name(`y${i}`), 0);
    for (let i = 0; i < 600; i++) b.makeDirectory(name(`z${i}`), 0o700);
    const { lost } = dyingAfter(engine, files, commits);
    await root.sync();
    const after = await picture(root);
    const again = await mount(await segmentEngine(lost[0] ?? files.copy(), options));
    const found = await picture(again);
    expect([before, after]).toContainEqual(found);
    again.makeDirectory(name('new'), 0o755);
    expect(await again.sync()).toEqual({ errno: 0 });
  };
  for (const commits of [1, 2, 3, 4, 99]) await move(commits);
});

test('a sync is of one moment, whatever changes while it is stored', async () => {
  const engine = memoryEngine();
  let meanwhile = (): void => {};
  const slow = {
    async put(content: Uint8Array) {
      meanwhile();
      await undefined;
      return engine.put(content);
    },
    get: (id: Uint8Array) => engine.get(id),
  };
  const root = await createNamespaceDirectory(slow, engineNamespace(engine, 'fs'), { wallClock });
  root.makeDirectory(name('a'), 0o755);
  root.makeDirectory(name('b'), 0o755);
  const a = root.openDirectory(name('a')).directory!;
  const b = root.openDirectory(name('b')).directory!;
  a.makeDirectory(name('wanders'), 0o755);
  await root.sync();
  root.makeDirectory(name('first'), 0o755);
  a.makeDirectory(name('new'), 0o755);
  meanwhile = () => {
    meanwhile = () => {};
    a.rename(name('wanders'), b, name('wanders'), 0);
  };
  await root.sync();
  const found = (await picture(await mount(engine))) as Record<string, unknown[]>;
  const inner = ['a', 'b'].flatMap((one) => Object.keys(found[one]!.at(-1) as object));
  expect(inner.filter((one) => one === 'wanders')).toHaveLength(1);
});

test('a file larger than the memory is written and read back', async () => {
  const engine = memoryEngine();
  const root = await mount(engine, 400_000);
  const { file } = root.openFile(name('big'), 7, 0o644);
  const piece = (i: number): Uint8Array => new Uint8Array(50_000).fill(i + 1);
  for (let i = 0; i < 60; i++) await write(file!, i * 50_000, piece(i));
  for (let i = 0; i < 60; i++) {
    for (let waiting = file!.prepare?.(i * 50_000, 50_000); waiting; waiting = file!.prepare?.(i * 50_000, 50_000))
      await waiting;
    expect(file!.read(i * 50_000, 50_000).data).toEqual(piece(i));
  }
});

test('a write waits for the memory that it takes, which is more than its length', async () => {
  const root = await mount(memoryEngine(), 400_000);
  const pieces: readonly [string, number, number][] = [
    ['a', 65530, 70000],
    ['b', 65530, 5],
    ['c', 0, 70000],
    ['d', 65530, 70000],
  ];
  for (const [own, at, size] of pieces) {
    const { file } = root.openFile(name(own), 7, 0o644);
    await write(file!, at, new Uint8Array(size));
    file!.close();
  }
});

test('a removed inode leaves the namespace at the next sync, one that was held open when the last life ended too', async () => {
  const engine = memoryEngine();
  const root = await mount(engine);
  const { file } = root.openFile(name('a'), 7, 0o644);
  await root.sync();
  expect(engine.status().refs).toBe(2);
  root.remove(name('a'), false);
  await root.sync();
  const again = await mount(engine); // the handle is never closed
  await again.sync();
  expect(engine.status().refs).toBe(1);
  expect(file!.stat().stat.links).toBe(0);
});

test('a second file system in the same names is found out and neither overwrites the other', async () => {
  const engine = memoryEngine();
  const first = await mount(engine);
  await first.sync();
  const second = await mount(engine);
  first.makeDirectory(name('one'), 0o755);
  second.makeDirectory(name('two'), 0o755);
  expect(await first.sync()).toEqual({ errno: 0 });
  expect(await second.sync()).toEqual({ errno: 5 });
  expect(await second.sync()).toEqual({ errno: 5 });
  expect(Object.keys((await picture(await mount(engine))) as object)).toEqual(['one']);
});

test('a sync that the store refuses is an error now and is made good by a later one', async () => {
  const engine = memoryEngine({ maxBlobs: 3 });
  const root = await mount(engine);
  for (let i = 0; i < 5; i++) root.makeDirectory(name(`d${i}`), 0o700 + i);
  expect(await root.sync()).toEqual({ errno: 28 });
  const roomy = memoryEngine();
  let refuse = true;
  const store = {
    put: (content: Uint8Array) => {
      if (refuse) throw new Error('not now');
      return roomy.put(content);
    },
    get: (id: Uint8Array) => roomy.get(id),
  };
  const other = await createNamespaceDirectory(store, engineNamespace(roomy), { wallClock });
  other.makeDirectory(name('d'), 0o755);
  expect(await other.sync()).toEqual({ errno: 5 });
  refuse = false;
  expect(await other.sync()).toEqual({ errno: 0 });
  expect(
    Object.keys(
      (await picture(await createNamespaceDirectory(roomy, engineNamespace(roomy), { wallClock }))) as object,
    ),
  ).toEqual(['d']);
});

test('names that are no file system are refused with a typed error, whatever they hold', async () => {
  const good = memoryEngine();
  const root = await mount(good);
  root.makeDirectory(name('d'), 0o755);
  const { file } = root.openFile(name('f'), 7, 0o644);
  await write(file!, 0, name('text'));
  await root.sync();
  const records = await engineNamespace(good, 'fs').list();
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(200), fc.nat(255), fc.boolean(), async (which, at, value, cut) => {
      const engine = memoryEngine();
      for (const [i, { name, id }] of records.refs.entries()) {
        let content = good.get(id)!;
        if (i === which) {
          if (cut) content = content.slice(0, at % content.length);
          else content[at % content.length] = value;
        }
        engine.commit([{ name: `fs/${name}`, id: engine.put(content) }]);
      }
      try {
        await picture(await mount(engine));
      } catch (error) {
        expect((error as { code: unknown }).code).toBe('corrupt');
      }
    }),
    { numRuns: 1000 },
  );
  const cycle = memoryEngine();
  cycle.commit([{ name: 'fs/i/7', id: cycle.put(name('nonsense')) }]);
  await expect(mount(cycle)).rejects.toMatchObject({ code: 'corrupt' });
});

test('a journal that is none is refused with a typed error, whatever it holds', async () => {
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    // Well formed, of inodes and ids that are made up.
    fc.tuple(fc.nat(3), fc.uint8Array({ maxLength: 40 })).map(([inode, id]) => {
      return Uint8Array.of(1, 1, 0, 0, 0, inode, 0, 0, 0, 0, 0, 0, 0, id.length, ...id);
    }),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async (content) => {
      const engine = memoryEngine();
      await (await mount(engine)).sync();
      engine.commit([{ name: 'fs/j', id: engine.put(content) }]);
      const outcome = await mount(engine).then(
        () => 'mounted',
        (error) => error.code,
      );
      // An inode that is not there may be unbound.
      expect(['corrupt', 'mounted']).toContain(outcome);
      if (outcome === 'mounted') expect(content[13]).toBe(0);
    }),
    { numRuns: 300 },
  );
});
