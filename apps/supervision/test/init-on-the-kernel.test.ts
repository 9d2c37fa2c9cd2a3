import { CapError, Directory, Endpoint, type HostedProgram, Store } from '@capos/abi';
import { defineSystem, type System } from '@capos/image';
import { BAD_MANIFEST, initProgram } from '@capos/init';
import { createKernel, type Kernel } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop } from '@capos/kernel/host-node';
import { openEnvironment, serve } from '@capos/runtime';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { expect, it } from 'vitest';

interface Run {
  readonly code: number;
  readonly output: string;
  readonly kernel: Kernel;
}

async function run(system: Pick<System, 'manifest'>, programs: Readonly<Record<string, HostedProgram>>): Promise<Run> {
  const console = new RecordedConsole();
  const loop = nodeEventLoop();
  const kernel = createKernel({
    clock: nodeClock,
    entropy: nodeEntropy,
    onWork: loop.onWork,
    console,
  });
  for (const [name, program] of Object.entries(programs)) kernel.registerProgram(name, program);
  const init = kernel.boot({ manifest: system.manifest, blobs: new Map(), init: initProgram });
  const status = await loop.run(kernel, init, () => nodeClock.nowNs());
  return { code: status.which === 'exited' ? status.exited : -1, output: console.text, kernel };
}

const quits =
  (code: number): HostedProgram =>
  (port) =>
    port.exit(code);

it('a service holds what the manifest says, under those names, and nothing else', async () => {
  const seen: Record<string, Record<string, bigint>> = {};
  const looks: HostedProgram = (port, [name]) => {
    const { capSet } = openEnvironment(port);
    seen[name!] = Object.fromEntries(capSet.names.map((cap) => [cap, capSet.interfaceId(cap)!]));
    port.exit(0);
  };
  const system = defineSystem({
    name: 'test',
    programs: { looks: { hosted: 'looks' } },
    services: {
      server: { program: 'looks', exports: { root: Directory, store: Store } },
      client: { program: 'looks', imports: { files: 'server.root' } },
      nobody: { program: 'looks' },
    },
  });
  const { code, output, kernel } = await run(system, { looks });
  expect(output).toBe('');
  expect(code).toBe(0);
  expect(seen).toEqual({
    server: { root: Endpoint.id, store: Endpoint.id },
    client: { files: Directory.id },
    nobody: {},
  });
  expect(Object.values(kernel.ledgers().total).every((count) => count === 0)).toBe(true);
});

it('clients of a server that will not come back are disconnected, waiting calls included', async () => {
  const answers: string[] = [];
  const client: HostedProgram = (port) => {
    const environment = openEnvironment(port);
    const store = environment.capSet.get('store', Store);
    // The first call waits at the endpoint until init gives the server up, the second comes after that.
    void (async () => {
      for (let call = 0; call < 2; call++) {
        await store.has({ id: new Uint8Array(1) }).catch((error: CapError) => answers.push(error.kind));
      }
      environment.exit(0);
    })();
  };
  let starts = 0;
  const server: HostedProgram = (port) => {
    starts++;
    const environment = openEnvironment(port);
    queueMicrotask(() => environment.exit(1));
  };
  const system = defineSystem({
    name: 'test',
    programs: { server: { hosted: 'server' }, client: { hosted: 'client' } },
    services: {
      server: { program: 'server', exports: { store: Store }, restart: 'permanent', restartLimit: 2 },
      client: { program: 'client', imports: { store: 'server.store' } },
    },
    main: 'client',
  });
  const { code, output } = await run(system, { server, client });
  expect(answers).toEqual(['disconnected', 'disconnected']);
  expect(starts).toBe(3);
  expect(code).toBe(0);
  expect(output).toContain('after 2 restarts within a minute it is not started again');
});

it('the main service’s exit code is the system’s, whatever else still runs', async () => {
  const stays: HostedProgram = (port) => {
    const environment = openEnvironment(port);
    serve(environment, environment.capSet.cap('store', Endpoint), Store, {
      put: () => {
        throw new CapError('unimplemented', 'nothing is stored here');
      },
      get: () => ({ data: new Uint8Array(0), size: 0n, missing: true }),
      has: () => ({ present: false, size: 0n }),
      sync: () => ({}),
    });
  };
  const system = defineSystem({
    name: 'test',
    programs: { stays: { hosted: 'stays' }, quits: { hosted: 'quits' } },
    services: {
      stays: { program: 'stays', exports: { store: Store }, restart: 'permanent' },
      main: { program: 'quits' },
    },
    main: 'main',
  });
  const { code, kernel } = await run(system, { stays, quits: quits(9) });
  expect(code).toBe(9);
  kernel.runUntilIdle(1e9);
  expect(kernel.processes()).toEqual([]);
  expect(Object.values(kernel.ledgers().total).every((count) => count === 0)).toBe(true);
});

it('a program that nobody registered is reported by name', async () => {
  const system = defineSystem({
    name: 'test',
    programs: { p: { hosted: 'nowhere' } },
    services: { a: { program: 'p' } },
  });
  const { code, output } = await run(system, {});
  expect(code).toBe(1);
  expect(output).toMatch(/^init: service a could not be started: .*nowhere/);
});

it('bytes that are no manifest end init with words', async () => {
  const { code, output } = await run({ manifest: new Uint8Array(16).fill(0xff) }, {});
  expect(code).toBe(BAD_MANIFEST);
  expect(output).toMatch(/^init: the manifest can't be read/);
});
