// Networks that share no memory: what is promised between hosts of one network holds between hosts of two, and of three.
import {
  isFailure,
  type LinkChannel,
  type NetworkFailure,
  type NetworkLink,
  parseAddress,
  portChannel,
  type TcpServer,
  type TcpStream,
  VirtualNetwork,
} from '@capos/network';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { bindAt, bindUdpAt, connectTo, held, next, readToEnd, sendAll } from './support/waiting.ts';

const A = parseAddress('10.0.0.1')!;
const B = parseAddress('10.0.0.2')!;
const PORT = 80;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function channel(): readonly [LinkChannel, LinkChannel] {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  return [portChannel(port1), portChannel(port2)];
}

async function join(left: VirtualNetwork, right: VirtualNetwork): Promise<readonly [NetworkLink, NetworkLink]> {
  const [near, far] = channel();
  const links = [left.link(near), right.link(far)] as const;
  await Promise.all(links.map(({ joined }) => joined));
  return links;
}

/** Two hosts, each of a network of its own; with a third network between them, if so wanted. */
async function twoHosts(between: boolean) {
  const [left, right] = [new VirtualNetwork(), new VirtualNetwork()];
  const hosts = [left.host('10.0.0.1'), right.host('10.0.0.2')] as const;
  if (!between) return { hosts, links: await join(left, right), networks: [left, right] as const };
  const middle = new VirtualNetwork();
  const [first] = await join(left, middle);
  const [, second] = await join(middle, right);
  // What the middle learns of one it tells the other.
  for (;;) {
    if (left.has({ address: B, port: 1 }) && right.has({ address: A, port: 1 })) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return { hosts, links: [first, second] as const, networks: [left, right] as const };
}

async function listening(
  host: ReturnType<VirtualNetwork['host']>,
  address: Uint8Array,
  backlog = 16,
): Promise<TcpServer> {
  const port = held(await bindAt(host, PORT, address));
  return held(await new Promise<TcpServer | NetworkFailure>((resolve) => port.listen(backlog, resolve)));
}

describe.each([
  ['over one link', false],
  ['over two links and the network between', true],
])('%s', (_name, between) => {
  async function connected(): Promise<readonly [TcpStream, TcpStream, readonly [NetworkLink, NetworkLink]]> {
    const { hosts, links } = await twoHosts(between);
    const server = await listening(hosts[1], B);
    const client = held(await connectTo(hosts[0], PORT, B));
    return [client, held(await next(server, () => server.accept())), links];
  }

  test('bytes go both ways, and end one way at a time', async () => {
    const [client, peer] = await connected();
    expect([client.remote.address, peer.remote.address]).toEqual([B, A]);
    expect(peer.remote.port).toBe(client.local.port);
    await sendAll(client, Buffer.from('question'));
    client.shutdown(false, true);
    expect((await readToEnd(peer)).toString()).toBe('question');
    const all = readToEnd(client);
    await sendAll(peer, Buffer.alloc(1_000_000, 'answer'));
    peer.close();
    expect((await all).equals(Buffer.alloc(1_000_000, 'answer'))).toBe(true);
  });

  test('no more is taken than there is room for when nobody receives', async () => {
    const [client, peer] = await connected();
    let taken = 0;
    for (let idle = 0; idle < 20; ) {
      const accepted = held(client.send(new Uint8Array(65_536)));
      taken += accepted;
      idle = accepted === 0 ? idle + 1 : 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken).toBeLessThan(8 * 1024 * 1024);
    client.close();
    expect(await readToEnd(peer)).toHaveLength(taken);
  });

  test('either end may reset the other, which is told once', async () => {
    const [client, peer] = await connected();
    client.abort();
    expect(await next(peer, () => peer.receive(10))).toBe('connectionReset');
    expect(peer.send(Buffer.from('x'))).toBe('notConnected');
    const [other, mine] = await connected().then(([left, right]) => [right, left]);
    other!.abort();
    expect(await next(mine!, () => mine!.receive(10))).toBe('connectionReset');
  });

  test('who sends to one that has closed is reset', async () => {
    const [client, peer] = await connected();
    peer.close();
    expect(await readToEnd(client)).toHaveLength(0);
    client.send(Buffer.from('for nobody'));
    await next(client, () => client.receive(10) === 'connectionReset' || undefined);
    expect(client.send(Buffer.from('x'))).toBe('notConnected');
  });

  test('connecting is refused where nobody listens, and nobody is reached at no address', async () => {
    const { hosts } = await twoHosts(between);
    expect(await connectTo(hosts[0], PORT, B)).toBe('connectionRefused');
    expect(await connectTo(hosts[0], PORT, parseAddress('10.0.0.3')!)).toBe('unreachable');
  });

  test('a connection that was given up while it waited is none', async () => {
    const { hosts } = await twoHosts(between);
    const server = await listening(hosts[1], B, 1);
    held(await connectTo(hosts[0], PORT, B));
    let answered: unknown;
    const cancel = hosts[0].connect({ address: B, port: PORT }, (outcome) => {
      answered = outcome;
    });
    cancel();
    // What is asked later arrives later: by its answer the cancelled one has been dealt with.
    const udp = held(await bindUdpAt(hosts[0], 9, A));
    udp.send(Buffer.from('x'), { address: B, port: 9 });
    expect(await next(udp, () => udp.receive())).toBe('connectionRefused');
    held(await next(server, () => server.accept()));
    expect(server.accept()).toBeUndefined();
    expect(answered).toBeUndefined();
  });

  test('datagrams arrive with where they are from', async () => {
    const { hosts } = await twoHosts(between);
    const [left, right] = [held(await bindUdpAt(hosts[0], 5, A)), held(await bindUdpAt(hosts[1], 6, B))];
    expect(left.send(Buffer.from('hello'), { address: B, port: 6 })).toBeUndefined();
    const got = await next(right, () => right.receive());
    expect(got).toEqual({ data: new Uint8Array(Buffer.from('hello')), remote: { address: A, port: 5 } });
  });

  test('when a link closes its connections are reset and its hosts are gone', async () => {
    const [client, peer, links] = await connected();
    links[1].close();
    expect(await next(peer, () => peer.receive(10))).toBe('connectionReset');
    links[0].close();
    expect(await next(client, () => client.receive(10))).toBe('connectionReset');
  });
});

test('hosts that come and go are told of', async () => {
  const { networks } = await twoHosts(false);
  const [left, right] = networks;
  const host = left.host('10.0.0.9');
  const there = async (wanted: boolean): Promise<void> => {
    while (right.has({ address: parseAddress('10.0.0.9')!, port: 1 }) !== wanted)
      await new Promise((resolve) => setTimeout(resolve, 1));
  };
  await there(true);
  expect(() => right.host('10.0.0.9')).toThrow('belongs to another host');
  left.remove(host);
  await there(false);
});

test('any streams and pieces arrive as they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (streams, between) => {
        const { hosts } = await twoHosts(between);
        const server = await listening(hosts[1], B);
        const byte = (index: number): number => index + 1;
        const sent = streams.map(async (pieces, index) => {
          const client = held(await connectTo(hosts[0], PORT, B));
          await sendAll(client, Uint8Array.of(byte(index)));
          for (const length of pieces) await sendAll(client, new Uint8Array(length).fill(byte(index)));
          client.close();
        });
        for (let accepted = 0; accepted < streams.length; accepted++) {
          const content = await readToEnd(held(await next(server, () => server.accept())));
          const expected = streams[content[0]! - 1]!.reduce((sum, length) => sum + length, 1);
          expect(content.equals(Buffer.alloc(expected, content[0]))).toBe(true);
        }
        await Promise.all(sent);
        for (const one of open.splice(0)) one.close();
      },
    ),
    { numRuns: 15 },
  );
});

