// Random systems, each applied to the one that runs: afterwards everything is as if the last had been booted, and what both have
// and have alike was never stopped. (On paper, for many more: packages/image/test/manifest-difference.test.ts.)
import { CapError, Endpoint, type HostedProgram, Store, SystemControl } from '@capos/abi';
import { defineSystem, type ServiceDefinition } from '@capos/image';
import { initProgram } from '@capos/init';
import { createKernel } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop } from '@capos/kernel/host-node';
import { type Environment, openEnvironment, serve } from '@capos/runtime';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const NAMES = ['a', 'b', 'c', 'd'];

interface Part {
  readonly program: 'one' | 'two';
  readonly tag: string;
  /** Names of imports, and the services they lead to. */
  readonly leads: Readonly<Record<string, string>>;
}
type Parts = Readonly<Record<string, Part>>;

/** Systems of up to four services, each importing only from those before it. */
const parts: fc.Arbitrary<Parts> = fc
  .tuple(
    ...NAMES.map((_, index) =>
      fc.option(
        fc.record({
          program: fc.constantFrom('one' as const, 'two' as const),
          tag: fc.constantFrom('old', 'new'),
          leads: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom(...NAMES.slice(0, index), 'none')),
        }),
        { nil: undefined, freq: 4 },
      ),
    ),
  )
  .map((all) => {
    const present = NAMES.filter((_, index) => all[index] !== undefined);
    return Object.fromEntries(
      all.flatMap((part, index) =>
        part === undefined
          ? []
          : [
              [
                NAMES[index]!,
                {
                  ...part,
                  leads: Object.fromEntries(Object.entries(part.leads).filter(([, to]) => present.includes(to))),
                },
              ],
            ],
      ),
    );
  });

function systemOf(all: Parts) {
  const services = Object.entries(all).map(([name, { program, tag, leads }]): [string, ServiceDefinition] => [
    name,
    {
      program,
      arguments: [name, tag],
      imports: Object.fromEntries(Object.entries(leads).map(([own, to]) => [own, `${to}.store`])),
      exports: { store: Store },
    },
  ]);
  return defineSystem({
    name: 'random',
    programs: { one: { hosted: 'one' }, two: { hosted: 'two' }, main: { hosted: 'main' } },
    services: Object.fromEntries([
      ['main', { program: 'main', imports: { system: 'init.system' } }],
      ...services,
    ]) as never,
    main: 'main' as never,
  });
}

/** What runs, by process: which program, told what, and its environment to ask through. */
const running = new Map<bigint, { program: string; args: readonly string[]; environment: Environment }>();

/** Serves Store, and says who it is. */
const probe =
  (program: string): HostedProgram =>
  (port, args) => {
    const environment = openEnvironment(port);
    running.set(port.processId, { program, args, environment });
    const refuse = () => {
      throw new CapError('unimplemented', 'says its name, and no more');
    };
    serve(environment, environment.capSet.cap('store', Endpoint), Store, {
      put: refuse,
      has: refuse,
      sync: refuse,
      get: () => ({ data: new TextEncoder().encode(args[0]!), size: 0n, missing: false }),
    });
  };

/** The system as it can be seen: asked of every service, through the capabilities it holds. */
async function look(processes: ReadonlyMap<string, bigint>): Promise<Parts> {
  const seen: Record<string, Part> = {};
  for (const [name, processId] of processes) {
    if (name === 'main') continue;
    const { program, args, environment } = running.get(processId)!;
    const leads: Record<string, string> = {};
    for (const own of ['x', 'y']) {
      if (!environment.capSet.names.includes(own)) continue;
      const { data } = await environment.capSet.get(own, Store).get({ id: new Uint8Array(1), offset: 0n, length: 16 });
      leads[own] = new TextDecoder().decode(data);
    }
    expect(args[0]).toBe(name);
    seen[name] = { program: program as Part['program'], tag: args[1]!, leads };
  }
  return seen;
}

const startedAlike = (one: Part, other: Part | undefined): boolean =>
  other !== undefined &&
  one.program === other.program &&
  one.tag === other.tag &&
  Object.keys(one.leads).sort().join() === Object.keys(other.leads).sort().join();

async function history(systems: readonly Parts[]): Promise<void> {
  const loop = nodeEventLoop();
  let failure: unknown;
  const kernel = createKernel({ clock: nodeClock, entropy: nodeEntropy, onWork: loop.onWork });
  kernel.registerProgram('one', probe('one'));
  kernel.registerProgram('two', probe('two'));
  kernel.registerProgram('main', (port) => {
    const control = openEnvironment(port).capSet.get('system', SystemControl);
    const processes = async () =>
      new Map((await control.services()).services.map(({ name, processId }) => [name, processId]));
    const test = async (): Promise<void> => {
      let before = await processes();
      expect(await look(before)).toEqual(systems[0]);
      for (let at = 1; at < systems.length; at++) {
        const { change } = await control.apply({ manifest: systemOf(systems[at]!).manifest });
        expect([change.problems, change.failed]).toEqual([[], []]);
        const after = await processes();
        expect(await look(after)).toEqual(systems[at]);
        for (const [name, part] of Object.entries(systems[at - 1]!)) {
          const runsOn = after.get(name) === before.get(name);
          expect(runsOn, name).toBe(startedAlike(part, systems[at]![name]));
        }
        expect(after.get('main')).toBe(before.get('main'));
        before = after;
      }
    };
    test().then(
      () => port.exit(0),
      (error) => {
        failure = error;
        port.exit(1);
      },
    );
  });
  const init = kernel.boot({ manifest: systemOf(systems[0]!).manifest, blobs: new Map(), init: initProgram });
  await loop.run(kernel, init, () => nodeClock.nowNs());
  running.clear();
  if (failure !== undefined) throw failure;
  kernel.runUntilIdle(1e9);
  expect(kernel.processes()).toEqual([]);
  expect(Object.values(kernel.ledgers().total).every((count) => count === 0)).toBe(true);
}

const part = (leads: Part['leads'] = {}): Part => ({ program: 'one', tag: 'old', leads });

/** Found by chance, and what follows from it: facets that take over the badges that others give up. */
const FOUND: [Parts[]][] = [
  [
    [
      { a: part(), b: part(), d: part({ x: 'a', y: 'a' }) },
      { a: part(), c: part({ x: 'a' }), d: part({ x: 'c', y: 'a' }) },
    ],
  ],
  [
    [
      { a: part(), b: part(), c: part({ x: 'a', y: 'b' }), d: part({ x: 'b', y: 'a' }) },
      { a: part(), b: part(), c: part({ x: 'b', y: 'a' }), d: part({ x: 'a', y: 'b' }) },
      { a: part(), b: part({ x: 'a' }), c: part({ x: 'a', y: 'b' }), d: part({ x: 'c', y: 'c' }) },
    ],
  ],
];

it('any system applied to any other runs as if it had been booted, and stops nothing that is in both alike', async () => {
  await fc.assert(fc.asyncProperty(fc.array(parts, { minLength: 2, maxLength: 5 }), history), {
    numRuns: 60,
    examples: FOUND,
  });
});
