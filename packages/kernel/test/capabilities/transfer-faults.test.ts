// A fault at each step of a transfer, both ways: nothing is lost, duplicated or half inserted, and ledgers stay exact.
//
//   descriptors read ─▶ checked one by one ─▶ held ─▶ room at the receiver ─▶ payload copied ─▶ committed
import { Endpoint, Notification, NotificationFactory } from '@capos/abi';
import {
  RETURN_REACHED_NOBODY,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_MALFORMED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TIMED_OUT,
} from '@capos/ipc-ring';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ArenaMemory } from '../../src/memory/arena-memory.ts';
import { INACCESSIBLE, SCATTERED } from '../../src/memory/user-memory.ts';
import type { Submitted, TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const COUNT = 5;
const INTERFACE = 3n;

function pair(limits: { client?: object; server?: object } = {}) {
  const test = testKernel();
  const endpoint = test.kernel.createEndpoint();
  const factory = test.kernel.objects.notificationFactory;
  const server = test.client('server', { endpoint: endpoint.owner, factory }, { limits: limits.server ?? {} });
  const client = test.client(
    'client',
    { service: endpoint.facet(1n, INTERFACE), factory },
    { limits: limits.client ?? {} },
  );
  const slots = (): number[] =>
    [client, server].map(({ process }) => test.kernel.ledgers().byProcess.get(process.processId)?.capSlots ?? -1);
  /** Everybody dies, and nothing is left. */
  const bury = (): void => {
    client.process.kill(9);
    server.process.kill(9);
    test.kernel.runUntilIdle();
    expect(isEmpty(test.kernel)).toBe(true);
    expect(test.log).toEqual([]);
  };
  return { ...test, client, server, slots, bury };
}

function tokens(program: TestClient): number[] {
  return Array.from({ length: COUNT }, () => {
    const made = program.call(program.cap('factory'), NotificationFactory.methods.create, {});
    return made.caps[made.value.notification]!.capId;
  });
}

const isHeld = (program: TestClient, capId: number): boolean =>
  program.call(capId, Notification.methods.poll, { mask: 0n }).result >= 0;

const moved = (capIds: readonly number[]) => capIds.map((capId) => ({ capId, mode: 'move' as const }));

function send(client: TestClient, capIds: readonly number[], options = {}): Submitted {
  return client.callRaw<unknown>(client.cap('service'), 0, client.allocate(), 8, {
    transfers: moved(capIds),
    ...options,
  });
}

describe('a call that moves capabilities', () => {
  it.each(Array.from({ length: COUNT }, (_, index) => index))('keeps all when descriptor %i is stale', (index) => {
    const { client, server, slots, bury } = pair();
    const held = tokens(client);
    const received = server.receive(server.cap('endpoint'));
    const before = slots();
    const broken = held.with(index, 0xdead);
    expect(send(client, broken).result).toBe(-TRANSPORT_BAD_CAP);
    // Twice the same, and a mode that is none.
    expect(send(client, held.with(index, held[(index + 1) % COUNT]!)).result).toBe(-TRANSPORT_MALFORMED);
    const message = client.allocate();
    client.callRaw<unknown>(client.cap('service'), 0, message, 8, { transfers: moved(held), hold: true });
    client.bytes[message + 8 + index * 16 + 4] = 7;
    client.enter();
    expect(received.done).toBe(false);
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(client, capId))).toBe(true);
    bury();
  });

  it('keeps all when descriptors lie outside of memory', () => {
    const { client, server, slots, bury } = pair();
    const held = tokens(client);
    server.receive(server.cap('endpoint'));
    const before = slots();
    const end = client.bytes.length - 16;
    const call = client.operation((submissions, userData) => {
      const outcome = submissions.call(client.cap('service'), 0, userData, end, 8, 0, 0, 0);
      submissions.transfers(COUNT);
      return outcome;
    });
    expect(call.result).toBe(-TRANSPORT_BAD_ADDRESS);
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(client, capId))).toBe(true);
    bury();
  });

  it.each([0, 1, COUNT - 1])('keeps all when the receiver has room for %i', (room) => {
    const { client, server, slots, bury } = pair({ server: { capSlots: 2 + room } });
    const held = tokens(client);
    const received = server.receive(server.cap('endpoint'));
    const before = slots();
    expect(send(client, held).result).toBe(-TRANSPORT_NO_MEMORY);
    expect(received.done).toBe(false);
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(client, capId))).toBe(true);
    bury();
  });

  it.each([8, 16, 8 + 16 * COUNT - 1])('keeps all when the receive buffer has %i bytes', (length) => {
    const { client, server, slots, bury } = pair();
    const held = tokens(client);
    server.receive(server.cap('endpoint'), { length });
    const before = slots();
    expect(send(client, held).result).toBe(-TRANSPORT_BUFFER_TOO_SMALL);
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(client, capId))).toBe(true);
    bury();
  });

  it('gets all back when the receiver dies, or time is over, before it receives', () => {
    const { client, server, slots, clock, kernel, bury } = pair();
    const held = tokens(client);
    const before = slots()[0];
    const late = send(client, held, { deadlineNs: 2000 });
    expect(held.some((capId) => isHeld(client, capId))).toBe(false);
    clock.ns = 3000;
    kernel.step();
    expect(late.result).toBe(-TRANSPORT_TIMED_OUT);
    const waiting = send(client, held);
    server.process.kill(9);
    expect(waiting.exception?.kind).toBe('disconnected');
    expect(slots()[0]).toBe(before);
    expect(held.every((capId) => isHeld(client, capId))).toBe(true);
    bury();
  });

  it('that dies before it is received leaves nothing anywhere', () => {
    const { client, server, slots, bury } = pair();
    send(client, tokens(client));
    const before = slots()[1];
    client.process.kill(9);
    expect(server.receive(server.cap('endpoint')).done).toBe(false);
    expect(slots()[1]).toBe(before);
    bury();
  });

  it('delivers what was revoked meanwhile as what it is: disconnected', () => {
    const test = testKernel();
    const [inner, outer] = [test.kernel.createEndpoint(), test.kernel.createEndpoint()];
    const owner = test.client('owner', { endpoint: inner.owner });
    const client = test.client('client', { gift: inner.facet(4n, INTERFACE), service: outer.facet(1n, INTERFACE) });
    const server = test.client('server', { endpoint: outer.owner });
    send(client, [client.cap('gift')]);
    owner.call(owner.cap('endpoint'), Endpoint.methods.revoke, { badge: 4n });
    const received = server.receive(server.cap('endpoint'));
    expect(received.caps).toHaveLength(1);
    const used = server.callRaw<unknown>(received.caps[0]!.capId, 0, server.allocate(), 0);
    expect(used.exception?.kind).toBe('disconnected');
    for (const program of [owner, client, server]) program.process.kill(9);
    expect(isEmpty(test.kernel)).toBe(true);
  });
});