describe('what the other side says is not trusted', () => {
  /** A network with a listener, and somebody at the other end of its link who says what he likes. */
  async function hostile() {
    const network = new VirtualNetwork();
    const host = network.host('10.0.0.1');
    const server = await listening(host, A);
    let say: (message: unknown) => void = () => {};
    const heard: Record<string, unknown>[] = [];
    let why: string | undefined;
    network.link(
      {
        send: (message) => void heard.push(message as Record<string, unknown>),
        onMessage: (listener) => {
          say = listener;
        },
      },
      (reason) => {
        why = reason;
      },
    );
    say({ kind: 'hosts', addresses: [B] });
    const from = { address: B, port: 1000 };
    const to = { address: A, port: PORT };
    return { network, host, server, say, heard, from, to, closed: () => why };
  }

  const connection = (stream: number, from: unknown, to: unknown) => ({ kind: 'connect', stream, from, to });

  test.each([
    ['no message', undefined],
    ['a kind there is not', { kind: 'toString' }],
    ['an address of no family', { kind: 'hosts', addresses: [new Uint8Array(3)] }],
    ['a loopback as its own', { kind: 'hosts', addresses: [Uint8Array.of(127, 0, 0, 1)] }],
    ['a failure there is not', { kind: 'refused', stream: 1, failure: 'constructor' }],
    ['a stream numbered 0', { kind: 'end', stream: 0 }],
    ['a stream of the other side’s numbering', connection(-1, { address: B, port: 1 }, { address: A, port: PORT })],
  ])('%s closes the link', async (_name, message) => {
    const { say, closed, network } = await hostile();
    say(message);
    expect(closed()).toMatch(/no message|out of turn/);
    expect(network.has({ address: B, port: 1 })).toBe(false);
  });

  test('more data than there was room for closes the link, and so does room that nobody took', async () => {
    for (const last of [
      { kind: 'data', stream: 1, data: new Uint8Array(300_000) },
      { kind: 'taken', stream: 1, count: 1 },
    ]) {
      const { say, closed, from, to, server } = await hostile();
      say(connection(1, from, to));
      const peer = server.accept() as TcpStream;
      say(last);
      expect(closed()).toContain('out of turn');
      expect(peer.receive(10)).toBe('connectionReset');
    }
  });

  test('nobody is believed to be somebody else', async () => {
    const { say, heard, from, to, host, server } = await hostile();
    const udp = held(await bindUdpAt(host, 7, A));
    for (const address of [A, parseAddress('10.0.0.7')!, Uint8Array.of(127, 0, 0, 1)]) {
      say(connection(5, { ...from, address }, to));
      expect(heard.at(-1)).toEqual({ kind: 'refused', stream: -5, failure: 'unreachable' });
      say({ kind: 'datagram', from: { ...from, address }, to: { address: A, port: 7 }, data: Uint8Array.of(1) });
    }
    say(connection(6, from, { address: Uint8Array.of(127, 0, 0, 1), port: PORT }));
    expect(heard.at(-1)).toEqual({ kind: 'refused', stream: -6, failure: 'unreachable' });
    expect(server.accept()).toBeUndefined();
    expect(udp.receive()).toBeUndefined();
  });

  test('connections that nobody accepts are bounded', async () => {
    const { say, heard, from, to } = await hostile();
    for (let stream = 1; stream <= 2000; stream++) say(connection(stream, { ...from, port: stream }, to));
    expect(heard.filter(({ kind }) => kind === 'accepted')).toHaveLength(16);
    expect(heard.at(-1)).toEqual({ kind: 'refused', stream: -2000, failure: 'tooManySockets' });
  });

  test('whatever is said, in whatever order, nothing is thrown', async () => {
    const address = fc.oneof(fc.constantFrom(A, B), fc.uint8Array({ maxLength: 17 }));
    const place = fc.record({ address, port: fc.integer({ min: -1, max: 70_000 }) });
    const stream = fc.integer({ min: -2, max: 3 });
    const message = fc.oneof(
      fc.record({ kind: fc.constant('hosts'), addresses: fc.array(address, { maxLength: 2 }) }),
      fc.record({ kind: fc.constant('connect'), stream, from: place, to: fc.constant({ address: A, port: PORT }) }),
      fc.record({ kind: fc.constantFrom('accepted', 'cancel', 'end', 'reset'), stream }),
      fc.record({ kind: fc.constant('data'), stream, data: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({ kind: fc.constant('taken'), stream, count: fc.integer() }),
      fc.record({ kind: fc.constant('refused'), stream, failure: fc.constantFrom('unreachable', 'none', 7) }),
      fc.record({ kind: fc.constant('datagram'), from: place, to: place, data: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({ kind: fc.constant('absent'), from: place }),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 30 }), async (messages) => {
        const { say, server, host } = await hostile();
        host.connect({ address: B, port: 1 }, (outcome) => {
          if (!isFailure(outcome)) outcome.send(Uint8Array.of(1));
        });
        for (const one of messages) {
          say(one);
          const accepted = server.accept();
          if (accepted !== undefined && !isFailure(accepted)) accepted.receive(5);
        }
      }),
    );
  });
});
