// A client that writes anything anywhere in its ring: the server stays within its bounds, says so, and harms nobody else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drainError,
  HEADER_CQ_HEAD_WORD,
  HEADER_MAGIC_WORD,
  HEADER_SQ_MASK_WORD,
  HEADER_SQ_TAIL_WORD,
  HEADER_WORDS,
  initializeRing,
  RingClient,
  RingError,
  RingServer,
  ringBytes,
  TRANSPORT_MALFORMED,
} from '../src/index.ts';

const size = { sqEntries: 4, cqEntries: 8 };
const GUARD = 256;
const GUARD_BYTE = 0xa5;

function guarded() {
  const buffer = new ArrayBuffer(GUARD + ringBytes(size) + GUARD);
  const bytes = new Uint8Array(buffer);
  bytes.fill(GUARD_BYTE);
  initializeRing(buffer, GUARD, size);
  const words = new Int32Array(buffer, GUARD, ringBytes(size) / 4);
  const intact = (): boolean =>
    bytes.subarray(0, GUARD).every((byte) => byte === GUARD_BYTE) &&
    bytes.subarray(GUARD + ringBytes(size)).every((byte) => byte === GUARD_BYTE);
  return { buffer, words, intact, server: new RingServer(buffer, GUARD, size), client: new RingClient(buffer, GUARD) };
}

describe('a scribbled header', () => {
  test.each([
    ['sqTail far ahead', HEADER_SQ_TAIL_WORD, 5],
    ['sqTail behind', HEADER_SQ_TAIL_WORD, -1],
    ['sqTail absurd', HEADER_SQ_TAIL_WORD, 0x7fff_ffff],
    ['cqHead ahead of what was published', HEADER_CQ_HEAD_WORD, 1],
    ['cqHead behind', HEADER_CQ_HEAD_WORD, -1],
  ])('with %s takes nothing, is refused as malformed, and works again once put right', (_name, word, value) => {
    const { words, server, client, intact } = guarded();
    words[word] = value;
    const outcome = server.drain({ submit: () => expect.fail('nothing may be taken') });
    expect(outcome).toBe('corrupt');
    expect(drainError(outcome)).toBe(-TRANSPORT_MALFORMED);
    expect(intact()).toBe(true);
    words[HEADER_SQ_TAIL_WORD] = 0;
    words[HEADER_CQ_HEAD_WORD] = 0;
    client.submissions.nop(7);
    client.submit();
    expect(server.drain({ submit: () => 0 })).toBe('empty');
    const seen: number[] = [];
    client.completions.drain({ complete: ({ userData }) => void seen.push(userData) });
    expect(seen).toEqual([7]);
  });

  test('has the words that the server owns written afresh', () => {
    const { words, server } = guarded();
    const before = words.slice(0, HEADER_WORDS);
    words.fill(-0x5555, 0, HEADER_WORDS);
    server.drain({ submit: () => 0 });
    for (const word of [HEADER_MAGIC_WORD, HEADER_SQ_MASK_WORD]) expect(words[word]).toBe(before[word]);
  });

  test('with other masks and offsets moves nothing: the server never reads them', () => {
    const { words, server, client, intact } = guarded();
    client.submissions.nop(3);
    client.submit();
    for (let word = HEADER_MAGIC_WORD; word < HEADER_SQ_TAIL_WORD; word += 1) words[word] = 0x7fff_fff0;
    expect(server.drain({ submit: (entry) => entry.userDataLow })).toBe('empty');
    expect(server.taken).toBe(1);
    expect(intact()).toBe(true);
  });
});

