// Entries in registers: what a program's registers hold afterwards, and that the fast path can't be told from the general one.
import {
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_EXCEPTION,
  CQE_FLAG_RETURN_FAILED,
  OP_NOP,
  OP_POST,
  OP_RELEASE,
  SQE_FLAG_QUIET,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BAD_OPERATION,
} from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import { answer, buffer, call, cap, compareFastPath, receive, system } from '../support/fast-path-differential.ts';
import { logged, MODE, type Step } from '../support/script-player.ts';

describe.each([
  ['with the fast path', true],
  ['without it', false],
])('an entry in registers, %s', (_, isOn) => {
  it('calls, receives and answers', () => {
    const { kernel, page, fastPath } = system([[receive, answer], [], [call]], isOn);
    kernel.runUntilIdle();
    const [server, client] = [page(0), page(2)];
    const arrived = logged(server, 0);
    expect(arrived).toMatchObject({ result: 64n, badge: 2n });
    expect(arrived.flags & CQE_FLAG_CALL_ARRIVED).not.toBe(0);
    expect(arrived.token).not.toBe(0);
    expect(logged(client, 0)).toMatchObject({ result: 64n });
    const at = (index: number): number => buffer(index) & 0xfff;
    expect(server.subarray(at(0), at(0) + 64)).toEqual(client.subarray(at(2), at(2) + 64));
    expect(client.subarray(at(3), at(3) + 64)).toEqual(server.subarray(at(1), at(1) + 64));
    expect(fastPath.calls + fastPath.returns > 0).toBe(isOn);
  });

  it('tells a RETURN that failed from a RECV that did', () => {
    const { kernel, page } = system([[{ ...answer, mode: MODE.PLAIN, answerId: 99 }, receive], [], [call]], isOn);
    kernel.runUntilIdle();
    expect(logged(page(0), 0)).toMatchObject({ result: BigInt(-TRANSPORT_BAD_CAP), flags: expect.anything() });
    expect(logged(page(0), 0).flags & CQE_FLAG_RETURN_FAILED).not.toBe(0);
    expect(logged(page(0), 1)).toMatchObject({ result: 64n });
  });

  it('performs any operation, but none quietly', () => {
    const steps: Step[] = [
      { op: OP_NOP },
      { op: OP_NOP, flags: SQE_FLAG_QUIET },
      { op: OP_POST, aux: 7, params: 0x1234 },
      { op: OP_RELEASE, capId: cap(1) },
      { ...call, capId: cap(1) },
      { op: 77 },
    ];
    const { kernel, page } = system([[], [], steps], isOn);
    kernel.runUntilIdle();
    const results = steps.map((_step, index) => Number(logged(page(2), index).result));
    expect(results).toEqual([0, -TRANSPORT_BAD_OPERATION, 7, 0, -TRANSPORT_BAD_CAP, -TRANSPORT_BAD_OPERATION]);
    expect(logged(page(2), 2).badge).toBe(0x1234n);
  });

  it('ends in an exception when its server dies', () => {
    const { kernel, page, processes } = system([[receive, receive], [], [call]], isOn);
    kernel.runUntilIdle();
    processes[0]!.kill(9);
    kernel.runUntilIdle();
    expect(logged(page(2), 0).flags & CQE_FLAG_EXCEPTION).not.toBe(0);
  });
});

describe('the fast path', () => {
  it('can not be told from the general one, whatever programs do, and wherever they are stopped', () => {
    expect(compareFastPath(40)).toBeGreaterThan(40);
  });
});
