// A manifest applied to a running system: what differs changes, what does not runs on, and nothing happens when any of it is wrong.
import {
  CapError,
  Endpoint,
  FrameAllocator,
  type HostedProgram,
  MemoryObject,
  manifest as manifestCodec,
  Store,
  SystemControl,
  type SystemControlChange,
  Upgradable,
} from '@capos/abi';
import { defineSystem, type ServiceDefinition } from '@capos/image';
import { initProgram } from '@capos/init';
import { createKernel, type Kernel } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop } from '@capos/kernel/host-node';
import { adopt, type Cap, type Client, type Environment, openEnvironment, serve } from '@capos/runtime';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { describe, expect, it } from 'vitest';

type Services = Readonly<Record<string, Partial<ServiceDefinition>>>;

/** Serves Store: `has` answers with the name of the server and how often it was asked. */
const serverProgram: HostedProgram = (port, [name]) => {
  const environment = openEnvironment(port);
  const { capSet } = environment;
  let asked = 0n;
  const label = capSet.names.includes('store') ? 'store' : 'other';
  serve(environment, capSet.cap(label, Endpoint), Store, {
    put: () => {
      throw new CapError('unimplemented', 'read only');
    },
    get: () => ({ data: new TextEncoder().encode(name!), size: asked, missing: false }),
    has: () => ({ present: true, size: ++asked }),
    sync: () => ({}),
  });
  if (!capSet.names.includes('upgrade')) return;
  serve(environment, capSet.cap('upgrade', Endpoint), Upgradable, {
    save: () => ({ state: { version: 1, data: new TextEncoder().encode(String(asked)), capabilities: [] } }),
    restore: ({ state }) => {
      if (name === 'refuses') throw new CapError('failed', 'not in the mood');
      if (name === 'dies') environment.exit(9);
      asked = BigInt(new TextDecoder().decode(state.data));
    },
  });
};

interface Scene {
  readonly kernel: Kernel;
  readonly control: Client<typeof SystemControl>;
  readonly environment: Environment;
  output: string;
  apply(services: Services): Promise<SystemControlChange>;
  /** The process of a service. */
  pid(service: string): Promise<bigint>;
}

function systemOf(services: Services) {
  return defineSystem({
    name: 'test',
    programs: {
      server: { hosted: 'server' },
      keeper: { hosted: 'keeper' },
      idle: { hosted: 'idle' },
      main: { hosted: 'main' },
      missing: { hosted: 'missing' },
    },
    services: Object.fromEntries(
      Object.entries<Partial<ServiceDefinition>>({
        main: { program: 'main', imports: { system: 'init.system' } },
        ...services,
      }).map(([name, service]) => [name, { program: 'idle', ...service }]),
    ) as never,
    main: 'main' as never,
  });
}

/** Boots a system whose main program is the test. */
async function inside(
  services: Services,
  main: Partial<ServiceDefinition>,
  test: (scene: Scene) => Promise<void>,
): Promise<void> {
  const loop = nodeEventLoop();
  let scene: Scene | undefined;
  const console = new RecordedConsole();
  let failure: unknown;
  const kernel = createKernel({
    clock: nodeClock,
    entropy: nodeEntropy,
    onWork: loop.onWork,
    console,
  });
  const mainService = { ...main, program: 'main', imports: { system: 'init.system', ...main.imports } };
  kernel.registerProgram('server', serverProgram);
  kernel.registerProgram('keeper', keeperProgram);
  kernel.registerProgram('idle', (port) => void openEnvironment(port));
  kernel.registerProgram('main', (port) => {
    const environment = openEnvironment(port);
    const control = environment.capSet.get('system', SystemControl);
    scene = {
      kernel,
      control,
      environment,
      get output() {
        return console.text;
      },
      apply: async (next) =>
        (await control.apply({ manifest: systemOf({ main: mainService, ...next }).manifest })).change,
      pid: async (service) => (await control.services()).services.find(({ name }) => name === service)!.processId,
    };
    test(scene).then(
      () => port.exit(0),
      (error) => {
        failure = error;
        port.exit(1);
      },
    );
  });
  const { manifest } = systemOf({ main: mainService, ...services });
  const init = kernel.boot({ manifest, blobs: new Map(), init: initProgram });
  await loop.run(kernel, init, () => nodeClock.nowNs());
  if (failure !== undefined) throw failure;
  kernel.runUntilIdle(1e9);
  expect(kernel.processes()).toEqual([]);
  expect(Object.values(kernel.ledgers().total).every((count) => count === 0)).toBe(true);
}

const empty: SystemControlChange = {
  problems: [],
  removed: [],
  added: [],
  restarted: [],
  upgraded: [],
  rewired: [],
  failed: [],
};
const nameOf = async (store: Client<typeof Store>): Promise<string> =>
  new TextDecoder().decode((await store.get({ id: new Uint8Array(1), offset: 0n, length: 100 })).data);