describe('a return that moves capabilities', () => {
  function flying(limits: Parameters<typeof pair>[0] = {}, resultLength = 4096) {
    const all = pair(limits);
    const held = tokens(all.server);
    const received = all.server.receive(all.server.cap('endpoint'));
    const call = all.client.callRaw<unknown>(all.client.cap('service'), 0, all.client.allocate(), 8, { resultLength });
    const back = (capIds: readonly number[]) =>
      all.server.return(received.token, new Uint8Array(8), { transfers: moved(capIds) });
    return { ...all, held, call, back };
  }

  it.each(Array.from({ length: COUNT }, (_, index) => index))(
    'keeps all when descriptor %i is stale, and may try again',
    (index) => {
      const { server, slots, held, call, back, bury } = flying();
      const before = slots();
      expect(back(held.with(index, 0xdead)).result).toBe(-TRANSPORT_BAD_CAP);
      expect(call.done).toBe(false);
      expect(slots()).toEqual(before);
      expect(held.every((capId) => isHeld(server, capId))).toBe(true);
      expect(back(held).result).toBe(0);
      expect(call.caps).toHaveLength(COUNT);
      expect(slots()).toEqual([before[0]! + COUNT, before[1]! - COUNT]);
      bury();
    },
  );

  it.each([0, 1, COUNT - 1])('keeps all when the caller has room for %i', (room) => {
    const { server, slots, held, call, back, bury } = flying({ client: { capSlots: 2 + room } });
    const before = slots();
    expect(back(held).result).toBe(-TRANSPORT_NO_MEMORY);
    expect(call.result).toBe(-TRANSPORT_NO_MEMORY);
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(server, capId))).toBe(true);
    bury();
  });

  it.each([8, 16, 8 + 16 * COUNT - 1])('keeps all when the result buffer has %i bytes', (length) => {
    const { server, slots, held, call, back, bury } = flying({}, length);
    const before = slots();
    expect(back(held).result).toBe(-TRANSPORT_BUFFER_TOO_SMALL);
    expect(call.result).toBe(-TRANSPORT_BUFFER_TOO_SMALL);
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(server, capId))).toBe(true);
    bury();
  });

  it('keeps all when the caller has died', () => {
    const { client, server, slots, held, back, bury } = flying();
    const before = slots()[1];
    client.process.kill(9);
    expect(back(held).result).toBe(RETURN_REACHED_NOBODY);
    expect(slots()[1]).toBe(before);
    expect(held.every((capId) => isHeld(server, capId))).toBe(true);
    bury();
  });
});

