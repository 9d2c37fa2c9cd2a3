// The timer queue against a sorted list: earliest first, and first come first served among equals.
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { type TimerNode, TimerQueue } from '../../src/time/timer-queue.ts';

const TIMERS = 40;
const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('add' as const), timer: fc.nat(TIMERS - 1), ns: fc.nat({ max: 50 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cancel' as const), timer: fc.nat(TIMERS - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('expire' as const),
      ns: fc.nat({ max: 20 }),
      limit: fc.option(fc.nat({ max: 5 }), { nil: Number.POSITIVE_INFINITY }),
    }),
  },
);

export function timerProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    const queue = new TimerQueue();
    const fired: number[] = [];
    const nodes: TimerNode[] = Array.from({ length: TIMERS }, (_, index) => ({
      deadlineNs: 0,
      heapIndex: -1,
      sequence: 0,
      expired: () => void fired.push(index),
    }));
    /** Sorted. */
    let model: { timer: number; deadlineNs: number }[] = [];
    let nowNs = 0;
    for (const next of operations) {
      if (next.kind === 'add') {
        if (nodes[next.timer]!.heapIndex >= 0) continue;
        const deadlineNs = nowNs + next.ns;
        queue.add(nodes[next.timer]!, deadlineNs);
        const place = model.findIndex((other) => other.deadlineNs > deadlineNs);
        model.splice(place < 0 ? model.length : place, 0, { timer: next.timer, deadlineNs });
      } else if (next.kind === 'cancel') {
        queue.cancel(nodes[next.timer]!);
        model = model.filter(({ timer }) => timer !== next.timer);
      } else {
        nowNs += next.ns;
        const due = model.filter(({ deadlineNs }) => deadlineNs <= nowNs).slice(0, next.limit);
        model = model.filter((timer) => !due.includes(timer));
        expect(queue.expire(nowNs, next.limit)).toBe(due.length);
        expect(fired.splice(0)).toEqual(due.map(({ timer }) => timer));
      }
      expect(queue.size).toBe(model.length);
      expect(queue.nextNs).toBe(model[0]?.deadlineNs ?? Number.POSITIVE_INFINITY);
    }
  });
}
