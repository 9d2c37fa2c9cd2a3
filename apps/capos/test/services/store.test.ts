// Store and Namespace as a program on the kernel: what its clients can do, and what they can't.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Namespace, Store } from '@capos/abi';
import { adopt, type Environment } from '@capos/runtime';
import { createStoreProgram, memoryEngine } from '@capos/store';
import { openStoreDirectory } from '@capos/store/host-node';
import { expect, test } from 'vitest';
import { isEmpty, system } from './system.ts';

const bytes = (length: number, salt = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + salt) & 0xff);

function scene(engine = memoryEngine(), arenaBytes = 1 << 20) {
  const it = system();
  const [store, namespace] = [it.kernel.createEndpoint(), it.kernel.createEndpoint()];
  const server = it.serve(
    'store',
    createStoreProgram({ engine, onError: (error) => it.log.push(String(error)) }),
    { store: store.owner, namespace: namespace.owner },
    arenaBytes,
  );
  const client = it.client(
    'client',
    { store: store.facet(1n, Store.id), namespace: namespace.facet(1n, Namespace.id) },
    arenaBytes,
  );
  return { ...it, engine, server, client, store, namespace };
}

const names = (environment: Environment) => environment.capSet.get('namespace', Namespace);

test('a blob goes in and comes out in pieces, and what is not there is missing', async () => {
  const { client, settle } = scene();
  const store = client.capSet.get('store', Store);
  const content = bytes(100_000);
  const { id } = await settle(store.put({ data: content }));
  expect(await settle(store.has({ id }))).toEqual({ present: true, size: 100_000n });
  const { data, size, missing } = await settle(store.get({ id, offset: 99_000n, length: 5000 }));
  expect([size, missing, data]).toEqual([100_000n, false, content.slice(99_000)]);
  const other = id.slice();
  other[20]! ^= 1;
  expect((await settle(store.get({ id: other, offset: 0n, length: 10 }))).missing).toBe(true);
  expect((await settle(store.has({ id: other }))).present).toBe(false);
  expect((await settle(store.get({ id, offset: 2n ** 64n - 1n, length: 10 }))).data.length).toBe(0);
  await settle(store.sync());
});

test('with a larger arena a blob of a mebibyte goes in one message', async () => {
  const { client, settle } = scene(memoryEngine(), 32 << 20);
  const store = client.capSet.get('store', Store);
  const { id } = await settle(store.put({ data: bytes(1 << 20) }));
  const { data } = await settle(store.get({ id, offset: 0n, length: 1 << 20 }, { resultCapacity: (1 << 20) + 4096 }));
  expect(data).toEqual(bytes(1 << 20));
});

test('names are bound, compared, listed in pages and committed together', async () => {
  const { client, settle, engine } = scene();
  const namespace = names(client);
  const [one, two] = [engine.put(bytes(1)), engine.put(bytes(2))];
  const none = new Uint8Array();
  const bind = (name: string, id: Uint8Array, ifMatch: Uint8Array = none, conditional = false) =>
    settle(namespace.bind({ name, id, ifMatch, conditional })).then(({ outcome }) => outcome);
  expect(await settle(namespace.resolve({ name: 'a' }))).toEqual({ binding: { which: 'missing' } });
  expect(await bind('a', one, none, true)).toBe('ok');
  expect(await bind('a', two, none, true)).toBe('conflict');
  expect(await bind('a', two, one, true)).toBe('ok');
  expect(await bind('x', bytes(34).fill(0x20, 1, 2).fill(0x12, 0, 1))).toBe('missing');
  expect(await settle(namespace.resolve({ name: 'a' }))).toEqual({ binding: { which: 'id', id: two } });
  const change = (name: string, id: Uint8Array) => ({ name, id, ifMatch: none, conditional: false });
  expect(await settle(namespace.commit({ changes: [change('b', one), change('nothing', none)] }))).toEqual({
    outcome: 'missing',
    name: 'nothing',
  });
  const many = Array.from({ length: 100 }, (_, i) => change(`n/${String(i).padStart(3, '0')}${'x'.repeat(200)}`, one));
  expect(await settle(namespace.commit({ changes: many.slice(0, 50) }))).toEqual({ outcome: 'ok', name: '' });
  expect(await settle(namespace.commit({ changes: many.slice(50) }))).toEqual({ outcome: 'ok', name: '' });
  const listed: string[] = [];
  for (let after = '', more = true; more; ) {
    const page = await settle(namespace.list({ prefix: 'n/', after, limit: 0 }));
    listed.push(...page.entries.map((entry) => entry.name));
    more = page.more;
    after = listed.at(-1)!;
  }
  expect(listed).toEqual(many.map((each) => each.name));
  expect(await settle(namespace.unbind({ name: 'a' }))).toEqual({ outcome: 'ok' });
  expect(await settle(namespace.unbind({ name: 'a' }))).toEqual({ outcome: 'missing' });
  await settle(namespace.sync());
});

