import { Console, Directory, Endpoint, manifest as manifestCodec, Store, Timer } from '@capos/abi';
import { defineSystem, type ServiceDefinition } from '@capos/image';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAD_MANIFEST, CANNOT_RUN } from '../src/index.ts';
import type { ScriptedObject } from './scripted-kernel.ts';
import { type FacetObject, ScriptedSystem } from './scripted-system.ts';

function boot(services: Readonly<Record<string, Partial<ServiceDefinition>>>, main?: string): ScriptedSystem {
  const { manifest } = defineSystem({
    name: 'test',
    programs: { p: { hosted: 'p' } },
    services: Object.fromEntries(
      Object.entries(services).map(([name, more]) => [name, { program: 'p', ...more }]),
    ) as never,
    ...(main === undefined ? {} : { main: main as never }),
  });
  return new ScriptedSystem(manifest);
}

describe('starting', () => {
  it('an exporter starts before its importers, each with its program, arguments and environment', async () => {
    const { manifest } = defineSystem({
      name: 'test',
      programs: { server: { hosted: 'store-program' }, client: { elf: 'client.elf' } },
      services: {
        client: {
          program: 'client',
          arguments: ['client', '-v'],
          environment: { A: '1' },
          imports: { store: 'server.store' },
        },
        server: { program: 'server', exports: { store: Store } },
      },
    });
    const system = new ScriptedSystem(manifest, ['client.elf']);
    await system.settle();
    expect(system.names).toEqual(['server', 'client']);
    expect(system.process('server').params).toMatchObject({
      program: 'store-program',
      arguments: ['server'],
      environment: [],
    });
    expect(system.process('client').params).toMatchObject({
      program: 'client.elf',
      arguments: ['client', '-v'],
      environment: ['A=1'],
    });
    expect(system.process('client').params.image).toHaveLength(0);
    expect(system.output).toBe('');
  });

  it('a service holds exactly what it imports and the owner’s side of what it exports', async () => {
    const system = boot({
      server: { exports: { store: Store, root: Directory }, imports: { clock: 'kernel.timer' } },
      one: { imports: { out: 'kernel.console', files: 'server.root' } },
      none: {},
    });
    await system.settle();
    const { server, one, none } = Object.fromEntries(system.spawned.map((process) => [process.name, process.grants]));
    expect(Object.keys(server!).sort()).toEqual(['clock', 'root', 'store']);
    expect(server!.clock).toBe(system.objects.timer);
    expect(server!.store!.descriptor).toBe(Endpoint);
    expect(server!.store).not.toBe(server!.root);
    expect(Object.keys(one!).sort()).toEqual(['files', 'out']);
    expect(one!.out).toBe(system.objects.console);
    expect((one!.files as FacetObject).endpoint).toBe(server!.root);
    expect(one!.files!.interfaceId).toBe(Directory.id);
    expect(none).toEqual({});
  });

  it('every importer is known by a badge of its own', async () => {
    const system = boot({
      server: { exports: { store: Store, other: Store } },
      a: { imports: { s: 'server.store' } },
      b: { imports: { s: { from: 'server.store', badge: 1n }, t: 'server.store' } },
      c: { imports: { s: { from: 'server.store', badge: 77n }, o: 'server.other' } },
    });
    await system.settle();
    const badge = (service: string, name: string): bigint =>
      (system.process(service).grants[name] as FacetObject).badge;
    expect(badge('b', 's')).toBe(1n);
    expect(badge('c', 's')).toBe(77n);
    expect(new Set([badge('a', 's'), badge('b', 's'), badge('b', 't'), badge('c', 's')]).size).toBe(4);
    expect(badge('c', 'o')).toBe(1n);
  });

  it('an embedder’s own object is granted when its interface is the one imported', async () => {
    const disk: ScriptedObject = { descriptor: Store, methods: {} };
    const { manifest } = defineSystem({
      name: 'test',
      programs: { p: { hosted: 'p' } },
      services: { a: { program: 'p', imports: { disk: { from: 'kernel.disk', interface: Store } } } },
    });
    const system = new ScriptedSystem(manifest, [], [], { disk });
    await system.settle();
    expect(system.process('a').grants.disk).toBe(disk);
    const wrong = new ScriptedSystem(manifest, [], [], { disk: { descriptor: Timer, methods: {} } });
    expect(await wrong.kernel.exited).toBe(BAD_MANIFEST);
    expect(wrong.output).toContain('kernel.disk is of interface');
  });

  it('a service that can not be started is reported, and its clients are disconnected', async () => {
    const { manifest } = defineSystem({
      name: 'test',
      programs: { bad: { hosted: 'bad' }, p: { hosted: 'p' } },
      services: {
        server: { program: 'bad', exports: { store: Store } },
        client: { program: 'p', imports: { store: 'server.store' } },
      },
    });
    const system = new ScriptedSystem(manifest);
    system.refuses.set('bad', 'there is no program "bad"');
    await system.settle();
    expect(system.output).toBe('init: service server could not be started: there is no program "bad"\n');
    expect(system.names).toEqual(['client']);
    expect(system.endpoints[0]!.revoked).toBe(true);
  });
});

