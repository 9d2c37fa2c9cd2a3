// Calls as their program makes them: their start, their end, and giving them up.
import { CapError, Console } from '@capos/abi';
import { describe, expect, test } from 'vitest';
import { type CallContext, capOf, openEnvironment, TransportError } from '../src/index.ts';
import { DoubleProcess } from './kernel-double.ts';
import { idle, pair, text } from './support/pair.ts';

describe('a call', () => {
  test('carries params to the handler and results back', async () => {
    const seen: string[] = [];
    const { console } = pair({
      write: ({ data }) => {
        seen.push(new TextDecoder().decode(data));
        return { written: data.length };
      },
    });
    expect(await console.write({ data: text('hello') })).toEqual({ written: 5 });
    expect(seen).toEqual(['hello']);
  });

  test('to a server that answers synchronously completes before callThen returns', () => {
    const { client, console, server } = pair({ getSize: () => ({ columns: 80, rows: 25, isTerminal: true }) });
    const results: unknown[] = [];
    client.callThen(capOf(console), Console.methods.getSize, {}, (error, size) => results.push(error ?? size));
    expect(results).toEqual([{ columns: 80, rows: 25, isTerminal: true }]);
    expect(idle(client)).toBe(true);
    expect(server.driver.submissions.outstanding).toBe(4);
  });

  test('fills the object it is given', () => {
    const { client, console } = pair({ getSize: () => ({ columns: 80, rows: 25, isTerminal: true }) });
    const into = { columns: 0, rows: 0, isTerminal: false };
    let filled: unknown;
    client.callThen(capOf(console), Console.methods.getSize, {}, (_error, size) => (filled = size), undefined, into);
    expect(filled).toBe(into);
    expect(into.rows).toBe(25);
  });

  test('tells the server the badge of the caller, all 64 bits of it', async () => {
    const badges: bigint[] = [];
    const { console } = pair(
      {
        getSize: (_params, context) => {
          badges.push(context.badge);
          return { columns: 0, rows: 0, isTerminal: false };
        },
      },
      { badge: 0xfeed_0000_0000_0001n },
    );
    await console.getSize();
    expect(badges).toEqual([0xfeed_0000_0000_0001n]);
  });

  test('of a method without results is answered by a handler that returns nothing', async () => {
    const { console } = pair({ setMode: () => {} });
    expect(await console.setMode({ raw: true })).toEqual({});
  });

  test('chain of any length runs in a loop, not on the stack', () => {
    const { client, console } = pair({ getSize: () => ({ columns: 1, rows: 1, isTerminal: false }) });
    let left = 20_000;
    const next = (): void => {
      left -= 1;
      if (left > 0) client.callThen(capOf(console), Console.methods.getSize, {}, next);
    };
    next();
    expect(left).toBe(0);
  });

  test('waits its turn when there are more calls than credits or queue slots, and all of them end', async () => {
    const { client, console } = pair(
      { write: async ({ data }) => ({ written: data[0]! }) },
      { serve: { maxConcurrent: 3, receives: 2 } },
    );
    const calls = Array.from({ length: 200 }, (_, n) => console.write({ data: new Uint8Array([n]) }));
    expect(client.driver.waiting).toBeGreaterThan(100);
    expect((await Promise.all(calls)).map((answer) => answer.written)).toEqual(calls.map((_, n) => n));
    expect(idle(client)).toBe(true);
  });

  test('waits while the arena is full, and fails when its params could never fit', async () => {
    const { console, client } = pair(
      { write: async ({ data }) => ({ written: data.length }) },
      { client: { arenaBytes: 16_384 + 65_536 }, serve: { bufferSize: 65_536 } },
    );
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => console.write({ data: new Uint8Array(20_000) })),
    );
    expect(answers.every(({ written }) => written === 20_000)).toBe(true);
    await expect(console.write({ data: new Uint8Array(100_000) })).rejects.toMatchObject({ code: 'ARENA_EXHAUSTED' });
    expect(idle(client)).toBe(true);
  });

  test('batch goes out with one doorbell', () => {
    const { client, console, clientProcess } = pair({ getSize: () => ({ columns: 1, rows: 1, isTerminal: false }) });
    const before = clientProcess.enters;
    let ended = 0;
    client.batch(() => {
      for (let n = 0; n < 10; n += 1) {
        client.callThen(capOf(console), Console.methods.getSize, {}, () => {
          ended += 1;
        });
      }
    });
    expect(ended).toBe(10);
    expect(clientProcess.enters - before).toBe(1);
  });

  test('whose params do not fit their type fails without reaching the server', async () => {
    const { console, client } = pair({});
    await expect(console.read({ maxLength: -1 })).rejects.toThrow(/maxLength/);
    expect(idle(client)).toBe(true);
  });

  test('whose results need more than its buffer fails, and the server learns why', async () => {
    const errors: unknown[] = [];
    const { console } = pair(
      { read: ({ maxLength }) => ({ data: new Uint8Array(maxLength) }) },
      { serve: { onError: (error) => errors.push(error) } },
    );
    await expect(console.read({ maxLength: 1000 }, { resultCapacity: 512 })).rejects.toMatchObject({
      transport: 'BUFFER_TOO_SMALL',
    });
    expect(errors).toMatchObject([{ transport: 'BUFFER_TOO_SMALL' }]);
    expect((await console.read({ maxLength: 1000 })).data.length).toBe(1000);
  });
});

