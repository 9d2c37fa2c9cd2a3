import { Endpoint, EndpointFactory, FrameAllocator, MemoryObject, Timer } from '@capos/abi';
import {
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_CALL_CANCELED,
  OP_CALL,
  RETURN_REACHED_NOBODY,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_CANCELED,
  TRANSPORT_DISCONNECTED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_NOT_PERMITTED,
  TRANSPORT_TIMED_OUT,
  TRANSPORT_WRONG_INTERFACE,
} from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import type { TestClient } from '../support/test-client.ts';
import { isEmpty, type TestKernel, testKernel } from '../support/test-kernel.ts';

const INTERFACE = 0xabcdn;
const ECHO = 3;

function pair(kernel: TestKernel, maxCalls = 64) {
  const endpoint = kernel.kernel.createEndpoint(maxCalls);
  const server = kernel.client('server', { endpoint: endpoint.owner, timer: kernel.kernel.objects.timer });
  const client = kernel.client('client', {
    service: endpoint.facet(7n, INTERFACE),
    timer: kernel.kernel.objects.timer,
  });
  return { server, client, endpoint };
}

function send(client: TestClient, text: string, options = {}) {
  const message = client.allocate();
  const bytes = new TextEncoder().encode(text);
  client.bytes.set(bytes, message);
  return client.callRaw(client.cap('service'), ECHO, message, bytes.length, options, (payload) =>
    new TextDecoder().decode(payload),
  );
}

