// A session is paid for by its client: it brings what it costs, the server spends that and nothing of its own, and it goes back.
import { Accounts, Donation, Endpoint, NotificationFactory } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import type { Submitted, TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const INTERFACE = 0x5e55_1011n;
/** What a session costs the server: a facet, a notification, their slots and the donation's own. */
const COST = [
  { resource: 'objects' as const, amount: 2n },
  { resource: 'capSlots' as const, amount: 3n },
];
const WANT_GONE = true;

/** A server with no more than it needs for itself. */
function scene() {
  const test = testKernel();
  const { kernel } = test;
  const endpoint = kernel.createEndpoint(4);
  const server = test.client(
    'server',
    { endpoint: endpoint.owner, notifications: kernel.objects.notificationFactory },
    { limits: { objects: 0, capSlots: 3 } },
  );
  const sessions = new Map<bigint, { donation: number; notification: number }>();
  let badge = 100n;
  const release = (capId: number) => server.operation((submissions, userData) => submissions.release(capId, userData));
  const close = (id: bigint) => {
    const session = sessions.get(id);
    if (session === undefined) return;
    sessions.delete(id);
    release(session.notification);
    server.call(session.donation, Donation.methods.close, {});
    release(session.donation);
  };
  /** Serves one `open`: the params bring a donation, the answer is a facet of the session. */
  const open = (call: Submitted) => {
    const donation = call.caps[0]?.capId;
    const refuse = () => {
      if (donation !== undefined) release(donation);
      server.return(call.token, new Uint8Array(0));
    };
    if (donation === undefined) return refuse();
    const { amounts } = server.call(donation, Donation.methods.read, {}).value;
    const enough = COST.every(({ resource, amount }) =>
      amounts.some((given) => given.resource === resource && given.amount >= amount),
    );
    if (!enough) return refuse();
    server.call(donation, Donation.methods.accept, {});
    const id = ++badge;
    const facet = server.call(server.cap('endpoint'), Endpoint.methods.mint, { badge: id, interfaceId: INTERFACE });
    const made = server.call(server.cap('notifications'), NotificationFactory.methods.create, {});
    sessions.set(id, { donation, notification: made.caps[0]!.capId });
    server.return(call.token, new Uint8Array(0), { transfers: [{ capId: facet.caps[0]!.capId, mode: 'move' }] });
  };
  let receive: Submitted | undefined;
  const serve = () => {
    for (;;) {
      if (receive === undefined) {
        const buffer = server.allocate();
        receive = server.operation((submissions, userData) =>
          submissions.receive(server.cap('endpoint'), userData, buffer, 4096, WANT_GONE),
        );
        receive = Object.assign(receive, { recordsAt: buffer });
      }
      if (!receive.done) return;
      const taken = receive;
      receive = undefined;
      if (taken.token === 0) close(taken.badge);
      else open(withCaps(server, taken));
    }
  };
  const client = (name: string, limits = {}) =>
    test.client(
      name,
      { service: endpoint.facet(7n, INTERFACE), accounts: kernel.objects.accounts },
      limits === undefined ? {} : { limits },
    );
  const openSession = (program: TestClient): number | undefined => {
    const donation = program.call(program.cap('accounts'), Accounts.methods.donate, { amounts: COST });
    if (donation.exception !== undefined || donation.result < 0) return undefined;
    const call = program.callRaw(program.cap('service'), 0, program.allocate(), 0, {
      transfers: [{ capId: donation.caps[0]!.capId, mode: 'move' }],
    });
    serve();
    return call.caps[0]?.capId;
  };
  return { test, kernel, server, client, openSession, serve, sessions };
}

/** Capability records of a receive lie in the buffer it was given. */
function withCaps(server: TestClient, taken: Submitted): Submitted {
  const { recordsAt } = taken as Submitted & { recordsAt: number };
  for (const [index, cap] of taken.caps.entries()) {
    const at = ((recordsAt + Math.max(0, taken.result) + 7) & ~7) + index * 16;
    cap.capId = server.view.getUint32(at, true);
    cap.interfaceId = server.view.getBigUint64(at + 8, true);
  }
  return taken;
}

describe('a server that lives on donations', () => {
  it('serves as many sessions as its clients pay for, though it could not bear one itself', () => {
    const { kernel, client, openSession, sessions, serve } = scene();
    const one = client('one');
    const two = client('two');
    const facets = [openSession(one), openSession(two), openSession(one)];
    expect(facets.every((facet) => facet !== undefined)).toBe(true);
    expect(sessions.size).toBe(3);
    // A session closes when its client lets go of it, or dies; what was set aside is the client's again.
    one.operation((submissions, userData) => submissions.release(facets[0]!, userData));
    serve();
    expect(sessions.size).toBe(2);
    one.process.kill(9);
    serve();
    expect(sessions.size).toBe(1);
    two.process.kill(9);
    serve();
    expect(sessions.size).toBe(0);
    expect(kernel.ledgers().total).toMatchObject({ objects: 0 });
  });

  it('refuses who brings nothing, and loses nothing by it', () => {
    const { client, serve, sessions } = scene();
    const cheat = client('cheat');
    const call = cheat.callRaw(cheat.cap('service'), 0, cheat.allocate(), 0);
    serve();
    expect(call.caps).toEqual([]);
    expect(sessions.size).toBe(0);
  });

  it('is not exhausted by a client that opens sessions for ever: that client is', () => {
    const { kernel, client, openSession, sessions, serve } = scene();
    const hostile = client('hostile', { objects: 20, capSlots: 60 });
    let opened = 0;
    while (openSession(hostile) !== undefined) opened++;
    // Two objects a session, the donation and the facet itself: it is all its own.
    expect(opened).toBeGreaterThan(3);
    expect(opened).toBeLessThan(11);
    const honest = client('honest');
    for (let count = 0; count < 5; count++) expect(openSession(honest)).toBeDefined();
    expect(sessions.size).toBe(opened + 5);
    hostile.process.kill(9);
    serve();
    expect(sessions.size).toBe(5);
    honest.process.kill(9);
    serve();
    expect(kernel.ledgers().total).toMatchObject({ objects: 0 });
  });

  it('gives everything back when it dies, and its clients can spend it again', () => {
    const { kernel, server, client, openSession } = scene();
    const one = client('one', { objects: 4, capSlots: 20 });
    expect(openSession(one)).toBeDefined();
    const used = () => one.call(one.cap('accounts'), Accounts.methods.used, {}).value.amounts;
    const objects = () => used().find(({ resource }) => resource === 'objects')!.amount;
    expect(objects()).toBeGreaterThan(0n);
    server.process.kill(9);
    kernel.runUntilIdle();
    // Only the facet that leads nowhere is left.
    expect(objects()).toBeLessThanOrEqual(1n);
    one.process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
  });
});

describe('a donation', () => {
  it('can’t be taken back while it is being spent, nor accepted twice, nor exceed the donor’s account', () => {
    const test = testKernel();
    const { accounts } = test.kernel.objects;
    const endpoint = test.kernel.createEndpoint();
    const donor = test.client('donor', { accounts, to: endpoint.facet(1n, INTERFACE) }, { limits: { objects: 5 } });
    const server = test.client('server', { endpoint: endpoint.owner });
    const donate = (amount: bigint) =>
      donor.call(donor.cap('accounts'), Accounts.methods.donate, { amounts: [{ resource: 'objects', amount }] });
    expect(donate(6n).exception?.kind).toBe('overloaded');
    expect(donate(0n).exception?.kind).toBe('invalidArgument');
    const made = donate(3n).caps[0]!.capId;
    expect(donate(2n).exception?.kind).toBe('overloaded'); // three, and the donation itself
    const received = server.receive(server.cap('endpoint'));
    donor.callRaw(donor.cap('to'), 0, donor.allocate(), 0, { transfers: [{ capId: made, mode: 'copy' }] });
    const theirs = received.caps[0]!.capId;
    expect(server.call(theirs, Donation.methods.close, {}).exception?.kind).toBe('invalidArgument');
    expect(server.call(theirs, Donation.methods.accept, {}).value).toEqual({});
    expect(server.call(theirs, Donation.methods.accept, {}).exception?.kind).toBe('invalidArgument');
    expect(donor.call(made, Donation.methods.close, {}).exception?.kind).toBe('invalidArgument');
    expect(server.call(theirs, Donation.methods.close, {}).value).toEqual({});
    expect(donate(2n).result).toBeGreaterThan(0);
  });
});

describe('a hostile client', () => {
  const scene = () => {
    const test = testKernel();
    const endpoint = test.kernel.createEndpoint(8);
    const server = test.client('server', { endpoint: endpoint.owner });
    const hostile = test.client('hostile', { service: endpoint.facet(1n, INTERFACE) });
    const honest = test.client('honest', { service: endpoint.facet(2n, INTERFACE) });
    const send = (client: TestClient, answerId = 0) =>
      client.callRaw(client.cap('service'), 0, client.allocate(), 0, { answerId });
    return { test, server, hostile, honest, send };
  };

  it('that queues calls fills its own share of an endpoint, and nobody else’s', () => {
    const { server, hostile, honest, send } = scene();
    const calls = Array.from({ length: 12 }, () => send(hostile));
    expect(calls.filter(({ done }) => done).map(({ exception }) => exception?.kind)).toEqual(
      Array(4).fill('overloaded'),
    );
    const call = send(honest);
    expect(call.done).toBe(false);
    for (let count = 0; count < 9; count++) {
      const received = server.receive(server.cap('endpoint'));
      server.return(received.token, new Uint8Array(8));
    }
    expect(call.result).toBe(8);
  });

  it('that gives its calls up as soon as they are taken still has them, until the server is done', () => {
    const { server, hostile, honest, send } = scene();
    const tokens: number[] = [];
    let refused = 0;
    for (let answerId = 1; answerId <= 20; answerId++) {
      const received = server.receive(server.cap('endpoint'));
      const call = send(hostile, answerId);
      if (call.exception?.kind === 'overloaded') {
        refused++;
        // The receive still waits: an honest call takes it.
        const other = send(honest);
        server.return(received.token, new Uint8Array(8));
        expect(other.result).toBe(8);
        continue;
      }
      tokens.push(received.token);
      hostile.operation((submissions, userData) => submissions.finish(answerId, userData));
    }
    expect([tokens.length, refused]).toEqual([8, 12]);
    for (const token of tokens) server.return(token, new Uint8Array(0));
    expect(send(hostile).done).toBe(false);
  });
});
