// What every backend promises, in memory and over the host's sockets alike.
import { isFailure, LOOPBACK_IPV4, type NetworkBackend, VirtualNetwork } from '@capos/network';
import { nodeNetwork } from '@capos/network/host-node';
import { describe, expect, test } from 'vitest';
import { bindAt, bindUdpAt, connectTo, held, next, pairOf, readToEnd, sendAll, serverAt } from './support/waiting.ts';

const backends: readonly [string, () => NetworkBackend][] = [
  ['a virtual host', () => new VirtualNetwork().host('10.0.0.1')],
  ['the host in Node', nodeNetwork],
];

describe.each(backends)('%s', (_name, make) => {
  test('carries bytes both ways, and ends them one way at a time', async () => {
    const [client, peer, server] = await pairOf(make());
    await sendAll(client, Buffer.from('question'));
    client.shutdown(false, true);
    expect((await readToEnd(peer)).toString()).toBe('question');
    await sendAll(peer, Buffer.from('answer'));
    peer.close();
    expect((await readToEnd(client)).toString()).toBe('answer');
    client.close();
    server.close();
  });

  test('tells both ends who they are', async () => {
    const [client, peer, server] = await pairOf(make());
    expect(client.remote).toEqual(server.local);
    expect(peer.local).toEqual(server.local);
    expect(peer.remote).toEqual(client.local);
    client.close();
    peer.close();
    server.close();
  });

  test('takes no more than there is room for when nobody receives', async () => {
    const [client, peer, server] = await pairOf(make());
    const piece = new Uint8Array(65_536).fill(7);
    let taken = 0;
    for (let refused = 0; refused < 20; ) {
      const accepted = client.send(piece);
      if (isFailure(accepted)) throw new Error(accepted);
      taken += accepted;
      refused = accepted === 0 ? refused + 1 : 0;
      // Time for what is under way between the host's two sockets.
      if (accepted === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(64 * 1024 * 1024);
    const all = readToEnd(peer);
    expect(client.sendLast(Buffer.from('end'))).toBeUndefined();
    const received = await all;
    expect(received.length).toBe(taken + 3);
    expect(received.subarray(-3).toString()).toBe('end');
    client.close();
    peer.close();
    server.close();
  });

  test('refuses where nobody listens', async () => {
    const backend = make();
    const server = await serverAt(backend);
    const { port } = server.local;
    server.close();
    expect(await connectTo(backend, port)).toBe('connectionRefused');
  });

  test('gives a port to one socket only, and gives a free one for 0', async () => {
    const backend = make();
    const server = await serverAt(backend);
    expect(server.local.port).toBeGreaterThan(0);
    expect(await bindAt(backend, server.local.port)).toBe('addressInUse');
    server.close();
  });

  test('knows which addresses are its own', async () => {
    expect(await bindAt(make(), 0, Uint8Array.of(192, 0, 2, 77))).toBe('addressNotAvailable');
  });

  test('lets an end reset the other', async () => {
    const [client, peer, server] = await pairOf(make());
    client.abort();
    expect(await next(peer, () => peer.receive(10))).toBe('connectionReset');
    expect(held(await next(peer, () => peer.receive(10)))).toHaveLength(0);
    expect(peer.send(Buffer.from('x'))).toBe('notConnected');
    peer.close();
    server.close();
  });

  test('carries datagrams whole, with who sent them', async () => {
    const backend = make();
    const left = held(await bindUdpAt(backend, 0));
    const right = held(await bindUdpAt(backend, 0));
    expect(left.send(Buffer.from('one'), right.local)).toBeUndefined();
    const got = held(await next(right, () => right.receive()));
    expect(Buffer.from(got.data).toString()).toBe('one');
    expect(got.remote).toEqual(left.local);
    expect(left.send(new Uint8Array(70_000), right.local)).toBe('messageTooLarge');
    left.close();
    right.close();
  });
});

describe('a virtual network', () => {
  test('joins hosts by address, and keeps loopbacks apart', async () => {
    const network = new VirtualNetwork();
    const left = network.host('10.0.0.1', 'fd00::1');
    const right = network.host('10.0.0.2');
    const wildcard = held(await bindAt(right, 80, new Uint8Array(4)));
    wildcard.listen(1, () => {});
    const loopback = held(await bindAt(right, 81));
    loopback.listen(1, () => {});
    expect(isFailure(await connectTo(left, 80, Uint8Array.of(10, 0, 0, 2)))).toBe(false);
    expect(await connectTo(left, 81, Uint8Array.of(10, 0, 0, 2))).toBe('connectionRefused');
    expect(await connectTo(left, 80)).toBe('connectionRefused');
    expect(await connectTo(left, 80, Uint8Array.of(10, 0, 0, 3))).toBe('unreachable');
    network.remove(right);
    expect(await connectTo(left, 80, Uint8Array.of(10, 0, 0, 2))).toBe('unreachable');
  });

  test('lets whoever finds a full backlog wait, and take it back', async () => {
    const host = new VirtualNetwork().host();
    const server = await serverAt(host, 0, 1);
    const { port } = server.local;
    held(await connectTo(host, port));
    let second = 0;
    host.connect({ address: LOOPBACK_IPV4, port }, () => second++);
    let third = 0;
    const cancel = host.connect({ address: LOOPBACK_IPV4, port }, () => third++);
    cancel();
    expect([second, third]).toEqual([0, 0]);
    expect(server.accept()).toBeDefined();
    expect([second, third]).toEqual([1, 0]);
    expect(server.accept()).toBeDefined();
    expect(server.accept()).toBeUndefined();
  });

  test('drops datagrams that nobody takes, never more memory than its bound', async () => {
    const host = new VirtualNetwork().host();
    const left = held(await bindUdpAt(host, 0));
    const right = held(await bindUdpAt(host, 0));
    for (let sent = 0; sent < 1000; sent++) left.send(new Uint8Array(1000), right.local);
    let received = 0;
    while (right.receive() !== undefined) received++;
    expect(received).toBeGreaterThan(100);
    expect(received).toBeLessThan(300);
  });

  test('refuses addresses that are none, or taken', () => {
    const network = new VirtualNetwork();
    network.host('10.0.0.1');
    expect(() => network.host('10.0.0.1')).toThrow(/belongs to another host/);
    expect(() => network.host('127.0.0.1')).toThrow(/can't be a host's address/);
    expect(() => network.host('10.0.0.256')).toThrow(/can't be a host's address/);
  });
});
