// Interrupt: a device's line, for the driver that holds it. An interrupt becomes a signal, one at a time.
//
//   IDLE ── raised ─▶ signal, TOLD ── acknowledge ─▶ IDLE, or TOLD again when one came meanwhile
//
// While TOLD, masked or unbound, interrupts are remembered, as one: a device that never stops raising its line costs the driver one
// signal for each acknowledgement, and everybody else nothing.

import { CapError, Interrupt } from '@capos/abi';
import type { Interrupts, LineListener } from '../arch/interrupts.ts';
import { NotificationObject } from './notification.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class InterruptObject extends ServedObject implements LineListener {
  /** Interrupts so far. */
  count = 0;
  readonly #line: number;
  readonly #interrupts: Interrupts;
  #notification: NotificationObject | undefined;
  #low = 0;
  #high = 0;
  #told = false;
  #masked = false;
  #remembered = false;

  constructor(interrupts: Interrupts, line: number) {
    super();
    this.#interrupts = interrupts;
    this.#line = line;
    interrupts.listen(line, this);
  }

  protected get served(): ServedInterface {
    return interruptInterface;
  }

  raised(): void {
    this.count++;
    this.#remembered = true;
    this.#tell();
  }

  bind(notification: NotificationObject | undefined, low: number, high: number): void {
    notification?.retain();
    this.#notification?.release();
    this.#notification = notification;
    this.#low = low;
    this.#high = high;
    this.#tell();
  }

  acknowledge(): void {
    this.#told = false;
    this.#tell();
  }

  setMasked(masked: boolean): void {
    this.#masked = masked;
    this.#tell();
  }

  #tell(): void {
    if (!this.#remembered || this.#told || this.#masked || this.#notification === undefined) return;
    this.#remembered = false;
    this.#told = true;
    this.#notification.signal(this.#low, this.#high);
  }

  protected override unreferenced(): void {
    this.bind(undefined, 0, 0);
    this.#interrupts.listen(this.#line, undefined);
  }
}

const interruptInterface: ServedInterface = serve<InterruptObject, typeof Interrupt>(Interrupt, {
  bind: (interrupt, { notification, bits }, call) => {
    if (bits === 0n) {
      interrupt.bind(undefined, 0, 0);
      return {};
    }
    const { object } = call.capability(notification);
    if (!(object instanceof NotificationObject)) {
      throw new CapError('invalidArgument', 'an interrupt is told to a Notification of the kernel');
    }
    interrupt.bind(object, Number(bits & 0xffff_ffffn) | 0, Number(bits >> 32n) | 0);
    return {};
  },
  acknowledge: (interrupt) => {
    interrupt.acknowledge();
    return {};
  },
  setMasked: (interrupt, { masked }) => {
    interrupt.setMasked(masked);
    return {};
  },
  getCount: ({ count }) => ({ count: BigInt(count) }),
});
