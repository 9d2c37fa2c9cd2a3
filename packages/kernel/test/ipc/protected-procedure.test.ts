// Protected procedures: what they do with a call, and that they can't be told from callbacks but by time.
import { CALL_OUTCOME, type ProtectedProcedure } from '@capos/abi';
import {
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_EXCEPTION,
  CQE_FLAG_RETURN_FAILED,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BUFFER_TOO_SMALL,
} from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import { compareProcedure } from '../support/hosted-differential.ts';
import type { Submitted, TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const { ANSWERED, LEFT, TAKEN } = CALL_OUTCOME;

/** A server with one RECV posted and this procedure, and a client of it. */
function scene(procedure: (server: TestClient) => ProtectedProcedure) {
  const test = testKernel();
  const endpoint = test.kernel.createEndpoint();
  const server = test.client('server', { endpoint: endpoint.owner, self: endpoint.facet(2n, 4n) });
  const client = test.client('client', { service: endpoint.facet(1n, 4n) });
  server.port.onCall!(procedure(server));
  const received = server.receive(server.cap('endpoint'), { length: 128 });
  const call = (more = {}): Submitted<unknown> =>
    client.callRaw(client.cap('service'), 7, client.allocate(), 8, more, (bytes) => [...bytes]);
  const end = (): boolean => {
    server.process.kill(9);
    client.process.kill(9);
    test.kernel.step();
    return isEmpty(test.kernel);
  };
  return { ...test, server, client, received, call, end };
}

describe('a protected procedure', () => {
  it('answers before its caller has returned from the doorbell, call after call, past the ring of its program', () => {
    const seen: unknown[] = [];
    const { call, received, end } = scene((server) => (arrived, answer) => {
      seen.push([arrived.result, arrived.badgeLow, arrived.methodId, arrived.capCount]);
      server.bytes.set([1, 2, 3, seen.length], 0x8000);
      answer.set(0x8000, 4, 0, false);
      return ANSWERED;
    });
    expect([call().value, call().value]).toEqual([
      [1, 2, 3, 1],
      [1, 2, 3, 2],
    ]);
    expect(seen).toEqual([
      [8, 1, 7, 0],
      [8, 1, 7, 0],
    ]);
    expect(received.done).toBe(false);
    expect(end()).toBe(true);
  });

  it('leaves a call to the completion of the RECV that it met', () => {
    const { call, received, server, end } = scene(() => () => LEFT);
    const called = call();
    expect([received.done, received.flags & CQE_FLAG_CALL_ARRIVED, called.done]).toEqual([
      true,
      CQE_FLAG_CALL_ARRIVED,
      false,
    ]);
    server.return(received.token, new Uint8Array(4));
    expect(called.result).toBe(4);
    expect(end()).toBe(true);
  });

  it('takes calls to answer them later, which uses RECVs up and nothing else', () => {
    let token = 0;
    const { call, client, received, server, end } = scene((program) => (arrived) => {
      token = arrived.token;
      program.ring.submissions.restoreCredit();
      return TAKEN;
    });
    const [first, second] = [call(), call()];
    server.return(token, new Uint8Array(4));
    expect([first.result, received.done, second.done]).toEqual([4, false, false]);
    server.return(server.receive(server.cap('endpoint'), { length: 128 }).token, new Uint8Array(4));
    // As many as would take every slot of the completion queue.
    const message = client.allocate();
    for (let round = 0; round < 150; round++) {
      const receive = server.receive(server.cap('endpoint'), { length: 128 });
      const called = client.callRaw(client.cap('service'), 7, message, 8);
      const returned = server.return(token, new Uint8Array(4));
      expect([called.result, returned.result]).toEqual([4, 0]);
      for (const each of [receive, returned]) server.free(each.buffer);
      client.free(called.buffer);
    }
    expect(end()).toBe(true);
  });

  it.each([
    ['is longer than what its caller has room for', 0x8000, 512, -TRANSPORT_BUFFER_TOO_SMALL],
    ['lies beyond the arena', 0x7fff_fff0, 8, -TRANSPORT_BAD_ADDRESS],
    ['lies beyond 4 GiB', 2 ** 32, 8, -TRANSPORT_BAD_ADDRESS],
  ])('learns by the completion of its RECV that its answer %s', (_, address, length, error) => {
    const { call, received, end } = scene(() => (_call, answer) => {
      answer.set(address, length, 0, false);
      return ANSWERED;
    });
    const called = call({ resultLength: 64 });
    expect([called.done, called.result]).toEqual(length > 64 ? [true, error] : [false, 0]);
    expect(received.result).toBe(error);
    expect(received.flags & CQE_FLAG_RETURN_FAILED).not.toBe(0);
    expect(end()).toBe(true);
  });

  it('answers without bytes when it gives none, whatever it gave before', () => {
    let calls = 0;
    const { call, end } = scene(() => (_call, answer) => {
      if (calls++ === 0) answer.set(0x8000, 8, 0, true);
      return ANSWERED;
    });
    expect([call().result, call().result]).toEqual([8, 0]);
    expect(end()).toBe(true);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('out of order');
      },
    ],
    [
      'exits',
      (server: TestClient) => {
        server.port.exit(3);
        return ANSWERED;
      },
    ],
  ])('that %s ends its program, and its caller is told', (_, act) => {
    const { call, server, end } = scene((program) => () => act(program));
    const called = call();
    expect(called.flags & CQE_FLAG_EXCEPTION).not.toBe(0);
    expect(called.exception?.kind).toBe('disconnected');
    expect(server.process.status).toBeDefined();
    expect(end()).toBe(true);
  });

  it('that has answered by its ring has no call left to answer', () => {
    const { call, received, end } = scene((server) => (arrived, answer) => {
      server.return(arrived.token, new Uint8Array(8));
      answer.set(0x8000, 4, 0, false);
      return ANSWERED;
    });
    expect(call().result).toBe(8);
    expect([received.result, received.flags & CQE_FLAG_RETURN_FAILED]).toEqual([
      -TRANSPORT_BAD_CAP,
      CQE_FLAG_RETURN_FAILED,
    ]);
    expect(end()).toBe(true);
  });

  it('that answers a caller who has gone meanwhile receives the next call all the same', () => {
    const { call, client, server, received, end } = scene(() => (_, answer) => {
      if (client.process.status === undefined) client.process.kill(9);
      answer.set(0x8000, 4, 0, false);
      return ANSWERED;
    });
    call();
    expect([client.process.status?.which, received.done]).toEqual(['killed', false]);
    const own = server.callRaw(server.cap('self'), 1, server.allocate(), 8);
    expect([received.done, own.done]).toEqual([true, false]);
    expect(end()).toBe(true);
  });

  it('is not run for a program that has completions to look at first', () => {
    let runs = 0;
    const { call, server, received, end } = scene(() => () => {
      runs++;
      return LEFT;
    });
    // It looks at nothing for a while.
    server.port.onCompletion(() => {});
    server.receive(server.cap('endpoint'), { length: 128 });
    call();
    call();
    expect([runs, received.done]).toEqual([1, false]);
    server.drain();
    expect(received.done).toBe(true);
    expect(end()).toBe(true);
  });

  it('is not run for a RECV that ends at some time', () => {
    let runs = 0;
    const { call, server, received, clock, kernel, end } = scene(() => () => {
      runs++;
      return TAKEN;
    });
    // The one without is used up first.
    server.ring.submissions.restoreCredit();
    call();
    const timed = server.receive(server.cap('endpoint'), { length: 128, deadlineNs: 5000 });
    call();
    expect([runs, received.done, timed.done, timed.flags & CQE_FLAG_CALL_ARRIVED]).toEqual([
      1,
      false,
      true,
      CQE_FLAG_CALL_ARRIVED,
    ]);
    clock.ns = 6000;
    kernel.step();
    expect(end()).toBe(true);
  });

  it('that calls its own program finds it busy: the call waits for a RECV', () => {
    const nested: Submitted<unknown>[] = [];
    const { call, end } = scene((server) => (_, answer) => {
      if (nested.length === 0) nested.push(server.callRaw(server.cap('self'), 1, server.allocate(), 8));
      answer.set(0x8000, 4, 0, false);
      return ANSWERED;
    });
    expect(call().result).toBe(4);
    expect(nested[0]!.done).toBe(false);
    expect(end()).toBe(true);
  });

  it.each([
    ['with the fast path', true],
    ['without it', false],
  ])('can not be told from the callback that it stands for, whatever programs submit, %s', (_, fastPath) => {
    expect(compareProcedure(100, fastPath)).toBeGreaterThan(100);
  });
});
