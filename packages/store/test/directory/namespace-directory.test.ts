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
