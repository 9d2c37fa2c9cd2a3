// The fast path of rings: that it can't be told from the general one, and the corners that chance seldom finds.
import { CapabilityManager, Endpoint, EndpointFactory, ProcessSpawner } from '@capos/abi';
import {
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_EXCEPTION,
  CQE_FLAG_FACET_GONE,
  OP_RETURN_RECV,
  SQE_FLAG_WANT_GONE,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_NOT_PERMITTED,
  TRANSPORT_TIMED_OUT,
} from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import { FastPath } from '../../src/index.ts';
import { compareRingFastPath } from '../support/hosted-differential.ts';
import { type Submitted, TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const INTERFACE = 4n;
const ROOM = 128;

/** A server that owns two endpoints, and a client of the first. */
function scene(isOn: boolean) {
  const fastPath = new FastPath();
  fastPath.isOn = isOn;
  const test = testKernel({ fastPath });
  const { capabilityManager, endpointFactory, processSpawner } = test.kernel.objects;
  const [endpoint, other] = [test.kernel.createEndpoint(), test.kernel.createEndpoint()];
  const server = test.client('server', {
    endpoint: endpoint.owner,
    other: other.owner,
    facet: other.facet(7n, INTERFACE),
    manager: capabilityManager,
    spawner: processSpawner,
  });
  const client = test.client(
    'client',
    { service: endpoint.facet(1n, INTERFACE), gift: other.facet(7n, INTERFACE), endpoints: endpointFactory },
    { limits: { pendingOperations: 8 } },
  );
  const receive = (at: string, wantsGone = false): Submitted =>
    server.operation((submissions, userData) =>
      submissions.receive(server.cap(at), userData, server.allocate(), ROOM, wantsGone),
    );
  /** A call of eight bytes under a name, whose result capabilities stay with the answer. */
  const open = (answerId: number, more = {}): Submitted<unknown> =>
    client.callRaw(client.cap('service'), 1, client.allocate(), 8, { answerId, keepCaps: true, ...more });
  /** A call of eight bytes that carries a copy of a capability. */
  const send = (): Submitted<unknown> =>
    client.callRaw(client.cap('service'), 1, client.allocate(), 8, {
      transfers: [{ capId: client.cap('gift'), mode: 'copy' }],
    });
  const pipelined = (answerId: number, more = {}): Submitted<unknown> =>
    client.callRaw(0, 1, client.allocate(), 8, { dependency: { answerId, ordinal: 0 }, ...more });
  return { ...test, fastPath, server, client, receive, open, send, pipelined };
}

/** Answers a call with eight bytes and a copy of a capability, and receives the next in the same entry. */
function answer(server: TestClient, endpoint: number, token: number, capId: number): Submitted {
  const [reply, buffer] = [server.allocate(), server.allocate()];
  server.bytes.fill(0, reply, reply + 24);
  server.view.setUint32(reply + 8, capId, true);
  return server.operation((submissions, userData) => {
    const outcome = submissions.returnReceive(endpoint, token, userData, reply, 8, 0, buffer, ROOM);
    submissions.transfers(1);
    return outcome;
  });
}

describe.each([
  ['with the fast path', true],
  ['without it', false],
])('rings %s', (_, isOn) => {
  it('carry a chain of calls whose capabilities stay with their answers', () => {
    const { server, receive, open, pipelined, fastPath } = scene(isOn);
    const first = receive('endpoint');
    const opened = open(1);
    const second = answer(server, server.cap('endpoint'), first.token, server.cap('facet'));
    const there = receive('other');
    const sentOn = pipelined(1);
    expect([opened.done, opened.result, opened.caps.length]).toEqual([true, 8, 0]);
    expect([there.done, there.badge, second.done, sentOn.done]).toEqual([true, 7n, false, false]);
    expect([fastPath.calls, fastPath.returns]).toEqual(isOn ? [2, 1] : [0, 0]);
  });

  it('tell the server first of a facet whose last holder was the answer that a call takes the name of', () => {
    const { server, receive, open } = scene(isOn);
    const minted = server.call(server.cap('endpoint'), Endpoint.methods.mint, { badge: 9n, interfaceId: INTERFACE });
    const first = receive('endpoint');
    open(1);
    server.return(first.token, new Uint8Array(8), { transfers: [{ capId: minted.caps[0]!.capId, mode: 'move' }] });
    const waiting = receive('endpoint', true);
    const again = open(1);
    expect([waiting.done, waiting.badge]).toEqual([true, 9n]);
    expect(waiting.flags & CQE_FLAG_FACET_GONE).not.toBe(0);
    expect(again.done).toBe(false);
    expect(receive('endpoint').flags & CQE_FLAG_CALL_ARRIVED).not.toBe(0);
  });

  it('tell a server of a facet that is gone when it asked for that as it answered', () => {
    const { server, client, receive, fastPath } = scene(isOn);
    const minted = server.call(server.cap('endpoint'), Endpoint.methods.mint, { badge: 9n, interfaceId: INTERFACE });
    const first = receive('endpoint');
    const called = client.callRaw(client.cap('service'), 1, client.allocate(), 8);
    const [reply, buffer] = [server.allocate(), server.allocate()];
    const next = server.operation((submissions, userData) => {
      const opAndFlags = OP_RETURN_RECV | (SQE_FLAG_WANT_GONE << 8);
      const words = [opAndFlags, server.cap('endpoint'), userData, 0, reply, 0, 8, ROOM, buffer, 0, first.token];
      return submissions.raw(Int32Array.from({ length: 16 }, (_, index) => words[index] ?? 0));
    });
    expect([called.done, next.done, fastPath.returns]).toEqual([true, false, isOn ? 1 : 0]);
    server.operation((submissions, userData) => submissions.release(minted.caps[0]!.capId, userData));
    expect([next.done, next.badge, next.flags & CQE_FLAG_FACET_GONE]).toEqual([true, 9n, CQE_FLAG_FACET_GONE]);
  });

  it('answer a call of one endpoint and receive at another', () => {
    const { server, client, receive, fastPath } = scene(isOn);
    const first = receive('endpoint');
    const called = client.callRaw(client.cap('service'), 1, client.allocate(), 8);
    const [reply, buffer] = [server.allocate(), server.allocate()];
    const next = server.operation((submissions, userData) =>
      submissions.returnReceive(server.cap('other'), first.token, userData, reply, 8, 0, buffer, ROOM),
    );
    expect([called.done, called.result, next.done]).toEqual([true, 8, false]);
    client.callRaw(client.cap('gift'), 1, client.allocate(), 8);
    expect([next.done, next.badge]).toEqual([true, 7n]);
    expect([fastPath.calls, fastPath.returns]).toEqual(isOn ? [2, 1] : [0, 0]);
  });

  it('send on what waits for an answer before the server receives, whatever that does to the server', () => {
    const { server, client, open } = scene(isOn);
    const made = client.call(client.cap('endpoints'), EndpointFactory.methods.create, { maxCalls: 4 });
    const owner = made.caps[0]!.capId;
    const facet = client.call(owner, Endpoint.methods.mint, { badge: 3n, interfaceId: INTERFACE }).caps[0]!.capId;
    const given = server.receive(server.cap('endpoint'), { length: ROOM });
    client.callRaw(client.cap('service'), 1, client.allocate(), 8, { transfers: [{ capId: owner, mode: 'copy' }] });
    const endpoint = given.caps[0]!.capId;
    const first = server.receive(endpoint, { length: ROOM });
    client.callRaw(facet, 1, client.allocate(), 8, { answerId: 1, keepCaps: true });
    const revoked = client.call(
      0,
      CapabilityManager.methods.revoke,
      { cap: owner },
      { dependency: { answerId: 1, ordinal: 0 } },
    );
    const next = answer(server, endpoint, first.token, server.cap('manager'));
    expect(revoked.value).toEqual({});
    expect([next.done, next.result]).toEqual([true, -TRANSPORT_DISCONNECTED]);
    expect(open(2).done).toBe(false);
  });

  it('end a call at the deadline of the call that it depends on', () => {
    const { server, receive, open, pipelined, clock, kernel } = scene(isOn);
    const first = receive('endpoint');
    open(1, { deadlineNs: 2000 });
    answer(server, server.cap('endpoint'), first.token, server.cap('facet'));
    const there = receive('other');
    const call = pipelined(1);
    expect(there.done).toBe(true);
    clock.ns = 2001;
    kernel.step();
    expect([call.done, call.result]).toEqual([true, -TRANSPORT_TIMED_OUT]);
  });

  it('do not lead to what was revoked since it was given', () => {
    const { server, receive, open, pipelined } = scene(isOn);
    const first = receive('endpoint');
    open(1);
    answer(server, server.cap('endpoint'), first.token, server.cap('facet'));
    const there = receive('other');
    server.call(server.cap('other'), Endpoint.methods.revoke, { badge: 7n });
    expect(pipelined(1).flags & CQE_FLAG_EXCEPTION).not.toBe(0);
    expect(there.done).toBe(false);
  });

  it('carry a capability to who receives, at whose table it counts', () => {
    const { server, send, fastPath } = scene(isOn);
    const before = fastPath.calls;
    const received = server.receive(server.cap('endpoint'), { length: ROOM });
    send();
    expect(received.result).toBe(8);
    expect(received.caps).toEqual([{ capId: expect.any(Number), interfaceId: INTERFACE }]);
    const there = server.receive(server.cap('other'));
    server.callRaw(received.caps[0]!.capId, 1, server.allocate(), 8);
    expect([there.done, there.badge]).toEqual([true, 7n]);
    expect(fastPath.calls - before).toBe(isOn ? 2 : 0);
  });

  it('carry what was revoked as revoked', () => {
    const { server, send } = scene(isOn);
    server.call(server.cap('other'), Endpoint.methods.revoke, { badge: 7n });
    const received = server.receive(server.cap('endpoint'), { length: ROOM });
    send();
    const used = server.callRaw(received.caps[0]!.capId, 1, server.allocate(), 8);
    expect(used.flags & CQE_FLAG_EXCEPTION).not.toBe(0);
  });

  it('leave no slot taken at the server when the caller has no operation left', () => {
    const { server, client, send, kernel } = scene(isOn);
    for (let calls = 0; calls < 8; calls++) send();
    server.receive(server.cap('endpoint'), { length: ROOM });
    server.receive(server.cap('other'), { length: ROOM });
    expect(
      client.callRaw(client.cap('gift'), 1, client.allocate(), 8, {
        transfers: [{ capId: client.cap('gift'), mode: 'copy' }],
      }).result,
    ).toBe(-TRANSPORT_NO_MEMORY);
    server.process.kill(9);
    client.process.kill(9);
    kernel.step();
    expect(isEmpty(kernel)).toBe(true);
  });

  it('take no call back whose capability the server has', () => {
    const { server, send } = scene(isOn);
    const received = server.receive(server.cap('endpoint'), { length: ROOM });
    send();
    const requeued = server.call(server.cap('endpoint'), Endpoint.methods.requeue, { token: received.token });
    expect(requeued.exception?.kind).toBe('invalidArgument');
  });

  it('give no copy of what may only be moved', () => {
    const { server, open, kernel } = scene(isOn);
    let child: TestClient | undefined;
    kernel.registerProgram('child', (port) => {
      child = new TestClient(port);
    });
    const grant = (name: string, cap: number, transferMode: 'copy' | 'move') => ({ name, cap, transferMode });
    server.call(
      server.cap('spawner'),
      ProcessSpawner.methods.spawn,
      {
        name: 'child',
        image: new Uint8Array(0),
        program: 'child',
        arguments: ['child'],
        environment: [],
        grants: [grant('endpoint', 0, 'copy'), grant('facet', 1, 'move')],
        limits: [],
      },
      { transfers: ['endpoint', 'facet'].map((name) => ({ capId: server.cap(name), mode: 'copy' })) },
    );
    kernel.step();
    const first = child!.receive(child!.cap('endpoint'), { length: ROOM });
    const opened = open(1);
    const failed = answer(child!, child!.cap('endpoint'), first.token, child!.cap('facet'));
    expect([failed.done, failed.result]).toEqual([true, -TRANSPORT_NOT_PERMITTED]);
    expect(opened.done).toBe(false);
  });
});

describe('the fast path of rings', () => {
  it('can not be told from the general one, whatever programs submit', () => {
    const { calls, returns } = compareRingFastPath(150);
    expect(calls).toBeGreaterThan(150);
    expect(returns).toBeGreaterThan(150);
  });
});
