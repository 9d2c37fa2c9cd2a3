// Notification: a word of 64 bits. Signal sets bits; wait takes those under its mask, sleeping until there is one.
//
//   bits ── signal: bits |= s ─▶ waiters in order of arrival: taken = bits & mask; if any: bits &= ~taken, waiter wakes
//                              └▶ bound ring: when bits & mask becomes non-zero, one completion; nothing more until it is zero
//
// A completion slot of the bound ring is set aside before it is needed. When there is none, the completion is owed, and posted
// after the ring's next drain, or at the next signal.

import { CapError, Notification, NotificationFactory } from '@capos/abi';
import { objectCallOf, PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder, PendingOperation } from '../ipc/pending-operation.ts';
import { RingBinding } from '../ipc/ring-binding.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** `detail` of a waiter that came by method call and wants typed results; ring operations have none. */
const BY_METHOD = 'method';

export class NotificationObject extends ServedObject {
  #low = 0;
  #high = 0;
  readonly #waiters: OperationQueue = new OperationQueue();
  #binding: RingBinding | undefined;

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
    this.#tellRing();
  }

  /** From now on the ring of this binding is told; false when it has no completion slot to set aside. */
  bind(binding: RingBinding): boolean {
    this.unbind();
    if (!binding.prepare()) return false;
    this.#binding = binding;
    this.#tellRing();
    return true;
  }

  unbind(): void {
    this.#binding?.close();
    this.#binding = undefined;
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
    this.#binding?.taken(this.#low, this.#high);
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
    this.#binding?.taken(this.#low, this.#high);
    if (waiter.detail === BY_METHOD) {
      objectCallOf(waiter).reply({ bits: (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0) });
    } else {
      waiter.completeWith(0, 0, low, high, 0, 0);
    }
  }

  #tellRing(): void {
    const binding = this.#binding;
    if (binding !== undefined && !binding.tell(this.#low, this.#high)) this.#binding = undefined;
  }

  #disconnect(): void {
    this.unbind();
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
  bind: (notification, { mask, userData }, { operation }) => {
    const { ring } = operation;
    if (ring === undefined) throw new CapError('unimplemented', 'a program of this kind has no ring to be told in');
    if (mask === 0n) throw new CapError('invalidArgument', 'a mask of no bits: nothing would ever be told');
    if (!notification.bind(new RingBinding(ring, mask, userData))) {
      throw new CapError('overloaded', 'every completion slot of the ring is spoken for');
    }
    return {};
  },
  unbind: (notification) => {
    notification.unbind();
    return {};
  },
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
