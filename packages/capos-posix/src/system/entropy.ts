// Entropy: the capability `entropy`, read in pieces it gives in one call, or ENOSYS-like failure when it was not granted.

import { type CapId, type CapTableView, EntropySource } from '@capos/abi';
import { callMethod } from '../capabilities/capability-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, settle } from '../waiting.ts';

/** What one call of `fill` gives at most (device.capnp), less room for the message. */
const MOST_PER_CALL = 32_768;

export class Entropy {
  readonly #caps: CapTableView;
  readonly #capId: CapId | undefined;

  constructor(caps: CapTableView) {
    this.#caps = caps;
    this.#capId = caps.lookup('entropy');
  }

  get granted(): boolean {
    return this.#capId !== undefined;
  }

  /** `length` random bytes, or minus an error number: EIO without the capability. Nothing is ever made up. */
  *bytes(length: number): Blocking<Uint8Array | number> {
    if (this.#capId === undefined) return -ERRNO.EIO;
    const all = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const wanted = Math.min(MOST_PER_CALL, length - filled);
      const answer = yield* settle(callMethod(this.#caps, this.#capId, EntropySource.methods.fill, { length: wanted }));
      if (typeof answer === 'number') return answer;
      const { data } = answer.results;
      if (data.length === 0) return -ERRNO.EIO;
      all.set(data.subarray(0, wanted), filled);
      filled += Math.min(data.length, wanted);
    }
    return all;
  }
}
