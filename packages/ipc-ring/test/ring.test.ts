// Both sides of one ring in one thread: what is pushed is taken, what is completed arrives, credits are exact.
import { describe, expect, test } from 'vitest';
import {
  type CompletionEntry,
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_DETAILED,
  CQE_FLAG_UNSOLICITED,
  DEFERRED,
  HEADER_CQ_HEAD_WORD,
  HEADER_CQ_TAIL_WORD,
  HEADER_SQ_HEAD_WORD,
  HEADER_SQ_TAIL_WORD,
  initializeRing,
  NO_CREDIT,
  OP_CALL,
  OP_NOP,
  OP_RECV,
  OP_RELEASE,
  PUSHED,
  QUEUE_FULL,
  type RingBuffer,
  RingClient,
  RingServer,
  ringBytes,
  SQE_FLAG_PIPELINED,
  type SubmissionEntry,
  TRANSPORT_BAD_CAP,
  TRANSPORT_BAD_OPERATION,
} from '../src/index.ts';

const memories: readonly (readonly [string, (bytes: number) => RingBuffer])[] = [
  ['ArrayBuffer', (bytes) => new ArrayBuffer(bytes)],
  ['SharedArrayBuffer', (bytes) => new SharedArrayBuffer(bytes)],
];

describe.each(memories)('a ring in an %s', (_name, allocate) => {
  function ring(sqEntries: number, cqEntries: number, offset = 4096 + 8) {
    const size = { sqEntries, cqEntries };
    const buffer = allocate(offset + ringBytes(size));
    initializeRing(buffer, offset, size);
    return { client: new RingClient(buffer, offset), server: new RingServer(buffer, offset, size) };
  }

  function completions(client: RingClient): { userData: number; result: number; flags: number }[] {
    const seen: { userData: number; result: number; flags: number }[] = [];
    client.completions.drain({
      complete: ({ userData, result, flags }) => void seen.push({ userData, result, flags }),
    });
    return seen;
  }

  test('a completion published while its submission is handled leaves its slot free for whoever sees it', () => {
    const { client, server } = ring(2, 4);
    expect([client.submissions.nop(1), client.submissions.nop(2)]).toEqual([PUSHED, PUSHED]);
    client.submit();
    const drained: boolean[] = [];
    server.drain({
      submit({ userDataLow }) {
        server.complete(userDataLow, 0, 0, 0, 0);
        server.publish();
        // What a client in another thread would find at this moment.
        if (completions(client).length === 1) drained.push(client.submissions.drained);
        return DEFERRED;
      },
    });
    expect(drained).toEqual([false, true]);
  });

  test('a submission is invisible until it is published', () => {
    const { client, server } = ring(4, 8);
    expect(client.submissions.nop(1)).toBe(PUSHED);
    expect(server.drain({ submit: () => 0 })).toBe('empty');
    expect(server.taken).toBe(0);
    client.submit();
    expect(server.drain({ submit: () => 7 })).toBe('empty');
    expect(server.taken).toBe(1);
    expect(completions(client)).toEqual([{ userData: 1, result: 7, flags: 0 }]);
  });

  test('every field of a call arrives as pushed, also past 32 bits', () => {
    const { client, server } = ring(4, 8);
    const address = 0x7fff_ffff_1230;
    client.submissions.call(0xfff00001, 513, 2 ** 52 + 5, address, 24, address + 64, 4096, 0xdeadbeef);
    client.submissions.pipelined(77, 3);
    client.submissions.transfers(2);
    client.submissions.deadline(2 ** 40 + 9);
    client.submit();
    let seen: Record<string, number> = {};
    server.drain({
      submit: (e: SubmissionEntry) => {
        const { op, flags, methodId, capId, userDataLow, userDataHigh, paramsAddress, paramsLength } = e;
        const { resultAddress, resultLength, answerId, dependency, dependencyCap, transferCount, deadlineNs } = e;
        seen = { op, flags, methodId, capId, userDataLow, userDataHigh, paramsAddress, paramsLength, resultAddress };
        seen = { ...seen, resultLength, answerId, dependency, dependencyCap, transferCount, deadlineNs };
        return 0;
      },
    });
    expect(seen).toEqual({
      op: OP_CALL,
      flags: SQE_FLAG_PIPELINED,
      methodId: 513,
      capId: 0xfff00001,
      userDataLow: 5,
      userDataHigh: 2 ** 20,
      paramsAddress: address,
      paramsLength: 24,
      resultAddress: address + 64,
      resultLength: 4096,
      answerId: 0xdeadbeef,
      dependency: 77,
      dependencyCap: 3,
      transferCount: 2,
      deadlineNs: 2 ** 40 + 9,
    });
    expect(completions(client)).toEqual([{ userData: 2 ** 52 + 5, result: 0, flags: 0 }]);
  });

  test('a slot that is used again keeps nothing of its last entry', () => {
    const { client, server } = ring(1, 2);
    client.submissions.call(1, 2, 3, 4, 5, 6, 7, 8);
    client.submissions.pipelined(9, 10);
    client.submissions.transfers(11);
    client.submissions.deadline(12);
    client.submit();
    server.drain({ submit: () => 0 });
    client.submissions.nop(0);
    client.submit();
    let words: number[] = [1];
    server.drain({
      submit: (entry) => {
        words = [...entry.words];
        return 0;
      },
    });
    expect(words).toEqual(new Array(16).fill(0));
  });

  test('the queue is full at its capacity, and takes more once the server drained', () => {
    const { client, server } = ring(2, 8);
    expect([1, 2, 3].map((n) => client.submissions.nop(n))).toEqual([PUSHED, PUSHED, QUEUE_FULL]);
    client.submit();
    server.drain({ submit: () => 0 });
    expect(client.submissions.nop(3)).toBe(PUSHED);
  });

  test('completions are credits: a submission past them is refused until one is consumed', () => {
    const { client, server } = ring(2, 2);
    client.submissions.nop(1);
    client.submissions.nop(2);
    client.submit();
    server.drain({ submit: () => 0 });
    expect(client.submissions.nop(3)).toBe(NO_CREDIT);
    expect(client.submissions.credit).toBe(0);
    completions(client);
    expect(client.submissions.credit).toBe(2);
    expect(client.submissions.nop(3)).toBe(PUSHED);
  });

  test('a deferred submission holds its slot until it is completed', () => {
    const { client, server } = ring(2, 2);
    client.submissions.receive(5, 41, 0, 64);
    client.submissions.receive(5, 42, 64, 64);
    client.submit();
    const seen: number[] = [];
    server.drain({
      submit: (entry) => {
        seen.push(entry.op);
        return DEFERRED;
      },
    });
    expect(seen).toEqual([OP_RECV, OP_RECV]);
    expect(server.reserved).toBe(2);
    expect(server.reserve()).toBe(false);
    server.completeReceive(42, 0, 16, 0xb, 0xa, 99, 7, 1);
    expect(client.completions.available).toBe(0);
    server.publish();
    let arrived: Partial<CompletionEntry> = {};
    client.completions.drain({
      complete: ({ userData, result, flags, badgeLow, badgeHigh, token, methodId, capCount }) => {
        arrived = { userData, result, flags, badgeLow, badgeHigh, token, methodId, capCount };
      },
    });
    expect(arrived).toEqual({
      userData: 42,
      result: 16,
      flags: CQE_FLAG_CALL_ARRIVED | CQE_FLAG_DETAILED,
      badgeLow: 0xb,
      badgeHigh: 0xa,
      token: 99,
      methodId: 7,
      capCount: 1,
    });
    expect(server.reserve()).toBe(true);
  });

  test('a client that ignores its credit is stalled, told, and loses nothing', () => {
    const { client, server } = ring(4, 4);
    for (let n = 0; n < 4; n += 1) client.submissions.nop(n);
    client.submit();
    server.drain({ submit: () => 0 });
    // Pretends that its completions were consumed: credit comes back locally, not in the header.
    for (let n = 0; n < 4; n += 1) client.submissions.restoreCredit();
    for (let n = 4; n < 8; n += 1) client.submissions.nop(n);
    client.submissions.publish();
    expect(server.drain({ submit: () => 0 })).toBe('no-credit');
    expect(server.taken).toBe(0);
    expect(server.overflow).toBe(1);
    expect(completions(client).map((c) => c.userData)).toEqual([0, 1, 2, 3]);
    expect(server.drain({ submit: () => 0 })).toBe('empty');
    expect(completions(client).map((c) => c.userData)).toEqual([4, 5, 6, 7]);
  });

  test('a quiet submission completes only when it fails, and then gives no credit back', () => {
    const { client, server } = ring(4, 4);
    client.submissions.releaseQuietly(1, 10);
    client.submissions.releaseQuietly(2, 11);
    client.submissions.nop(12);
    expect(client.submissions.outstanding).toBe(1);
    client.submit();
    server.drain({ submit: (entry) => (entry.op === OP_RELEASE && entry.capId === 2 ? -TRANSPORT_BAD_CAP : 0) });
    expect(server.reserved).toBe(0);
    expect(completions(client)).toEqual([
      { userData: 11, result: -TRANSPORT_BAD_CAP, flags: CQE_FLAG_UNSOLICITED },
      { userData: 12, result: 0, flags: 0 },
    ]);
    expect(client.submissions.outstanding).toBe(0);
  });

  test('an operation that completes later may not be quiet, nor one that does not exist', () => {
    const { client, server } = ring(4, 4);
    for (const op of [OP_CALL, 200]) {
      const words = new Int32Array(16);
      words[0] = op | (2 << 8);
      client.submissions.raw(words);
    }
    client.submit();
    server.drain({ submit: () => expect.fail('the handler must not see it') });
    expect(completions(client).map((c) => c.result)).toEqual([-TRANSPORT_BAD_OPERATION, -TRANSPORT_BAD_OPERATION]);
  });

  test('a drain stops at its limit and goes on where it stopped', () => {
    const { client, server } = ring(4, 8);
    for (let n = 0; n < 4; n += 1) client.submissions.nop(n);
    client.submit();
    expect(server.drain({ submit: () => 0 }, 3)).toBe('limit');
    expect(server.pending).toBe(true);
    expect(server.drain({ submit: () => 0 }, 3)).toBe('empty');
    expect(completions(client).map((c) => c.userData)).toEqual([0, 1, 2, 3]);
  });

  test('a handler that makes its client enter again is not reentered; the outer drain takes what was added', () => {
    const { client, server } = ring(4, 8);
    client.submissions.nop(1);
    client.submit();
    const order: string[] = [];
    const handler = {
      submit: (entry: SubmissionEntry): number => {
        order.push(`begin ${entry.userDataLow}`);
        if (entry.userDataLow === 1) {
          client.submissions.nop(2);
          client.submit();
          expect(server.drain(handler)).toBe('nested');
        }
        order.push(`end ${entry.op === OP_NOP}`);
        return 0;
      },
    };
    expect(server.drain(handler)).toBe('empty');
    expect(order).toEqual(['begin 1', 'end true', 'begin 2', 'end true']);
    expect(completions(client).map((c) => c.userData)).toEqual([1, 2]);
  });

  test('a completion handler may push, enter and drain again', () => {
    const { client, server } = ring(2, 2);
    client.submissions.nop(1);
    client.submissions.nop(2);
    client.submit();
    server.drain({ submit: () => 0 });
    const seen: number[] = [];
    const handler = {
      complete: ({ userData }: CompletionEntry) => {
        seen.push(userData);
        if (userData < 10) {
          expect(client.submissions.nop(userData + 10)).toBe(PUSHED);
          client.submit();
          server.drain({ submit: () => 0 });
          client.completions.drain(handler);
        }
      },
    };
    client.completions.drain(handler);
    expect(seen).toEqual([1, 2, 11, 12]);
    expect(client.submissions.outstanding).toBe(0);
  });

  test('counters wrap around 2^32 without anybody noticing', () => {
    const size = { sqEntries: 2, cqEntries: 4 };
    const buffer = allocate(ringBytes(size));
    initializeRing(buffer, 0, size);
    const start = 0xffff_fffd;
    new Int32Array(buffer).fill(start, HEADER_SQ_TAIL_WORD, HEADER_CQ_HEAD_WORD + 1);
    new Int32Array(buffer).fill(start, HEADER_SQ_HEAD_WORD, HEADER_CQ_TAIL_WORD + 1);
    const server = new RingServer(buffer, 0, size, { submissions: start, completions: start });
    const wound = new RingClient(buffer, 0);
    for (let n = 0; n < 10; n += 1) {
      expect(wound.submissions.nop(n)).toBe(PUSHED);
      wound.submit();
      expect(server.drain({ submit: (entry) => entry.userDataLow })).toBe('empty');
      expect(completions(wound)).toEqual([{ userData: n, result: n, flags: 0 }]);
    }
  });
});
