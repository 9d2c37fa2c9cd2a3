// Programs calling and serving one another through the small kernel of kernel-double.ts.
import { CapError, Console, Endpoint, Notification, Timer } from '@capos/abi';
import { describe, expect, test } from 'vitest';
import {
  adopt,
  type CallContext,
  capOf,
  type Environment,
  type Implementation,
  openEnvironment,
  RuntimeError,
  type ServeOptions,
  serve,
  TransportError,
} from '../src/index.ts';
import { DoubleEndpoint, type DoubleOptions, DoubleProcess } from './kernel-double.ts';

function pair(
  implementation: Partial<Implementation<typeof Console>>,
  options: { server?: DoubleOptions; client?: DoubleOptions; serve?: ServeOptions; badge?: bigint } = {},
) {
  const endpoint = new DoubleEndpoint();
  const serverProcess = new DoubleProcess({ endpoint: endpoint.owner }, options.server);
  const server = openEnvironment(serverProcess);
  const service = serve(
    server,
    server.capSet.cap('endpoint', Endpoint),
    Console,
    implementation as Implementation<typeof Console>,
    options.serve,
  );
  const clientProcess = new DoubleProcess({ console: endpoint.facet(Console.id, options.badge ?? 7n) }, options.client);
  const client = openEnvironment(clientProcess);
  const console = client.capSet.get('console', Console);
  return { endpoint, serverProcess, server, service, clientProcess, client, console };
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const idle = (environment: Environment): boolean =>
  environment.driver.allocator.freeBytes === environment.driver.allocator.totalBytes;

describe('the CapSet', () => {
  const grants = {
    console: new DoubleEndpoint().facet(Console.id, 0n),
    timer: new DoubleEndpoint().facet(Timer.id, 0n),
  };

  test('names what was granted', () => {
    const environment = openEnvironment(new DoubleProcess(grants));
    expect(environment.capSet.names).toEqual(['console', 'timer']);
    expect(environment.capSet.has('timer')).toBe(true);
    expect(environment.capSet.interfaceId('timer')).toBe(Timer.id);
    expect(environment.capSet.cap('timer')).toBe(environment.capSet.cap('timer'));
  });

  test('says what is missing, and what is there', () => {
    const { capSet } = openEnvironment(new DoubleProcess(grants));
    expect(() => capSet.get('clock', Timer)).toThrow(/"clock" \(Timer\): this process was granted console, timer/);
    expect(() => capSet.get('console', Timer)).toThrow(expect.objectContaining({ code: 'WRONG_INTERFACE' }));
  });
});

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

describe('capabilities in messages', () => {
  function minting(give: 'copy' | 'move') {
    const endpoint = new DoubleEndpoint();
    const timerFacet = new DoubleEndpoint().facet(Timer.id, 3n);
    const serverProcess = new DoubleProcess({ endpoint: endpoint.owner, timer: timerFacet });
    const server = openEnvironment(serverProcess);
    const received: unknown[] = [];
    serve(server, server.capSet.cap('endpoint'), Endpoint, {
      mint: (_params, context) => ({ client: context.give(server.capSet.cap('timer'), give) }),
      revoke: () => {},
      revokeAll: () => {},
      quiesce: () => {},
      resume: () => {},
      retarget: () => ({ facets: 0 }),
      requeue: () => {},
      identify: ({ client }, context) => {
        received.push(context.adopt(client, Notification).interfaceId);
        return { mine: true, badge: 1n };
      },
    });
    // The double calls anything but owner facets, so the client's facet carries another id than Endpoint's.
    const facet = endpoint.facet(Console.id, 0n);
    const own = new DoubleEndpoint().facet(Notification.id, 0n);
    const clientProcess = new DoubleProcess({ endpoint: facet, own });
    const client = openEnvironment(clientProcess);
    const target = client.client(client.capFromId(client.capSet.cap('endpoint').id, Endpoint.id), Endpoint);
    return { serverProcess, server, clientProcess, client, target, received };
  }

  test('a copied result capability is in both tables and is adopted as what it is', async () => {
    const { target, clientProcess, serverProcess } = minting('copy');
    const answer = await target.mint({ badge: 0n, interfaceId: 0n });
    expect(answer).toEqual({ client: 0 });
    expect(() => adopt(answer, answer.client, Console)).toThrow(/a Console was expected/);
    expect(() => adopt(answer, 1, Timer)).toThrow(/names capability 1 and carries 1/);
    using timer = adopt(answer, answer.client, Timer);
    expect(clientProcess.caps.get(timer.id)).toMatchObject({ interfaceId: Timer.id, badge: 3n });
    expect(serverProcess.caps.size).toBe(2);
    timer.release();
    expect(clientProcess.caps.size).toBe(2);
    expect(() => timer.id).toThrow(expect.objectContaining({ code: 'CAP_GONE' }));
  });

  test('a moved result capability leaves the server, whose object says so', async () => {
    const { target, server, serverProcess } = minting('move');
    await target.mint({ badge: 0n, interfaceId: 0n });
    expect(serverProcess.caps.size).toBe(1);
    expect(server.capSet.cap('timer').live).toBe(false);
  });

  test('a capability in params is adopted after its interface was checked, else released', async () => {
    const { target, client, received, serverProcess } = minting('copy');
    const own = client.capSet.cap('own', Notification);
    await target.identify({ client: 0 }, { transfers: [own] });
    expect(received).toEqual([Notification.id]);
    expect(serverProcess.caps.size).toBe(3);
    const wrong = client.capSet.cap('endpoint');
    await expect(target.identify({ client: 0 }, { transfers: [wrong] })).rejects.toMatchObject({
      kind: 'invalidArgument',
    });
    expect(serverProcess.caps.size).toBe(3);
    await target.identify({ client: 0 }, { transfers: [{ cap: own, mode: 'move' }] });
    expect(own.live).toBe(false);
  });
});