describe('opening', () => {
  test('what is no ring is refused with the reason', () => {
    expect(() => new RingClient(new ArrayBuffer(4096), 0)).toThrow(/magic word is 0x0; call initializeRing/);
    expect(() => new RingClient(new ArrayBuffer(64), 0)).toThrow(RingError);
    expect(() => new RingClient(new ArrayBuffer(4096), 4)).toThrow(/multiple of 8/);
    expect(() => initializeRing(new ArrayBuffer(4096), 0, { sqEntries: 3, cqEntries: 8 })).toThrow(/powers of two/);
    expect(() => initializeRing(new ArrayBuffer(4096), 0, { sqEntries: 8, cqEntries: 4 })).toThrow(/at least as many/);
  });

  test('a header of random words never gives a view outside the buffer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 6, maxLength: 6 }), fc.boolean(), (values, keepMagic) => {
        const { buffer, words } = guarded();
        const from = keepMagic ? 2 : 0;
        for (let word = from; word < 6; word += 1) words[word] = values[word]!;
        try {
          const { memory } = new RingClient(buffer, GUARD);
          expect(memory.words.byteOffset + memory.words.byteLength).toBeLessThanOrEqual(buffer.byteLength);
        } catch (error) {
          expect(error).toBeInstanceOf(RingError);
        }
      }),
    );
  });
});

describe('a client that writes anything anywhere, also while its entries are handled', () => {
  test('gets bounded drains, exact credits, and harms nothing outside its ring', () => {
    const scribble = fc.tuple(
      fc.nat(ringBytes(size) / 4 - 1),
      fc.oneof(fc.integer(), fc.integer({ min: -2, max: 12 })),
    );
    // Drains where most tails are plausible, so that entries are really taken.
    const round = fc.record({
      before: fc.array(scribble, { maxLength: 12 }),
      during: fc.array(scribble, { maxLength: 6 }),
      submit: fc.nat(5),
      consume: fc.nat(9),
      defer: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(round, { maxLength: 30 }), (rounds) => {
        const { words, server, intact } = guarded();
        const deferred: [number, number][] = [];
        let tail = 0;
        for (const { before, during, submit, consume, defer } of rounds) {
          words[HEADER_SQ_TAIL_WORD] = server.submissionHead + submit;
          words[HEADER_CQ_HEAD_WORD] = server.completionHead + Math.min(consume, server.unread());
          for (const [word, value] of before) words[word] = value;
          let handled = 0;
          const outcome = server.drain({
            submit: (entry) => {
              handled += 1;
              const copy = [...entry.words];
              for (const [word, value] of during) words[word] = value;
              expect([...entry.words]).toEqual(copy);
              expect(server.reserved).toBeLessThanOrEqual(size.cqEntries);
              // A QUIET entry completes at once or not at all.
              if (defer && (entry.flags & 2) === 0) {
                deferred.push([entry.userDataLow, entry.userDataHigh]);
                return -0x80000000;
              }
              return entry.resultLength & 0x7fff_ffff;
            },
          });
          // Entries that may not be QUIET are refused without their handler.
          expect(handled).toBeLessThanOrEqual(server.taken);
          expect(server.taken).toBeLessThanOrEqual(size.sqEntries);
          if (outcome === 'corrupt') expect(server.taken).toBe(0);
          if (!defer && deferred.length > 0) {
            const [low, high] = deferred.shift()!;
            server.complete(low, high, 0, 0, 0);
            server.publish();
          }
          expect(server.reserved).toBe(deferred.length);
          expect(server.unread()).toBeLessThanOrEqual(size.cqEntries - deferred.length);
          tail += server.taken;
          expect(server.submissionHead).toBe(tail | 0);
        }
        expect(intact()).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a server that writes anything into its header', () => {
  test('is told from a working one by its client, which consumes nothing and keeps within the ring', () => {
    const { buffer, words, client } = guarded();
    client.submissions.nop(1);
    client.submit();
    new RingServer(buffer, GUARD, size).drain({ submit: () => 0 });
    words[17] = 0x1234;
    expect(() => client.completions.drain({ complete: () => expect.fail('consumed') })).toThrow(/server is broken/);
    words[16] = -99;
    for (let n = 0; n < 3; n += 1) client.submissions.nop(n);
    expect(client.submissions.nop(9)).not.toBe(0);
  });
});