const server = (more: Partial<ServiceDefinition> = {}): Partial<ServiceDefinition> => ({
  program: 'server',
  exports: { store: Store },
  ...more,
});

describe('a manifest applied while the system runs', () => {
  it('that is the same changes nothing', () =>
    inside({ a: {}, b: server() }, {}, async ({ apply, pid }) => {
      const before = [await pid('a'), await pid('b')];
      expect(await apply({ a: {}, b: server() })).toEqual(empty);
      expect([await pid('a'), await pid('b')]).toEqual(before);
    }));

  it('starts what is new, stops what is gone, restarts what is started differently, and leaves the rest alone', () =>
    inside({ gone: {}, stays: server(), changes: { arguments: ['one'] } }, {}, async ({ apply, pid, kernel }) => {
      const [stays, changes] = [await pid('stays'), await pid('changes')];
      const change = await apply({ stays: server(), changes: { arguments: ['two'] }, fresh: {} });
      expect(change).toEqual({ ...empty, removed: ['gone'], added: ['fresh'], restarted: ['changes'] });
      expect(await pid('stays')).toBe(stays);
      expect(await pid('changes')).not.toBe(changes);
      expect(
        kernel
          .processes()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['changes', 'fresh', 'init', 'main', 'stays']);
    }));

  it('is refused as a whole when any of it is wrong, with everything that is', () =>
    inside({ a: {}, gone: {} }, {}, async ({ control, kernel, pid }) => {
      const before = await pid('a');
      const wrong = await control.apply({ manifest: new Uint8Array(8).fill(0xff) });
      expect(wrong.change.problems[0]).toMatch(/can't be read/);
      const good = systemOf({ a: { arguments: ['new'] } });
      const value = manifestCodec.decode(good.manifest);
      const bytes = new Uint8Array(65536);
      const services = [...value.services, { ...value.services[0]!, name: 'x', program: 'nowhere', group: 'none' }];
      const length = manifestCodec.encode({ ...value, services }, bytes);
      const { change } = await control.apply({ manifest: bytes.subarray(0, length) });
      expect(change).toEqual({
        ...empty,
        problems: [expect.stringContaining('no such program'), expect.stringContaining('no group "none"')],
      });
      expect(await pid('a')).toBe(before);
      expect(kernel.processes().some(({ name }) => name === 'gone')).toBe(true);
    }));

  it('says which service could not be started, and starts the others', () =>
    inside({}, {}, async ({ apply, pid }) => {
      const change = await apply({ bad: { program: 'missing' }, good: {} });
      expect(change).toMatchObject({
        added: ['bad', 'good'],
        failed: [expect.stringMatching(/^bad could not be started/)],
      });
      expect(await pid('good')).toBeGreaterThan(0n);
    }));

  it('makes a running service’s capability lead to another server, behind its back', () =>
    inside(
      { one: server(), two: server() },
      { imports: { store: 'one.store' } },
      async ({ apply, environment, pid, control }) => {
        const store = environment.capSet.get('store', Store);
        expect(await nameOf(store)).toBe('one');
        const mine = await pid('main');
        const change = await apply({
          one: server(),
          two: server(),
          main: { program: 'main', imports: { system: 'init.system', store: 'two.store' } },
        });
        expect(change).toEqual({ ...empty, rewired: ['main'] });
        expect(await nameOf(store)).toBe('two');
        expect(await pid('main')).toBe(mine);
        // What nobody needs any more can go, and the capability stays whole.
        const { change: next } = await control.apply({
          manifest: systemOf({
            two: server(),
            main: { program: 'main', imports: { system: 'init.system', store: 'two.store' } },
          }).manifest,
        });
        expect(next.removed).toEqual(['one']);
        expect(await nameOf(store)).toBe('two');
      },
    ));

  it('disconnects the clients of what it removes', () =>
    inside(
      { one: server(), helper: server() },
      { imports: { store: 'one.store' } },
      async ({ control, environment }) => {
        const store = environment.capSet.get('store', Store);
        await nameOf(store);
        const { change } = await control.apply({
          manifest: systemOf({
            helper: server(),
            main: { program: 'main', imports: { system: 'init.system', store: 'helper.store' } },
          }).manifest,
        });
        expect(change).toMatchObject({ removed: ['one'], rewired: ['main'] });
        expect(await nameOf(store)).toBe('helper');
      },
    ));
});

describe('a service that hands over', () => {
  const old = server({ upgrade: 'handOver', arguments: ['old'] });
  const to = (name: string): Partial<ServiceDefinition> => server({ upgrade: 'handOver', arguments: [name] });

  it('is replaced with its state, while its clients’ capabilities live on', () =>
    inside({ s: old }, { imports: { store: 's.store' } }, async ({ apply, environment, pid, kernel }) => {
      const store = environment.capSet.get('store', Store);
      for (let count = 0; count < 3; count++) await store.has({ id: new Uint8Array(1) });
      const before = await pid('s');
      const main = { program: 'main', imports: { system: 'init.system', store: 's.store' } };
      expect(await apply({ s: to('new'), main })).toEqual({ ...empty, upgraded: ['s'] });
      expect(await pid('s')).not.toBe(before);
      expect(await nameOf(store)).toBe('new');
      expect((await store.has({ id: new Uint8Array(1) })).size).toBe(4n);
      expect(kernel.processes().filter(({ name }) => name === 's')).toHaveLength(1);
    }));

  it.each([
    ['refuses', /not in the mood/],
    ['dies', /ended|disconnected/],
  ])('goes on as it was when the next version %s, and can be upgraded later', (name, reason) =>
    inside({ s: old }, { imports: { store: 's.store' } }, async ({ apply, environment, pid, kernel, control }) => {
      const store = environment.capSet.get('store', Store);
      await store.has({ id: new Uint8Array(1) });
      const before = await pid('s');
      const main = { program: 'main', imports: { system: 'init.system', store: 's.store' } };
      // Calls that are made meanwhile are answered, whoever does it in the end.
      const failing = apply({ s: to(name), main });
      const during = Array.from({ length: 20 }, () => store.has({ id: new Uint8Array(1) }));
      const change = await failing;
      expect(change.failed).toEqual([expect.stringMatching(reason)]);
      expect(change.upgraded).toEqual([]);
      await Promise.all(during);
      expect(await pid('s')).toBe(before);
      expect((await store.has({ id: new Uint8Array(1) })).size).toBe(22n);
      expect(kernel.processes().filter((process) => process.name === 's')).toHaveLength(1);
      expect(await apply({ s: to('new'), main })).toMatchObject({ upgraded: ['s'], failed: [] });
      expect((await store.has({ id: new Uint8Array(1) })).size).toBe(23n);
      expect((await control.services()).services.find((each) => each.name === 's')).toMatchObject({ running: true });
    }),
  );

  it('goes on as it was when the next version can not be started at all', () =>
    inside({ s: old }, { imports: { store: 's.store' } }, async ({ apply, environment, pid }) => {
      const store = environment.capSet.get('store', Store);
      const before = await pid('s');
      const main = { program: 'main', imports: { system: 'init.system', store: 's.store' } };
      const change = await apply({ s: { ...to('new'), program: 'missing' }, main });
      expect(change.failed).toEqual([expect.stringMatching(/^s runs on as it was: .*missing/)]);
      expect(await pid('s')).toBe(before);
      expect(await nameOf(store)).toBe('old');
    }));

  it('hands over capabilities as well, such as memory', () =>
    inside(
      { s: { ...old, program: 'keeper', imports: { frames: 'kernel.frames' } } },
      { imports: { store: 's.store' } },
      async ({ apply, environment }) => {
        const store = environment.capSet.get('store', Store);
        await store.put({ data: new TextEncoder().encode('kept in pages') });
        const change = await apply({
          s: { ...to('new'), program: 'keeper', imports: { frames: 'kernel.frames' } },
          main: { program: 'main', imports: { system: 'init.system', store: 's.store' } },
        });
        expect(change).toMatchObject({ upgraded: ['s'], failed: [] });
        expect(await nameOf(store)).toBe('kept in pages');
      },
    ));
});

/** Keeps what is put in a MemoryObject, and hands that over. */
const keeperProgram: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  const { capSet } = environment;
  let memory: Cap | undefined;
  let size = 0;
  const pages = () => environment.client(memory!, MemoryObject);
  serve(environment, capSet.cap('store', Endpoint), Store, {
    async put({ data }) {
      const bytes = data.slice();
      const made = await capSet.get('frames', FrameAllocator).allocate({ size: 4096n, contiguous: false });
      memory = adopt(made, made.object, MemoryObject);
      size = bytes.length;
      await pages().write({ offset: 0n, data: bytes });
      return { id: new Uint8Array(1) };
    },
    async get() {
      const { data } = await pages().read({ offset: 0n, length: size });
      return { data: data.slice(), size: BigInt(size), missing: false };
    },
    has: () => ({ present: memory !== undefined, size: 0n }),
    sync: () => ({}),
  });
  serve(environment, capSet.cap('upgrade', Endpoint), Upgradable, {
    save: (_params, context) => ({
      state: {
        version: 1,
        data: Uint8Array.of(size),
        capabilities: memory === undefined ? [] : [{ name: 'pages', capability: context.give(memory, 'copy') }],
      },
    }),
    restore({ state }, context) {
      size = state.data[0]!;
      const [pagesOf] = state.capabilities;
      if (pagesOf !== undefined) memory = context.adopt(pagesOf.capability, MemoryObject);
    },
  });
};