describe('what init can not run it refuses in plain words', () => {
  it('an invalid manifest, with everything that is wrong', async () => {
    const value = manifestCodec.decode(new Uint8Array(0));
    const bytes = new Uint8Array(4096);
    const length = manifestCodec.encode(
      {
        ...value,
        name: 'x',
        services: [
          {
            name: 'a',
            program: 'q',
            arguments: [],
            environment: [],
            imports: [{ name: 'c', interfaceId: Console.id, which: 'kernel', kernel: 'gpu', badge: 0n }],
            exports: [],
            restart: 'temporary',
            restartLimit: 1,
            group: '',
            upgrade: 'restart',
            limits: [],
          },
        ],
      },
      bytes,
    );
    const system = new ScriptedSystem(bytes.subarray(0, length));
    expect(await system.kernel.exited).toBe(BAD_MANIFEST);
    expect(system.output.split('\n')).toEqual([
      'init: service a runs "q": no such program: choose of none',
      expect.stringMatching(
        /^init: service a, import c: init holds no kernel.gpu: grant it at boot, or choose of boot, console/,
      ),
      '',
    ]);
  });

  it('random manifests', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 8, maxLength: 200 }), async (bytes) => {
        const system = new ScriptedSystem(bytes);
        expect(await system.kernel.exited).toBe(BAD_MANIFEST);
        expect(system.output).toMatch(/^(init: .+\n)+$/);
        expect(system.spawned).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('a manifest that would drive the terminal', async () => {
    const value = manifestCodec.decode(new Uint8Array(0));
    const bytes = new Uint8Array(4096);
    const length = manifestCodec.encode({ ...value, name: 'x\u001b[2J\n' }, bytes);
    const system = new ScriptedSystem(bytes.subarray(0, length));
    await system.kernel.exited;
    expect(system.output).toContain('"x\ufffd[2J\ufffd"');
  });

  it('a missing spawner, boot package or endpoint factory', async () => {
    const { manifest } = defineSystem({
      name: 'x',
      programs: { p: { hosted: 'p' } },
      services: { a: { program: 'p', exports: { s: Store } } },
    });
    for (const missing of ['spawner', 'boot', 'endpoints']) {
      const system = new ScriptedSystem(manifest, [], [missing]);
      expect(await system.kernel.exited).toBe(CANNOT_RUN);
      expect(system.output).toMatch(new RegExp(`^init: the system can't be started: .*"${missing}"`));
    }
  });

  it('without a console it keeps quiet and does the same', async () => {
    const system = new ScriptedSystem(new Uint8Array(8), [], ['console']);
    expect(await system.kernel.exited).toBe(BAD_MANIFEST);
  });
});

