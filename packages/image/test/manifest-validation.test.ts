import { Console, manifest as codec, Directory, type Import, type Manifest, type Service, Store } from '@capos/abi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageError, type KnownParts, MANIFEST_LIMITS, validateManifest } from '../src/index.ts';

function encode(value: Manifest): Uint8Array {
  const bytes = new Uint8Array(codec.measure(value));
  codec.encode(value, bytes);
  return bytes;
}

function problems(value: Manifest, known?: KnownParts): readonly string[] {
  try {
    validateManifest(encode(value), known);
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return error.problems;
  }
  return [];
}

const service = (name: string, more: Partial<Service> = {}): Service => ({
  name,
  program: 'p',
  arguments: [],
  environment: [],
  imports: [],
  exports: [],
  restart: 'temporary',
  restartLimit: 5,
  group: '',
  upgrade: 'restart',
  limits: [],
  ...more,
});
const system = (services: Service[], more: Partial<Manifest> = {}): Manifest => ({
  version: 1,
  name: 'system',
  main: '',
  groups: [],
  programs: [{ name: 'p', which: 'elf', elf: 'p.elf' }],
  services,
  ...more,
});
const from = (
  name: string,
  source: string,
  part: string,
  more: { interfaceId?: bigint; badge?: bigint } = {},
): Import => ({
  name,
  interfaceId: more.interfaceId ?? Store.id,
  which: 'service',
  service: { service: source, export: part },
  badge: more.badge ?? 0n,
});
const store = { name: 'store', interfaceId: Store.id };

describe('a manifest is refused, in words that name the place and the remedy, for', () => {
  it.each<[string, Manifest, string, KnownParts?]>([
    ['another version', system([], { version: 2 }), 'version 2'],
    [
      'a main service that is not there',
      system([service('a')], { main: 'b' }),
      'the main service is "b": no such service: choose of a',
    ],
    ['a system without a name', system([], { name: '' }), 'the system is named ""'],
    ['a name with a slash', system([service('a/b')]), 'a service is named "a/b"'],
    [
      'two programs of one name',
      system([], {
        programs: [
          { name: 'p', which: 'elf', elf: 'x' },
          { name: 'p', which: 'hosted', hosted: 'y' },
        ],
      }),
      'two programs are named "p"',
    ],
    ['two services of one name', system([service('a'), service('a')]), 'two services are named "a"'],
    ['a service called kernel', system([service('kernel')]), 'rename it'],
    [
      'a program that is not there',
      system([service('a', { program: 'q' })]),
      'service a runs "q": no such program: choose of p',
    ],
    ['a program of no blob', system([], { programs: [{ name: 'p', which: 'elf', elf: '' }] }), 'names no blob'],
    [
      'a blob that is not there',
      system([]),
      'needs the blob "p.elf": add it, or choose of other',
      { blobs: ['other'] },
    ],
    [
      'a hosted program that is not there',
      system([], { programs: [{ name: 'p', which: 'hosted', hosted: 'h' }] }),
      'needs the hosted program "h"',
      { hosted: [] },
    ],
    [
      'an import from nobody',
      system([service('a', { imports: [from('s', 'b', 'store')] })]),
      'there is no service "b": choose of a',
    ],
    [
      'an import of what is not exported',
      system([service('b'), service('a', { imports: [from('s', 'b', 'store')] })]),
      'exports no "store": choose of none',
    ],
    [
      'an import of another interface',
      system([
        service('b', { exports: [store] }),
        service('a', { imports: [from('s', 'b', 'store', { interfaceId: Directory.id })] }),
      ]),
      'make them agree',
    ],
    [
      'a kernel object of another interface',
      system([
        service('a', {
          imports: [{ name: 'c', interfaceId: Store.id, which: 'kernel', kernel: 'console', badge: 0n }],
        }),
      ]),
      'kernel.console is a Console',
    ],
    [
      'a kernel object that init does not hold',
      system([
        service('a', {
          imports: [{ name: 'c', interfaceId: Console.id, which: 'kernel', kernel: 'console', badge: 0n }],
        }),
      ]),
      'init holds no kernel.console',
      { kernel: ['timer'] },
    ],
    [
      'a badge on a kernel object',
      system([
        service('a', {
          imports: [{ name: 'c', interfaceId: Console.id, which: 'kernel', kernel: 'console', badge: 3n }],
        }),
      ]),
      'take no badge',
    ],
    [
      'one badge for two holders',
      system([
        service('b', { exports: [store] }),
        service('a', { imports: [from('s', 'b', 'store', { badge: 3n }), from('t', 'b', 'store', { badge: 3n })] }),
      ]),
      'given to both a.s and a.t',
    ],
    [
      'two capabilities of one name',
      system([service('a', { exports: [store, store] })]),
      'imports or exports two capabilities as "store"',
    ],
    [
      'a capability name of 32 bytes',
      system([service('a', { exports: [{ name: 'x'.repeat(32), interfaceId: 1n }] })]),
      'use 1 to 31 bytes',
    ],
    [
      'an export without an interface',
      system([service('a', { exports: [{ name: 'x', interfaceId: 0n }] })]),
      'no interface',
    ],
    [
      'a service that imports from itself',
      system([service('a', { exports: [store], imports: [from('s', 'a', 'store')] })]),
      'a → a',
    ],
    [
      'a circle',
      system([
        service('a', { exports: [store], imports: [from('s', 'c', 'store')] }),
        service('b', { exports: [store], imports: [from('s', 'a', 'store')] }),
        service('c', { exports: [store], imports: [from('s', 'b', 'store')] }),
      ]),
      'a → c → b → a',
    ],
    ['an argument with a NUL', system([service('a', { arguments: ['a\0b'] })]), 'contains a NUL'],
    ['an environment string without =', system([service('a', { environment: ['PATH'] })]), 'is no NAME=VALUE'],
    ['too many strings', system([service('a', { arguments: new Array(1025).fill('') })]), '1025 found, 1024 allowed'],
    [
      'strings that are too long',
      system([service('a', { arguments: ['x'.repeat(65_536)] })]),
      '65537 found, 65536 allowed',
    ],
    ['a restart policy nobody knows', system([service('a', { restart: 9 })]), 'restart policy 9'],
    [
      'too many services',
      system(Array.from({ length: 257 }, (_, index) => service(`s${index}`))),
      '257 found, 256 allowed',
    ],
  ])('%s', (_, value, words, known) => {
    const found = problems(value, known);
    expect(found.join('\n')).toContain(words);
    expect(found).toHaveLength(1);
  });

  it('everything that is wrong, all at once', () => {
    expect(
      problems(system([service('a/b', { program: 'q' }), service('c', { imports: [from('s', 'x', 'y')] })])),
    ).toHaveLength(3);
  });
});

