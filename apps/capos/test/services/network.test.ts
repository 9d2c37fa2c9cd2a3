// NetworkManager and Resolver as programs of a kernel see them: sockets as capabilities, narrowed, waited for, given up.
import {
  NetworkManager,
  Resolver,
  type SocketAddress,
  TcpBinding,
  TcpListener,
  TcpSocket,
  UdpSocket,
} from '@capos/abi';
import {
  createNetworkProgram,
  createResolverProgram,
  LOOPBACK_IPV4,
  NETWORK_ARENA_BYTES,
  networkRule,
  Reach,
  VirtualNetwork,
} from '@capos/network';
import { adopt } from '@capos/runtime';
import { describe, expect, test } from 'vitest';
import { system } from './system.ts';

const at = (port: number): SocketAddress => ({ address: LOOPBACK_IPV4, port });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

function make(reachOf?: (badge: bigint) => Reach | undefined) {
  const world = system();
  const endpoint = world.kernel.createEndpoint(1024);
  const errors: unknown[] = [];
  const backend = new VirtualNetwork().host();
  const options = { backend, onError: (error: unknown) => void errors.push(error), ...(reachOf && { reachOf }) };
  world.serve('network', createNetworkProgram(options), { network: endpoint.owner }, NETWORK_ARENA_BYTES);
  const client = (badge = 0n) => world.client('client', { network: endpoint.facet(badge, NetworkManager.id) });
  return { ...world, client, errors };
}

describe('a network served to programs', () => {
  test('carries a stream from one to the other, and ends when its capability is released', async () => {
    const { client, settle, errors } = make();
    const [server, guest] = [client(), client()];
    const manager = server.capSet.get('network', NetworkManager);
    const bound = await settle(manager.bind({ local: at(0), dual: false }));
    const binding = server.client(adopt(bound, bound.binding, TcpBinding), TcpBinding);
    const listening = await settle(binding.listen({ backlog: 4 }));
    const listener = server.client(adopt(listening, listening.listener, TcpListener), TcpListener);
    const accepting = listener.accept();
    const connected = await settle(guest.capSet.get('network', NetworkManager).connect({ remote: bound.local }));
    expect(connected.error).toBe('none');
    const cap = adopt(connected, connected.socket, TcpSocket);
    const out = guest.client(cap, TcpSocket);
    const accepted = await settle(accepting);
    expect(accepted.remote).toEqual(connected.local);
    const into = server.client(adopt(accepted, accepted.socket, TcpSocket), TcpSocket);
    const waiting = into.receive({ maxLength: 100 });
    expect(await settle(out.send({ data: Buffer.from('hello'), last: false }))).toEqual({ error: 'none', accepted: 5 });
    expect(text((await settle(waiting)).data)).toBe('hello');
    cap.release();
    expect((await settle(into.receive({ maxLength: 100 }))).data).toHaveLength(0);
    expect(errors).toEqual([]);
  });

  test('takes nothing for a caller that has given up', async () => {
    const { client, settle } = make();
    const guest = client();
    const manager = guest.capSet.get('network', NetworkManager);
    const bind = async () => {
      const bound = await settle(manager.bindUdp({ local: at(0), dual: false }));
      return { local: bound.local, socket: guest.client(adopt(bound, bound.socket, UdpSocket), UdpSocket) };
    };
    const [left, right] = [await bind(), await bind()];
    const given = new AbortController();
    const waiting = right.socket.receive({}, { signal: given.signal });
    given.abort();
    await expect(settle(waiting)).rejects.toThrow();
    await settle(left.socket.send({ data: Buffer.from('kept'), remote: right.local }));
    expect(text((await settle(right.socket.receive({}))).data)).toBe('kept');
  });

  test('reaches only what its facet and every restriction allow', async () => {
    const udp = networkRule({ action: 'listen', protocol: 'udp' });
    const { client, settle } = make((badge) => (badge === 1n ? Reach.ALL.narrowedBy([udp]) : undefined));
    const guest = client(1n);
    const manager = guest.capSet.get('network', NetworkManager);
    expect((await settle(manager.bind({ local: at(0), dual: false }))).error).toBe('notPermitted');
    expect((await settle(manager.connect({ remote: at(80) }))).error).toBe('notPermitted');
    expect((await settle(manager.bindUdp({ local: at(0), dual: false }))).error).toBe('none');
    const tcp = networkRule({ action: 'listen', protocol: 'tcp' });
    const answer = await settle(manager.restrict({ rules: [tcp] }));
    const narrower = guest.client(adopt(answer, answer.manager, NetworkManager), NetworkManager);
    expect((await settle(narrower.bind({ local: at(0), dual: false }))).error).toBe('notPermitted');
    expect((await settle(narrower.bindUdp({ local: at(0), dual: false }))).error).toBe('notPermitted');
    expect((await settle(narrower.describe())).rules).toEqual([tcp]);
    await expect(settle(client(2n).capSet.get('network', NetworkManager).describe())).rejects.toThrow(/does not know/);
  });

  test('refuses what is no address', async () => {
    const { client, settle } = make();
    const manager = client().capSet.get('network', NetworkManager);
    const strange = { address: Uint8Array.of(1, 2, 3), port: 1 };
    expect((await settle(manager.connect({ remote: strange }))).error).toBe('unsupported');
    expect((await settle(manager.bind({ local: strange, dual: false }))).error).toBe('unsupported');
    expect((await settle(manager.bindUdp({ local: strange, dual: false }))).error).toBe('unsupported');
  });
});

test('a resolver answers for the names it was made for', async () => {
  const world = system();
  const endpoint = world.kernel.createEndpoint();
  const program = createResolverProgram({
    lookup: {
      resolve: (_name, done) => queueMicrotask(() => done([LOOPBACK_IPV4])),
      reverse: (_address, done) => done('nameNotFound'),
    },
    allows: (name) => name === 'known',
  });
  world.serve('resolver', program, { resolver: endpoint.owner });
  const client = world.client('client', { resolver: endpoint.facet(0n, Resolver.id) });
  const resolver = client.capSet.get('resolver', Resolver);
  expect(await world.settle(resolver.resolve({ name: 'known' }))).toEqual({
    error: 'none',
    addresses: [LOOPBACK_IPV4],
  });
  expect((await world.settle(resolver.resolve({ name: 'other' }))).error).toBe('notPermitted');
  expect((await world.settle(resolver.reverse({ address: LOOPBACK_IPV4 }))).error).toBe('nameNotFound');
});
