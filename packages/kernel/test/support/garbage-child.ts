// In a process of its own, with a young generation that holds a whole round: prints bytes of garbage a call, one number a round.
import { createKernel } from '../../src/index.ts';
import { callingPair } from './calling-pair.ts';

const CALLS = 20_000;
const ROUNDS = 12;

const kernel = createKernel({ clock: { nowNs: () => performance.now() * 1e6 }, entropy: { fill: () => {} } });
const call = callingPair(kernel);
for (let warm = 0; warm < 6; warm++) call(CALLS);
const samples: number[] = [];
for (let index = 0; index < ROUNDS; index++) {
  const before = process.memoryUsage().heapUsed;
  call(CALLS);
  samples.push((process.memoryUsage().heapUsed - before) / CALLS);
}
process.stdout.write(samples.join(' '));
