// Directory programs on the kernel: the same walk over a temporary tree, one kept in a store, and a directory of the host.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Directory, File, Namespace, Store } from '@capos/abi';
import { adopt, type Client, capOf, type Environment } from '@capos/runtime';
import {
  createMemoryDirectoryProgram,
  createNamespaceDirectoryProgram,
  createStoreProgram,
  ERRNO,
  memoryEngine,
} from '@capos/store';
import { createHostDirectoryProgram } from '@capos/store/host-node';
import { afterAll, describe, expect, test } from 'vitest';
import { isEmpty, type System, system } from './system.ts';

const root = mkdtempSync(join(tmpdir(), 'capos-directory-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
const name = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
type Root = Client<typeof Directory>;

interface Scene extends Omit<System, 'client'> {
  readonly client: Environment & { process: { kill(signal: number): void } };
  readonly directory: Root;
  readonly server: { kill(signal: number): void };
}

const errors: unknown[] = [];
const onError = (error: unknown): void => void errors.push(error);

function scene(
  program: (it: System) => { program: Parameters<System['serve']>[1]; grants: Parameters<System['serve']>[2] },
  arenaBytes = 4 << 20,
): Scene {
  const it = system();
  const endpoint = it.kernel.createEndpoint();
  const made = program(it);
  const server = it.serve('files', made.program, { ...made.grants, root: endpoint.owner }, arenaBytes);
  const client = it.client('client', { root: endpoint.facet(1n, Directory.id) }, arenaBytes);
  return { ...it, server, client, directory: client.capSet.get('root', Directory) };
}

const memory = (): Scene =>
  scene(() => ({ program: createMemoryDirectoryProgram({ wallClock, onError }), grants: {} }));
const host = (path = mkdtempSync(join(root, 'h')), readOnly = false): Scene =>
  scene(() => ({
    program: createHostDirectoryProgram({ roots: [{ name: 'root', path, readOnly }], onError }),
    grants: {},
  }));
const kept = (engine = memoryEngine()): Scene =>
  scene((it) => {
    const [store, namespace] = [it.kernel.createEndpoint(), it.kernel.createEndpoint()];
    it.serve(
      'store',
      createStoreProgram({ engine, onError }),
      { store: store.owner, namespace: namespace.owner },
      2 << 20,
    );
    const grants = { store: store.facet(1n, Store.id), namespace: namespace.facet(1n, Namespace.id) };
    return { program: createNamespaceDirectoryProgram({ wallClock, onError }), grants };
  });

async function open(it: Scene, directory: Root, file: string, flags = 7): Promise<Client<typeof File>> {
  const answer = await it.settle(directory.openFile({ name: name(file), flags, mode: 0o644 }));
  expect(answer.errno).toBe(0);
  return it.client.client(adopt(answer, answer.file, File), File);
}

async function enter(it: Scene, directory: Root, into: string): Promise<Root> {
  const answer = await it.settle(directory.openDirectory({ name: name(into) }));
  expect(answer.errno).toBe(0);
  return it.client.client(adopt(answer, answer.directory, Directory), Directory);
}

describe.each([
  ['a temporary tree', memory],
  ['a tree kept in a store', kept],
  ['a directory of the host', host],
] as const)('%s', (_name, make) => {
  test('is walked, written, read, listed, renamed and synced through capabilities', async () => {
    const it = make();
    const { directory, settle, client } = it;
    expect(await settle(directory.makeDirectory({ name: name('d'), mode: 0o755 }))).toEqual({ errno: 0 });
    const inner = await enter(it, directory, 'd');
    const file = await open(it, inner, 'f');
    const content = bytes(150_000);
    for (let at = 0; at < content.length; at += 50_000) {
      const written = await settle(file.write({ offset: 0n, data: content.slice(at, at + 50_000), append: true }));
      expect(written).toEqual({ errno: 0, count: 50_000, offset: BigInt(at) });
    }
    const { data } = await settle(file.read({ offset: 10n, length: 140_000 }, { resultCapacity: 150_000 }));
    expect(data).toEqual(content.slice(10, 140_010));
    expect((await settle(file.stat())).stat).toMatchObject({ kind: 'file', size: 150_000n, mode: 0o644, links: 1 });
    expect(await settle(file.truncate({ size: 5n }))).toEqual({ errno: 0 });
    expect(await settle(file.sync({ dataOnly: true }))).toEqual({ errno: 0 });
    expect(await settle(directory.sync())).toEqual({ errno: 0 });
    const rename = (from: Root, to: Root, target: string) =>
      settle(
        from.rename({ name: name('f'), target: 0, targetName: name(target), flags: 0 }, { transfers: [capOf(to)] }),
      );
    expect(await rename(inner, directory, 'f')).toEqual({ errno: 0 });
    expect(await rename(directory, inner, 'f')).toEqual({ errno: 0 });
    expect(
      await settle(
        inner.link({ name: name('f'), target: 0, targetName: name('g') }, { transfers: [capOf(directory)] }),
      ),
    ).toEqual({ errno: 0 });
    expect(await settle(directory.symlink({ name: name('l'), path: name('d/f') }))).toEqual({ errno: 0 });
    expect(await settle(directory.readLink({ name: name('l') }))).toEqual({ errno: 0, path: name('d/f') });
    const { entries, end } = await settle(directory.list({ cookie: 0n, limit: 0 }));
    const listed = entries.map((entry) => [new TextDecoder().decode(entry.name), entry.kind]).sort();
    expect([listed, end]).toEqual([
      [
        ['d', 'directory'],
        ['g', 'file'],
        ['l', 'symlink'],
      ],
      true,
    ]);
    const set = { mask: 1, mode: 0o600, uid: 0, gid: 0, accessedNs: 0n, modifiedNs: 0n };
    expect(await settle(directory.setAttributes({ name: name('g'), attributes: set }))).toEqual({ errno: 0 });
    expect((await settle(directory.lookup({ name: name('g') }))).stat).toMatchObject({
      mode: 0o600,
      links: 2,
      size: 5n,
    });
    expect((await settle(directory.statFileSystem())).readOnly).toBe(false);
    expect((await settle(directory.openFile({ name: name('l'), flags: 1, mode: 0 }))).errno).toBe(ERRNO.ELOOP);
    expect((await settle(file.read({ offset: 2n ** 63n, length: 5 }))).errno).toBe(ERRNO.EINVAL);
    expect((await settle(file.write({ offset: 2n ** 63n, data: name('x'), append: false }))).errno).toBe(ERRNO.EFBIG);
    expect(client.driver.inFlight).toBe(0);
  });

  test('a removed file is readable until its last reference is released, and thousands of opens leave nothing behind', async () => {
    const it = make();
    const { directory, settle, kernel, client, server } = it;
    const file = await open(it, directory, 'gone');
    await settle(file.write({ offset: 0n, data: name('still here'), append: false }));
    await settle(directory.remove({ name: name('gone'), directory: false }));
    const descriptors = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 5000; i++) {
      const other = await open(it, directory, 'other');
      capOf(other).release();
    }
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(descriptors + 2);
    expect(new TextDecoder().decode((await settle(file.read({ offset: 0n, length: 100 }))).data)).toBe('still here');
    client.process.kill(9);
    kernel.step();
    server.kill(9);
    expect(errors).toEqual([]);
  });
});

test('a directory of another server is not taken for one of its own', async () => {
  const it = system();
  const [one, two] = [it.kernel.createEndpoint(), it.kernel.createEndpoint()];
  it.serve('one', createMemoryDirectoryProgram({ wallClock }), { root: one.owner });
  it.serve('two', createMemoryDirectoryProgram({ wallClock }), { root: two.owner });
  const client = it.client('client', { one: one.facet(1n, Directory.id), two: two.facet(1n, Directory.id) });
  const [first, second] = [client.capSet.get('one', Directory), client.capSet.get('two', Directory)];
  expect((await it.settle(first.makeDirectory({ name: name('d'), mode: 0o755 }))).errno).toBe(0);
  const rename = { name: name('d'), target: 0, targetName: name('e'), flags: 0 };
  expect(await it.settle(first.rename(rename, { transfers: [capOf(second)] }))).toEqual({ errno: ERRNO.EXDEV });
  const invalid = expect.objectContaining({ kind: 'invalidArgument' });
  await expect(it.settle(first.rename(rename))).rejects.toEqual(invalid);
  const answer = await it.settle(first.openFile({ name: name('f'), flags: 7, mode: 0o644 }));
  const file = adopt(answer, answer.file, File);
  await expect(it.settle(first.rename(rename, { transfers: [file] }))).rejects.toEqual(invalid);
  expect((await it.settle(second.list({ cookie: 0n, limit: 0 }))).entries).toEqual([]);
});

test('more handles than allowed is EMFILE, and releasing some makes room', async () => {
  const it = scene(() => ({ program: createMemoryDirectoryProgram({ wallClock, maxHandles: 3 }), grants: {} }));
  const files = [
    await open(it, it.directory, 'a'),
    await open(it, it.directory, 'b'),
    await open(it, it.directory, 'c'),
  ];
  expect((await it.settle(it.directory.openFile({ name: name('d'), flags: 7, mode: 0o644 }))).errno).toBe(ERRNO.EMFILE);
  capOf(files[0]!).release();
  it.kernel.step();
  await open(it, it.directory, 'd');
});

test('a read-only root of the host is read and not changed', async () => {
  const path = mkdtempSync(join(root, 'r'));
  writeFileSync(join(path, 'f'), 'text');
  const it = host(path, true);
  const file = await open(it, it.directory, 'f', 1);
  expect(new TextDecoder().decode((await it.settle(file.read({ offset: 0n, length: 10 }))).data)).toBe('text');
  expect((await it.settle(it.directory.openFile({ name: name('f'), flags: 3, mode: 0 }))).errno).toBe(ERRNO.EROFS);
  expect((await it.settle(it.directory.remove({ name: name('f'), directory: false }))).errno).toBe(ERRNO.EROFS);
  expect((await it.settle(it.directory.statFileSystem())).readOnly).toBe(true);
  expect(readFileSync(join(path, 'f'), 'utf8')).toBe('text');
});

test('files kept in a store outlive their program once synced', async () => {
  const engine = memoryEngine();
  const first = kept(engine);
  const file = await open(first, first.directory, 'f');
  await first.settle(file.write({ offset: 70_000n, data: name('kept'), append: false }));
  expect(await first.settle(file.sync({ dataOnly: false }))).toEqual({ errno: 0 });
  await first.settle(file.write({ offset: 0n, data: name('lost'), append: false }));
  first.server.kill(9);
  const second = kept(engine);
  const again = await open(second, second.directory, 'f', 1);
  const { data } = await second.settle(again.read({ offset: 0n, length: 100_000 }, { resultCapacity: 120_000 }));
  expect(data.length).toBe(70_004);
  expect(new TextDecoder().decode(data.subarray(70_000))).toBe('kept');
  expect(data.subarray(0, 70_000).every((byte) => byte === 0)).toBe(true);
});

test('when client and server are gone the kernel holds nothing', async () => {
  const it = host();
  await open(it, it.directory, 'f');
  await it.settle(it.directory.makeDirectory({ name: name('d'), mode: 0o755 }));
  await enter(it, it.directory, 'd');
  it.client.process.kill(9);
  it.kernel.step();
  it.server.kill(9);
  it.kernel.step();
  expect(isEmpty(it.kernel)).toBe(true);
});
