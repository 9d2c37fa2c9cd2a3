// A capability the program holds, as an object: live, then released or moved away, never used afterwards.
//
//   promised ──the answer brings it──▶ live ──release──▶ released        promised: can be called (PIPELINED) and released
//      └──────the call fails────▶ broken     └──move──▶ moved             broken: calls on it fail as that call did
import type { CapId, InterfaceDescriptor } from '@capos/abi';
import { RuntimeError } from './runtime-error.ts';

/** What a Cap needs from its environment. */
export interface CapHolder {
  releaseCapId(capId: CapId): void;
  /** A net under programs that lose a capability: it is released when `cap` is garbage, unless it was before. */
  watch(cap: Cap, capId: CapId): void;
  unwatch(cap: Cap): void;
}

/** Sent with a message: the capability, and whether the sender keeps its reference. */
export interface Transfer {
  readonly cap: Cap;
  /** `copy`: the sender keeps its reference. `move`: it is gone once the message is delivered. */
  readonly mode: 'copy' | 'move';
}

/** Where a promised capability will come from: result capability `ordinal` of the answer `answerId`. */
export interface CapPromise {
  readonly answerId: number;
  readonly ordinal: number;
}

/** A held capability. Release it, or declare it with `using`, when it is no longer needed. */
export class Cap implements Disposable {
  readonly interfaceId: bigint;
  protected readonly holder: CapHolder;
  protected capId: CapId;
  protected state: 'promised' | 'live' | 'released' | 'moved' | 'broken' = 'live';

  constructor(holder: CapHolder, capId: CapId, interfaceId: bigint) {
    this.holder = holder;
    this.capId = capId;
    this.interfaceId = interfaceId;
  }

  /** @throws RuntimeError CAP_GONE after release or move, CAP_PENDING while it is only promised */
  get id(): CapId {
    if (this.state === 'promised') {
      throw new RuntimeError(
        'CAP_PENDING',
        `using a promised capability of interface 0x${this.interfaceId.toString(16)} other than by calling it: await the call that brings it first`,
      );
    }
    if (this.state !== 'live') {
      throw new RuntimeError(
        'CAP_GONE',
        `using capability ${this.capId} of interface 0x${this.interfaceId.toString(16)}: it was ${this.state}; keep it until its last use`,
      );
    }
    return this.capId;
  }

  get live(): boolean {
    return this.state === 'live';
  }

  /** The answer that is to bring it, as long as it has not. */
  get promise(): CapPromise | undefined {
    return undefined;
  }

  /** Gives the capability up. Again, or after a move: no effect. */
  release(): void {
    if (this.state === 'promised') this.state = 'released';
    if (this.state !== 'live') return;
    this.state = 'released';
    this.holder.unwatch(this);
    this.holder.releaseCapId(this.capId);
  }

  /** The message that moved it was delivered. Called by the runtime. */
  markMoved(): void {
    if (this.state !== 'live') return;
    this.state = 'moved';
    this.holder.unwatch(this);
  }

  [Symbol.dispose](): void {
    this.release();
  }

  /** Whether it has this interface. 0 stands for a capability of any interface. */
  has(descriptor: InterfaceDescriptor): boolean {
    return this.interfaceId === descriptor.id;
  }
}

/** A capability that a call under way is to bring. Made by {@link CallAnswer}. */
export class PromisedCap extends Cap {
  readonly ordinal: number;
  private readonly answer: { readonly id: number };
  private failure: Error | undefined;

  constructor(holder: CapHolder, answer: { readonly id: number }, ordinal: number, interfaceId: bigint) {
    super(holder, 0, interfaceId);
    this.answer = answer;
    this.ordinal = ordinal;
    this.state = 'promised';
  }

  override get id(): CapId {
    if (this.failure !== undefined) throw this.failure;
    return super.id;
  }

  override get promise(): CapPromise | undefined {
    return this.state === 'promised' ? { answerId: this.answer.id, ordinal: this.ordinal } : undefined;
  }

  /** It has come: whether it is wanted still. */
  fulfil(capId: CapId): boolean {
    if (this.state !== 'promised') return false;
    this.capId = capId;
    this.state = 'live';
    this.holder.watch(this, capId);
    return true;
  }

  /** It will not come. */
  breakWith(error: Error): void {
    if (this.state !== 'promised') return;
    this.state = 'broken';
    this.failure = error;
  }
}

/** Throws unless `cap` has the interface. @throws RuntimeError WRONG_INTERFACE */
export function checkInterface(cap: Cap, descriptor: InterfaceDescriptor, name: string): void {
  if (cap.has(descriptor)) return;
  throw new RuntimeError(
    'WRONG_INTERFACE',
    `using ${name} as ${descriptor.name} (0x${descriptor.id.toString(16)}): it has interface 0x${cap.interfaceId.toString(16)}`,
  );
}
