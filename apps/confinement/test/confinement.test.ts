// A program that was constructed holds the list and what its client granted; every way around that is tried.
import {
  Console,
  Endpoint,
  EndpointFactory,
  type HostedProgram,
  MemoryObject,
  ProcessHandle,
  ProcessList,
  Timer,
} from '@capos/abi';
import { Constructor, type ConstructorError } from '@capos/constructor';
import { createKernel, type Kernel } from '@capos/kernel';
import { nodeClock as clock, nodeEntropy as entropy, nodeEventLoop } from '@capos/kernel/host-node';
import { given } from '@capos/libcapos/programs/given';
import { sleep } from '@capos/libcapos/programs/sleep';
import { adopt, type Environment, openEnvironment } from '@capos/runtime';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { createMachine } from '@capos/x86-machine';
import { describe, expect, it } from 'vitest';
import { run } from '../src/run.ts';

/** Runs `test` as a program that holds what a constructor needs, and more that it must not give away. */
async function inside(test: (environment: Environment, sink: RecordedConsole, kernel: Kernel) => Promise<void>) {
  const sink = new RecordedConsole();
  const loop = nodeEventLoop();
  const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
  const kernel = createKernel({ machine, console: sink, onWork: loop.onWork });
  const { objects } = kernel;
  let failure: unknown;
  const program: HostedProgram = (port) => {
    const environment = openEnvironment(port);
    test(environment, sink, kernel).then(
      () => port.exit(0),
      (error) => {
        failure = error;
        port.exit(1);
      },
    );
  };
  const client = kernel.spawn({
    name: 'client',
    program,
    grants: {
      console: objects.console,
      spawner: objects.processSpawner,
      frames: objects.frameAllocator,
      timer: objects.timer,
      endpoints: objects.endpointFactory,
      processes: objects.processList,
    },
  });
  await loop.run(kernel, client, () => clock.nowNs());
  if (failure !== undefined) throw failure;
}

const thrown = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as ConstructorError).code;
  }
  return 'nothing';
};

describe('a constructed program', () => {
  it('holds the list, what its client granted, and itself', () =>
    inside(async (environment) => {
      const maker = new Constructor(environment, { image: sleep.bytes })
        .provide('clock', 'timer')
        .provideData('table', Uint8Array.of(1, 2, 3))
        .seal();
      const { process } = await maker.construct('p', [{ name: 'out', cap: environment.capSet.cap('console') }], {
        arguments: ['p', '1000000'],
      });
      const handle = environment.client(process, ProcessHandle);
      const { entries } = await handle.capabilities();
      const listed = entries.filter(({ origin }) => origin === 'spawnGrant');
      expect(Object.fromEntries(listed.map(({ name, interfaceId }) => [name, interfaceId]))).toEqual({
        clock: Timer.id,
        table: MemoryObject.id,
        out: Console.id,
      });
      // What the kernel gives every process reaches that process alone, and goes nowhere.
      const own = entries.filter(({ origin }) => origin !== 'spawnGrant');
      expect(own.map(({ name }) => name).sort()).toEqual(['memory', 'park', 'threads']);
      expect(own.every(({ transferMode, origin }) => transferMode === 'nonTransferable' && origin === 'kernel')).toBe(
        true,
      );
      await handle.kill({ signal: 9 });
    }));

  it('prints what it was given, and the certificate said so', async () => {
    const sink = new RecordedConsole();
    expect(await run(sink)).toEqual({ which: 'exited', exited: 0 });
    expect(sink.text).toContain('confined: true\n');
    expect(sink.text).toContain('argument 1: the secret\n');
    const names = [...sink.text.matchAll(/^capability: ([^,]+)/gm)].map(([, name]) => name!).sort();
    expect(names).toEqual(['clock', 'console', 'dictionary', 'memory', 'park', 'threads']);
  });
});

describe('nothing is smuggled in', () => {
  it('by a facet that claims to be a Timer: who made a capability can’t be told from its interface', () =>
    inside(async (environment) => {
      const factory = environment.capSet.get('endpoints', EndpointFactory);
      const made = await factory.create({ maxCalls: 4 });
      const endpoint = environment.client(adopt(made, made.endpoint, Endpoint), Endpoint);
      const minted = await endpoint.mint({ badge: 666n, interfaceId: Timer.id });
      const liar = adopt(minted, minted.client);
      expect(liar.interfaceId).toBe(Timer.id);
      const maker = new Constructor(environment, { image: given.bytes }).install('clock', liar).seal();
      expect(maker.certificate()).toMatchObject({ isConfined: false, holes: [{ name: 'clock' }] });
      await expect(maker.construct('p', [])).rejects.toMatchObject({ code: 'hasHoles' });
      // A client that has looked may accept it, by name.
      const { process } = await maker.construct('p', [], { acceptHoles: ['clock'] });
      await environment.client(process, ProcessHandle).wait();
      maker.release();
    }));

  it.each(['console', 'spawner', 'processes', 'nothing'])('as a discreet object that is none: %s', (name) =>
    inside(async (environment) => {
      expect(thrown(() => new Constructor(environment, { image: given.bytes }).provide('x', name))).toBe('notHeld');
    }),
  );

  it('under a name that is on the list, after the seal, or before it', () =>
    inside(async (environment) => {
      const maker = new Constructor(environment, { image: given.bytes }).provide('clock', 'timer');
      expect(thrown(() => maker.provideData('clock', new Uint8Array(1)))).toBe('badName');
      expect(thrown(() => maker.certificate())).toBe('notSealed');
      maker.seal();
      expect(thrown(() => maker.install('late', environment.capSet.cap('console')))).toBe('sealed');
      const grant = { name: 'clock', cap: environment.capSet.cap('console') };
      await expect(maker.construct('p', [grant])).rejects.toMatchObject({ code: 'badName' });
    }));

  it('by a hosted program, which could do anything: it is a hole itself', () =>
    inside(async (environment) => {
      const maker = new Constructor(environment, { hosted: 'anything' }).seal();
      expect(maker.certificate()).toMatchObject({ isConfined: false, holes: [{ name: 'anything' }] });
    }));

  it('by memory that the builder still has: image and data are copies, new for each program', () =>
    inside(async (environment, sink) => {
      const image = given.bytes.slice();
      const table = Uint8Array.of(7, 7, 7);
      const maker = new Constructor(environment, { image }).provideData('table', table).seal();
      image.fill(0);
      table.fill(0);
      const before = (await environment.capSet.get('processes', ProcessList).list({})).processes;
      const grants = [{ name: 'console', cap: environment.capSet.cap('console') }];
      const { process } = await maker.construct('p', grants);
      expect((await environment.client(process, ProcessHandle).wait()).status).toEqual({ which: 'exited', exited: 0 });
      process.release();
      expect(sink.text).toContain('capability: table');
      // The constructor keeps nothing of a program: no memory, no handle.
      const after = (await environment.capSet.get('processes', ProcessList).list({})).processes;
      const capsOf = (list: typeof after) => list.find(({ name }) => name === 'client')!.caps;
      expect(capsOf(after)).toBe(capsOf(before));
    }));

  it('by the way it ends: only who had it constructed learns of that', () =>
    inside(async (environment, _sink, kernel) => {
      const maker = new Constructor(environment, { image: given.bytes }).seal();
      // Without a console it has nobody to talk to at all.
      const { process } = await maker.construct('mute', []);
      const { status } = await environment.client(process, ProcessHandle).wait();
      expect(status.which).toBe('exited');
      expect(kernel.processes().map(({ name }) => name)).toEqual(['client']);
    }));
});
