// Ways in and out of a virtual host.
import type { SocketAddress } from '@capos/abi';
import { gatewayNetwork, isFailure, LOOPBACK_IPV4, networkRule, publishPorts, VirtualNetwork } from '@capos/network';
import { describe, expect, test } from 'vitest';
import { bindAt, bindUdpAt, connectTo, held, next, readToEnd, sendAll, serverAt } from './support/waiting.ts';

describe('a published port', () => {
  test('opens when somebody listens inside, and leads there until both sides have ended', async () => {
    const outside = new VirtualNetwork().host();
    const inside = new VirtualNetwork().host();
    const opened = new Promise<SocketAddress>((resolve) => {
      const publications = [{ outside: { address: LOOPBACK_IPV4, port: 18_080 }, inside: 8080 }];
      publishPorts({ host: inside, outside, publications, onOpen: (_publication, local) => resolve(local) });
    });
    expect(await connectTo(outside, 18_080)).toBe('connectionRefused');
    const server = await serverAt(inside, 8080);
    expect((await opened).port).toBe(18_080);
    const client = held(await connectTo(outside, 18_080));
    const peer = held(await next(server, () => server.accept()));
    const long = Buffer.alloc(3_000_000, 'abc');
    const sent = sendAll(client, long).then(() => client.shutdown(false, true));
    expect((await readToEnd(peer)).equals(long)).toBe(true);
    await sent;
    await sendAll(peer, Buffer.from('thanks'));
    peer.close();
    expect((await readToEnd(client)).toString()).toBe('thanks');
  });

  test('passes a reset on', async () => {
    const outside = new VirtualNetwork().host();
    const inside = new VirtualNetwork().host();
    publishPorts({
      host: inside,
      outside,
      publications: [{ outside: { address: LOOPBACK_IPV4, port: 80 }, inside: 80 }],
    });
    const server = await serverAt(inside, 80);
    const client = held(await connectTo(outside, 80));
    held(await next(server, () => server.accept())).abort();
    expect(await next(client, () => client.receive(1))).toBe('connectionReset');
  });

  test('that is taken outside is told of', async () => {
    const outside = new VirtualNetwork().host();
    await serverAt(outside, 80);
    const inside = new VirtualNetwork().host();
    const failures: string[] = [];
    publishPorts({
      host: inside,
      outside,
      publications: [{ outside: { address: LOOPBACK_IPV4, port: 80 }, inside: 8080 }],
      onFailure: (_publication, failure, message) => failures.push(`${failure}: ${message}`),
    });
    await serverAt(inside, 8080);
    expect(failures).toEqual(['addressInUse: 127.0.0.1:80 could not be opened: addressInUse']);
  });
});

describe('a gateway', () => {
  const outsideNetwork = new VirtualNetwork();
  const outside = outsideNetwork.host('192.0.2.1');
  const far = outsideNetwork.host('192.0.2.9');
  const make = () =>
    gatewayNetwork({
      inside: new VirtualNetwork().host('10.0.2.15'),
      outside,
      ways: (['tcp', 'udp'] as const).map((protocol) =>
        networkRule({ action: 'connect', protocol, address: Uint8Array.of(192, 0, 2, 9), firstPort: 7 }),
      ),
    });

  test('leads out where a rule says so, and nowhere else', async () => {
    const port = held(await bindAt(far, 7, new Uint8Array(4)));
    port.listen(4, () => {});
    const other = held(await bindAt(far, 8, new Uint8Array(4)));
    other.listen(4, () => {});
    const gateway = make();
    expect(isFailure(await connectTo(gateway, 7, Uint8Array.of(192, 0, 2, 9)))).toBe(false);
    expect(await connectTo(gateway, 8, Uint8Array.of(192, 0, 2, 9))).toBe('unreachable');
    expect(await connectTo(gateway, 7, Uint8Array.of(192, 0, 2, 1))).toBe('unreachable');
    expect(await connectTo(gateway, 7)).toBe('connectionRefused');
  });

  test('hears from outside only those it may talk to', async () => {
    const service = held(await bindUdpAt(far, 7, new Uint8Array(4)));
    const stranger = held(await bindUdpAt(far, 9, new Uint8Array(4)));
    const port = held(await bindUdpAt(make(), 0, new Uint8Array(4)));
    expect(port.send(Buffer.from('hello'), { address: Uint8Array.of(192, 0, 2, 9), port: 7 })).toBeUndefined();
    const { remote } = held(await next(service, () => service.receive()));
    stranger.send(Buffer.from('intrusion'), remote);
    service.send(Buffer.from('reply'), remote);
    expect(Buffer.from(held(await next(port, () => port.receive())).data).toString()).toBe('reply');
    expect(port.receive()).toBeUndefined();
    expect(port.send(Buffer.from('x'), { address: Uint8Array.of(192, 0, 2, 8), port: 7 })).toBe('unreachable');
  });
});