describe('restarting', () => {
  it.each([
    ['temporary', 0, 1],
    ['temporary', 3, 1],
    ['transient', 0, 1],
    ['transient', 3, 2],
    ['permanent', 0, 2],
    ['permanent', 3, 2],
  ] as const)('%s, after exit code %i: started %i times', async (restart, code, times) => {
    const system = boot({ a: { restart }, other: {} });
    await system.settle();
    system.process('a').end(code);
    await system.settle();
    expect(system.names.filter((name) => name === 'a')).toHaveLength(times);
  });

  it('a restarted server serves the facets its clients have, a restarted client keeps its badge', async () => {
    const system = boot({
      server: { exports: { store: Store }, restart: 'permanent' },
      client: { imports: { store: 'server.store' }, restart: 'permanent' },
    });
    await system.settle();
    const [server, client] = [system.process('server'), system.process('client')];
    server.end({ which: 'killed', killed: 11 });
    await system.settle();
    client.end(0);
    await system.settle();
    expect(system.process('server')).not.toBe(server);
    expect(system.process('server').grants.store).toBe(server.grants.store);
    expect(system.process('client')).not.toBe(client);
    expect(system.process('client').grants.store).toBe(client.grants.store);
    expect(system.endpoints[0]!.revoked).toBe(false);
    expect(system.output).toBe(
      'init: service server was killed (signal 11); starting it again (1 of 5)\n' +
        'init: service client ended with exit code 0; starting it again (1 of 5)\n',
    );
  });

  it('gives up after the limit, waiting longer before each restart, and disconnects the clients', async () => {
    const system = boot({ a: { restart: 'permanent', restartLimit: 3, exports: { store: Store } }, other: {} });
    await system.settle();
    for (let count = 0; count < 4; count++) {
      system.process('a').end(1);
      await system.settle();
    }
    expect(system.names.filter((name) => name === 'a')).toHaveLength(4);
    expect(system.sleeps).toEqual([50_000_000n, 100_000_000n]);
    expect(system.output).toMatch(/after 3 restarts within a minute it is not started again\n$/);
    expect(system.endpoints[0]!.revoked).toBe(true);
    expect(system.kernel.exitCode).toBeUndefined();
  });

  it('a service that fails once an hour is always started again', async () => {
    const system = boot({ a: { restart: 'transient', restartLimit: 1 } });
    await system.settle();
    for (let hour = 0; hour < 10; hour++) {
      system.nowNs += 3_600_000_000_000n;
      system.process('a').end({
        which: 'faulted',
        faulted: { vector: 14, errorCode: 4, address: 0x10n, instruction: 0x401000n, addressClass: 'nearNull' },
      });
      await system.settle();
    }
    expect(system.spawned).toHaveLength(11);
    expect(system.output).toContain(
      'init: service a was stopped by a page fault at 0x10, its instruction at 0x401000; starting it again (1 of 1)\n',
    );
  });
});

describe('ending', () => {
  it('init ends when every service has, and says whether one failed', async () => {
    const good = boot({ a: {}, b: {} });
    await good.settle();
    good.process('b').end(0);
    await good.settle();
    expect(good.kernel.exitCode).toBeUndefined();
    good.process('a').end(0);
    expect(await good.kernel.exited).toBe(0);

    const bad = boot({ a: {} });
    await bad.settle();
    bad.process('a').end(2);
    expect(await bad.kernel.exited).toBe(1);
    expect(bad.output).toBe('init: service a ended with exit code 2\n');
  });

  it('a system without services ends at once', async () => {
    expect(await boot({}).kernel.exited).toBe(0);
  });

  it.each([
    [7, 7],
    [{ which: 'killed', killed: 15 } as const, 143],
    [
      {
        which: 'faulted',
        faulted: { vector: 6, errorCode: 0, address: 0n, instruction: 1n, addressClass: 'none' },
      } as const,
      139,
    ],
  ])('the main service’s end (%#) is the system’s: the others are killed, importers first', async (status, code) => {
    const system = boot(
      {
        server: { exports: { store: Store }, restart: 'permanent' },
        helper: { imports: { store: 'server.store' }, restart: 'permanent' },
        shell: {},
      },
      'shell',
    );
    const kills: string[] = [];
    await system.settle();
    system.process('shell').end(status);
    expect(await system.kernel.exited).toBe(code);
    for (const { name, killedWith } of system.spawned) if (killedWith !== undefined) kills.push(name);
    expect(kills.sort()).toEqual(['helper', 'server']);
    expect(system.names).toEqual(['server', 'helper', 'shell']);
  });

  it('a main service that is to be restarted is', async () => {
    const system = boot({ shell: { restart: 'permanent' } }, 'shell');
    await system.settle();
    system.process('shell').end(0);
    await system.settle();
    expect(system.names).toEqual(['shell', 'shell']);
    expect(system.kernel.exitCode).toBeUndefined();
  });

  it('what services held is given up with them', async () => {
    const system = boot({
      server: { exports: { store: Store } },
      client: { imports: { store: 'server.store' } },
      last: {},
    });
    const before = system.kernel.held.size;
    await system.settle();
    system.process('client').end(0);
    system.process('server').end(0);
    await system.settle();
    system.process('last').end(0);
    await system.kernel.exited;
    expect(system.kernel.held.size).toBe(before);
  });
});
