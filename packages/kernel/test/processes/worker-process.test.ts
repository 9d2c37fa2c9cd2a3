// Worker processes on a kernel that Node's event loop runs. Waits are for events; nothing here is timed.
import { describe, expect, it } from 'vitest';
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWorkers } from '../../src/host-node/index.ts';
import { createKernel, type EmbedderSpawn, type ExitStatus, PROGRAM_THREW } from '../../src/index.ts';
import { TestClient } from '../support/test-client.ts';
import { isEmpty } from '../support/test-kernel.ts';

const PROGRAM = { module: new URL('../support/worker-program.ts', import.meta.url) };

function system() {
  const loop = nodeEventLoop();
  const log: string[] = [];
  const kernel = createKernel({
    clock: nodeClock,
    entropy: nodeEntropy,
    workers: nodeWorkers,
    onWork: loop.onWork,
    log: (line) => log.push(line),
  });
  const start = (which: string, grants: NonNullable<EmbedderSpawn['grants']> = {}, options = {}) =>
    kernel.spawn({ name: which, program: PROGRAM, arguments: [which, '1'], grants, ...options });
  const ended = (process: { onExit(callback: (status: ExitStatus) => void): void }) =>
    new Promise<ExitStatus>((resolve) => process.onExit(resolve));
  /** Ends when the threads themselves have: only then is their memory given back. */
  const empty = async () => {
    while (!isEmpty(kernel)) await new Promise((resolve) => setImmediate(resolve));
    loop.stop();
  };
  return { kernel, loop, log, start, ended, empty, run: () => loop.start(kernel, nodeClock.nowNs) };
}

describe('a worker process', () => {
  it('calls through its ring, blocks for the answers, and exits', async () => {
    const { kernel, start, ended, empty, run } = system();
    run();
    const status = await ended(start('ask', { timer: kernel.objects.timer }));
    expect(status).toEqual({ which: 'exited', exited: 50 });
    await empty();
  });

  it('has submitted what it submitted before it exits', async () => {
    const { kernel, start, ended, empty, run } = system();
    const endpoint = kernel.createEndpoint();
    let server: TestClient | undefined;
    const methods: number[] = [];
    kernel.spawn({
      name: 'server',
      grants: { endpoint: endpoint.owner },
      program: (port) => {
        server = new TestClient(port);
        server.onCall = (call) => methods.push(call.methodId);
        server.receive(server.cap('endpoint'));
      },
    });
    run();
    const status = await ended(start('leave', { endpoint: endpoint.facet(1n, 1n) }));
    expect(status).toEqual({ which: 'exited', exited: 4 });
    expect(methods).toEqual([7]);
    server!.port.exit(0);
    await empty();
  });

  it('that never ends is killed', async () => {
    const { kernel, start, ended, empty, run } = system();
    run();
    const spinning = start('spin');
    expect(await ended(start('ask', { timer: kernel.objects.timer }))).toEqual({ which: 'exited', exited: 50 });
    spinning.kill(9);
    expect(await ended(spinning)).toEqual({ which: 'killed', killed: 9 });
    await empty();
  });

  it('that throws, or whose module is not there, ends as a fault and is logged', async () => {
    const { start, ended, empty, run, log } = system();
    run();
    const fault = {
      which: 'faulted',
      faulted: { vector: PROGRAM_THREW, errorCode: 0, address: 0n, instruction: 0n, addressClass: 'none' },
    };
    expect(await ended(start('throw'))).toEqual(fault);
    const missing = { module: new URL('../support/no-such-module.ts', import.meta.url) };
    expect(await ended(start('nobody', {}, { program: missing }))).toEqual(fault);
    expect(log.length).toBe(2);
    await empty();
  });

  it('that submits without end takes no more than its share of each step', async () => {
    const { kernel, start, ended, empty, run } = system();
    run();
    const flood = start('flood');
    expect(await ended(start('ask', { timer: kernel.objects.timer }))).toEqual({ which: 'exited', exited: 50 });
    flood.kill(9);
    await ended(flood);
    await empty();
  });

  it('is named like any other program, and needs threads to run on', () => {
    const kernel = createKernel({ clock: nodeClock, entropy: nodeEntropy });
    kernel.registerProgram('asking', PROGRAM);
    expect(() => kernel.spawn({ name: 'asking', program: 'asking' })).toThrow(
      /threads for workers|give the kernel threads/,
    );
    expect(isEmpty(kernel)).toBe(true);
  });

  it('has a ledger like any other', () => {
    const { kernel, start } = system();
    expect(() => start('ask', {}, { limits: { arenaBytes: 4096 } })).toThrow(/no room for an arena/);
    expect(isEmpty(kernel)).toBe(true);
  });
});
