// Notification: a word of 64 bits. Signal sets bits; wait takes those under its mask, sleeping until there is one.
//
//   bits ── signal: bits |= s ─▶ waiters in order of arrival: taken = bits & mask; if any: bits &= ~taken, waiter wakes

import { CapError, Notification, NotificationFactory } from '@capos/abi';
import { PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder, PendingOperation } from '../ipc/pending-operation.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** `detail` of a waiter that came by method call and wants typed results; ring operations have none. */
const BY_METHOD = 'method';

export class NotificationObject extends ServedObject {
  #low = 0;
  #high = 0;
  readonly #waiters: OperationQueue = new OperationQueue();

  protected get served(): ServedInterface {
    return notificationInterface;
  }

  signal(low: number, high: number): void {
    this.#low |= low;
    this.#high |= high;
    for (let waiter = this.#waiters.first; waiter !== undefined && (this.#low | this.#high) !== 0; ) {
      const next: PendingOperation | undefined = waiter.queueNext;
      if (((this.#low & waiter.wordLow) | (this.#high & waiter.wordHigh)) !== 0) {
        this.#waiters.remove(waiter);
        waiter.holder = undefined;
        this.#give(waiter);
      }
      waiter = next;
    }
  }

  /** Completes now or when a bit of the mask in `wordLow/High` is set. */
  wait(operation: PendingOperation): void {
    if (((this.#low & operation.wordLow) | (this.#high & operation.wordHigh)) !== 0) {
      this.#give(operation);
      return;
    }
    operation.holder = this.#holder;
    this.#waiters.push(operation);
  }

  /** Takes what is set under the mask, perhaps nothing. */
  poll(low: number, high: number): bigint {
    const takenLow = this.#low & low;
    const takenHigh = this.#high & high;
    this.#low &= ~takenLow;
    this.#high &= ~takenHigh;
    return (BigInt(takenHigh >>> 0) << 32n) | BigInt(takenLow >>> 0);
  }

  override revoke(): void {
    super.revoke();
    this.#disconnect();
  }

  #give(waiter: PendingOperation): void {
    const low = this.#low & waiter.wordLow;
    const high = this.#high & waiter.wordHigh;
    this.#low &= ~low;
    this.#high &= ~high;
    if (waiter.detail === BY_METHOD) {
      waiter.objectCall.reply({ bits: (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0) });
    } else {
      waiter.completeWith(0, 0, low, high, 0, 0);
    }
  }

  #disconnect(): void {
    for (let waiter = this.#waiters.first; waiter !== undefined; waiter = this.#waiters.first) {
      waiter.completeException('disconnected', 'the notification is gone');
    }
  }

  protected override unreferenced(): void {
    this.#disconnect();
  }

  readonly #holder: OperationHolder = { withdraw: (operation) => this.#waiters.remove(operation) };
}

const notificationInterface: ServedInterface = serve<NotificationObject, typeof Notification>(Notification, {
  signal: (notification, { bits }) => {
    notification.signal(Number(bits & 0xffff_ffffn) | 0, Number(bits >> 32n) | 0);
    return {};
  },
  wait: (notification, { mask }, { operation }) => {
    operation.wordLow = Number(mask & 0xffff_ffffn) | 0;
    operation.wordHigh = Number(mask >> 32n) | 0;
    operation.detail = BY_METHOD;
    notification.wait(operation);
    return PENDING;
  },
  poll: (notification, { mask }) => ({
    bits: notification.poll(Number(mask & 0xffff_ffffn) | 0, Number(mask >> 32n) | 0),
  }),
});

/** Makes notifications for whoever holds it, on its own account. */
export class NotificationFactoryObject extends ServedObject {
  protected get served(): ServedInterface {
    return notificationFactoryInterface;
  }
}

const notificationFactoryInterface: ServedInterface = serve<NotificationFactoryObject, typeof NotificationFactory>(
  NotificationFactory,
  {
    create: (_factory, _params, call) => {
      const notification = new NotificationObject();
      if (!notification.chargeTo(call.process.ledger)) {
        throw new CapError('overloaded', 'no kernel object left in the ledger');
      }
      notification.makerId = call.process.id;
      return { notification: call.addCapability(notification) };
    },
  },
);