describe('an endpoint', () => {
  it('brings a call to its server with badge and method, and the answer back', () => {
    const { server, client } = pair(testKernel());
    const received = server.receive(server.cap('endpoint'));
    const call = send(client, 'hello');
    expect(received.done).toBe(true);
    expect(received.flags & CQE_FLAG_CALL_ARRIVED).not.toBe(0);
    expect(received.badge).toBe(7n);
    expect(received.methodId).toBe(ECHO);
    expect(new TextDecoder().decode(received.payload)).toBe('hello');
    expect(call.done).toBe(false);
    expect(server.return(received.token, new TextEncoder().encode('HELLO')).result).toBe(0);
    expect(call.value).toBe('HELLO');
  });

  it('lets calls wait for a server in the order they came', () => {
    const { server, client } = pair(testKernel());
    const calls = [send(client, 'one'), send(client, 'two')];
    for (const [index, call] of calls.entries()) {
      const received = server.receive(server.cap('endpoint'));
      expect(received.done).toBe(true);
      server.return(received.token, received.payload);
      expect(call.value).toBe(['one', 'two'][index]);
    }
  });

  it('answers from inside a completion callback while the caller is still in enter', () => {
    const { server, client } = pair(testKernel());
    server.onCall = (call) => {
      server.receive(server.cap('endpoint'), { hold: true });
      server.return(call.token, call.payload);
    };
    server.receive(server.cap('endpoint'));
    for (let round = 0; round < 100; round++) expect(send(client, `call ${round}`).value).toBe(`call ${round}`);
  });

  it('serves its owner only: a facet can neither receive nor mint', () => {
    const { client } = pair(testKernel());
    expect(client.receive(client.cap('service')).result).toBe(-TRANSPORT_NOT_PERMITTED);
    expect(client.receive(client.cap('timer')).result).toBe(-TRANSPORT_WRONG_INTERFACE);
    expect(client.receive(0).result).toBe(-TRANSPORT_BAD_CAP);
  });

  it('moves a capability with a call and copies one back', () => {
    const { server, client } = pair(testKernel());
    const received = server.receive(server.cap('endpoint'));
    const timer = client.cap('timer');
    const call = send(client, 'take', { transfers: [{ capId: timer, mode: 'move' }] });
    expect(received.caps).toHaveLength(1);
    expect(received.caps[0]!.interfaceId).toBe(Timer.id);
    expect(client.call(timer, Timer.methods.now, {}).result).toBe(-TRANSPORT_BAD_CAP);
    expect(server.call(received.caps[0]!.capId, Timer.methods.now, {}).result).toBeGreaterThan(0);
    server.return(received.token, new Uint8Array(8), { transfers: [{ capId: received.caps[0]!.capId, mode: 'copy' }] });
    expect(call.caps).toHaveLength(1);
    expect(client.call(call.caps[0]!.capId, Timer.methods.now, {}).value.monotonicNs).toBe(1000n);
    expect(server.call(received.caps[0]!.capId, Timer.methods.now, {}).result).toBeGreaterThan(0);
  });

  it('gives a moved capability back when the call never arrives', () => {
    const kernel = testKernel();
    const { server, client } = pair(kernel);
    const timer = client.cap('timer');
    const call = send(client, 'take', { transfers: [{ capId: timer, mode: 'move' }], deadlineNs: 2000 });
    expect(client.call(timer, Timer.methods.now, {}).result).toBe(-TRANSPORT_BAD_CAP);
    kernel.clock.ns = 3000;
    kernel.kernel.step();
    expect(call.result).toBe(-TRANSPORT_TIMED_OUT);
    expect(client.call(timer, Timer.methods.now, {}).result).toBeGreaterThan(0);
    expect(server.receive(server.cap('endpoint')).done).toBe(false);
  });

  it('transfers nothing into a buffer that is too small', () => {
    const { server, client } = pair(testKernel());
    const received = server.receive(server.cap('endpoint'), { length: 16 });
    const timer = client.cap('timer');
    const call = send(client, 'exactly 16 bytes', { transfers: [{ capId: timer, mode: 'move' }] });
    expect(call.result).toBe(-TRANSPORT_BUFFER_TOO_SMALL);
    expect(received.done).toBe(false);
    expect(client.call(timer, Timer.methods.now, {}).result).toBeGreaterThan(0);
    const small = send(client, 'x', { resultLength: 4 });
    expect(received.done).toBe(true);
    const serverTimer = server.cap('timer');
    const returned = server.return(received.token, new Uint8Array(8), {
      transfers: [{ capId: serverTimer, mode: 'move' }],
    });
    expect(returned.result).toBe(-TRANSPORT_BUFFER_TOO_SMALL);
    expect(small.result).toBe(-TRANSPORT_BUFFER_TOO_SMALL);
    expect(server.call(serverTimer, Timer.methods.now, {}).result).toBeGreaterThan(0);
  });

  it('tells the server when a caller gives up, and lets it return all the same', () => {
    const { server, client } = pair(testKernel());
    const received = server.receive(server.cap('endpoint'));
    const call = send(client, 'slow', { answerId: 9 });
    const finish = client.operation((submissions, userData) => submissions.finish(9, userData));
    expect(finish.result).toBe(1);
    expect(call.result).toBe(-TRANSPORT_CANCELED);
    expect(server.unsolicited).toHaveLength(1);
    expect(server.unsolicited[0]!.token).toBe(received.token);
    expect(server.unsolicited[0]!.flags & CQE_FLAG_CALL_CANCELED).not.toBe(0);
    const timer = server.cap('timer');
    const late = server.return(received.token, new Uint8Array(8), { transfers: [{ capId: timer, mode: 'move' }] });
    expect(late.result).toBe(RETURN_REACHED_NOBODY);
    expect(server.call(timer, Timer.methods.now, {}).result).toBeGreaterThan(0);
    expect(server.return(received.token, new Uint8Array(8)).result).toBe(-TRANSPORT_BAD_CAP);
  });

  it('disconnects callers when the server dies, whether their call waits or is in flight', () => {
    const kernel = testKernel();
    const { server, client } = pair(kernel);
    server.receive(server.cap('endpoint'));
    const inFlight = send(client, 'a');
    const waiting = send(client, 'b');
    server.process.kill(9);
    expect(inFlight.exception?.kind).toBe('disconnected');
    expect(waiting.exception?.kind).toBe('disconnected');
    expect(send(client, 'c').exception?.kind).toBe('disconnected');
    expect(send(client, 'd', { resultLength: 8 }).result).toBe(-TRANSPORT_DISCONNECTED);
    client.process.kill(9);
    expect(isEmpty(kernel.kernel)).toBe(true);
  });

  it('refuses calls beyond its bound as overloaded', () => {
    const { client } = pair(testKernel(), 2);
    const calls = [send(client, 'a'), send(client, 'b'), send(client, 'c')];
    expect(calls.map(({ done }) => done)).toEqual([false, false, true]);
    expect(calls[2]!.exception?.kind).toBe('overloaded');
  });

  it('is made, minted from and revoked by its owner', () => {
    const kernel = testKernel();
    const server = kernel.client('server', { endpoints: kernel.kernel.objects.endpointFactory });
    const made = server.call(server.cap('endpoints'), EndpointFactory.methods.create, { maxCalls: 8 });
    const endpoint = made.caps[made.value.endpoint]!.capId;
    const facets = [1n, 1n, 2n].map((badge) => {
      const minted = server.call(endpoint, Endpoint.methods.mint, { badge, interfaceId: INTERFACE });
      return minted.caps[minted.value.client]!;
    });
    expect(facets[0]!.interfaceId).toBe(INTERFACE);
    const identified = server.call(
      endpoint,
      Endpoint.methods.identify,
      { client: 0 },
      { transfers: [{ capId: facets[2]!.capId, mode: 'copy' }] },
    );
    expect(identified.value).toEqual({ mine: true, badge: 2n });
    server.call(endpoint, Endpoint.methods.revoke, { badge: 1n }).value;
    const probe = (capId: number) => server.callRaw(capId, 0, server.allocate(), 0);
    expect(probe(facets[0]!.capId).exception?.kind).toBe('disconnected');
    expect(probe(facets[1]!.capId).exception?.kind).toBe('disconnected');
    const live = probe(facets[2]!.capId);
    expect(live.done).toBe(false);
    server.call(endpoint, Endpoint.methods.revokeAll, {}).value;
    expect(live.exception?.kind).toBe('disconnected');
    const again = server.call(endpoint, Endpoint.methods.mint, { badge: 1n, interfaceId: INTERFACE });
    expect(probe(again.caps[0]!.capId).done).toBe(false);
    server.port.exit(0);
    expect(isEmpty(kernel.kernel)).toBe(true);
  });

  it('leaves a moved capability with its sender when the receiver has no slot for it', () => {
    const kernel = testKernel();
    const endpoint = kernel.kernel.createEndpoint();
    const { timer } = kernel.kernel.objects;
    const server = kernel.client('server', { endpoint: endpoint.owner, timer }, { limits: { capSlots: 2 } });
    const client = kernel.client(
      'client',
      { service: endpoint.facet(7n, INTERFACE), timer },
      { limits: { capSlots: 2 } },
    );
    const received = server.receive(server.cap('endpoint'));
    const call = send(client, 'take', { transfers: [{ capId: client.cap('timer'), mode: 'move' }] });
    expect(call.result).toBe(-TRANSPORT_NO_MEMORY);
    expect(received.done).toBe(false);
    expect(client.call(client.cap('timer'), Timer.methods.now, {}).result).toBeGreaterThan(0);
    const second = send(client, 'give');
    const given = server.return(received.token, new Uint8Array(8), {
      transfers: [{ capId: server.cap('timer'), mode: 'move' }],
    });
    expect(given.result).toBe(-TRANSPORT_NO_MEMORY);
    expect(second.result).toBe(-TRANSPORT_NO_MEMORY);
    expect(server.call(server.cap('timer'), Timer.methods.now, {}).result).toBeGreaterThan(0);
    server.process.kill(9);
    client.process.kill(9);
    expect(isEmpty(kernel.kernel)).toBe(true);
  });

  it('moves the charge of an object along with its only reference', () => {
    const kernel = testKernel();
    const endpoint = kernel.kernel.createEndpoint();
    const server = kernel.client('server', { endpoint: endpoint.owner }, { limits: { frames: 20 } });
    const client = kernel.client('client', {
      service: endpoint.facet(7n, INTERFACE),
      frames: kernel.kernel.objects.frameAllocator,
    });
    const charged = (program: typeof client) =>
      kernel.kernel.ledgers().byProcess.get(program.process.processId)!.frames;
    const allocate = (pages: bigint) =>
      client.call(client.cap('frames'), FrameAllocator.methods.allocate, { size: 4096n * pages, contiguous: false })
        .caps[0]!.capId;
    server.receive(server.cap('endpoint'));
    send(client, 'small', { transfers: [{ capId: allocate(16n), mode: 'move' }] });
    expect([charged(client), charged(server)]).toEqual([0, 16]);
    // What the receiver's ledger can't bear stays where it is.
    server.receive(server.cap('endpoint'));
    const large = allocate(8n);
    expect(send(client, 'large', { transfers: [{ capId: large, mode: 'move' }] }).result).toBe(-TRANSPORT_NO_MEMORY);
    expect([charged(client), charged(server)]).toEqual([8, 16]);
    expect(client.call(large, MemoryObject.methods.getSize, {}).value.size).toBe(32_768n);
    // A copy is another reference: its maker goes on paying.
    send(client, 'copy', { transfers: [{ capId: large, mode: 'copy' }] });
    expect([charged(client), charged(server)]).toEqual([8, 16]);
    client.process.kill(9);
    expect(kernel.kernel.ledgers().total.frames).toBe(24);
    server.process.kill(9);
    expect(isEmpty(kernel.kernel)).toBe(true);
  });

  it('goes without a server that has revoked itself, and keeps the kernel whole', () => {
    const kernel = testKernel();
    const { server, client } = pair(kernel);
    const received = server.receive(server.cap('endpoint'));
    const call = send(client, 'x');
    server.operation((submissions, userData) => submissions.release(server.cap('endpoint'), userData));
    // The call in flight can still be answered; new ones find nobody.
    server.return(received.token, new TextEncoder().encode('late'));
    expect(call.value).toBe('late');
    expect(server.receive(server.cap('endpoint')).result).toBe(-TRANSPORT_BAD_CAP);
  });

  it('keeps two programs that call one another for ever from starving the embedder', () => {
    const kernel = testKernel();
    const left = kernel.kernel.createEndpoint();
    const right = kernel.kernel.createEndpoint();
    const a = kernel.client('a', { own: left.owner, other: right.facet(1n, INTERFACE) });
    const b = kernel.client('b', { own: right.owner, other: left.facet(1n, INTERFACE) });
    for (const program of [a, b]) {
      program.onCall = (call) => {
        program.receive(program.cap('own'), { hold: true });
        program.return(call.token, new Uint8Array(0), { hold: true });
        const message = program.allocate();
        program.free(message);
        program.callRaw(program.cap('other'), 0, message, 0);
      };
      program.receive(program.cap('own'));
    }
    a.callRaw(a.cap('other'), 0, a.allocate(), 0);
    expect(kernel.kernel.step().state).toBe('busy');
    a.process.kill(9);
    b.process.kill(9);
    expect(kernel.kernel.runUntilIdle().state).toBe('done');
    expect(isEmpty(kernel.kernel)).toBe(true);
  });

  it('refuses an operation number that is none', () => {
    const { client } = pair(testKernel());
    const words = new Int32Array(16);
    words[0] = 200;
    words[2] = 4711;
    client.raw(words);
    const seen: number[] = [];
    client.ring.submit();
    client.port.enter();
    client.ring.completions.drain({ complete: (entry) => seen.push(entry.userData, entry.result) });
    expect(seen).toEqual([4711, -1]);
    expect(OP_CALL).toBe(1);
  });
});
