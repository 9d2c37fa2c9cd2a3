// Calls on the results of calls that have not returned. The random histories are in pipeline-model.test.ts.
import { capException, Endpoint, EndpointFactory, exceptionMessage, Timer } from '@capos/abi';
import {
  TRANSPORT_BAD_CAP,
  TRANSPORT_CANCELED,
  TRANSPORT_MALFORMED,
  TRANSPORT_NO_MEMORY,
  TRANSPORT_TIMED_OUT,
} from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const OPEN = 1;
const INTERFACE = 4n;

function chainable(options = {}) {
  const test = testKernel(options);
  const endpoint = test.kernel.createEndpoint();
  const server = test.client('server', { endpoint: endpoint.owner, timer: test.kernel.objects.timer });
  const client = test.client('client', {
    service: endpoint.facet(1n, INTERFACE),
    endpoints: test.kernel.objects.endpointFactory,
  });
  /** A service whose every method answers with a copy of its own timer. */
  const answerWithTimer = () => {
    server.onCall = (call) => {
      server.receive(server.cap('endpoint'), { hold: true });
      server.return(call.token, new Uint8Array(8), {
        transfers: [{ capId: server.cap('timer'), mode: 'copy' }],
      });
    };
    server.receive(server.cap('endpoint'));
  };
  const open = (answerId: number, more = {}) =>
    client.callRaw<unknown>(client.cap('service'), OPEN, client.allocate(), 0, { answerId, ...more });
  return { ...test, server, client, answerWithTimer, open };
}

