// The specification of a manifest's difference: what init does with one, on paper. Applied to a system as the first manifest has it, it
// gives the second, and starts nothing again that both have alike.
import { manifest as codec, Directory, type Import, type Manifest, type Service, Store, Timer } from '@capos/abi';
import fc from 'fast-check';
import { expect } from 'vitest';
import { manifestDifference, type ValidManifest, validateManifest } from '../../src/index.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const PROGRAMS = ['p', 'q'];

/** Service `index` may import only from those before it: then no manifest waits for itself. */
const service = (index: number): fc.Arbitrary<Service | undefined> =>
  fc.option(
    fc.record({
      name: fc.constant(NAMES[index]!),
      program: fc.constantFrom(...PROGRAMS),
      arguments: fc.subarray(['one', 'two']),
      environment: fc.subarray(['A=1']),
      imports: fc
        .uniqueArray(
          fc.record({
            name: fc.constantFrom('x', 'y', 'clock'),
            from: fc.nat({ max: Math.max(0, index - 1) }),
            part: fc.constantFrom('store', 'root'),
            badge: fc.constantFrom(0, 1, 2),
          }),
          { selector: ({ name }) => name, maxLength: 3 },
        )
        .map((imports) =>
          imports.flatMap(({ name, from, part, badge }): Import[] => {
            if (name === 'clock') return [{ name, interfaceId: Timer.id, which: 'kernel', kernel: 'timer', badge: 0n }];
            if (index === 0) return [];
            // A badge is one importer's alone.
            const own = badge === 0 ? 0n : BigInt(100 * (index + 1) + 10 * badge + (name === 'x' ? 1 : 2));
            const interfaceId = part === 'store' ? Store.id : Directory.id;
            return [
              { name, interfaceId, which: 'service', service: { service: NAMES[from]!, export: part }, badge: own },
            ];
          }),
        ),
      exports: fc.constant([
        { name: 'store', interfaceId: Store.id },
        { name: 'root', interfaceId: Directory.id },
      ]),
      restart: fc.constantFrom('temporary' as const, 'permanent' as const),
      restartLimit: fc.constantFrom(3, 5),
      group: fc.constant(''),
      upgrade: fc.constantFrom('restart' as const, 'handOver' as const),
      limits: fc.constantFrom([], [{ resource: 'frames' as const, amount: 100n }]),
    }),
    { nil: undefined },
  );

/** Any valid manifest of up to five services. */
export const manifest: fc.Arbitrary<ValidManifest> = fc
  .record({
    services: fc.tuple(...NAMES.map((_, index) => service(index))),
    elf: fc.constantFrom('p.elf', 'other.elf'),
    reversed: fc.boolean(),
  })
  .map(({ services, elf, reversed }) => {
    const present = services.filter((each) => each !== undefined);
    const names = new Set(present.map(({ name }) => name));
    const value: Manifest = {
      version: 1,
      name: 'random',
      main: '',
      groups: [],
      programs: [
        { name: 'p', which: 'elf', elf },
        { name: 'q', which: 'hosted', hosted: 'q' },
      ],
      services: (reversed ? present.toReversed() : present).map((each) => ({
        ...each,
        imports: each.imports.filter((item) => item.which === 'kernel' || names.has(item.service.service)),
      })),
    };
    const bytes = new Uint8Array(codec.measure(value));
    codec.encode(value, bytes);
    return validateManifest(bytes);
  });

/** A running service: which time it was started, with what, and where its capabilities lead. */
interface Running {
  readonly incarnation: number;
  readonly startedWith: object;
  readonly leads: ReadonlyMap<string, { readonly to: string; readonly badge: bigint }>;
}
type World = Map<string, Running>;

let incarnations = 0;

function started(name: string, { services, programs }: ValidManifest): Running {
  const its = services.get(name)!;
  const imports = its.imports.map((item) => ({
    name: item.name,
    interfaceId: item.interfaceId,
    object: item.which === 'kernel' ? item.kernel : 'of a service',
  }));
  return {
    incarnation: ++incarnations,
    startedWith: {
      program: programs.get(its.program),
      arguments: its.arguments,
      environment: its.environment,
      exports: its.exports,
      limits: its.limits,
      imports: imports.sort((one, other) => (one.name < other.name ? -1 : 1)),
    },
    leads: new Map(its.imports.flatMap((item) => (item.which === 'service' ? [[item.name, leadOf(item)]] : []))),
  };
}

const leadOf = (item: Import & { which: 'service' }) => ({
  to: `${item.service.service}.${item.service.export}`,
  badge: item.badge,
});

const boot = (system: ValidManifest): World =>
  new Map(system.startOrder.map(({ name }) => [name, started(name, system)]));

/** What init does with a difference, on paper. */
function applied(world: World, before: ValidManifest, after: ValidManifest): World {
  const difference = manifestDifference(before, after);
  const result: World = new Map(world);
  for (const name of difference.removed) result.delete(name);
  for (const name of [...difference.added, ...difference.restarted, ...difference.upgraded]) {
    result.set(name, started(name, after));
  }
  for (const { service: name, after: item } of difference.rewired) {
    if (item.which !== 'service') throw new Error('only what leads to a service can lead elsewhere');
    const its = result.get(name)!;
    result.set(name, { ...its, leads: new Map(its.leads).set(item.name, leadOf(item)) });
  }
  return result;
}

/** The same but for incarnations, and for badges that a manifest leaves to init, which then keeps the one it has. */
function view(world: World, after: ValidManifest): object {
  return Object.fromEntries(
    [...world]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, { startedWith, leads }]) => {
        const free = new Set(
          after.services
            .get(name)
            ?.imports.filter(({ badge }) => badge === 0n)
            .map((item) => item.name),
        );
        const seen = [...leads]
          .map(([item, { to, badge }]) => [item, to, free.has(item) ? 'any' : String(badge)])
          .sort((one, other) => (one[0]! < other[0]! ? -1 : 1));
        return [name, { startedWith, leads: seen }];
      }),
  );
}

/** One run: random systems, each applied to the one before, looked at after every one. */
export function changeProperty(parameters: fc.ArrayConstraints): fc.IPropertyWithHooks<[ValidManifest[]]> {
  return fc.property(fc.array(manifest, parameters), (systems) => {
    let world = boot(systems[0]!);
    for (let at = 1; at < systems.length; at++) world = changed(world, systems[at - 1]!, systems[at]!);
  });
}

/** Applies a change, and holds the outcome against the system booted afresh. */
function changed(world: World, before: ValidManifest, after: ValidManifest): World {
  const result = applied(world, before, after);
  const fresh = boot(after);
  expect(view(result, after)).toEqual(view(fresh, after));
  for (const [name, { incarnation, startedWith }] of world) {
    const alike = JSON.stringify(startedWith, text) === JSON.stringify(fresh.get(name)?.startedWith, text);
    expect(result.get(name)?.incarnation === incarnation, name).toBe(alike);
  }
  return result;
}

const text = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
