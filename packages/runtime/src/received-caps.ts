// Capabilities that came with a message, by ordinal. They are the receiver's already; adopting one checks its interface.
//
//   received ──adopt──▶ a Cap, the program's to release
//      └──────releaseRest──▶ gone
import { CapError, type InterfaceDescriptor } from '@capos/abi';
import { Cap, type CapHolder, type PromisedCap } from './cap.ts';

export class ReceivedCaps {
  private readonly holder: CapHolder | undefined;
  private readonly capIds: readonly number[];
  private readonly interfaceIds: readonly bigint[];
  private readonly adopted: (Cap | undefined)[];

  constructor(holder: CapHolder | undefined, capIds: readonly number[], interfaceIds: readonly bigint[]) {
    this.holder = holder;
    this.capIds = capIds;
    this.interfaceIds = interfaceIds;
    this.adopted = capIds.map(() => undefined);
  }

  get length(): number {
    return this.capIds.length;
  }

  /** The interface that capability `ordinal` has, undefined when there is none. */
  interfaceId(ordinal: number): bigint | undefined {
    return this.interfaceIds[ordinal];
  }

  /**
   * Takes capability `ordinal` over; asked again, answers the same Cap. Without a descriptor any interface will do.
   * @throws CapError invalidArgument when there is none, or it has another interface (it is released with the rest then)
   */
  adopt(ordinal: number, descriptor?: InterfaceDescriptor): Cap {
    const capId = this.capIds[ordinal];
    const interfaceId = this.interfaceIds[ordinal];
    if (this.holder === undefined || capId === undefined || interfaceId === undefined) {
      throw new CapError(
        'invalidArgument',
        `the message names capability ${ordinal} and carries ${this.length}${descriptor === undefined ? '' : `; a ${descriptor.name} was expected`}`,
      );
    }
    if (descriptor !== undefined && interfaceId !== descriptor.id) {
      throw new CapError(
        'invalidArgument',
        `capability ${ordinal} of the message has interface 0x${interfaceId.toString(16)}; a ${descriptor.name} was expected`,
      );
    }
    const known = this.adopted[ordinal];
    if (known !== undefined) return known;
    const cap = new Cap(this.holder, capId, interfaceId);
    this.adopted[ordinal] = cap;
    this.holder.watch(cap, capId);
    return cap;
  }

  /**
   * Makes a promised capability the one that came; one that was released meanwhile is given up.
   * @throws CapError invalidArgument when there is none, or it has another interface
   */
  fulfil(promised: PromisedCap): void {
    const { ordinal, interfaceId } = promised;
    const capId = this.capIds[ordinal];
    const found = this.interfaceIds[ordinal];
    if (capId === undefined || found !== interfaceId) {
      throw new CapError(
        'invalidArgument',
        `capability ${ordinal} of the answer was promised as interface 0x${interfaceId.toString(16)}; ` +
          (found === undefined ? `${this.length} came` : `it has interface 0x${found.toString(16)}`),
      );
    }
    if (this.adopted[ordinal] !== undefined) promised.breakWith(new CapError('invalidArgument', 'adopted already'));
    else if (promised.fulfil(capId)) this.adopted[ordinal] = promised;
    else this.adopt(ordinal).release();
  }

  /** Releases every capability that was not adopted. */
  releaseRest(): void {
    for (let ordinal = 0; ordinal < this.capIds.length; ordinal += 1) {
      if (this.adopted[ordinal] === undefined) this.adopt(ordinal).release();
    }
  }
}

/** What came with a message that carried none. */
export const NO_CAPS: ReceivedCaps = new ReceivedCaps(undefined, [], []);

const RECEIVED = Symbol('received capabilities');

/** Hangs the capabilities on the results they came with; equality and printing do not see them. */
export function attachCaps(results: unknown, caps: ReceivedCaps): void {
  if (caps.length > 0) Object.defineProperty(results, RECEIVED, { value: caps });
}

/** The capabilities that came with these results of a typed client's method. */
export function receivedCaps(results: object): ReceivedCaps {
  return (results as { readonly [RECEIVED]?: ReceivedCaps })[RECEIVED] ?? NO_CAPS;
}

/**
 * Takes over the capability that a field of the results names: `adopt(answer, answer.client, Timer)`.
 * @throws CapError invalidArgument when the field names none, or it has another interface
 */
export function adopt(results: object, ordinal: number, descriptor?: InterfaceDescriptor): Cap {
  return receivedCaps(results).adopt(ordinal, descriptor);
}
