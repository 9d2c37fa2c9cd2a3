// An endpoint's owner that asks is told of each badge that nobody holds any more, once.
import { Endpoint } from '@capos/abi';
import { CQE_FLAG_CALL_ARRIVED, CQE_FLAG_DETAILED, CQE_FLAG_FACET_GONE } from '@capos/ipc-ring';
import { expect, it } from 'vitest';
import type { TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const INTERFACE = 0xabcdn;

function scene() {
  const test = testKernel();
  const endpoint = test.kernel.createEndpoint();
  const server = test.client('server', { endpoint: endpoint.owner });
  const wait = () =>
    server.operation((submissions, userData) =>
      submissions.receive(server.cap('endpoint'), userData, server.allocate(), 1024, true),
    );
  const mint = (badge: bigint): number =>
    server.call(server.cap('endpoint'), Endpoint.methods.mint, { badge, interfaceId: INTERFACE }).caps[0]!.capId;
  const release = (client: TestClient, capId: number) =>
    client.operation((submissions, userData) => submissions.release(capId, userData));
  return { test, endpoint, server, wait, mint, release };
}

it('tells the waiting owner when the last reference is released', () => {
  const { server, wait, mint, release } = scene();
  const waiting = wait();
  const capId = mint(0x1_0000_0002n);
  expect(waiting.done).toBe(false);
  release(server, capId);
  expect([waiting.done, waiting.result, waiting.badge]).toEqual([true, 0, 0x1_0000_0002n]);
  expect(waiting.flags & ~CQE_FLAG_DETAILED).toBe(CQE_FLAG_FACET_GONE);
});

it('keeps what happened while nobody waited, in order, and tells each badge once', () => {
  const { server, wait, mint, release } = scene();
  const first = wait();
  release(server, mint(1n));
  expect(first.badge).toBe(1n);
  for (const badge of [2n, 3n]) release(server, mint(badge));
  expect([wait(), wait()].map((each) => each.badge)).toEqual([2n, 3n]);
  expect(wait().done).toBe(false);
});

it('tells when the last holder dies, not when one of several lets go', () => {
  const { test, endpoint, wait } = scene();
  const facet = endpoint.facet(9n, INTERFACE);
  const one = test.client('one', { service: facet });
  const two = test.client('two', { service: facet });
  const waiting = wait();
  one.process.kill(9);
  expect(waiting.done).toBe(false);
  two.process.kill(9);
  test.kernel.step();
  expect([waiting.done, waiting.badge]).toEqual([true, 9n]);
});

it('tells nothing to an owner that did not ask', () => {
  const { server, mint, release } = scene();
  const plain = server.receive(server.cap('endpoint'));
  release(server, mint(1n));
  expect(plain.done).toBe(false);
});

it('lets calls and notices share a receive, and leaves no count behind', () => {
  const { test, endpoint, server, wait } = scene();
  const client = test.client('client', { service: endpoint.facet(5n, INTERFACE) });
  const waiting = wait();
  const call = client.callRaw(client.cap('service'), 0, client.allocate(), 0);
  expect(waiting.flags & ~CQE_FLAG_DETAILED).toBe(CQE_FLAG_CALL_ARRIVED);
  server.return(waiting.token, new Uint8Array());
  expect(call.done).toBe(true);
  client.process.kill(9);
  test.kernel.step();
  expect(wait().badge).toBe(5n);
  server.process.kill(9);
  test.kernel.step();
  expect(isEmpty(test.kernel)).toBe(true);
});
