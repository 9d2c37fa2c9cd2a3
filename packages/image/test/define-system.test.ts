import { Console, Directory, manifest, Store, Timer } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { defineSystem, type ImageError, type SourceOf } from '../src/index.ts';

const system = defineSystem({
  name: 'two-services',
  main: 'app',
  programs: { store: { hosted: 'store' }, app: { elf: 'app.elf' } },
  services: {
    files: {
      program: 'store',
      imports: { timer: 'kernel.timer' },
      exports: { store: Store, root: Directory },
      restart: 'permanent',
    },
    app: {
      program: 'app',
      arguments: ['app', '-v'],
      environment: { LANG: 'C', EMPTY: '' },
      imports: { console: 'kernel.console', store: 'files.store', root: { from: 'files.root', badge: 7n } },
    },
  },
});

it('ten lines of data are a manifest', () => {
  expect(manifest.decode(system.manifest)).toStrictEqual({
    version: 1,
    name: 'two-services',
    main: 'app',
    groups: [],
    programs: [
      { name: 'store', which: 'hosted', hosted: 'store' },
      { name: 'app', which: 'elf', elf: 'app.elf' },
    ],
    services: [
      {
        name: 'files',
        program: 'store',
        arguments: [],
        environment: [],
        imports: [{ name: 'timer', interfaceId: Timer.id, which: 'kernel', kernel: 'timer', badge: 0n }],
        exports: [
          { name: 'store', interfaceId: Store.id },
          { name: 'root', interfaceId: Directory.id },
        ],
        restart: 'permanent',
        restartLimit: 5,
        group: '',
        upgrade: 'restart',
        limits: [],
      },
      {
        name: 'app',
        program: 'app',
        arguments: ['app', '-v'],
        environment: ['LANG=C', 'EMPTY='],
        imports: [
          { name: 'console', interfaceId: Console.id, which: 'kernel', kernel: 'console', badge: 0n },
          {
            name: 'store',
            interfaceId: Store.id,
            which: 'service',
            service: { service: 'files', export: 'store' },
            badge: 0n,
          },
          {
            name: 'root',
            interfaceId: Directory.id,
            which: 'service',
            service: { service: 'files', export: 'root' },
            badge: 7n,
          },
        ],
        exports: [],
        restart: 'temporary',
        restartLimit: 5,
        group: '',
        upgrade: 'restart',
        limits: [],
      },
    ],
  });
  expect(system.blobNames).toEqual(['app.elf']);
});

it('the compiler knows what may be imported', () => {
  type Sources = SourceOf<{
    files: { program: 'store'; exports: { root: typeof Directory } };
    app: { program: 'app' };
  }>;
  const good: Sources = 'files.root';
  // @ts-expect-error files exports no "rooot"
  const bad: Sources = 'files.rooot';
  expect([good, bad]).toHaveLength(2);
});

describe('what the compiler can not see is said in words', () => {
  const broken = (services: object): readonly string[] => {
    try {
      defineSystem({ name: 'x', programs: { p: { hosted: 'p' } }, services: services as Record<string, never> });
    } catch (error) {
      return (error as ImageError).problems;
    }
    return [];
  };

  it('a misspelt export, with the names there are', () => {
    expect(
      broken({
        a: { program: 'p', exports: { root: Directory } },
        b: { program: 'p', imports: { root: 'a.rooot' } },
      }),
    ).toEqual(['service b, import root: service a exports no "rooot": choose of root']);
  });

  it('a source without a dot, and a kernel object nobody knows', () => {
    expect(broken({ a: { program: 'p', imports: { c: 'console' } } })[0]).toContain(
      'write kernel.NAME or SERVICE.EXPORT',
    );
    expect(broken({ a: { program: 'p', imports: { c: 'kernel.gpu' } } })[0]).toContain('add interface:');
  });

  it('a kernel object with an interface of one’s own is taken', () => {
    expect(broken({ a: { program: 'p', imports: { c: { from: 'kernel.disk', interface: Store } } } })).toEqual([]);
  });
});