describe('a failure', () => {
  test('thrown as CapError reaches the caller with its kind and reason', async () => {
    const { console } = pair({
      write: () => {
        throw new CapError('overloaded', 'the printer is out of paper');
      },
    });
    await expect(console.write({ data: text('x') })).rejects.toMatchObject({
      kind: 'overloaded',
      reason: 'the printer is out of paper',
    });
  });

  test('of any other sort tells the caller nothing of the server, and the server everything', async () => {
    const errors: unknown[] = [];
    const { console } = pair(
      { write: () => Promise.reject(new TypeError('secret 0xffff8000')) },
      { serve: { onError: (error) => errors.push(error) } },
    );
    await expect(console.write({ data: text('x') })).rejects.toMatchObject({
      kind: 'failed',
      reason: 'the server failed in write',
    });
    expect(errors).toEqual([new TypeError('secret 0xffff8000')]);
  });

  test('to serve a method is unimplemented', async () => {
    const { console } = pair({});
    await expect(console.getSize()).rejects.toMatchObject({ kind: 'unimplemented' });
  });

  test('to decode params is the caller’s', async () => {
    const { clientProcess, service } = pair({ write: () => ({ written: 0 }) });
    const environment = openEnvironment(clientProcess);
    const raw = { name: 'raw', dataWords: 1, pointers: 1, measure: () => 8, decode: () => ({}) } as const;
    const encode = (_value: unknown, bytes: Uint8Array, offset = 0): number => {
      new DataView(bytes.buffer).setBigUint64(offset, 0xffff_ffff_ffff_fffcn, true);
      return 8;
    };
    const method = { ...Console.methods.write, params: { ...raw, encode } };
    const outcome = await new Promise((resolve) =>
      environment.callThen(environment.capSet.cap('console'), method, {}, (error) => resolve(error)),
    );
    expect(outcome).toMatchObject({ kind: 'invalidArgument' });
    expect(service.unanswered).toBe(0);
  });

  test('to name a live capability is a transport error', async () => {
    const { client, clientProcess } = pair({});
    const stale = client.client(client.capFromId(0x00300005, Console.id), Console);
    const failure = await stale.getSize().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransportError);
    expect(failure).toMatchObject({ transport: 'BAD_CAP', kind: 'disconnected' });
    expect(clientProcess.server.reserved).toBe(0);
  });

  test('of a server to keep its endpoint ends the service, not the program', async () => {
    const errors: unknown[] = [];
    const { console, server, service } = pair(
      {
        getSize: () => {
          server.capSet.cap('endpoint').release();
          return { columns: 1, rows: 1, isTerminal: false };
        },
      },
      { serve: { receives: 1, onError: (error) => errors.push(error) } },
    );
    // The receive that was posted when the endpoint was given up still brings one call.
    expect(await console.getSize()).toMatchObject({ columns: 1 });
    expect(service.open).toBe(true);
    expect(await console.getSize()).toMatchObject({ columns: 1 });
    expect(service.open).toBe(false);
    expect(errors).toMatchObject([{ transport: 'BAD_CAP' }]);
    expect(idle(server)).toBe(true);
  });

  test('of the endpoint ends waiting calls and the service', async () => {
    const errors: unknown[] = [];
    const { endpoint, console, service } = pair(
      { read: (_params, context) => context.later() },
      { serve: { receives: 1, maxConcurrent: 1, onError: (error) => errors.push(error) } },
    );
    void console.read({ maxLength: 1 });
    const queued = console.read({ maxLength: 1 });
    DoubleProcess.destroy(endpoint);
    await expect(queued).rejects.toMatchObject({ kind: 'disconnected' });
    expect(service.open).toBe(true);
    const other = pair({}, { serve: { onError: (error) => errors.push(error) } });
    DoubleProcess.destroy(other.endpoint);
    expect(other.service.open).toBe(false);
    expect(errors).toMatchObject([{ transport: 'DISCONNECTED' }]);
  });
});

describe('an abort signal', () => {
  test('cancels a call in flight, and its server is told', async () => {
    const canceled: string[] = [];
    let held: CallContext<{ data: Uint8Array }> | undefined;
    const { console, service, client } = pair({
      read: (_params, context) => {
        held = context;
        context.onCancel(() => canceled.push('told'));
        return context.later();
      },
    });
    const controller = new AbortController();
    const answer = console.read({ maxLength: 1 }, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(canceled).toEqual(['told']);
    expect(held!.canceled).toBe(true);
    held!.reply({ data: text('to nobody') });
    expect(service.unanswered).toBe(0);
    expect(idle(client)).toBe(true);
  });

  test('takes a waiting call out of the queue', async () => {
    const { console, client } = pair({ read: (_params, context) => context.later() });
    const controller = new AbortController();
    for (let n = 0; n < 30; n += 1) void console.read({ maxLength: 1 });
    const waiting = client.driver.waiting;
    const answer = console.read({ maxLength: 1 }, { signal: controller.signal });
    expect(client.driver.waiting).toBe(waiting + 1);
    controller.abort(new Error('never mind'));
    await expect(answer).rejects.toThrow('never mind');
    expect(client.driver.waiting).toBe(waiting);
  });

  test('already aborted keeps the call from starting', async () => {
    const { console, clientProcess } = pair({ getSize: () => expect.fail('called') });
    const before = clientProcess.enters;
    await expect(console.getSize({}, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    expect(clientProcess.enters).toBe(before);
  });
});

test('a typed client’s promise is awaited as it is, in one turn', async () => {
  const { console } = pair({ getSize: () => ({ columns: 1, rows: 1, isTerminal: false }) });
  const order: string[] = [];
  const awaited = (async () => {
    await console.getSize();
    order.push('answer');
  })();
  void Promise.resolve().then(() => order.push('second'));
  await awaited;
  expect(order).toEqual(['answer', 'second']);
});
