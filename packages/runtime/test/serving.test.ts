// Calls as their server sees them: handlers, answers, and what a service reuses or lends.
import { CapError } from '@capos/abi';
import { describe, expect, test } from 'vitest';
import { type CallContext, RuntimeError } from '../src/index.ts';
import { pair, text } from './support/pair.ts';

describe('an answer', () => {
  test('may come later', async () => {
    let held: CallContext<{ data: Uint8Array }> | undefined;
    const { console, service } = pair({
      read: (_params, context) => {
        held = context;
        return context.later();
      },
    });
    const answer = console.read({ maxLength: 4 });
    expect(service.unanswered).toBe(1);
    held!.reply({ data: text('late') });
    expect(new TextDecoder().decode((await answer).data)).toBe('late');
    expect(service.unanswered).toBe(0);
    expect(() => held!.reply({ data: text('again') })).toThrow(RuntimeError);
  });

  test('that does not fit its type fails the call instead of leaving it waiting', async () => {
    const errors: unknown[] = [];
    const { console, server } = pair(
      { getSize: () => ({ columns: 1e9, rows: 0, isTerminal: false }) },
      { serve: { onError: (error) => errors.push(error) } },
    );
    await expect(console.getSize()).rejects.toMatchObject({ kind: 'failed' });
    expect(errors).toHaveLength(1);
    expect(server.driver.allocator.totalBytes - server.driver.allocator.freeBytes).toBe(4 * 8192);
  });

  test('no receive is posted while too many calls are unanswered', async () => {
    const held: CallContext<{ data: Uint8Array }>[] = [];
    const { console, endpoint, service } = pair(
      {
        read: (_params, context) => {
          held.push(context);
          return context.later();
        },
      },
      { serve: { receives: 2, maxConcurrent: 3 } },
    );
    const calls = Array.from({ length: 6 }, () => console.read({ maxLength: 1 }));
    expect([held.length, endpoint.calls.length]).toEqual([4, 2]);
    while (held.length > 0) held.shift()!.reply({ data: text('.') });
    await Promise.all(calls);
    expect(service.unanswered).toBe(0);
  });
});

describe('a handler', () => {
  test('without a second parameter is given none', async () => {
    const counts: number[] = [];
    const { console } = pair({
      getSize: (...given: unknown[]) => {
        counts.push(given.length);
        return { columns: 1, rows: 1, isTerminal: false };
      },
    });
    await console.getSize();
    expect(counts).toEqual([1]);
  });

  test('may answer with a promise without having a context', async () => {
    const { console, service } = pair({
      read: async ({ maxLength }) => {
        if (maxLength > 4) throw new CapError('overloaded', 'too much');
        return { data: new Uint8Array(maxLength) };
      },
    });
    expect((await console.read({ maxLength: 3 })).data.length).toBe(3);
    await expect(console.read({ maxLength: 5 })).rejects.toMatchObject({ kind: 'overloaded', reason: 'too much' });
    expect(service.unanswered).toBe(0);
  });

  test('that answers twice has given its first answer; its server learns of the second, the program goes on', async () => {
    const errors: unknown[] = [];
    const size = { columns: 1, rows: 2, isTerminal: false };
    const { console, service } = pair(
      {
        getSize: (_params, context) => {
          context.reply(size);
          return { ...size, rows: 3 };
        },
        setMode: async (_params, context) => {
          context.reply({});
          throw new Error('afterwards');
        },
        read: (_params, context) => {
          context.reply({ data: text('once') });
          context.give(undefined as never);
          return { data: text('twice') };
        },
      },
      { serve: { onError: (error) => errors.push(error) } },
    );
    expect(await console.getSize()).toEqual(size);
    expect(await console.setMode({ raw: true })).toEqual({});
    expect((await console.read({ maxLength: 9 })).data).toEqual(text('once'));
    expect(errors).toMatchObject([
      { code: 'ALREADY_ANSWERED' },
      { message: 'afterwards' },
      { code: 'ALREADY_ANSWERED' },
    ]);
    expect(service.unanswered).toBe(0);
  });

  test('that fails in a full arena still fails its call', async () => {
    const errors: unknown[] = [];
    const { console, server } = pair(
      {
        getSize: () => {
          while (server.driver.allocator.allocate(64) >= 0);
          throw new CapError('overloaded', 'nothing is left');
        },
      },
      { serve: { onError: (error) => errors.push(error) } },
    );
    await expect(console.getSize()).rejects.toMatchObject({ kind: 'failed' });
    expect(errors).toMatchObject([{ code: 'ARENA_EXHAUSTED' }]);
  });
});

