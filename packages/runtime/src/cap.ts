// A capability the program holds, as an object: live, then released or moved away, never used afterwards.
//
//   promised ──the answer brings it──▶ live ──release──▶ released        promised: can be called (PIPELINED) and released
//      └──────the call fails────▶ broken     └──move──▶ moved             broken: calls on it fail as that call did
//
// A call that waits its turn keeps it: released meanwhile, it is gone for new calls, and given up when that one was submitted.
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
  /** Calls that wait their turn and name it. */
  private keepers = 0;
  /** Released while it was kept. */
  private givenUp = false;

  constructor(holder: CapHolder, capId: CapId, interfaceId: bigint) {
    this.holder = holder;
    this.capId = capId;
    this.interfaceId = interfaceId;
  }

  /** @throws RuntimeError CAP_GONE after release or move, CAP_PENDING while it is only promised */
  get id(): CapId {
    if (this.givenUp) throw this.goneError('released');
    return this.keptId;
  }

  /** The id for a call that keeps it: released in the meantime or not. @throws as `id` does */
  get keptId(): CapId {
    if (this.state === 'promised') {
      throw new RuntimeError(
        'CAP_PENDING',
        `using a promised capability of interface 0x${this.interfaceId.toString(16)} other than by calling it: await the call that brings it first`,
      );
    }
    if (this.state !== 'live') throw this.goneError(this.state);
    return this.capId;
  }

  get live(): boolean {
    return this.state === 'live' && !this.givenUp;
  }

  /** The answer that is to bring it, as long as it has not. @throws RuntimeError CAP_GONE when it was released while kept */
  get promise(): CapPromise | undefined {
    if (this.givenUp) throw this.goneError('released');
    return this.keptPromise;
  }

  /** The same for a call that keeps it. */
  get keptPromise(): CapPromise | undefined {
    return undefined;
  }

  /** A call that waits its turn will use it: false when it can't be used any more. Called by the runtime. */
  keep(): boolean {
    if (this.givenUp || (this.state !== 'live' && this.state !== 'promised')) return false;
    this.keepers += 1;
    return true;
  }

  /** That call was submitted, or will not be. */
  letGo(): void {
    this.keepers -= 1;
    if (this.keepers > 0 || !this.givenUp) return;
    this.givenUp = false;
    this.release();
  }

  /** Gives the capability up, once calls that wait their turn were submitted. Again, or after a move: no effect. */
  release(): void {
    if (this.keepers > 0) {
      this.givenUp = true;
      return;
    }
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

  private goneError(how: string): RuntimeError {
    return new RuntimeError(
      'CAP_GONE',
      `using capability ${this.capId} of interface 0x${this.interfaceId.toString(16)}: it was ${how}; keep it until its last use`,
    );
  }
}

/** What is kept by something that does not wait. */
export const NOTHING_KEPT: readonly Cap[] = [];

/** Keeps those of `caps` that can be used still, for something that waits its turn. */
export function keepAll(caps: readonly Cap[]): readonly Cap[] {
  return caps.filter((cap) => cap.keep());
}

/** Its turn came, or it was given up. */
export function letGoAll(kept: readonly Cap[]): void {
  for (const cap of kept) cap.letGo();
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

  override get keptId(): CapId {
    if (this.failure !== undefined) throw this.failure;
    return super.keptId;
  }

  override get keptPromise(): CapPromise | undefined {
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
