// A notification, as a specification: a word of bits, those who wait for some of them in the order they came, and perhaps a ring.
//
//   signal   sets bits; each waiter in turn takes those under its mask, if there are any
//   poll     takes what is there
//   wait     takes at once, or joins the end
//   ring     gets one completion when bits under its mask appear where none were; the next when they have all been taken and appear again
import { Notification, NotificationFactory } from '@capos/abi';
import { CQE_FLAG_NOTIFIED, TRANSPORT_TIMED_OUT } from '@capos/ipc-ring';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Submitted } from './test-client.ts';
import { isEmpty, testKernel } from './test-kernel.ts';

const MOST_WAITERS = 12;
const { methods } = Notification;

/** Few bits, at both ends of the word. */
const bits = fc.integer({ min: 1, max: 15 }).map((low) => (BigInt(low >> 2) << 62n) | BigInt(low & 3));
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('signal' as const), bits, generic: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      bits,
      generic: fc.boolean(),
      afterNs: fc.option(fc.integer({ min: 1, max: 50 })),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('poll' as const), bits }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('bind' as const), bits }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unbind' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), ns: fc.integer({ min: 1, max: 30 }) }) },
);

interface Waiter {
  readonly submitted: Submitted<{ bits: bigint } | undefined>;
  readonly generic: boolean;
  readonly mask: bigint;
  readonly untilNs: number;
}

const low = (word: bigint): number => Number(word & 0xffff_ffffn) | 0;
const high = (word: bigint): number => Number(word >> 32n) | 0;

export function notificationProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    const test = testKernel();
    const { clock, kernel } = test;
    const client = test.client('party', { notifications: kernel.objects.notificationFactory });
    const { capId } = client.call(client.cap('notifications'), NotificationFactory.methods.create, {}).caps[0]!;
    let word = 0n;
    let waiters: Waiter[] = [];
    let ring: { mask: bigint; told: boolean } | undefined;
    const expectedNotices: bigint[] = [];

    const takes = ({ submitted, generic, mask }: Waiter): void => {
      expect(submitted.done).toBe(true);
      expect(generic ? submitted.value?.bits : submitted.badge).toBe(word & mask);
      word &= ~mask;
      taken();
    };
    const taken = (): void => {
      if (ring !== undefined && (word & ring.mask) === 0n) ring.told = false;
    };
    const tell = (): void => {
      if (ring === undefined || ring.told || (word & ring.mask) === 0n) return;
      ring.told = true;
      expectedNotices.push(word & ring.mask);
    };

    for (const next of operations) {
      switch (next.kind) {
        case 'signal': {
          word |= next.bits;
          if (next.generic) client.call(capId, methods.signal, { bits: next.bits }).value;
          else client.operation((s, userData) => s.signal(capId, userData, low(next.bits), high(next.bits)));
          for (const waiter of [...waiters]) {
            if ((word & waiter.mask) === 0n) continue;
            waiters = waiters.filter((other) => other !== waiter);
            takes(waiter);
          }
          tell();
          break;
        }
        case 'wait': {
          if (waiters.length >= MOST_WAITERS) break;
          const mask = next.bits;
          const untilNs = next.afterNs === null ? Number.POSITIVE_INFINITY : clock.ns + next.afterNs;
          const submitted = next.generic
            ? client.call(capId, methods.wait, { mask }, next.afterNs === null ? {} : { deadlineNs: untilNs })
            : client.operation((s, userData) => {
                const outcome = s.wait(capId, userData, low(mask), high(mask));
                if (next.afterNs !== null) s.deadline(untilNs);
                return outcome;
              });
          const waiter = { submitted, generic: next.generic, mask, untilNs } as Waiter;
          if ((word & mask) === 0n) waiters.push(waiter);
          else takes(waiter);
          break;
        }
        case 'poll':
          expect(client.call(capId, methods.poll, { mask: next.bits }).value.bits).toBe(word & next.bits);
          word &= ~next.bits;
          taken();
          break;
        case 'bind':
          client.call(capId, methods.bind, { mask: next.bits, userData: 1n << 40n }).value;
          ring = { mask: next.bits, told: false };
          tell();
          break;
        case 'unbind':
          client.call(capId, methods.unbind, {}).value;
          ring = undefined;
          break;
        case 'time':
          clock.ns += next.ns;
          kernel.step();
          for (const { submitted, untilNs } of waiters) {
            if (untilNs <= clock.ns) expect(submitted.result).toBe(-TRANSPORT_TIMED_OUT);
          }
          waiters = waiters.filter(({ untilNs }) => untilNs > clock.ns);
          break;
      }
      for (const { submitted } of waiters) expect(submitted.done).toBe(false);
      const notices = client.unsolicited.filter(({ flags }) => (flags & CQE_FLAG_NOTIFIED) !== 0);
      expect(notices.map(({ badge }) => badge)).toEqual(expectedNotices);
    }
    client.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });
}
