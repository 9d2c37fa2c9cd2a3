// What one look of the fair-share scheduler costs to decide: the calls around it are in the kernel's benches.
import { area } from '@capos/tooling/bench';
import { type ContextDemand, sharesOf } from '../src/index.ts';

const ROUND_NS = 4_000_000;
const LOOKS = 200;

/** `count` contexts in groups of ten, of unequal weight. */
const demandsOf = (count: number): ContextDemand[] =>
  Array.from({ length: count }, (_, index) => ({
    contextId: BigInt(index),
    group: `group ${Math.floor(index / 10)}`,
    weight: 1 + (Math.floor(index / 10) % 3),
  }));

/** Microseconds a look. */
function look(demands: readonly ContextDemand[]): number {
  const start = performance.now();
  let slices = 0;
  for (let count = 0; count < LOOKS; count++) slices += sharesOf(demands, ROUND_NS).size;
  const us = ((performance.now() - start) * 1000) / LOOKS;
  if (slices !== LOOKS * demands.length) throw new Error('a context got no slice');
  return us;
}

area('services', async (suite) => {
  const [few, many] = [demandsOf(10), demandsOf(1000)];
  for (let warm = 0; warm < 20; warm++) look(many);
  await suite.compare({
    name: 'shares-of-1000',
    unit: 'us',
    ours: () => look(many),
    rival: { name: 'shares of 10', run: () => look(few) },
  });
});