it('a manifest over a mebibyte is refused before it is read', () => {
  expect(() => validateManifest(new Uint8Array(MANIFEST_LIMITS.bytes + 8))).toThrow(
    expect.objectContaining({ code: 'tooLarge' }),
  );
});

it('services start behind those they import from, and otherwise as written', () => {
  const order = (services: Service[]): string[] =>
    validateManifest(encode(system(services))).startOrder.map(({ name }) => name);
  expect(order([service('a'), service('b'), service('c')])).toEqual(['a', 'b', 'c']);
  expect(
    order([
      service('shell', { imports: [from('s', 'store', 'store'), from('n', 'net', 'store')] }),
      service('net', { exports: [store], imports: [from('s', 'store', 'store')] }),
      service('store', { exports: [store] }),
      service('clock'),
    ]),
  ).toEqual(['store', 'net', 'shell', 'clock']);
});

it('any system without circles is ordered, however deep it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 200 }),
      fc.boolean(),
      (edges, reversed) => {
        // Service i imports from services before it only.
        const services = edges.map((sources, index) =>
          service(`s${index}`, {
            exports: [store],
            imports:
              index === 0
                ? []
                : [...new Set(sources.map((source) => source % index))].map((source) =>
                    from(`i${source}`, `s${source}`, 'store'),
                  ),
          }),
        );
        const { startOrder } = validateManifest(encode(system(reversed ? services.toReversed() : services)));
        expect(startOrder).toHaveLength(services.length);
        const started = new Set<string>();
        for (const { name, imports } of startOrder) {
          for (const item of imports)
            expect(started.has(item.which === 'service' ? item.service.service : '')).toBe(true);
          started.add(name);
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('random bytes are an ImageError', () => {
  const valid = encode(
    system([service('a', { exports: [store] }), service('b', { imports: [from('s', 'a', 'store')] })]),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc
          .array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
          .map((changes) => {
            const bytes = valid.slice();
            for (const [at, byte] of changes) bytes[at] = byte;
            return bytes;
          }),
      ),
      (bytes) => {
        try {
          validateManifest(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ImageError);
          expect((error as ImageError).problems.length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 5000 },
  );
});
