// What a program was granted, and capabilities that travel in messages.
import { Console, Endpoint, Notification, Timer } from '@capos/abi';
import { describe, expect, test } from 'vitest';
import { adopt, openEnvironment, serve } from '../src/index.ts';
import { DoubleEndpoint, DoubleProcess } from './kernel-double.ts';

describe('the CapSet', () => {
  const grants = {
    console: new DoubleEndpoint().facet(Console.id, 0n),
    timer: new DoubleEndpoint().facet(Timer.id, 0n),
  };

  test('names what was granted', () => {
    const environment = openEnvironment(new DoubleProcess(grants));
    expect(environment.capSet.names).toEqual(['console', 'timer']);
    expect(environment.capSet.has('timer')).toBe(true);
    expect(environment.capSet.interfaceId('timer')).toBe(Timer.id);
    expect(environment.capSet.cap('timer')).toBe(environment.capSet.cap('timer'));
  });

  test('says what is missing, and what is there', () => {
    const { capSet } = openEnvironment(new DoubleProcess(grants));
    expect(() => capSet.get('clock', Timer)).toThrow(/"clock" \(Timer\): this process was granted console, timer/);
    expect(() => capSet.get('console', Timer)).toThrow(expect.objectContaining({ code: 'WRONG_INTERFACE' }));
  });
});

describe('capabilities in messages', () => {
  function minting(give: 'copy' | 'move') {
    const endpoint = new DoubleEndpoint();
    const timerFacet = new DoubleEndpoint().facet(Timer.id, 3n);
    const serverProcess = new DoubleProcess({ endpoint: endpoint.owner, timer: timerFacet });
    const server = openEnvironment(serverProcess);
    const received: unknown[] = [];
    serve(server, server.capSet.cap('endpoint'), Endpoint, {
      mint: (_params, context) => ({ client: context.give(server.capSet.cap('timer'), give) }),
      revoke: () => {},
      revokeAll: () => {},
      quiesce: () => {},
      resume: () => {},
      retarget: () => ({ facets: 0 }),
      requeue: () => {},
      identify: ({ client }, context) => {
        received.push(context.adopt(client, Notification).interfaceId);
        return { mine: true, badge: 1n };
      },
    });
    // The double calls anything but owner facets, so the client's facet carries another id than Endpoint's.
    const facet = endpoint.facet(Console.id, 0n);
    const own = new DoubleEndpoint().facet(Notification.id, 0n);
    const clientProcess = new DoubleProcess({ endpoint: facet, own });
    const client = openEnvironment(clientProcess);
    const target = client.client(client.capFromId(client.capSet.cap('endpoint').id, Endpoint.id), Endpoint);
    return { serverProcess, server, clientProcess, client, target, received };
  }

  test('a copied result capability is in both tables and is adopted as what it is', async () => {
    const { target, clientProcess, serverProcess } = minting('copy');
    const answer = await target.mint({ badge: 0n, interfaceId: 0n });
    expect(answer).toEqual({ client: 0 });
    expect(() => adopt(answer, answer.client, Console)).toThrow(/a Console was expected/);
    expect(() => adopt(answer, 1, Timer)).toThrow(/names capability 1 and carries 1/);
    using timer = adopt(answer, answer.client, Timer);
    expect(clientProcess.caps.get(timer.id)).toMatchObject({ interfaceId: Timer.id, badge: 3n });
    expect(serverProcess.caps.size).toBe(2);
    timer.release();
    expect(clientProcess.caps.size).toBe(2);
    expect(() => timer.id).toThrow(expect.objectContaining({ code: 'CAP_GONE' }));
  });

  test('a moved result capability leaves the server, whose object says so', async () => {
    const { target, server, serverProcess } = minting('move');
    await target.mint({ badge: 0n, interfaceId: 0n });
    expect(serverProcess.caps.size).toBe(1);
    expect(server.capSet.cap('timer').live).toBe(false);
  });

  test('a capability in params is adopted after its interface was checked, else released', async () => {
    const { target, client, received, serverProcess } = minting('copy');
    const own = client.capSet.cap('own', Notification);
    await target.identify({ client: 0 }, { transfers: [own] });
    expect(received).toEqual([Notification.id]);
    expect(serverProcess.caps.size).toBe(3);
    const wrong = client.capSet.cap('endpoint');
    await expect(target.identify({ client: 0 }, { transfers: [wrong] })).rejects.toMatchObject({
      kind: 'invalidArgument',
    });
    expect(serverProcess.caps.size).toBe(3);
    await target.identify({ client: 0 }, { transfers: [{ cap: own, mode: 'move' }] });
    expect(own.live).toBe(false);
  });
});
