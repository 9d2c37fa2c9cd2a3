import type { ExitStatus, ServiceRestart } from '@capos/abi';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RESTART_WINDOW_NS } from '../src/index.ts';
import { RestartHistory } from '../src/restart-policy.ts';

const failed: ExitStatus = { which: 'exited', exited: 1 };

it('no more than the limit of restarts falls into any minute, and delays only grow within one', () => {
  const gaps = fc.array(fc.bigInt({ min: 0n, max: 40_000_000_000n }), { minLength: 1, maxLength: 200 });
  const policies = fc.constantFrom<ServiceRestart>('transient', 'permanent');
  fc.assert(
    fc.property(gaps, fc.nat({ max: 8 }), policies, (steps, limit, policy) => {
      const history = new RestartHistory(policy, limit);
      const restarts: bigint[] = [];
      let now = 0n;
      for (const step of steps) {
        now += step;
        const decision = history.decide(failed, now);
        const recent = restarts.filter((time) => now - time < RESTART_WINDOW_NS);
        if (recent.length >= limit) expect(decision).toEqual({ action: 'giveUp', restarts: recent.length });
        else {
          expect(decision).toMatchObject({ action: 'restart', count: recent.length + 1 });
          if (decision.action === 'restart') expect(decision.delayNs > 0n).toBe(recent.length > 0);
          restarts.push(now);
        }
      }
    }),
  );
});

it('a policy that a newer image may have is never a restart', () => {
  expect(new RestartHistory(9, 5).decide(failed, 0n)).toEqual({ action: 'leave' });
});
