import { BootPackage, CapabilityManager, ProcessHandle, ProcessSpawner, Timer, WELL_KNOWN_CAP } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { KERNEL_OBJECTS, KernelError } from '../../src/index.ts';
import { TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';
import { machineKernel, prebuilt } from '../support/test-machine.ts';

const MANIFEST = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

function bootWith(
  test: ReturnType<typeof testKernel> | ReturnType<typeof machineKernel>,
  blobs = new Map<string, Uint8Array>(),
) {
  let init: TestClient | undefined;
  const process = test.kernel.boot({
    manifest: MANIFEST,
    blobs,
    init: (port) => {
      init = new TestClient(port);
    },
  });
  test.kernel.step();
  return Object.assign(init!, { process });
}

function spawn(
  init: TestClient,
  params: Partial<Parameters<typeof ProcessSpawner.methods.spawn.params.encode>[0]>,
  capIds: number[] = [],
) {
  const full = {
    name: 'child',
    image: new Uint8Array(0),
    program: '',
    arguments: [],
    environment: [],
    grants: [],
    limits: [],
    ...params,
  };
  const spawned = init.call(init.cap(WELL_KNOWN_CAP.PROCESS_SPAWNER), ProcessSpawner.methods.spawn, full, {
    transfers: capIds.map((capId) => ({ capId, mode: 'copy' as const })),
  });
  return spawned;
}

describe('boot', () => {
  it('starts one program, init, which finds every object of the kernel by name', () => {
    const init = bootWith(testKernel());
    expect([...init.caps.keys()].sort()).toEqual(
      Object.values(KERNEL_OBJECTS)
        .map(({ capName }) => capName)
        .sort(),
    );
  });

  it('gives init the manifest and the blobs, read only', () => {
    const init = bootWith(testKernel(), new Map([['data', Uint8Array.from({ length: 100 }, (_, index) => index)]]));
    const boot = init.cap(WELL_KNOWN_CAP.BOOT_PACKAGE);
    expect(init.call(boot, BootPackage.methods.manifest, {}).value.manifest).toEqual(MANIFEST);
    expect(init.call(boot, BootPackage.methods.list, {}).value.names).toEqual(['data']);
    const read = init.call(boot, BootPackage.methods.read, { name: 'data', offset: 90n, length: 1000 }).value;
    expect(read.size).toBe(100n);
    expect([...read.data]).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
    expect(init.call(boot, BootPackage.methods.read, { name: 'none', offset: 0n, length: 1 }).exception?.kind).toBe(
      'invalidArgument',
    );
  });

  it('lets init start a registered program that holds exactly what it is granted', () => {
    const test = testKernel();
    let child: TestClient | undefined;
    test.kernel.registerProgram('greeter', (port, args, environment) => {
      child = new TestClient(port);
      expect(args).toEqual(['greeter', 'x']);
      expect(environment).toEqual(['A=1']);
    });
    const init = bootWith(test);
    const timer = init.cap(WELL_KNOWN_CAP.TIMER);
    const spawned = spawn(
      init,
      {
        program: 'greeter',
        arguments: ['greeter', 'x'],
        environment: ['A=1'],
        grants: [{ name: 'clock', cap: 0, transferMode: 'copy' }],
      },
      [timer],
    );
    expect(spawned.value.processId).toBeGreaterThan(1n);
    expect([...child!.caps.keys()]).toEqual(['clock']);
    expect(child!.call(child!.cap('clock'), Timer.methods.now, {}).result).toBeGreaterThan(0);
    const handle = spawned.caps[0]!.capId;
    const waiting = init.call(handle, ProcessHandle.methods.wait, {});
    expect(waiting.done).toBe(false);
    const { info } = init.call(handle, ProcessHandle.methods.info, {}).value;
    expect(info).toMatchObject({ name: 'child', kind: 'hosted', caps: 1 });
    child!.port.exit(3);
    expect(waiting.value.status).toEqual({ which: 'exited', exited: 3 });
    expect(init.call(handle, ProcessHandle.methods.wait, {}).value.status).toEqual({ which: 'exited', exited: 3 });
    init.process.kill(15);
    expect(isEmpty(test.kernel)).toBe(true);
  });

  it('lets init start an ELF file of the boot package, and kill it', () => {
    const test = machineKernel();
    const init = bootWith(test, new Map([['spinner', prebuilt('spinner')]]));
    const spawned = spawn(init, { name: 'spinner', program: 'spinner' });
    test.kernel.step(100_000);
    const handle = spawned.caps[0]!.capId;
    expect(init.call(handle, ProcessHandle.methods.info, {}).value.info.kind).toBe('elf');
    const waiting = init.call(handle, ProcessHandle.methods.wait, {});
    init.call(handle, ProcessHandle.methods.kill, { signal: 9 }).value;
    expect(waiting.value.status).toEqual({ which: 'killed', killed: 9 });
    init.process.kill(9);
    test.kernel.runUntilIdle();
    expect(isEmpty(test.kernel)).toBe(true);
  });

  it('tells init why a program could not be started, and starts nothing then', () => {
    const test = testKernel();
    test.kernel.registerProgram('p', () => {});
    const init = bootWith(test);
    const before = test.kernel.ledgers().total;
    const timer = init.cap(WELL_KNOWN_CAP.TIMER);
    const reasons = [
      spawn(init, { program: 'nobody' }),
      spawn(init, { image: Uint8Array.of(1, 2, 3) }),
      spawn(init, { program: 'p', grants: [{ name: 'x', cap: 0, transferMode: 'copy' }] }),
      spawn(init, { program: 'p', grants: [{ name: 'x', cap: 0xffff, transferMode: 'copy' }] }, [timer]),
      spawn(init, { program: 'p', grants: [{ name: 'a'.repeat(32), cap: 0, transferMode: 'copy' }] }, [timer]),
      spawn(
        init,
        {
          program: 'p',
          grants: [
            { name: 'a', cap: 0, transferMode: 'copy' },
            { name: 'a', cap: 0, transferMode: 'copy' },
          ],
        },
        [timer],
      ),
      spawn(init, { program: 'p', grants: [{ name: 'personality', cap: 0, transferMode: 'copy' }] }, [timer]),
      spawn(init, { program: 'p', arguments: ['a\0b'] }),
    ].map(({ exception }) => exception?.kind);
    expect(reasons).toEqual(new Array(8).fill('invalidArgument'));
    expect(test.kernel.ledgers().total).toEqual(before);
    expect(test.kernel.processes()).toHaveLength(1);
  });

  it('bounds how many processes a program may start', () => {
    const test = testKernel({ limits: { processes: 3 } });
    test.kernel.registerProgram('p', () => {});
    const init = bootWith(test);
    const results = Array.from({ length: 4 }, () => spawn(init, { program: 'p' }));
    expect(results.map(({ exception }) => exception === undefined)).toEqual([true, true, true, false]);
  });

  it('survives an init that throws, and says what it threw', () => {
    const { kernel, log } = testKernel();
    const process = kernel.boot({
      manifest: MANIFEST,
      blobs: new Map(),
      init: () => {
        throw new Error('no manifest');
      },
    });
    expect(kernel.runUntilIdle().state).toBe('done');
    expect(process.status).toMatchObject({ which: 'faulted', faulted: { vector: 255 } });
    expect(log.join()).toContain('no manifest');
  });

  it('shows a program what it holds, and lets it revoke only what it had made', () => {
    const init = bootWith(testKernel());
    const caps = init.cap('caps');
    const { entries } = init.call(caps, CapabilityManager.methods.list, {}).value;
    expect(entries).toHaveLength(init.caps.size);
    expect(entries.every(({ live, origin }) => live && origin === 'spawnGrant')).toBe(true);
    const refused = init.call(caps, CapabilityManager.methods.revoke, { cap: init.cap(WELL_KNOWN_CAP.TIMER) });
    expect(refused.exception?.kind).toBe('invalidArgument');
  });

  it('refuses misuse by the embedder with a sentence', () => {
    const { kernel } = testKernel();
    kernel.registerProgram('p', () => {});
    expect(() => kernel.registerProgram('p', () => {})).toThrow(KernelError);
    expect(() => kernel.registerProgram('q', () => {}, { arenaBytes: 100 })).toThrow('an arena of 100 bytes');
    expect(() => kernel.spawn({ name: 'x', program: 'nobody' })).toThrow('no program "nobody"');
    expect(() => kernel.spawn({ name: 'x', image: prebuilt('hello') })).toThrow('has no machine');
    expect(() => kernel.spawn({ name: 'x', program: 'p', personality: 'linux' })).toThrow('no personality "linux"');
  });
});
