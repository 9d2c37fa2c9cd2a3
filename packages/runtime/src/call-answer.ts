// The answer of a call under way, for calls on the capabilities it is to bring (promise pipelining, capnp rpc.capnp).
//
//   submitted, with an answer id ─▶ calls on its promised capabilities are PIPELINED: they reach the kernel ahead of the answer
//   answered ─▶ promised capabilities become real ones, and the kernel may FINISH the answer
import { CapError, type InterfaceDescriptor } from '@capos/abi';
import { type CapHolder, PromisedCap } from './cap.ts';
import type { ReceivedCaps } from './received-caps.ts';

export class CallAnswer {
  /** Named when the call is submitted; calls on promised capabilities come after it. */
  id = 0;
  private readonly holder: CapHolder;
  private readonly promised: PromisedCap[] = [];
  private settled = false;
  private failure: Error | null = null;
  private caps: ReceivedCaps | undefined;

  constructor(holder: CapHolder) {
    this.holder = holder;
  }

  /** Result capability `ordinal`, which may be called at once. */
  capability(ordinal: number, descriptor: InterfaceDescriptor): PromisedCap {
    const known = this.promised.find((cap) => cap.ordinal === ordinal);
    if (known !== undefined && known.interfaceId === descriptor.id) return known;
    const cap = new PromisedCap(this.holder, this, ordinal, descriptor.id);
    if (this.settled) this.settleOne(cap);
    else this.promised.push(cap);
    return cap;
  }

  /** The call has ended. */
  settle(error: Error | null, caps: ReceivedCaps): void {
    this.settled = true;
    this.failure = error;
    this.caps = caps;
    for (const cap of this.promised) this.settleOne(cap);
    this.promised.length = 0;
  }

  private settleOne(cap: PromisedCap): void {
    if (this.failure !== null) {
      cap.breakWith(this.failure);
      return;
    }
    try {
      this.caps!.fulfil(cap);
    } catch (error) {
      cap.breakWith(error instanceof Error ? error : new CapError('failed', String(error)));
    }
  }
}
