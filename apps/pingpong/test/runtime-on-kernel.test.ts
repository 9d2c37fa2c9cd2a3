// Programs written with @capos/runtime on the real kernel: every path that the runtime's own tests walk on a small one.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CapError, Console, Endpoint, EndpointFactory, Timer } from '@capos/abi';
import { RingClient, TRANSPORT_BUFFER_TOO_SMALL } from '@capos/ipc-ring';
import { createKernel, type Kernel } from '@capos/kernel';
import { adopt, capOf, serve } from '@capos/runtime';
import { readmeExample } from '@capos/tooling/readme-example';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { describe, expect, test } from 'vitest';
import { startHosted } from './support/hosted-environment.ts';
import { settle } from './support/settle.ts';

function boot(): { kernel: Kernel; clock: { ns: number }; console: RecordedConsole; log: string[] } {
  const clock = { ns: 1000, nowNs: () => clock.ns };
  const console = new RecordedConsole();
  const log: string[] = [];
  const kernel = createKernel({
    clock,
    entropy: { fill: (bytes) => void bytes.fill(4) },
    console,
    log: (line) => log.push(line),
  });
  return { kernel, clock, console, log };
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('a program of the runtime on the kernel', () => {
  test('calls kernel objects', async () => {
    const { kernel, clock, console: terminal } = boot();
    const program = startHosted(kernel, 'program', { console: kernel.objects.console, timer: kernel.objects.timer });
    const console = program.capSet.get('console', Console);
    expect(await settle(kernel, console.write({ data: text('hello') }))).toEqual({ written: 5 });
    expect(terminal.text).toBe('hello');
    const timer = program.capSet.get('timer', Timer);
    const sleep = timer.sleepUntil({ monotonicNs: 5000n });
    kernel.step();
    clock.ns = 5000;
    expect(await settle(kernel, sleep)).toEqual({});
    const before = program.driver.allocator.freeBytes;
    expect(before).toBe(program.driver.allocator.totalBytes);
  });

  test('is answered by another program within its own call', () => {
    const { kernel, log } = boot();
    const endpoint = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
    const badges: bigint[] = [];
    serve(server, server.capSet.cap('endpoint', Endpoint), Console, {
      write: ({ data }, context) => {
        badges.push(context.badge);
        return { written: data.length };
      },
      read: (_params, context) => context.later(),
      getSize: () => ({ columns: 1, rows: 2, isTerminal: true }),
      setMode: () => {
        throw new CapError('invalidArgument', 'no modes here');
      },
      waitInterrupt: async () => {},
      waitResize: async () => {},
    });
    const client = startHosted(kernel, 'client', { console: endpoint.facet(9n, Console.id) });
    const console = client.capSet.cap('console', Console);
    const results: unknown[] = [];
    const keep = (error: Error | null, value: unknown): void => void results.push(error ?? value);
    client.callThen(console, Console.methods.write, { data: text('abc') }, keep);
    client.callThen(console, Console.methods.getSize, {}, keep);
    client.callThen(console, Console.methods.setMode, { raw: true }, keep);
    expect(results).toEqual([
      { written: 3 },
      { columns: 1, rows: 2, isTerminal: true },
      new CapError('invalidArgument', 'no modes here'),
    ]);
    expect(badges).toEqual([9n]);
    expect(log).toEqual([]);
  });

  test("goes on serving when an answer that it gave in its caller's turn was refused", () => {
    const { kernel } = boot();
    const endpoint = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
    const errors: unknown[] = [];
    const methods = { now: () => ({ monotonicNs: 5n }), sleepUntil: () => {}, wallClock: () => ({ unixNs: 0n }) };
    serve(server, server.capSet.cap('endpoint', Endpoint), Timer, methods, {
      receives: 1,
      onError: (error) => errors.push((error as Error).message),
    });
    const results: number[] = [];
    kernel.spawn({
      name: 'client',
      grants: { timer: endpoint.facet(1n, Timer.id) },
      program: (port) => {
        const { submissions, completions } = new RingClient(port.arena, port.ringOffset);
        const timer = new Int32Array(port.arena)[(port.capSetOffset + 16) >> 2]!;
        for (const room of [8, 64, 8, 64]) {
          submissions.call(timer, Timer.methods.now.ordinal, 0, port.heapOffset, 8, port.heapOffset + 64, room, 0);
          submissions.publish();
          port.enter();
          completions.drain({ complete: ({ result }) => results.push(result) });
        }
      },
    });
    kernel.step();
    expect(results).toEqual([-TRANSPORT_BUFFER_TOO_SMALL, 16, -TRANSPORT_BUFFER_TOO_SMALL, 16]);
    expect(errors).toHaveLength(2);
  });

  test('makes an endpoint, mints a badged facet of it and passes that on', async () => {
    const { kernel } = boot();
    const bridge = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', { endpoints: kernel.objects.endpointFactory, bridge: bridge.owner });
    const made = await settle(kernel, server.capSet.get('endpoints', EndpointFactory).create({ maxCalls: 8 }));
    const owner = adopt(made, made.endpoint, Endpoint);
    const answer = await settle(
      kernel,
      server.client(owner, Endpoint).mint({ badge: 0x1_0000_0002n, interfaceId: Timer.id }),
    );
    const facet = adopt(answer, answer.client, Timer);
    serve(server, owner, Timer, {
      now: (_params, { badge }) => ({ monotonicNs: badge }),
      sleepUntil: () => {},
      wallClock: () => ({ unixNs: 0n }),
    });
    // Anything with a capability result will do for handing it over: the factory's own interface.
    serve(server, server.capSet.cap('bridge'), EndpointFactory, {
      create: (_params, context) => ({ endpoint: context.give(facet, 'move') }),
    });
    const client = startHosted(kernel, 'client', { bridge: bridge.facet(0n, EndpointFactory.id) });
    const given = await settle(kernel, client.capSet.get('bridge', EndpointFactory).create({ maxCalls: 1 }));
    expect(facet.live).toBe(false);
    const timer = client.client(adopt(given, given.endpoint, Timer), Timer);
    expect(await settle(kernel, timer.now())).toEqual({ monotonicNs: 0x1_0000_0002n });
    capOf(timer).release();
    await expect(settle(kernel, timer.now())).rejects.toMatchObject({ code: 'CAP_GONE' });
  });

  test('cancels a call, and the server is told', async () => {
    const { kernel } = boot();
    const endpoint = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
    const told: string[] = [];
    serve(server, server.capSet.cap('endpoint'), Timer, {
      now: (_params, context) => {
        context.onCancel(() => {
          told.push('canceled');
          context.reply({ monotonicNs: 0n });
        });
        return context.later();
      },
      sleepUntil: () => {},
      wallClock: () => ({ unixNs: 0n }),
    });
    const client = startHosted(kernel, 'client', { timer: endpoint.facet(0n, Timer.id) });
    const controller = new AbortController();
    const call = client.capSet.get('timer', Timer).now({}, { signal: controller.signal });
    kernel.step();
    controller.abort(new Error('enough'));
    await expect(settle(kernel, call)).rejects.toThrow('enough');
    kernel.step();
    expect(told).toEqual(['canceled']);
  });

  test('ends a call at its deadline, at once where that has passed or is no time at all', async () => {
    const { kernel, clock } = boot();
    const endpoint = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
    serve(server, server.capSet.cap('endpoint'), Timer, {
      now: (_params, context) => context.later(),
      sleepUntil: () => {},
      wallClock: () => ({ unixNs: 0n }),
    });
    const client = startHosted(kernel, 'client', { timer: endpoint.facet(0n, Timer.id) });
    const timer = client.capSet.get('timer', Timer);
    for (const deadlineNs of [-5, 0, 0.5, Number.NaN, 999]) {
      await expect(settle(kernel, timer.now({}, { deadlineNs }))).rejects.toThrow('TIMED_OUT');
    }
    let isOver = false;
    const later = [5_000_000_000_000, 1e30, Number.POSITIVE_INFINITY].map((deadlineNs) =>
      timer.now({}, { deadlineNs }).finally(() => {
        isOver = true;
      }),
    );
    clock.ns = 4_999_999_999_999;
    for (let round = 0; round < 10; round += 1) {
      kernel.step();
      await Promise.resolve();
    }
    expect(isOver).toBe(false);
    clock.ns = 5_000_000_000_000;
    await expect(settle(kernel, Promise.race(later))).rejects.toThrow('TIMED_OUT');
  });

  test('answers in promises, many at once, more than the ring has credits', async () => {
    const { kernel } = boot();
    const endpoint = kernel.createEndpoint();
    const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
    serve(server, server.capSet.cap('endpoint'), Timer, {
      now: async (_params, { badge }) => ({ monotonicNs: badge }),
      sleepUntil: () => {},
      wallClock: () => ({ unixNs: 0n }),
    });
    const client = startHosted(kernel, 'client', { timer: endpoint.facet(5n, Timer.id) });
    const timer = client.capSet.get('timer', Timer);
    const calls = Array.from({ length: 500 }, () => timer.now());
    expect(new Set((await settle(kernel, Promise.all(calls))).map(({ monotonicNs }) => monotonicNs))).toEqual(
      new Set([5n]),
    );
  });
});

test('the example in the README of the runtime prints what it says', () => {
  const folder = join(import.meta.dirname, '../../../packages/runtime');
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', readmeExample(folder)!], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  expect(output).toBe('42n\n');
});
