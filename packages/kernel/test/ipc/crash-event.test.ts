// A caller learns that its server ended, and how; never what it was working on, nor where.
import { type CapException, capException } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import type { Submitted, TestClient } from '../support/test-client.ts';
import { testKernel } from '../support/test-kernel.ts';
import { finish, machineKernel, prebuilt } from '../support/test-machine.ts';

const INTERFACE = 0xabcdn;

function exceptionOf(call: Submitted): CapException {
  return capException.decode(call.payload, 0, call.payload.length);
}

function send(client: TestClient): Submitted {
  return client.callRaw(client.cap('service'), 1, client.allocate(), 8);
}

function scene() {
  const test = testKernel();
  const endpoint = test.kernel.createEndpoint();
  const server = test.client('server', { endpoint: endpoint.owner });
  const clients = ['one', 'two'].map((name) => test.client(name, { service: endpoint.facet(1n, INTERFACE) }));
  return { test, server, clients };
}

describe('a call whose server ends', () => {
  it('tells the exit code', () => {
    const { server, clients } = scene();
    server.receive(server.cap('endpoint'));
    const [taken, waiting] = clients.map(send);
    server.port.exit(3);
    for (const call of [taken, waiting]) {
      expect(exceptionOf(call!)).toMatchObject({
        kind: 'disconnected',
        ending: 'exited',
        code: 3,
        addressClass: 'none',
      });
    }
  });

  it('tells the signal it was killed by', () => {
    const { server, clients } = scene();
    server.receive(server.cap('endpoint'));
    const [call] = clients.map(send);
    server.process.kill(15);
    expect(exceptionOf(call!)).toMatchObject({ ending: 'killed', code: 15 });
  });

  it('tells a program that threw by vector 255, and nothing of what it threw', () => {
    const { test, server, clients } = scene();
    server.receive(server.cap('endpoint'));
    server.onCall = () => {
      throw new Error('the password is hunter2');
    };
    const [call] = clients.map(send);
    test.kernel.step();
    const exception = exceptionOf(call!);
    expect(exception).toMatchObject({ ending: 'faulted', code: 255 });
    expect(JSON.stringify(exception)).not.toContain('hunter2');
  });

  it('says nothing of an ending when a capability was revoked rather than its server lost', () => {
    const test = testKernel();
    const endpoint = test.kernel.createEndpoint();
    const facet = endpoint.facet(1n, INTERFACE);
    const client = test.client('client', { service: facet });
    facet.revoke();
    expect(exceptionOf(send(client))).toMatchObject({ kind: 'disconnected', ending: 'none', code: 0 });
  });
});

describe('a supervisor', () => {
  it.each([
    ['page-fault', 'nearNull'],
    ['write-code', 'notPermitted'],
    ['execute-data', 'notPermitted'],
    ['stack-overflow', 'unmapped'],
    ['divide', 'none'],
  ])('learns of %s that the address was %s', (fault, addressClass) => {
    const { kernel, run } = machineKernel();
    const process = run('fault', prebuilt('fault'), {}, { arguments: ['fault', fault] });
    expect(finish(kernel, process)).toMatchObject({ which: 'faulted', faulted: { addressClass } });
  });
});