describe('a pipelined call', () => {
  it('reaches a capability that its caller never had', () => {
    const { client, open, answerWithTimer } = chainable();
    answerWithTimer();
    const opened = open(1, { keepCaps: true, hold: true });
    const now = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 1, ordinal: 0 } });
    expect(opened.result).toBe(8);
    expect(opened.caps).toEqual([]);
    expect(now.value.monotonicNs).toBe(1000n);
  });

  it('enters the kernel once for a whole chain', () => {
    const { client, server, kernel } = chainable();
    // A factory makes an endpoint, which mints a facet, which nobody serves yet: three links, and no server at work.
    const calls = [
      client.call(
        client.cap('endpoints'),
        EndpointFactory.methods.create,
        { maxCalls: 4 },
        { answerId: 1, keepCaps: true, hold: true },
      ),
      client.call(
        0,
        Endpoint.methods.mint,
        { badge: 9n, interfaceId: INTERFACE },
        {
          answerId: 2,
          dependency: { answerId: 1, ordinal: 0 },
          keepCaps: true,
          hold: true,
        },
      ),
      client.callRaw<unknown>(0, OPEN, client.allocate(), 0, { dependency: { answerId: 2, ordinal: 0 }, hold: true }),
    ];
    client.enter();
    expect(calls.map(({ done }) => done)).toEqual([true, true, false]);
    // The endpoint's only owner is the answer: with it the endpoint ends, and the call that waits there.
    client.operation((submissions, userData) => submissions.finish(1, userData));
    expect(calls[2]!.exception?.kind).toBe('disconnected');
    client.process.kill(9);
    server.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });

  it('waits for its dependency, and goes to what was returned whatever the caller did with its own copy', () => {
    const { client, server, open } = chainable();
    const received = server.receive(server.cap('endpoint'));
    const opened = open(1);
    const now = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 1, ordinal: 0 } });
    expect(now.done).toBe(false);
    server.return(received.token, new Uint8Array(8), { transfers: [{ capId: server.cap('timer'), mode: 'move' }] });
    expect(opened.caps).toHaveLength(1);
    expect(now.value.monotonicNs).toBe(1000n);
    client.operation((submissions, userData) => submissions.release(opened.caps[0]!.capId, userData));
    const later = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 1, ordinal: 0 } });
    expect(later.value.monotonicNs).toBe(1000n);
  });

  it('fails with the exception of what it depends on, however long the chain', () => {
    const { client, server, open } = chainable();
    const received = server.receive(server.cap('endpoint'));
    open(1);
    const chain = Array.from({ length: 6 }, (_, index) =>
      client.callRaw<unknown>(0, OPEN, client.allocate(), 0, {
        answerId: index + 2,
        dependency: { answerId: index + 1, ordinal: 0 },
      }),
    );
    const bytes = new Uint8Array(64);
    const length = capException.encode(exceptionMessage('overloaded', 'not today'), bytes, 0, 64);
    server.return(received.token, bytes.subarray(0, length), { exception: true });
    for (const call of chain) expect(call.exception).toMatchObject({ kind: 'overloaded', reason: 'not today' });
    const late = client.callRaw<unknown>(0, OPEN, client.allocate(), 0, { dependency: { answerId: 7, ordinal: 0 } });
    expect(late.exception).toMatchObject({ kind: 'overloaded', reason: 'not today' });
  });

  it('fails like a call that was refused, and like a server that died', () => {
    const { client, server, open, kernel } = chainable();
    client.callRaw(4711, OPEN, client.allocate(), 0, { answerId: 1, hold: true });
    const refused = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 1, ordinal: 0 } });
    expect(refused.result).toBe(-TRANSPORT_BAD_CAP);
    server.receive(server.cap('endpoint'));
    open(2);
    const orphan = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 2, ordinal: 0 } });
    server.process.kill(9);
    expect(orphan.exception?.kind).toBe('disconnected');
    client.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });

  it('ends CANCELED with the answer it waits for; once sent on, that answer may be finished', () => {
    const { client, server, open } = chainable();
    const received = server.receive(server.cap('endpoint'));
    open(1);
    const waiting = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 1, ordinal: 0 } });
    expect(client.operation((submissions, userData) => submissions.finish(1, userData)).result).toBe(1);
    expect(waiting.result).toBe(-TRANSPORT_CANCELED);
    server.return(received.token, new Uint8Array(8));
    const again = server.receive(server.cap('endpoint'));
    open(2);
    const sent = client.callRaw<unknown>(0, OPEN, client.allocate(), 0, { dependency: { answerId: 2, ordinal: 0 } });
    server.return(again.token, new Uint8Array(8), {
      transfers: [{ capId: server.cap('timer'), mode: 'copy' }],
    });
    expect(client.operation((submissions, userData) => submissions.finish(2, userData)).result).toBe(0);
    expect(sent.done).toBe(true);
  });

  it('names an answer: none, its own, and a taken name are refused', () => {
    const { client, server, open } = chainable();
    server.receive(server.cap('endpoint'));
    const nobody = client.call(0, Timer.methods.now, {}, { dependency: { answerId: 5, ordinal: 0 } });
    expect(nobody.result).toBe(-TRANSPORT_BAD_CAP);
    const itself = client.call(0, Timer.methods.now, {}, { answerId: 5, dependency: { answerId: 5, ordinal: 0 } });
    expect(itself.result).toBe(-TRANSPORT_MALFORMED);
    open(1);
    expect(open(1).result).toBe(-TRANSPORT_MALFORMED);
    expect(open(0, { keepCaps: true }).result).toBe(-TRANSPORT_MALFORMED);
  });

  it('has the deadline of what it waits for', () => {
    const { client, open, clock, kernel } = chainable();
    const first = open(1, { deadlineNs: 5000 });
    const second = client.call(0, Timer.methods.now, {}, { answerId: 2, dependency: { answerId: 1, ordinal: 0 } });
    clock.ns = 6000;
    kernel.step();
    expect(first.result).toBe(-TRANSPORT_TIMED_OUT);
    expect(second.result).toBe(-TRANSPORT_TIMED_OUT);
  });

  it('is paid for by its caller: answers and what they hold', () => {
    const { client, server, open, kernel, answerWithTimer } = chainable({
      limits: { pendingOperations: 6, capSlots: 8 },
    });
    answerWithTimer();
    expect(open(1, { keepCaps: true }).result).toBe(8);
    expect(open(2, { keepCaps: true }).result).toBe(8);
    const { capSlots, pendingOperations } = kernel.ledgers().byProcess.get(client.process.processId)!;
    expect([capSlots, pendingOperations]).toEqual([4, 2]);
    for (let id = 3; id <= 5; id += 1) open(id, { keepCaps: true });
    expect(open(6, { keepCaps: true }).result).toBe(-TRANSPORT_NO_MEMORY);
    // A refusal is an answer too. One whose name is taken makes way.
    client.operation((submissions, userData) => submissions.finish(6, userData));
    expect(open(3, { keepCaps: true }).result).toBe(8);
    for (let id = 1; id <= 5; id += 1) client.operation((submissions, userData) => submissions.finish(id, userData));
    expect(kernel.ledgers().byProcess.get(client.process.processId)!.capSlots).toBe(2);
    client.process.kill(9);
    server.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });

  it('chains without end do not pile up on the stack', () => {
    const { client, server, open, kernel } = chainable();
    const received = server.receive(server.cap('endpoint'));
    open(1);
    const size = client.ring.submissions.credit - 4;
    for (let id = 2; id < size; id += 1) {
      client.callRaw(0, OPEN, client.allocate(), 0, { answerId: id, dependency: { answerId: id - 1, ordinal: 0 } });
    }
    server.return(received.token, new Uint8Array(8));
    expect(client.ring.submissions.outstanding).toBe(0);
    client.process.kill(9);
    server.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });
});