describe('a service that reuses', () => {
  test('fills one params object and one context, each time anew', async () => {
    const params = new Set<unknown>();
    const contexts = new Set<unknown>();
    const badges: bigint[] = [];
    const { console } = pair(
      {
        setMode: (given, context) => {
          params.add(given);
          contexts.add(context);
          badges.push(context.badge, given.raw ? 1n : 0n);
        },
      },
      { serve: { reuse: true } },
    );
    await console.setMode({ raw: true });
    await console.setMode({ raw: false });
    expect([params.size, contexts.size]).toEqual([1, 1]);
    expect(badges).toEqual([7n, 1n, 7n, 0n]);
  });

  test('leaves params and context to a handler that answers later', async () => {
    const held: { maxLength: number; context: CallContext<{ data: Uint8Array }> }[] = [];
    const kept: { readonly maxLength: number }[] = [];
    const { console, service } = pair(
      {
        read: (params, context) => {
          kept.push(params);
          held.push({ maxLength: params.maxLength, context });
          return params.maxLength % 2 === 0 ? context.later() : { data: new Uint8Array(params.maxLength) };
        },
      },
      { serve: { reuse: true } },
    );
    const first = console.read({ maxLength: 2 });
    expect((await console.read({ maxLength: 1 })).data.length).toBe(1);
    expect((await console.read({ maxLength: 3 })).data.length).toBe(3);
    const second = console.read({ maxLength: 4 });
    // The two that answered at once shared what was theirs; the others have theirs still.
    expect(kept.map((params) => params.maxLength)).toEqual([2, 4, 4, 4]);
    expect(new Set(held.map(({ context }) => context)).size).toBe(2);
    held[0]!.context.reply({ data: text('ab') });
    held[3]!.context.reply({ data: text('abcd') });
    expect([(await first).data.length, (await second).data.length]).toEqual([2, 4]);
    expect(service.unanswered).toBe(0);
  });

  test('refuses an answer through a context whose call is over', async () => {
    let kept: CallContext<Record<string, never>> | undefined;
    const { console } = pair(
      {
        setMode: (_params, context) => {
          kept = context;
        },
      },
      { serve: { reuse: true } },
    );
    await console.setMode({ raw: true });
    expect(() => kept!.reply({})).toThrow(expect.objectContaining({ code: 'ALREADY_ANSWERED' }));
    expect(() => kept!.give(undefined as never)).toThrow(expect.objectContaining({ code: 'ALREADY_ANSWERED' }));
  });
});

describe('a service that lends data', () => {
  test('shows each handler the receive buffer, long data as it is and short data as a copy', async () => {
    const lent: boolean[] = [];
    const { console, server } = pair(
      {
        write: ({ data }) => {
          lent.push(data.buffer === server.driver.bytes.buffer);
          return { written: data.length };
        },
      },
      { serve: { lendsData: true } },
    );
    for (const length of [0, 255, 256, 5000])
      expect(await console.write({ data: new Uint8Array(length) })).toEqual({ written: length });
    expect(lent).toEqual([false, false, true, true]);
  });

  test('takes the next call into the buffer when the handler has returned, and not before', async () => {
    const seen: number[][] = [];
    const { console, service } = pair(
      {
        write: async ({ data }) => {
          const first = data[0]!;
          const kept = data.slice();
          await Promise.resolve();
          seen.push([first, kept[0]!, kept[299]!]);
          if (first === 2) throw new CapError('overloaded', 'too much');
          return { written: kept.length };
        },
      },
      { serve: { lendsData: true, receives: 1 } },
    );
    const written = [1, 2, 3].map((fill) => console.write({ data: new Uint8Array(300).fill(fill) }));
    expect(await Promise.allSettled(written)).toMatchObject([
      { value: { written: 300 } },
      { reason: { kind: 'overloaded' } },
      { value: { written: 300 } },
    ]);
    expect(seen).toEqual([
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ]);
    expect(service.unanswered).toBe(0);
  });
});
