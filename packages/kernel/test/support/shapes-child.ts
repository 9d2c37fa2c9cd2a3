// In a process of its own, with natives and the collector at hand: kernels that follow one another. Prints, a line each, which objects
// of a kernel have become dictionaries.
import { createMachine } from '@capos/x86-machine';
import { createKernel } from '../../src/index.ts';
import { movEax, movEdi, program, SYSCALL } from './elf-builder.ts';
import { EXIT, testPersonality } from './test-personality.ts';

const KERNELS = 9;
/** Collections until V8 gives up shapes that nothing has: --retain-maps-for-n-gc is 2. */
const COLLECTIONS = 4;

const isFast = new Function('object', 'return %HasFastProperties(object)') as (object: object) => boolean;
const collect = (globalThis as unknown as { gc(): void }).gc;

function slowObjects(): string[] {
  const clock = { nowNs: () => performance.now() * 1e6 };
  const machine = createMachine({ ramBytes: 0x40_0000, decodedBytes: 0x1_0000, clock, entropy: { fill: () => {} } });
  const kernel = createKernel({ machine });
  const slow = new Set<string>();
  const look = (object: object): void => {
    if (!isFast(object)) slow.add(object.constructor.name);
  };
  const personality = testPersonality();
  const factory = { ...personality.factory, reference: () => testPersonality().factory.create() };
  const image = program([...movEdi(0), ...movEax(EXIT), ...SYSCALL]);
  const guest = kernel.spawn({ name: 'exit', image, personality: factory });
  const { process: host, threads } = personality;
  for (const object of [machine, machine.cpu, kernel, host, host.memory, host.caps, ...threads]) look(object);
  while (guest.status === undefined) kernel.step();
  return [...slow];
}

for (let round = 0; round < KERNELS; round++) {
  for (const name of slowObjects()) process.stdout.write(`${round} ${name}\n`);
  for (let index = 0; index < COLLECTIONS; index++) collect();
}
