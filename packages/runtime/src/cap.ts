// A capability the program holds, as an object: live, then released or moved away, never used afterwards.
import type { CapId, InterfaceDescriptor } from '@capos/abi';
import { RuntimeError } from './runtime-error.ts';

/** What a Cap needs from its environment. */
export interface CapHolder {
  releaseCapId(capId: CapId): void;
}

/** Sent with a message: the capability, and whether the sender keeps its reference. */
export interface Transfer {
  readonly cap: Cap;
  /** `copy`: the sender keeps its reference. `move`: it is gone once the message is delivered. */
  readonly mode: 'copy' | 'move';
}

/** A held capability. Release it, or declare it with `using`, when it is no longer needed. */
export class Cap implements Disposable {
  readonly interfaceId: bigint;
  private readonly holder: CapHolder;
  private readonly capId: CapId;
  private state: 'live' | 'released' | 'moved' = 'live';

  constructor(holder: CapHolder, capId: CapId, interfaceId: bigint) {
    this.holder = holder;
    this.capId = capId;
    this.interfaceId = interfaceId;
  }

  /** @throws RuntimeError CAP_GONE after release or move */
  get id(): CapId {
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

  /** Gives the capability up. Again, or after a move: no effect. */
  release(): void {
    if (this.state !== 'live') return;
    this.state = 'released';
    this.holder.releaseCapId(this.capId);
  }

  /** The message that moved it was delivered. Called by the runtime. */
  markMoved(): void {
    if (this.state === 'live') this.state = 'moved';
  }

  [Symbol.dispose](): void {
    this.release();
  }

  /** Whether it has this interface. 0 stands for a capability of any interface. */
  has(descriptor: InterfaceDescriptor): boolean {
    return this.interfaceId === descriptor.id;
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