test('bad arguments are the caller’s fault and change nothing', async () => {
  const { client, settle, engine } = scene();
  const namespace = names(client);
  const id = engine.put(bytes(1));
  const invalid = expect.objectContaining({ kind: 'invalidArgument' });
  await expect(settle(namespace.bind({ name: '', id, ifMatch: bytes(0), conditional: false }))).rejects.toEqual(
    invalid,
  );
  await expect(
    settle(namespace.bind({ name: 'a', id: bytes(5), ifMatch: bytes(0), conditional: false })),
  ).rejects.toEqual(invalid);
  await expect(settle(namespace.sub({ prefix: '' }))).rejects.toEqual(invalid);
  await expect(settle(client.capSet.get('store', Store).get({ id: bytes(3), offset: 0n, length: 1 }))).rejects.toEqual(
    invalid,
  );
  await expect(settle(namespace.commit({ changes: [] }))).rejects.toEqual(invalid);
  expect(engine.status().refs).toBe(0);
});

test('the holder of a sub-namespace sees and changes what is below it and nothing else', async () => {
  const { client, settle, engine } = scene();
  const namespace = names(client);
  const id = engine.put(bytes(1));
  engine.commit(['secret', 'a', 'ab', 'a/b/c'].map((name) => ({ name, id })));
  const answer = await settle(namespace.sub({ prefix: 'a' }));
  const sub = client.client(adopt(answer, answer.namespace, Namespace), Namespace);
  expect((await settle(sub.list({ prefix: '', after: '', limit: 0 }))).entries.map((entry) => entry.name)).toEqual([
    'b/c',
  ]);
  for (const name of ['secret', '../secret', '/secret', 'a', '..']) {
    expect((await settle(sub.resolve({ name }))).binding.which).toBe('missing');
    expect((await settle(sub.unbind({ name }))).outcome).toBe('missing');
  }
  await settle(sub.bind({ name: '../secret', id, ifMatch: bytes(0), conditional: false }));
  expect(engine.list().refs.map((ref) => ref.name)).toEqual(['a', 'a/../secret', 'a/b/c', 'ab', 'secret']);
  const deeper = await settle(sub.sub({ prefix: 'b/' }));
  const inner = client.client(adopt(deeper, deeper.namespace, Namespace), Namespace);
  expect((await settle(inner.resolve({ name: 'c' }))).binding.which).toBe('id');
});

test('the server forgets a sub-namespace with its last reference, however often one is asked for', async () => {
  const { client, settle, kernel, server } = scene();
  const namespace = names(client);
  const before = kernel.processes().find((each) => each.name === 'store')!.caps;
  for (let i = 0; i < 200; i++) {
    const answer = await settle(namespace.sub({ prefix: `p${i}` }));
    adopt(answer, answer.namespace, Namespace).release();
  }
  expect(kernel.processes().find((each) => each.name === 'store')!.caps).toBe(before);
  client.exit(0);
  server.kill(9);
  kernel.step();
  expect(isEmpty(kernel)).toBe(true);
});

test('what was synced over the ring is there when the store directory is opened again', async () => {
  const path = mkdtempSync(join(tmpdir(), 'capos-store-'));
  try {
    const first = scene(await openStoreDirectory(path));
    const { id } = await first.settle(first.client.capSet.get('store', Store).put({ data: bytes(5000) }));
    await first.settle(names(first.client).bind({ name: 'kept', id, ifMatch: bytes(0), conditional: true }));
    await first.settle(names(first.client).sync());
    await first.engine.close();
    const second = scene(await openStoreDirectory(path));
    const { binding } = await second.settle(names(second.client).resolve({ name: 'kept' }));
    expect(binding).toEqual({ which: 'id', id });
    const { data } = await second.settle(
      second.client.capSet.get('store', Store).get({ id, offset: 0n, length: 10_000 }),
    );
    expect(data).toEqual(bytes(5000));
    await second.engine.close();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
