// Timers in the tens of thousands: each costs about the logarithm of how many wait, counted in looks at deadlines, not in time.
import { expect, it } from 'vitest';
import { type TimerNode, TimerQueue } from '../../src/time/timer-queue.ts';

let looks = 0;

class CountingNode implements TimerNode {
  heapIndex = -1;
  sequence = 0;
  fired = false;
  #deadlineNs = 0;

  get deadlineNs(): number {
    looks++;
    return this.#deadlineNs;
  }
  set deadlineNs(value: number) {
    this.#deadlineNs = value;
  }

  expired(): void {
    this.fired = true;
  }
}

/** Deadlines in an order without pattern, and the same every time (Knuth's multiplicative hashing). */
const scattered = (index: number): number => Math.imul(index + 1, 2_654_435_761) >>> 0;

/** Looks that one addition, one cancellation and one expiry take at most, with `count` waiting. */
function greatest(count: number): { add: number; cancel: number; expire: number } {
  const queue = new TimerQueue();
  const most = { add: 0, cancel: 0, expire: 0 };
  const counted = (what: keyof typeof most, act: () => void): void => {
    looks = 0;
    act();
    most[what] = Math.max(most[what], looks);
  };
  const nodes = Array.from({ length: count }, () => new CountingNode());
  for (const [index, node] of nodes.entries()) counted('add', () => queue.add(node, scattered(index)));
  for (let index = 0; index < count; index += 2) counted('cancel', () => queue.cancel(nodes[index]!));
  expect(queue.size).toBe(Math.floor(count / 2));
  while (queue.size > 0) counted('expire', () => void queue.expire(2 ** 33, 1));
  expect(nodes.every(({ fired }, index) => fired === (index % 2 === 1))).toBe(true);
  return most;
}

it.each([1_000, 50_000, 100_000])('%i timers wait: none costs more than a few looks for each doubling', (count) => {
  const levels = Math.ceil(Math.log2(count));
  const { add, cancel, expire } = greatest(count);
  expect(add).toBeLessThanOrEqual(3 * levels);
  expect(cancel).toBeLessThanOrEqual(6 * levels);
  expect(expire).toBeLessThanOrEqual(8 * levels);
});

it('a deadline that is set again takes the place of the first, earlier or later', () => {
  const queue = new TimerQueue();
  const [first, second, third] = [new CountingNode(), new CountingNode(), new CountingNode()];
  queue.add(first, 10);
  queue.add(second, 20);
  queue.add(third, 30);
  queue.add(first, 40);
  queue.add(third, 5);
  expect([queue.size, queue.nextNs]).toEqual([3, 5]);
  expect(queue.expire(25)).toBe(2);
  expect([first.fired, second.fired, third.fired]).toEqual([false, true, true]);
  expect(queue.expire(40)).toBe(1);
  expect(queue.size).toBe(0);
});