// Scattered memory is walked piece by piece: here pieces are 16 bytes, and from some piece on they have gone.
describe('a buffer that faults midway', () => {
  const PIECE = 16;

  /** Memory of `program` at [from, from + 4096) is accessible when it is checked, and goes away after `bytes` when it is used. */
  function faultAfter(program: TestClient, from: number, bytes: number): void {
    const isThere = (memory: ArenaMemory, address: number) =>
      memory.bytes.buffer === program.port.arena && address >= from && address < from + 4096;
    const { locate, locatePage, pieceLength } = ArenaMemory.prototype;
    let hasGone = false;
    vi.spyOn(ArenaMemory.prototype, 'locate').mockImplementation(function (this: ArenaMemory, address, length, access) {
      if (!isThere(this, address)) return locate.call(this, address, length, access);
      return hasGone ? INACCESSIBLE : SCATTERED;
    });
    vi.spyOn(ArenaMemory.prototype, 'locatePage').mockImplementation(function (this: ArenaMemory, address, access) {
      if (isThere(this, address) && address >= from + bytes) {
        hasGone = true;
        return INACCESSIBLE;
      }
      return locatePage.call(this, address, access);
    });
    vi.spyOn(ArenaMemory.prototype, 'pieceLength').mockImplementation(function (this: ArenaMemory, address) {
      return isThere(this, address) ? PIECE : pieceLength.call(this, address);
    });
  }

  afterEach(() => void vi.restoreAllMocks());

  const LENGTH = 64;
  const faults = [0, PIECE, LENGTH - PIECE];

  it.each(faults)('at byte %i of what is received keeps the call waiting, with all it carries', (bytes) => {
    const { client, server, slots, bury } = pair();
    const held = tokens(client);
    const received = server.receive(server.cap('endpoint'));
    const before = slots();
    faultAfter(server, received.buffer, bytes);
    const message = client.allocate();
    const call = client.callRaw<unknown>(client.cap('service'), 0, message, LENGTH, { transfers: moved(held) });
    expect(received.result).toBe(-TRANSPORT_BAD_ADDRESS);
    expect(call.done).toBe(false);
    expect(slots()).toEqual(before);
    vi.restoreAllMocks();
    const again = server.receive(server.cap('endpoint'));
    expect(again.result).toBe(LENGTH);
    expect(again.caps).toHaveLength(COUNT);
    expect(slots()).toEqual([before[0]! - COUNT, before[1]! + COUNT]);
    bury();
  });

  it.each(faults)('at byte %i of what is sent fails the call, whose caller has everything again', (bytes) => {
    const { client, server, slots, bury } = pair();
    const held = tokens(client);
    const message = client.allocate();
    const call = client.callRaw<unknown>(client.cap('service'), 0, message, LENGTH, { transfers: moved(held) });
    faultAfter(client, message, bytes);
    const before = slots();
    const received = server.receive(server.cap('endpoint'));
    expect(call.result).toBe(-TRANSPORT_BAD_ADDRESS);
    expect(received.done).toBe(false);
    vi.restoreAllMocks();
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(client, capId))).toBe(true);
    bury();
  });

  it.each(faults)('at byte %i of the results leaves the server what it wanted to give', (bytes) => {
    const { client, server, slots, bury } = pair();
    const held = tokens(server);
    const received = server.receive(server.cap('endpoint'));
    const call = client.callRaw<unknown>(client.cap('service'), 0, client.allocate(), 8);
    const before = slots();
    faultAfter(client, call.buffer, bytes);
    const returned = server.return(received.token, new Uint8Array(LENGTH), { transfers: moved(held) });
    expect(returned.result).toBe(RETURN_REACHED_NOBODY);
    expect(call.result).toBe(-TRANSPORT_BAD_ADDRESS);
    vi.restoreAllMocks();
    expect(slots()).toEqual(before);
    expect(held.every((capId) => isHeld(server, capId))).toBe(true);
    bury();
  });
});

