// Parking, as a specification: each word has a queue of sleepers, and that is all.
//
//   park      joins the end of the word's queue if the word holds what is expected, else answers at once
//   unpark    the oldest wake, as many as are asked for
//   requeue   if the word holds what is expected: some wake, others join the end of another queue, in their order
//   deadline  takes a sleeper out, wherever it has been moved to; nothing else ever wakes one
import { ParkSpace } from '@capos/abi';
import { TRANSPORT_TIMED_OUT } from '@capos/ipc-ring';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Submitted } from './test-client.ts';
import { isEmpty, testKernel } from './test-kernel.ts';

const WORDS = 3;
/** A ring has 32 completions, and every sleeper keeps one. */
const MOST_SLEEPERS = 12;
const FOREVER = 2n ** 64n - 1n;
const { methods } = ParkSpace;

const word = fc.nat({ max: WORDS - 1 });
const value = fc.nat({ max: 2 });
const operation = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('park' as const),
      word,
      value,
      generic: fc.boolean(),
      afterNs: fc.option(fc.integer({ min: 1, max: 50 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), word, value }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('unpark' as const),
      word,
      count: fc.nat({ max: 3 }),
      generic: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('requeue' as const),
      word,
      target: word,
      value,
      wake: fc.nat({ max: 2 }),
      move: fc.nat({ max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), ns: fc.integer({ min: 1, max: 30 }) }) },
);

interface Sleeper {
  readonly submitted: Submitted<{ woken: boolean } | undefined>;
  readonly generic: boolean;
  readonly untilNs: number;
}

export function parkProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    const test = testKernel();
    const { clock, kernel } = test;
    const client = test.client('sleeper', { park: kernel.objects.parkSpace });
    const park = client.cap('park');
    const memory = client.allocate();
    const address = (index: number): number => memory + index * 4;
    const queues: Sleeper[][] = Array.from({ length: WORDS }, () => []);

    const wakes = (sleeper: Sleeper, woken: boolean): void => {
      expect(sleeper.submitted.done).toBe(true);
      if (sleeper.generic) expect(sleeper.submitted.value).toEqual({ woken });
      else expect(sleeper.submitted.result).toBe(woken ? 0 : -TRANSPORT_TIMED_OUT);
    };
    const wakeFirst = (queue: Sleeper[], count: number): number => {
      const woken = queue.splice(0, count);
      for (const sleeper of woken) wakes(sleeper, true);
      return woken.length;
    };

    for (const next of operations) {
      switch (next.kind) {
        case 'park': {
          if (queues.flat().length >= MOST_SLEEPERS) break;
          const at = address(next.word);
          const untilNs = next.afterNs === null ? Number.POSITIVE_INFINITY : clock.ns + next.afterNs;
          const submitted = next.generic
            ? client.call(park, methods.park, {
                address: BigInt(at),
                expected: next.value,
                timeoutNs: next.afterNs === null ? FOREVER : BigInt(next.afterNs),
              })
            : client.operation((submissions, userData) => {
                const outcome = submissions.park(park, userData, at, next.value);
                if (next.afterNs !== null) submissions.deadline(untilNs);
                return outcome;
              });
          const sleeper = { submitted, generic: next.generic, untilNs } as Sleeper;
          const holds = client.view.getUint32(at, true) === next.value;
          expect(submitted.done).toBe(!holds);
          if (holds) queues[next.word]!.push(sleeper);
          else if (next.generic) expect(sleeper.submitted.value).toEqual({ woken: false });
          else expect(submitted.result).toBe(1);
          break;
        }
        case 'write':
          client.view.setUint32(address(next.word), next.value, true);
          break;
        case 'unpark': {
          const at = address(next.word);
          const woken = next.generic
            ? client.call(park, methods.unpark, { address: BigInt(at), count: next.count }).value.woken
            : client.operation((submissions, userData) => submissions.unpark(park, userData, at, next.count)).result;
          expect(wakeFirst(queues[next.word]!, next.count)).toBe(woken);
          break;
        }
        case 'requeue': {
          const { value: expected, wake, move } = next;
          const [from, to] = [queues[next.word]!, queues[next.target]!];
          const answer = client.call(park, methods.requeue, {
            address: BigInt(address(next.word)),
            expected,
            wake,
            target: BigInt(address(next.target)),
            move,
          }).value;
          const matched = client.view.getUint32(address(next.word), true) === expected;
          expect(answer.matched).toBe(matched);
          if (!matched) break;
          expect(answer.woken).toBe(wakeFirst(from, wake));
          const moved = from === to ? Math.min(move, from.length) : from.splice(0, move);
          if (typeof moved !== 'number') to.push(...moved);
          expect(answer.moved).toBe(typeof moved === 'number' ? moved : moved.length);
          break;
        }
        case 'time':
          clock.ns += next.ns;
          kernel.step();
          for (const queue of queues) {
            for (const sleeper of queue) if (sleeper.untilNs <= clock.ns) wakes(sleeper, false);
            queue.splice(0, queue.length, ...queue.filter(({ untilNs }) => untilNs > clock.ns));
          }
          break;
      }
      for (const { submitted } of queues.flat()) expect(submitted.done).toBe(false);
    }
    client.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });
}
