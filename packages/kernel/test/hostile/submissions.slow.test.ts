// Random submissions by the million: a process of noise after another, beside one that must not notice.
import { Timer } from '@capos/abi';
import { SQE_WORDS } from '@capos/ipc-ring';
import { expect, it } from 'vitest';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const SUBMISSIONS = 2_000_000;
const OBJECTS = [
  'console',
  'timer',
  'entropySource',
  'endpointFactory',
  'frameAllocator',
  'notificationFactory',
] as const;

it('two million random submissions are answered or stay open, and leave nothing', { timeout: 1_800_000 }, () => {
  let seed = 0x5eed;
  // xorshift32 (Marsaglia 2003): fast, and the same every time.
  const random = (): number => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return seed;
  };
  const pick = <T>(values: readonly T[]): T => values[(random() >>> 0) % values.length]!;
  const { kernel, client, clock, log } = testKernel();
  const endpoint = kernel.createEndpoint(32);
  const grants = Object.fromEntries(OBJECTS.map((name) => [name, kernel.objects[name]]));
  const make = () => client('noise', { ...grants, own: endpoint.owner, facet: endpoint.facet(1n, 3n) });
  const bystander = client('bystander', { timer: kernel.objects.timer });
  let program = make();
  const words = new Int32Array(SQE_WORDS);
  let completed = 0;
  for (let submitted = 0; submitted < SUBMISSIONS; ) {
    const { port, ring, bytes } = program;
    const places = [0, port.heapOffset + 64, port.heapOffset + 8192, bytes.length - 8, -8, 0x7fff_fff8];
    const capIds = [...program.caps.values(), 0, random()];
    for (let slot = 0; slot < 12; slot += 1) {
      for (let word = 0; word < SQE_WORDS; word += 1) words[word] = (random() & 3) === 0 ? random() : random() & 7;
      words[0] = (random() & 15) | ((random() & 3) === 0 ? random() & 0x0f00 : 0) | ((random() & 7) << 16);
      words[1] = pick(capIds);
      words[4] = pick(places);
      words[5] = (random() & 31) === 0 ? random() : 0;
      words[6] = random() & 127;
      words[8] = pick(places);
      words[9] = (random() & 31) === 0 ? random() : 0;
      words[12] = (random() & 3) === 0 ? random() & 0x0003_0003 : 0;
      words[14] = (random() & 7) === 0 ? clock.ns + (random() & 0xfff) : 0;
      words[15] = 0;
      for (let at = 0; at < 128; at += 4) program.view.setInt32(port.heapOffset + 64 + at, random() & 15, true);
      if (ring.submissions.raw(words) !== 0) break;
      submitted += 1;
    }
    ring.submit();
    port.enter();
    completed += ring.completions.drain({ complete() {} });
    if ((submitted & 0xff) < 12) {
      clock.ns += 1000;
      kernel.step();
      const now = bystander.call(bystander.cap('timer'), Timer.methods.now, {});
      expect(now.value.monotonicNs).toBe(BigInt(clock.ns));
    }
    if (ring.submissions.credit < 13 || program.process.status !== undefined) {
      program.process.kill(9);
      program = make();
    }
  }
  expect(completed).toBeGreaterThan(SUBMISSIONS / 4);
  expect(log).toEqual([]);
  program.process.kill(9);
  bystander.process.kill(9);
  kernel.runUntilIdle();
  expect(isEmpty(kernel)).toBe(true);
  expect(kernel.frames().free).toBe(kernel.frames().total);
});