it('capabilities go through a chain of processes and back, and are in one place at each step', () => {
  const test = testKernel();
  const hops = 6;
  const endpoints = Array.from({ length: hops }, () => test.kernel.createEndpoint());
  const factory = test.kernel.objects.notificationFactory;
  const first = test.client('first', { next: endpoints[0]!.facet(1n, INTERFACE), factory });
  const servers = endpoints.map((endpoint, index) =>
    test.client(`hop ${index}`, {
      own: endpoint.owner,
      ...(index + 1 < hops ? { next: endpoints[index + 1]!.facet(1n, INTERFACE) } : {}),
    }),
  );
  const all = [first, ...servers];
  const counts = () => all.map(({ process }) => test.kernel.ledgers().byProcess.get(process.processId)!.capSlots);
  const received = servers.map((server) => server.receive(server.cap('own')));
  const held = tokens(first);
  const base = counts();
  const call = (from: TestClient, capIds: readonly number[]) =>
    from.callRaw<unknown>(from.cap('next'), 0, from.allocate(), 8, { transfers: moved(capIds) });
  const calls = [call(first, held)];
  for (let hop = 0; hop < hops; hop++) {
    expect(received[hop]!.caps).toHaveLength(COUNT);
    expect(counts()).toEqual(base.map((count, at) => count + (at === 0 ? -COUNT : at === hop + 1 ? COUNT : 0)));
    const ids = received[hop]!.caps.map(({ capId }) => capId);
    if (hop + 1 < hops) calls.push(call(servers[hop]!, ids));
  }
  for (let hop = hops - 1; hop >= 0; hop--) {
    const ids = (hop === hops - 1 ? received[hop]! : calls[hop + 1]!).caps.map(({ capId }) => capId);
    servers[hop]!.return(received[hop]!.token, new Uint8Array(8), { transfers: moved(ids) });
    expect(calls[hop]!.caps).toHaveLength(COUNT);
    expect(counts()).toEqual(base.map((count, at) => count + (at === 0 ? -COUNT : 0) + (at === hop ? COUNT : 0)));
  }
  expect(calls[0]!.caps.every(({ capId }) => isHeld(first, capId))).toBe(true);
  for (const program of all) program.process.kill(9);
  test.kernel.runUntilIdle();
  expect(isEmpty(test.kernel)).toBe(true);
});