describe('a call made for a received call', () => {
  it('has the deadline of that one, through any number of servers', () => {
    const test = testKernel();
    const [outer, inner] = [test.kernel.createEndpoint(), test.kernel.createEndpoint()];
    const client = test.client('client', { service: outer.facet(1n, INTERFACE) });
    const middle = test.client('middle', { endpoint: outer.owner, service: inner.facet(1n, INTERFACE) });
    const last = test.client('last', { endpoint: inner.owner });
    const received = middle.receive(middle.cap('endpoint'));
    last.receive(last.cap('endpoint'));
    const call = client.callRaw(client.cap('service'), OPEN, client.allocate(), 0, { deadlineNs: 5000 });
    const nested = middle.callRaw(middle.cap('service'), OPEN, middle.allocate(), 0, {
      onBehalfOf: received.token,
      deadlineNs: 9000,
    });
    test.clock.ns = 5001;
    test.kernel.step();
    expect(call.result).toBe(-TRANSPORT_TIMED_OUT);
    expect(nested.result).toBe(-TRANSPORT_TIMED_OUT);
    expect(last.unsolicited).toHaveLength(1);
  });

  it.each([
    ['was answered before', 'answered'],
    ['somebody else received', 'foreign'],
    ['nobody received', 'none'],
  ])('inherits nothing from a call that %s', (_, which) => {
    const test = testKernel();
    const [outer, inner] = [test.kernel.createEndpoint(), test.kernel.createEndpoint()];
    const client = test.client('client', { service: outer.facet(1n, INTERFACE) });
    const middle = test.client('middle', { endpoint: outer.owner, service: inner.facet(1n, INTERFACE) });
    const stranger = test.client('stranger', { service: inner.facet(2n, INTERFACE) });
    const last = test.client('last', { endpoint: inner.owner });
    const received = middle.receive(middle.cap('endpoint'));
    const call = client.callRaw(client.cap('service'), OPEN, client.allocate(), 0, { deadlineNs: 5000 });
    if (which === 'answered') middle.return(received.token, new Uint8Array());
    last.receive(last.cap('endpoint'));
    const caller = which === 'foreign' ? stranger : middle;
    const token = which === 'none' ? 0xffff_fffe : received.token;
    const nested = caller.callRaw(caller.cap('service'), OPEN, caller.allocate(), 0, { onBehalfOf: token });
    test.clock.ns = 5001;
    test.kernel.step();
    expect(call.result).toBe(which === 'answered' ? 0 : -TRANSPORT_TIMED_OUT);
    expect(nested.done).toBe(false);
  });
});
