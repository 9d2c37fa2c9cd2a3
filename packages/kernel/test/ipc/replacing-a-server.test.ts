// A server is replaced while clients hold its facets and calls are under way: they see a pause, never a disconnect. (Random histories:
// replacement-model.test.ts.)
import { Endpoint, NotificationFactory } from '@capos/abi';
import { CQE_FLAG_FACET_GONE, TRANSPORT_TIMED_OUT } from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import type { Submitted, TestClient } from '../support/test-client.ts';
import { testKernel } from '../support/test-kernel.ts';

const INTERFACE = 0xabcdn;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function scene(maxCalls = 64) {
  const test = testKernel();
  const { kernel } = test;
  const endpoint = kernel.createEndpoint(maxCalls);
  const other = kernel.createEndpoint(maxCalls);
  const keeper = test.client('keeper', { endpoint: endpoint.owner, other: other.owner });
  const server = (name: string): ReturnType<typeof test.client> => test.client(name, { endpoint: endpoint.owner });
  const client = test.client('client', {
    service: endpoint.facet(7n, INTERFACE),
    notifications: kernel.objects.notificationFactory,
  });
  return { test, kernel, endpoint, other, keeper, server, client };
}

function send(client: TestClient, text: string, options = {}): Submitted<string> {
  const message = client.allocate();
  const bytes = encode(text);
  client.bytes.set(bytes, message);
  return client.callRaw(client.cap('service'), 3, message, bytes.length, options, decode);
}

const quiesce = (keeper: TestClient, options = {}) =>
  keeper.call(keeper.cap('endpoint'), Endpoint.methods.quiesce, {}, options);
const resume = (keeper: TestClient) => keeper.call(keeper.cap('endpoint'), Endpoint.methods.resume, {});
const answer = (server: TestClient, received: Submitted, text: string) => server.return(received.token, encode(text));
const receive = (server: TestClient) => server.receive(server.cap('endpoint'));

describe('a quiesced endpoint', () => {
  it('lets calls in flight finish, keeps new ones, and says when nothing is in flight', () => {
    const { keeper, server, client } = scene();
    const old = server('old');
    const taken = receive(old);
    const flying = send(client, 'flying');
    const quiet = quiesce(keeper);
    expect(quiet.done).toBe(false);
    receive(old);
    const waiting = send(client, 'waiting');
    answer(old, taken, 'finished');
    expect(flying.value).toBe('finished');
    expect(quiet.value).toEqual({});
    expect(waiting.done).toBe(false);
  });

  it('gives a successor what waited, in order, though the predecessor had receives posted', () => {
    const { keeper, server, client } = scene();
    const old = server('old');
    receive(old);
    expect(quiesce(keeper).value).toEqual({});
    const calls = ['one', 'two', 'three'].map((text) => send(client, text));
    const successor = server('new');
    const receives = [receive(successor), receive(successor), receive(successor)];
    old.process.kill(9);
    expect(resume(keeper).value).toEqual({});
    expect(receives.map(({ payload }) => decode(payload))).toEqual(['one', 'two', 'three']);
    for (const received of receives) answer(successor, received, decode(received.payload).toUpperCase());
    expect(calls.map(({ value }) => value)).toEqual(['ONE', 'TWO', 'THREE']);
  });

  it('stays quiesced when the wait for calls in flight times out, and goes on with the same server when resumed', () => {
    const { test, kernel, keeper, server, client } = scene();
    const old = server('old');
    const taken = receive(old);
    const slow = send(client, 'slow');
    const quiet = quiesce(keeper, { deadlineNs: test.clock.ns + 500 });
    test.clock.ns += 1000;
    kernel.step();
    expect(quiet.result).toBe(-TRANSPORT_TIMED_OUT);
    const next = receive(old);
    const waiting = send(client, 'waiting');
    expect(next.done).toBe(false);
    resume(keeper);
    expect(decode(next.payload)).toBe('waiting');
    answer(old, taken, 'done');
    answer(old, next, 'too');
    expect([slow.value, waiting.value]).toEqual(['done', 'too']);
  });

  it('tells nobody of facets that go until it is resumed', () => {
    const { keeper, server, client } = scene();
    const old = server('old');
    const wait = (process: TestClient) =>
      process.operation((submissions, userData) =>
        submissions.receive(process.cap('endpoint'), userData, process.allocate(), 1024, true),
      );
    const first = wait(old);
    quiesce(keeper);
    client.process.kill(9);
    expect(first.done).toBe(false);
    const successor = wait(server('new'));
    old.process.kill(9);
    resume(keeper);
    expect(successor.flags & CQE_FLAG_FACET_GONE).not.toBe(0);
    expect(successor.badge).toBe(7n);
  });
});

