// Who looks at capabilities sees what is held, and can use none of it: an id means something in its own table only.
import { CapabilityManager, Endpoint, type Grant, ProcessHandle, ProcessSpawner, Timer } from '@capos/abi';
import { TRANSPORT_BAD_CAP } from '@capos/ipc-ring';
import { expect, it } from 'vitest';
import type { KernelObject } from '../../src/capabilities/kernel-object.ts';
import { TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const INTERFACE = 5n;
const SECRETS = 6;

it('lists what its caller holds: name, interface, badge, how it may travel, where it came from, whether it lives', () => {
  const { kernel, client } = testKernel();
  const endpoint = kernel.createEndpoint();
  const owner = client('owner', { endpoint: endpoint.owner });
  const holder = client('holder', {
    manager: kernel.objects.capabilityManager,
    service: endpoint.facet(7n, INTERFACE),
    timer: kernel.objects.timer,
  });
  const list = () =>
    holder.call(holder.cap('manager'), CapabilityManager.methods.list, {}).value.entries.map((entry) => ({ ...entry }));
  expect(list()).toEqual([
    expect.objectContaining({ name: 'manager', cap: holder.cap('manager'), interfaceId: CapabilityManager.id }),
    {
      name: 'service',
      cap: holder.cap('service'),
      interfaceId: INTERFACE,
      badge: 7n,
      transferMode: 'copy',
      origin: 'spawnGrant',
      live: true,
    },
    expect.objectContaining({ name: 'timer', interfaceId: Timer.id, badge: 0n, live: true }),
  ]);
  owner.call(owner.cap('endpoint'), Endpoint.methods.revoke, { badge: 7n });
  expect(list().map(({ name, live }) => [name, live])).toEqual([
    ['manager', true],
    ['service', false],
    ['timer', true],
  ]);
  // It revokes what its caller had made, and nothing else.
  const revoked = holder.call(holder.cap('manager'), CapabilityManager.methods.revoke, { cap: holder.cap('timer') });
  expect(revoked.exception?.kind).toBe('invalidArgument');
  for (const program of [owner, holder]) program.process.kill(9);
  expect(isEmpty(kernel)).toBe(true);
});

it('what is seen of another process’s capabilities can be neither called nor passed on', () => {
  const { kernel, client, log } = testKernel();
  const service = kernel.createEndpoint();
  const secrets = Array.from(
    { length: SECRETS },
    (_, index) => service.facet(BigInt(index), INTERFACE) as KernelObject,
  );
  const names = secrets.map((_, index) => `secret ${index}`);
  let child: TestClient | undefined;
  kernel.registerProgram('child', (port) => {
    child = new TestClient(port);
  });
  const own = kernel.createEndpoint();
  const server = client('server', { endpoint: service.owner, own: own.owner });
  const looker = client('looker', {
    spawner: kernel.objects.processSpawner,
    own: own.facet(1n, INTERFACE),
    ...Object.fromEntries(names.map((name, index) => [name, secrets[index]!])),
  });
  const grants = names.map((name, cap): Grant => ({ name, cap, transferMode: 'copy' }));
  const made = looker.call(
    looker.cap('spawner'),
    ProcessSpawner.methods.spawn,
    { name: 'child', program: 'child', image: new Uint8Array(0), arguments: [], environment: [], grants, limits: [] },
    { transfers: names.map((name) => ({ capId: looker.cap(name), mode: 'move' as const })) },
  );
  kernel.step();
  const handle = made.caps[0]!.capId;
  const held = () => secrets.map(({ holders }) => holders);
  expect(held()).toEqual(secrets.map(() => 1));
  const { entries } = looker.call(handle, ProcessHandle.methods.capabilities, {}).value;
  expect(entries.map(({ name, badge, live }) => [name, badge, live])).toEqual(
    names.map((name, index) => [name, BigInt(index), true]),
  );
  // Looking holds nothing.
  expect(held()).toEqual(secrets.map(() => 1));
  const waiting = server.receive(server.cap('endpoint'));
  server.receive(server.cap('own'));
  const mine = new Set([looker.cap('spawner'), looker.cap('own'), handle]);
  const foreign = entries.filter(({ cap }) => !mine.has(cap));
  expect(foreign.length).toBeGreaterThan(0);
  for (const { cap } of foreign) {
    expect(looker.callRaw<unknown>(cap, 0, looker.allocate(), 0).result).toBe(-TRANSPORT_BAD_CAP);
    for (const mode of ['copy', 'move'] as const) {
      const passing = { transfers: [{ capId: cap, mode }] };
      expect(looker.callRaw<unknown>(looker.cap('own'), 0, looker.allocate(), 0, passing).result).toBe(
        -TRANSPORT_BAD_CAP,
      );
    }
  }
  expect(waiting.done).toBe(false);
  expect(held()).toEqual(secrets.map(() => 1));
  child!.port.exit(0);
  for (const program of [looker, server]) program.process.kill(9);
  kernel.runUntilIdle();
  expect(isEmpty(kernel)).toBe(true);
  expect(log).toEqual([]);
});
