// The scheduler switched while programs run: the kernel's own, fair shares, other shares, and the kernel's again.
import { expect, it } from 'vitest';
import { Contest } from '../src/contest.ts';

it('a scheduler is replaced by another, and by the kernel when it dies, while programs run', async () => {
  const log: string[] = [];
  const contest = new Contest((line) => log.push(line));
  expect(await contest.part()).toBeCloseTo(0.1, 1);
  const equal = contest.schedule(1);
  expect(await contest.part()).toBeCloseTo(0.5, 1);
  const unequal = contest.schedule(3);
  expect(await contest.part()).toBeCloseTo(0.75, 1);
  // The first noticed that it was replaced, and left.
  expect(equal.status).toEqual({ which: 'exited', exited: 1 });
  unequal.kill(9);
  expect(await contest.part()).toBeCloseTo(0.1, 1);
  expect(log.join('\n')).toContain('is replaced by scheduler 3:1');
});