describe('a call that its server hands back', () => {
  it('waits again, before those that came later', () => {
    const { keeper, server, client } = scene();
    const old = server('old');
    const taken = receive(old);
    const long = send(client, 'long poll');
    const quiet = quiesce(keeper);
    send(client, 'later');
    expect(old.call(old.cap('endpoint'), Endpoint.methods.requeue, { token: taken.token }).value).toEqual({});
    expect(quiet.done).toBe(true);
    // The token was used up.
    const again = old.call(old.cap('endpoint'), Endpoint.methods.requeue, { token: taken.token });
    expect(again.exception?.kind).toBe('invalidArgument');
    const successor = server('new');
    const received = receive(successor);
    old.process.kill(9);
    resume(keeper);
    expect(decode(received.payload)).toBe('long poll');
    answer(successor, received, 'at last');
    expect(long.value).toBe('at last');
  });

  it('must have brought no capability, which is the server’s by now', () => {
    const { server, client } = scene();
    const old = server('old');
    const taken = receive(old);
    const token = client.call(client.cap('notifications'), NotificationFactory.methods.create, {}).caps[0]!.capId;
    send(client, 'with a gift', { transfers: [{ capId: token, mode: 'move' }] });
    const back = old.call(old.cap('endpoint'), Endpoint.methods.requeue, { token: taken.token });
    expect(back.exception?.kind).toBe('invalidArgument');
  });
});

describe('facets that are retargeted', () => {
  it('lead to the other endpoint wherever they are held, calls that wait included', () => {
    const { test, kernel, endpoint, other, keeper, server, client } = scene();
    const friend = test.client('friend', { service: endpoint.facet(7n, INTERFACE) });
    const stranger = test.client('stranger', { service: endpoint.facet(8n, INTERFACE) });
    const old = server('old');
    const flying = receive(old);
    const first = send(client, 'in flight');
    const waiting = send(client, 'waits');
    const moved = keeper.call(
      keeper.cap('endpoint'),
      Endpoint.methods.retarget,
      { badge: 7n, target: 0, newBadge: 70n },
      { transfers: [{ capId: keeper.cap('other'), mode: 'copy' }] },
    );
    expect(moved.value.facets).toBe(1);
    const target = test.client('target', { endpoint: other.owner });
    const received = [receive(target), receive(target)];
    const later = send(friend, 'later');
    expect(received.map(({ badge, payload }) => [badge, decode(payload)])).toEqual([
      [70n, 'waits'],
      [70n, 'later'],
    ]);
    answer(old, flying, 'old');
    for (const each of received) answer(target, each, 'new');
    expect([first.value, waiting.value, later.value]).toEqual(['old', 'new', 'new']);
    // Others are not affected.
    const others = receive(old);
    send(stranger, 'stranger');
    expect(decode(others.payload)).toBe('stranger');
    for (const { processId } of kernel.processes()) expect(processId).toBeGreaterThan(0n);
  });

  it('may lead to the same endpoint under another badge: calls that wait keep their places, and are told of as the new one', () => {
    const { keeper, server, client, endpoint, test } = scene();
    const friend = test.client('friend', { service: endpoint.facet(8n, INTERFACE) });
    const calls = [send(client, 'one'), send(friend, 'two'), send(client, 'three')];
    const moved = keeper.call(
      keeper.cap('endpoint'),
      Endpoint.methods.retarget,
      { badge: 7n, target: 0, newBadge: 70n },
      { transfers: [{ capId: keeper.cap('endpoint'), mode: 'copy' }] },
    );
    expect(moved.value.facets).toBe(1);
    const serving = server('old');
    const received = calls.map(() => receive(serving));
    expect(received.map(({ badge, payload }) => [badge, decode(payload)])).toEqual([
      [70n, 'one'],
      [8n, 'two'],
      [70n, 'three'],
    ]);
  });

  it('can be revoked by their new owner, and no more by the old one', () => {
    const { test, other, keeper, client } = scene();
    keeper.call(
      keeper.cap('endpoint'),
      Endpoint.methods.retarget,
      { badge: 7n, target: 0, newBadge: 1n },
      { transfers: [{ capId: keeper.cap('other'), mode: 'copy' }] },
    );
    const target = test.client('target', { endpoint: other.owner });
    keeper.call(keeper.cap('endpoint'), Endpoint.methods.revoke, { badge: 7n });
    const received = receive(target);
    const call = send(client, 'still here');
    answer(target, received, 'yes');
    expect(call.value).toBe('yes');
    keeper.call(keeper.cap('other'), Endpoint.methods.revoke, { badge: 1n });
    expect(send(client, 'gone').exception?.kind).toBe('disconnected');
  });

  it('go only where an owner’s side leads', () => {
    const { keeper, client, endpoint, test } = scene();
    const outsider = test.client('outsider', { endpoint: endpoint.owner, facet: endpoint.facet(9n, INTERFACE) });
    const moved = outsider.call(
      outsider.cap('endpoint'),
      Endpoint.methods.retarget,
      { badge: 7n, target: 0, newBadge: 7n },
      { transfers: [{ capId: outsider.cap('facet'), mode: 'copy' }] },
    );
    expect(moved.exception?.kind).toBe('invalidArgument');
    expect(send(client, 'x').done).toBe(false);
    expect(keeper.submitted.size).toBe(0);
  });
});
